"""Requests to answers: the stores first, the endpoint last, and what nobody can answer is kept.

A raw answer is stored the moment it arrives, before anyone has looked into it, so that a process
that dies has lost only what was in flight.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from summarizer.cache import AnswerCache
from summarizer.errors import UnansweredError
from summarizer.llm import Endpoint, answer_from
from summarizer.provenance import request_key
from summarizer.values import Answer, Request


def recorded(path: Path) -> dict[str, Any]:
    """Read recorded answers (Batch output lines) as raw responses by request key.

    A line that is damaged is left out: its request will be found unanswered, and said.
    """
    if not path.is_file():
        return {}
    found: dict[str, Any] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            found[row["custom_id"]] = row["response"]["body"]
        except (ValueError, KeyError, TypeError):
            continue
    return found


class Asking:
    """Answers the requests of one run and remembers what it could not answer or had to send."""

    def __init__(
        self,
        cache: AnswerCache,
        answers: Mapping[str, Any],
        endpoint: Endpoint | None,
        *,
        progress: Callable[[str], None],
        refresh: bool,
    ) -> None:
        self._cache = cache
        self._refresh = refresh  # pass over what is stored; what comes is stored all the same
        self._answers = answers
        self._progress = progress
        self._endpoint = endpoint
        self.used: set[str] = set()  # keys of recorded answers that served
        self.unanswered: list[Request] = []
        self.sent = 0
        self.prompt_tokens = 0
        self.completion_tokens = 0

    def stored(self, request: Request) -> Answer | None:
        """What the cache, or else the recorded answers, have for *request*."""
        response = self._stored(request_key(request))
        return None if response is None else answer_from(response)

    async def complete(self, request: Request) -> Answer:
        """Answer *request*.

        Raises:
            UnansweredError: No store has an answer and there is no endpoint.
            EndpointError: The endpoint failed, or what came is no answer.
        """
        key = request_key(request)
        response = self._stored(key)
        if response is None and self._endpoint is not None:
            response = await self._send(self._endpoint, key, request)
        if response is None:
            self.unanswered.append(request)
            raise UnansweredError(
                f"{request.slug}: nobody has answered the request {request.task} for "
                f"{_named(request)}. "
                "Set OPENAI_API_KEY, give --base-url of a local server, or write the requests out "
                "with 'batch export'."
            )
        return answer_from(response)

    def _stored(self, key: str) -> dict[str, Any] | None:
        response = None if self._refresh else self._cache.get(key)
        if response is None and key in self._answers:
            response = self._answers[key]
            self.used.add(key)
        return response

    async def _send(self, endpoint: Endpoint, key: str, request: Request) -> dict[str, Any]:
        self.sent += 1
        self._progress(f"{request.slug}: asking for {request.task} of {_named(request)}")
        response = await endpoint.complete(request)
        self._cache.put(key, request, response)
        answer = answer_from(response)
        self.prompt_tokens += answer.prompt_tokens or 0
        self.completion_tokens += answer.completion_tokens or 0
        return response


def _named(request: Request) -> str:
    shown = ", ".join(request.units[:6])
    return shown if len(request.units) <= 6 else f"{shown} and {len(request.units) - 6} more"
