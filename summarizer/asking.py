"""Requests to answers: the stores first, the endpoint last, and what nobody can answer is kept.

A raw answer is stored the moment it arrives, before anyone has looked into it, so that a process
that dies has lost only what was in flight.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer import files
from summarizer.cache import AnswerCache
from summarizer.errors import EndpointError, SummarizerError, UnansweredError
from summarizer.flow import Flow, Tell
from summarizer.llm import answer_from
from summarizer.provenance import request_key
from summarizer.records import Stored, exported_line
from summarizer.values import Answer, Event, Request

_HAN = re.compile("[\u3400-\u9fff]")


def recorded(path: Path) -> dict[str, Any]:
    """Read recorded answers (Batch output lines) as raw responses by request key.

    A line that is damaged is left out: its request will be found unanswered, and said.
    """
    if not path.is_file():
        return {}
    found: dict[str, Any] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            row = json.loads(line)
            found[row["custom_id"]] = row["response"]["body"]
        except (ValueError, KeyError, TypeError):
            continue
    return found


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told what happens, and what is doubtful."""

    tell: Tell
    warn: Callable[[str], None]


class Asking:
    """Answers the requests of one transcript and remembers what it could not answer or had to send."""

    def __init__(
        self,
        cache: AnswerCache,
        answers: Mapping[str, Any],
        flow: Flow | None,
        watch: Watch,
        *,
        refresh: bool,
    ) -> None:
        self._cache = cache
        self._refresh = refresh  # pass over what is stored; what comes is stored all the same
        self._answers = answers
        self._flow = flow
        self._watch = watch
        self._models: set[str] = set()
        self.used: set[str] = set()  # keys of recorded answers that served
        self.unanswered: list[Request] = []
        self.sent = 0
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self.cost_usd: float | None = 0.0

    def stored(self, request: Request) -> Answer | None:
        """What the cache, or else the recorded answers, have for *request*."""
        response = self._stored(request_key(request))
        return None if response is None else answer_from(response)

    async def complete(self, request: Request) -> Answer:
        """Answer *request*.

        Raises:
            UnansweredError: No store has an answer and there is no endpoint.
            EndpointError: The endpoint failed, or what came is no answer.
            FatalEndpointError: No request of the run can succeed.
            BudgetReachedError: The next call would spend more than allowed.
        """
        key = request_key(request)
        response = self._stored(key)
        if self._flow is not None and (response is None or _may_be_asked_again(request, response)):
            response = await self._send(self._flow, key, request)
        if response is None:
            self.unanswered.append(request)
            raise UnansweredError(
                f"{request.slug}: nobody has answered the request {request.task} for "
                f"{_named(request)}. "
                "Set OPENAI_API_KEY, give --base-url of a local server, or write the requests out "
                "with 'batch export'."
            )
        answer = answer_from(response)
        self._heed(request, answer)
        return answer

    def _stored(self, key: str) -> dict[str, Any] | None:
        response = None if self._refresh else self._cache.get(key)
        if response is None and key in self._answers:
            response = self._answers[key]
            self.used.add(key)
        return response

    async def _send(self, flow: Flow, key: str, request: Request) -> dict[str, Any]:
        """Have a request answered; where another transcript is asking just that, wait for its answer."""
        if key in flow.under_way:
            return await asyncio.shield(flow.under_way[key])
        flow.under_way[key] = asked = asyncio.ensure_future(self._bought(flow, key, request))
        try:
            return await asked
        finally:
            del flow.under_way[key]

    async def _bought(self, flow: Flow, key: str, request: Request) -> dict[str, Any]:
        self.sent += 1
        response, body = await flow.complete(request)
        # Stored before anybody looks at it.
        try:
            self._cache.put(key, request, response, body if body != request.body else None)
        except SummarizerError as error:
            kept = files.rescue(exported_line(Stored(key, request, response)))
            how = f"take it in with 'summarizer cache import {kept}'" if kept else "it is lost"
            raise SummarizerError(f"{error}. An answer was paid for and not stored; {how}") from error
        used = flow.purse.book(request.task, response)
        cost = flow.purse.cost(used)
        self.prompt_tokens += used.prompt_tokens
        self.completion_tokens += used.completion_tokens
        self.cost_usd = None if cost is None or self.cost_usd is None else self.cost_usd + cost
        self._watch.tell(
            Event(
                "stored",
                request.slug,
                request.task,
                request.units,
                used.prompt_tokens,
                used.completion_tokens,
                used.cached_tokens,
                cost,
            )
        )
        return response

    def _heed(self, request: Request, answer: Answer) -> None:
        """Notice a prompt that was cut in silence and another model than was asked.

        Raises:
            EndpointError: The server read far less than it was sent.
        """
        asked = str(request.body.get("model", ""))
        if answer.model and not answer.model.startswith(asked) and answer.model not in self._models:
            self._models.add(answer.model)
            self._watch.warn(f"{request.slug}: {asked} was asked, {answer.model} answered")
        if _was_cut(request, answer):
            raise EndpointError(
                f"the server read {answer.prompt_tokens} tokens of a prompt that has at least "
                f"{_fewest_tokens(request)}: it cuts long prompts in silence. Give it a larger context "
                "window, or lower --chunk-tokens."
            )


def _may_be_asked_again(request: Request, response: Mapping[str, Any]) -> bool:
    """Whether another endpoint may do better: a larger window, another policy."""
    return ("error" in response and "choices" not in response) or _was_cut(request, answer_from(response))


def _was_cut(request: Request, answer: Answer) -> bool:
    """Whether the server says that it read far less than it was sent."""
    return answer.prompt_tokens is not None and 0 < answer.prompt_tokens < _fewest_tokens(request)


def _fewest_tokens(request: Request) -> int:
    """Tokens that no tokenizer makes fewer of: four Han characters or twelve others each."""
    text = "".join(str(message.get("content")) for message in request.body.get("messages", ()))
    han = len(_HAN.findall(text))
    return han // 4 + (len(text) - han) // 12


def _named(request: Request) -> str:
    shown = ", ".join(request.units[:6])
    return shown if len(request.units) <= 6 else f"{shown} and {len(request.units) - 6} more"
