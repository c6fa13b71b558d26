"""Paragraphs to candidates: every place where a label could stand, and whom it would name.

Nothing is decided here. A label may open a paragraph, stand on a line (or several) of its
own, or follow a sentence inside a paragraph; :mod:`weighing` tells which ones the document
bears out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.transcript import clocks, front_matter, lexicon
from summarizer.transcript.asides import named_in, without_asides
from summarizer.transcript.forms import who
from summarizer.transcript.heads import MOST, Head, heads
from summarizer.transcript.persons import Who


@dataclass(frozen=True, slots=True)
class Label:
    """Words that may say who speaks from here on."""

    numbers: tuple[int, ...]  # the paragraphs it stands in; several for a label of several lines
    start: int  # in the text of the last of them: where the label begins,
    end: int  # and where the speech begins
    text: str  # its words, without colon, brackets and what stands in them
    written: str  # as written, with the brackets that say who it is
    who: Who
    asides: tuple[str, ...]  # what stands in brackets in it and names nobody: stage directions
    is_marked: bool  # a colon or brackets say that it is a label
    is_alone: bool  # nothing is said in the same paragraph
    opens: bool  # it opens its paragraph, or stands behind the clock that ends another entry
    is_bracketed: bool = False
    is_doubled: bool = False  # the same words stand in the line above


_MOST_KNOWN = 200  # labels that recur; more are no labels
_COLON = re.compile(lexicon.COLON)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SET_WIDE = re.compile(
    r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]\s+\S"
)  # 主　席　韓院長國瑜: a field of the minutes
_STOPS = "。！？!?；;"
_AROUND = "*＊# \u3000\t….·•●■◆▪►▶※—-"  # what may stand about a label
_BRACKETS = "[]【】（）()"
_NAMED_BEHIND = re.compile(r"[（(](?P<name>[^（）()]{2,20})[）)]\s*")
_NAMED_AGAIN = re.compile(rf"(?P<name>[^\s：:︰，,。！？!?]{{1,14}}){lexicon.COLON}\s*")
_EXPLAINS = re.compile(r"[A-Za-z]{2}|简称|簡稱|下称|下稱")  # a foreign name, an alias
_NICKNAME = re.compile(r"^(?!.*[，,。！？!?；;]).{0,13}[A-Za-z\u4e00-\u9fff].{0,13}$")
_SUBTITLE = re.compile(
    r"\s*(?:—|－|-{2})|.*(?:对话|對話|专访|專訪|访谈|訪談|访).*负责人|.{0,12}(?:对话|對話|专访|專訪)(?!嘉宾|嘉賓|人)"
)
# 来源:《亲子周末》  记者:乔木  2019-05-31 07:45
_CREDITS = re.compile(
    rf"\s*(?:来源|來源|作者|责任编辑|发布时间|發布時間|稿源){lexicon.COLON}[^。！？!?]{{0,80}}$"
)
_SPEECH = re.compile(r"(?P<name>.+?)(?:发言|發言|致辞|致詞|讲话|講話)$")


def find(texts: Mapping[int, str], stacked: Sequence[Label] = ()) -> list[Label]:
    """Find every candidate, in the order of the file.

    >>> found = find({1: "记者：来了吗？市长 韩冬青：来了。"})
    >>> [(label.text, label.who.name, label.start) for label in found]
    [('记者', '记者', 0), ('市长 韩冬青', '韩冬青', 7)]

    Args:
        texts: The text of each paragraph, by its number, without bold marks.
        stacked: The labels of several lines that were found already.
    """
    under = {number for label in stacked for number in label.numbers}
    apart = {number: text for number, text in texts.items() if number not in under}
    found = [label for number, text in apart.items() for label in _in_paragraph(number, text)]
    if (known := _known(found)) is not None:
        found = [label for number, text in apart.items() for label in _in_paragraph(number, text, known)]
    return _doubled(sorted([*stacked, *found], key=lambda label: (label.numbers, label.start)))


def _known(found: Sequence[Label]) -> re.Pattern[str] | None:
    """The labels that a document uses again and again."""
    times = Counter(label.text for label in found if label.is_marked)
    known = (text for text, count in times.items() if count > 1 or text in lexicon.GENERIC)
    again = sorted(known, key=len, reverse=True)
    if not again or len(again) > _MOST_KNOWN:
        return None
    return re.compile(rf"(?:{'|'.join(map(re.escape, again))})\s*$")


def _in_paragraph(number: int, text: str, known: re.Pattern[str] | None = None) -> Iterator[Label]:
    if _CREDITS.match(text):
        return
    whole = _own_line(number, text)
    if whole is not None:
        yield whole
        return
    taken = 0
    for head in heads(text, known):
        label = _read(number, text, head) if head.start >= taken else None
        if label is not None:
            yield label
            taken = label.end


def _read(number: int, text: str, head: Head) -> Label | None:
    """Read one head: as a whole, or only its last words where white space parts them from the rest."""
    if _is_quoted(text, head.start) or _is_act(text, head):
        return None
    found = list(_readings(head))
    # A reading that needs no proof is believed before one that is only longer.
    offset, words = next((one for one in found if one[1].who.sure), found[0] if found else (0, None))
    if words is None:
        return None
    begin, close = head.start + offset, _past_blanks(text, head.end)
    named = _NAMED_BEHIND.match(text, close)
    # 主持人：韩局长：您好！ speaks to somebody; [主持人] 韩冬青： says who it is.
    if named is None and (head.is_bracketed or words.who.role == "questioner"):
        named = _NAMED_AGAIN.match(text, close)
    if named is not None and (person := _player(words.who, named)) is not None:
        words = replace(words, who=person, written=f"{words.written}{named.group().strip()}")
        close = named.end()
    return Label(
        (number,), begin, close, words.text, words.written, words.who, words.asides, is_marked=True,
        is_alone=close + clocks.leading(text[close : close + MOST]) >= len(text),
        opens=_opens(text, begin), is_bracketed=head.is_bracketed,
    )  # fmt: skip


def _readings(head: Head) -> Iterator[tuple[int, "_Words"]]:
    """What a head can be read as, with where it begins; a part of it only if it names somebody."""
    for offset in _offsets(head.words):
        words = _words(head.words[offset:], is_bracketed=head.is_bracketed)
        is_part = _HAN.search(head.words[:offset]) is not None
        if words is not None and (not is_part or words.who.sure or words.who.is_name):
            yield offset, words


def _player(part: Who, named: re.Match[str]) -> Who | None:
    """Who plays a part, where the name stands behind the label: 答：（韩冬青）, [网友]：海阔天空：."""
    if part.is_name or part.role == "unknown":
        return None
    if part.role == "questioner":
        return who(f"{part.name}“{named['name']}”") if part.name in ("网友", "網友") else None
    person = named_in(part, [named["name"]])
    return replace(person, title=person.title or part.name) if person.is_name else None


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a label say."""

    text: str
    written: str
    who: Who
    asides: tuple[str, ...]


