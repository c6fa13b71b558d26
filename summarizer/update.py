"""The job over a folder in which transcripts arrive: what is new or changed is briefed, the rest passed.

It keeps no state and asks no clock: a transcript is unchanged when its page says that it was made of just
this source (:mod:`summarizer.signing`). One bad transcript never stops the others.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer import batching, files, library, pipeline, signing
from summarizer.errors import InterruptedRunError, RefusedInputError
from summarizer.pipeline import Outcome
from summarizer.provenance import request_key
from summarizer.purse import Purse
from summarizer.session import Session
from summarizer.settings import Settings, shown
from summarizer.values import Request, Term

_REFUSED = "the provider refused its batch; mend what it names, or submit it again with --retry"
SUFFIXES = (".txt", ".md", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A transcript of the folder.

    Attributes:
        path: Where it is.
        slug: What its page is called.
        stamp: Size and time of its last change, as they were when the folder was read.
    """

    path: Path
    slug: str
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Survey:
    """A folder as a run finds it.

    Attributes:
        unchanged: Transcripts whose page is of them.
        pending: Those whose page is not, or may not be whole.
        refused: Those that two names would write to one page.
    """

    unchanged: tuple[Arrival, ...]
    pending: tuple[Arrival, ...]
    refused: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    Attributes:
        unchanged: The transcripts that were passed.
        outcomes: What became of the others, by slug.
        not_reached: How many were not begun because the run was interrupted.
        purse: What was spent.
        interrupted: Whether a signal ended the run.
    """

    unchanged: tuple[Arrival, ...]
    outcomes: tuple[Outcome, ...]
    not_reached: int
    purse: Purse
    interrupted: InterruptedRunError | None


def survey(directory: Path, settings: Settings, *, is_full: bool = False) -> Survey:
    """Find what is new or changed in a folder; nothing is opened but transcripts and the heads of pages.

    Args:
        directory: The folder; folders in it are not looked into.
        settings: As for a brief.
        is_full: Whether every transcript is looked at, also where its page says that it is of it.

    Raises:
        RefusedInputError: The folder cannot be read.
    """
    same_slug: dict[str, list[Arrival]] = {}
    for arrival in arrivals(directory):
        same_slug.setdefault(arrival.slug.casefold(), []).append(arrival)
    single = [same[0] for same in same_slug.values() if len(same) == 1]
    pending = single if is_full or settings.refresh or settings.retry else _pending(single, settings)
    looked_at = {arrival.slug for arrival in pending}
    return Survey(
        unchanged=tuple(arrival for arrival in single if arrival.slug not in looked_at),
        pending=tuple(pending),
        refused=tuple(_twice(same, settings) for same in same_slug.values() if len(same) > 1),
    )


async def update(
    found: Survey, settings: Settings, *, settle: float = 1.0, poll: float | None = None
) -> Report:
    """Make or renew the briefs of what a survey found pending.

    Args:
        found: The survey.
        settings: As for a brief.
        settle: Seconds in which a new file must not change; one that does waits for the next run.
        poll: In batches, seconds after which to look for answers again; None is not to wait for them.

    Raises:
        RefusedInputError: The endpoint's key, address or budget cannot be used.
        LockedError: Another run writes to the same folder of pages.
    """
    if not found.pending:
        return Report(found.unchanged, found.refused, 0, Purse(None, None), None)
    async with pipeline.writing(settings) as opened:
        await opened.rest(settle)
        settled, moving = _settled(found.pending)
        paths = [arrival.path for arrival in settled]
        if settings.batches:
            opened.hold()
            made = await _in_batches(paths, settings, opened, poll)
        else:
            made = {path: outcome async for path, outcome in pipeline.each(paths, settings, opened)}
    outcomes = [*found.refused, *(_moving(arrival, settings) for arrival in moving), *made.values()]
    return Report(
        unchanged=found.unchanged,
        outcomes=tuple(sorted(outcomes, key=lambda outcome: (outcome.slug, outcome.source))),
        not_reached=len(settled) - len(made),
        purse=opened.purse,
        interrupted=opened.interrupted,
    )


async def _in_batches(
    paths: Sequence[Path], settings: Settings, opened: Session, poll: float | None
) -> dict[Path, Outcome]:
    """Make the briefs that are answered whole, and have the rest asked for in batches.

    Raises:
        EndpointError: The provider cannot be asked.
    """
    provider = opened.batches()
    made: dict[Path, Outcome] = {}
    pending = paths
    insists = settings.retry
    while True:
        collected = await batching.collect(provider, opened.cache)
        for fault in collected.failed:
            settings.warn(fault)
        made |= {path: outcome async for path, outcome in pipeline.each(pending, settings, opened)}
        pending = [path for path in pending if path in made and made[path].status == "waiting"]
        asked = [request for path in pending for request in _unanswered(made[path])]
        if batching.adopt(asked, collected, opened.cache) and opened.interrupted is None:
            continue
        submitted = await batching.submit(asked, collected, provider, opened.cache, insists=insists)
        insists = False  # what is refused again is refused
        under_way = collected.under_way | submitted
        for path in pending:
            if under_way.isdisjoint(map(request_key, _unanswered(made[path]))):
                made[path] = replace(made[path], status="partly-failed", exit_code=4, reason=_REFUSED)
        if poll is None or not under_way or not pending or opened.interrupted is not None:
            return made
        await opened.rest(poll)


def _unanswered(outcome: Outcome) -> list[Request]:
    return outcome.asking.unanswered if outcome.asking else []


def arrivals(directory: Path) -> list[Arrival]:
    """Find the transcripts of a folder, sorted by name.

    Raises:
        RefusedInputError: It is no folder, or cannot be read.
    """
    found = []
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.name.startswith(".") or not entry.name.lower().endswith(SUFFIXES):
                    continue
                if entry.is_file():
                    path = Path(entry.path)
                    found.append(Arrival(path, files.slug(path), _stamp(entry.stat())))
    except OSError as error:
        raise RefusedInputError(f"{directory}: cannot be read: {error.strerror}; name a folder.") from None
    return sorted(found, key=lambda arrival: arrival.path.name)


def _pending(found: Iterable[Arrival], settings: Settings) -> list[Arrival]:
    """Those whose page is not, or is of another source, or may not be whole."""
    terms = library.terms()
    left_behind = files.leftovers(settings.output)
    return [a for a in found if a.slug in left_behind or not _is_current(a, terms, settings)]


def _is_current(arrival: Arrival, terms: Sequence[Term], settings: Settings) -> bool:
    page = settings.output / f"{arrival.slug}.md"
    try:
        return signing.is_current(arrival.path, page, terms, may_lack=settings.without_model)
    except RefusedInputError:
        return False  # it is refused in its turn, with the reason


def _settled(found: Sequence[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
    """Part those that are whole from those that somebody has written to since the folder was read."""
    still = {arrival.path: _stamp_now(arrival.path) == arrival.stamp for arrival in found}
    return [a for a in found if still[a.path]], [a for a in found if not still[a.path]]


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns


def _stamp_now(path: Path) -> tuple[int, int] | None:
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def _twice(same: Sequence[Arrival], settings: Settings) -> Outcome:
    """Refuse transcripts whose names make the same slug, naming them all."""
    first = same[0]
    names = " and ".join(shown(arrival.path, settings) for arrival in same)
    why = f"{names} would both be written to {first.slug}.md. Rename one of them."
    return Outcome(first.slug, shown(first.path, settings), "", "refused", 2, reason=why)


def _moving(arrival: Arrival, settings: Settings) -> Outcome:
    why = "it is still being written; the next run takes it."
    return Outcome(arrival.slug, shown(arrival.path, settings), "", "waiting", 0, reason=why)
