"""Transcript to draft: ask for what no former run has stored, and put it together.

Three round trips are on the critical path: terms; then all translations beside all summaries;
then, as soon as the summaries are in, the overview. What a former edition made of the same
material is taken over and nothing is asked for it.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from summarizer import answers, checks, chunking, prompting, termbase
from summarizer.edition import Edition, Recipes
from summarizer.errors import AnswerError, EndpointError, UnansweredError
from summarizer.provenance import recipe
from summarizer.values import (
    Answer,
    Claim,
    Complete,
    CountTokens,
    Draft,
    Model,
    Passage,
    Request,
    RosterEntry,
    Rulings,
    Segment,
    Speaker,
    State,
    Task,
    Template,
    Term,
    Transcript,
    Turn,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made from."""

    slug: str
    transcript: Transcript
    rulings: Rulings
    termbase: tuple[Term, ...]
    templates: Mapping[Task, Template]
    model: Model
    budget: int
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, what made it, and what could not be had."""

    draft: Draft
    recipes: Recipes
    names: Mapping[str, tuple[str, str]]
    terms: tuple[Term, ...]
    outdated: tuple[str, ...]
    failures: tuple[str, ...]  # summaries and overviews that could not be had, and why


class Drafting:
    """One run over one transcript: the steps share its material, its answers and its notes."""

    def __init__(self, material: Material, complete: Complete, count_tokens: CountTokens) -> None:
        self._it = material
        self._complete = complete
        self._count = count_tokens
        self._models: dict[str, None] = {}
        self._outdated: list[str] = []
        self._failures: list[str] = []
        self._stored = material.edition
        self._front = prompting.front_turn(material.transcript)
        self._passages = {p.id: p for turn in material.transcript.turns for p in turn.passages}

    async def run(self) -> Drafted:
        """Make the draft.

        Raises:
            UnansweredError: Something must be asked and there is nobody to ask; nothing is lost.
        """
        names, terms, terms_recipe = await self._terms()
        people = roster(self._it.transcript, names, self._it.rulings, self._it.termbase)
        entries = all_entries(people, self._it.rulings, self._it.termbase, terms)
        translating = asyncio.ensure_future(self._translate(people, entries))
        summarizing = asyncio.ensure_future(self._summarize_and_overview(people, entries))
        await asyncio.gather(translating, summarizing, return_exceptions=True)
        segments, segment_recipes = translating.result()
        claims, summaries, top = summarizing.result()
        headline, deck, glance, overview_recipe = top
        models = tuple(sorted(dict.fromkeys([*(self._stored.models if self._stored else ()), *self._models])))
        draft = Draft(
            self._it.transcript,
            tuple(people.values()),
            *headline,
            deck,
            glance,
            claims,
            segments,
            entries,
            models,
        )
        recipes = Recipes(terms_recipe, segment_recipes, summaries, overview_recipe)
        return Drafted(draft, recipes, names, terms, tuple(self._outdated), tuple(self._failures))

    async def _ask(self, request: Request) -> Answer:
        answer = await self._complete(request)
        self._models[answer.model] = None
        return answer

    def _recipe(self, task: Task, material: Iterable[str], entries: Iterable[Term]) -> str:
        return recipe(tuple(material), tuple(entries), self._it.templates[task], self._it.model)

    def _holds(self, unit: str, today: str, stored: str | None) -> str | None:
        """Give the stored recipe if what it made still stands for *today*'s, else None."""
        if stored == today:
            return stored
        if stored is not None and stored.partition("-")[0] == today.partition("-")[0]:
            self._outdated.append(unit)
            return stored
        return None

    async def _terms(self) -> tuple[Mapping[str, tuple[str, str]], tuple[Term, ...], str]:
        it = self._it
        texts = [passage.text for passage in self._passages.values()]
        titles = [f"{speaker.name}\t{speaker.title}" for speaker in it.transcript.speakers]
        used = termbase.occurring(it.termbase, "\n".join([*texts, *titles]))
        today = self._recipe("terms", [*texts, *titles], used)
        if self._stored and (held := self._holds("terms", today, self._stored.recipes.terms)):
            return self._stored.names, self._stored.terms, held
        template = it.templates["terms"]
        request = prompting.terms_request(it.slug, it.transcript, it.termbase, template, it.model)
        names, terms = answers.terms(await self._ask(request))
        return names, terms, today

    async def _translate(
        self, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
    ) -> tuple[tuple[Segment, ...], dict[str, str]]:
        turns = ((self._front,) if self._front else ()) + self._it.transcript.turns
        recipes: dict[str, str] = {}
        targets: dict[str, tuple[str, ...]] = {}
        wanted: list[Turn] = []
        for turn in turns:
            fresh = []
            for passage in turn.passages:
                used = termbase.occurring(entries, passage.text)
                recipes[passage.id] = self._recipe("translate", [passage.text, turn.speaker], used)
                if held := self._stored_segment(passage, recipes[passage.id]):
                    recipes[passage.id], targets[passage.id] = held
                else:
                    fresh.append(passage)
            if fresh:
                wanted.append(replace(turn, passages=tuple(fresh)))
        made_by = (self._it.templates["translate"], self._it.model)
        reasons: dict[str, str] = {}
        if wanted:
            chunks = chunking.split(wanted, budget=self._it.budget, count_tokens=self._count)
            requests = [
                prompting.translate_request(self._it.slug, c, people, entries, made_by) for c in chunks
            ]
            for found, reason in await _all(*(self._translation(request) for request in requests)):
                targets |= found
                reasons |= reason
        segments = tuple(
            _segment(turn.speaker, passage, targets.get(passage.id, ()), reasons.get(passage.id))
            for turn in turns
            for passage in turn.passages
        )
        return segments, recipes

    def _stored_segment(self, passage: Passage, today: str) -> tuple[str, tuple[str, ...]] | None:
        if self._stored is None or not (target := self._stored.segments.get(passage.id)):
            return None
        held = self._holds(passage.id, today, self._stored.recipes.segments.get(passage.id))
        return (held, target) if held else None

    async def _translation(self, request: Request) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        try:
            found = answers.translation(request, await self._ask(request))
        except (AnswerError, EndpointError) as error:
            return {}, dict.fromkeys(request.units, str(error))
        absent = [unit for unit in request.units if not found.get(unit)]
        return found, dict.fromkeys(absent, "the answer left it out")

    async def _summarize_and_overview(
        self, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]
    ) -> tuple[tuple[Claim, ...], dict[str, str], tuple[tuple[str, str], str, tuple[Claim, ...], str]]:
        speakers = [s for s in self._it.transcript.speakers if _is_summarised(s, self._it.transcript)]
        results = await _all(*(self._summary(speaker, people[speaker.id], entries) for speaker in speakers))
        claims = tuple(claim for _, found in results for claim in found)
        recipes = {speaker.id: made_by for speaker, (made_by, _) in zip(speakers, results, strict=True)}
        return claims, recipes, await self._overview(people, entries, claims)

    async def _summary(
        self, speaker: Speaker, entry: RosterEntry, entries: tuple[Term, ...]
    ) -> tuple[str, tuple[Claim, ...]]:
        exchanges = prompting.exchanges_of(speaker, self._it.transcript)
        texts = [passage.text for _, passage in exchanges]
        used = termbase.occurring(entries, "\n".join(texts))
        today = self._recipe("summarize", [speaker.name, *texts], used)
        if self._stored:
            unit = f"speaker-{speaker.id}"
            if held := self._holds(unit, today, self._stored.recipes.summaries.get(speaker.id)):
                return held, tuple(c for c in self._stored.claims if c.speaker == speaker.id)
        made_by = (self._it.templates["summarize"], self._it.model)
        request = prompting.summarize_request(self._it.slug, exchanges, entry, entries, made_by)
        try:
            return today, answers.claims(await self._ask(request), speaker.id, self._passages)
        except (AnswerError, EndpointError) as error:
            self._failures.append(f"summary of {entry.name_en}: {error}")
            return "", ()

    async def _overview(
        self, people: Mapping[str, RosterEntry], entries: tuple[Term, ...], claims: tuple[Claim, ...]
    ) -> tuple[tuple[str, str], str, tuple[Claim, ...], str]:
        sound = _sound(claims, self._it.transcript, people)
        if not sound:
            return (self._it.transcript.title or "", ""), "", (), ""
        introduction = prompting.introduction_of(self._it.transcript)
        texts = [self._it.transcript.title or "", introduction, *(f"{c.en}\n{c.zh}" for c in sound)]
        used = termbase.occurring(entries, "\n".join(texts))
        today = self._recipe("overview", texts, used)
        if self._stored and (held := self._holds("overview", today, self._stored.recipes.overview)):
            return self._stored.headline, self._stored.deck, self._stored.glance, held
        made_by = (self._it.templates["overview"], self._it.model)
        cited = [(people[claim.speaker or ""], claim) for claim in sound]
        request = prompting.overview_request(self._it.slug, self._it.transcript, cited, entries, made_by)
        try:
            known = {claim.id: claim for claim in sound}
            return *answers.overview(await self._ask(request), known, self._passages), today
        except (AnswerError, EndpointError) as error:
            self._failures.append(f"overview: {error}")
            return (self._it.transcript.title or "", ""), "", (), ""


