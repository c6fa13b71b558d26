"""Chunks keep speakers whole and lose nothing, on whatever a transcript may be."""

import random
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer import chunking
from summarizer.errors import RefusedInputError
from summarizer.values import Passage, Turn

ASKING = frozenset({"asks"})
TEXTS = st.one_of(
    st.text(alphabet="我们在工作。，！？ab 1\n👩‍👧", min_size=1, max_size=90),
    st.text(min_size=1, max_size=40).filter(lambda text: text.strip() != ""),
    st.sampled_from(
        ["字" * 400, "好。", "👩‍👩‍👧‍👦" * 30, "a " * 150, "今年，" * 80, "。" * 90, "Dr. Wu said so. " * 12]
    ),
)
TURNS = st.lists(
    st.tuples(st.sampled_from(["asks", "zhu", "hu"]), st.lists(TEXTS, min_size=1, max_size=6)), max_size=25
)
BUDGETS = st.integers(20, 90)


def turns_of(spoken):
    number = 0
    turns = []
    for speaker, texts in spoken:
        passages = []
        for text in texts:
            number += 1
            passages.append(Passage(f"p{number}", (number,), text))
        turns.append(Turn(speaker, (number + 1000,), tuple(passages)))
    return turns


def chunks_of(turns, budget):
    return chunking.split(turns, budget=budget, count_tokens=len, questioners=ASKING)


def rejoined(chunks):
    """The passages of the chunks in order, their parts joined again."""
    texts = {}
    for passage in (p for chunk in chunks for turn in chunk.turns for p in turn.passages):
        whole = chunking.whole(passage.id)
        assert whole not in texts or whole == list(texts)[-1], "a part strayed"
        texts[whole] = texts.get(whole, "") + passage.text
    return texts


@given(TURNS, BUDGETS)
@example([("zhu", ["字" * 200_000])], 90)
@example([("asks", ["好"])] * 3000, 90)
def test_the_chunks_joined_are_the_passages_in_order_and_nothing_is_lost_or_doubled(spoken, budget):
    turns = turns_of(spoken)
    assert rejoined(chunks_of(turns, budget)) == {p.id: p.text for turn in turns for p in turn.passages}


@given(TURNS, BUDGETS)
def test_no_chunk_is_over_the_budget_and_each_knows_its_tokens(spoken, budget):
    for chunk in chunks_of(turns_of(spoken), budget):
        tokens = sum(len(p.text) for turn in chunk.turns for p in turn.passages)
        assert 0 < tokens == chunk.tokens <= budget


@given(TURNS, BUDGETS)
def test_a_turn_that_fits_is_never_cut_and_a_part_of_a_turn_stands_alone(spoken, budget):
    turns = turns_of(spoken)
    whole = {turn.label_paragraphs: turn for turn in turns}
    for chunk in chunks_of(turns, budget):
        for part in chunk.turns:
            turn = whole[part.label_paragraphs]
            if part != turn:
                assert len(chunk.turns) == 1
                assert sum(len(p.text) for p in turn.passages) > budget


@given(TURNS, BUDGETS)
def test_a_question_goes_with_the_answer_it_opens_where_both_fit(spoken, budget):
    turns = turns_of(spoken)
    at = {}
    for place, chunk in enumerate(chunks_of(turns, budget)):
        for turn in chunk.turns:
            at.setdefault(turn.label_paragraphs, place)
    sizes = [sum(len(p.text) for p in turn.passages) for turn in turns]
    for before, (question, answer) in enumerate(pairwise(turns)):
        opens_alone = before == 0 or turns[before - 1].speaker != "asks"
        is_exchange = question.speaker == "asks" != answer.speaker and opens_alone
        if is_exchange and sizes[before] + sizes[before + 1] <= budget:
            assert at[question.label_paragraphs] == at[answer.label_paragraphs]


@given(TURNS, BUDGETS)
def test_the_same_transcript_is_cut_the_same_way_twice(spoken, budget):
    assert chunks_of(turns_of(spoken), budget) == chunks_of(turns_of(spoken), budget)


def contents(turns, budget):
    return [
        tuple(p.text for turn in chunk.turns for p in turn.passages) for chunk in chunks_of(turns, budget)
    ]


def a_transcript(seed, exchanges):
    """Questions and answers of several passages, no two alike."""
    rng = random.Random(seed)
    spoken = []
    for number in range(exchanges):
        spoken.append(("asks", [f"问{number}" + "问" * rng.randint(5, 60)]))
        spoken.append(
            ("zhu", [f"答{number}·{k}" + "答" * rng.randint(20, 150) for k in range(rng.randint(1, 4))])
        )
    return spoken


def edits(spoken, rng):
    """The transcript with one passage longer, one more passage, and one passage less."""
    turn = rng.choice([place for place, (_, texts) in enumerate(spoken) if len(texts) > 1])
    speaker, texts = spoken[turn]
    at = rng.randrange(len(texts))
    yield [
        *spoken[:turn],
        (speaker, [*texts[:at], texts[at] + "又说了一句", *texts[at + 1 :]]),
        *spoken[turn + 1 :],
    ]
    yield [*spoken[:turn], (speaker, [*texts[:at], "补充一点" * 10, *texts[at:]]), *spoken[turn + 1 :]]
    yield [*spoken[:turn], (speaker, [*texts[:at], *texts[at + 1 :]]), *spoken[turn + 1 :]]


@pytest.mark.parametrize("exchanges", [40, 400, 2000])
def test_an_edit_moves_only_the_cuts_around_it(exchanges):
    spoken = a_transcript(exchanges, exchanges)
    before = set(contents(turns_of(spoken), 1000))
    rng = random.Random(1)
    changed = []
    for _ in range(12):
        for edited in edits(spoken, rng):
            after = contents(turns_of(edited), 1000)
            new = [place for place, chunk in enumerate(after) if chunk not in before]
            changed.append(len(new))
            assert new[-1] - new[0] < 4, "what changed lies together"
    assert sum(count <= 2 for count in changed) >= 0.95 * len(changed), "its own chunk and one neighbour"
    assert max(changed) <= 4


@pytest.mark.parametrize("seed", range(6))
def test_thousands_of_short_turns_are_few_chunks(seed):
    rng = random.Random(seed)
    spoken = [(rng.choice(["asks", "zhu", "hu"]), [f"{n}" + "字" * rng.randint(1, 30)]) for n in range(4000)]
    turns = turns_of(spoken)
    fewest = sum(len(p.text) for turn in turns for p in turn.passages) / 900
    assert len(chunks_of(turns, 900)) <= 1.45 * fewest


def test_equal_turns_are_cut_evenly():
    assert len(chunks_of(turns_of([("zhu", ["好的。"])] * 4096), 900)) <= 20


def test_a_passage_over_the_budget_is_cut_between_sentences_then_clauses_then_characters():
    text = "水价不变。" * 3 + "我们清淤，我们节水，我们补贴，我们施工。" + "字" * 25
    chunks = chunks_of(turns_of([("zhu", [text])]), 15)
    parts = [chunk.turns[0].passages[0] for chunk in chunks]
    assert [part.id for part in parts] == [f"p1/{number}" for number in range(1, len(parts) + 1)]
    assert "".join(part.text for part in parts) == text
    assert parts[0].text == "水价不变。" * 3
    assert all(part.text.endswith(("，", "。", "字")) for part in parts)


def test_a_character_over_the_budget_is_refused_by_name():
    with pytest.raises(RefusedInputError, match="¶1: the character '字' alone is over the budget of 2"):
        chunking.split(turns_of([("zhu", ["字"])]), budget=2, count_tokens=lambda text: 3 * len(text))
