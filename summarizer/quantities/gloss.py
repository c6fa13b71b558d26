"""A quantity to what it is worth: in English words for a translator, in symbols for a table."""

import re
from decimal import Decimal
from fractions import Fraction

from summarizer.quantities.chinese_rules import PLAIN
from summarizer.quantities.quantity import Quantity, date_parts, han_number, listed

_WORDS = {
    "above": "more than ",
    "below": "nearly ",
    "about": "about ",
    "at least": "at least ",
    "at most": "at most ",
}
_SIGNS = {"above": "> ", "below": "< ", "about": "≈ ", "at least": "≥ ", "at most": "≤ "}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_SMALL = listed("zero one two three four five six seven eight nine ten")
_PARTS = dict(enumerate(listed("half third quarter fifth sixth seventh eighth ninth tenth"), 2))
_SPAN = re.compile(
    "([0-9〇一二三四五六七八九十百千万两半][0-9.〇零一二三四五六七八九十百千万两]*)(年|个月|[天日]|个?小时|分)"
)
_SPANS = dict(
    zip(
        listed("周年 年 月 周 星期 天 日 小时 分 秒"),
        listed("year year month week week day day hour minute second"),
        strict=True,
    )
)
_MONTHS = listed("- January February March April May June July August September October November December")
_RATIOS = frozenset({"percent", "fraction", "multiple"})
_NAMED = frozenset({"decade", "date", "time", "ordinal", "rank"})


def gloss(quantity: Quantity) -> str:
    """English words for the value, without the noun its measure word stands for.

    >>> from summarizer.quantities import read_chinese
    >>> [gloss(q) for q in read_chinese("5.2万余条,90亿,上世纪九十年代,三分之一")]
    ['more than 52,000', '9 billion', 'the 1990s', 'one third']
    """
    below = "fewer than " if re.match("不到|不足|少于", quantity.text) else "below "
    hedge = _WORDS.get(quantity.bound, "")
    if quantity.bound == "below" and not re.match("将?近|接近", quantity.text):
        hedge = below
    low, high = quantity.low, quantity.high
    if low != high and quantity.kind == "range":
        return f"{hedge}{_spoken(low, quantity)} to {_spoken(high, quantity)}{_tail(high, quantity)}"
    if low != high:
        return f"between {_scaled(low)} and {_scaled(high)}"
    return f"{hedge}{_spoken(low, quantity)}{_tail(low, quantity)}"


def value(quantity: Quantity) -> str:
    """The value in symbols.

    >>> from summarizer.quantities import read_chinese
    >>> [value(q) for q in read_chinese("5.2万余条,近180万条,300左右,54.3%")]
    ['> 52,000', '< 1,800,000', '≈ 300', '54.3 %']
    """
    sign = _SIGNS.get(quantity.bound, "")
    if quantity.kind in _NAMED or _mixed(quantity):
        return sign + gloss(quantity)
    if quantity.kind == "fraction":
        parts = _fraction(quantity.low)
        return f"{sign}{parts[0]}/{parts[1]}"
    tail = {"percent": " %", "points": " points"}.get(quantity.kind, _tail(quantity.high, quantity))
    number = plain(quantity.low)
    if quantity.high != quantity.low:
        number = f"{number}–{plain(quantity.high)}"
    return f"{sign}× {number}" if quantity.kind == "multiple" else sign + number + tail


def needs_gloss(quantity: Quantity) -> bool:
    """Whether the two languages differ in more than digits: 万, hedges, 成, 倍, 分之, decades."""
    if quantity.bound != "exact" or quantity.kind in _RATIOS | {"points", "decade", "range"}:
        return not re.fullmatch(r"[\d.]+[%％]", quantity.text)
    return bool(re.search("[万亿萬億兆]", quantity.text)) or quantity.low != quantity.high or _mixed(quantity)


def is_figure(quantity: Quantity) -> bool:
    """Whether it is a figure for a table: in digits, with 万 or 亿, or a ratio; no date, ordinal or time.

    >>> from summarizer.quantities import read_chinese
    >>> [q.text for q in read_chinese("5月31日,第一批,三级,54.3%,95个") if is_figure(q)]
    ['54.3%', '95个']
    """
    if quantity.kind in _NAMED:
        return False
    return quantity.kind in _RATIOS or bool(re.search(r"[\d万亿萬億]", quantity.text))


