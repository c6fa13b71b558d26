"""Markdown to the words a reader sees: the only door to markdown-it-py.

A page is parsed back with HTML on, the way a web site would show it, so that a check
can hold what a reader sees against what was meant, and name every tag that got through.
"""

import functools
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# One tag, comment, declaration or instruction. No "<" outside quotes: that keeps the search linear.
_TAG = re.compile(r"""<!--.*?-->|<[!?/]?[A-Za-z\[](?:"[^"]*"|'[^']*'|[^<>"'])*>""", re.DOTALL)
_ANCHOR = re.compile(r"""<a\s+id\s*=\s*(?:"([^"]*)"|'([^']*)')\s*>""", re.IGNORECASE)
_LANG_SPAN = re.compile(r"""<span\s(?:[^>]*\s)?lang\s*=""", re.IGNORECASE)
_SPAN = re.compile(r"<span[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inline:
    """One run of text on a page: a heading, a paragraph, a table cell, a block of HTML."""

    anchors: tuple[str, ...]  # ids of its `<a id="…"></a>`
    text: str  # what a reader sees; a line break of the file is "\n"
    html: tuple[str, ...]  # every tag, or the whole block, as written
    links: tuple[tuple[str, str], ...]  # text and address; of an image, its description and address
    line: int  # from 1
    spans: tuple[str, ...]  # what a reader sees of each `<span lang="…">`
    kind: (
        str  # "heading1" … "heading6", "paragraph", "list_item", "quote", "table_cell", "html_block", "code"
    )


def parse(text: str) -> tuple[Inline, ...]:
    """Markdown to the runs of text in it, in the order of the file.

    Front matter is no Markdown: hand over what follows it.

    >>> [part] = parse('- <a id="p1"></a>**Two** [¶1](#p1)')
    >>> part.kind, part.text, part.anchors, part.links
    ('list_item', 'Two ¶1', ('p1',), (('¶1', '#p1'),))

    Args:
        text: CommonMark with tables; HTML in it is kept apart, never dropped.

    Returns:
        One value for each run; a rule across the page has none.
    """
    tokens = _parser().parse(text)
    found: list[Inline] = []
    around: list[str] = []  # the kinds of the open blocks, innermost last
    for token in tokens:
        if token.nesting == 1:
            around.append(_kind(token))
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            found.append(_inline(token, _innermost(around)))
        elif token.type == "html_block":
            found.append(_html_block(token))
        elif token.type in {"fence", "code_block"}:
            # Not a kind that a page has, but words that a reader sees: a check must see them too.
            words = token.content.removesuffix("\n")
            found.append(Inline((), words, (), (), _line(token), (), "code"))
    return tuple(found)


@functools.cache
def _parser() -> "MarkdownIt":
    """Make the parser once a process."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a tenth of a second that most verbs do not need

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _kind(token: "Token") -> str:
    """Name the block that *token* opens; a block without words of its own has no name."""
    if token.type == "heading_open":
        return f"heading{token.tag[1]}"
    return {
        "list_item_open": "list_item",
        "blockquote_open": "quote",
        "th_open": "table_cell",
        "td_open": "table_cell",
    }.get(token.type, "")


def _innermost(around: Sequence[str]) -> str:
    """The kind of the nearest block that has one."""
    return next((kind for kind in reversed(around) if kind), "paragraph")


def _line(token: "Token") -> int:
    """The line of the file on which *token* begins."""
    return token.map[0] + 1 if token.map else 1


class _Reading:
    """What has been read of one run of text so far."""

    def __init__(self) -> None:
        self.seen = ""
        self.anchors: list[str] = []
        self.html: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.spans: list[tuple[int, str]] = []  # where each begins, and its words
        self._open_links: list[tuple[int, str]] = []
        self._open_spans: list[int | None] = []  # where each begins; None is a span without a language
        self._anchor: str | None = None  # of the tag just read, if it was an anchor's

    def word(self, text: str) -> None:
        """Take what a reader sees."""
        self.seen += text
        if text:
            self._anchor = None

    def tag(self, tag: str) -> None:
        """Take a tag, which a reader does not see."""
        self.html.append(tag)
        anchor, self._anchor = self._anchor, None
        if match := _ANCHOR.fullmatch(tag):
            self._anchor = match[1] if match[1] is not None else match[2]
        elif tag.lower() == "</a>" and anchor is not None:
            self.anchors.append(anchor)
        elif _SPAN.match(tag):
            self._open_spans.append(len(self.seen) if _LANG_SPAN.match(tag) else None)
        elif tag.lower().startswith("</span") and self._open_spans:
            self._close_span()

    def link(self, href: str) -> None:
        """Begin a link."""
        self._open_links.append((len(self.seen), href))

    def link_end(self) -> None:
        """End the link begun last."""
        start, href = self._open_links.pop()
        self.links.append((self.seen[start:], href))

    def done(self, line: int, kind: str) -> Inline:
        """Close what was left open, as a browser does, and hand over the value."""
        while self._open_spans:
            self._close_span()
        spans = tuple(words for _, words in sorted(self.spans, key=lambda span: span[0]))
        links = tuple(self.links)
        return Inline(tuple(self.anchors), self.seen.strip(), tuple(self.html), links, line, spans, kind)

    def _close_span(self) -> None:
        """End the span begun last; one without a language is of no interest."""
        start = self._open_spans.pop()
        if start is not None:
            self.spans.append((start, self.seen[start:]))


def _inline(token: "Token", kind: str) -> Inline:
    """Read one run of Markdown text."""
    reading = _Reading()
    for child in token.children or []:
        if child.type == "html_inline":
            reading.tag(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            reading.word("\n")
        elif child.type == "link_open":
            reading.link(str(child.attrGet("href") or ""))
        elif child.type == "link_close":
            reading.link_end()
        elif child.type == "image":
            reading.link(str(child.attrGet("src") or ""))
            reading.word(_inline(child, kind).text)
            reading.link_end()
        else:
            reading.word(child.content)
    return reading.done(_line(token), kind)


def _html_block(token: "Token") -> Inline:
    """Read a block of HTML, in which Markdown means nothing."""
    reading = _Reading()
    at = 0
    for match in _TAG.finditer(token.content):
        reading.word(html.unescape(token.content[at : match.start()]))
        reading.tag(match[0])
        at = match.end()
    reading.word(html.unescape(token.content[at:]))
    reading.html = [token.content.removesuffix("\n")]
    return reading.done(_line(token), "html_block")
