"""Passages to segments: ask for the English that no former run has stored, one request a chunk."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from summarizer import chunking, excerpts, prompting, termbase
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
    if wanted := recipes.keys() - targets.keys() - run.filled:
        found, reasons = await _asked(run, wanted, people, entries)
        targets |= found
    segments = tuple(
        segment(turn.speaker, passage, targets.get(passage.id, ()), reasons.get(passage.id))
        for turn in run.turns
        for passage in turn.passages
    )
    return segments, recipes


def segment(speaker: str, passage: Passage, target: tuple[str, ...], missing: str | None) -> Segment:
    """A passage with its English, or with why it has none."""
    own = None if speaker == excerpts.FRONT else speaker
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
            excerpt = excerpts.Excerpt(turns, before, after)
            made_by = run.made_by("translate")
            requests.append(prompting.translate_request(run.it.slug, excerpt, people, entries, made_by))
    return requests


def _only(turn: Turn, wanted: AbstractSet[str]) -> Turn:
    passages = tuple(passage for passage in turn.passages if chunking.whole(passage.id) in wanted)
    return replace(turn, passages=passages)


async def _asked(
    run: Run, wanted: AbstractSet[str], people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The English of each wanted passage, its parts joined, and why the others have none."""
    requests = _requests(run, wanted, people, entries)
    targets: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    for found, missing in await wait_for(*(_translation(run, r, people, entries) for r in requests)):
        targets |= {unit: targets.get(unit, ()) + sentences for unit, sentences in found.items()}
        reasons |= missing
    return {unit: target for unit, target in targets.items() if unit not in reasons}, reasons


async def _translation(
    run: Run, request: Request, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The English of the passages of one request; halved where it is too much, refused or filtered.

    So that what an endpoint will not have is found, marked and alone in being missing.
    """
    from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; what is stored does without

    passages = tuple(dict.fromkeys(chunking.whole(unit) for unit in request.units))
    try:
        found = answers.translation(request, await run.ask(request))
    except (AnswerError, EndpointError) as error:
        if error.wants_less and len(passages) > 1:
            middle = len(passages) // 2
            halves = (set(passages[:middle]), set(passages[middle:]))
            one, other = await wait_for(*(_asked(run, half, people, entries) for half in halves))
            return one[0] | other[0], one[1] | other[1]
        if error.wants_less or isinstance(error, EndpointError):
            run.unreachable |= set(passages)
        return {}, dict.fromkeys(passages, str(error))
    left_out = [chunking.whole(unit) for unit in request.units if not found.get(unit)]
    joined: dict[str, tuple[str, ...]] = {}
    for unit in request.units:
        joined[chunking.whole(unit)] = joined.get(chunking.whole(unit), ()) + found.get(unit, ())
    told = {unit: target for unit, target in joined.items() if unit not in left_out}
    return told, dict.fromkeys(left_out, "the answer left it out")