def plain(number: Decimal) -> str:
    """Digits with thousands separators and no idle zeros.

    >>> plain(Decimal("170000000.0")), plain(Decimal("54.30"))
    ('170,000,000', '54.3')
    """
    digits = f"{number:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _scaled(number: Decimal) -> str:
    """From a million up in million, billion or trillion, unless that needs more than four decimals."""
    for scale, word in _SCALES:
        part = number / scale
        if part >= 1:
            short = int(part.normalize().as_tuple().exponent) >= -4
            return f"{plain(part)} {word}" if short else plain(number)
    return plain(number)


def _spoken(number: Decimal, quantity: Quantity) -> str:
    """One edge of the quantity in words, without hedge and unit."""
    if quantity.kind in _NAMED:
        return _named(number, quantity)
    if quantity.kind == "fraction":
        return _fraction_words(*_fraction(number))
    if _mixed(quantity):
        return _mixed_words(quantity.text)
    return "double" if quantity.kind == "multiple" and number == 2 else _scaled(number)


def _named(number: Decimal, quantity: Quantity) -> str:
    """What numbers only name: the 1990s, 15:30, 3rd, May 31."""
    if quantity.kind == "decade":
        return f"the {number}s"
    if quantity.kind == "time":
        return f"{int(number) // 100}:{int(number) % 100:02}"
    return _date(quantity) if quantity.kind == "date" else _nth(int(number))


def _nth(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    last = number % 100
    return f"{number:,}" + ("th" if 10 < last < 20 else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th"))


def _tail(number: Decimal, quantity: Quantity) -> str:
    """The unit where it belongs to the value: percent, points, times, years."""
    if quantity.kind == "multiple":
        return "" if number == 2 else " times"
    if quantity.kind == "percent" or quantity.unit in {"%", "成"}:
        return " percent"
    if quantity.kind == "points":
        return " percentage point" + "s" * (number != 1)
    span = next((word for unit, word in _SPANS.items() if unit in quantity.unit), "")
    if span and not _mixed(quantity) and quantity.kind in {"duration", "range"}:
        return f" {span}" + "s" * (number != 1)
    return ""


def _mixed(quantity: Quantity) -> bool:
    """2个月22天 has two units; 3年 has one."""
    return quantity.kind == "duration" and len(re.findall("年|月|[天日]|小时|分", quantity.text)) > 1


def _mixed_words(text: str) -> str:
    """2个月22天 to "2 months and 22 days"."""
    parts = []
    for number, unit in _SPAN.findall(text.translate(PLAIN)):
        word = next(word for name, word in _SPANS.items() if name in unit)
        parts.append(f"{plain(han_number(number))} {word}" + "s" * (han_number(number) != 1))
    return " and ".join((", ".join(parts[:-1]), parts[-1]))


def _fraction(number: Decimal) -> tuple[int, int]:
    """The ratio as a numerator and a denominator up to a thousand."""
    ratio = Fraction(number).limit_denominator(1000)
    return ratio.numerator, ratio.denominator


def _fraction_words(numerator: int, denominator: int) -> str:
    """1/3 to "one third", 3/4 to "three quarters"."""
    if (numerator, denominator) == (1, 2):
        return "half"
    if denominator in _PARTS and numerator <= 10:
        return f"{_SMALL[numerator]} {_PARTS[denominator]}" + "s" * (numerator > 1)
    return f"{numerator}/{denominator}"


def _date(quantity: Quantity) -> str:
    """May 31, March 2018, the 7th, the first half, the third quarter."""
    order = ("", "first", "second", "third", "fourth")
    if quantity.unit in {"半年", "季度"}:
        return f"the {order[int(quantity.low)]} {'half' if quantity.unit == '半年' else 'quarter'}"
    year, month, day = date_parts(quantity.low)
    if month:
        return (
            _MONTHS[month]
            + f" {day}" * bool(day)
            + (", " if day else " ") * bool(year)
            + f"{year}" * bool(year)
        )
    if day:
        return f"the {_nth(day)}"
    return str(year)
