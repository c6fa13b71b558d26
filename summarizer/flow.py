"""Requests to answers over one endpoint and a whole run: the gate, the budget, and asking again.

What may pass is asked again, with growing pauses and within a deadline; what the endpoint does not know is
left out from then on; what no request can survive (a wrong key, an empty account) stops the run at once, with
one message. One failing request never cancels another.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from summarizer.errors import EndpointError, FatalEndpointError, SummarizerError
from summarizer.gate import Gate, Time
from summarizer.purse import Purse
from summarizer.values import Event, Request

Send = Callable[[Request], Awaitable[dict[str, Any]]]  # one call, no more
Tell = Callable[[Event], None]

_TRIES = 8
_DEADLINE = 600.0  # seconds from the first try of a request to the last
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds
_UNREACHED = 3  # tries of a request before anything was ever answered
_CHARACTERS = 2.5  # of a request's JSON in a token, for the rates that somebody stated


class _AskOtherwiseError(Exception):
    """The endpoint does not know something that can be left out."""


class Flow:
    """Asks for everything that a run asks for."""

    def __init__(self, send: Send, gate: Gate, purse: Purse, tell: Tell, time: Time | None = None) -> None:
        self._send = send
        self._gate = gate
        self._time = time or Time()
        self._tell = tell
        self._dropped: list[str] = []  # parameters that the endpoint does not know
        self._format = 0  # how far the answer's format was stepped down
        self._fatal: SummarizerError | None = None  # why nothing is sent any more
        self._has_answered = False
        self.purse = purse
        self.under_way: dict[str, Awaitable[dict[str, Any]]] = {}  # by the request's key

    @property
    def learnt(self) -> tuple[str, ...]:
        """What the endpoint was found not to know: parameters, and the formats of answers."""
        return (*self._dropped, *_FORMATS[: self._format])

    async def stop(self, why: SummarizerError) -> None:
        """Send nothing any more; what is under way goes on, what waits raises *why*."""
        self._fatal = self._fatal or why
        await self._gate.close()

    async def complete(self, request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
        """Have a request answered; gives the raw answer and the body as it was really sent.

        Raises:
            EndpointError: It cannot be answered; others may.
            FatalEndpointError: None can, and none is sent any more.
            InterruptedRunError: The run was asked to end.
            BudgetReachedError: The next call would spend more than allowed.
        """
        until = self._time.clock() + _DEADLINE
        tries = 0
        while True:
            try:
                return await self._once(request)
            except _AskOtherwiseError:
                continue
            except EndpointError as error:
                tries += 1
                await self._pause(request, error, tries, until)

    async def _once(self, request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
        """One call, when the gate and the budget let it pass."""
        size = len(json.dumps(request.body, ensure_ascii=False))
        async with self._gate.slot(int(size / _CHARACTERS)) as epoch:
            if self._fatal is not None:
                raise self._fatal
            self.purse.check()
            body = self._adapted(request.body)
            self._tell(Event("sent", request.slug, request.task, request.units))
            try:
                response = await self._send(replace(request, body=body))
            except EndpointError as error:
                if error.kind == "parameter" and self._learn(error, body):
                    raise _AskOtherwiseError from None
                if error.kind == "refused" and self._gate.refused(epoch, error.retry_after):
                    wait = error.retry_after or 0.0
                    self._tell(Event("waiting", request.slug, seconds=wait, detail=str(error)))
                if error.kind == "fatal":
                    self._fatal = self._fatal or FatalEndpointError(str(error))
                    raise self._fatal from None
                raise
            self._gate.admitted()
            self._has_answered = True
            return response, body

    async def _pause(self, request: Request, error: EndpointError, tries: int, until: float) -> None:
        """Wait before the next try, or give up.

        Raises:
            EndpointError: The request may not be tried again.
            FatalEndpointError: Nothing was ever answered and the endpoint is not to be reached.
        """
        told = Event("failed", request.slug, request.task, request.units, detail=str(error))
        if error.kind not in {"transient", "refused"}:
            self._tell(told)
            raise error
        if error.kind == "transient" and not self._has_answered and tries >= _UNREACHED:
            self._fatal = self._fatal or FatalEndpointError(str(error))
            raise self._fatal from None
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (tries - 1)) * (1 - 0.5 * self._time.chance())
        pause = max(pause, error.retry_after or 0.0)
        if tries >= _TRIES or self._time.clock() + pause > until:
            self._tell(told)
            given_up = f"{error} (given up after {tries} tries; run again to go on)"
            raise EndpointError(given_up, kind=error.kind)
        self._tell(
            Event("retried", request.slug, request.task, request.units, seconds=pause, detail=str(error))
        )
        if error.kind != "refused" or not error.retry_after:  # that wait is the gate's, and everybody's
            await self._gate.rest(pause)

    def _learn(self, error: EndpointError, sent: dict[str, Any]) -> bool:
        """Remember for the run what the endpoint does not know; False where nothing else can be tried."""
        if self._adapted(sent) != sent:
            return True  # another request learnt it meanwhile
        name = error.parameter or ""
        if name in {"response_format", "json_schema"} or "response_format" in str(error):
            if self._format >= len(_FORMATS):
                return False
            self._format += 1
            return True
        if name in sent and name not in {"model", "messages"} and name not in self._dropped:
            self._dropped.append(name)
            return True
        return False

    def _adapted(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body as this endpoint can read it."""
        adapted = {name: value for name, value in body.items() if name not in self._dropped}
        asked = adapted.get("response_format")
        if not self._format or not isinstance(asked, dict) or asked.get("type") != "json_schema":
            return adapted
        schema = json.dumps(asked["json_schema"]["schema"], ensure_ascii=False, sort_keys=True)
        system, *rest = adapted["messages"]
        order = "Answer with one JSON object of this JSON Schema and nothing else:"
        adapted["messages"] = [system | {"content": f"{system['content']}\n\n{order}\n{schema}"}, *rest]
        if self._format == 1:
            return adapted | {"response_format": {"type": "json_object"}}
        del adapted["response_format"]
        return adapted


_FORMATS = ("json_schema", "json_object")
