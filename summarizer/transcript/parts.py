"""Paragraphs and labels to parts: who says what in each paragraph, and what is not speech.

Nothing is lost here: every character of a paragraph belongs to a label, to speech or to the front.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, zip_longest

from summarizer.transcript import clocks, front_matter
from summarizer.transcript.labels import Label
from summarizer.transcript.legend import Legend
from summarizer.values import Front, FrontKind


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of speech in one paragraph; with the label that opens it, if one does."""

    numbers: tuple[int, ...]  # one, or several for a label of several lines
    text: str  # empty where a label stands alone
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A document, parted: in file order, and every paragraph in at least one of the two."""

    speech: tuple[Part, ...]
    front: tuple[Front, ...]

    @property
    def ledes(self) -> tuple[Part, ...]:
        """The sentences before all speech: a lede, or the end of a column that was read first."""
        return tuple(Part((part.paragraph,), part.text) for part in self.front if part.kind == "lede")


_BREAK = re.compile(
    r"\s*(?:_ueditor_page_break_tag_|[-—–]\s?\d{1,4}\s?[-—–](?!\d)|第\s*\d{1,4}\s*[页頁]\s*[/，,]?\s*共\s*\d{1,4}\s*[页頁])\s*"
)
# How something is said, or what is done first, and no part of it: （在席位上）. Laughter is heard, and stays.
_MANNER = re.compile(
    r"\s*[（(〔](?:在?原?席位?上|在[臺台]下|[举舉]手|起立|[低小][声聲]|插[话話]|(?:指|[转轉]|面)[向着著][^（）()〔〕]{1,10}|"
    r"用[^（）()〔〕]{1,4}[语語文]|(?:通[过過])?翻[译譯]|(?:提示|展示|出示|播放|示意)[^（）()〔〕]{0,6}|"
    r"(?:全[场場])?(?:鼓掌|掌[声聲])|[^，,。（）()〔〕]{0,4}(?:法槌|鞠躬)[^，,。（）()〔〕]{0,6})[）)〕]\s*"
)
_FINISHED = ("。", "！", "？", "!", "?", "…", "”", "」", "』", "）", ")", "】", "]")
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[A-Za-z]{2,} [A-Za-z]{2,}|[.?!。！？]\s*$")


def cut(
    texts: Mapping[int, str], found: Sequence[Label], legend: Legend, aside: Mapping[int, FrontKind]
) -> Parts:
    """Part a document at its labels.

    Args:
        texts: The text of each paragraph, by its number.
        found: The labels, in file order.
        legend: What the document says of its labels.
        aside: The paragraphs that are known to be no speech, and what they are.
    """
    answers = _answers(texts, found)
    cutter = _Cutter(found, legend, _points(texts), answers)
    numbers = list(texts)
    spoken = answers | {number for label in found for number in label.numbers}
    heads = (numbers[at] for at in front_matter.furniture(list(texts.values())))
    pages: dict[int, FrontKind] = dict.fromkeys((head for head in heads if head not in spoken), "page")
    headings = _section_heads(texts, found)
    for number, text in texts.items():
        if kind := aside.get(number) or pages.get(number) or headings.get(number):
            cutter.set_aside(number, kind, text)
        else:
            cutter.take(number, text)
    return Parts(tuple(cutter.speech), tuple(cutter.front))


def _answers(texts: Mapping[int, str], found: Sequence[Label]) -> frozenset[int]:
    """The one paragraph between a label that stands alone and the next label: a number is said there."""
    alone = {label.numbers[-1] for label in found if label.is_alone}
    opened = {label.numbers[0] for label in found}
    rows = zip_longest(texts, islice(texts, 1, None), islice(texts, 2, None))
    return frozenset(
        said for label, said, after in rows
        if label in alone and said is not None and said not in opened and (after is None or after in opened)
    )  # fmt: skip


def _points(texts: Mapping[int, str]) -> frozenset[int]:
    """The lines that are counted one under the other: a list that somebody speaks, and no heads."""
    counted = {number for number, text in texts.items() if front_matter.is_counted(text.strip())}
    pairs = [pair for pair in pairwise(texts) if counted.issuperset(pair)]
    return frozenset(number for pair in pairs for number in pair)


def _section_heads(texts: Mapping[int, str], found: Sequence[Label]) -> dict[int, FrontKind]:
    """The lines between a finished sentence and the next label that are no sentence themselves.

    Where many paragraphs end without a mark, a missing mark says nothing.
    """
    opened = {label.numbers[0] for label in found if label.opens}
    labelled = {number for label in found for number in label.numbers}
    first = found[0].numbers[0] if found else math.inf
    heads: dict[int, FrontKind] = {}
    unfinished = 0
    bare = [(number, text.strip()) for number, text in texts.items()]
    for (_, before), (number, text), (after, _) in zip(bare, bare[1:], bare[2:], strict=False):
        if number in labelled or number < first or text.endswith(_FINISHED) or front_matter.kind(text):
            continue
        if after in opened and before.endswith(_FINISHED) and front_matter.is_section_head(text):
            heads[number] = "heading"
        else:
            unfinished += 1
    return heads if unfinished * 10 <= len(texts) else {}


class _Cutter:
    """One pass over a document, remembering what it has seen."""

    def __init__(
        self, found: Sequence[Label], legend: Legend, points: frozenset[int], answers: frozenset[int]
    ) -> None:
        self.speech: list[Part] = []
        self.front: list[Front] = []
        self._legend = legend
        self._points, self._answers = points, answers
        self._labels: dict[int, list[Label]] = {}
        self._lines_of_labels: set[int] = set()
        for label in found:
            self._labels.setdefault(label.numbers[-1], []).append(label)
            self._lines_of_labels.update(label.numbers[:-1])
        self._first = found[0].numbers[0] if found else None
        self._last = found[-1].numbers[-1] if found else 0
        names = frozenset(label.who.name for label in found if label.who.is_name)
        self._opening = front_matter.Opening(bool(found), names)
        self._has_speech = self._is_over = False

    def take(self, number: int, text: str) -> None:
        """Part one paragraph."""
        if number in self._lines_of_labels:
            return
        if number in self._legend.paragraphs:
            self.set_aside(number, "legend", text)
            return
        labels = self._labels.get(number, [])
        before = text[: labels[0].start] if labels else text
        if labels and before.strip() and not _WORDS.search(before):
            self.set_aside(number, "other", before)  # a column of the table that the page was
        elif before.strip():
            self._unlabelled(number, before, is_whole=not labels)
        starts = [*(label.start for label in labels), len(text)]
        for label, end in zip(labels, starts[1:], strict=True):
            self._has_speech = True
            for aside in label.asides:
                self.set_aside(number, "stage", aside)
            self._say(number, text[min(label.end, end) : end], label)

    def _unlabelled(self, number: int, text: str, *, is_whole: bool) -> None:
        kind = self._kind(number, text, is_whole=is_whole)
        is_due = bool(self.speech) and self.speech[-1].label is not None and not self.speech[-1].text
        # Whoever only laughs has spoken, and so has whoever only says a number.
        if kind is None or (is_due and (kind == "stage" or (kind == "page" and number in self._answers))):
            self._has_speech = True
            self._say(number, text, None)
        else:
            if not self._has_speech and kind in ("title", "heading"):
                self._opening = replace(self._opening, title=f"{self._opening.title or ''}{text}")
            self.set_aside(number, kind, text)

    def _kind(self, number: int, text: str, *, is_whole: bool) -> FrontKind | None:
        """What the words of no label are; None for speech."""
        bare = text.strip()
        if number > self._last and is_whole:
            self._is_over = self._is_over or front_matter.is_related(bare)
            if self._is_over and front_matter.is_headline(bare):
                return "footer"
        kind = front_matter.kind(bare)
        if kind == "heading" and bare.startswith("# ") and self._opening.title is None:
            return "title"
        if kind == "heading" and number in self._points and self._has_speech:
            return None
        is_before = not self._has_speech and (self._first is None or number <= self._first)
        if kind == "footer" and is_before:
            return "byline"
        return front_matter.opening(bare, self._opening) if kind is None and is_before else kind

    def _say(self, number: int, text: str, label: Label | None) -> None:
        clock = clocks.leading(text) if label is not None else 0
        stamp = max(clock, clocks.trailing(text))
        if clock:
            self.set_aside(number, "clock", text[:clock])
        if stamp < len(text):
            self.set_aside(number, "clock", text[stamp:])
        text = text[clock:stamp]
        manner = _MANNER.match(text) if label is not None else None
        if manner is not None and manner.end() < len(text):
            self.set_aside(number, "stage", manner.group())
            text = text[manner.end() :]
        said = "".join(self._without_breaks(number, text.strip()))
        if label is not None or said:
            numbers = label.numbers if label is not None else (number,)
            self.speech.append(Part(numbers, said, label))

    def _without_breaks(self, number: int, text: str) -> Iterator[str]:
        """Take the page breaks out of a sentence."""
        at = 0
        for found in _BREAK.finditer(text):
            self.set_aside(number, "page", found.group())
            yield text[at : found.start()]
            at = found.end()
        yield text[at:]

    def set_aside(self, number: int, kind: FrontKind, text: str) -> None:
        """Put words into the front."""
        self.front.append(Front(number, kind, text.strip().lstrip("# ")))
