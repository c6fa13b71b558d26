"""The river, in reading order: bytes → transcript → draft → checked → brief → page.

Each verb of the command line that works on one transcript is one function here. The steps do
not know one another; the edges are opened here and nowhere below.
"""

import asyncio
import contextlib
import time
import traceback
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer import brief as briefing
from summarizer import (
    checks,
    drafting,
    edition,
    files,
    keeping,
    library,
    planning,
    signals,
    signing,
    tokens,
)
from summarizer.asking import Asking, recorded
from summarizer.errors import LockedError, RefusedInputError, SummarizerError, UnansweredError
from summarizer.lock import Lock
from summarizer.pages import edition_at, needs_review
from summarizer.provenance import signature
from summarizer.purse import Purse
from summarizer.run import Material, Run
from summarizer.session import Desk, Session
from summarizer.settings import Settings, page_path, place, price, recorded_path, shown
from summarizer.sources import speech
from summarizer.values import Event, Finding, Request, Rulings, Transcript

_AT_ONCE = 4  # transcripts that are worked on at once, where nobody is asked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one transcript."""

    slug: str
    source: str
    page: str
    status: str  # "written", "unchanged", "needs-review", "partly-failed", "refused" or "waiting"
    exit_code: int
    seconds: float = 0.0
    reason: str | None = None
    asking: Asking | None = None
    findings: tuple[Finding, ...] = ()
    missing: tuple[int, ...] = ()
    outdated: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()


async def briefs(paths: Sequence[Path], settings: Settings) -> tuple[list[Outcome], Purse]:
    """Make or renew the briefs of several transcripts in one run; give also what was spent.

    A transcript that fails is an outcome like any other and never stops the rest.

    Raises:
        RefusedInputError: The endpoint's key, address or budget cannot be used.
        LockedError: Another run writes to the same folder.
    """
    async with writing(settings) as opened:
        made = {path: outcome async for path, outcome in each(paths, settings, opened)}
    if (why := opened.interrupted) is not None:
        for path in paths:
            ended = Outcome(files.slug(path), shown(path, settings), "", "partly-failed", why.exit_code)
            made.setdefault(path, replace(ended, reason=str(why)))
    return [made[path] for path in paths], opened.purse


@contextlib.asynccontextmanager
async def writing(settings: Settings) -> AsyncIterator[Session]:
    """Open a run that writes pages: the only one in its folder, and ended by a signal as soon as it may.

    Raises:
        RefusedInputError: The endpoint's key, address or budget cannot be used.
        LockedError: Another run writes to the same folder.
    """
    with Lock(settings.output, waits=settings.waits) as lock:
        if settings.output.is_dir():  # what is read there must not change behind our back
            lock.hold()
        async with session(settings, lock) as opened:
            with signals.heeded(opened.interrupt):
                yield opened


async def each(
    paths: Iterable[Path], settings: Settings, opened: Session
) -> AsyncIterator[tuple[Path, Outcome]]:
    """Make or renew briefs, as many at once as the endpoint keeps busy, and give each as it is done.

    Once the run is interrupted, those in hand come to their end and no other is begun.

    Raises:
        LockedError: Another run writes to the same folder.
    """
    left_behind = files.leftovers(settings.output)
    at_once = max(_AT_ONCE, settings.conditions.concurrency if opened.flow else 0)
    waiting = iter(paths)
    running: dict[asyncio.Task[Outcome], Path] = {}
    while True:
        while len(running) < at_once and opened.interrupted is None:
            if (path := next(waiting, None)) is None:
                break
            running[asyncio.create_task(_outcome(path, settings, opened))] = path
        if not running:
            return
        done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            path, outcome = running.pop(task), task.result()
            if outcome.page:
                files.discard(left_behind.get(outcome.slug, ()))
            yield path, outcome


