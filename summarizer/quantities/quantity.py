"""The value both readers make, and the arithmetic of numbers written with 十百千万亿."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Bound = Literal["exact", "above", "below", "about", "at least", "at most"]
Kind = Literal[
    "count",
    "ordinal",
    "percent",
    "points",
    "fraction",
    "multiple",
    "money",
    "date",
    "time",
    "duration",
    "decade",
    "range",
    "rank",
]

ONE = Decimal(1)
HAN_DIGITS = dict(
    zip("零〇一二两三四五六七八九", map(Decimal, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9)), strict=True)
)
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
LARGE = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "兆": Decimal(10) ** 12}
TWENTIES = {"廿": Decimal(20), "卅": Decimal(30)}
_ONE_OR_OTHER = re.compile(
    "(?P<before>(?:.*[十百千万亿零])?)(?P<a>[一二三四五六七八两])(?P<b>[二两三四五六七八九])(?P<scale>[十百千万亿]*)"
)
_TOKEN = re.compile(r"\d[\d,   ]*(?:\.\d+)?|点[零〇一二三四五六七八九]+|.")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as it stands in a text: the rule is that `text` is exactly `source[start:end]`.

    Attributes:
        text: The number with its hedges and its measure word, as written.
        start: Offset of the first character.
        end: Offset after the last character.
        low: The value. Percent and points are in hundredths; a fraction is the ratio; a multiple the factor
            reached (增长两倍 is 3); a date is yyyymmdd with 0 for what is not said; a time is hhmm.
        high: As `low`, or the upper end of a range or of a vague number (数百).
        bound: What the hedge says of the value.
        kind: What sort of quantity it is.
        unit: Measure word, currency or time unit as written; "" when there is none.
    """

    text: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    bound: Bound
    kind: Kind
    unit: str


def han_number(text: str) -> Decimal:
    """The value of a number in Arabic digits, Chinese numerals or both, already in simplified characters.

    >>> han_number("1亿7,000万"), han_number("9万9千"), han_number("二百零五"), han_number("二〇一八")
    (Decimal('170000000'), Decimal('99000'), Decimal('205'), Decimal('2018'))
    """
    total = section = Decimal(0)
    number: Decimal | None = None
    last = ONE
    for part in _TOKEN.findall(
        text.replace("个", "").replace("有", "").replace("单", "零").replace("万亿", "兆")
    ):
        if part in HAN_DIGITS:
            number = HAN_DIGITS[part] if number is None else number * 10 + HAN_DIGITS[part]
            last = ONE if part in "零〇" else last
        elif part in SMALL:
            section += (ONE if number is None else number) * SMALL[part]
            number, last = None, SMALL[part]
        elif part in LARGE:
            total, section = _scaled(total, section + (number or 0), LARGE[part])
            number, last = None, LARGE[part]
        elif part in TWENTIES:
            section, last = section + TWENTIES[part], ONE
        elif part[0] == "点":
            number = (number or Decimal(0)) + Decimal("0." + "".join(str(HAN_DIGITS[c]) for c in part[1:]))
        else:
            number = Decimal(re.sub(r"[^\d.]", "", part))
    is_short = number is not None and 0 < number < 10 and last >= 100 and text[-1] in HAN_DIGITS
    if number is not None and is_short and "点" not in text:
        number *= last / 10  # 一百二 is 120: the unit of the last digit goes unsaid
    return total + section + (number or 0)


def _scaled(total: Decimal, section: Decimal, scale: Decimal) -> tuple[Decimal, Decimal]:
    """What stands before 万 or 亿, multiplied: all of it if below the scale, else the last part."""
    if total < scale:
        return ((total + section) or ONE) * scale, Decimal(0)
    return total + section * scale, Decimal(0)


def nearly(number: str) -> tuple[Decimal, Decimal] | None:
    """Two numerals that follow one another are "one or the other": 七八百, 十三四, 十五六万, 两万六七.

    >>> nearly("十五六万"), nearly("两万六七"), nearly("三百二十")
    ((Decimal('150000'), Decimal('160000')), (Decimal('26000'), Decimal('27000')), None)
    """
    pair = _ONE_OR_OTHER.fullmatch(number.replace("个", ""))
    if pair is None:
        return None
    if HAN_DIGITS[pair["b"]] - HAN_DIGITS[pair["a"]] != 1 and pair["a"] + pair["b"] != "三五":
        return None
    return han_number(pair["before"] + pair["a"] + pair["scale"]), han_number(
        pair["before"] + pair["b"] + pair["scale"]
    )


