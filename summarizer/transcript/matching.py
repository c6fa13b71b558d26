"""Pieces to links: which loose tail may go on in which paragraph, and what speaks for it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.transcript.seams import Words, is_loose, judge

OFFER = 0.6  # the confidence from which a repair is worth an editor's while
_LINE_OF_VERSE = 16  # characters
_MOST_TAILS = 40  # a page with more loose ends is not a broken page but an unpunctuated one
_BODIES = (
    "机关",
    "机關",
    "法院",
    "检察院",
    "檢察院",
    "公安",
    "监狱",
    "公司",
    "大学",
    "医院",
    "银行",
    "部门",
    "集团",
)
_NUMERALS = "一二三四五六七八九十"
_COUNT = re.compile(rf"第([{_NUMERALS}])|(?<![{_NUMERALS}第])([{_NUMERALS}])是")


@dataclass(frozen=True, slots=True)
class Piece:
    """A source paragraph as reading order sees it."""

    numbers: tuple[int, ...]  # several only for a label that stands on several lines
    text: str  # speech without its label; empty where the label stands alone
    label: str | None = None  # the label that opens a turn here
    asks: bool = False  # whether that label is a questioner's


@dataclass(frozen=True, slots=True)
class Link:
    """The piece at *head* continues the piece at *tail*."""

    tail: int
    head: int
    score: float
    evidence: tuple[str, ...]
    join: bool = True  # False: it follows, but as a passage of its own
    applied: bool = False

    @property
    def is_far(self) -> bool:
        """Whether a block has to move for the two to meet."""
        return self.head != self.tail + 1


def candidates(pieces: Sequence[Piece]) -> list[Link]:
    """Every link worth weighing, in file order."""
    speech = [piece.text for piece in pieces if piece.text]
    tails = [index for index, piece in enumerate(pieces) if is_loose(piece.text)]
    # Where most paragraphs end without a mark, a missing mark means nothing.
    if not tails or len(tails) * 5 > len(speech) * 2:
        return []
    words = Words(speech)
    turns = _Turns(pieces)
    found = []
    for tail in tails:
        heads = (
            range(len(pieces)) if len(tails) <= _MOST_TAILS else range(tail + 1, min(tail + 2, len(pieces)))
        )
        for head in heads:
            if head == tail or not pieces[head].text or pieces[head].label is not None:
                continue
            link = _near(pieces, tail, words) if head == tail + 1 else _far(pieces, tail, head, words, turns)
            if link is not None and link.score >= OFFER:
                found.append(link)
    return found


def _near(pieces: Sequence[Piece], tail: int, words: Words) -> Link:
    seam = judge(pieces[tail].text, pieces[tail + 1].text, words)
    number, after = pieces[tail].numbers[-1], pieces[tail + 1].numbers[0]
    why = f"¶{number} breaks off and ¶{after} is the next paragraph of the same turn"
    # Verse breaks its lines too: a short line that only leaves room for more is left alone.
    weight = seam.weight if seam.closes or len(pieces[tail].text) > _LINE_OF_VERSE else 0.0
    return Link(tail, tail + 1, 0.5 + weight, (*seam.evidence, why))


def _far(pieces: Sequence[Piece], tail: int, head: int, words: Words, turns: "_Turns") -> Link | None:
    """Weigh a head elsewhere: the seam must complete something, and the rest must agree."""
    if head > 0 and not pieces[head - 1].text:
        return (
            None  # the first paragraph under a label on its own line: taking it would leave nobody speaking
        )
    seam = judge(pieces[tail].text, pieces[head].text, words)
    if not seam.closes or seam.weight < 0.3:
        return None
    score, evidence = 0.25 + seam.weight, list(seam.evidence)
    for weight, reason in (turns.counts_on(tail, head), turns.subject(tail, head), turns.place(tail, head)):
        if weight > 0:
            score += weight
            evidence.append(reason)
    return Link(tail, head, score, tuple(evidence))


class _Turns:
    """What the turns around a candidate say: who counts, who speaks of what, where they stand."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._start: list[int] = []
        self._end = [len(pieces)] * len(pieces)
        start = 0
        for index, piece in enumerate(pieces):
            start = index if piece.label is not None else start
            self._start.append(start)
        for index in range(len(pieces) - 2, -1, -1):
            self._end[index] = index + 1 if pieces[index + 1].label is not None else self._end[index + 1]

    def counts_on(self, tail: int, head: int) -> tuple[float, str]:
        """Whether the block goes on with an enumeration that the tail's turn began."""
        before, block = self._said(tail, tail), self._block(head)
        host = self._host(head)
        if "另一方面" in block and "一方面" not in block.split("另一方面")[0]:
            opened, opened_here = "一方面" in before, "一方面" in host
            if opened and not opened_here:
                return 0.2, f"另一方面 in {self._name(head)} answers 一方面 in {self._name_turn(tail)}"
        last, first = _ordinals(before)[-1:], _ordinals(block)[:1]
        if last and first and first[0] == last[0] + 1 and _ordinals(host)[-1:] != last:
            return 0.15, f"the count in {self._name(head)} goes on where {self._name_turn(tail)} stopped"
        return 0.0, ""

    def subject(self, tail: int, head: int) -> tuple[float, str]:
        """Whether the block speaks of what the tail's turn speaks of, and not of what stands around it."""
        if self._start[tail] == self._start[head]:
            return 0.0, ""
        block, there, here = self._block(head), self._context(tail), self._host(head)
        shared = _phrases(block) & _phrases(there)
        own, foreign = shared - _phrases(here), (_phrases(block) & _phrases(here)) - _phrases(there)
        if len(own) <= len(foreign):
            return 0.0, ""
        counts = Counter({phrase: block.count(phrase) + there.count(phrase) for phrase in own})
        telling = max(sorted(counts), key=lambda phrase: (_is_body(phrase), counts[phrase]))
        question = self._question(tail)
        place = f"answers the question of ¶{question}" if question else f"goes with {self._name_turn(tail)}"
        return min(0.2, 0.05 * (len(own) - len(foreign))), f"{place}: both speak of {telling}"

    def place(self, tail: int, head: int) -> tuple[float, str]:
        """Whether the block stands before a question while the tail ends its turn."""
        end = self._end[head]
        if tail + 1 != self._end[tail] or end >= len(self._pieces) or not self._pieces[end].asks:
            return 0.0, ""
        after, number = self._pieces[end].numbers[0], self._pieces[tail].numbers[-1]
        block = self._name(head)
        stands = "stands" if end == head + 1 else "stand"
        return (
            0.15,
            f"{block} {stands} before the question of ¶{after} while ¶{number} ends its turn broken off",
        )

    def _said(self, index: int, last: int) -> str:
        return "\n".join(piece.text for piece in self._pieces[self._start[index] : last + 1])

    def _block(self, head: int) -> str:
        return "\n".join(piece.text for piece in self._pieces[head : self._end[head]])

    def _host(self, head: int) -> str:
        """The turn a block stands in, without it, with the question it answers."""
        start = self._start[head]
        return self._before(start) + "\n".join((p.label or "") + p.text for p in self._pieces[start:head])

    def _context(self, tail: int) -> str:
        start = self._start[tail]
        return self._before(start) + "\n".join(
            (p.label or "") + p.text for p in self._pieces[start : tail + 1]
        )

    def _before(self, start: int) -> str:
        return self._said(start - 1, start - 1) if start > 0 and self._question(start) else ""

    def _question(self, index: int) -> int | None:
        start = self._start[index]
        opener = self._pieces[self._start[start - 1]] if start > 0 else None
        return opener.numbers[0] if opener is not None and opener.asks else None

    def _name(self, head: int) -> str:
        return span((self._pieces[head].numbers[0], self._pieces[self._end[head] - 1].numbers[-1]))

    def _name_turn(self, tail: int) -> str:
        return span((self._pieces[self._start[tail]].numbers[0], self._pieces[tail].numbers[-1]))


def span(numbers: Sequence[int]) -> str:
    """Name paragraphs as an editor reads them.

    >>> span([31, 32, 33]), span([7])
    ('¶31–33', '¶7')
    """
    return (
        f"¶{numbers[0]}" if len(numbers) == 1 or numbers[0] == numbers[-1] else f"¶{numbers[0]}–{numbers[-1]}"
    )


def _ordinals(text: str) -> list[int]:
    return [_NUMERALS.index(match[1] or match[2]) + 1 for match in _COUNT.finditer(text)]


def _phrases(text: str) -> set[str]:
    """The runs of three and four characters of a text: enough to be about something."""
    runs = re.findall(r"[\u4e00-\u9fff]{3,}", text)
    return {run[at : at + size] for run in runs for size in (3, 4) for at in range(len(run) - size + 1)}


def _is_body(phrase: str) -> bool:
    return phrase.endswith(_BODIES)
