"""Two texts, one in Chinese and one in English, to what their quantities agree and disagree on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.quantities.chinese import read_chinese
from summarizer.quantities.english import read_english
from summarizer.quantities.gloss import plain, value
from summarizer.quantities.quantity import Quantity, common, date_parts, ends, step

_RELATIVE = Decimal("0.025")
_UP, _DOWN = frozenset({"above", "at least"}), frozenset({"below", "at most"})
_CURRENCIES = (
    ("HK", "港元|HK"),
    ("US", "美元|US|[$]|dollar"),
    ("EU", "欧元|€|EUR|euro"),
    ("JP", "日元|yen"),
    ("CN", "元|人民币|RMB|CNY|¥|yuan|renminbi"),
    ("GB", "英镑|£|pound"),
)
_SEASONS = {"半年": "half", "季度": "quarter"}
_SINGLE = frozenset({"points", "multiple", "duration", "date", "decade", "time"})
_POWERS = ("ten", "a hundred", "a thousand", "ten thousand", "a hundred thousand", "a million")
_PARTS = ("a tenth", "a hundredth", "a thousandth", "a ten-thousandth", "a hundred-thousandth", "a millionth")


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
    pairs = [[right for right in ours if _same(left, right)] for left in theirs]
    taken = {id(right) for rights in pairs for right in rights}
    lost = [q for q, rights in zip(theirs, pairs, strict=True) if not rights and not _covered(q, ours)]
    added = [q for q in ours if id(q) not in taken and not _covered(q, theirs) and not _this_year(q, source)]
    bare = _bare_numerals(source, read)
    undecided = [q for q in lost if _vague(q)]
    undecided += [q for q in added if _vague(q) or _bracketed(q, target) or q.low in bare]
    if not whole:
        added = [q for q in added if not _optional_target(q)]
    lost = [q for q in lost if q not in undecided and not _optional_source(q)]
    added = [q for q in added if q not in undecided]
    changed = _pair(lost, added)
    gone = {id(q) for left, right, _ in changed for q in (left, right)}
    matched = [(left, _best(left, rights)) for left, rights in zip(theirs, pairs, strict=True) if rights]
    hedged = [(left, right) for left, right in matched if not _optional_source(left)]
    return Comparison(
        tuple(matched),
        tuple(q for q in lost if whole and id(q) not in gone),
        tuple(q for q in added if id(q) not in gone and not _optional_target(q)),
        tuple(changed),
        tuple(pair for pair in hedged if _hedge(*pair) == "lost"),
        tuple(pair for pair in hedged if _hedge(*pair) == "reversed"),
        tuple(undecided),
    )


def _bare_numerals(source: str, read: tuple[Quantity, ...]) -> set[Decimal]:
    """Values of 百, 千 and 万 in set phrases that are no quantities: 百佳 may be "100 outstanding"."""
    inside = {index for quantity in read for index in range(quantity.start, quantity.end)}
    found = {character for index, character in enumerate(source) if index not in inside}
    return {Decimal(10**power) for numeral, power in (("百", 2), ("千", 3), ("万", 4)) if numeral in found}


def _family(quantity: Quantity) -> str:
    """Kinds told in one another's words: percent and fraction; counts, money, ordinals and ranks."""
    if quantity.kind in {"percent", "fraction"}:
        return "ratio"
    return quantity.kind if quantity.kind in _SINGLE else "number"


def _same(left: Quantity, right: Quantity) -> bool:
    """Whether the English quantity can stand for the Chinese one; the family of kinds decides how."""
    families = _family(left), _family(right)
    if "date" in families:
        return _same_date(left, right)
    if families == ("decade", "decade"):
        return left.low % 100 == right.low % 100 and (min(left.low, right.low) < 100 or left.low == right.low)
    if families == ("time", "time"):
        return left.low % 1200 == right.low % 1200
    if families == ("multiple", "multiple"):
        return right.low - Decimal("0.05") <= left.low <= right.high + Decimal("0.05")
    if families == ("multiple", "ratio"):
        shares = (left.low * 100, left.low * 100 - 100)
        return any(_near(replace(left, low=share, high=share), common(right)) for share in shares)
    mine, yours = _currency(left), _currency(right)
    alike = families[0] == families[1] and (mine == yours or None in {mine, yours})
    return (alike or _crosses(left, right)) and _near(common(left), common(right))


def _crosses(left: Quantity, right: Quantity) -> bool:
    """60岁 is "60-year-old", 10次 "ten times", 百年 "the 100th anniversary"."""
    families = _family(left), _family(right)
    units = {"duration": {"岁", "期", ""}, "multiple": {"次", "回", "轮", ""}}
    if families[0] == "number" and left.unit in units.get(right.kind, ()):
        return left.low == right.low
    return families in {("duration", "number"), ("multiple", "number")} and left.low == right.low


def _near(left: Quantity, right: Quantity) -> bool:
    """Equal at the precision of the English: half a unit of its last digit, at most 2.5 percent."""
    if right.low != right.high or left.low != left.high:
        return right.low / 2 <= left.high and left.low <= right.high
    apart = abs(left.low - right.low)
    if apart <= Decimal("1e-9") or apart > _RELATIVE * abs(left.low):
        return apart <= Decimal("1e-9")
    unit = step(right)
    hedged = right.low < left.low if right.bound in _UP else right.low > left.low and right.bound in _DOWN
    return apart <= unit / 2 or (hedged and apart < unit)


