"""Clocks: the times and dates that transcripts write on lines of their own, and beside labels.

A recogniser writes ``00:12`` before a speaker, a gazette ``（11時8分）`` behind one, a live page
``2018-10-29 15:30`` between two entries. None of it is speech.
"""

import re

_OPEN, _CLOSE = r"[（(【\[〔]", r"[）)】\]〕]"
_TIME = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?"
_HOUR = r"(?:上午|下午|中午|晚上)?\s*\d{1,2}[时時](?:\d{1,2}分)?"
_MINUTE = r"(?:上午|下午)?\d{1,2}[时時]\d{1,2}分"
_DAY = (
    r"(?:\d{4}|[二〇○零一二三四五六七八九]{4})\s*[年\-/.]\s*[\d一二三四五六七八九十]{1,3}\s*[月\-/.]"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*日?(?:\s*[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?"
)
_STAMP = rf"\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?[T\s]*{_TIME}"
_LINE = re.compile(
    rf"{_OPEN}?\s*(?:(?:香港|北京|本地|台北|当地)[时時][间間]\s*)?"
    rf"(?:{_TIME}(?:\s*(?:-->|[-—~至])\s*{_TIME})?|{_HOUR})\s*{_CLOSE}?$|"
    rf"{_OPEN}?\s*(?:(?:发布|發佈|更新|直播|访谈)?(?:时间|日期|時間)\s*[:：]\s*)?{_DAY}"
    rf"(?:\s*(?:{_TIME}|{_HOUR}))?\s*{_CLOSE}?(?:\s*(?:来源|來源|作者).*)?$"
)
_BESIDE = rf"{_OPEN}\s*(?:{_STAMP}|{_TIME}|{_MINUTE})\s*{_CLOSE}"
_LEADING = re.compile(
    rf"\s*(?:{_BESIDE}|{_STAMP}|\d{{1,2}}:\d{{2}}:\d{{2}}(?:\.\d{{1,3}})?|{_MINUTE}(?=\s))\s*"
)
_TRAILING = re.compile(rf"\s*(?:{_OPEN}\s*(?:{_STAMP}|{_TIME})\s*{_CLOSE}|{_STAMP})\s*$")
_IN_LABEL = re.compile(rf"{_BESIDE}|{_STAMP}|{_TIME}|{_MINUTE}")


def is_line(text: str) -> bool:
    """Whether a paragraph says nothing but when.

    >>> is_line("2018-10-29 15:30"), is_line("[00:12]"), is_line("15:30开会。")
    (True, True, False)
    """
    return _LINE.match(text) is not None


def leading(text: str) -> int:
    """How many characters a clock takes at the beginning of *text*.

    >>> leading("（11時8分）請問部長"), leading("2018-10-29 15:30续梅"), leading("15人出席")
    (7, 16, 0)
    """
    match = _LEADING.match(text)
    return match.end() if match else 0


def trailing(text: str) -> int:
    """Where in *text* the date and time begin that it ends with; its length if it ends with none.

    >>> trailing("辛苦了。2018-10-29 15:31"), trailing("辛苦了。")
    (4, 4)
    """
    # No stamp is longer, and a search from the left through a long paragraph would be slow.
    near = max(0, len(text) - 40)
    match = _TRAILING.search(text, near)
    return match.start() if match else len(text)


def without(words: str) -> str:
    """The words of a label without the clock beside them.

    >>> without("[00:12] 主持人"), without("Speaker 1 00:12")
    (' 主持人', 'Speaker 1 ')
    """
    return _IN_LABEL.sub("", words)
