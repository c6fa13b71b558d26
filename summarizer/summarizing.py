"""What each person said to claims, and the claims to the top of the page."""

from collections.abc import Mapping

from summarizer import checks, excerpts, prompting, termbase
from summarizer.errors import AnswerError, EndpointError
from summarizer.run import QUESTION, Run, wait_for
from summarizer.values import Claim, Draft, RosterEntry, Speaker, Term, Transcript, Turn

_OWN = "own"
_SUBSTANCE = 200  # characters from which a moderator has said something


async def summarize(
    run: Run, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> tuple[tuple[Claim, ...], dict[str, str]]:
    """Summarise everybody who answers: the claims, and the recipe of each summary by its speaker.

    Raises:
        UnansweredError: Something must be asked and there is nobody to ask.
    """
    transcript = run.it.transcript
    speakers = [speaker for speaker in transcript.speakers if _is_summarised(speaker, transcript)]
    results = await wait_for(*(_summary(run, speaker, people[speaker.id], entries) for speaker in speakers))
    recipes = {speaker.id: made_by for speaker, (made_by, _) in zip(speakers, results, strict=True)}
    return tuple(claim for _, claims in results for claim in claims), recipes


async def overview(
    run: Run, people: Mapping[str, RosterEntry], entries: tuple[Term, ...], claims: tuple[Claim, ...]
) -> tuple[tuple[str, str], str, tuple[Claim, ...], str]:
    """Headline (English, Chinese), deck, sentences at a glance and their recipe, from *claims* alone.

    Raises:
        UnansweredError: It must be asked for and there is nobody to ask.
    """
    transcript = run.it.transcript
    nothing = (transcript.title or "", ""), "", (), ""
    sound = _sound(claims, transcript, people)
    if not sound:
        return nothing
    texts = [transcript.title or "", excerpts.introduction_of(transcript)]
    texts += [f"{claim.en}\n{claim.zh}" for claim in sound]
    today = run.recipe("overview", texts, termbase.occurring(entries, "\n".join(texts)))
    if run.stored and (held := run.holds("overview", today, run.stored.recipes.overview)):
        return run.stored.headline, run.stored.deck, run.stored.glance, held
    from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; what is stored does without

    cited = [(people[claim.speaker or ""], claim) for claim in sound]
    request = prompting.overview_request(run.it.slug, transcript, cited, entries, run.made_by("overview"))
    try:
        known = {claim.id: claim for claim in sound}
        return *answers.overview(await run.ask(request), known, run.passages), today
    except (AnswerError, EndpointError) as error:
        run.failures.append(f"overview: {error}")
        return nothing


async def _summary(
    run: Run, speaker: Speaker, entry: RosterEntry, entries: tuple[Term, ...]
) -> tuple[str, tuple[Claim, ...]]:
    exchanges = excerpts.exchanges_of(speaker, run.it.transcript)
    texts = [passage.text for _, passage in exchanges]
    used = termbase.occurring(entries, "\n".join(texts))
    today = run.recipe("summarize", [speaker.name, *texts], used)
    if run.stored:
        stored = run.stored.recipes.summaries.get(speaker.id)
        if held := run.holds(f"speaker-{speaker.id}", today, stored):
            return held, tuple(claim for claim in run.stored.claims if claim.speaker == speaker.id)
    claims, is_whole = await _claims(run, exchanges, entry, entries)
    return today if is_whole else "", claims


async def _claims(
    run: Run, exchanges: excerpts.Exchanges, entry: RosterEntry, entries: tuple[Term, ...]
) -> tuple[tuple[Claim, ...], bool]:
    """Summarise what one person said, and whether no part of it failed.

    What is too long is summarised in parts, and then as a whole: the passages that the claims of its parts
    rest on are asked about again, so that every claim still cites what was said.
    """
    turns = tuple(Turn(_OWN if own else QUESTION, (), (passage,)) for own, passage in exchanges)
    parts = [
        tuple((turn.speaker == _OWN, passage) for turn in group for passage in turn.passages)
        for group in run.groups(turns)
    ]
    found = await wait_for(*(_claims_of_part(run, part, entry, entries) for part in parts))
    claims = tuple({claim.id: claim for part in found for claim in part or ()}.values())
    is_whole = all(part is not None for part in found)
    cited = {passage for claim in claims for passage in claim.passages}
    fewer = excerpts.answering(exchanges, cited)
    if len(parts) == 1 or not fewer or len(fewer) == len(exchanges):
        return claims, is_whole
    again, is_again_whole = await _claims(run, fewer, entry, entries)
    return again, is_whole and is_again_whole


async def _claims_of_part(
    run: Run, exchanges: excerpts.Exchanges, entry: RosterEntry, entries: tuple[Term, ...]
) -> tuple[Claim, ...] | None:
    """The claims of what can be asked for at once; halved where it is too much, refused or filtered."""
    from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; what is stored does without

    made_by = run.made_by("summarize")
    request = prompting.summarize_request(run.it.slug, exchanges, entry, entries, made_by)
    try:
        return answers.claims(await run.ask(request), entry.speaker, run.passages_of(exchanges))
    except (AnswerError, EndpointError) as error:
        own = [passage.id for is_own, passage in exchanges if is_own]
        if error.wants_less and len(own) > 1:
            middle = len(own) // 2
            halves = (excerpts.answering(exchanges, set(ids)) for ids in (own[:middle], own[middle:]))
            parts = await wait_for(*(_claims_of_part(run, half, entry, entries) for half in halves))
            return tuple(claim for part in parts for claim in part or ()) if any(parts) else None
        run.failures.append(f"summary of {entry.name_en}: {error}")
        return None


def _is_summarised(speaker: Speaker, transcript: Transcript) -> bool:
    # A moderator who only gives the floor has nothing to summarise.
    turns = (turn for turn in transcript.turns if turn.speaker == speaker.id)
    said = sum(len(passage.text) for turn in turns for passage in turn.passages)
    return speaker.role == "answerer" or (speaker.role in {"moderator", "unknown"} and said >= _SUBSTANCE)


def _sound(
    claims: tuple[Claim, ...], transcript: Transcript, people: Mapping[str, RosterEntry]
) -> tuple[Claim, ...]:
    """Keep the claims that pass the checks: the overview is written from nothing else."""
    only = Draft(transcript, tuple(people.values()), "", "", "", (), claims, (), (), ())
    return checks.standing(claims, checks.run(only).findings)
