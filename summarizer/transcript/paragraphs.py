"""Lines to numbered paragraphs: as they stand in the file, after undoing hard wraps.

A blank line parts two paragraphs, and so does a line end, unless the file is wrapped
at a fixed width: then a full line runs on into the next one.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from summarizer.values import Paragraph

_BLANK = " \t\u3000\u200b\ufeff\xa0"
_MIN_WRAP, _MAX_WRAP = 30, 120  # columns; a Chinese character takes two
_SLACK = 3  # columns a wrapped line may fall short, so that no line starts with a comma


def split(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """Number the paragraphs of a file.

    >>> [(p.number, p.line, p.text) for p in split(["", "问：好吗？", "", "  答：好。"])]
    [(1, 2, '问：好吗？'), (2, 4, '答：好。')]
    """
    rows = [(number, line.strip(_BLANK), line) for number, line in enumerate(lines, start=1)]
    width = _wrap_width([text for _, text, _ in rows])
    paragraphs: list[Paragraph] = []
    runs_on = False
    for line, text, raw in rows:
        if not text:
            runs_on = False
            continue
        if runs_on and raw[:1] not in _BLANK:
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph(last.number, last.line, glue(last.text, text))
        else:
            paragraphs.append(Paragraph(len(paragraphs) + 1, line, text))
        runs_on = width is not None and _columns(text) >= width - _SLACK
    return tuple(paragraphs)


def glue(left: str, right: str) -> str:
    """Join two pieces of one line: Chinese needs nothing between them, two Latin words a space.

    >>> glue("法律监", "督"), glue("Grand", "View")
    ('法律监督', 'Grand View')
    """
    apart = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalpha()
    return f"{left} {right}" if apart else left + right


def _wrap_width(texts: list[str]) -> int | None:
    """Find the width a file is wrapped at: most lines that another follows are full, none is wider."""
    followed = [_columns(text) for text, after in pairwise(texts) if text and after]
    widest = max(map(_columns, texts), default=0)
    if len(followed) < 3 or not _MIN_WRAP <= widest <= _MAX_WRAP:
        return None
    full = sum(columns >= widest - _SLACK for columns in followed)
    return widest if full * 2 >= len(followed) else None


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
