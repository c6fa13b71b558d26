"""Speech is full of colons: words before them are nobody's name, however often they return."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.transcript import read

WORDS = [
    line
    for line in (Path(__file__).parent / "data" / "not_labels.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
BODY = "今年以来我们坚持稳中求进，统筹推进各项工作，取得了新的进展，增长5.2%，惠及群众180万人。"
SHAPES = ("{word}：{body}", "{body}{word}：{body}", "{word}：\n\n{body}", "{body}{word}:“{body}”")
OPENING = (
    "某省经济运行情况新闻发布会",
    "主持人：各位记者朋友，大家上午好。请韩冬青主任介绍情况。",
    "省发展改革委主任韩冬青：谢谢主持人，我先作介绍。",
)
CLOSING = ("新华社记者：请问明年的目标是什么？", "韩冬青：谢谢您的提问。明年的目标是5%左右。")


def heard(shapes: list[str], words: list[str]) -> list[str]:
    """Who speaks in a conference where one long answer has these words before its colons."""
    speech = (shape.format(word=word, body=BODY) for shape, word in zip(shapes, words, strict=False))
    transcript = read("\n\n".join([*OPENING, *speech, *CLOSING]).encode(), path="x.txt")
    assert len(transcript.turns) == len(transcript.speakers) + 1
    return [speaker.name for speaker in transcript.speakers]


@given(
    shapes=st.lists(st.sampled_from(SHAPES), min_size=10, max_size=40),
    words=st.lists(st.sampled_from(WORDS), min_size=10, max_size=40, unique=True),
)
def test_a_long_speech_invents_nobody(shapes: list[str], words: list[str]) -> None:
    assert heard(shapes, words) == ["主持人", "韩冬青", "新华社记者"]


@pytest.mark.parametrize("seed", range(25))
def test_words_that_return_are_nobody_either(seed: int) -> None:
    chance = random.Random(seed)
    shapes, words = chance.choices(SHAPES, k=40), chance.choices(WORDS, k=40)

    assert heard(shapes, words) == ["主持人", "韩冬青", "新华社记者"]


def test_what_is_nearly_a_label_is_said() -> None:
    source = (
        "记者：水价会涨吗？\n\n韩冬青：不会。\n\n旁白：局长喝了一口水。\n\n记者：电价呢？\n\n韩冬青：也不会。"
    )
    transcript = read(source.encode(), path="x.txt")

    assert [(doubt.paragraph, doubt.words) for doubt in transcript.doubts] == [(3, "旁白")]
