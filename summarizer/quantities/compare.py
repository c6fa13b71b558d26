"""Two texts, one in Chinese and one in English, to what their quantities agree and disagree on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.quantities.chinese import read_chinese
from summarizer.quantities.english import read_english
from summarizer.quantities.equality import DOWN, SINGLE, UP, currency, english_unit, family, same
from summarizer.quantities.gloss import plain, value
from summarizer.quantities.quantity import REIGNS, Quantity, common, date_parts, ends

_ALL = re.compile(r"(?i)\b(?:all|every|fully|complete(?:ly)?|entire(?:ly)?|whole)\b")
_YEAR = 360  # nominal days
_NEAR_BRACKET = 30  # characters before a bracket in which what it converts would stand
_MOST_IN_WORDS = 100  # up to which a number in words may be told without one
_MOST_RECKONED = 12  # figures of a passage among which a sum or a difference still says something
_LOCAL_DOLLARS = re.compile("[萬億區員國個條]|港|澳|臺|台[币灣湾]")
_AGES = ("古稀", "花甲", "耄耋", "不惑", "而立")
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
    if _LOCAL_DOLLARS.search(source):
        theirs = [replace(q, unit="") if q.kind == "money" and q.unit == "元" else q for q in theirs]
    pairs = [[right for right in ours if same(left, right)] for left in theirs]
    pairs = _owned(theirs, pairs)
    taken = {id(right) for rights in pairs for right in rights}
    lost = [q for q, rights in zip(theirs, pairs, strict=True) if not rights and not _covered(q, ours)]
    added = [q for q in ours if id(q) not in taken and not _covered(q, theirs) and not _this_year(q, source)]
    added = [q for q in added if not _reckoned(q, theirs)]
    if "季" not in source:  # then it is a quarter of a match, or of a pound
        added = [q for q in added if q.unit != "quarter" and q.text.lower() != "three quarters"]
    bare = _bare_numerals(source, read)
    undecided = [q for q in lost if _vague(q)]
    undecided += [
        q for q in added if _vague(q) or _bracketed(q, target) or (q.kind == "count" and q.low in bare)
    ]
    if not whole:
        added = [q for q in added if not _optional_target(q)]
    lost = [q for q in lost if q not in undecided and not _optional_source(q)]
    lost = [q for q in lost if not _told_in_words(q, source, target)]
    added = [q for q in added if q not in undecided]
    changed = _pair(lost, added) + _pair_vague(undecided, theirs)
    gone = {id(q) for left, right, _ in changed for q in (left, right)}
    undecided += [q for q in added if id(q) not in gone and _is_loosely_told(q)]
    added = [q for q in added if q not in undecided]
    matched = [(left, _best(left, rights)) for left, rights in zip(theirs, pairs, strict=True) if rights]
    hedged = [(left, right) for left, right in matched if not _optional_source(left)]
    return Comparison(
        tuple(matched),
        tuple(q for q in lost if whole and id(q) not in gone),
        tuple(q for q in added if id(q) not in gone and not _optional_target(q)),
        tuple(changed),
        tuple(pair for pair in hedged if _hedge(*pair) == "lost"),
        tuple(pair for pair in hedged if _hedge(*pair) == "reversed"),
        tuple(q for q in undecided if id(q) not in gone),
    )


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


def _reckoned(quantity: Quantity, theirs: Sequence[Quantity]) -> bool:
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


def _bare_numerals(source: str, read: tuple[Quantity, ...]) -> set[Decimal]:
    """Values of 百, 千 and 万 in set phrases that are no quantities: 百佳 may be "100 outstanding"."""
    inside = {index for quantity in read for index in range(quantity.start, quantity.end)}
    found = {character for index, character in enumerate(source) if index not in inside}
    return {Decimal(10**power) for numeral, power in (("百", 2), ("千", 3), ("万", 4)) if numeral in found}


def _covered(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """A date said again in less detail, as "in May" beside "May 31"."""
    seasons = {"半年", "季度", "half", "quarter"}
    if quantity.kind != "date" or quantity.unit in seasons:
        return False
    parts = date_parts(quantity.low)
    dates = [date_parts(other.low) for other in others if other.kind == "date" and other.unit not in seasons]
    if 0 < parts[0] < 100:
        return any(date[0] % 100 == parts[0] for date in dates)
    return any(all(p in {0, d} for p, d in zip(parts, date, strict=True)) for date in dates)


def _this_year(right: Quantity, source: str) -> bool:
    """今年 may be told as the year, 上月 as the month."""
    said = re.search(f"[今去明前本当當上次翌]年|{REIGNS}|[春夏秋冬]天?", source)
    if right.kind == "date" and right.unit == "date" and date_parts(right.low)[::2] == (0, 0):
        return bool(re.search("[上本同当當]个?月|环比|環比|月[增减減]", source))
    return right.kind == "date" and right.unit == "year" and bool(said)


def _vague(quantity: Quantity) -> bool:
    """数百 and "thousands" can be neither missed nor contradicted."""
    return quantity.low != quantity.high and quantity.kind in {"count", "money", "duration"}


def _bracketed(quantity: Quantity, target: str) -> bool:
    """A sum converted in brackets for the reader."""
    before = target[max(0, quantity.start - 12) : quantity.start]
    is_again = target[quantity.end : quantity.end + 1] == ")" and quantity.kind == "count"
    is_rate = target.startswith(" per ", quantity.end)  # of a unit: "per mu (6 tons per hectare)"
    explains = not re.search(r"\d", target[max(0, quantity.start - _NEAR_BRACKET) : quantity.start])
    if (english_unit(quantity) is not None and not is_rate and not explains) or is_again:
        return False  # that can be reckoned, or says the number again
    return "(" in before and ")" not in before


def _told_in_words(quantity: Quantity, source: str, target: str) -> bool:
    """100% may be "all", 24小时 "around the clock", and 每1元 "each yuan"."""
    if quantity.kind == "percent" and quantity.low == 100:
        return _ALL.search(target) is not None
    if quantity.kind == "duration" and quantity.low == 24:
        return "clock" in target
    return quantity.low == 1 and source[: quantity.start].endswith("每")


def _is_loosely_told(quantity: Quantity) -> bool:
    """A small number in English words often renders what is no number in Chinese: a pair, one-third off."""
    return not re.search(r"\d", quantity.text) and quantity.high <= _MOST_IN_WORDS


def _optional_source(quantity: Quantity) -> bool:
    """Counts up to ten in Chinese numerals, and a bare 百 or 半, may go unsaid."""
    if quantity.text in {"元旦", "双十一"}:
        return True
    if quantity.unit == "首月" and quantity.low in {1, 12}:
        return True
    if quantity.low == 0 and quantity.kind != "time":
        return True
    if quantity.kind == "duration" and quantity.low == 1:
        return True
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
    return is_small or is_year or bool(re.match(r"[百千万]\D$", quantity.text))


def _optional_target(quantity: Quantity) -> bool:
    """Small number words are part of the language: one, both, first; so are "twice" and "half of", noon."""
    if quantity.kind == "time":
        return quantity.text.lower() in {"noon", "midday", "midnight"}
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
    if left.bound == "exact" or left.kind == "date" or left.low != left.high or right.unit == "age":
        return ""
    if "half" in right.text.lower() and left.kind == "percent":
        return ""  # 少五成多 is "less than half": the rest is told
    if (left.bound in UP and right.bound in DOWN) or (left.bound in DOWN and right.bound in UP):
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


def _pair_vague(
    undecided: Sequence[Quantity], theirs: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity, str]]:
    """好几千 told as "several million" is too far off even for what is vague."""
    mine = [q for q in undecided if any(q is other for other in theirs) and q.low != q.high]
    yours = [q for q in undecided if all(q is not other for other in theirs) and q.low != q.high]
    if len(mine) != 1 or len(yours) != 1:
        return []
    left, right = mine[0], yours[0]
    far = right.low > 10 * left.high or left.low > 10 * right.high
    return [(left, right, _message(left, right))] if far else []


def _kin(left: Quantity, right: Quantity) -> bool:
    """Whether one could be a slip for the other; a small number word only for a small figure."""
    if _optional_target(right) and left.high > 20:
        return False
    return len({family(q).replace("points", "ratio") for q in (left, right)}) == 1


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
    if currency(left) != currency(right) and left.low == right.low:
        return f"{start} is another currency"
    one, other = common(left).low, common(right).low
    power = (other / one).log10() if one > 0 and other > 0 else Decimal(0)
    if power and power == int(power) and abs(power) <= 6:
        words = f"{_POWERS[int(power) - 1]} times" if power > 0 else f"{_PARTS[-int(power) - 1]} of"
        return f"{start} is {words} that"
    return f"{start} is {plain(right.low)}"
