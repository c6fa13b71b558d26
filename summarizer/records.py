"""What the answer cache holds: records as they stand in it, and how to tell a sound one.

Each record carries a digest of what it holds, because SQLite does not notice a flipped bit.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from summarizer.errors import RefusedInputError
from summarizer.provenance import canonical_json, request_key
from summarizer.values import Request

_FIELDS = {"slug": str, "task": str, "units": list, "body": dict, "attempt": int}  # of a request, as JSON


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing that the cache holds: an answer, or a request exported to a batch file."""

    key: str
    request: Request
    response: dict[str, Any] | None  # the chat completion as it came back; None for an exported request


def record_of(kind: str, key: str, content: dict[str, Any]) -> dict[str, Any]:
    """Make the record of *content*; its digest covers ``response`` of an answer, ``request`` of a request."""
    digest = _digest(content["response" if kind == "answer" else "request"])
    return {"v": 1, "key": key, "sha256": digest, **content}


def fault_of(kind: str, key: str, record: Any) -> str | None:
    """Say in what *record* differs from one that :func:`record_of` made under this kind and key."""
    if not isinstance(record, dict) or record.get("v") != 1:
        return "not a record of this version"
    if record.get("key") != key:
        return f"it is the record of {record.get('key')!r}"
    content = record.get("response" if kind == "answer" else "request")
    if not isinstance(content, dict):
        return "it holds no JSON object"
    if (found := _digest(content)) != record.get("sha256"):
        return f"its sha256 is {found}, expected {record.get('sha256')}"
    return None


def exported_line(stored: Stored) -> str:
    """Write one answer as ``{"key", "request", "response"}``, in one way for equal answers."""
    row = {"key": stored.key, "request": asdict(stored.request), "response": stored.response}
    text = json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"
    # A model may answer with half a surrogate pair: no UTF-8, but its backslash form is JSON.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def request_named(key: Any, fields: Any) -> Request:
    """Rebuild the request that *key* names from *fields*, what ``asdict`` made of it and JSON left of that.

    Args:
        key: The digest of the request and its attempt, as it was found.
        fields: The fields ``slug``, ``task``, ``units``, ``body`` and ``attempt``, as they were found.

    Returns:
        The request.

    Raises:
        RefusedInputError: These are not the fields of a request, or its key is another one.
    """
    if not isinstance(fields, dict) or fields.keys() != _FIELDS.keys():
        raise RefusedInputError(f"its request is no object of {', '.join(_FIELDS)}")
    for name, kind in _FIELDS.items():
        if type(fields[name]) is not kind:
            raise RefusedInputError(f"its request's {name} is of type {type(fields[name]).__name__}")
    if not all(isinstance(unit, str) for unit in fields["units"]):
        raise RefusedInputError("its request's units are not all strings")
    request = Request(**{**fields, "units": tuple(fields["units"])})
    try:
        found = request_key(request)
    except (ValueError, RecursionError) as error:  # half a surrogate pair; nested too deep
        raise RefusedInputError(f"its request has no key: {error}") from None
    if found != key:
        raise RefusedInputError(f"its key is {key!r}, and that of its request is {found!r}")
    return request


def _digest(content: Any) -> str:
    """The sha256 of the canonical JSON; a model may answer with half a surrogate pair."""
    return hashlib.sha256(canonical_json(content).encode("utf-8", "surrogatepass")).hexdigest()
