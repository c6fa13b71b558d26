"""A web page is read as what a visitor reads: the article, and nothing that stands around it."""

import builtins
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import RefusedInputError
from summarizer.transcript import read
from summarizer.values import Transcript

PAGE = (Path(__file__).parent / "data" / "pages" / "ministry.html").read_text(encoding="utf-8")


def turns(transcript: Transcript) -> list[tuple[str, str]]:
    names = {speaker.id: speaker.name for speaker in transcript.speakers}
    return [(names[turn.speaker], "|".join(p.text for p in turn.passages)) for turn in transcript.turns]


def test_the_article_is_read_and_what_stands_around_it_is_not() -> None:
    transcript = read(PAGE.encode(), path="x.html")
    assert turns(transcript) == [
        ("主持人", "各位记者朋友，大家好。今天我们举行发布会，介绍水价情况。"),
        ("记者", "水价会涨吗？"),
        ("韩冬青", "不会。今年的水价不会上涨，我们有充分的准备。|另外，电价也不会上涨。"),
    ]
    words = "".join(paragraph.text for paragraph in transcript.paragraphs)
    for foreign in ("隐藏", "备案号", "要加油", "首页", "var a"):
        assert foreign not in words
    assert all(paragraph.line is None for paragraph in transcript.paragraphs)


def test_title_date_and_publisher_are_known() -> None:
    transcript = read(PAGE.encode(), path="x.html")
    assert (transcript.title, transcript.date, transcript.publisher) == (
        "临江市举行水价发布会", "2021-07-06", "临江市水务局",
    )  # fmt: skip


def test_the_page_says_its_encoding_and_gb2312_means_gb18030() -> None:
    declared = PAGE.replace("utf-8", "gb2312").replace("韩冬青", "韩冬镕")  # 镕 is not in GB 2312
    transcript = read(declared.encode("gb18030"), path="x.html")
    assert transcript.source.encoding == "gb18030"
    assert [speaker.name for speaker in transcript.speakers][-1] == "韩冬镕"


def test_a_page_that_a_browser_saved_as_utf8_may_still_declare_gb2312() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>记者：水价会涨吗？</p><p>韩冬青：不会。</p></body></html>'
    transcript = read(page.encode(), path="x.html")
    assert (transcript.source.encoding, len(transcript.turns)) == ("utf-8", 2)


@pytest.mark.parametrize(
    "around",
    [
        '<div class="article overflow-hidden">{}</div>',
        '<form id="form1">{}</form>',
        '<div id="hot-news">{}</div>',
    ],
)
def test_an_article_is_no_aside_whatever_its_element_is_called(around: str) -> None:
    said = "<p>记者：水价会涨吗？</p>" + "<p>韩冬青：不会，我们有充分的准备，请大家放心。</p>" * 12
    transcript = read(f"<html><body>{around.format(said)}</body></html>".encode(), path="x.html")
    assert [name for name, _ in turns(transcript)][:2] == ["记者", "韩冬青"]


def test_a_script_says_neither_date_nor_publisher() -> None:
    page = (
        '<html><body><script>var v="2011-01-01", s="来源：脚本之家";</script><p>文号2021-77-88</p>'
        "<p>2024年3月5日</p><p>来源：临江日报</p><p>记者：涨吗？</p><p>韩冬青：不涨。</p></body></html>"
    )
    transcript = read(page.encode(), path="x.html")
    assert (transcript.date, transcript.publisher) == ("2024-03-05", "临江日报")


def test_a_page_is_known_by_its_markup_too() -> None:
    assert turns(read(PAGE.encode(), path="saved.txt")) == turns(read(PAGE.encode(), path="x.html"))


def test_line_breaks_and_blank_entities_part_paragraphs() -> None:
    page = (
        "<html><body><div>问：水价会涨吗？市民都很关心这个问题。<br><br>&nbsp;&nbsp;答：不会。"
        "<br>&nbsp;&nbsp;今年不会。<br>问：明年呢？<br>答：再看。</div></body></html>"
    )
    assert turns(read(page.encode(), path="x.html")) == [
        ("问", "水价会涨吗？市民都很关心这个问题。"), ("答", "不会。|今年不会。"), ("问", "明年呢？"), ("答", "再看。"),
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["<html><body><nav>首页</nav></body></html>", "<html></html>"])
def test_a_page_without_words_is_refused(page: str) -> None:
    with pytest.raises(RefusedInputError, match=r"x\.html holds no"):
        read(page.encode(), path="x.html")


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("selectolax"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RefusedInputError, match=r"pip install 'summarizer\[html\]'"):
        read(PAGE.encode(), path="x.html")


def test_markdown_is_read_without_its_marks() -> None:
    source = (
        "# 水价十问\n\n![图为水厂](a.jpg)\n\n## 一、价格\n\n**记者：** 水价会涨吗？见[公报](https://a.example/1)。\n\n"
        "**韩冬青** ：不会，评级是5**。\n\n> 供水量增长3%。\n\n---\n\n责任编辑：高远\n"
    )
    transcript = read(source.encode(), path="x.md")
    assert turns(transcript) == [
        ("记者", "水价会涨吗？见公报。"), ("韩冬青", "不会，评级是5**。|供水量增长3%。"),
    ]  # fmt: skip
    assert [part.kind for part in transcript.front] == ["title", "caption", "heading", "other", "footer"]
    assert transcript.title == "水价十问"
