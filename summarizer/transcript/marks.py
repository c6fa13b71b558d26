"""Markdown to plain words: bold marks in all their broken forms, links, quotation bars."""

import re

_RUN = re.compile(r"\*{2,}")
_GRADE = re.compile(r"(?<=\d)\*{2,}(?!\w)")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?:https?:|/|#|mailto:)[^)]*\)")
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
    return _ESCAPE.sub(r"\1", _LINK.sub(lambda link: link["words"], text))


def _without_runs(text: str) -> str:
    """Drop the runs of asterisks; of an odd number, one behind a digit is a grade and stays."""
    pairs = sum(len(run) for run in _RUN.findall(text)) // 2
    grades = list(_GRADE.finditer(text)) if pairs % 2 else []
    if not grades:
        return _RUN.sub("", text)
    start, end = grades[-1].span()
    return _RUN.sub("", text[:start]) + text[start:end] + _RUN.sub("", text[end:])
