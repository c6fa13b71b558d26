"""How many requests may be under way at once: additive increase, multiplicative decrease, over a whole run.

The endpoint knows best. While it takes everything, the limit is the user's; when it refuses, the limit falls
to what it was seen to bear, once per congestion, and creeps up again. A ``Retry-After`` is heard by all.
Requests and tokens a minute are kept where somebody states them. Clock, sleep and jitter are given, so that a
test needs none.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

_MINUTE = 60.0
_JITTER = 0.25  # share of a wait by which waiters are spread
_CREEP = 32  # successes a slot that the limit needs to grow beyond what was refused before


@dataclass(frozen=True, slots=True)
class Time:
    """The clock (seconds, never backwards), how to sleep, and a random number from 0 to 1."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


class Gate:
    """One gate for all requests of a run."""

    def __init__(
        self,
        most: int,
        *,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        time: Time | None = None,
    ) -> None:
        self._time = time or Time()
        self._most = float(max(1, most))
        self._limit = self._most
        self._ceiling = self._most  # where it was refused last
        self._running = 0
        self._epoch = 0  # congestions so far
        self._open_at = 0.0
        self._stated = requests_per_minute, tokens_per_minute
        self._rates = self._stated
        self._sent: deque[tuple[float, int]] = deque()
        self._freed = asyncio.Condition()
        self._closed = asyncio.Event()

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return max(1, int(self._limit))

    @asynccontextmanager
    async def slot(self, tokens: int) -> AsyncIterator[int]:
        """Wait for a place; gives the congestion it was granted in, for :meth:`refused`."""
        await self._enter(tokens)
        try:
            yield self._epoch
        finally:
            async with self._freed:
                self._running -= 1
                self._freed.notify(max(1, self.limit - self._running))

    def hear(self, headers: Mapping[str, str]) -> None:
        """Keep the rates that an endpoint tells in its headers, where the user stated none."""
        told = tuple(_rate(headers.get(f"x-ratelimit-limit-{what}")) for what in ("requests", "tokens"))
        self._rates = (self._stated[0] or told[0], self._stated[1] or told[1])

    def admitted(self) -> None:
        """Hear that a request was served: the limit grows by one for each round of successes."""
        pace = 1 if self._limit < self._ceiling else _CREEP
        self._limit = min(self._most, self._limit + 1 / (pace * self._limit))

    def refused(self, epoch: int, retry_after: float | None) -> bool:
        """Hear that a request of a congestion *epoch* was refused: fewer at once, and nobody before the time.

        The first refusal halves the limit; the others of the same burst lower it to those still under way.

        Returns:
            Whether it was the first.
        """
        is_first = epoch == self._epoch
        bearable = max(1.0, float(self._running - 1))
        if is_first:
            self._epoch += 1
            self._ceiling = self._limit
            self._limit = max(1.0, min(self._limit / 2, bearable))
        else:
            self._limit = max(1.0, min(self._limit, bearable))
        self._ceiling = min(self._ceiling, max(self._limit, 1.0))
        if retry_after:
            wait = retry_after * (1 + _JITTER * self._time.chance())
            self._open_at = max(self._open_at, self._time.clock() + wait)
        return is_first

    async def close(self) -> None:
        """Let nobody wait any more: whoever is or comes here passes at once, to hear that the run ends."""
        self._closed.set()
        async with self._freed:
            self._freed.notify_all()

    async def rest(self, seconds: float) -> None:
        """Sleep, but no longer than the gate is open."""
        slept = asyncio.ensure_future(self._time.sleep(seconds))
        closed = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait((slept, closed), return_when=asyncio.FIRST_COMPLETED)
        finally:
            slept.cancel()
            closed.cancel()

    async def _enter(self, tokens: int) -> None:
        while not self._closed.is_set():
            if (wait := self._wait(tokens)) > 0:
                await self.rest(wait)
                continue
            async with self._freed:
                if self._running < self.limit and self._wait(tokens) <= 0:
                    self._sent.append((self._time.clock(), tokens))
                    break
                if self._running >= self.limit and not self._closed.is_set():
                    await self._freed.wait()
        self._running += 1

    def _wait(self, tokens: int) -> float:
        """Seconds until the endpoint's wish and the stated rates let another request pass."""
        now = self._time.clock()
        while self._sent and self._sent[0][0] <= now - _MINUTE:
            self._sent.popleft()
        wait = self._open_at - now
        most_requests, most_tokens = self._rates
        if most_requests is not None and len(self._sent) >= most_requests:
            wait = max(wait, self._sent[-most_requests][0] + _MINUTE - now)
        if most_tokens is not None and self._sent:
            spent = 0
            for sent, used in reversed(self._sent):
                spent += used
                if spent + tokens > most_tokens:
                    wait = max(wait, sent + _MINUTE - now)
                    break
        return wait


def _rate(text: str | None) -> int | None:
    """A rate a minute from a header; None for what is no number above zero."""
    return int(text) if text and text.isascii() and text.isdigit() and int(text) else None
