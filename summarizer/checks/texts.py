"""What the checks look at: every English text of a draft with the Chinese it must agree with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer.sentences import align, chinese_sentences, english_sentences
from summarizer.values import Draft, Finding, Segment, Severity

_OPENING = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """An English text and the Chinese it must agree with.

    Attributes:
        unit: Its id.
        paragraphs: What it rests on, by number.
        source: The passage itself, or the words that a claim cites.
        target: The English, its sentences joined.
        speaker: Whose it is; None at a glance and outside speech.
    """

    unit: str
    paragraphs: tuple[int, ...]
    source: str
    target: str
    speaker: str | None

    def finding(self, check: str, severity: Severity, message: str) -> Finding:
        """Report something about this text."""
        return Finding(self.unit, self.paragraphs, check, severity, message, self.source, self.target)


def english(segment: Segment) -> str:
    """Join the sentences of a segment."""
    return " ".join(segment.target)


def segments(draft: Draft) -> Iterator[Pair]:
    """Give every passage that has its English."""
    for segment in draft.segments:
        if segment.target:
            yield Pair(segment.id, segment.paragraphs, segment.source, english(segment), segment.speaker)


def claims(draft: Draft) -> Iterator[Pair]:
    """Give every claim and every sentence at a glance, with the passages it cites as its source."""
    passages = {passage.id: passage for turn in draft.transcript.turns for passage in turn.passages}
    for claim in draft.claims + draft.glance:
        cited = [passages[identity] for identity in claim.passages if identity in passages]
        numbers = tuple(number for passage in cited for number in passage.paragraphs)
        yield Pair(claim.id, numbers, "\n".join(p.text for p in cited), claim.en, claim.speaker)


def questions(draft: Draft) -> dict[str, str]:
    """Give the question before each passage of an answer, by the passage's id."""
    questioners = {speaker.id for speaker in draft.transcript.speakers if speaker.role == "questioner"}
    before: dict[str, str] = {}
    question = ""
    for turn in draft.transcript.turns:
        if turn.speaker in questioners:
            question = "\n".join(passage.text for passage in turn.passages)
        else:
            before |= {passage.id: question for passage in turn.passages}
    return before


def summary(draft: Draft) -> Iterator[Pair]:
    """Give headline, deck, sentences at a glance and claims."""
    title = draft.transcript.title or ""
    yield from (Pair(unit, (), title, text, None) for unit, text in _top(draft) if text)
    yield from claims(draft)


def everything(draft: Draft) -> Iterator[Pair]:
    """Give every English text of a draft."""
    yield from summary(draft)
    yield from segments(draft)


def excerpt(text: str, place: float, width: int) -> str:
    """Show a place of a text (0 to 1) with *width* characters on either side."""
    at = int(place * len(text))
    start, end = max(0, at - width), min(len(text), at + width)
    return f"{'…' * (start > 0)}{text[start:end].strip()}{'…' * (end < len(text))}"


def opening(text: str) -> str:
    """Show how a text begins."""
    return text if len(text) <= _OPENING else f"{text[:_OPENING].rstrip()}…"


@lru_cache(maxsize=4096)
def sentences(source: str, target: str) -> tuple[tuple[str, str], ...]:
    """Give the sentences of a passage and of its English that belong together."""
    return tuple(align(chinese_sentences(source), english_sentences(target)))


def _top(draft: Draft) -> tuple[tuple[str, str], ...]:
    return ("headline", draft.headline), ("deck", draft.deck)
