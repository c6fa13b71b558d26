"""Two texts, one in Chinese and one in English, to what their quantities agree and disagree on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer.quantities import leftovers, partners
from summarizer.quantities.chinese import read_chinese
from summarizer.quantities.english import read_english
from summarizer.quantities.equality import DOWN, SINGLE, UP, english_name, family, same
from summarizer.quantities.numerals import chinese_numerals, english_numerals, free, is_said_bare
from summarizer.quantities.quantity import Quantity, common, ends

_LOCAL_DOLLARS = re.compile("[萬億區員國個條]|港|澳|臺|台[币灣湾]|新加坡|新元")
_DOLLARS = re.compile(r"\b(?:S|HK|NT|A|C|NZ)\$")  # whoever writes so knows whose 元 it is
_CHINESE_UNITS = re.compile(r"(?<!per )(?<!\b[Aa] )(?<!each )(?<!every )(?<!of )\b(?:mu|jin|zhang|ping)\b")


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


def compare(source: str, target: str, *, whole: bool = True) -> Comparison:
    """Compare by value and kind, in any order, at the precision of the English.

    A translation says all of its source. A summary (not *whole*) may leave figures out and count
    what the source lists ("five officials"), so that nothing is lost and small number words of
    its own are not held against it.

    >>> compare("对2023年的90亿元", "the 90 billion yuan of 2023").changed[0][2]
    '90亿元 = 9,000,000,000; 90 billion yuan is ten times that'
    """
    read = read_chinese(source)
    theirs, ours = ends(read), ends(read_english(target))
    if _LOCAL_DOLLARS.search(source) or _DOLLARS.search(target):
        theirs = [replace(q, unit="") if q.kind == "money" and q.unit == "元" else q for q in theirs]
    holes = _unnumbered(target, ours)
    pairs = _owned(theirs, [[right for right in ours if same(left, right)] for left in theirs])
    pairs = [
        [right for right in rights if english_name(left) not in holes or right.unit == english_name(left)]
        for left, rights in zip(theirs, pairs, strict=True)
    ]
    matched = [(left, _best(left, rights)) for left, rights in zip(theirs, pairs, strict=True) if rights]
    lost = [q for q, rights in zip(theirs, pairs, strict=True) if not rights]
    lost = [q for q in lost if not leftovers.is_said_again(q, ours)]
    added = _without(ours, (right for rights in pairs for right in rights))
    added = [q for q in added if not leftovers.is_explained(q, theirs, source)]
    vague = [q for q in lost if leftovers.is_vague(q)], [q for q in added if leftovers.is_vague(q)]
    lost = [q for q in lost if not leftovers.may_be_missing(q, source, target)]
    bare = leftovers.bare_numerals(source, read)
    unsure = [q for q in added if leftovers.is_beyond_judging(q, theirs, source, target, bare)]
    if lost:
        numerals = free(english_numerals(target), [right for _, right in matched])
        unsure += [q for q in lost if is_said_bare(q, numerals, ours)]
    if added:
        numerals = free(chinese_numerals(source), [left for left, _ in matched])
        unsure += [q for q in added if is_said_bare(q, numerals, theirs)]
    if not whole:
        added = [q for q in added if not leftovers.may_come_unasked(q)]
    lost, added = _without(lost, [*vague[0], *unsure]), _without(added, [*vague[1], *unsure])
    changed = partners.pair(lost, added) + partners.pair_vague(*vague)
    lost = _without(lost, (left for left, _, _ in changed)) if whole else []
    added = _without(added, (right for _, right, _ in changed))
    unsure += [q for q in added if leftovers.is_loosely_told(q)]
    added = _without(added, unsure)
    kept = {id(right) for left, right in matched if not _hedge(left, right)}
    hedged = [
        (left, right)
        for left, right in matched
        if id(right) not in kept and not leftovers.may_go_unsaid(left)
    ]
    return Comparison(
        tuple(matched),
        tuple(lost),
        tuple(q for q in added if not leftovers.may_come_unasked(q)),
        tuple(changed),
        tuple(pair for pair in hedged if _hedge(*pair) == "lost"),
        tuple(pair for pair in hedged if _hedge(*pair) == "reversed"),
        tuple(_without([*vague[0], *vague[1], *unsure], (q for pair in changed for q in pair[:2]))),
    )


def _unnumbered(target: str, ours: Sequence[Quantity]) -> set[str]:
    """Chinese units that stand in the English without a number: no conversion tells that number then."""
    units = _CHINESE_UNITS.finditer(target)
    return {unit[0] for unit in units if not any(q.start < unit.start() <= q.end + 1 for q in ours)}


def _without(read: Iterable[Quantity], those: Iterable[Quantity]) -> list[Quantity]:
    """The quantities that are not among *those*; two of one value are still two."""
    gone = {id(quantity) for quantity in those}
    return [quantity for quantity in read if id(quantity) not in gone]


def _owned(theirs: Sequence[Quantity], pairs: Sequence[list[Quantity]]) -> list[list[Quantity]]:
    """A rounded figure stands for what it rounds only where no other figure is just that: 4万 and 40,862."""
    exact = {
        id(right)
        for left, rights in zip(theirs, pairs, strict=True)
        for right in rights
        if (common(left).low, common(left).high) == (common(right).low, common(right).high)
    }
    kept = []
    for left, rights in zip(theirs, pairs, strict=True):
        mine = (common(left).low, common(left).high)
        kept.append(
            [
                right
                for right in rights
                if id(right) not in exact
                or mine == (common(right).low, common(right).high)
                or family(left) != family(right)
                or family(left) in SINGLE
                or left.unit == "折"
            ]
        )
    return kept


def _best(left: Quantity, rights: Sequence[Quantity]) -> Quantity:
    """Of several equal counterparts the one whose hedge agrees."""
    return min(rights, key=lambda right: ("", "lost", "reversed").index(_hedge(left, right)))


def _hedge(left: Quantity, right: Quantity) -> str:
    """What became of the hedge: "" when it holds, "lost" when dropped, "reversed" when 余 became "nearly"."""
    if left.bound == "exact" or left.kind == "date" or left.low != left.high or right.unit == "age":
        return ""
    if "half" in right.text.lower() and left.kind == "percent":
        return ""  # 少五成多 is "less than half": the rest is told
    if (left.bound in UP and right.bound in DOWN) or (left.bound in DOWN and right.bound in UP):
        return "reversed"
    return "lost" if right.bound == "exact" or (left.bound == "about" and right.bound != "about") else ""