def _words(head: str, *, is_bracketed: bool = False) -> _Words | None:
    """Read the words of a label; None if they can be none."""
    whole = clocks.without(head).strip(f"{_AROUND}、，,")
    bare, asides = without_asides(whole)
    text = " ".join(bare.strip(f"{_AROUND}、，,").split())
    found = who(text) if text else None
    if found is None and is_bracketed and _NICKNAME.search(text):
        found = Who(text, sure=False)  # 【☆我是河☆】: what a form excludes, brackets may show
    if found is None:
        return None
    named = named_in(found, asides)
    is_explained = named != found or any(_EXPLAINS.search(aside) for aside in asides)
    # A bracket that says who somebody is belongs to the label; any other is a stage direction.
    return _Words(text, whole if is_explained else text, named, () if is_explained else asides)


def _opens(text: str, at: int) -> bool:
    """Whether no words stand before a label but a clock and bullets, or the clock of the entry before."""
    near = text[max(0, at - MOST) : at]
    is_first = at <= MOST and not clocks.without(near).strip(_AROUND + _BRACKETS)
    return is_first or clocks.trailing(near) < len(near)


def _offsets(words: str) -> Iterator[int]:
    """Where a label may begin among words: at their beginning, or behind one of their last blanks."""
    lead = len(words) - len(words.lstrip())
    blanks = [lead + match.end() for match in re.finditer(r"\s+", words.strip())][-3:]
    # 地点：县融媒体中心 主持人：… ends one thing and begins another.
    last = without_asides(words[blanks[-1] :])[0] if blanks else ""
    begins = lexicon.GENERIC.get(last, "questioner") != "questioner"
    yield from (*blanks[-1:], lead) if begins else (lead, *blanks)


def _own_line(number: int, text: str) -> Label | None:
    """Read a paragraph that is nothing but a label without a colon: 主持人, 新华社记者, Speaker 1 00:12."""
    bare = clocks.without(text).strip(f"{_AROUND}[]【】")
    if not 0 < len(bare) <= MOST or any(stop in bare for stop in _STOPS) or _COLON.search(bare):
        return None
    speech = _SPEECH.match(bare)
    words = _words(speech["name"] if speech else bare)
    if words is None or (speech and not words.who.is_name) or _is_no_label(text):
        return None
    is_bracketed = text.strip(_AROUND)[:1] in "[【"
    return Label(
        (number,), 0, len(text), words.text, bare, words.who, words.asides,
        is_marked=is_bracketed, is_alone=True, opens=True,
    )  # fmt: skip


def _is_no_label(text: str) -> bool:
    """Whether a line is something else by its form: a subtitle, a field of the minutes, a byline."""
    if _SUBTITLE.match(text) or _SET_WIDE.match(text):
        return True
    return front_matter.kind(text) in ("byline", "footer", "caption", "page")


def _doubled(found: Sequence[Label]) -> list[Label]:
    """Make one label of a line that stands again under itself: • 主秘 / 主秘."""
    kept: list[Label] = []
    for label in found:
        before = kept[-1] if kept else None
        is_again = (
            before is not None and label.is_alone and before.is_alone and not before.is_doubled
            and label.text == before.text
            and label.numbers[0] == before.numbers[-1] + 1
        )  # fmt: skip
        if before is not None and is_again:
            kept[-1] = replace(label, numbers=(*before.numbers, *label.numbers), is_doubled=True)
        else:
            kept.append(label)
    return kept


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place lies inside an open quotation, where a colon parts nobody from his words."""
    near = text[max(0, at - 300) : at]
    return max(map(near.rfind, "“「『﹁")) > max(map(near.rfind, "”」』﹂"))


def _is_act(text: str, head: Head) -> bool:
    """Whether a word says what somebody named in quotation marks does: 网友“浮云”提问：."""
    is_behind = head.start > 0 and text[head.start - 1] in '”」"'
    return is_behind and lexicon.ACT.fullmatch(head.words) is not None


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
