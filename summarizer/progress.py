"""Events to what a person or a machine sees of a run: JSON lines, a few plain lines, or a live display.

A watcher is a context manager and is called with each event. It writes and never raises: a run must not
die because nobody listens any more. What it shows comes from file names, models and endpoints, and is
stripped of everything that moves a cursor or counts as markup.
"""

import json
import math
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, redirect_stderr
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Self, TextIO, cast

from summarizer.outlet import Outlet
from summarizer.totals import Totals, described, dollars, duration, escaped, seconds_left, summed, tokens
from summarizer.values import Event, EventKind

if TYPE_CHECKING:
    from rich.table import Table

_BETWEEN_TOTALS = 10.0  # seconds
_BAR = 30  # columns
_TROUBLE: frozenset[EventKind] = frozenset({"retried", "waiting", "failed"})
_LANDMARKS: frozenset[EventKind] = _TROUBLE | {"begun", "ended"}
_NO_CURSOR = frozenset({"dumb", "unknown"})  # values of TERM
# JSON allows them as they are, but a terminal obeys them and many a reader ends a line there.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class _Lines:
    """What the watchers that write line by line share; the context has nothing to open or close."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._outlet = Outlet(sys.stderr if stream is None else stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class EventLines(_Lines):
    """Each event as one JSON line, for a machine."""

    def __call__(self, event: Event) -> None:
        """Write the event: its kind as "event", then its fields that say anything."""
        row: dict[str, Any] = {"event": event.kind}
        for each in fields(event):
            value = getattr(event, each.name)
            is_number = not isinstance(value, float) or math.isfinite(value)  # JSON has no infinity
            if each.name != "kind" and value != each.default and is_number:
                row[each.name] = value
        self._outlet.say(_UNSAFE.sub(escaped, json.dumps(row, ensure_ascii=False)))


class PlainLines(_Lines):
    """A few lines for a log: what begins and ends, what goes wrong, and now and then the totals."""

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        transcripts: int,
        clock: Callable[[], float] = time.monotonic,
        is_quiet: bool = False,
    ) -> None:
        """Watch a run of so many *transcripts*; a quiet one says only what failed."""
        super().__init__(stream)
        self._transcripts = transcripts
        self._clock = clock
        self._is_quiet = is_quiet
        self._totals = Totals()
        self._said_at = clock()

    def __call__(self, event: Event) -> None:
        """Say the event if it is one in a few, and the totals if they were not said for a while."""
        self._totals = self._totals.after(event)
        if event.kind in (("failed",) if self._is_quiet else _LANDMARKS):
            self._outlet.say(f"summarizer: {described(event)}")
        now = self._clock()
        if not self._is_quiet and now - self._said_at >= _BETWEEN_TOTALS:
            self._said_at = now
            self._outlet.say(f"summarizer: {summed(self._totals, self._transcripts)}")


class RichDisplay:
    """A live display for a terminal; needs rich, the extra "terminal".

    Retries, waits and failures scroll by above it, and so does what others write to sys.stderr meanwhile.
    """

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        transcripts: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make ready to watch a run of so many *transcripts*; nothing is drawn yet.

        Raises:
            ImportError: rich is not installed.
        """
        from rich.console import Console  # noqa: PLC0415 - an extra
        from rich.file_proxy import FileProxy  # noqa: PLC0415
        from rich.live import Live  # noqa: PLC0415

        class Above(FileProxy):
            encoding = "utf-8"  # rich's own has none, and click writes past such a stream

        stream = sys.stderr if stream is None else stream
        self._transcripts = transcripts
        self._clock = clock
        self._totals = Totals()
        self._begun_at = clock()
        self._console = Console(
            file=cast("TextIO", Outlet(stream)),
            force_terminal=True,
            markup=False,  # "[/foo]" is a name
            emoji=False,
            highlight=False,
        )
        self._live = Live(
            console=self._console,
            get_renderable=self._picture,
            redirect_stdout=False,  # stdout belongs to the verb's result, and may be a file
            redirect_stderr=False,  # done below
        )
        above = cast("TextIO", Above(self._console, stream))
        self._others: AbstractContextManager[object] = (
            redirect_stderr(above) if stream is sys.stderr else nullcontext()
        )

    def __enter__(self) -> Self:
        self._others.__enter__()
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()
        self._others.__exit__(None, None, None)

    def __call__(self, event: Event) -> None:
        """Count the event, and print it above the display if it is trouble."""
        from rich.text import Text  # noqa: PLC0415

        self._totals = self._totals.after(event)
        if event.kind in _TROUBLE:
            self._console.print(Text(f"summarizer: {described(event)}", overflow="fold"))

    def _picture(self) -> "Table":
        """Draw three rows: transcripts as a bar with the time, requests, tokens with the cost."""
        from rich.progress_bar import ProgressBar  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        totals, elapsed = self._totals, self._clock() - self._begun_at
        left = seconds_left(totals, self._transcripts, elapsed)
        spent = duration(elapsed) + (f", about {duration(left)} left" if left is not None else "")
        first = Table.grid(padding=(0, 1))
        first.add_column()  # where it is narrow, the bar gives way first
        first.add_column(no_wrap=True)
        first.add_column(no_wrap=True)
        first.add_row(
            ProgressBar(total=max(self._transcripts, 1), completed=totals.ended, width=_BAR),
            Text(f"{totals.ended}/{self._transcripts}", style="bold"),
            Text(spent, style="cyan"),
        )
        one_line: Any = {"no_wrap": True, "overflow": "ellipsis"}  # a fixed height does not flicker
        requests = Text.assemble(
            (f"{totals.done} done", "bold"),
            f", {totals.stored} stored, ",
            (f"{totals.running} running", "cyan"),
            ", ",
            (f"{totals.retried} retried", "yellow" if totals.retried else ""),
            (f", {totals.failed} failed" if totals.failed else "", "bold red"),
            **one_line,
        )
        cost = (dollars(totals.cost_usd), "bold green")
        spending = Text.assemble(tokens(totals), ", cost ", cost, **one_line)
        picture = Table.grid(padding=(0, 1))
        picture.add_column(style="dim", no_wrap=True)
        picture.add_column()
        picture.add_row("Transcripts", first)
        picture.add_row("Requests", requests)
        picture.add_row("Tokens", spending)
        return picture


Watcher = EventLines | PlainLines | RichDisplay


def watcher(stream: TextIO, *, events: bool, transcripts: int, is_quiet: bool = False) -> Watcher:
    """Choose who watches a run.

    Args:
        stream: Where to write.
        events: A machine reads: JSON lines, whatever else is asked for.
        transcripts: How many there are in the run.
        is_quiet: Say only what failed.
    """
    if events:
        return EventLines(stream)
    can_redraw = Outlet(stream).isatty() and os.environ.get("TERM", "").lower() not in _NO_CURSOR
    if can_redraw and not is_quiet:
        try:
            return RichDisplay(stream, transcripts=transcripts)
        except ImportError:
            pass  # an extra
    return PlainLines(stream, transcripts=transcripts, is_quiet=is_quiet)
