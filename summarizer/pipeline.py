"""The river, in reading order: bytes → transcript → draft → checked → brief → page.

Each verb of the command line that works on one transcript is one function here. The steps do
not know one another; the edges are opened here and nowhere below.
"""

import asyncio
import contextlib
import json
import os
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    prices,
    review,
    rulings,
    signals,
    signing,
    tokens,
)
from summarizer import transcript as reading
from summarizer.asking import Asking, recorded
from summarizer.chunking import DEFAULT_BUDGET
from summarizer.errors import LockedError, RefusedInputError, SummarizerError, UnansweredError
from summarizer.flow import Tell
from summarizer.lock import Lock
from summarizer.prices import Price
from summarizer.prompting import DEFAULT_MODEL
from summarizer.provenance import signature
from summarizer.purse import Purse
from summarizer.run import Material, Run
from summarizer.session import Desk, Session, Terms
from summarizer.values import Brief, Checked, Draft, Event, Finding, Model, Request, Rulings, Transcript

_AT_ONCE = 4  # transcripts that are worked on at once, where nobody is asked


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for a run."""

    project: Path
    output: Path
    cache_dir: Path
    model: Model = DEFAULT_MODEL
    budget: int = DEFAULT_BUDGET
    terms: Terms = field(default=Terms())
    offline: bool = False
    encoding: str | None = None
    repair: bool = True
    refresh: bool = False
    retry: bool = False  # ask again for what carries a mark, however often it was asked for
    without_model: bool = False  # leave the English to a human translator
    waits: bool = False  # for another run that writes to the same folder
    batches: bool = False  # a page waits until every request for it is answered
    prices: Mapping[str, Price] = field(default_factory=dict)  # the user's, by model
    warn: Callable[[str], None] = field(default=lambda _: None)
    tell: Tell = field(default=lambda _: None)


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


def read(path: Path, settings: Settings) -> tuple[str, Transcript, Rulings]:
    """Read a transcript and what its editor rules: slug, transcript, rulings.

    Raises:
        RefusedInputError: The file or its rulings cannot be used.
    """
    beside = path.with_suffix(".toml")
    where = shown(beside, settings)
    known = Rulings()
    if beside.is_file():
        known = rulings.parse(files.load_toml(files.read_text(beside), where), where)
    transcript = reading.read(
        files.read_bytes(path),
        path=shown(path, settings),
        rulings=known,
        encoding=settings.encoding,
        repair=settings.repair,
    )
    return files.slug(path), transcript, known


def _speech(path: Path, settings: Settings) -> tuple[str, Transcript, Rulings]:
    """Read a transcript in which somebody speaks.

    Raises:
        RefusedInputError: Nobody does, or the file or its rulings cannot be used.
    """
    slug, transcript, known = read(path, settings)
    if not transcript.turns:
        raise RefusedInputError(
            f"{transcript.source.path}: nobody speaks in this file: all of its {len(transcript.paragraphs)} "
            "paragraphs were set aside. 'summarizer inspect' says as what."
        )
    return slug, transcript, known


async def briefs(paths: Sequence[Path], settings: Settings) -> tuple[list[Outcome], Purse]:
    """Make or renew the briefs of several transcripts in one run; give also what was spent.

    A transcript that fails is an outcome like any other and never stops the rest.

    Raises:
        RefusedInputError: The endpoint's key, address or budget cannot be used.
        LockedError: Another run writes to the same folder.
        InterruptedRunError: The run was asked to end before it had begun any of them.
    """
    places = {path: place for place, path in enumerate(paths)}
    with Lock(settings.output, waits=settings.waits) as lock:
        if settings.output.is_dir():  # what is read there must not change behind our back
            lock.hold()
        async with session(settings, lock) as opened:
            with signals.heeded(opened.interrupt):
                found = [outcome async for outcome in each(paths, settings, opened)]
            purse = opened.purse
    if opened.interrupted is not None and not found:
        raise opened.interrupted
    return [outcome for _, outcome in sorted(found, key=lambda pair: places[pair[0]])], purse


async def each(
    paths: Iterable[Path], settings: Settings, opened: Session
) -> AsyncIterator[tuple[Path, Outcome]]:
    """Make or renew briefs, as many at once as the endpoint keeps busy, and give each as it is done.

    Once the run is interrupted, those in hand come to their end and no other is begun.

    Raises:
        LockedError: Another run writes to the same folder.
    """
    left_behind = files.leftovers(settings.output)
    at_once = max(_AT_ONCE, settings.terms.concurrency if opened.flow else 0)
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
    slug, transcript, known = _speech(path, settings)
    _refuse_other_source(path, slug, settings)
    old, moved = _followed(slug, transcript, settings)
    material = _material(slug, transcript, known, settings, old)
    if settings.without_model:
        drafted = drafting.untranslated(Run(material, asking.complete, tokens.count))
    else:
        drafted = await _drafting(material, settings, asking)
    checked = checks.run(drafted.draft, known.ignore)
    if asking.unanswered and settings.batches:
        raise UnansweredError(
            f"{slug}: {len(asking.unanswered)} pieces that failed a check are asked for again."
        )
    if asking.unanswered:
        settings.warn(
            f"{slug}: {len(asking.unanswered)} pieces failed a check and nobody can be asked to mend them; "
            "set OPENAI_API_KEY, give --base-url, or use 'batch export'"
        )
    for conflict in drafted.conflicts:
        settings.warn(f"{slug}: {conflict}; the first is used throughout")
    recipes = drafted.recipes
    made_of = [glossary.recipe for glossary in drafted.glossaries]
    made_of += [*recipes.segments.values(), *recipes.summaries.values(), recipes.overview]
    lacking = sum(not segment.target for segment in drafted.draft.segments) + len(drafted.failures)
    inputs = signing.inputs(path, files.read_bytes(path), transcript.source.encoding, material.termbase)
    signed = signature(tuple(made_of), inputs, lacking, old.signature if old else None)
    made = briefing.assemble(checked, known, signed)
    whole = keeping.Made(slug, made, recipes, drafted.glossaries, drafted.attempts)
    opened.hold()
    kept = keeping.keep(_place(slug, settings), whole, old, moved)
    if kept.deleted:
        settings.warn(f"{slug}: people took out {', '.join(kept.deleted)}; they stay out")
    missing = tuple(n for s in drafted.draft.segments if s.missing for n in s.paragraphs)
    partly = bool(missing or drafted.failures)
    review_needed = bool(kept.proposals) or (needs_review(kept.checked) and not settings.without_model)
    written = "written" if kept.has_changed else "unchanged"
    status = "partly-failed" if partly else "needs-review" if review_needed else written
    return Outcome(
        slug=slug,
        source=transcript.source.path,
        page=shown(_page_path(slug, settings), settings),
        status=status,
        exit_code=4 if partly else 3 if review_needed else 0,
        reason="; ".join(drafted.failures) or None,
        asking=asking,
        findings=kept.checked.findings,
        missing=missing,
        outdated=drafted.outdated,
        proposals=kept.proposals,
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """A page as it stands on disk, with what it was made from."""

    slug: str
    edition: edition.Edition
    rulings: Rulings
    brief: Brief  # as the machine wrote it last
    as_it_stands: Draft  # with the words of the page
    lines: dict[str, int]  # of each unit


def stored(page: Path, settings: Settings) -> Stored:
    """Load a page, its JSON and its source.

    Raises:
        RefusedInputError: One of them cannot be read.
    """
    text = files.read_text(page)
    front = files.load_yaml(review.front_matter(text), shown(page, settings))
    source = front.get("source") if isinstance(front, dict) else None
    if not isinstance(source, dict) or not isinstance(source.get("path"), str):
        raise RefusedInputError(f"{page}: the front matter names no source; is this a page of summarizer?")
    slug, transcript, known = read(settings.project / source["path"], settings)
    old = _edition(page.with_suffix(".json"))
    if old is None:
        raise RefusedInputError(f"{page}: {slug}.json is not beside it; the quotes to check stand there.")
    told = tuple(template.text for template in library.templates().values())
    draft = drafting.restored(transcript, old, known, library.terms(), told)
    words = replace(review.apply(draft, text), made_from=str(source.get("sha256")))
    written = briefing.assemble(checks.run(draft, known.ignore), known, old.signature)
    lines = {unit: line for line, (unit, _) in review.unread(text, draft).items()}
    lines |= {unit.id: unit.line for unit in review.read(text).values()}
    return Stored(slug, old, known, written, words, lines)


def check(page: Path, settings: Settings) -> tuple[Checked, dict[str, int]]:
    """Check a page as it stands on disk against its source; also give the line of each unit.

    Raises:
        RefusedInputError: The page, its JSON or its source cannot be read.
    """
    found = stored(page, settings)
    return checks.run(found.as_it_stands, found.rulings.ignore), found.lines


async def plan(path: Path, settings: Settings) -> planning.Plan:
    """Plan the brief of one transcript; nothing is sent and nothing is written.

    Raises:
        SummarizerError: The transcript cannot be used, or what is stored cannot.
    """
    slug, transcript, known = _speech(path, settings)
    async with session(settings, offline=True) as opened:
        asking = _asking(slug, settings, opened)
        material = _material(slug, transcript, known, settings, _followed(slug, transcript, settings)[0])
        return await planning.plan(material, asking.stored, tokens.count)


async def unanswered(path: Path, settings: Settings, opened: Session) -> list[Request]:
    """Give the requests of one transcript that can be built today and that no store answers.

    Raises:
        RefusedInputError: The transcript cannot be used.
    """
    slug, transcript, known = _speech(path, settings)
    asking = _asking(slug, settings, opened)
    material = _material(slug, transcript, known, settings, _followed(slug, transcript, settings)[0])
    with contextlib.suppress(UnansweredError):  # what is asked because of it comes in a later stage
        await _drafting(material, settings, asking)
    return asking.unanswered


def price(settings: Settings) -> Price | None:
    """Give the price of the model that would be asked; None if no table has one."""
    return prices.price(settings.model.name, settings.prices)


def needs_review(checked: Checked) -> bool:
    """Tell whether a finding of at least major severity is open."""
    return any(f.severity != "minor" and f.ignored is None for f in checked.findings)


def session(settings: Settings, lock: Lock | None = None, *, offline: bool = False) -> Session:
    """Prepare a run; only the holder of *lock* buys answers and writes pages."""
    desk = Desk(settings.cache_dir, price(settings), settings.tell, settings.warn)
    if lock is not None:
        desk = replace(desk, hold=lock.hold)
    return Session(desk, None if offline or settings.offline else settings.terms)


def _asking(slug: str, settings: Settings, opened: Session) -> Asking:
    known = {} if settings.refresh else recorded(recorded_path(slug, settings))
    return opened.asking(known, refresh=settings.refresh, offline=settings.batches)


def _refuse_other_source(path: Path, slug: str, settings: Settings) -> None:
    """Refuse to write over the page of another transcript whose name makes the same slug.

    Raises:
        RefusedInputError: That transcript is there.
    """
    told = signing.front_matter(_page_path(slug, settings)).get("path")
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
        filled=keeping.filled(_place(slug, settings), old),
    )


def _followed(
    slug: str, transcript: Transcript, settings: Settings
) -> tuple[edition.Edition | None, dict[str, str]]:
    """What was stored, under the ids its passages have today, and the new ids by the old ones."""
    old = _edition(_json_path(slug, settings))
    moved = keeping.moved_ids(old, transcript) if old else {}
    return (edition.followed(old, moved) if old and moved else old), moved


def _edition(path: Path) -> edition.Edition | None:
    if not path.is_file():
        return None
    try:
        data = json.loads(files.read_text(path))
    except ValueError as error:
        raise RefusedInputError(
            f"{path} is damaged ({error}); restore it from git or move it away."
        ) from None
    return edition.read(data, str(path))


def _place(slug: str, settings: Settings) -> keeping.Place:
    page = _page_path(slug, settings)
    return keeping.Place(page, shown(page, settings))


def _page_path(slug: str, settings: Settings) -> Path:
    return settings.output / f"{slug}.md"


def _json_path(slug: str, settings: Settings) -> Path:
    return settings.output / f"{slug}.json"


def recorded_path(slug: str, settings: Settings) -> Path:
    """Where the recorded answers of a transcript are."""
    return settings.project / "cassettes" / "answers" / f"{slug}.jsonl"


def shown(path: Path, settings: Settings) -> str:
    """Name a path as seen from the project root, so that no page depends on where the project lies."""
    return Path(os.path.relpath(path.resolve(), settings.project.resolve())).as_posix()
