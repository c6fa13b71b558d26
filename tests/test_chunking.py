"""Chunks keep speakers whole and lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import chunking
from summarizer.errors import RefusedInputError
from summarizer.values import Passage, Turn

TURNS = st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=8), max_size=20)


def turns_of(sizes):
    number = 0
    turns = []
    for index, passages in enumerate(sizes):
        texts = []
        for size in passages:
            number += 1
            texts.append(Passage(f"p{number}", (number,), "字" * size))
        turns.append(Turn(f"s{index}", (), tuple(texts)))
    return turns


@given(TURNS, st.integers(30, 80))
def test_the_chunks_joined_are_the_passages_in_order_and_none_is_over_budget(sizes, budget):
    turns = turns_of(sizes)

    chunks = chunking.split(turns, budget=budget, count_tokens=len)

    joined = [p for chunk in chunks for turn in chunk.turns for p in turn.passages]
    assert joined == [p for turn in turns for p in turn.passages]
    assert all(0 < chunk.tokens <= budget for chunk in chunks)
    assert chunks == chunking.split(turns, budget=budget, count_tokens=len)


@given(TURNS, st.integers(30, 80))
def test_a_turn_that_fits_is_never_cut_and_a_part_stands_alone(sizes, budget):
    turns = turns_of(sizes)

    for chunk in chunking.split(turns, budget=budget, count_tokens=len):
        for part in chunk.turns:
            whole = next(turn for turn in turns if turn.speaker == part.speaker)
            if part != whole:
                assert len(chunk.turns) == 1
                assert sum(len(p.text) for p in whole.passages) > budget


def test_a_passage_over_the_budget_is_refused_by_name():
    with pytest.raises(RefusedInputError, match="¶1 alone is 9 tokens long and the budget is 8"):
        chunking.split(turns_of([[9]]), budget=8, count_tokens=len)
