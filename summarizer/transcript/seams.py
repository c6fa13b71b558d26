"""Two ends to clues: what speaks for the text on the right continuing the text on the left?

A clue is a measured fact with, where it helps an editor, a reason in words. What a clue is worth is
decided in :mod:`~summarizer.transcript.matching`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.transcript.vocabulary import is_word, words

_ENDS = tuple('。！？!?…”"」』）)》】>.;；：:︰—～~*')
_SALUTATION = re.compile(r"各位|女士|先生|朋友|同志|同胞|主席|主持人|大家好|谢谢")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTEXT = 8  # characters on each side of a seam that decide how it is cut into words
_MEASURE = tuple(
    "封件人名个個次条條项項万萬亿億千百余餘多元年月日号號时時分秒％%份起家户戶所座台辆吨公平米倍处處位岁歲级"
)
_PAIRS = "“”", "「」", "『』", "（）", "()", "《》", "〔〕"
_MOST_DIGITS = 6  # before a comma or a point; a longer run is a telephone's
_SHORT = 10  # characters
# 1. counts what follows, and 2020年 is a number of its own.
_DIGITS_GO_ON = re.compile(r"(?!\d{1,2}[.、．](?!\d)|(?:19|20)\d{2}(?:年|\D))\d")
_VERBS = """
做到 实现 推动 加强 进行 开展 坚持 通过 以及 因为 如果 不仅 而且 由于 对于 关于
针对 围绕 按照 根据 包括 推进 完善 落实 提高 建立 深化 强化 促进 确保 成为 作为
得到 取得 达到 属于 存在 涉及 着力 不断 进一步 正在 已经 一个 这个 實現 推動 進行
和 与 與 及 的 为 為 把 将 將 被 在 从 從 向 给
給 让 讓 使 以 于 於 是 要 能 可以 应当 不 也 都 就
而 或 但 并 並 还 還 对 對 由 每 这 該 该
"""
# Characters that join words: a run with one of them stands in every text and proves nothing.
_GRAMMAR = re.compile(
    r"[的了在是有和与與及也就都不我你他她它这這那个個一着著过過把被从從向对對为為以而或但并並上下来來]"
)
_GOVERNS = tuple(_VERBS.split())
# How a sentence begins. Such a paragraph stands on its own feet, whatever ended before it.
_OPENERS = re.compile(
    r"第[一二三四五六七八九十]|[一二三四五六七八九十]+[是、]|首先|其次|再次|最后|同时|此外|另外|另一方面|一方面|我|你|您|他|她|它|大家|"
    r"今[年天]|目前|当前|下一步|比如|例如|因此|所以|但是|不过|而且|然而|如果|虽然|关于|对于|针对|从|在|各位|谢谢|感谢|好的|截至|截止|"
    r"接下来|下面|这[个是些里样]|那[个是些么]|现在|刚才|近年|去年|明年|作为|为了|随着|通过|根据|按照|经过|\d+[.、．]|[(（][一二三四五]"
)
_CONJUNCTION = re.compile(r"但|而|所以|因此|也|还|還|并|並|以及|就|才|又|都")
# What no sentence begins with.
_PARTICLE = re.compile(r"[的了着们們吗嗎呢吧地得过過和与與及或]|[，。、；：？！”）》」』,.;:?!)%％]")


@dataclass(frozen=True, slots=True)
class Clue:
    """One fact about a tail and a head."""

    name: str
    value: float = 1.0
    reason: str = ""  # in words an editor understands; empty where there is nothing to tell


class Words:
    """The runs of two to four characters of a document: what it says elsewhere."""

    def __init__(self, texts: Iterable[str]) -> None:
        text = "\n".join(texts)
        self._runs = {text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1)}

    def holds(self, words: str) -> bool:
        """Whether the document says *words*, two to four characters, somewhere."""
        return words in self._runs


def is_loose(text: str) -> bool:
    """Whether a paragraph breaks off: it ends in no mark that ends a sentence or opens a list.

    >>> is_loose("共收到来信10792"), is_loose("共收到来信10792封。"), is_loose("各位来宾，")
    (True, False, False)
    """
    if not text or text.endswith(_ENDS):
        return False
    return not (len(text) <= 25 and _SALUTATION.search(text))


def clues(left: str, right: str, said: Words) -> Iterator[Clue]:
    """What is to be seen where *left* and *right* meet.

    >>> [clue.name for clue in clues("三是严", "格落实“三个规定”。", Words([]))]
    ['word']
    """
    yield from _word(left, right, said)
    yield from _number(left, right)
    yield from _bracket(left, right)
    yield from _left_open(left)
    yield from _beginning(right)


def _word(left: str, right: str, said: Words) -> Iterator[Clue]:
    """A word that spans the seam: one the document uses, or one the dictionary knows."""
    ends = f'"{left[-3:]}" + "{right[:3]}"'
    run = next((run for run in _spanning(left, right) if said.holds(run)), None)
    if run is not None:
        yield Clue(f"phrase{len(run)}", 1.0, f"{ends} gives {run}, which stands elsewhere in the text")
    else:
        yield from _known_word(left, right, ends)
    if said.holds(left[-1:] + right[:1]):
        yield Clue("pair")
    if said.holds(left[-2:] + right[:1]) or said.holds(left[-1:] + right[:2]):
        yield Clue("triple")


def _spanning(left: str, right: str) -> Iterator[str]:
    """The runs across the seam that would prove something."""
    for before, after in ((2, 2), (3, 1), (1, 3), (2, 1), (1, 2)):
        run = left[-before:] + right[:after]
        if len(_HAN.findall(run)) == before + after and not _GRAMMAR.search(run):
            yield run


def _known_word(left: str, right: str, ends: str) -> Iterator[Clue]:
    near = left[-_CONTEXT:]
    at = 0
    for word in words(near + right[:_CONTEXT]):
        start, at = at, at + len(word)
        if start < len(near) < at and len(_HAN.findall(word)) == len(word):
            parts = word[: len(near) - start], word[len(near) - start :]
            is_compound = any(len(part) > 1 and is_word(part) for part in parts)
            yield Clue("compound" if is_compound else "word", 1.0, f"{ends} completes {word}")


def _number(left: str, right: str) -> Iterator[Clue]:
    number = re.search(r"\d[\d,.]*$", left)
    if number is None or len(re.split(r"[,.]", number[0])[0]) > _MOST_DIGITS:
        return
    if right.startswith(_MEASURE):
        yield Clue("measure", 1.0, f'"{number[0]}" + "{right[:1]}": the number gets its measure word')
    elif _DIGITS_GO_ON.match(right):
        yield Clue("digits", 1.0, f'"{number[0]}" + "{right[:4]}": the digits go on')
    elif not right.startswith((".", ",", "%", "％")):
        yield Clue("number_alone")


def _bracket(left: str, right: str) -> Iterator[Clue]:
    opened = {pair for pair in _PAIRS if left.count(pair[0]) > left.count(pair[1])}
    closed = {pair for pair in _PAIRS if pair[1] in right.partition(pair[0])[0]}
    pair = min(opened & closed, default="")
    if pair:
        yield Clue("closes", 1.0, f"{pair[1]} closes the {pair[0]} left open before the break")
    elif opened:
        yield Clue("stays_open")
    elif closed:
        yield Clue("closes_nothing")


def _left_open(left: str) -> Iterator[Clue]:
    """What leaves room for more without saying for what: a comma, a verb without its object."""
    verb = next((word for word in _GOVERNS if left.endswith(word)), None)
    if left.endswith(("，", ",", "、")):
        yield Clue("comma", 1.0, f'"{left[-5:]}" ends in a comma')
    elif verb:
        yield Clue("governs", 1.0, f'"{left[-6:]}" ends in {verb}, which needs what follows')


def _beginning(right: str) -> Iterator[Clue]:
    """Whether *right* reads like the beginning of a paragraph, or like the middle of a sentence."""
    if _OPENERS.match(right):
        yield Clue("opener")
    if _PARTICLE.match(right):
        yield Clue("particle", 1.0, f'"{right[:3]}" begins no sentence')
    if _CONJUNCTION.match(right):
        yield Clue("conjunction")
    if len(right) < _SHORT:
        yield Clue("short")
