"""Outside text is text on the page, whatever it looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import markdown
from summarizer.markup import chinese, escape, plain, tag_chinese, unescape

HOSTILE = [
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "<script>alert(1)</script>",
    "[a](javascript:x)",
    "![a](b)",
    "`code` *em* _em_ **b**",
    "a | b",
    "&amp; &lt;",
    "https://example.org www.example.org a@b.org",
    "---",
    "```",
    "grade 5**",
    "\\[x\\]",
    "“有案不立”、压案不查<br>",
]


def read_back(text):
    (block,) = markdown.parse(f'<a id="p1"></a>{text}\n')
    assert block.html == ('<a id="p1">', "</a>")
    return block.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_back_as_it_was(text):
    assert read_back(escape(text)) == plain(text)


@given(st.text(alphabet=st.sampled_from("ab1 *_`[]()<>|~$^{}&#+-=:!%\\.中。“”"), min_size=1))
def test_any_text_is_read_back_as_it_was(text):
    if plain(text):
        assert read_back(escape(text)) == plain(text)
        assert unescape(escape(text)) == plain(text)


def test_chinese_is_tagged_and_nothing_else():
    assert tag_chinese("source 有案不立, target x", "zh-Hans") == (
        'source <span lang="zh-Hans">有案不立</span>, target x'
    )
    assert chinese("a<b", "zh-Hant") == '<span lang="zh-Hant">a\\<b</span>'
