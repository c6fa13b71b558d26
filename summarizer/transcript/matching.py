"""Tails and heads to links: which paragraph goes on in which, and how surely.

Every tail goes on in one head or in none, and every head continues one tail or none. The clues of a pair
give it a weight; how probable a link is follows from all weights of the document together, as the
marginals of one matching (a monomer-dimer model, solved by passing messages between tails and heads).
The weights were fitted on damaged pages generated from clean transcripts: benchmarks/weigh_clues.py.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.transcript.places import Piece, Places
from summarizer.transcript.seams import Clue, Words, clues

_OFFER = 0.25  # the probability from which a link is worth an editor's while, …
_RATHER = 0.5  # … if its tail rather goes on somewhere than not, or its head rather continues something
_ASTRAY = 0.3  # the probability from which a tail goes on elsewhere for all an editor should believe
_MOST_LOOSE = 0.4  # where more paragraphs end without a mark, a missing mark means nothing
_MOST_PAIRS = 5_000  # of tails and heads that are looked at; beyond, a tail looks only so far around
_ROUNDS = 12  # of messages; they settle within a few
_TELLING = 0.2  # the weight from which a clue is told to an editor

# What each clue adds to the logarithm of the odds.
WEIGHTS: Mapping[str, float] = {
    "at_end": -1.06,
    "at_start": -0.47,
    "before_question": 0.43,
    "behind_a_question": 1.50,
    "closes": 2.42,
    "closes_nothing": -2.55,
    "comma": 0.40,
    "compound": 3.49,
    "conjunction": 0.60,
    "counts_off": 0.52,
    "counts_on": 2.60,
    "digits": 1.60,
    "ends_turn": 1.59,
    "governs": 0.48,
    "likeness": -1.85,
    "likeness_of_long": -1.12,
    "measure": 2.72,
    "next": 1.04,
    "next_elsewhere_too": 2.21,
    "number_alone": -0.70,
    "opener": -1.91,
    "other_turn": -0.57,
    "pair": 1.85,
    "particle": 1.21,
    "phrase3": 1.98,
    "phrase4": 3.51,
    "second_in_turn": 0.30,
    "short": -0.45,
    "stays": 2.49,
    "stays_comma": -0.40,
    "stays_ends_turn": 0.76,
    "stays_number": 0.49,
    "stays_open": -2.30,
    "stays_short": 1.70,
    "subject": 1.79,
    "subject_of_long": 2.27,
    "tail_asks": 1.24,
    "triple": 0.27,
    "word": 3.72,
}


@dataclass(frozen=True, slots=True)
class Link:
    """The piece at *head* continues the piece at *tail*."""

    tail: int
    head: int
    score: float  # the probability, 0 to 1
    evidence: tuple[str, ...]
    join: bool = True  # False: it follows, but as a passage of its own
    applied: bool = False

    @property
    def is_far(self) -> bool:
        """Whether a block has to move for the two to meet."""
        return self.head != self.tail + 1


@dataclass(frozen=True, slots=True)
class Matching:
    """What is known of a document's loose tails."""

    links: tuple[Link, ...]  # every link worth an editor's while, in file order
    astray: frozenset[int]  # the tails that may well go on elsewhere in the file


def match(pieces: Sequence[Piece]) -> Matching:
    """Match the loose tails of a document with the heads they may go on in."""
    pairs = Pairs(pieces)
    probabilities = pairs.probabilities()
    going_on = dict.fromkeys(pairs.tails, 0.0)
    going_far = dict.fromkeys(pairs.tails, 0.0)
    continuing: dict[int, float] = {}
    for (tail, head), probability in probabilities.items():
        going_on[tail] += probability
        going_far[tail] += probability if head != tail + 1 else 0.0
        continuing[head] = continuing.get(head, 0.0) + probability
    links = (
        Link(tail, head, probability, pairs.evidence(tail, head))
        for (tail, head), probability in sorted(probabilities.items())
        if probability >= _OFFER and max(going_on[tail], continuing[head]) >= _RATHER
    )
    return Matching(
        tuple(link for link in links if link.is_far or len(link.evidence) > 1),
        frozenset(tail for tail, sure in going_far.items() if sure >= _ASTRAY),
    )


class Pairs:
    """The loose tails of a document with the heads each of them may go on in."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._places = Places(pieces)
        speech = sum(bool(piece.text) for piece in pieces)
        self.tails = self._places.tails if len(self._places.tails) <= speech * _MOST_LOOSE else []
        self._words = Words(piece.text for piece in pieces if self.tails)

    def heads(self, tail: int) -> Iterator[int]:
        """The heads that *tail* may go on in, the nearest ones where there are too many."""
        reach = _MOST_PAIRS // len(self.tails) // 2
        heads = self._places.heads
        at = bisect_left(heads, tail)
        return (head for head in heads[max(0, at - reach) : at + reach + 1] if head != tail)

    def clues(self, tail: int, head: int | None) -> list[Clue]:
        """What speaks for a link and against it; for leaving the tail as it is where there is no head."""
        if head is None:
            return list(self._places.staying(tail))
        seam = clues(self._pieces[tail].text, self._pieces[head].text, self._words)
        return [*seam, *self._places.clues(tail, head)]

    def evidence(self, tail: int, head: int) -> tuple[str, ...]:
        """The reasons for a link, as an editor reads them."""
        told = (clue for clue in self.clues(tail, head) if clue.reason)
        return tuple(clue.reason for clue in told if clue.value * WEIGHTS[clue.name] >= _TELLING)

    def probabilities(self) -> dict[tuple[int, int], float]:
        """How probable each link is, given all the others."""
        weights = {
            tail: {head: math.exp(_log_odds(self.clues(tail, head))) for head in self.heads(tail)}
            for tail in self.tails
        }
        staying = {tail: math.exp(_log_odds(self.clues(tail, None))) for tail in self.tails}
        return _marginals(weights, staying)


def _log_odds(found: Iterable[Clue]) -> float:
    return sum(WEIGHTS[clue.name] * clue.value for clue in found)


def _marginals(
    weights: Mapping[int, Mapping[int, float]], staying: Mapping[int, float]
) -> dict[tuple[int, int], float]:
    """The probability of each link under all matchings of tails with heads.

    >>> _marginals({1: {2: 9.0}}, {1: 1.0})
    {(1, 2): 0.9}
    >>> two = _marginals({1: {9: 99.0}, 2: {9: 99.0}}, {1: 1.0, 2: 1.0})
    >>> {pair: round(probability, 2) for pair, probability in two.items()}
    {(1, 9): 0.5, (2, 9): 0.5}
    """
    free = {(tail, head): 1.0 for tail, heads in weights.items() for head in heads}
    for _ in range(_ROUNDS):
        wanted: dict[int, float] = {}
        asked: dict[tuple[int, int], float] = {}
        for tail, heads in weights.items():
            total = staying[tail] + sum(weight * free[tail, head] for head, weight in heads.items())
            for head, weight in heads.items():
                asked[tail, head] = weight / (total - weight * free[tail, head])
                wanted[head] = wanted.get(head, 0.0) + asked[tail, head]
        free = {pair: 1 / (1 + max(0.0, wanted[pair[1]] - asked[pair])) for pair in free}
    found = {}
    for tail, heads in weights.items():
        total = staying[tail] + sum(weight * free[tail, head] for head, weight in heads.items())
        found.update({(tail, head): weight * free[tail, head] / total for head, weight in heads.items()})
    return found
