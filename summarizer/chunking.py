"""Turns to chunks: cut a transcript into pieces that fit in one request.

A turn that fits is never cut, and a question stays with the answer it opens where both fit. A turn too long
for one request is cut between its passages, a passage too long between its sentences, a sentence between its
clauses, and a clause between characters; such a part never shares a chunk with anything else. Nothing is
lost: the passages of the chunks, in order and with their parts joined, are the passages of the turns.

Where to cut is told by what stands at the cut, not by how much came before it: every boundary has a rank, a
digest of the passages around it, and the highest rank is cut first. An edit therefore moves the cuts around
it, and those far away stay (content-defined chunking, after the treap of Seidel and Aragon, 1996).
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from summarizer.errors import RefusedInputError
from summarizer.values import Chunk, CountTokens, Passage, Turn

DEFAULT_BUDGET = 1_500

_SURELY_OVER = 4  # characters a token of the budget, Chinese or English
_LEAST = 0.5  # of the budget: how far a cut stays from the ends of what it cuts, where it can
_SENTENCE = re.compile(r"[。！？!?…\n]+[”’」』）)\]】]*\s*|(?<=[a-z0-9)])\.\s+")
_CLAUSE = re.compile(r"[，、；：,;:]+[”’」』）)\]】]*\s*|\s+")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: turns that stay together, or a part of one turn."""

    passages: tuple[Passage, ...]
    tokens: int
    turns: tuple[Turn, ...] = ()  # none for a part


def split(
    turns: Iterable[Turn],
    *,
    budget: int,
    count_tokens: CountTokens,
    questioners: frozenset[str] = frozenset(),
) -> tuple[Chunk, ...]:
    """Split *turns* into chunks of at most *budget* source tokens each.

    >>> question = Turn("reporter", (), (Passage("p1", (1,), "中方有何评论？"),))
    >>> answer = Turn("spokesperson", (2,), (Passage("p3", (3,), "我们注意到有关报道。"),))
    >>> for chunk in split([question, answer], budget=12, count_tokens=len):
    ...     print(chunk.id, [turn.speaker for turn in chunk.turns], chunk.tokens)
    c1 ['reporter'] 7
    c2 ['spokesperson'] 10

    Args:
        turns: In reading order; turns without passages are left out.
        budget: The most source tokens of a chunk.
        count_tokens: How tokens are counted; every passage that fits is counted once.
        questioners: The speakers whose turns open the turn behind them.

    Raises:
        RefusedInputError: One character alone is over the budget.
    """
    found: list[tuple[tuple[Turn, ...], int]] = []
    fitting: list[_Unit] = []
    for turn in turns:
        parts = list(_parts(turn, budget, count_tokens))
        tokens = sum(part.tokens for part in parts)
        if tokens <= budget:
            fitting += [_Unit(turn.passages, tokens, (turn,))] if parts else []
            continue
        found += _of_whole_turns(fitting, budget, questioners)
        fitting = []
        for group in _gathered(parts, budget):
            passages = tuple(passage for part in group for passage in part.passages)
            found.append(((replace(turn, passages=passages),), sum(part.tokens for part in group)))
    found += _of_whole_turns(fitting, budget, questioners)
    return tuple(Chunk(f"c{number}", group, tokens) for number, (group, tokens) in enumerate(found, 1))


def whole(passage: str) -> str:
    """The passage that a part belongs to, by its id.

    >>> whole("p12/3"), whole("p1.7")
    ('p12', 'p1.7')
    """
    return passage.partition("/")[0]


def _of_whole_turns(
    units: Sequence[_Unit], budget: int, questioners: frozenset[str]
) -> Iterator[tuple[tuple[Turn, ...], int]]:
    for group in _gathered(_exchanges(units, budget, questioners), budget):
        yield tuple(turn for unit in group for turn in unit.turns), sum(unit.tokens for unit in group)


def _exchanges(units: Sequence[_Unit], budget: int, questioners: frozenset[str]) -> list[_Unit]:
    """Put questions and the turn behind them together, where they fit."""
    found: list[_Unit] = []
    for unit in units:
        if found and found[-1].turns[-1].speaker in questioners and found[-1].tokens + unit.tokens <= budget:
            asked = found.pop()
            together = asked.passages + unit.passages, asked.tokens + unit.tokens, asked.turns + unit.turns
            found.append(_Unit(*together))
        else:
            found.append(unit)
    return found


