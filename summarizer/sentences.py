"""Sentences of both languages, and which of one passage belong together.

Alignment is the classic one by length (Gale and Church 1993), helped by what needs no dictionary:
numbers that stand in both, and question marks. The order is kept.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from summarizer.quantities.numerals import chinese_numerals, english_numerals

_CHINESE_END = re.compile(r"[。！？!?；;…]+[”’」』）)]*")
_ENGLISH_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Gov|Sen|Rep|St|No|vs|etc|Inc|Ltd|Co|Jr|Sr|[A-Z])|\b[ap]\.m|\bU\.S|\bi\.e|\be\.g)\.$"
)
_BEADS = (
    (1, 1, 0.0),
    (1, 2, 1.0),
    (2, 1, 1.0),
    (2, 2, 2.2),
    (1, 3, 2.5),
    (3, 1, 2.5),
    (0, 1, 5.0),
    (1, 0, 5.0),
)
_LETTERS = 4.1  # English letters of a Chinese character, in the mean
_SPREAD = 6.8  # variance of that a character, as Gale and Church state theirs
_ANCHOR = 1.5  # what a shared number is worth
_TELLING = 2  # a number up to which tells nothing
_BAND = 4  # pieces by which two texts may be out of step


def chinese_sentences(text: str) -> list[str]:
    """Cut at full stops, question and exclamation marks and semicolons; closing quotes stay with theirs.

    >>> chinese_sentences("我们不怕。你呢？好；")
    ['我们不怕。', '你呢？', '好；']
    """
    cut = [0, *(match.end() for match in _CHINESE_END.finditer(text)), len(text)]
    pieces = (text[start:end].strip() for start, end in pairwise(cut))
    return [piece for piece in pieces if piece]


def english_sentences(text: str) -> list[str]:
    """Cut behind what ends a sentence before a capital, a digit or an opening quote, but not behind "Mr.".

    >>> english_sentences("Mr. Li left. “Why?” she asked. At 3 p.m. we knew.")
    ['Mr. Li left.', '“Why?” she asked.', 'At 3 p.m. we knew.']
    """
    sentences, start = [], 0
    for match in _ENGLISH_END.finditer(text):
        piece = text[start : match.end()].strip()
        if not _ABBREVIATION.search(piece):
            sentences.append(piece)
            start = match.end()
    return [piece for piece in (*sentences, text[start:].strip()) if piece]


def align(source: Sequence[str], target: Sequence[str]) -> list[tuple[str, str]]:
    """Pair the sentences of a passage, in order: each pair is what belongs together, joined by blanks.

    >>> align(["我们不怕。", "你呢？"], ["We are not afraid.", "Are you?"])
    [('我们不怕。', 'We are not afraid.'), ('你呢？', 'Are you?')]
    """
    found = beads([measure_chinese(text) for text in source], [measure_english(text) for text in target])
    return [
        (" ".join(source[left.start : left.stop]), " ".join(target[right.start : right.stop]))
        for left, right in found
    ]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a text is aligned by.

    Attributes:
        length: In English letters, as written or as expected of the Chinese.
        anchors: What must stand in both: numbers, and whatever a caller knows.
        asks: Question marks.
    """

    length: float
    anchors: frozenset[object]
    asks: int


def measure_chinese(text: str, anchors: Iterable[object] = ()) -> Measure:
    """Measure a Chinese text; *anchors* are what else its English must have."""
    numbers = (numeral.value for numeral in chinese_numerals(text) if numeral.value > _TELLING)
    return Measure(len(text) * _LETTERS, frozenset((*numbers, *anchors)), text.count("？") + text.count("?"))


def measure_english(text: str, anchors: Iterable[object] = ()) -> Measure:
    """Measure an English text; *anchors* are what else of some Chinese it has."""
    numbers = (numeral.value for numeral in english_numerals(text) if numeral.value > _TELLING)
    return Measure(float(len(text)), frozenset((*numbers, *anchors)), text.count("?"))


def beads(
    source: Sequence[Measure], target: Sequence[Measure], *, diagonal: float = 0.0
) -> list[tuple[range, range]]:
    """Align two texts piece by piece: which pieces of either belong together, in order.

    Args:
        source: The Chinese.
        target: The English.
        diagonal: What it costs to pair pieces of different places; for texts that are paired already.

    Linear in the length: only pieces near the same share of the way are compared.
    """
    width = _BAND + abs(len(source) - len(target))
    mine, yours = _runs(source), _runs(target)
    best = {(0, 0): (0.0, (0, 0))}
    for at in range(len(source) + 1):
        middle = round(at * len(target) / max(1, len(source)))
        for beside in range(max(0, middle - width), min(len(target), middle + width) + 1):
            if (at, beside) not in best:
                continue
            here = best[at, beside][0]
            for left, right, penalty in _BEADS:
                end = at + left, beside + right
                if end[0] > len(source) or end[1] > len(target):
                    continue
                cost = here + penalty
                if left and right:
                    cost += _cost(mine[at][left], yours[beside][right])
                if left != right or at != beside:
                    cost += diagonal
                if end not in best or cost < best[end][0]:
                    best[end] = (cost, (at, beside))
    return _walked(best, len(source), len(target))


class _Run(NamedTuple):
    """Some pieces in a row, summed once for all the beads that they may be a side of."""

    length: float
    anchors: frozenset[object]
    asks: int

    @property
    def spread(self) -> float:
        """Standard deviation of the English letters that a Chinese text of this length has."""
        return math.sqrt(_SPREAD * max(self.length / _LETTERS, 1.0) * 3)


def _runs(pieces: Sequence[Measure]) -> list[list[_Run]]:
    """For each place the runs of no, one, two and three pieces that begin there."""
    empty = _Run(0.0, frozenset(), 0)
    most = max(left for left, _, _ in _BEADS)
    return [list(accumulate(pieces[at : at + most], _longer, initial=empty)) for at in range(len(pieces) + 1)]


def _longer(run: _Run, piece: Measure) -> _Run:
    return _Run(run.length + piece.length, run.anchors | piece.anchors, run.asks + piece.asks)


def _cost(source: _Run, target: _Run) -> float:
    """Half the squared deviation of the lengths, at most 12, less for shared anchors, more for a question."""
    deviation = (target.length - source.length) / source.spread
    apart = min(deviation * deviation / 2, 12.0)
    return apart - _ANCHOR * len(source.anchors & target.anchors) + (source.asks != target.asks)


def _walked(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]], source: int, target: int
) -> list[tuple[range, range]]:
    at = source, target
    if at not in best:  # more on one side than beads can hold: all of it belongs together
        return [(range(source), range(target))]
    found = []
    while at != (0, 0):
        before = best[at][1]
        found.append((range(before[0], at[0]), range(before[1], at[1])))
        at = before
    return found[::-1]
