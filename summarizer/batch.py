"""Requests and answers as batch files: the JSON lines that batch engines read and write.

A request line is ``{"custom_id", "method", "url", "body"}``, an answer line ``{"custom_id",
"response": {"status_code", "body"}, "error"}``; the id is the request's key, so that order and
transport do not matter.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from summarizer.provenance import request_key
from summarizer.values import Request

URL = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer line: a response body, or why there is none."""

    number: int
    key: str | None
    body: Any
    fault: str | None


def write(requests: Iterable[Request]) -> str:
    """Write *requests*, one a line."""
    return "".join(
        json.dumps(
            {"custom_id": request_key(request), "method": "POST", "url": URL, "body": request.body},
            ensure_ascii=False,
        )
        + "\n"
        for request in requests
    )


def read(text: str) -> list[Line]:
    """Read answer lines; what is wrong with a line is in its ``fault``, nothing is raised."""
    return [_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def answer_line(key: str, body: Any) -> str:
    """Write one recorded answer."""
    row = {"custom_id": key, "response": {"status_code": 200, "body": body}, "error": None}
    return json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def _line(number: int, line: str) -> Line:
    try:
        row = json.loads(line)
        key = row["custom_id"]
    except (ValueError, KeyError, TypeError) as error:
        return Line(number, None, None, f"is no answer line ({error!r})")
    response = row.get("response") or {}
    if row.get("error") or response.get("status_code", 200) != 200:
        return Line(number, key, None, f"reports an error: {row.get('error') or response.get('body')}")
    if "body" not in response:
        return Line(number, key, None, "has no response body")
    return Line(number, key, response["body"], None)