def _gathered(units: Sequence[_Unit], budget: int) -> Iterator[Sequence[_Unit]]:
    """Gather consecutive units into what fits in one request."""
    totals = [0, *accumulate(unit.tokens for unit in units)]
    ranks = [b"", *(_rank(before, after) for before, after in pairwise(units))]
    left = [(0, len(units))] if units else []
    while left:
        start, end = left.pop()
        if totals[end] - totals[start] <= budget or end - start == 1:
            yield units[start:end]
        else:
            cut = _cut(totals, ranks, (start, end), budget)
            left += ((cut, end), (start, cut))


def _cut(totals: Sequence[int], ranks: Sequence[bytes], stretch: tuple[int, int], budget: int) -> int:
    """The boundary of the highest rank in a stretch; of several, the one nearest to its middle."""
    start, end = stretch
    least = budget * _LEAST
    first = bisect_left(totals, totals[start] + least, start + 1, end)
    last = bisect_right(totals, totals[end] - least, start + 1, end)
    if totals[end] - totals[start] <= 2 * budget:
        # Two chunks may be enough here: then a cut that needs three is none to choose.
        first_of_two = bisect_left(totals, totals[end] - budget, start + 1, end)
        last_of_two = bisect_right(totals, totals[start] + budget, start + 1, end)
        if first_of_two < last_of_two:
            first, last = first_of_two, last_of_two
    first, last = (first, last) if first < last else (start + 1, end)
    highest = max(ranks[first:last])
    equals = [place for place in range(first, last) if ranks[place] == highest]
    return min(equals, key=lambda place: abs(2 * totals[place] - totals[start] - totals[end]))


def _rank(before: _Unit, after: _Unit) -> bytes:
    ends = f"before {before.passages[-1].text}", f"after {after.passages[0].text}"
    return max(hashlib.blake2b(end.encode("utf-8", "surrogatepass"), digest_size=8).digest() for end in ends)


def _parts(turn: Turn, budget: int, count_tokens: CountTokens) -> Iterator[_Unit]:
    """The passages of a turn with their tokens, those that are over the budget in parts."""
    for passage in turn.passages:
        # What is this long is hardly ever within the budget, so that only its pieces are counted.
        tokens = count_tokens(passage.text) if len(passage.text) <= _SURELY_OVER * budget else budget + 1
        if tokens <= budget:
            yield _Unit((passage,), tokens)
        else:
            yield from _parts_of(passage, budget, count_tokens)


def _parts_of(passage: Passage, budget: int, count_tokens: CountTokens) -> Iterator[_Unit]:
    pieces = [
        _Unit((replace(passage, text=text),), tokens)
        for text, tokens in _pieces(passage, (_SENTENCE, _CLAUSE), budget, count_tokens)
    ]
    groups = list(_gathered(pieces, budget))
    for number, group in enumerate(groups, 1):
        text = "".join(piece.passages[0].text for piece in group)
        name = f"{passage.id}/{number}" if len(groups) > 1 else passage.id
        yield _Unit((replace(passage, id=name, text=text),), sum(piece.tokens for piece in group))


def _pieces(
    passage: Passage, patterns: Sequence[re.Pattern[str]], budget: int, count_tokens: CountTokens
) -> Iterator[tuple[str, int]]:
    """Cut a passage as coarsely as each piece fits: by sentences, by clauses, by characters."""
    for text in _cut_behind(patterns[0], passage.text) if patterns else _slices(passage, budget):
        tokens = count_tokens(text) if len(text) <= _SURELY_OVER * budget else budget + 1
        if tokens <= budget:
            yield text, tokens
        else:
            yield from _pieces(replace(passage, text=text), patterns[1:], budget, count_tokens)


def _cut_behind(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    at = 0
    for match in pattern.finditer(text):
        yield text[at : match.end()]
        at = match.end()
    if at < len(text):
        yield text[at:]


def _slices(passage: Passage, budget: int) -> Iterator[str]:
    """Slices of as many characters as the budget has tokens; halves of what is no longer than that."""
    length = min(budget, len(passage.text) // 2)
    if length == 0:
        raise RefusedInputError(
            f"¶{passage.paragraphs[0]}: the character {passage.text!r} alone is over the budget of {budget} "
            "tokens. Raise --chunk-tokens."
        )
    return (passage.text[at : at + length] for at in range(0, len(passage.text), length))