async def _outcome(path: Path, settings: Settings, opened: Session) -> Outcome:
    slug = files.slug(path)
    asking = _asking(slug, settings, opened)
    settings.tell(Event("begun", slug))
    begun = time.monotonic()
    try:
        outcome = await _brief(path, settings, asking, opened)
    except LockedError:
        raise
    except SummarizerError as error:
        is_pending = settings.batches and isinstance(error, UnansweredError)
        status = "waiting" if is_pending else "refused" if error.exit_code == 2 else "partly-failed"
        code = 0 if is_pending else error.exit_code
        outcome = Outcome(slug, shown(path, settings), "", status, code, reason=str(error), asking=asking)
    except Exception as defect:  # noqa: BLE001 - ours, and no reason to leave the other transcripts undone
        outcome = Outcome(
            slug, shown(path, settings), "", "partly-failed", 1, reason=_located(defect), asking=asking
        )
    settings.tell(Event("ended", slug, detail=outcome.status))
    return replace(outcome, seconds=time.monotonic() - begun)


def _located(defect: Exception) -> str:
    """Name a defect of the program and where it showed itself."""
    *_, last = traceback.extract_tb(defect.__traceback__)
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"the program itself failed ({type(defect).__name__} at {where}: {defect}); please report it"


async def _brief(path: Path, settings: Settings, asking: Asking, opened: Session) -> Outcome:
    """Make or renew the brief of one transcript.

    Raises:
        SummarizerError: Nothing could be made; nothing was written.
    """
    # Before they are read: what somebody changes from here on is another signature, and the next run sees it.
    stood = signing.raw(path)
    slug, transcript, known = speech(path, settings)
    _refuse_other_source(path, slug, settings)
    old, moved = _followed(slug, transcript, settings)
    material = _material(slug, transcript, known, settings, old)
    if settings.without_model:
        drafted = drafting.untranslated(Run(material, asking.complete, tokens.count))
    else:
        drafted = await _drafting(material, settings, asking)
    _say_what_waits(slug, drafted, asking, settings)
    checked = checks.run(drafted.draft, known.ignore)
    made = briefing.assemble(checked, known, _signature(stood, drafted, material, old))
    whole = keeping.Made(slug, made, drafted.recipes, drafted.glossaries, drafted.attempts)
    opened.hold()
    kept = keeping.keep(place(slug, settings), whole, old, moved)
    if kept.deleted:
        settings.warn(f"{slug}: people took out {', '.join(kept.deleted)}; they stay out")
    return _ended(slug, drafted, kept, settings, asking)


def _say_what_waits(slug: str, drafted: drafting.Drafted, asking: Asking, settings: Settings) -> None:
    """Tell what nobody could be asked to mend, and what two parts of a document call otherwise.

    Raises:
        UnansweredError: It will be asked in a batch, and the page waits for that.
    """
    if asking.unanswered and settings.batches:
        again = len(asking.unanswered)
        raise UnansweredError(f"{slug}: {again} pieces that failed a check are asked for again.")
    if asking.unanswered:
        settings.warn(
            f"{slug}: {len(asking.unanswered)} pieces failed a check and nobody can be asked to mend them; "
            "set OPENAI_API_KEY, give --base-url, or use 'batch export'"
        )
    for conflict in drafted.conflicts:
        settings.warn(f"{slug}: {conflict}; the first is used throughout")


def _signature(
    stood: signing.Raw, drafted: drafting.Drafted, material: Material, old: edition.Edition | None
) -> str:
    recipes, source = drafted.recipes, material.transcript.source
    made_of = [glossary.recipe for glossary in drafted.glossaries]
    made_of += [*recipes.segments.values(), *recipes.summaries.values(), recipes.overview]
    lacking = sum(not segment.target for segment in drafted.draft.segments) + len(drafted.failures)
    inputs = signing.inputs(stood, source.encoding, material.termbase)
    return signature(tuple(made_of), inputs, lacking, old.signature if old else None)


