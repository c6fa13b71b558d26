"""Lines to numbered paragraphs: as they stand in the file, after undoing hard wraps.

A blank line parts two paragraphs, and so does a line end, unless the file is wrapped
at a fixed width: then a full line runs on into the next one.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise

from summarizer.values import Paragraph

_BLANK = " \t\u3000\u200b\ufeff\xa0"
_MIN_WRAP, _MAX_WRAP = 24, 120
_STOPS = tuple("。！？!?…：:；;”」")
_SLACK = 3  # columns a wrapped line may fall short, so that no line starts with a comma


def split(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """Number the paragraphs of a file.

    >>> [(p.number, p.line, p.text) for p in split(["", "问：好吗？", "", "  答：好。"])]
    [(1, 2, '问：好吗？'), (2, 4, '答：好。')]
    """
    rows = [(number, line.strip(_BLANK), line) for number, line in enumerate(lines, start=1)]
    is_full = _fullness([text for _, text, _ in rows])
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
        runs_on = is_full(text)
    return tuple(paragraphs)


def glue(left: str, right: str) -> str:
    """Join two pieces of one line: Chinese needs nothing between them, two Latin words a space.

    >>> glue("法律监", "督"), glue("Grand", "View")
    ('法律监督', 'Grand View')
    """
    apart = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalpha()
    return f"{left} {right}" if apart else left + right


def _fullness(texts: list[str]) -> Callable[[str], bool]:
    """Tell the full lines of a wrapped file: most lines that another follows are full, none is wider."""
    followed = [text for text, after in pairwise(texts) if text and after]
    best = 0.5
    is_full: Callable[[str], bool] = _never
    for measure in (_columns, len):  # some tools count columns, some characters
        widest = max(map(measure, texts), default=0)
        full = [text for text in followed if measure(text) >= widest - _SLACK]
        # Lines of one length that all end a sentence are short paragraphs, not a wrapped one.
        broken = sum(not text.endswith(_STOPS) for text in full)
        is_wrapped = len(full) >= 3 and broken * 2 >= len(full) and _MIN_WRAP <= widest <= _MAX_WRAP
        if is_wrapped and len(full) / len(followed) >= best:
            best, is_full = len(full) / len(followed), partial(_is_full, measure, widest - _SLACK)
    return is_full


def _never(_: str) -> bool:
    return False


def _is_full(measure: Callable[[str], int], width: int, text: str) -> bool:
    return measure(text) >= width


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
