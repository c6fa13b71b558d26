"""Lines to numbered paragraphs: as they stand in the file, after undoing hard wraps.

A blank line parts two paragraphs, and so does a line end, unless the file is wrapped
at a fixed width: then a full line runs on into the next one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise, zip_longest

from summarizer.transcript import front_matter
from summarizer.values import Paragraph

_BLANK = " \t\u3000\u200b\ufeff\xa0"
_MIN_WRAP, _MAX_WRAP = 24, 120
_STOPS = tuple("。！？!?…：:；;”」")
_COLON_LINE = re.compile(r"[：:︰](?![：:︰])")
_HANGING = tuple("：:︰，。！？、；）」”》")  # what no paragraph begins with
_SLACK = 3  # columns a wrapped line may fall short, so that no line starts with a comma


def split(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """Number the paragraphs of a file.

    >>> [(p.number, p.line, p.text) for p in split(["", "问：好吗？", "", "  答：好。"])]
    [(1, 2, '问：好吗？'), (2, 4, '答：好。')]
    """
    rows = list(lines)
    texts = [row.strip(_BLANK) for row in rows]
    is_full = _fullness(texts, rows)
    aside = front_matter.furniture(texts) if is_full is not _never else frozenset[int]()
    gathered: list[tuple[int, list[str]]] = []  # the line each paragraph begins in, and its lines
    running: int | None = None  # the paragraph that the next line may continue
    for index, (text, raw) in enumerate(zip(texts, rows, strict=True)):
        if index in aside:
            # A page number parts no sentence: the paragraph goes on below it.
            gathered.append((index + 1, [text]))
        elif not text:
            running = running if _is_beside(index, aside) else None
        else:
            hangs = text.startswith(_HANGING)
            if _COLON_LINE.match(text) and index > 0 and texts[index - 1]:
                running = len(gathered) - 1  # a label's colon begins no paragraph, whatever the line before
            if running is not None and (hangs or raw[:1] not in _BLANK):
                gathered[running][1].append(text)
            else:
                gathered.append((index + 1, [text]))
                running = len(gathered) - 1
            running = running if is_full(raw.rstrip(_BLANK)) else None
    return tuple(
        Paragraph(number, line, _joined(parts)) for number, (line, parts) in enumerate(gathered, start=1)
    )


def _joined(parts: Sequence[str]) -> str:
    """Join the lines of a paragraph, each once: one paragraph can be a whole file."""
    seams = (glue(left[-1:], right[:1])[1:-1] for left, right in pairwise(parts))
    return parts[0] + "".join(seam + part for seam, part in zip(seams, parts[1:], strict=True))


def _is_beside(index: int, aside: frozenset[int]) -> bool:
    """Whether a blank line belongs to a page head: one stands within two lines of it."""
    return any(near in aside for near in range(index - 2, index + 3))


def glue(left: str, right: str) -> str:
    """Join two pieces of one line: Chinese needs nothing between them, two Latin words a space.

    >>> glue("法律监", "督"), glue("Grand", "View")
    ('法律监督', 'Grand View')
    """
    apart = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalpha()
    return f"{left} {right}" if apart else left + right


def _fullness(texts: Sequence[str], rows: Sequence[str]) -> Callable[[str], bool]:
    """Tell the full lines of a wrapped file: most lines that another follows are full, none is wider."""
    ends = [row.rstrip(_BLANK) for row in rows]
    indented = [row[:1] in _BLANK for row in rows]
    # Where some lines are indented, an indented one begins a paragraph: the line before it may be short.
    begins = indented if not all(i for i, text in zip(indented, texts, strict=True) if text) else []
    followed = [
        end
        for end, text, after, new in zip_longest(ends, texts, texts[1:], begins[1:], fillvalue="")
        if text and after and not new
    ]
    best = 0.5
    is_full: Callable[[str], bool] = _never
    for measure in (_columns, len):  # some tools count columns, some characters
        widest = max(map(measure, ends), default=0)
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
