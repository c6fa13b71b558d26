"""Paragraphs to candidates: every place where a label could stand, and whom it would name.

Nothing is decided here. A label may open a paragraph, stand on a line (or several) of its
own, or follow a sentence inside a paragraph; :mod:`habits` tells which ones the document
bears out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.transcript import lexicon
from summarizer.transcript.forms import Who, who, without_asides


@dataclass(frozen=True, slots=True)
class Label:
    """Words that may say who speaks from here on."""

    numbers: tuple[int, ...]  # the paragraphs it stands in; several for a label of several lines
    start: int  # in the text of the last of them: where the label begins,
    end: int  # and where the speech begins
    text: str  # as written, without colon, brackets and stage directions
    who: Who
    asides: tuple[str, ...]  # what stood in brackets inside the label
    is_marked: bool  # a colon or brackets say that it is a label
    is_alone: bool  # nothing is said in the same paragraph
    opens: bool  # it opens its paragraph


_COLON = re.compile(lexicon.COLON)
_BRACKETED = re.compile(rf"[\[【](?P<head>[^\[\]【】：:︰]{{1,60}})[\]】]\s*{lexicon.COLON}?")
_CLOCK = re.compile(
    r"[\[（(【]?\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?|(?:上午|下午)?\d{1,2}[時时]\d{1,2}分)\s*[\]）)】]?"
)
_BEFORE = (
    '。！？!?…；;”」』）)】]〕.*"〉>—'  # a label inside a paragraph follows one of these, or white space
)
_MOST = 60  # characters of a label; the longest title seen has 46
_CLOSERS = {"）": "（", ")": "(", "〕": "〔", "]": "[", "】": "【"}
_STOPS = "。！？!?；;"
_SUBTITLE = re.compile(
    r"\s*(?:—|－|-{2})|.*(?:对话|對話|专访|專訪|访谈|訪談|访).*负责人|(?:对话|對話|专访|專訪)"
)


def find(texts: Mapping[int, str]) -> list[Label]:
    """Find every candidate, in the order of the file.

    >>> found = find({1: "记者：来了吗？市长 韩冬青：来了。"})
    >>> [(label.text, label.who.name, label.start) for label in found]
    [('记者', '记者', 0), ('市长 韩冬青', '韩冬青', 7)]

    Args:
        texts: The text of each paragraph, by its number, without bold marks.
    """
    stacked = _stacked(list(texts.items()))
    found: list[Label] = []
    under: set[int] = set()
    for number, text in texts.items():
        label = stacked.get(number)
        if label is not None:
            found.append(label)
            under.update(label.numbers)
        elif number not in under:
            found += _in_paragraph(number, text)
    return found


def _in_paragraph(number: int, text: str) -> Iterator[Label]:
    whole = _own_line(number, text)
    if whole is not None:
        yield whole
        return
    taken = 0
    for head in _heads(text):
        label = _read(number, text, head) if head[1] >= taken else None
        if label is not None:
            yield label
            taken = label.end


def _heads(text: str) -> Iterator[tuple[str, int, int]]:
    """Every stretch of words that stands where a label could: words, start, end with its colon."""
    brackets = [(m["head"], m.start(), m.end()) for m in _BRACKETED.finditer(text)]
    colons = []
    for colon in _COLON.finditer(text):
        at = colon.start()
        if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            continue  # a time of day
        start = _boundary(text, at)
        if start < at:
            colons.append((text[start:at], start, colon.end()))
    yield from sorted(brackets + colons, key=lambda head: (head[1], -head[2]))


def _boundary(text: str, at: int) -> int:
    """Walk back from a colon to where its label begins, past brackets in it."""
    limit = max(0, at - _MOST)
    start = at
    while start > limit:
        before = text[start - 1]
        if before in _CLOSERS:
            opened = text.rfind(_CLOSERS[before], limit, start)
            # A bracket inside a label follows its words; one that stands alone ends what came before.
            if opened <= limit or text[opened - 1] in _BEFORE or text[opened - 1].isspace():
                return start
            start = opened
            continue
        if before in _BEFORE and not (before == "." and text[start : start + 1].isascii()):
            return start
        if before in "：:︰“「『":
            return start
        start -= 1
    return start


def _read(number: int, text: str, head: tuple[str, int, int]) -> Label | None:
    """Read one stretch: as a whole, or only its last words where white space parts them from the rest."""
    words, start, end = head
    if _is_quoted(text, start):
        return None
    for offset in _offsets(words):
        written, asides = without_asides(words[offset:])
        written = _CLOCK.sub("", written)
        bare = " ".join(written.strip("*＊ \u3000\t….·、，,-—").split())
        found = who(bare) if bare else None
        if found is None or (offset and not found.sure and not found.is_name):
            continue
        clock = _CLOCK.match(text, end)
        close = _past_blanks(text, clock.end() if clock and not clock.group().isdigit() else end)
        begin = start + offset
        return Label(
            (number,), begin, close, bare, found, asides, is_marked=True,
            is_alone=close >= len(text), opens=begin <= _MOST and not _said_before(text[:begin]),
        )  # fmt: skip
    return None


def _said_before(text: str) -> bool:
    """Whether more than a clock and some dots stands before a label."""
    return bool(_CLOCK.sub("", text).strip("*＊ \u3000\t….·—-[]（）()"))


def _offsets(words: str) -> Iterator[int]:
    yield len(words) - len(words.lstrip())
    blanks = [match.end() for match in re.finditer(r"\s+", words.strip())]
    lead = len(words) - len(words.lstrip())
    for blank in blanks[-3:]:
        yield lead + blank


def _own_line(number: int, text: str) -> Label | None:
    """Read a paragraph that is nothing but a label without a colon: 主持人, 新华社记者, Speaker 1 00:12."""
    bare = _CLOCK.sub("", text).strip("*＊ \u3000\t#[]【】")
    if not 0 < len(bare) <= _MOST or any(stop in bare for stop in _STOPS) or _COLON.search(bare):
        return None
    written, asides = without_asides(bare)
    found = who(" ".join(written.split()))
    if found is None or _SUBTITLE.match(text):
        return None
    is_bracketed = text.strip("*＊ \u3000")[:1] in "[【"
    return Label(
        (number,), 0, len(text), written, found, asides, is_marked=is_bracketed, is_alone=True, opens=True
    )


def _stacked(paragraphs: Sequence[tuple[int, str]]) -> dict[int, Label]:
    """Find the labels that stand on several lines: a part, an office, a name, then the speech."""
    found: dict[int, Label] = {}
    for index, (number, text) in enumerate(paragraphs[:-2]):
        name, speech = paragraphs[index + 1], paragraphs[index + 2][1]
        if not _is_office(text) or len(speech) < 15:
            continue
        plain = re.sub(rf"\s|{lexicon.COLON}$", "", name[1])
        person = who(plain) if len(plain) <= 12 else None
        if person is None or not person.is_name or person.title or lexicon.SAYS.search(plain):
            continue
        part = lexicon.GENERIC.get(paragraphs[index - 1][1].strip()) if index else None
        numbers: tuple[int, ...] = (number, name[0])
        written = f"{text} {plain}"
        if part is not None:
            numbers = (paragraphs[index - 1][0], *numbers)
            written = f"{paragraphs[index - 1][1].strip()} {written}"
        cast = Who(plain, text, part or "unknown", is_name=True)
        found[numbers[0]] = Label(
            numbers, 0, len(name[1]), written, cast, (), is_marked=True, is_alone=True, opens=True
        )
    return found


def _is_office(text: str) -> bool:
    ends = [match.end() for match in lexicon.OFFICE.finditer(text)]
    return bool(ends) and ends[-1] == len(text) <= 50 and not re.search(r"[。！？，,；：:]", text)


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place lies inside an open quotation, where a colon parts nobody from his words."""
    near = text[max(0, at - 300) : at]
    return max(map(near.rfind, "“「『")) > max(map(near.rfind, "”」』"))


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] == "*"):
        at += 1
    return at
