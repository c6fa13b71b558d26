"""SIGINT and SIGTERM while an event loop runs: the first one asks the run to end, a second one ends it."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

_ASKING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def heeded(interrupt: Callable[[int], Awaitable[None]]) -> Iterator[None]:
    """Call *interrupt* with the number of the first signal; from then on signals do what they did before.

    Where a loop can hear no signals (Windows, a thread), they do that from the beginning.
    """
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _ASKING}
    heard: list[asyncio.Future[None]] = []  # a task nobody holds may be collected

    def restore() -> None:
        for number, handler in before.items():
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
                signal.signal(number, handler)

    def hear(number: int) -> None:
        restore()
        heard.append(asyncio.ensure_future(interrupt(number)))

    for number in _ASKING:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, hear, number)
    try:
        yield
    finally:
        restore()
