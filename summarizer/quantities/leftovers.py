"""What a quantity without a counterpart may be, other than an error of the translator."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from summarizer.quantities.equality import converts, english_unit, family
from summarizer.quantities.quantity import REIGNS, Quantity, common, date_parts, han_number

_ALL = re.compile(r"(?i)\b(?:all|every|fully|complete(?:ly)?|entire(?:ly)?|whole)\b")
_TRADITIONAL = re.compile(
    "[\\d零〇一二两兩三四五六七八九十百千万萬亿億半](?:[多余來来餘])?(?:亩|畝|斤|两|兩|里[地路外多]|尺|丈|坪|石|担|分地|甲地)|[亩畝][产產]|每[亩畝斤坪]"
)
_ALL_BUT = re.compile(r"(?i)\ball but (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b")
_YEAR = 360  # nominal days
_NEAR_BRACKET = 30  # characters before a bracket in which what it converts would stand
_MOST_IN_WORDS = 100  # up to which a number in words may be told without one
_MOST_RECKONED = 12  # figures of a passage among which a sum or a difference still says something
_AGES = ("古稀", "花甲", "耄耋", "不惑", "而立")
_SEASONS = frozenset({"半年", "季度", "half", "quarter"})


def is_vague(quantity: Quantity) -> bool:
    """数百 and "thousands" can be neither missed nor contradicted."""
    return quantity.low != quantity.high and quantity.kind in {"count", "money", "duration"}


def is_reckoned(quantity: Quantity, theirs: Sequence[Quantity]) -> bool:
    """The sum or the difference of two figures of the source: 由610元提高到640元 is "up by 30 yuan"."""
    mine = [
        q
        for q in theirs
        if family(q) == family(quantity)
        and q.low == q.high
        and q.low > 10
        and q.kind not in {"ordinal", "rank"}
    ]
    if quantity.low != quantity.high or quantity.kind in {"date", "time", "decade", "ordinal", "rank"}:
        return False
    if not mine or len(mine) > _MOST_RECKONED or quantity.low <= 10:
        return False
    pairs = ((a.low, b.low) for at, a in enumerate(mine) for b in mine[at + 1 :] if a.unit == b.unit)
    return any(quantity.low in {a + b, abs(a - b)} for a, b in pairs)


def is_said_again(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """A date said again in less detail, as "in May" beside "May 31"."""
    if quantity.kind != "date" or quantity.unit in _SEASONS:
        return False
    parts = date_parts(quantity.low)
    dates = [date_parts(other.low) for other in others if other.kind == "date" and other.unit not in _SEASONS]
    if 0 < parts[0] < 100:
        return any(date[0] % 100 == parts[0] for date in dates)
    return any(all(p in {0, d} for p, d in zip(parts, date, strict=True)) for date in dates)


def is_dated_otherwise(right: Quantity, theirs: Sequence[Quantity], source: str) -> bool:
    """今年 may be told as the year, 上月 as the month, and 十四五 as 2021–2025.

    Where the source names years of its own, 去年 is told by one beside them.
    """
    if right.kind != "date":
        return False
    if right.unit == "date" and date_parts(right.low)[::2] == (0, 0):
        return bool(re.search("[上本同当當]个?月|环比|環比|月[增减減]", source))
    year = date_parts(right.low)[0]
    if right.unit != "year" or year in _named_years(source):
        return right.unit == "year"
    if not re.search(f"[今去明前本当當上次翌]年|{REIGNS}|[春夏秋冬]天?", source):
        return False
    anchors = [date_parts(q.low)[0] for q in theirs if q.kind == "date" and date_parts(q.low)[0]]
    return not anchors or any(abs(year - anchor) <= 1 or year % 100 == anchor for anchor in anchors)


def _named_years(source: str) -> set[int]:
    """The years that a five-year plan or a Party congress is known by: 十四五 is 2021–2025, 十八大 2012."""
    plans = [
        int(han_number(found))
        for found in re.findall("(十[一二三四五六]?|[一二三四五六七八九])五(?![个年条项人天])", source)
    ]
    congresses = [int(han_number(found)) for found in re.findall("(十[一二三四五六七八九]?|二十)大", source)]
    return {1951 + 5 * n + rest for n in plans for rest in (0, 4)} | {1922 + 5 * n for n in congresses}


def is_explained(quantity: Quantity, theirs: Sequence[Quantity], source: str) -> bool:
    """Whether an English quantity says again, sums up or dates what the source has in other words."""
    if "季" not in source and (quantity.unit == "quarter" or quantity.text.lower() == "three quarters"):
        return True  # a quarter of a match, or of a pound
    return (
        is_said_again(quantity, theirs)
        or is_dated_otherwise(quantity, theirs, source)
        or is_reckoned(quantity, theirs)
    )


def may_be_missing(quantity: Quantity, source: str, target: str) -> bool:
    """Whether the English need not have the source's quantity, or has it in words."""
    return may_go_unsaid(quantity) or is_told_in_words(quantity, source, target)


