"""The same words in other clothes: punctuation, layout and encoding say nothing about who speaks."""

import textwrap
from pathlib import Path

import pytest

from summarizer.transcript import read
from summarizer.values import Transcript

CLOTHES = Path(__file__).parent / "data" / "clothes"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(CLOTHES.glob("*.txt"))}
NARROW = str.maketrans("：，；？（）！", ":,;?()!")
WIDE = str.maketrans(":,;?()!", "：，；？（）！")


def heard(transcript: Transcript) -> list[tuple[str, str]]:
    """Who says what, joined and with punctuation of one width."""
    names = {speaker.id: speaker.name for speaker in transcript.speakers}
    return [
        (
            names[turn.speaker],
            "".join(passage.text for passage in turn.passages).translate(WIDE).replace("\u3000", ""),
        )
        for turn in transcript.turns
    ]


def of(text: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    return heard(read(text.encode(encoding), path="x.txt"))


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@pytest.fixture(params=TEXTS, ids=str)
def text(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


def test_there_is_somebody_to_hear(text: str) -> None:
    turns = of(text)
    assert len(turns) >= 5
    assert len({name for name, _ in turns}) >= 2


def test_half_width_punctuation(text: str) -> None:
    assert of(text.translate(NARROW)) == of(text)


@pytest.mark.parametrize("colon", ["：", ":", "︰"])
def test_any_colon(text: str, colon: str) -> None:
    plain = [(name, said.replace("︰", "：")) for name, said in of(text.replace("：", colon))]
    assert plain == of(text)


def test_hard_wraps_of_forty_characters(text: str) -> None:
    wrapped = "\n\n".join(
        "\n".join(line[at : at + 40] for at in range(0, len(line), 40)) for line in paragraphs(text)
    )
    assert of(wrapped) == of(text)


def test_hard_wraps_under_an_indent(text: str) -> None:
    wrapped = "\n".join(
        "\n".join(indented[at : at + 38] for at in range(0, len(indented), 38))
        for indented in ("\u3000\u3000" + line for line in paragraphs(text))
    )
    assert of(wrapped) == of(text)


@pytest.mark.parametrize("between", ["", " ", "\u3000"], ids=["nothing", "blank", "wide-blank"])
def test_one_paragraph(text: str, between: str) -> None:
    speech = between.join(paragraphs(text))
    joined = [(name, said.replace(" ", "")) for name, said in of(speech)]
    assert joined == [(name, said.replace(" ", "")) for name, said in of(text)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding(text: str, encoding: str) -> None:
    assert of(text, encoding) == of(text)


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n\u3000\u3000", "\r\n\r\n", "\r", "\u2028"])
def test_every_layout(text: str, blank: str) -> None:
    assert of(blank.join(paragraphs(text))) == of(text)


def test_traditional_characters_in_big5() -> None:
    text = textwrap.dedent(
        """\
        主席：現在開始質詢。請高委員金素蘭發言。

        高委員金素蘭：（11時8分）請問部長，今年的水價會不會調整？市民都很關心。

        林部長佳：委員好。今年不會調整，我們會繼續研究補貼的辦法。

        高委員金素蘭：那麼明年呢？請部長說清楚一點，不要再拖。

        林部長佳：明年的情況要看雨量，現在還不能確定。
        """
    )
    assert [name for name, _ in of(text)] == ["主席", "高金素蘭", "林佳", "高金素蘭", "林佳"]
    for encoding in ("big5", "big5hkscs", "utf-16", "utf-8-sig"):
        assert of(text, encoding) == of(text)
