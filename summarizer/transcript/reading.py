"""Bytes to transcript, step by step: decode, number, label, set aside, order, name."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summarizer.transcript import decoding, front_matter, labels, paragraphs, people, reading_order
from summarizer.transcript.labels import Label
from summarizer.transcript.matching import Piece
from summarizer.values import Front, Paragraph, Passage, Rulings, Source, Speaker, Transcript, Turn

_NO_RULINGS = Rulings()


def read(
    data: bytes,
    *,
    path: str,
    rulings: Rulings = _NO_RULINGS,
    encoding: str | None = None,
    repair: bool = True,
) -> Transcript:
    r"""Read a transcript from the bytes of its file.

    >>> transcript = read("问：来了吗？\n\n答：来了。".encode(), path="x.txt")
    >>> [(turn.speaker, turn.passages[0].text) for turn in transcript.turns]
    [('reporter', '来了吗？'), ('answerer', '来了。')]

    Args:
        data: The file as it stands on disk.
        path: Its path relative to the project root, POSIX.
        rulings: What an editor knows; it beats what is found here.
        encoding: An encoding the user vouches for.
        repair: Whether to apply repairs; candidates are reported either way.

    Raises:
        RefusedInputError: The bytes are no text that can be read.
    """
    text, codec = decoding.decode(data, path=path, encoding=encoding)
    source = Source(path, hashlib.sha256(data).hexdigest(), codec, len(text), decoding.language(text))
    numbered = paragraphs.split(decoding.lines(text))
    found = labels.find(numbered)
    front = front_matter.set_aside(numbered, found)
    pieces = _pieces(numbered, found, front)
    order = reading_order.restore(pieces, rulings=rulings.repairs, repair=repair)
    stretches = _stretches(order, found)
    cast = people.speakers([stretch.label for stretch in stretches], rulings=rulings.speakers)
    title = next((part.text for part in front if part.kind == "title"), None)
    return Transcript(source, title, numbered, front, cast, _turns(stretches, cast), order.repairs)


@dataclass(slots=True)
class _Stretch:
    """A turn while it is being gathered; its label is None before the first one."""

    label: Label | None
    passages: list[Passage] = field(default_factory=list)


def _pieces(
    numbered: Sequence[Paragraph], found: Mapping[int, Label], front: Sequence[Front]
) -> tuple[Piece, ...]:
    aside = {part.paragraph for part in front}
    pieces = []
    under = set[int]()  # the further lines of a label of several lines
    for paragraph in numbered:
        label = found.get(paragraph.number)
        if label is not None:
            words = f"{label.title or ''}{label.name}"
            pieces.append(Piece(label.paragraphs, label.rest, words, label.role == "questioner"))
            under.update(label.paragraphs)
        elif paragraph.number not in aside and paragraph.number not in under:
            pieces.append(Piece((paragraph.number,), paragraph.text))
    return tuple(pieces)


def _stretches(order: reading_order.Order, found: Mapping[int, Label]) -> list[_Stretch]:
    """Gather the pieces into turns, and joined pieces into passages."""
    stretches: list[_Stretch] = []
    for piece in order.pieces:
        if piece.label is not None or not stretches:
            stretches.append(_Stretch(found.get(piece.numbers[0])))
        passages = stretches[-1].passages
        number = piece.numbers[0]
        if number in order.joined and passages:
            last = passages[-1]
            passages[-1] = Passage(last.id, (*last.paragraphs, number), last.text + piece.text)
        elif piece.text:
            passages.append(Passage(f"p{number}", (number,), piece.text))
    return stretches


def _turns(stretches: Sequence[_Stretch], cast: Sequence[Speaker]) -> tuple[Turn, ...]:
    ids = {speaker.name: speaker.id for speaker in cast}
    return tuple(
        Turn(
            ids[people.UNNAMED if stretch.label is None else stretch.label.name],
            () if stretch.label is None or stretch.label.rest else stretch.label.paragraphs,
            tuple(stretch.passages),
        )
        for stretch in stretches
    )
