"""Two texts, one in Chinese and one in English, to what their quantities agree and disagree on."""

import re
from dataclasses import dataclass
from decimal import Decimal

from summarizer.quantities import chinese, english
from summarizer.quantities.quantity import Quantity, date_parts

_RELATIVE = Decimal("0.025")
_UP, _DOWN = frozenset({"above", "at least"}), frozenset({"below", "at most"})
_CURRENCIES = (
    ("US", "美元|US|\\$|dollar"),
    ("HK", "港元|HK"),
    ("CN", "元|人民币|RMB|CNY|¥|yuan|renminbi"),
    ("EU", "欧元|€|EUR|euro"),
    ("JP", "日元|yen"),
    ("GB", "英镑|£|pound"),
)
_NEAR = {"percent": "ratio", "fraction": "ratio", "points": "ratio"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each quantity; a passage is clean when `lost`, `added` and `changed` are empty.

    Attributes:
        matched: Source and target quantities of one value.
        lost: Source quantities with no counterpart.
        added: Target quantities with no counterpart.
        changed: Source quantity, the target quantity that seems to stand for it, and what is wrong in words.
        hedge_lost: Matched, but "more than", "nearly" or "about" was dropped.
        hedge_reversed: Matched, but 余 became "nearly" or 近 "more than".
        undecided: Quantities too vague to judge (数百), or a conversion in brackets.
    """

    matched: tuple[tuple[Quantity, Quantity], ...]
    lost: tuple[Quantity, ...]
    added: tuple[Quantity, ...]
    changed: tuple[tuple[Quantity, Quantity, str], ...]
    hedge_lost: tuple[tuple[Quantity, Quantity], ...]
    hedge_reversed: tuple[tuple[Quantity, Quantity], ...]
    undecided: tuple[Quantity, ...]


def compare(source: str, target: str) -> Comparison:
    """Compare by value and kind, in any order, at the precision of the English.

    >>> compare("对2023年的90亿元", "the 90 billion yuan of 2023").changed[0][2]
    '90亿元 = 9,000,000,000; 90 billion yuan is ten times that'
    """
    theirs, ours = chinese.read_chinese(source), english.read_english(target)
    pairs = {left.start: [right for right in ours if _same(left, right)] for left in theirs}
    lost = [left for left in theirs if not pairs[left.start] and not _covered(left, ours)]
    taken = {right.start for rights in pairs.values() for right in rights}
    added = [right for right in ours if right.start not in taken and not _covered(right, theirs)]
    added = [right for right in added if not (_this_year(right, source))]
    undecided = [q for q in lost if _vague(q)] + [q for q in added if _vague(q) or _bracketed(q, target)]
    skip = {id(q) for q in undecided}
    lost = [q for q in lost if id(q) not in skip and not _optional_source(q)]
    added = [q for q in added if id(q) not in skip]
    changed = _pair(lost, added)
    gone = {id(q) for left, right, _ in changed for q in (left, right)}
    matched = [(left, _best(left, pairs[left.start])) for left in theirs if pairs[left.start]]
    hedged = [(left, right) for left, right in matched if not _optional_source(left)]
    return Comparison(
        tuple(matched),
        tuple(q for q in lost if id(q) not in gone),
        tuple(q for q in added if id(q) not in gone and not _optional_target(q)),
        tuple(changed),
        tuple(pair for pair in hedged if _hedge(*pair) == "lost"),
        tuple(pair for pair in hedged if _hedge(*pair) == "reversed"),
        tuple(undecided),
    )


def _same(left: Quantity, right: Quantity) -> bool:
    """Whether the English quantity can stand for the Chinese one; the family of kinds decides how."""
    if "date" in {left.kind, right.kind} and (left.kind, right.kind) != ("count", "date"):
        return _same_date(left, right)
    if left.kind == "count" and right.kind == "date":
        return right.unit == "year" and left.low * 10000 == right.low
    if left.kind == "decade" or right.kind == "decade":
        short = min(left.low, right.low) < 100
        return left.kind == right.kind and (left.low % 100 == right.low % 100 if short else left.low == right.low)
    if left.kind == "time" or right.kind == "time":
        return left.kind == right.kind and left.low % 1200 == right.low % 1200
    families = _family(left), _family(right)
    if families == ("duration", "duration"):
        days = _days(left)
        return _close(left.low * days, right, _days(right))
    if families == ("multiple", "multiple"):
        return right.low - Decimal("0.05") <= left.low <= right.high + Decimal("0.05")
    if families == ("multiple", "ratio"):
        return any(_close(ratio * 100, right, Decimal(1)) for ratio in (left.low, left.low - 1))
    if families == ("ratio", "ratio"):
        scale = Decimal(100) if left.kind == "fraction" else Decimal(1)
        return _close(left.low * scale, right, Decimal(100) if right.kind == "fraction" else Decimal(1))
    if families[0] != families[1] and not _crosses(left, right):
        return False
    return _currency(left) in {None, _currency(right)} or _currency(right) is None and _near(left, right)