def _ended(
    slug: str, drafted: drafting.Drafted, kept: keeping.Kept, settings: Settings, asking: Asking
) -> Outcome:
    """What became of a transcript whose page is kept."""
    missing = tuple(n for s in drafted.draft.segments if s.missing for n in s.paragraphs)
    is_partly = bool(missing or drafted.failures)
    waits = bool(kept.proposals) or (needs_review(kept.checked) and not settings.without_model)
    written = "written" if kept.has_changed else "unchanged"
    return Outcome(
        slug=slug,
        source=drafted.draft.transcript.source.path,
        page=shown(page_path(slug, settings), settings),
        status="partly-failed" if is_partly else "needs-review" if waits else written,
        exit_code=4 if is_partly else 3 if waits else 0,
        reason="; ".join(drafted.failures) or None,
        asking=asking,
        findings=kept.checked.findings,
        missing=missing,
        outdated=drafted.outdated,
        proposals=kept.proposals,
    )


async def plan(path: Path, settings: Settings) -> planning.Plan:
    """Plan the brief of one transcript; nothing is sent and nothing is written.

    Raises:
        SummarizerError: The transcript cannot be used, or what is stored cannot.
    """
    slug, transcript, known = speech(path, settings)
    async with session(settings, offline=True) as opened:
        asking = _asking(slug, settings, opened)
        material = _material(slug, transcript, known, settings, _followed(slug, transcript, settings)[0])
        return await planning.plan(material, asking.stored, tokens.count)


async def unanswered(path: Path, settings: Settings, opened: Session) -> list[Request]:
    """Give the requests of one transcript that can be built today and that no store answers.

    Raises:
        RefusedInputError: The transcript cannot be used.
    """
    slug, transcript, known = speech(path, settings)
    asking = _asking(slug, settings, opened)
    material = _material(slug, transcript, known, settings, _followed(slug, transcript, settings)[0])
    with contextlib.suppress(UnansweredError):  # what is asked because of it comes in a later stage
        await _drafting(material, settings, asking)
    return asking.unanswered


def session(settings: Settings, lock: Lock | None = None, *, offline: bool = False) -> Session:
    """Prepare a run; only the holder of *lock* buys answers and writes pages."""
    desk = Desk(settings.cache_dir, price(settings), settings.tell, settings.warn)
    if lock is not None:
        desk = replace(desk, hold=lock.hold)
    return Session(desk, None if offline or settings.offline else settings.conditions)


def _asking(slug: str, settings: Settings, opened: Session) -> Asking:
    known = {} if settings.refresh else recorded(recorded_path(slug, settings))
    return opened.asking(known, refresh=settings.refresh, offline=settings.batches)


def _refuse_other_source(path: Path, slug: str, settings: Settings) -> None:
    """Refuse to write over the page of another transcript whose name makes the same slug.

    Raises:
        RefusedInputError: That transcript is there.
    """
    told = signing.front_matter(page_path(slug, settings)).get("path")
    other = settings.project / told if told else path
    if other.is_file() and not other.samefile(path):
        raise RefusedInputError(
            f"{shown(path, settings)} and {told} would both be written to {slug}.md. Rename one of them."
        )


async def _drafting(material: Material, settings: Settings, asking: Asking) -> drafting.Drafted:
    return await drafting.draft(Run(material, asking.complete, tokens.count, insists=settings.retry))


def _material(
    slug: str, transcript: Transcript, known: Rulings, settings: Settings, old: edition.Edition | None
) -> Material:
    return Material(
        slug=slug,
        transcript=transcript,
        rulings=known,
        termbase=library.terms(),
        templates=library.templates(),
        model=settings.model,
        budget=settings.budget,
        edition=None if settings.refresh else old,
        filled=keeping.filled(place(slug, settings), old),
    )


def _followed(
    slug: str, transcript: Transcript, settings: Settings
) -> tuple[edition.Edition | None, dict[str, str]]:
    """What was stored, under the ids its passages have today, and the new ids by the old ones."""
    old = edition_at(place(slug, settings).data)
    moved = keeping.moved_ids(old, transcript) if old else {}
    return (edition.followed(old, moved) if old and moved else old), moved
