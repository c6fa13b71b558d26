"""Transcript to outline: what a person wants to see of how a file was read."""

from collections.abc import Iterator

from summarizer.markup import numbers
from summarizer.names import is_doubtful
from summarizer.values import Repair, Transcript, Turn

_PREVIEW = 24
_MOST_PLACES = 4


def outline(transcript: Transcript) -> str:
    """Write the outline as plain text: file, speakers, turns, what was set aside, doubts, repairs."""
    return "\n".join(_lines(transcript)) + "\n"


def _lines(transcript: Transcript) -> Iterator[str]:
    source = transcript.source
    passages = sum(len(turn.passages) for turn in transcript.turns)
    yield f"{source.path}  {source.encoding}, {source.characters} characters, {source.lang}"
    if transcript.title:
        yield transcript.title
    yield (
        f"{_count(len(transcript.paragraphs), 'paragraph')}, {_count(len(transcript.turns), 'turn')}, "
        f"{_count(passages, 'passage')}"
    )
    yield ""
    yield "Speakers"
    for speaker in transcript.speakers:
        doubt = " (a suggestion)" if is_doubtful(speaker.name) else ""
        name = f"{speaker.name} {speaker.romanized}{doubt}" if speaker.romanized else speaker.name
        yield f"  {speaker.id:<16} {speaker.role:<10} {name}  {speaker.title or ''}".rstrip()
    yield ""
    yield "Turns"
    for turn in transcript.turns:
        yield from _turn(turn)
    yield ""
    yield "Not speech"
    for front in transcript.front:
        yield f"  ¶{front.paragraph:<4} {front.kind:<8} {_preview(front.text)}"
    yield ""
    uncertain = list(_uncertain(transcript))
    yield "Uncertain" if uncertain else "Uncertain: nothing"
    yield from (f"  {doubt}" for doubt in uncertain)
    yield ""
    yield "Repairs" if transcript.repairs else "Repairs: none needed"
    for repair in transcript.repairs:
        yield from _repair(repair)


def _uncertain(transcript: Transcript) -> Iterator[str]:
    """What was not decided, with what an editor can do about it."""
    is_labelled = any(speaker.labels for speaker in transcript.speakers)
    if transcript.turns and not is_labelled:
        yield "nobody is labelled in this file; all of it is read as one unnamed speaker's"
    for speaker in transcript.speakers if is_labelled else ():
        if not speaker.labels:
            yield f"nobody says who {speaker.id} is; name them with [[speakers]]"
        elif speaker.role == "unknown":
            yield f"{speaker.name}: nothing tells whether they ask or answer; say so with [[speakers]] role"
        if is_doubtful(speaker.name):
            spelled = f"{speaker.name}: {speaker.romanized} is a suggestion"
            yield f"{spelled}; a character of the name has two readings"
    doubtful: dict[tuple[str, bool], list[int]] = {}
    for doubt in transcript.doubts:
        doubtful.setdefault((doubt.words, doubt.is_label), []).append(doubt.paragraph)
    for (words, is_label), found in doubtful.items():
        taken, other = ("a label", "speech") if is_label else ("speech", "a label")
        where = ", ".join(f"¶{number}" for number in found[:_MOST_PLACES])
        more = ", …" if len(found) > _MOST_PLACES else ""
        yield f"{_preview(words)} ({where}{more}): taken for {taken}, may be {other}"
    if transcript.broken_off:
        where = ", ".join(f"¶{number}" for number in transcript.broken_off)
        yield f"{where}: where the sentence goes on is not known; the columns may stand in a wrong order"
    offered = sum(not repair.applied for repair in transcript.repairs)
    if offered:
        yield f"{_count(offered, 'repair')} offered, not applied; decide with [[repairs]]"


def _turn(turn: Turn) -> Iterator[str]:
    yield f"  {turn.speaker}"
    for passage in turn.passages:
        yield f"    ¶{numbers(passage.paragraphs, passage.id):<8} {_preview(passage.text)}"


def _repair(repair: Repair) -> Iterator[str]:
    where = f" after ¶{repair.after}" if repair.after is not None else ""
    state = "applied" if repair.applied else "offered"
    yield f"  {repair.kind} ¶{numbers(repair.paragraphs)}{where}  {state}, confidence {repair.confidence:.2f}"
    for evidence in repair.evidence:
        yield f"    {evidence}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _preview(text: str) -> str:
    return text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}…"
