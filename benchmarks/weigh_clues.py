"""Fit the weights of matching.py: what each clue adds to the logarithm of the odds.

A loose tail chooses one head of its page or none; the weights are those of a conditional logit over all
choices on the pages with even seeds (reading_order.py measures on the odd ones).

    python benchmarks/weigh_clues.py
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from newspaper import Damaged, truth
from reading_order import named_pages

from summarizer.transcript import reading
from summarizer.transcript.matching import Pairs
from summarizer.transcript.seams import Clue

Choice = tuple[list[list[Clue]], int]  # the clues of each option, the first being to stay; and the right one

ROUNDS = 300
STEP = 0.5
SHRINK = 0.0005  # keeps the weights of rare clues small


def main() -> None:
    """Print the weights."""
    choices = [choice for _, page in named_pages(parity=0) for choice in choices_of(page)]
    for name, weight in sorted(fit(choices).items()):
        print(f'    "{name}": {weight:.2f},')


def choices_of(page: Damaged) -> Iterator[Choice]:
    """What each loose tail of a page could choose, and what is right."""
    pieces = reading.pieces(reading.document(page.text(), "page.txt").parts)
    at = {number: index for index, piece in enumerate(pieces) if piece.text for number in piece.numbers}
    follows = {
        group[place] + 1: group[place + 1] + 1 for group in truth(page) for place in range(len(group) - 1)
    }
    pairs = Pairs(pieces)
    for tail in pairs.tails:
        heads = list(pairs.heads(tail))
        right = at.get(follows.get(pieces[tail].numbers[-1], 0))
        if right is None or right in heads:
            options = [None, *heads]
            yield [pairs.clues(tail, head) for head in options], options.index(right)


def fit(choices: Sequence[Choice]) -> Mapping[str, float]:
    """The weights under which the right choices are most probable."""
    names = {clue.name for options, _ in choices for clues in options for clue in clues}
    weights = dict.fromkeys(names, 0.0)
    squares = dict.fromkeys(names, 1e-6)
    for _ in range(ROUNDS):
        slope = dict.fromkeys(names, 0.0)
        for options, right in choices:
            odds = [math.exp(sum(weights[clue.name] * clue.value for clue in clues)) for clues in options]
            total = sum(odds)
            for place, clues in enumerate(options):
                error = (place == right) - odds[place] / total
                for clue in clues:
                    slope[clue.name] += error * clue.value
        for name in names:
            gradient = slope[name] / len(choices) - SHRINK * weights[name]
            squares[name] += gradient * gradient
            weights[name] += STEP * gradient / math.sqrt(squares[name])
    return weights


if __name__ == "__main__":
    main()