def quantity(text: str, span: tuple[int, int], low: Decimal, kind: Kind, **more: object) -> Quantity:
    """A quantity over `text[span]`; `high`, `bound` and `unit` default to a plain exact number."""
    high, bound, unit = more.get("high", low), more.get("bound", "exact"), more.get("unit", "")
    return Quantity(text[span[0] : span[1]], *span, low, high, bound, kind, unit)  # type: ignore[arg-type]


def listed(text: str) -> list[str]:
    """A table of words written as one line: phrases with bars between, single words with spaces."""
    return text.split("|") if "|" in text else text.split()


def date_number(year: int, month: int, day: int) -> Decimal:
    """A date with missing parts as one number, yyyymmdd.

    >>> date_number(0, 6, 9), date_number(2018, 0, 0)
    (Decimal('609'), Decimal('20180000'))
    """
    return Decimal(year * 10000 + month * 100 + day)


def date_parts(number: Decimal) -> tuple[int, int, int]:
    """Year, month and day of `date_number`, 0 for what is not said.

    >>> date_parts(Decimal(609))
    (0, 6, 9)
    """
    whole = int(number)
    return whole // 10000, whole // 100 % 100, whole % 100


_SECONDS = {
    **dict.fromkeys(("年", "year", "周年", "个年头", "载"), 360 * 86400),
    **dict.fromkeys(("个月", "月", "个多月", "个半月", "month"), 30 * 86400),
    **dict.fromkeys(("周", "星期", "个星期", "礼拜", "个礼拜", "week"), 7 * 86400),
    **dict.fromkeys(("天", "日", "day"), 86400),
    **dict.fromkeys(("个小时", "小时", "钟头", "个钟头", "hour"), 3600),
    **dict.fromkeys(("分钟", "分", "minute"), 60),
    **dict.fromkeys(("秒", "second"), 1),
    "decade": 3600 * 86400,
    **dict.fromkeys(("century", "世纪"), 36000 * 86400),
}
_KIND_OF_UNIT: dict[str, Kind] = {
    **dict.fromkeys(_SECONDS, "duration"),
    **dict.fromkeys(("%", "成"), "percent"),
    **dict.fromkeys(("points", "个百分点"), "points"),
    "倍": "multiple",
}


# What is written as 康熙六十一年: a year counted from an emperor's accession.
REIGNS = (
    "光绪|宣统|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|崇祯|万历|嘉靖|永乐|洪武|贞观|开元|天宝|元丰|熙宁|绍兴|元祐|嘉祐|庆历"
    "|至元|至正|成化|弘治|正德|天启"
    "|光緒|宣統"
)


def is_span(unit: str) -> bool:
    """Whether the unit measures time."""
    return unit in _SECONDS


def days(number: Decimal, unit: str) -> Decimal:
    """Nominal days: a month is 30 and a year 360, so that half a year is six months.

    >>> days(Decimal(2), "个月"), days(Decimal(1), "year")
    (Decimal('60'), Decimal('360'))
    """
    return number * _SECONDS.get(unit, 86400) / 86400


def ends(found: Sequence[Quantity]) -> list[Quantity]:
    """Each range as its two ends, of the kind its unit says."""
    apart: list[Quantity] = []
    for read in found:
        if read.kind == "range":
            kind = _KIND_OF_UNIT.get(read.unit, "count")
            apart += [replace(read, low=end, high=end, kind=kind) for end in (read.low, read.high)]
        else:
            apart.append(read)
    return apart


def common(read: Quantity) -> Quantity:
    """Durations in nominal days and fractions in hundredths, so that one number compares with the other."""
    if read.kind == "fraction":
        return replace(read, low=read.low * 100, high=read.high * 100)
    if read.kind != "duration":
        return read
    return replace(read, low=days(read.low, read.unit), high=days(read.high, read.unit))


def step(read: Quantity) -> Decimal:
    """What one unit of the last written digit is worth; final zeros are digits unless hedged."""
    written = re.search(r"\d[\d, \u00a0\u2009\u202f]*(?:\.\d+)?", read.text)
    if read.kind == "fraction" or not read.low:
        return Decimal(2)
    if not written:
        exponent = int(read.low.normalize().as_tuple().exponent)
        return Decimal(1).scaleb(exponent) if read.low >= 1000 else Decimal(0)
    digits = re.sub("[^0-9.]", "", written[0])
    if not Decimal(digits):
        return Decimal(0)
    scale = read.low / Decimal(digits)
    if "." in digits:
        return scale.scaleb(-len(digits.split(".")[1]))
    zeros = len(digits) - len(digits.rstrip("0")) if read.bound != "exact" else 0
    return scale.scaleb(zeros) if scale >= 1000 or zeros or read.kind == "percent" else Decimal(0)
