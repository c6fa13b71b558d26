"""Requests and answers as batch files: the JSON lines that batch engines read and write.

A request line is ``{"custom_id", "method", "url", "body"}``, an answer line ``{"custom_id",
"response": {"status_code", "body"}, "error"}``; the id is the request's key, so that order and
transport do not matter. What the Batch API, vLLM and Ray Data write in its place is read too.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.provenance import request_key
from summarizer.values import Request

URL: Literal["/v1/chat/completions"] = "/v1/chat/completions"
_PASSING = frozenset({408, 409, 429})  # statuses of a client's fault that pass by themselves


@dataclass(frozen=True, slots=True)
class Line:
    """One answer line: a response body, or why there is none.

    Where an engine has said its last word, the body is that error, as ``{"error": {"message"}}``.
    """

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


def read(text: str, *, is_answers: bool = True) -> list[Line]:
    """Read answer lines; what is wrong with a line is in its ``fault``, nothing is raised.

    An answer may be told as the Batch API and vLLM's ``run-batch`` do (``response.body``), without the
    envelope (``body``), or as Ray Data's processors leave a row (``generated_text``).

    Args:
        text: The lines, in any order.
        is_answers: Whether they are; of request lines only the keys are read.
    """
    lines = enumerate(text.split("\n"), 1)
    return [_line(number, line, is_answers=is_answers) for number, line in lines if line.strip()]


def answer_line(key: str, body: Any) -> str:
    """Write one recorded answer."""
    row = {"custom_id": key, "response": {"status_code": 200, "body": body}, "error": None}
    return json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def _line(number: int, line: str, *, is_answers: bool) -> Line:
    try:
        row = json.loads(line)
        key = row["custom_id"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Line(number, None, None, f"is no answer line ({error!r})")
    if not isinstance(key, str):
        return Line(number, None, None, "has a custom_id that is no text")
    if not is_answers:
        return Line(number, key, None, None)
    status, body, fault = _told(row)
    if fault or status != 200:
        words = _words(fault) or _words(body) or f"status {status}"
        # A request that is refused as it is will be refused again; one that ran out of time will not.
        is_final = 400 <= status < 500 and status not in _PASSING
        return Line(number, key, {"error": {"message": words}} if is_final else None, f"failed: {words}")
    if not isinstance(body, dict):
        return Line(number, key, None, "has no response body")
    return Line(number, key, body, None)


def _told(row: dict[str, Any]) -> tuple[int, Any, Any]:
    """Status, body and error of an answer, in whichever form it is told."""
    response = row.get("response")
    error = row.get("error") or row.get("__inference_error__")
    if isinstance(row.get("generated_text"), str):
        return 200, _completion(row), error
    if not isinstance(response, dict):
        return 200, row.get("body"), error or (response if isinstance(response, str) else None)
    status = response.get("status_code", 200)
    return status if isinstance(status, int) else 200, response.get("body"), error


def _completion(row: dict[str, Any]) -> dict[str, Any]:
    """A chat completion of what a row of Ray Data holds of it."""
    usage = {
        "prompt_tokens": row.get("num_input_tokens"),
        "completion_tokens": row.get("num_generated_tokens"),
    }
    message = {"role": "assistant", "content": row["generated_text"]}
    return {
        "object": "chat.completion",
        "model": row.get("model") or "",
        "choices": [{"index": 0, "message": message, "finish_reason": row.get("finish_reason") or "stop"}],
        "usage": {name: number for name, number in usage.items() if isinstance(number, int)},
    }


def _words(error: Any) -> str:
    """The message of an error, however deep an engine wraps it."""
    if isinstance(error, dict):
        inner = error.get("error")
        return _words(inner) if inner else str(error.get("message") or error.get("code") or "")
    return str(error) if isinstance(error, str) else ""
