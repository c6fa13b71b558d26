"""A page parsed back shows the words a reader sees and every tag that got through."""

import pytest

from summarizer.markdown import Inline, parse

PAGE = """\
# <a id="headline"></a>Zhejiang officials

<span lang="zh-Hans">全省第一批</span>

> Draft. Not yet reviewed.

- <a id="zhu-chen-b04c2e"></a>More than 52,000 were collected. [¶10–11](#p10)
  <span lang="zh-Hans">共收集意见建议5.2万余条。</span>

| ¶ | Source |
|---|---|
| [10–11](#p10) | <span lang="zh-Hans">5.2万余条</span> |

<a id="p37"></a><a id="p31"></a>**¶37+31** On the one hand, we …
Third, strictly

> <span lang="zh-Hans">一方面我们</span>
"""


def one(text: str) -> Inline:
    (found,) = parse(text)
    return found


def test_a_page_is_read_back_in_order() -> None:
    found = parse(PAGE)
    assert [(part.kind, part.line, part.text) for part in found] == [
        ("heading1", 1, "Zhejiang officials"),
        ("paragraph", 3, "全省第一批"),
        ("quote", 5, "Draft. Not yet reviewed."),
        ("list_item", 7, "More than 52,000 were collected. ¶10–11\n共收集意见建议5.2万余条。"),
        ("table_cell", 10, "¶"),
        ("table_cell", 10, "Source"),
        ("table_cell", 12, "10–11"),
        ("table_cell", 12, "5.2万余条"),
        ("paragraph", 14, "¶37+31 On the one hand, we …\nThird, strictly"),
        ("quote", 17, "一方面我们"),
    ]
    assert found[0].anchors == ("headline",)
    assert found[3].spans == ("共收集意见建议5.2万余条。",)
    assert found[3].links == (("¶10–11", "#p10"),)
    assert found[3].html == ('<a id="zhu-chen-b04c2e">', "</a>", '<span lang="zh-Hans">', "</span>")
    assert found[8].anchors == ("p37", "p31")


def test_an_anchor_around_words_is_no_anchor_of_ours() -> None:
    part = one('<a id="p1">words</a> <a href="x" id="p2"></a> <a id="p3"> </a>')
    assert part.anchors == ()
    assert part.html[0] == '<a id="p1">'


def test_every_tag_is_kept_as_written() -> None:
    part = one("a <script>alert(1)</script> <!-- b --> <IMG src=x onerror='y'> c")
    assert part.html == ("<script>", "</script>", "<!-- b -->", "<IMG src=x onerror='y'>")
    assert part.text == "a alert(1)   c"


def test_a_block_of_html_is_one_value_with_the_words_in_it() -> None:
    part = one('<div>\n<a id="x"></a>近180万 &lt;条&gt;<span lang="zh-Hans">政法</span>\n</div>\n')
    assert part.kind == "html_block"
    assert part.text == "近180万 <条>政法"
    assert part.html == ('<div>\n<a id="x"></a>近180万 &lt;条&gt;<span lang="zh-Hans">政法</span>\n</div>',)
    assert part.anchors == ("x",)
    assert part.spans == ("政法",)


def test_a_span_that_fills_lines_of_its_own_is_not_lost() -> None:
    part = one('<span lang="zh-Hans">\n一方面我们\n</span>\n')
    assert (part.kind, part.text, part.spans) == ("html_block", "一方面我们", ("\n一方面我们\n",))


def test_spans_nest_and_an_open_one_runs_to_the_end() -> None:
    part = one(
        '<span lang="zh">一<span>二</span>三</span> <span class="x">x</span> <span lang="zh">四 **五**'
    )
    assert part.spans == ("一二三", "四 五")


def test_escapes_entities_code_and_breaks_read_as_a_reader_sees_them() -> None:
    assert one(r"\*a\* &amp; `b*`  " + "\nc\\\nd").text == "*a* & b*\nc\nd"


def test_links_have_their_words_and_an_image_counts_as_one() -> None:
    part = one("[a **b**](#p1) <https://x.org> ![alt *text*](y.png)")
    assert part.links == (("a b", "#p1"), ("https://x.org", "https://x.org"), ("alt text", "y.png"))
    assert part.text == "a b https://x.org alt text"


def test_a_script_link_is_not_a_link_and_stays_visible() -> None:
    part = one("[a](javascript:alert(1))")
    assert (part.links, part.text) == ((), "[a](javascript:alert(1))")


def test_code_is_not_lost() -> None:
    assert [(p.kind, p.text, p.line) for p in parse("    a\n\n```\nb\n```\n")] == [
        ("code", "a", 1),
        ("code", "b", 3),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("> - a\n>\n>   b\n", ["list_item", "list_item"]),
        ("- > a\n- b\n", ["quote", "list_item"]),
        ("> # a\n", ["heading1"]),
        ("a\n===\n\n###### b\n\n---\n", ["heading1", "heading6"]),
        ("1. a\n   1. b\n", ["list_item", "list_item"]),
        ("", []),
    ],
)
def test_the_nearest_block_names_the_kind(text: str, kinds: list[str]) -> None:
    assert [part.kind for part in parse(text)] == kinds


def test_no_heavy_markup_hangs_the_tag_search() -> None:
    part = one("<div>\n" + "<" * 50_000 + '<a "' * 10_000 + "\n")
    assert part.kind == "html_block"
    assert part.text.startswith("<<<")
