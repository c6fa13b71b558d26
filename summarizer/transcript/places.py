"""Tails and heads to clues: where they stand, who counts, and who speaks of what."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.transcript.seams import Clue, is_loose
from summarizer.transcript.vocabulary import words

_SHORTEST_TAIL = 9  # characters; less is a heading, a name, a line of a table
_SHORT_LINE = 25  # characters: verse, lists and signatures break off too
_LONG_BLOCK = 120  # characters that tell what a block is about
_WINDOW = 20  # paragraphs of a turn that tell what it is about
_COMMON = 0.5  # a pair of characters in more of the paragraphs than this says nothing
_NUMERALS = "一二三四五六七八九十"
_COUNT = re.compile(
    rf"第([{_NUMERALS}])|(?<![{_NUMERALS}第])([{_NUMERALS}])(?:是|来|來|要)|其([{_NUMERALS}])|(首先)|(其次)|(再次)"
)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_STOP = "？", "?"


@dataclass(frozen=True, slots=True)
class Piece:
    """A source paragraph as reading order sees it."""

    numbers: tuple[int, ...]  # several only for a label that stands on several lines
    text: str  # speech without its label; empty where the label stands alone
    label: str | None = None  # the label that opens a turn here
    asks: bool = False  # whether that label is a questioner's
    is_set_aside: bool = False  # before all speech, and speech only if it continues something


class Places:
    """The turns of a document in file order, and what stands in them."""

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
        self.tails = [
            index
            for index, piece in enumerate(pieces)
            if len(piece.text) >= _SHORTEST_TAIL and is_loose(piece.text) and not piece.is_set_aside
        ]
        self.heads = [index for index in range(len(pieces)) if self._may_continue(index)]
        followed = [tail for tail in self.tails if tail + 1 < len(pieces) and pieces[tail + 1].label is None]
        self._followed = frozenset(followed)
        self._topics = _Topics(pieces)

    def _may_continue(self, index: int) -> bool:
        """Speech that no label opens: without the paragraph under its label, nobody would be speaking."""
        piece = self._pieces[index]
        return bool(piece.text) and piece.label is None and not (index and not self._pieces[index - 1].text)

    def staying(self, tail: int) -> Iterator[Clue]:
        """What speaks for a tail that nothing continues: a forgotten stop, a heading, a signature."""
        text = self._pieces[tail].text
        yield Clue("stays")
        if tail not in self._followed:
            yield Clue("stays_ends_turn")
        if text[-1].isdigit():
            yield Clue("stays_number")
        elif len(text) < _SHORT_LINE:
            yield Clue("stays_short")
        if text.endswith(("，", ",", "、")):
            yield Clue("stays_comma")

    def clues(self, tail: int, head: int) -> Iterator[Clue]:
        """What the places of *tail* and *head* say about their belonging together."""
        if head == tail + 1:
            yield from self._next(tail)
        yield from self._counts_on(tail, head)
        yield from self._stand(head)
        if self._start[tail] != self._start[head]:
            yield from self._subject(tail, head)
            yield from self._other_turn(tail, head)

    def _block(self, head: int) -> range:
        """What moves with a head, everything up to the next label, as far as it is looked at."""
        return range(head, min(self._end[head], head + _WINDOW))

    def _turn(self, index: int, end: int) -> range:
        """The turn of a piece up to *end*, as far as it is looked at."""
        return range(max(self._start[index], end - _WINDOW), end)

    def _next(self, tail: int) -> Iterator[Clue]:
        number, after = self._pieces[tail].numbers[-1], self._pieces[tail + 1].numbers[0]
        yield Clue("next", 1.0, f"¶{number} breaks off and ¶{after} is the next paragraph of the same turn")
        yield Clue("next_elsewhere_too", len(self._followed) / len(self.tails))

    def _stand(self, head: int) -> Iterator[Clue]:
        """Whether the block stands as a displaced one does."""
        before = self._pieces[head - 1] if head else None
        if before is None:
            yield Clue("at_start")
        else:
            if before.label is not None:
                yield Clue("second_in_turn")
            if before.text.endswith(_STOP):
                yield Clue("behind_a_question")
        if self._end[head] == len(self._pieces):
            yield Clue("at_end")

    def _other_turn(self, tail: int, head: int) -> Iterator[Clue]:
        end = self._end[head]
        ends_turn = tail + 1 == self._end[tail]
        yield Clue("other_turn")
        if ends_turn:
            yield Clue("ends_turn")
        if self._pieces[self._start[tail]].asks:
            yield Clue("tail_asks")
        if end < len(self._pieces) and self._pieces[end].asks:
            number = self._pieces[tail].numbers[-1]
            stands = f"{self._name(head)} {'stands' if end == head + 1 else 'stand'}"
            question = f"before the question of ¶{self._pieces[end].numbers[0]}"
            reason = f"{stands} {question} while ¶{number} ends its turn broken off" if ends_turn else ""
            yield Clue("before_question", 1.0, reason)

    def _counts_on(self, tail: int, head: int) -> Iterator[Clue]:
        """Whether the block goes on with an enumeration that the tail's turn began."""
        before, block = self._said(self._turn(tail, tail + 1)), self._said(self._block(head))
        host = self._said(self._turn(head, head))
        if "另一方面" in block and "一方面" not in block.split("另一方面")[0]:
            opened, opened_here = "一方面" in before, "一方面" in host
            if opened and not opened_here:
                reason = f"另一方面 in {self._name(head)} answers 一方面 in {self._name_turn(tail)}"
                yield Clue("counts_on", 1.0, reason)
                return
        last, first, here = _ordinals(before)[-1:], _ordinals(block)[:1], _ordinals(host)[-1:]
        if last and first and first[0] == last[0] + 1 and here != last:
            reason = f"the count in {self._name(head)} goes on where {self._name_turn(tail)} stopped"
            yield Clue("counts_on", 1.0, reason)
        elif here and first and first[0] == here[0] + 1:
            yield Clue("counts_off")

    def _subject(self, tail: int, head: int) -> Iterator[Clue]:
        """Whether the block speaks of what the tail's turn speaks of, and not of what stands around it."""
        topics, block = self._topics, self._block(head)
        there, here = self._context(tail, tail + 1), self._context(head, head)
        shared = topics.likeness(block, there)
        own = 10 * (shared - topics.likeness(block, here))
        length = min(1.0, sum(len(self._pieces[index].text) for index in block) / _LONG_BLOCK)
        word = topics.telling(block, there, here) if own > 0 else ""
        question = self._question(tail)
        place = f"answers the question of ¶{question}" if question else f"goes with {self._name_turn(tail)}"
        yield Clue("subject", own, f"{place}: both speak of {word}" if word else "")
        yield Clue("subject_of_long", own * length)
        yield Clue("likeness", 10 * shared)
        yield Clue("likeness_of_long", 10 * shared * length)

    def _context(self, index: int, end: int) -> tuple[int, ...]:
        """The turn of a piece up to *end*, with the question it answers; nothing if it begins there."""
        start = self._start[index]
        if start == end:
            return ()
        asked = self._turn(start - 1, start) if self._question(index) else range(0)
        return (*asked, *self._turn(index, end))

    def _question(self, index: int) -> int | None:
        start = self._start[index]
        opener = self._pieces[self._start[start - 1]] if start > 0 else None
        return opener.numbers[0] if opener is not None and opener.asks else None

    def _said(self, indexes: Sequence[int]) -> str:
        return "\n".join(self._pieces[index].text for index in indexes)

    def _name(self, head: int) -> str:
        return span((self._pieces[head].numbers[0], self._pieces[self._end[head] - 1].numbers[-1]))

    def _name_turn(self, tail: int) -> str:
        return span((self._pieces[self._start[tail]].numbers[0], self._pieces[tail].numbers[-1]))


