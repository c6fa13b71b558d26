"""Answers to values: the only place where a model's text becomes ours.

Reading is strict: one JSON object of the schema's shape and the ids that were asked for. What does not
conform is an :class:`~summarizer.errors.AnswerError`; nothing is mended on the way but the fence that a
server without schemas puts round its object.
"""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.errors import AnswerError
from summarizer.provenance import short
from summarizer.values import Answer, Claim, Passage, Request, Term


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SpeakerName(_Strict):
    """A speaker's agreed English name and title; the title may be empty."""

    id: str
    name_en: str
    title_en: str


class TermEntry(_Strict):
    """A term of the document."""

    zh: str
    en: str
    kind: str


class Terms(_Strict):
    """The answer to ``terms``."""

    speakers: list[SpeakerName]
    terms: list[TermEntry]


class SegmentEntry(_Strict):
    """One passage's English, one sentence an item."""

    id: str
    sentences: list[str]


class Translation(_Strict):
    """The answer to ``translate``."""

    segments: list[SegmentEntry]


class ClaimEntry(_Strict):
    """One claim as the model gave it."""

    passage: str
    quote: str
    en: str
    zh: str


class Summary(_Strict):
    """The answer to ``summarize``."""

    claims: list[ClaimEntry]


class GlanceEntry(_Strict):
    """One sentence at a glance and the claims it was made from."""

    en: str
    claims: list[str]


class Overview(_Strict):
    """The answer to ``overview``."""

    headline: str
    headline_zh: str
    deck: str
    glance: list[GlanceEntry]


class Repair(_Strict):
    """The answer to ``repair``: one passage's English, or one claim anew."""

    sentences: list[str]
    passage: str
    quote: str
    zh: str


SHAPES: Mapping[str, type[_Strict]] = {
    "terms": Terms,
    "translate": Translation,
    "summarize": Summary,
    "overview": Overview,
    "repair": Repair,
}

_FINISHED = frozenset({"stop", None})  # some local servers say nothing

Shape = TypeVar("Shape", bound=_Strict)


def conform(request: Request, answer: Answer) -> None:
    """Check that *answer* is one to *request*: finished, of its shape, with its ids.

    Raises:
        AnswerError: It is not; the message says which task and why.
    """
    shape = SHAPES[request.task]
    content = _read(answer, shape, request.task)
    if isinstance(content, Translation):
        _segment_ids(content, request)


def terms(answer: Answer) -> tuple[dict[str, tuple[str, str]], tuple[Term, ...]]:
    """Read names and titles by speaker id, and the document's own terms.

    Raises:
        AnswerError: The answer has another shape.
    """
    content = _read(answer, Terms, "terms")
    names = {speaker.id: (_line(speaker.name_en), _line(speaker.title_en)) for speaker in content.speakers}
    entries = tuple(
        Term(_line(entry.zh), _line(entry.en), entry.kind, "model")
        for entry in content.terms
        if entry.zh.strip() and entry.en.strip()
    )
    return names, entries


def translation(request: Request, answer: Answer) -> dict[str, tuple[str, ...]]:
    """Read the sentences of every passage that was asked for, by passage id.

    Raises:
        AnswerError: The answer has another shape, or an id that was not asked for or stands twice.
    """
    content = _read(answer, Translation, "translate")
    _segment_ids(content, request)
    return {
        segment.id: tuple(line for sentence in segment.sentences if (line := _line(sentence)))
        for segment in content.segments
    }


def claims(answer: Answer, speaker: str, passages: Mapping[str, Passage]) -> tuple[Claim, ...]:
    """Read a speaker's claims; two with the same evidence keep the first.

    Args:
        answer: What came back.
        speaker: Whose claims they are.
        passages: What each id on the wire stands for: a passage, also where only a part of it was shown.

    Raises:
        AnswerError: The answer has another shape.
    """
    content = _read(answer, Summary, "summarize")
    read: dict[str, Claim] = {}
    for entry in content.claims:
        cited = passages.get(entry.passage)
        name, text = (cited.id, cited.text) if cited else (entry.passage, entry.passage)
        identity = f"{speaker}-{short(text, entry.quote)}"
        claim = Claim(identity, speaker, _line(entry.en), _line(entry.zh), (name,), (entry.quote.strip(),))
        read.setdefault(identity, claim)
    return tuple(read.values())


