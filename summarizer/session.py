"""What all transcripts of one run share: the cache, one client, one gate, one budget, and who watches."""

import asyncio
import contextlib
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from summarizer.asking import Asking, Watch
from summarizer.batches import Batches
from summarizer.cache import AnswerCache
from summarizer.errors import InterruptedRunError, RefusedInputError
from summarizer.flow import Flow, Tell
from summarizer.gate import Gate
from summarizer.llm import Endpoint
from summarizer.prices import Price
from summarizer.purse import Purse
from summarizer.values import Request


@dataclass(frozen=True, slots=True)
class Conditions:
    """On what conditions an endpoint is asked.

    Attributes:
        base_url: Its address; None is OpenAI's own.
        api_key: The key; a server of one's own may need none.
        concurrency: Requests under way at once, at most.
        requests_per_minute: As far as somebody stated it.
        tokens_per_minute: As far as somebody stated it.
        timeout: Seconds of one call.
        max_cost: US dollars of one run.
    """

    base_url: str | None = None
    api_key: str | None = None
    concurrency: int = 16
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    timeout: float = 600.0
    max_cost: float | None = None

    @property
    def is_given(self) -> bool:
        """Whether there is anybody to ask."""
        return bool(self.api_key or self.base_url)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a run keeps its answers and whom it tells.

    Attributes:
        cache_dir: The answer cache.
        price: Of the model that is asked, None if no table has one.
        tell: Told what happens.
        warn: Told what is doubtful, in whole sentences.
        hold: Called before anything is sent; what it raises is raised instead.
    """

    cache_dir: Path
    price: Price | None = None
    tell: Tell = field(default=lambda _: None)
    warn: Callable[[str], None] = field(default=lambda _: None)
    hold: Callable[[], None] = field(default=lambda: None)


class Session:
    """One run: open it once, whatever it is made of.

    Nothing is opened before it is needed, so that a run that the stores answer pays for none of it.
    """

    def __init__(self, desk: Desk, conditions: Conditions | None) -> None:
        """Prepare a run.

        Args:
            desk: Where answers are kept and who is told.
            conditions: On what conditions an endpoint is asked; None asks nobody.

        Raises:
            RefusedInputError: The key, the address or the budget cannot be used.
        """
        self._desk = desk
        self.cache = AnswerCache(desk.cache_dir, desk.warn)
        self.interrupted: InterruptedRunError | None = None
        self._ending = asyncio.Event()
        self._endpoint: Endpoint | None = None
        self.flow: Flow | None = None
        self.purse = Purse(desk.price, conditions.max_cost if conditions else None)
        if conditions is None or not conditions.is_given:
            return
        if conditions.max_cost is not None and desk.price is None:
            raise RefusedInputError(
                "--max-cost needs the model's price, and no table has it; set [prices] in summarizer.toml."
            )
        gate = Gate(
            conditions.concurrency,
            requests_per_minute=conditions.requests_per_minute,
            tokens_per_minute=conditions.tokens_per_minute,
        )
        self._endpoint = endpoint = Endpoint(
            conditions.base_url, conditions.api_key, conditions.timeout, gate.hear
        )

        async def send(request: Request) -> dict[str, Any]:
            desk.hold()
            return await endpoint.complete(request)

        self.flow = Flow(send, gate, self.purse, desk.tell)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.cache.close()
        if self._endpoint is not None:
            await self._endpoint.__aexit__(kind, error, trace)

    def hold(self) -> None:
        """Take the right to buy and to write, unless this run has it.

        Raises:
            LockedError: Another run has it.
        """
        self._desk.hold()

    def batches(self) -> Batches:
        """Give the provider's Batch API.

        Raises:
            RefusedInputError: There is nobody to ask.
        """
        if self._endpoint is None:
            raise RefusedInputError(
                "batches need a provider: set OPENAI_API_KEY or give --base-url; 'batch export' writes files."
            )
        return Batches(self._endpoint)

    async def rest(self, seconds: float) -> None:
        """Sleep, but no longer than until the run is interrupted."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), seconds)

    async def interrupt(self, signum: int) -> None:
        """Let what is under way come in and send nothing more."""
        self.interrupted = InterruptedRunError(signum)
        self._ending.set()
        if self.flow is not None:
            await self.flow.stop(self.interrupted)

    def asking(self, answers: Mapping[str, Any], *, refresh: bool = False, offline: bool = False) -> Asking:
        """Give one transcript its share of the run."""
        watch = Watch(self._desk.tell, self._desk.warn)
        return Asking(self.cache, answers, None if offline else self.flow, watch, refresh=refresh)