def is_of_a_chinese_unit(quantity: Quantity, theirs: Sequence[Quantity], source: str) -> bool:
    """What explains a unit of which the source has no number that could be reckoned: 二两 is "100 grams"."""
    unit = english_unit(quantity)
    if unit in {None, "mu", "jin", "li"}:
        return False
    is_reckonable = any(converts(other, unit) for other in theirs)
    return not is_reckonable and _TRADITIONAL.search(source) is not None


def is_bracketed(quantity: Quantity, source: str, target: str) -> bool:
    """A sum converted in brackets for the reader; the years of a plan, however, are known."""
    if quantity.kind == "date" and _named_years(source):
        return False
    before = target[max(0, quantity.start - 12) : quantity.start]
    is_again = target[quantity.end : quantity.end + 1] == ")" and quantity.kind == "count"
    is_rate = target.startswith(" per ", quantity.end)  # of a unit: "per mu (6 tons per hectare)"
    explains = not re.search(r"\d", target[max(0, quantity.start - _NEAR_BRACKET) : quantity.start])
    if (english_unit(quantity) is not None and not is_rate and not explains) or is_again:
        return False  # that can be reckoned, or says the number again
    return "(" in before and ")" not in before


def is_told_in_words(quantity: Quantity, source: str, target: str) -> bool:
    """100% may be "all", 8例 of 9 "all but one", 24小时 "around the clock", and 每1元 "each yuan"."""
    if quantity.kind == "percent" and quantity.low == 100:
        return _ALL.search(target) is not None
    if quantity.kind == "duration" and quantity.low == 24:
        return "clock" in target
    if quantity.kind == "count" and _ALL_BUT.search(target):
        return True
    return quantity.low == 1 and source[: quantity.start].endswith("每")


def is_loosely_told(quantity: Quantity) -> bool:
    """A small number in English words often renders what is no number in Chinese: a pair, one-third off."""
    return not re.search(r"\d", quantity.text) and quantity.high <= _MOST_IN_WORDS


def may_go_unsaid(quantity: Quantity) -> bool:
    """Counts up to ten in Chinese numerals, a bare 百 or 半, and what only says "many" (说一千道一万)."""
    if quantity.text in {"元旦", "双十一"} or quantity.unit in {"旬", "后"}:
        return True
    if quantity.unit == "首月" and quantity.low in {1, 12}:
        return True
    if quantity.low == 0 and quantity.kind != "time":
        return True
    if quantity.low == quantity.high == 1 and quantity.kind in {"duration", "count"}:
        return True  # "an ace", "a year"
    if re.search(r"\d", quantity.text):
        return False
    if (quantity.kind == "ordinal" and quantity.unit == "年") or quantity.text.endswith(_AGES):
        return True
    if quantity.kind in {"multiple", "percent", "points", "date", "decade"}:
        return quantity.unit == "日"
    if quantity.kind == "fraction":
        return "半" in quantity.text
    is_small = quantity.high <= 10 and quantity.low == int(quantity.low)
    is_year = quantity.kind == "duration" and common(quantity).low == _YEAR
    return (
        is_small
        or is_year
        or "半" in quantity.text
        or bool(re.match(r"一[百千万]\D?$|[百千万]\D$|一?百岁|千千万万", quantity.text))
    )


def may_come_unasked(quantity: Quantity) -> bool:
    """Small number words are part of the language: one, both, first; so are "twice" and "half of", noon."""
    if quantity.kind == "time":
        return quantity.text.lower() in {"noon", "midday", "midnight"}
    if re.search(r"\d", quantity.text) or quantity.kind in {"percent", "points", "date", "decade"}:
        return False
    if quantity.kind in {"multiple", "fraction"}:
        return bool(re.search("(?i)twice|half", quantity.text))
    return quantity.low <= 10


def is_beyond_judging(
    quantity: Quantity, theirs: Sequence[Quantity], source: str, target: str, bare: AbstractSet[Decimal]
) -> bool:
    """Whether an English quantity explains what the source does not number, or has it from a set phrase."""
    return (
        is_bracketed(quantity, source, target)
        or is_of_a_chinese_unit(quantity, theirs, source)
        or (quantity.kind == "count" and quantity.low in bare)
    )


def bare_numerals(source: str, read: Sequence[Quantity]) -> set[Decimal]:
    """Values of 百, 千 and 万 in set phrases that are no quantities: 百佳 may be "100 outstanding"."""
    inside = {index for quantity in read for index in range(quantity.start, quantity.end)}
    found = {character for index, character in enumerate(source) if index not in inside}
    return {Decimal(10**power) for numeral, power in (("百", 2), ("千", 3), ("万", 4)) if numeral in found}