def overview(
    answer: Answer, claims: Mapping[str, Claim], passages: Mapping[str, Passage]
) -> tuple[tuple[str, str], str, tuple[Claim, ...]]:
    """Read headline (English, Chinese), deck and the sentences at a glance.

    A sentence at a glance inherits passages and quotes from the claims it names.

    Raises:
        AnswerError: The answer has another shape, or a sentence names no claim or an unknown one.
    """
    content = _read(answer, Overview, "overview")
    glance: dict[str, Claim] = {}
    for entry in content.glance:
        if unknown := [identity for identity in entry.claims if identity not in claims]:
            raise AnswerError(f"overview: a sentence at a glance rests on the unknown claim {unknown[0]!r}.")
        if not entry.claims:
            raise AnswerError(f"overview: no claim is named for {entry.en!r}.")
        rests_on = [claims[identity] for identity in dict.fromkeys(entry.claims)]
        cited = tuple(dict.fromkeys(passage for claim in rests_on for passage in claim.passages))
        quotes = tuple(dict.fromkeys(quote for claim in rests_on for quote in claim.quotes))
        texts = [passages[passage].text for passage in cited if passage in passages]
        identity = f"glance-{short(*texts, *quotes)}"
        glance.setdefault(identity, Claim(identity, None, _line(entry.en), "", cited, quotes))
    headline = (_line(content.headline), _line(content.headline_zh))
    return headline, _line(content.deck), tuple(glance.values())


def mended_translation(answer: Answer, passage: str) -> tuple[str, ...]:
    """Read the English of one passage that was asked for again, one sentence an item.

    Raises:
        AnswerError: The answer has another shape, says nothing or is of another passage.
    """
    content = _read(answer, Repair, "repair")
    sentences = tuple(line for sentence in content.sentences if (line := _line(sentence)))
    if content.passage != passage or not sentences:
        what = f"is of {content.passage!r}" if sentences else "is empty"
        raise AnswerError(f"repair: the answer for {passage!r} {what}.")
    return sentences


def mended_claim(answer: Answer, speaker: str, passages: Mapping[str, Passage]) -> Claim:
    """Read a claim that was asked for again.

    Args:
        answer: What came back.
        speaker: Whose claim it is.
        passages: Those that may be cited, by id.

    Raises:
        AnswerError: The answer has another shape or is not one sentence.
    """
    content = _read(answer, Repair, "repair")
    if len(content.sentences) != 1:
        raise AnswerError(f"repair: a claim is one sentence, not {len(content.sentences)}.")
    cited = passages.get(content.passage)
    text = cited.text if cited else content.passage
    identity = f"{speaker}-{short(text, content.quote)}"
    quotes = (content.quote.strip(),)
    return Claim(
        identity, speaker, _line(content.sentences[0]), _line(content.zh), (content.passage,), quotes
    )


def _read(answer: Answer, shape: type[Shape], task: str) -> Shape:
    if answer.refusal:
        raise AnswerError(f"{task}: the model refused: {answer.refusal}", wants_less=True)
    if answer.finish_reason not in _FINISHED:
        wants_less = answer.finish_reason in {"length", "content_filter"}
        message = f"{task}: the answer ended with {answer.finish_reason!r}, not 'stop'."
        raise AnswerError(message, wants_less=wants_less)
    try:
        return shape.model_validate_json(_object(answer.text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole answer"
        raise AnswerError(f"{task}: {where}: {first['msg']}.") from None


def _object(text: str) -> str:
    """The one JSON object of an answer: a server that knows no schema puts it in a fence or behind words.

    What stands around it is dropped only if it holds no brace: two objects are none.
    """
    start, end = text.find("{"), text.rfind("}") + 1
    around = text[:start] + text[end:]
    return text[start:end] if 0 <= start < end and not {"{", "}"} & set(around) else text


def _segment_ids(content: Translation, request: Request) -> None:
    ids = [segment.id for segment in content.segments]
    if unknown := [identity for identity in ids if identity not in request.units]:
        raise AnswerError(f"translate: {unknown[0]!r} was not asked for.")
    if twice := [identity for identity in ids if ids.count(identity) > 1]:
        raise AnswerError(f"translate: {twice[0]!r} is answered twice.")


def _line(text: str) -> str:
    """Fold white space: a page keeps one sentence on one line."""
    return " ".join(text.split())