def roster(
    transcript: Transcript,
    names: Mapping[str, tuple[str, str]],
    rulings: Rulings,
    terms: Iterable[Term],
) -> dict[str, RosterEntry]:
    """Give every speaker an English name and title: an editor's word, then the termbase, then ours."""
    ruled = {ruling.zh: ruling for ruling in rulings.speakers}
    agreed = {term.zh: term.en for term in terms}
    people = {}
    for speaker in transcript.speakers:
        ruling = ruled.get(speaker.name)
        name, title = names.get(speaker.id, ("", ""))
        known = (ruling and ruling.en) or agreed.get(speaker.name) or speaker.romanized or name
        title_en = (ruling and ruling.title_en) or agreed.get(speaker.title or "") or title
        people[speaker.id] = RosterEntry(
            speaker.id, known or speaker.name, speaker.name, title_en or None, speaker.title
        )
    return people


def all_entries(
    people: Mapping[str, RosterEntry], rulings: Rulings, terms: Iterable[Term], found: Iterable[Term]
) -> tuple[Term, ...]:
    """Join every list of renderings; an editor beats the roster, then the termbase, then the model."""
    ruled = [Term(r.zh, r.en, "person", "ruling") for r in rulings.speakers if r.en]
    named = [Term(e.name_zh, e.name_en, "person", "roster") for e in people.values()]
    return termbase.merge(ruled, named, terms, found)


