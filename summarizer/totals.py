"""Events of a run to what they add up to, and both in words that a terminal can bear."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from summarizer.markup import plain
from summarizer.values import Event, Task

_UNITS_SHOWN = 6

RequestName = tuple[str, Task | None, tuple[str, ...]]  # slug, task, units


@dataclass(frozen=True, slots=True)
class Totals:
    """What the events of a run add up to.

    A request may be sent again after a retry, and may never be heard of again when its run is stopped: it
    counts once, and stops running at the latest when its transcript ends.

    >>> totals = Totals().after(Event("sent", "a")).after(Event("sent", "b"))
    >>> totals = totals.after(Event("stored", "a", prompt_tokens=9, cost_usd=0.5))
    >>> totals.done, totals.running, totals.prompt_tokens, totals.cost_usd
    (1, 1, 9, 0.5)
    """

    begun: int = 0  # transcripts
    ended: int = 0
    sent: int = 0  # requests
    stored: int = 0
    failed: int = 0
    retried: int = 0  # tries, not requests
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0  # of the prompt tokens
    cost_usd: float | None = 0.0  # None as soon as one cost is unknown
    under_way: frozenset[RequestName] = frozenset()
    done_of: Mapping[str, int] = field(default_factory=dict)  # requests, by slug that has not ended
    measured: int = 0  # transcripts that ended and needed a request
    settled: int = 0  # requests done of those

    @property
    def running(self) -> int:
        """Requests sent and neither stored nor failed."""
        return len(self.under_way)

    @property
    def done(self) -> int:
        """Requests stored or failed."""
        return self.stored + self.failed

    def after(self, event: Event) -> "Totals":
        """Give the totals when *event* has happened too."""
        match event.kind:
            case "begun":
                return replace(self, begun=self.begun + 1)
            case "sent":
                under_way = self.under_way | {_name(event)}
                is_new = len(under_way) > len(self.under_way)
                return replace(self, sent=self.sent + is_new, under_way=under_way)
            case "retried":
                return replace(self, retried=self.retried + 1)
            case "stored" | "failed":
                return self._done(event)
            case "ended":
                return self._ended(event.slug)
        return self

    def _done(self, event: Event) -> "Totals":
        is_stored = event.kind == "stored"
        cost = event.cost_usd if is_stored else 0.0
        return replace(
            self,
            stored=self.stored + is_stored,
            failed=self.failed + (not is_stored),
            prompt_tokens=self.prompt_tokens + event.prompt_tokens,
            completion_tokens=self.completion_tokens + event.completion_tokens,
            cached_tokens=self.cached_tokens + event.cached_tokens,
            cost_usd=None if cost is None or self.cost_usd is None else self.cost_usd + cost,
            under_way=self.under_way - {_name(event)},
            done_of={**self.done_of, event.slug: self.done_of.get(event.slug, 0) + 1},
        )

    def _ended(self, slug: str) -> "Totals":
        needed = self.done_of.get(slug, 0)
        return replace(
            self,
            ended=self.ended + 1,
            under_way=frozenset(name for name in self.under_way if name[0] != slug),
            done_of={other: done for other, done in self.done_of.items() if other != slug},
            measured=self.measured + (needed > 0),
            settled=self.settled + needed,
        )


def _name(event: Event) -> RequestName:
    return event.slug, event.task, event.units


def seconds_left(totals: Totals, transcripts: int, elapsed: float) -> float | None:
    """Estimate the seconds that a run still takes; None while any number would be a guess.

    What runs is known, but it is only what the endpoint lets pass at once. So the first estimate waits for a
    transcript to end: the others will need about as many requests as those that ended did, and never fewer
    than are running.

    >>> totals = Totals(ended=1, stored=10, measured=1, settled=10)
    >>> seconds_left(totals, 3, elapsed=60.0)
    120.0
    """
    if not totals.measured or not totals.done:
        return None
    expected = totals.settled / totals.measured * (transcripts - totals.ended)
    requests = max(expected - (totals.done - totals.settled), totals.running)
    return requests * elapsed / totals.done if requests > 0 and elapsed > 0 else None


def described(event: Event) -> str:
    """Say an event in one line without control characters.

    >>> described(Event("retried", "a", "translate", ("p1", "p2"), seconds=1.5, detail="status 503"))
    'a: retried translate of p1, p2 (1.5 s): status 503'
    """
    words: list[str] = [event.kind]
    if event.task:
        words.append(event.task)
    if event.units:
        more = len(event.units) - _UNITS_SHOWN
        words.append(
            "of " + ", ".join(event.units[:_UNITS_SHOWN]) + (f" and {more} more" if more > 0 else "")
        )
    if event.seconds:
        words.append(f"({event.seconds:.1f} s)")
    parts = (plain(part) for part in (event.slug, " ".join(words), event.detail))
    return ": ".join(part for part in parts if part)


def summed(totals: Totals, transcripts: int) -> str:
    """Say the totals in one line.

    >>> summed(Totals(ended=1, stored=4, prompt_tokens=2000, cost_usd=None), 3)
    'transcripts 1 of 3; requests 4 done, 0 running, 0 retried; tokens 2,000 in, 0 out; cost unknown'
    """
    failed = f", {totals.failed} failed" if totals.failed else ""
    return (
        f"transcripts {totals.ended} of {transcripts}; "
        f"requests {totals.done} done, {totals.running} running, {totals.retried} retried{failed}; "
        f"tokens {tokens(totals)}; cost {dollars(totals.cost_usd)}"
    )


def tokens(totals: Totals) -> str:
    """Say how many tokens went in and came out."""
    cached = f" ({totals.cached_tokens:,} cached)" if totals.cached_tokens else ""
    return f"{totals.prompt_tokens:,} in{cached}, {totals.completion_tokens:,} out"


def dollars(cost: float | None) -> str:
    """Four decimals below a dollar, where one request costs a fraction of a cent."""
    return "unknown" if cost is None else f"${cost:,.2f}" if cost >= 1 else f"${cost:.4f}"


def duration(seconds: float) -> str:
    """Say how long something takes, to the second."""
    return str(timedelta(seconds=int(seconds)))


def escaped(found: re.Match[str]) -> str:
    """Write a character that a terminal or an encoding cannot bear as JSON does."""
    return json.dumps(found.group())[1:-1]
