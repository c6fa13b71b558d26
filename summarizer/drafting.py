"""Transcript to draft: ask for what no former run has stored, and put it together.

Three round trips are on the critical path: terms; then all translations beside all summaries;
then, as soon as the summaries are in, the overview. What a former edition made of the same
material is taken over and nothing is asked for it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from summarizer import excerpts, naming, prompting, summarizing, termbase, translating
from summarizer.edition import Edition, Recipes
from summarizer.repairing import Ladder
from summarizer.run import Run, wait_for
from summarizer.values import (
    Claim,
    Draft,
    Glossary,
    RosterEntry,
    Rulings,
    Segment,
    Term,
    Transcript,
    Turn,
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, what made it, and what could not be had."""

    draft: Draft
    recipes: Recipes
    glossaries: tuple[Glossary, ...]
    outdated: tuple[str, ...]
    failures: tuple[str, ...]  # summaries and overviews that could not be had, and why
    attempts: Mapping[str, int]  # how often each unit was asked again
    conflicts: tuple[str, ...]  # terms for which two parts of a long document got two renderings


async def draft(run: Run) -> Drafted:
    """Make the draft of a transcript.

    Raises:
        UnansweredError: Something must be asked and there is nobody to ask; nothing is lost.
    """
    it = run.it
    groups = run.groups(it.transcript.turns)
    glossaries = tuple(await wait_for(*(_glossary(run, turns, is_all=len(groups) == 1) for turns in groups)))
    names, terms, conflicts = naming.merged(glossaries)
    people = naming.roster(it.transcript, names, it.rulings, it.termbase)
    entries = naming.all_entries(people, it.rulings, it.termbase, terms)
    translation = asyncio.ensure_future(_translation(run, people, entries))
    summary = asyncio.ensure_future(_summary(run, people, entries))
    await asyncio.gather(translation, summary, return_exceptions=True)
    segments, segment_recipes = translation.result()
    claims, summaries, (headline, deck, glance, overview_recipe) = summary.result()
    models = tuple(sorted({*(run.stored.models if run.stored else ()), *run.models}))
    people_shown = tuple(people.values())
    made = Draft(
        it.transcript,
        people_shown,
        *headline,
        deck,
        glance,
        claims,
        segments,
        entries,
        models,
        run.instructions,
    )
    recipes = Recipes(segment_recipes, summaries, overview_recipe)
    outdated = tuple(dict.fromkeys(run.outdated))
    return Drafted(made, recipes, glossaries, outdated, tuple(run.failures), run.attempts, conflicts)


def untranslated(run: Run) -> Drafted:
    """The draft of a transcript for a human translator: roster romanised, every segment waiting."""
    it = run.it
    people = naming.roster(it.transcript, {}, it.rulings, it.termbase)
    entries = naming.all_entries(people, it.rulings, it.termbase, ())
    segments = tuple(
        translating.segment(turn.speaker, passage, (), None)
        for turn in run.turns
        for passage in turn.passages
    )
    roster = tuple(people.values())
    made = Draft(it.transcript, roster, "", "", "", (), (), segments, entries, (), run.instructions)
    return Drafted(made, Recipes({}, {}, ""), (), (), (), {}, ())


def restored(
    transcript: Transcript,
    edition: Edition,
    rulings: Rulings,
    terms: tuple[Term, ...],
    instructions: tuple[str, ...],
) -> Draft:
    """Put a former run's words on the transcript as it is read today, asking nobody."""
    names, found, _ = naming.merged(edition.glossaries)
    people = naming.roster(transcript, names, rulings, terms)
    segments = tuple(
        translating.segment(
            turn.speaker, passage, edition.segments.get(passage.id, ()), edition.missing.get(passage.id)
        )
        for turn in excerpts.translated_turns(transcript)
        for passage in turn.passages
    )
    entries = naming.all_entries(people, rulings, terms, found)
    return Draft(
        transcript,
        tuple(people.values()),
        *edition.headline,
        edition.deck,
        edition.glance,
        edition.claims,
        segments,
        entries,
        edition.models,
        instructions,
    )


async def _glossary(run: Run, turns: tuple[Turn, ...], *, is_all: bool) -> Glossary:
    """The names and terms of a document, or of a part of a long one."""
    it = run.it
    spoken = {turn.speaker for turn in turns}
    speakers = [speaker for speaker in it.transcript.speakers if is_all or speaker.id in spoken]
    passages = [passage for turn in turns for passage in turn.passages]
    material = [passage.text for passage in passages]
    material += [f"{speaker.name}\t{speaker.title}" for speaker in speakers]
    today = run.recipe("terms", material, termbase.occurring(it.termbase, "\n".join(material)))
    for stored in run.stored.glossaries if run.stored else ():
        if run.holds("terms", today, stored.recipe):
            return stored
    from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; what is stored does without

    request = prompting.terms_request(it.slug, speakers, passages, it.termbase, run.made_by("terms"))
    return Glossary(today, *answers.terms(await run.ask(request)))


async def _translation(
    run: Run, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> tuple[tuple[Segment, ...], dict[str, str]]:
    segments, recipes = await translating.translate(run, people, entries)
    return await Ladder(run, people, entries).translations(segments), recipes


async def _summary(
    run: Run, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
) -> tuple[tuple[Claim, ...], dict[str, str], tuple[tuple[str, str], str, tuple[Claim, ...], str]]:
    """Claims and overview: it is written from what stands, while what fell is asked for again."""
    claims, recipes = await summarizing.summarize(run, people, entries)
    mended = asyncio.ensure_future(Ladder(run, people, entries).claims(claims))
    overview = asyncio.ensure_future(summarizing.overview(run, people, entries, claims))
    await asyncio.gather(mended, overview, return_exceptions=True)
    return mended.result(), recipes, overview.result()
