"""The page's own Markdown: how outside text is escaped, how ids, anchors and citations are written.

Text from a transcript or a model is never markup. What is escaped here is read back unchanged by
a CommonMark parser with HTML on; tests hold the two together.
"""

import re
import unicodedata
from collections.abc import Iterable

# Characters that reorder or hide text in a terminal or a browser.
_INVISIBLE = frozenset(
    "\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BREAKS = re.compile(r"[\s\x1c-\x1e\x85\u2028\u2029]+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$^{}&])")
_AT_START = re.compile(r"^([#+\-=:>!%])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_SCHEME = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)")
_WWW = re.compile(r"(?i)(www)(\.)")
_MAIL = re.compile(r"(?<=\w)@(?=\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…]*")

ANCHOR = re.compile(r'<a id="([a-z0-9./-]+)"></a>')
CITATION = re.compile(r"\[¶([0-9.–+]+)\]\(#(p[0-9]+(?:\.[0-9]+)?)\)")


def plain(text: str) -> str:
    """Fold white space and drop what cannot be seen; what a reader of the page gets.

    >>> plain("one  two")
    'one two'
    """
    folded = _BREAKS.sub(" ", text)
    if folded.isprintable():  # nothing hidden, as nearly always
        return folded.strip()
    return "".join(
        c for c in folded if unicodedata.category(c) not in {"Cc", "Cs"} and c not in _INVISIBLE
    ).strip()


def escape(text: str) -> str:
    r"""Write untrusted text as one line of Markdown that means just that text.

    >>> print(escape("# not a heading <b>"))
    \# not a heading \<b\>
    """
    text = _SPECIAL.sub(r"\\\1", plain(text))
    text = _AT_START.sub(r"\\\1", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    for pattern in (_SCHEME, _WWW):
        text = pattern.sub(r"\1\\\2", text)
    return _MAIL.sub(r"\\@", text)


def unescape(text: str) -> str:
    """Read one line of escaped Markdown back as text.

    >>> unescape(escape("1. a*b www.x"))
    '1. a*b www.x'
    """
    return _ESCAPED.sub(r"\1", text)


def chinese(text: str, lang: str) -> str:
    """Write Chinese text, tagged with its language so that screen readers and fonts know it."""
    return f'<span lang="{lang}">{escape(text)}</span>'


def tag_chinese(text: str, lang: str) -> str:
    """Escape text of both languages and tag the runs of Chinese in it."""
    text = plain(text)
    pieces, end = [], 0
    for run in _HAN.finditer(text):
        pieces += [_keeping_blanks(text[end : run.start()]), chinese(run.group(), lang)]
        end = run.end()
    return "".join([*pieces, _keeping_blanks(text[end:])])


def _keeping_blanks(text: str) -> str:
    # Escaping trims; between two runs the blanks at both ends count.
    body = text.strip()
    if not body:
        return text
    return text.replace(body, escape(body), 1)


def anchor(identity: str) -> str:
    """Write the anchor of a unit."""
    return f'<a id="{identity}"></a>'


def numbers(paragraphs: Iterable[int], passage: str = "") -> str:
    """Name paragraphs as a reader cites them; adjacent ones as a range, others with a plus.

    >>> numbers([10, 11]), numbers([37, 31]), numbers([1], "p1.7")
    ('10–11', '37+31', '1.7')
    """
    paragraphs = tuple(paragraphs)
    if "." in passage:
        return passage.removeprefix("p")
    runs: list[list[int]] = []
    for number in paragraphs:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "+".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def citation(passage: str, paragraphs: Iterable[int]) -> str:
    """Write a citation: a visible number that is also a link."""
    return f"[¶{numbers(paragraphs, passage)}](#{passage})"
