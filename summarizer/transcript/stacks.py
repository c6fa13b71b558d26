"""Paragraphs to stacked labels: a part, an office and a name on lines of their own, then the speech.

主持人 / 国家卫生健康委新闻发言人、宣传司副司长 / 米锋: the lines come in any order, with or without
a colon behind the last one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.transcript import lexicon
from summarizer.transcript.forms import who
from summarizer.transcript.labels import Label
from summarizer.transcript.persons import Who

_MOST_LINES = 4
_SHORTEST_SPEECH = 15  # characters; a shorter paragraph under a stack has to greet
_NAME_LINE = 12
_WHOLE = 1 << 30  # a stack takes its last line to the end
_HEADED = re.compile(r"^(?:文字|图文|圖文)?(?:实录|實錄)[：:\s]*")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    kind: Literal["part", "office", "name"]
    words: str


def find(texts: Mapping[int, str]) -> list[Label]:
    """Find the labels of several lines, in the order of the file.

    >>> lines = ["主持人", "市新闻办副主任", "米朗", "各位记者朋友，大家上午好。"]
    >>> [(label.who.name, label.numbers) for label in find(dict(enumerate(lines, start=1)))]
    [('米朗', (1, 2, 3))]

    Args:
        texts: The text of each paragraph, by its number.
    """
    found: list[Label] = []
    lines: list[_Line] = []
    for number, text in texts.items():
        line = _line(number, text if lines else _HEADED.sub("", text.strip()))
        if line is not None:
            lines.append(line)
            continue
        # The last office of the title may stand right above the first name.
        sizes = range(min(len(lines), _MOST_LINES), 1, -1)
        label = next((label for size in sizes if (label := _stacked(lines[-size:], text))), None)
        found += [label] if label is not None else []
        lines = []
    return found


def _line(number: int, text: str) -> _Line | None:
    """Read a line that a stack may hold."""
    bare = text.strip()
    if bare in lexicon.GENERIC:
        return _Line(number, "part", bare)
    if _is_office(bare):
        return _Line(number, "office", bare)
    plain = re.sub(rf"\s|{lexicon.COLON}$", "", bare)
    person = who(plain) if 0 < len(plain) <= _NAME_LINE and not lexicon.SAYS.search(plain) else None
    is_name = person is not None and person.is_name and person.title is None
    return _Line(number, "name", plain) if is_name else None


def _stacked(lines: Sequence[_Line], speech: str) -> Label | None:
    """One label of the lines of a stack, if they are one: a name and what the person is."""
    kinds = [line.kind for line in lines]
    speaks = len(speech) >= _SHORTEST_SPEECH or lexicon.GREETING.search(speech) is not None
    if kinds.count("name") != 1 or "office" not in kinds or not speaks:
        return None
    words = {kind: [line.words for line in lines if line.kind == kind] for kind in kinds}
    role = lexicon.GENERIC[words["part"][0]] if "part" in words else "unknown"
    person = Who(words["name"][0], "、".join(words["office"]), role, is_name=True)
    numbers = tuple(line.number for line in lines)
    written = " ".join(line.words for line in lines)
    return Label(numbers, 0, _WHOLE, written, written, person, (), is_marked=True, is_alone=True, opens=True)


def _is_office(text: str) -> bool:
    ends = [match.end() for match in lexicon.OFFICE.finditer(text)]
    return bool(ends) and ends[-1] == len(text) <= 50 and not re.search(r"[。！？，；：:?!;]", text)