def restored(transcript: Transcript, edition: Edition, rulings: Rulings, terms: tuple[Term, ...]) -> Draft:
    """Put a former run's words on the transcript as it is read today, asking nobody."""
    people = roster(transcript, edition.names, rulings, terms)
    front = prompting.front_turn(transcript)
    segments = tuple(
        _segment(turn.speaker, passage, edition.segments.get(passage.id, ()), None)
        for turn in ((front,) if front else ()) + transcript.turns
        for passage in turn.passages
    )
    entries = all_entries(people, rulings, terms, edition.terms)
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
    )


def _segment(speaker: str, passage: Passage, target: tuple[str, ...], missing: str | None) -> Segment:
    own = None if speaker == prompting.FRONT else speaker
    state: State = "translated" if target else "initial"
    return Segment(passage.id, passage.paragraphs, own, passage.text, target, state, missing)


def _is_summarised(speaker: Speaker, transcript: Transcript) -> bool:
    # A moderator who only gives the floor has nothing to summarise.
    words = sum(len(p.text) for t in transcript.turns if t.speaker == speaker.id for p in t.passages)
    return speaker.role == "answerer" or (speaker.role in {"moderator", "unknown"} and words >= 200)


def _sound(
    claims: tuple[Claim, ...], transcript: Transcript, people: Mapping[str, RosterEntry]
) -> tuple[Claim, ...]:
    """Keep the claims that pass the checks: the overview is written from nothing else."""
    only = Draft(transcript, tuple(people.values()), "", "", "", (), claims, (), (), ())
    return checks.standing(claims, checks.run(only).findings)


async def _all(*work: Awaitable[T]) -> list[T]:
    """Wait for all of *work*, so that no failure cancels what others have paid for."""
    results = await asyncio.gather(*work, return_exceptions=True)
    for unanswered in (True, False):
        for result in results:
            if isinstance(result, BaseException) and isinstance(result, UnansweredError) is not unanswered:
                raise result
    return [result for result in results if not isinstance(result, BaseException)]
