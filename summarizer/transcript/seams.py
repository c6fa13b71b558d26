"""Two ends to evidence: does the text on the right continue the text on the left?

A seam is judged by what it does: it completes a word that the dictionary knows or that the
document uses elsewhere, gives a number its measure word, gives a verb its object, or closes
what was open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.transcript.vocabulary import is_word, words

_ENDS = tuple('。！？!?…”"」』）)》】>.;；：:︰—～~*')
_SALUTATION = re.compile(r"各位|女士|先生|朋友|同志|同胞|主席|主持人|大家好|谢谢")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTEXT = 8  # characters on each side of a seam that decide how it is cut into words
_MEASURE = tuple(
    "封件人名个個次条條项項万萬亿億千百余餘多元年月日号號时時分秒％%份起家户戶所座台辆吨公平米倍处處位岁歲级"
)
_MOST_DIGITS = 6  # before a comma or a point; a longer run is a telephone's
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


@dataclass(frozen=True, slots=True)
class Seam:
    """How well two ends fit: what speaks for it, weighed, and in words an editor understands."""

    weight: float
    evidence: tuple[str, ...]
    closes: bool  # it completes something; a verb or a comma only leaves room for something


class Words:
    """The runs of three and four characters of a document: what it says elsewhere."""

    def __init__(self, texts: Iterable[str]) -> None:
        text = "\n".join(texts)
        self._runs = {text[at : at + size] for size in (3, 4) for at in range(len(text) - size + 1)}

    def holds(self, words: str) -> bool:
        """Whether the document says *words*, three or four characters, somewhere."""
        return words in self._runs


def is_loose(text: str) -> bool:
    """Whether a paragraph breaks off: it ends in no mark that ends a sentence or opens a list.

    >>> is_loose("共收到来信10792"), is_loose("共收到来信10792封。"), is_loose("各位来宾，")
    (True, False, False)
    """
    if not text or text.endswith(_ENDS):
        return False
    return not (len(text) <= 25 and _SALUTATION.search(text))


def judge(left: str, right: str, said: Words) -> Seam:
    """Weigh the evidence that *right* continues *left*."""
    found = [
        *_word(left, right, said),
        *_number(left, right),
        *_closing(left, right),
    ]
    closes = bool(found)
    if not found:
        found = _room(left)
    weight = sum(weight for weight, _ in found)
    if _OPENERS.match(right) and not closes:
        weight -= 0.4
    return Seam(weight, tuple(reason for _, reason in found), closes)


def _word(left: str, right: str, said: Words) -> list[tuple[float, str]]:
    """A word that spans the seam, while neither side is a whole word without it."""
    ends = f'"{left[-3:]}" + "{right[:3]}"'
    for before, after in ((2, 2), (3, 1), (1, 3), (2, 1), (1, 2)):
        spanning = left[-before:] + right[:after]
        is_term = len(_HAN.findall(spanning)) == before + after and not _GRAMMAR.search(spanning)
        if is_term and said.holds(spanning):
            weight = 0.4 if len(spanning) > 3 else 0.25  # three characters may be the ends of two words
            return [(weight, f"{ends} gives {spanning}, which stands elsewhere in the text")]
    near = left[-_CONTEXT:]
    at = 0
    for word in words(near + right[:_CONTEXT]):
        start, at = at, at + len(word)
        if start < len(near) < at and len(_HAN.findall(word)) == len(word):
            parts = word[: len(near) - start], word[len(near) - start :]
            whole = any(len(part) > 1 and is_word(part) for part in parts)
            return [(0.1 if whole else 0.3, f"{ends} completes {word}")]
    return []


def _number(left: str, right: str) -> list[tuple[float, str]]:
    number = re.search(r"\d[\d,.]*$", left)
    if number is None:
        return []
    if len(re.split(r"[,.]", number[0])[0]) > _MOST_DIGITS:
        return []
    if right.startswith(_MEASURE):
        return [(0.4, f'"{number[0]}" + "{right[:1]}": the number gets its measure word')]
    return [(0.3, f'"{number[0]}" + "{right[:4]}": the digits go on')] if _DIGITS_GO_ON.match(right) else []


def _closing(left: str, right: str) -> list[tuple[float, str]]:
    for opens, closes in ("“”", "「」", "『』", "（）", "()", "《》", "〔〕"):
        is_open = left.count(opens) > left.count(closes)
        first = right.find(closes)
        if is_open and first >= 0 and opens not in right[:first]:
            return [(0.35, f"{closes} closes the {opens} left open before the break")]
    return []


def _room(left: str) -> list[tuple[float, str]]:
    """What leaves room for more without saying for what: a comma, a verb without its object."""
    if left.endswith(tuple("，,、")):
        return [(0.3, f'"{left[-5:]}" ends in a comma')]
    verb = next((word for word in _GOVERNS if left.endswith(word)), None)
    return [(0.3, f'"{left[-6:]}" ends in {verb}, which needs what follows')] if verb else []
