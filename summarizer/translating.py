"""Passages to segments: ask for the English that no former run has stored, one request a chunk."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from summarizer import answers, chunking, prompting, termbase
from summarizer.errors import AnswerError, EndpointError
from summarizer.run import Run, wait_for
from summarizer.values import Passage, Request, RosterEntry, Segment, State, Term, Turn


async def translate(
    run: Run, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> tuple[tuple[Segment, ...], dict[str, str]]:
    """Translate a transcript: its segments, and the recipe of each by its id.

    Raises:
        UnansweredError: Something must be asked and there is nobody to ask.
    """
    recipes: dict[str, str] = {}
    targets: dict[str, tuple[str, ...]] = {}
    for turn in run.turns:
        for passage in turn.passages:
            used = termbase.occurring(entries, passage.text)
            recipes[passage.id] = run.recipe("translate", [passage.text, turn.speaker], used)
            if held := _stored(run, passage, recipes[passage.id]):
                recipes[passage.id], targets[passage.id] = held
    reasons: dict[str, str] = {}
    if wanted := recipes.keys() - targets.keys():
        found, reasons = await _asked(run, _requests(run, wanted, people, entries))
        targets |= found
    segments = tuple(
        segment(turn.speaker, passage, targets.get(passage.id, ()), reasons.get(passage.id))
        for turn in run.turns
        for passage in turn.passages
    )
    return segments, recipes


def segment(speaker: str, passage: Passage, target: tuple[str, ...], missing: str | None) -> Segment:
    """A passage with its English, or with why it has none."""
    own = None if speaker == prompting.FRONT else speaker
    state: State = "translated" if target else "initial"
    return Segment(passage.id, passage.paragraphs, own, passage.text, target, state, missing)


def _stored(run: Run, passage: Passage, today: str) -> tuple[str, tuple[str, ...]] | None:
    if run.stored is None or not (target := run.stored.segments.get(passage.id)):
        return None
    held = run.holds(passage.id, today, run.stored.recipes.segments.get(passage.id))
    return (held, target) if held else None


def _requests(
    run: Run, wanted: AbstractSet[str], people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> list[Request]:
    """Ask for the *wanted* passages, those of one chunk together."""
    chunks = run.chunks()
    said = [(turn.speaker, passage) for chunk in chunks for turn in chunk.turns for passage in turn.passages]
    at = {passage.id: place for place, (_, passage) in enumerate(said)}
    requests = []
    for chunk in chunks:
        turns = tuple(fresh for turn in chunk.turns if (fresh := _only(turn, wanted)).passages)
        if turns:
            first, last = at[turns[0].passages[0].id], at[turns[-1].passages[-1].id]
            before = said[first - 1] if first else None
            after = said[last + 1] if last + 1 < len(said) else None
            excerpt = prompting.Excerpt(turns, before, after)
            made_by = run.made_by("translate")
            requests.append(prompting.translate_request(run.it.slug, excerpt, people, entries, made_by))
    return requests


def _only(turn: Turn, wanted: AbstractSet[str]) -> Turn:
    passages = tuple(passage for passage in turn.passages if chunking.whole(passage.id) in wanted)
    return replace(turn, passages=passages)


async def _asked(run: Run, requests: list[Request]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The English of each passage, its parts joined, and why the others have none."""
    found: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    for sentences, missing in await wait_for(*(_translation(run, request) for request in requests)):
        found |= sentences
        reasons |= {chunking.whole(unit): reason for unit, reason in missing.items()}
    targets: dict[str, tuple[str, ...]] = {}
    for unit in (unit for request in requests for unit in request.units):
        passage = chunking.whole(unit)
        if passage not in reasons:
            targets[passage] = targets.get(passage, ()) + found[unit]
    return targets, reasons


async def _translation(run: Run, request: Request) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    try:
        found = answers.translation(request, await run.ask(request))
    except (AnswerError, EndpointError) as error:
        if isinstance(error, EndpointError):
            run.unreachable |= {chunking.whole(unit) for unit in request.units}
        return {}, dict.fromkeys(request.units, str(error))
    absent = [unit for unit in request.units if not found.get(unit)]
    return found, dict.fromkeys(absent, "the answer left it out")
