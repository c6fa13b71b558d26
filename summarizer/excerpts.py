"""Transcript to excerpts: what of a transcript each request is about, and what is shown around it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from summarizer.values import Passage, Speaker, Transcript, Turn

# What stands outside speech and yet belongs to the story; the rest of the front matter is
# furniture of the page it was printed on.
TRANSLATED_FRONT = ("title", "byline", "lede", "caption", "heading")
FRONT = "front"

Utterance = tuple[str, Passage]  # who says it, and what
Exchanges = tuple[tuple[bool, Passage], ...]  # each passage with whether it is the speaker's own


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Turns to translate, with who says what right before them and right behind."""

    turns: tuple[Turn, ...]
    before: Utterance | None
    after: Utterance | None


def translated_turns(transcript: Transcript) -> tuple[Turn, ...]:
    """All that is translated, in reading order: front matter as a turn of nobody's, then the turns."""
    passages = tuple(
        Passage(f"p{front.paragraph}", (front.paragraph,), front.text)
        for front in transcript.front
        if front.kind in TRANSLATED_FRONT
    )
    spoken = {number for turn in transcript.turns for p in turn.passages for number in p.paragraphs}
    alone = tuple(passage for passage in passages if passage.paragraphs[0] not in spoken)
    front = (Turn(FRONT, (), alone),) if alone else ()
    return front + transcript.turns


def introduction_of(transcript: Transcript) -> str:
    """Give the source's own introduction, as far as it has one."""
    return "\n".join(front.text for front in transcript.front if front.kind == "lede")


def exchanges_of(speaker: Speaker, transcript: Transcript) -> Exchanges:
    """List what *speaker* said and the question before each answer, in reading order."""
    questioners = {s.id for s in transcript.speakers if s.role == "questioner"}
    exchanges: list[tuple[bool, Passage]] = []
    question: tuple[Passage, ...] = ()
    for turn in transcript.turns:
        if turn.speaker == speaker.id:
            exchanges += [(False, passage) for passage in question]
            exchanges += [(True, passage) for passage in turn.passages]
            question = ()
        elif turn.speaker in questioners:
            question = turn.passages
    return tuple(exchanges)


def answering(exchanges: Exchanges, cited: AbstractSet[str]) -> Exchanges:
    """Keep the speaker's own *cited* passages, each with the question it answers."""
    kept: list[tuple[bool, Passage]] = []
    asked: list[tuple[bool, Passage]] = []
    is_answered = True
    for own, passage in exchanges:
        if not own:
            asked = [(own, passage)] if is_answered else [*asked, (own, passage)]
            is_answered = False
        else:
            is_answered = True
            if passage.id in cited:
                kept += [*asked, (own, passage)]
                asked = []
    return tuple(kept)
