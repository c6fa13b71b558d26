"""Bytes to transcript, step by step: decode, number, label, set aside, order, name."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summarizer.transcript import (
    columns,
    decoding,
    habits,
    labels,
    legend,
    marks,
    paragraphs,
    people,
    questions,
    reading_order,
    stacks,
    web,
    weighing,
)
from summarizer.transcript.labels import Label
from summarizer.transcript.parts import Part, Parts, cut
from summarizer.transcript.persons import Who
from summarizer.transcript.places import Piece
from summarizer.values import Doubt, Paragraph, Passage, Rulings, Source, Transcript, Turn

_NO_RULINGS = Rulings()
_OPENING = 3  # passages of a turn that show what its speaker is there for


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
        data: The file as it stands on disk: text, Markdown (.md) or a web page (.html).
        path: Its path relative to the project root, POSIX.
        rulings: What an editor knows; it beats what is found here.
        encoding: An encoding the user vouches for.
        repair: Whether to apply repairs; candidates are reported either way.

    Raises:
        RefusedInputError: The bytes are no text that can be read.
    """
    text, codec = decoding.decode(data, path=path, encoding=encoding or web.declared(data, path))
    source = Source(path, hashlib.sha256(data).hexdigest(), codec, len(text), decoding.language(text))
    found = document(text, path)
    order = reading_order.restore(pieces(found.parts), rulings=rulings.repairs, repair=repair)
    ledes = found.parts.ledes
    parted = (*ledes, *found.parts.speech)
    stretches = _stretches(order, parted)
    spoken = {parted[index].numbers[0] for index in order.indexes if index < len(ledes)}
    front = tuple(part for part in found.parts.front if part.kind != "lede" or part.paragraph not in spoken)
    title = found.fields.get("title") or next((f.text for f in front if f.kind == "title"), None)
    said = [stretch.said() for stretch in stretches]
    cast, ids = people.speakers(
        said, aliases=found.aliases, text=found.text, title=title, rulings=rulings.speakers
    )
    turns = tuple(stretch.turn(who) for stretch, who in zip(stretches, ids, strict=True))
    return Transcript(
        source=source,
        title=title,
        paragraphs=found.paragraphs,
        front=front,
        speakers=cast,
        turns=turns,
        repairs=order.repairs,
        broken_off=order.broken_off,
        date=found.fields.get("date"),
        publisher=found.fields.get("publisher"),
        doubts=found.doubts,
    )


@dataclass(slots=True)
class _Stretch:
    """A turn while it is being gathered; its label is None before the first one."""

    label: Label | None
    passages: list[Passage] = field(default_factory=list)

    def said(self) -> people.Said:
        """What the turn tells of its speaker."""
        opening = "\n".join(passage.text for passage in self.passages[:_OPENING])
        last = self.passages[-1].text if self.passages else ""
        return people.Said(self.label, opening, asks=habits.asks(last))

    def turn(self, speaker: str) -> Turn:
        """The finished turn."""
        is_own_line = self.label is not None and self.label.is_alone
        numbers = self.label.numbers if self.label is not None else ()
        return Turn(speaker, numbers if is_own_line else numbers[:-1], tuple(self.passages))


@dataclass(frozen=True, slots=True)
class Document:
    """A document, labelled and parted."""

    paragraphs: tuple[Paragraph, ...]
    fields: Mapping[str, str]  # what a page or a YAML head says of title, date and publisher
    text: str  # its words, a paragraph a line
    parts: Parts
    aliases: Mapping[str, Who]
    doubts: tuple[Doubt, ...]


def document(text: str, path: str) -> Document:
    """Number the paragraphs of a file, find its labels, and part it at them."""
    page = web.read(text, path) if web.is_page(text, path) else None
    numbered = page.paragraphs if page else paragraphs.split(decoding.lines(text))
    is_markdown = path.lower().endswith((".md", ".markdown"))
    around = marks.around({p.number: p.text for p in numbered}) if is_markdown else marks.NOTHING
    texts = columns.closed({p.number: marks.plain(p.text, is_markdown=is_markdown) for p in numbered})
    words = {number: text for number, text in texts.items() if number not in around.kinds}
    explained = legend.find(words)
    verdict = weighing.judge(labels.find(words, stacks.find(words)), words, explained)
    heard = sorted([*verdict.labels, *questions.find(verdict.labels, words)], key=lambda one: one.numbers)
    return Document(
        numbered,
        page.fields if page else around.fields,
        "\n".join(words.values()),
        cut(texts, heard, explained, around.kinds),
        explained.aliases,
        verdict.doubts,
    )


def pieces(parts: Parts) -> list[Piece]:
    """What reading order looks at: what stands before all speech and may belong to it, and the speech."""
    found = [Piece(lede.numbers, lede.text, is_set_aside=True) for lede in parts.ledes]
    for part in parts.speech:
        who = part.label.who if part.label is not None else None
        words = f"{who.title or ''}{who.name}" if who else None
        found.append(Piece(part.numbers, part.text, words, who is not None and who.role == "questioner"))
    return found


def _stretches(order: reading_order.Order, speech: Sequence[Part]) -> list[_Stretch]:
    """Gather the parts into turns, and joined parts into passages."""
    held = Counter(part.numbers[-1] for part in speech if part.text)
    seen: Counter[int] = Counter()
    names = []
    for part in speech:
        number = part.numbers[-1]
        seen[number] += bool(part.text)
        names.append(f"p{number}.{seen[number]}" if held[number] > 1 else f"p{number}")
    stretches: list[_Stretch] = []
    for index in order.indexes:
        part = speech[index]
        if part.label is not None or not stretches:
            stretches.append(_Stretch(part.label))
        passages = stretches[-1].passages
        number = part.numbers[-1]
        if index in order.joined and passages:
            last = passages[-1]
            joined = paragraphs.glue(last.text, part.text)
            passages[-1] = Passage(last.id, (*last.paragraphs, number), joined)
        elif part.text:
            passages.append(Passage(names[index], (number,), part.text))
    return stretches
