"""Turns to chunks: cut a transcript into pieces that fit in one request.

A turn that fits is never cut; a turn too long for one request is cut between its passages, and
such a part never shares a chunk with another speaker. Nothing is lost: the passages of the
chunks, in order, are the passages of the turns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarizer.errors import RefusedInputError
from summarizer.values import Chunk, CountTokens, Passage, Turn

DEFAULT_BUDGET = 1_500


def split(turns: Iterable[Turn], *, budget: int, count_tokens: CountTokens) -> tuple[Chunk, ...]:
    """Split *turns* into chunks of at most *budget* source tokens each.

    >>> question = Turn("reporter", (), (Passage("p1", (1,), "中方有何评论？"),))
    >>> answer = Turn("spokesperson", (2,), (Passage("p3", (3,), "我们注意到有关报道。"),))
    >>> for chunk in split([question, answer], budget=12, count_tokens=len):
    ...     print(chunk.id, [turn.speaker for turn in chunk.turns], chunk.tokens)
    c1 ['reporter'] 7
    c2 ['spokesperson'] 10

    Raises:
        RefusedInputError: One passage alone is over the budget.
    """
    groups: list[list[Turn]] = []
    sizes: list[int] = []
    shared = False  # whether the last chunk may take in a further turn
    for turn in turns:
        parts = list(_parts(turn, budget, count_tokens))
        whole = len(parts) == 1
        for part, tokens in parts:
            if whole and shared and sizes[-1] + tokens <= budget:
                groups[-1].append(part)
                sizes[-1] += tokens
            else:
                groups.append([part])
                sizes.append(tokens)
        shared = whole
    numbered = enumerate(zip(groups, sizes, strict=True), 1)
    return tuple(Chunk(f"c{number}", tuple(group), tokens) for number, (group, tokens) in numbered)


def _parts(turn: Turn, budget: int, count_tokens: CountTokens) -> Iterator[tuple[Turn, int]]:
    part: list[Passage] = []
    size = 0
    for passage in turn.passages:
        tokens = count_tokens(passage.text)
        if tokens > budget:
            raise RefusedInputError(
                f"¶{passage.paragraphs[0]} alone is {tokens} tokens long and the budget is {budget}. "
                "Raise --chunk-tokens."
            )
        if part and size + tokens > budget:
            yield replace(turn, passages=tuple(part)), size
            part, size = [], 0
        part.append(passage)
        size += tokens
    if part:
        yield replace(turn, passages=tuple(part)), size