class _Topics:
    """What stretches of a document are about, told by their pairs of characters."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._texts = [f"{piece.label or ''}\n{piece.text}" for piece in pieces]
        self._known: dict[tuple[int, ...], Mapping[str, float]] = {}

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many paragraphs each pair stands."""
        return Counter(pair for text in self._texts for pair in set(_pairs(text)))

    def likeness(self, one: Sequence[int], other: Sequence[int]) -> float:
        """The cosine between two stretches, 0 to 1."""
        left, right = self._weights(one), self._weights(other)
        product = sum(weight * right.get(pair, 0.0) for pair, weight in left.items())
        return product / (_length(left) * _length(right)) if product else 0.0

    def telling(self, block: Sequence[int], there: Sequence[int], here: Sequence[int]) -> str:
        """The most telling word that the block shares with *there* and not with *here*."""
        said, elsewhere, around = (self._said(stretch) for stretch in (block, there, here))
        shared = {
            word
            for word in words(said)
            if len(_HAN_RUN.sub("", word)) == 0 < len(word) - 1 and word in elsewhere and word not in around
        }
        weights = self._weights(block)
        return max(
            sorted(shared), key=lambda word: sum(weights.get(pair, 0) for pair in _pairs(word)), default=""
        )

    def _said(self, indexes: Sequence[int]) -> str:
        return "\n".join(self._texts[index] for index in indexes)

    def _weights(self, indexes: Sequence[int]) -> Mapping[str, float]:
        key = tuple(indexes)
        if key not in self._known:
            counted = Counter(_pairs(self._said(indexes)))
            count = len(self._texts)
            self._known[key] = {
                pair: (1 + math.log(times)) * math.log(1 + count / self._spread[pair])
                for pair, times in counted.items()
                if self._spread[pair] <= max(2, count * _COMMON)
            }
        return self._known[key]


def span(numbers: Sequence[int]) -> str:
    """Name paragraphs as an editor reads them.

    >>> span([31, 32, 33]), span([7])
    ('¶31–33', '¶7')
    """
    return (
        f"¶{numbers[0]}" if len(numbers) == 1 or numbers[0] == numbers[-1] else f"¶{numbers[0]}–{numbers[-1]}"
    )


def _ordinals(text: str) -> list[int]:
    """What a text counts, in order.

    >>> _ordinals("首先要快，其次要准，第三要省。一是、二是、其三")
    [1, 2, 3, 1, 2, 3]
    """
    found = []
    for match in _COUNT.finditer(text):
        numeral = match[1] or match[2] or match[3]
        found.append(_NUMERALS.index(numeral) + 1 if numeral else 1 if match[4] else 2 if match[5] else 3)
    return found


def _pairs(text: str) -> Iterator[str]:
    return (run[at : at + 2] for run in _HAN_RUN.findall(text) for at in range(len(run) - 1))


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
