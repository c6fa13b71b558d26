"""Markdown to plain words: bold marks in all their broken forms, links, quotation bars, the YAML head."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.values import FrontKind

_RUN = re.compile(r"\*{2,}")
_GRADE = re.compile(r"(?<=\d)\*{2,}(?!\w)")
# An address may hold brackets, and holds no Chinese: [主持人](笑) is no link.
_ADDRESS = r"\((?:[^()\s\u3400-\u9fff]|\([^()]*\))+(?:\s+\"[^\"]*\")?\)"
_IMAGE = re.compile(rf"!\[(?P<alt>[^\]]*)\]{_ADDRESS}")
_LINK = re.compile(rf"\[(?P<words>[^\]]+)\]{_ADDRESS}")
_PICTURE = re.compile(r"\s*!\[[^\]]*\]\([^)]*\)\s*$")
_EMPHASIS = re.compile(r"([*_])(?![*_\s])(?P<words>[^*_]+)\1$")
_FENCE = "---"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIELD = re.compile(r"(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>.*)$")
_MOST_FIELDS = 40
_BAR = re.compile(r"^(?:>\s*)+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


def plain(text: str, *, is_markdown: bool) -> str:
    r"""Undo the marks of one paragraph.

    A single run of asterisks is no pair, so that a grade ``5**`` stays what it is.

    >>> plain("**记者：**来了吗？", is_markdown=False), plain("得了5**。", is_markdown=False)
    ('记者：来了吗？', '得了5**。')
    >>> plain("> 见[公报](https://a.example)", is_markdown=True)
    '见公报'
    """
    if text.endswith(("|", "｜")) and not text.startswith(("|", "｜")):
        text = text.rstrip("|｜ ")  # the last column of a table that lost its others
    if len(_RUN.findall(text)) > 1:
        text = _without_runs(text).strip()
    if not is_markdown:
        return text
    text = _IMAGE.sub(lambda image: image["alt"], _BAR.sub("", text))
    text = _EMPHASIS.sub(lambda emphasis: emphasis["words"], text)
    return _ESCAPE.sub(r"\1", _LINK.sub(lambda link: link["words"], text))


@dataclass(frozen=True, slots=True)
class Around:
    """What stands about the words of a Markdown file: its YAML head, and its pictures."""

    kinds: Mapping[int, FrontKind]  # by paragraph
    fields: Mapping[str, str]  # of the head: title, date, …


NOTHING = Around({}, {})


def around(texts: Mapping[int, str]) -> Around:
    """Find the YAML head and the pictures of a Markdown file.

    >>> found = around({1: "---", 2: "title: 水价不涨", 3: "---", 4: "![井](a.png)", 5: "问：涨吗？"})
    >>> found.fields, found.kinds
    ({'title': '水价不涨'}, {4: 'caption', 1: 'other', 2: 'other', 3: 'other'})

    Args:
        texts: The text of each paragraph as it stands in the file, by its number.
    """
    kinds: dict[int, FrontKind] = {
        number: "caption" for number, text in texts.items() if _PICTURE.match(text)
    }
    lines = list(texts.items())[: _MOST_FIELDS + 2]
    ends = [number for number, text in lines if text == _FENCE]
    if not lines or lines[0][1] != _FENCE or len(ends) < 2:
        return Around(kinds, {})
    head = [(number, text) for number, text in lines if number <= ends[1]]
    # Two rules about an exchange are no head: a head holds keys, and what continues them.
    if not any(_FIELD.match(text) for _, text in head):
        return Around(kinds, {})
    kinds |= {number: "other" for number, _ in head}
    found = (match for _, text in head if (match := _FIELD.match(text)) is not None)
    fields = {match["key"].lower(): match["value"].strip("\"' ") for match in found}
    if "date" in fields and (date := _DATE.match(fields.pop("date"))) is not None:
        fields["date"] = date.group()  # any other spelling is the editor's to say, in the .toml
    return Around(kinds, fields)


def _without_runs(text: str) -> str:
    """Drop the runs of asterisks; of an odd number, one behind a digit is a grade and stays."""
    pairs = sum(len(run) for run in _RUN.findall(text)) // 2
    grades = list(_GRADE.finditer(text)) if pairs % 2 else []
    if not grades:
        return _RUN.sub("", text)
    start, end = grades[-1].span()
    return _RUN.sub("", text[:start]) + text[start:end] + _RUN.sub("", text[end:])