def _same_date(left: Quantity, right: Quantity) -> bool:
    """Dates agree where both speak and end at the same part: 5月31日 is "May 31", 7日 "the 7th"."""
    if left.kind != "date":
        return right.unit == "year" and _family(left) == "number" and left.low * 10000 == right.low
    season = _SEASONS.get(left.unit)
    if season or right.unit in {"half", "quarter"}:
        return season == right.unit and left.low == right.low
    if right.kind != "date":
        return left.unit == "日" and right.kind in {"ordinal", "count"} and left.low == right.low
    mine, yours = date_parts(left.low), date_parts(right.low)
    if any(a and b and a != b for a, b in zip(mine, yours, strict=True)):
        return False
    return max(i for i in range(3) if mine[i]) == max(i for i in range(3) if yours[i])


def _covered(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """A date said again in less detail, as "in May" beside "May 31"."""
    seasons = {"半年", "季度", "half", "quarter"}
    if quantity.kind != "date" or quantity.unit in seasons:
        return False
    parts = date_parts(quantity.low)
    dates = [date_parts(other.low) for other in others if other.kind == "date" and other.unit not in seasons]
    return any(all(p in {0, d} for p, d in zip(parts, date, strict=True)) for date in dates)


def _this_year(right: Quantity, source: str) -> bool:
    """今年 may be told as the year."""
    return right.kind == "date" and right.unit == "year" and bool(re.search("[今去明前本当當]年", source))


def _currency(quantity: Quantity) -> str | None:
    """The currency named, None when none is."""
    if quantity.kind != "money":
        return None
    return next((name for name, words in _CURRENCIES if re.search(words, quantity.unit)), None)


def _vague(quantity: Quantity) -> bool:
    """数百 and "thousands" can be neither missed nor contradicted."""
    return quantity.low != quantity.high and quantity.kind == "count"


def _bracketed(quantity: Quantity, target: str) -> bool:
    """A sum converted in brackets for the reader."""
    before = target[max(0, quantity.start - 12) : quantity.start]
    return "(" in before and ")" not in before


def _optional_source(quantity: Quantity) -> bool:
    """Counts up to ten in Chinese numerals, and a bare 百 or 半, may go unsaid."""
    if re.search(r"\d", quantity.text):
        return False
    if quantity.kind in {"multiple", "percent", "points", "date", "decade"}:
        return quantity.unit == "日"
    if quantity.kind == "fraction":
        return "半" in quantity.text
    return quantity.high <= 10 or bool(re.match(r"[百千万]\D$", quantity.text))


def _optional_target(quantity: Quantity) -> bool:
    """Small number words are part of the language: one, both, first; so are "twice" and "half of"."""
    if re.search(r"\d", quantity.text) or quantity.kind in {"percent", "points", "date", "decade"}:
        return False
    if quantity.kind in {"multiple", "fraction"}:
        return bool(re.search("(?i)twice|half", quantity.text))
    return quantity.low <= 10


def _best(left: Quantity, rights: Sequence[Quantity]) -> Quantity:
    """Of several equal counterparts the one whose hedge agrees."""
    return min(rights, key=lambda right: ("", "lost", "reversed").index(_hedge(left, right)))


def _hedge(left: Quantity, right: Quantity) -> str:
    """What became of the hedge: "" when it holds, "lost" when dropped, "reversed" when 余 became "nearly"."""
    if left.bound == "exact" or left.kind == "date" or left.low != left.high:
        return ""
    if (left.bound in _UP and right.bound in _DOWN) or (left.bound in _DOWN and right.bound in _UP):
        return "reversed"
    return "lost" if right.bound == "exact" or (left.bound == "about" and right.bound != "about") else ""


def _pair(lost: Sequence[Quantity], added: Sequence[Quantity]) -> list[tuple[Quantity, Quantity, str]]:
    """Leftovers of near kind, likeliest first: the same digits at another scale, then the nearest."""
    free, pairs = list(added), []
    for left in lost:
        near = [right for right in free if _kin(left, right)]
        if near:
            best = min(near, key=lambda right, left=left: _distance(left, right))  # type: ignore[misc]
            free = [right for right in free if right is not best]
            pairs.append((left, best, _message(left, best)))
    return pairs


def _kin(left: Quantity, right: Quantity) -> bool:
    """Whether one could be a slip for the other; a small number word only for a small figure."""
    if _optional_target(right) and left.high > 20:
        return False
    return len({_family(q).replace("points", "ratio") for q in (left, right)}) == 1


def _distance(left: Quantity, right: Quantity) -> tuple[bool, Decimal]:
    """Scale slips before digit slips, near before far, words of small numbers last."""
    if left.low <= 0 or right.low <= 0:
        return _optional_target(right), Decimal(100)
    apart = abs((left.low / right.low).log10())
    return _optional_target(right), Decimal(0) if apart == int(apart) else apart


def _message(left: Quantity, right: Quantity) -> str:
    """The two values that disagree."""
    start = f"{left.text} = {value(left)}; {right.text}"
    if left.kind in {"date", "decade", "time"}:
        return f"{left.text} = {value(left)}; the English says {right.text}"
    if "points" in {left.kind, right.kind} and left.kind != right.kind:
        return f"{start}: percent and percentage points differ"
    if _currency(left) != _currency(right) and left.low == right.low:
        return f"{start} is another currency"
    one, other = common(left).low, common(right).low
    power = (other / one).log10() if one > 0 and other > 0 else Decimal(0)
    if power and power == int(power) and abs(power) <= 6:
        words = f"{_POWERS[int(power) - 1]} times" if power > 0 else f"{_PARTS[-int(power) - 1]} of"
        return f"{start} is {words} that"
    return f"{start} is {plain(right.low)}"
