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
_CHINESE_UNITS = re.compile(
    r"(?=[jmpz])(?<!per )(?<!\b[Aa] )(?<!each )(?<!every )(?<!of )\b(?:mu|jin|zhang|ping)\b"
)


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
    texts = _read(source, target)
    pairs = _counterparts(texts)
    matched = [
        (left, _best(left, rights)) for left, rights in zip(texts.theirs, pairs, strict=True) if rights
    ]
    lost, added = _alone(texts, pairs)
    vague = [q for q in lost if leftovers.is_vague(q)], [q for q in added if leftovers.is_vague(q)]
    lost = [q for q in lost if not leftovers.may_be_missing(q, source, target)]
    unsure = _beyond_judging(texts, matched, lost, added)
    if not whole:
        added = [q for q in added if not leftovers.may_come_unasked(q)]
    lost, added = _without(lost, [*vague[0], *unsure]), _without(added, [*vague[1], *unsure])
    changed = partners.pair(lost, added) + partners.pair_vague(*vague)
    lost = _without(lost, (left for left, _, _ in changed)) if whole else []
    added = _without(added, (right for _, right, _ in changed))
    unsure += [q for q in added if leftovers.is_loosely_told(q)]
    return Comparison(
        tuple(matched),
        tuple(lost),
        tuple(q for q in _without(added, unsure) if not leftovers.may_come_unasked(q)),
        tuple(changed),
        _hedged(matched, "lost"),
        _hedged(matched, "reversed"),
        tuple(_without([*vague[0], *vague[1], *unsure], (q for pair in changed for q in pair[:2]))),
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """Both texts with their quantities: as read, and of either side with each range as its two ends."""

    source: str
    target: str
    read: Sequence[Quantity]
    theirs: Sequence[Quantity]
    ours: Sequence[Quantity]


def _read(source: str, target: str) -> _Texts:
    read = read_chinese(source)
    theirs = ends(read)
    if _LOCAL_DOLLARS.search(source) or _DOLLARS.search(target):
        theirs = [replace(q, unit="") if q.kind == "money" and q.unit == "元" else q for q in theirs]
    return _Texts(source, target, read, theirs, ends(read_english(target)))


def _counterparts(texts: _Texts) -> list[list[Quantity]]:
    """For each quantity of the source those of the target that can stand for it."""
    holes = _unnumbered(texts.target, texts.ours)
    pairs = _owned(
        texts.theirs, [[right for right in texts.ours if same(left, right)] for left in texts.theirs]
    )
    return [
        [right for right in rights if english_name(left) not in holes or right.unit == english_name(left)]
        for left, rights in zip(texts.theirs, pairs, strict=True)
    ]


def _alone(texts: _Texts, pairs: Sequence[list[Quantity]]) -> tuple[list[Quantity], list[Quantity]]:
    """What either side has without a counterpart, and does not say again in other words."""
    lost = [q for q, rights in zip(texts.theirs, pairs, strict=True) if not rights]
    added = _without(texts.ours, (right for rights in pairs for right in rights))
    return (
        [q for q in lost if not leftovers.is_said_again(q, texts.ours)],
        [q for q in added if not leftovers.is_explained(q, texts.theirs, texts.source)],
    )


def _beyond_judging(
    texts: _Texts,
    matched: Sequence[tuple[Quantity, Quantity]],
    lost: Sequence[Quantity],
    added: Sequence[Quantity],
) -> list[Quantity]:
    """Of what has no counterpart that which the other text may well have in words that nobody reads here."""
    unsure: list[Quantity] = []
    if added:
        bare = leftovers.bare_numerals(texts.source, texts.read)
        judged = (texts.theirs, texts.source, texts.target, bare)
        unsure += [q for q in added if leftovers.is_beyond_judging(q, *judged)]
    if lost:
        numerals = free(english_numerals(texts.target), [right for _, right in matched])
        unsure += [q for q in lost if is_said_bare(q, numerals, texts.ours)]
    if added:
        numerals = free(chinese_numerals(texts.source), [left for left, _ in matched])
        unsure += [q for q in added if is_said_bare(q, numerals, texts.theirs)]
    return unsure


def _hedged(
    matched: Sequence[tuple[Quantity, Quantity]], fault: str
) -> tuple[tuple[Quantity, Quantity], ...]:
    """The pairs whose hedge was lost or reversed, where the same English keeps no other's."""
    kept = {id(right) for left, right in matched if not _hedge(left, right)}
    return tuple(
        (left, right)
        for left, right in matched
        if id(right) not in kept and _hedge(left, right) == fault and not leftovers.may_go_unsaid(left)
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
