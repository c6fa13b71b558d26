"""Paragraph to heads: every stretch of words that stands where a label could.

A label ends at a colon or stands in brackets, and begins where something ended before it: a
sentence, a bracket, white space, a clock, a bullet. A label the document is known to use also
begins where nothing parts it from the title or caption it is glued to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.transcript import clocks, lexicon
from summarizer.transcript.forms import who

MOST = 60  # characters of a label; the longest title seen has 46

_COLON = re.compile(lexicon.COLON)
_BRACKETED = re.compile(rf"[\[【](?P<head>[^\[\]【】：︰]{{1,60}})[\]】]\s*{lexicon.COLON}?")
_BEFORE = '。！？!?…；;”」』）)】]〕.*"〉>—•●■◆▪►▶※丨'
_OPENERS = "：:︰“「『"
_JOINS = ("各位", "广大", "廣大", "、", "和", "与", "與", "·", "・", "•", "‧")
_QUOTED = {"”": "“", "」": "「", "』": "『", '"': '"'}  # 网友“海阔天空”：
_CLOSERS = {"）": "（", ")": "(", "〕": "〔", "]": "[", "】": "【"}


@dataclass(frozen=True, slots=True)
class Head:
    """Words where a label could stand."""

    words: str
    start: int  # in the paragraph: where the words begin,
    end: int  # and where the colon or the bracket behind them ends
    is_bracketed: bool = False


def heads(text: str, known: re.Pattern[str] | None = None) -> Iterator[Head]:
    """Find the heads of a paragraph, in order.

    >>> [head.words for head in heads("记者：来了吗？市长 韩冬青：来了。12:30到的。")]
    ['记者', '市长 韩冬青']

    Args:
        text: The paragraph.
        known: The labels that the document is known to use; one of them is cut from what it is glued to.
    """
    found = [Head(m["head"], m.start(), m.end(), is_bracketed=True) for m in _BRACKETED.finditer(text)]
    for colon in _COLON.finditer(text):
        at = colon.start()
        if _is_in_a_number(text, at):
            continue
        start = _start(text, at)
        if start < at:
            found.append(_unglued(Head(text[start:at], start, colon.end()), known))
    yield from sorted(found, key=lambda head: (head.start, -head.end))


def _is_in_a_number(text: str, at: int) -> bool:
    """Whether a colon parts hours from minutes, or one side of a score from the other."""
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _start(text: str, at: int) -> int:
    """Walk back from a colon to where its label begins, past brackets in it."""
    limit = max(0, at - MOST)
    start = at
    while start > limit:
        before = text[start - 1]
        closers = _CLOSERS | _QUOTED if start == at else _CLOSERS
        if before in closers:
            opened = text.rfind(closers[before], limit, start - 1)
            # A bracket inside a label follows its words; one that stands alone ends what came before.
            if opened <= limit or text[opened - 1] in _BEFORE or text[opened - 1].isspace():
                break
            start = opened
            continue
        if before in _BEFORE and not (before == "." and text[start : start + 1].isascii()):
            break
        if before in _OPENERS and not _is_in_a_number(text, start - 1):
            break
        start -= 1
    return start + clocks.leading(text[start:at])


def _unglued(head: Head, known: re.Pattern[str] | None) -> Head:
    """Cut a known label from the words it is glued to: …新闻发布会实录主持人, but not 北岸晚报记者."""
    label = known.search(head.words) if known is not None else None
    if label is None or label.start() == 0 or _is_one(head.words, label):
        return head
    return Head(label.group(), head.start + label.start(), head.end)


def _is_one(words: str, label: re.Match[str]) -> bool:
    """Whether a known label is the end of a longer one, or of a word."""
    before = words[: label.start()].strip()
    if len(label.group().strip()) == 1 or lexicon.NEVER.match(words):  # 反问 is no 问, 方案A no A
        return True
    if before in lexicon.PARTS or before.endswith(_JOINS):  # 嘉宾阿布, 安娜·贝尔格
        return True
    whole = who(words.strip())
    if whole is None:
        return False
    is_person = whole.is_name and whole.name == label.group().strip()
    return is_person or (whole.role == "questioner" and lexicon.MEDIUM.fullmatch(before) is not None)
