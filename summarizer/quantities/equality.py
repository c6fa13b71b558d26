"""Whether an English quantity can stand for a Chinese one: by kind, by value, in another unit."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from summarizer.quantities.quantity import Quantity, common, date_parts, step

_RELATIVE = Decimal("0.025")
UP, DOWN = frozenset({"above", "at least"}), frozenset({"below", "at most"})
_CURRENCIES = (
    ("HK", "港元|HK"),
    ("US", "美元|US|[$]|dollar"),
    ("EU", "欧元|€|EUR|euro"),
    ("JP", "日元|yen"),
    ("CN", "元|人民币|RMB|CNY|¥|yuan|renminbi"),
    ("GB", "英镑|£|pound"),
)
# How many of an English unit make one of a Chinese unit; translators keep either or give both.
_CONVERSIONS = {
    "斤": {"kg": "0.5", "g": "500", "t": "0.0005"},
    "公斤": {"lb": "2.205", "t": "0.001", "jin": "2"},
    "亩": {"ha": "0.06667", "acre": "0.1647"},
    "公顷": {"mu": "15", "acre": "2.471"},
    "里": {"km": "0.5", "m": "500", "mile": "0.3107"},
    "公里": {"mile": "0.6214", "m": "1000", "li": "2"},
    "米": {"ft": "3.281", "cm": "100", "km": "0.001"},
    "尺": {"m": "0.3333", "ft": "1.094", "cm": "33.33"},
    "丈": {"m": "3.333", "ft": "10.94"},
    "千瓦": {"gw": "0.000001", "mw": "0.001"},
    "毫米": {"µm": "1000", "cm": "0.1"},
    "吨": {"kg": "1000"},
    "平方米": {"ft²": "10.764"},
    "平方呎": {"m²": "0.0929"},
    "台斤": {"g": "600", "kg": "0.6"},
    "坪": {"m²": "3.306"},
}
_ENGLISH_UNITS = (
    ("kg", "kilo(?:gram)?s?|kg"),
    ("g", "grams?|g"),
    ("t", "(?:metric )?ton(?:ne)?s?"),
    ("lb", "pounds?"),
    ("jin", "jin"),
    ("ha", "hectares?|ha"),
    ("acre", "acres?"),
    ("mu", "mu"),
    ("km", "kilomet(?:er|re)s?|km"),
    ("m", "met(?:er|re)s?|m"),
    ("mile", "miles?"),
    ("li", "li"),
    ("ft", "feet|foot"),
    ("gw", "gigawatts?|gw"),
    ("mw", "megawatts?|mw"),
    ("µm", "microns?"),
    ("cm", "centimeters?|cm"),
    ("mm", "millimeters?|mm"),
    ("ft²", "square feet|sq\\.? ft"),
    ("m²", "square[- ]met(?:er|re)s?"),
)
_SEASONS = {"半年": "half", "季度": "quarter"}
_LOOSE = frozenset(
    (
        ("duration", "number"),
        ("multiple", "number"),
        ("number", "ratio"),
        ("duration", "ratio"),
        ("ratio", "number"),
    )
)
_TIMES = frozenset(("", "岁", "周岁", "期", "次", "回", "轮", "届", "人次", "班次", "架次"))
_FEW = 10  # beyond which "times" counts whatever the Chinese counts
_ROC_YEARS = range(90, 140)  # of the Republic, counted from 1912, as Taiwan writes them
SINGLE = frozenset({"points", "multiple", "duration", "date", "decade", "time"})


def family(quantity: Quantity) -> str:
    """Kinds told in one another's words: percent and fraction; counts, money, ordinals and ranks."""
    if quantity.kind in {"percent", "fraction"}:
        return "ratio"
    return quantity.kind if quantity.kind in SINGLE else "number"


def same(left: Quantity, right: Quantity) -> bool:
    """Whether the English quantity can stand for the Chinese one; the family of kinds decides how."""
    families = family(left), family(right)
    if left.unit == "首月" or right.unit == "first months":
        return _first_months(left, right)
    if "date" in families:
        return _same_date(left, right)
    if right.unit == "age":
        return left.low == right.low
    if families == ("decade", "decade"):
        return left.low % 100 == right.low % 100 and (min(left.low, right.low) < 100 or left.low == right.low)
    if families == ("time", "time"):
        return left.low % 1200 == right.low % 1200
    if families == ("multiple", "multiple"):
        return right.low - Decimal("0.05") <= left.low <= right.high + Decimal("0.05")
    if families == ("multiple", "ratio"):
        shares = (left.low * 100, left.low * 100 - 100)
        return any(_near(replace(left, low=share, high=share), common(right)) for share in shares)
    return _same_number(left, right)


def _same_number(left: Quantity, right: Quantity) -> bool:
    """The same amount: in one family of kinds and currency, in another unit, or in another kind's words."""
    if left.unit == "折":
        return right.low in {left.low, 100 - left.low}
    if left.unit == "个月" and left.low == Decimal("0.5") and right.unit == "week":
        return right.low == 2  # half a month, as one says it
    if left.kind == "points" and right.unit == "points":
        return left.low == right.low
    if left.unit == "个点" and family(right) == "ratio":
        return _near(left, common(right))
    mine, yours = currency(left), currency(right)
    is_alike = family(left) == family(right) and (mine == yours or None in {mine, yours})
    if is_alike and (_near(common(left), common(right)) or _converted(left, right)):
        return True
    return _crosses(left, right)


def _converted(left: Quantity, right: Quantity) -> bool:
    """The same in another unit: 6000亩 is 400 hectares, 5200万千瓦 52 gigawatts."""
    factor = _CONVERSIONS.get(left.unit, {}).get(english_unit(right) or "")
    if factor is None or left.low != left.high or right.low != right.high:
        return False
    low = left.low * Decimal(factor)
    rounded = Decimal("0.5") if right.low == int(right.low) and right.low < 1000 else step(right) / 2
    exact = low * _RELATIVE if right.bound == "about" else low / (500 if right.bound == "exact" else 200)
    return abs(low - right.low) <= max(rounded, exact)


def english_unit(quantity: Quantity) -> str | None:
    """The unit an English quantity is measured in, None where it is none that is converted."""
    return _unit_named(quantity.unit)


@lru_cache(maxsize=1024)
def _unit_named(written: str) -> str | None:
    return next((name for name, words in _ENGLISH_UNITS if re.fullmatch(words, written)), None)


def converts(left: Quantity, unit: str | None) -> bool:
    """Whether a Chinese quantity can be told in an English unit by reckoning."""
    return unit in _CONVERSIONS.get(left.unit, {})


def english_name(quantity: Quantity) -> str:
    """What English calls a Chinese unit; "" where it has a word of its own."""
    return {"亩": "mu", "斤": "jin", "丈": "zhang", "坪": "ping"}.get(quantity.unit, "")


def _first_months(left: Quantity, right: Quantity) -> bool:
    """前8个月 is "the first eight months", "January to August", and may be "eight months"."""
    if left.kind == "date" and left.unit in _SEASONS:
        return right.low == left.low * (6 if left.unit == "半年" else 3) and right.unit == "first months"
    if left.unit == "首月":
        return right.low == left.low and (right.unit == "first months" or right.kind == "duration")
    return left.kind == "duration" and common(left).low == right.low * 30


def _crosses(left: Quantity, right: Quantity) -> bool:
    """60岁 is "60-year-old", 10次 "ten times", 百年 "the 100th anniversary"."""
    families = family(left), family(right)
    if left.low != left.high:
        return families in _LOOSE and right.low / 2 <= left.high and left.low <= right.high
    if left.kind == "duration" and left.unit == "年" and left.low in _ROC_YEARS:
        return right.kind == "date" and date_parts(right.low)[0] == left.low + 1911
    if left.unit == "点" and right.kind == "time":
        return right.low // 100 % 12 == left.low % 12
    if left.unit == "秒" and right.kind == "time":
        return left.low == right.low // 100 * 60 + right.low % 100  # 1:20 left on the clock
    if left.kind == "time" and right.kind == "count":
        return left.low // 100 % 12 == right.low and left.low % 100 == 0
    if right.unit == "times" and right.low > _FEW:
        return left.low == right.low
    if families[0] == "number" and families[1] in {"duration", "multiple"}:
        return left.low == right.low and left.unit in _TIMES
    return families in _LOOSE and left.low == right.low


def _near(left: Quantity, right: Quantity) -> bool:
    """Equal at the precision of the English: half a unit of its last digit, at most 2.5 percent."""
    if right.low != right.high or left.low != left.high:
        return right.low / 2 <= left.high and left.low <= right.high
    apart = abs(left.low - right.low)
    if apart <= Decimal("1e-9") or apart > _RELATIVE * abs(left.low):
        return apart <= Decimal("1e-9")
    unit = step(right)
    hedged = right.low < left.low if right.bound in UP else right.low > left.low and right.bound in DOWN
    return apart <= unit / 2 or (hedged and apart < unit)


def _same_date(left: Quantity, right: Quantity) -> bool:
    """Dates agree where both speak and end at the same part: 5月31日 is "May 31", 7日 "the 7th"."""
    if left.kind == "duration" and left.unit == "年" and left.low in _ROC_YEARS:
        return date_parts(right.low)[0] == left.low + 1911
    if left.kind != "date":
        if right.unit == "date" and not left.unit and left.low == right.low:
            return True  # “618” is June 18
        return right.unit == "year" and family(left) == "number" and left.low * 10000 == right.low
    if left.unit in _SEASONS or right.unit in {"half", "quarter"}:
        return _same_season(left, right)
    if right.kind != "date":
        return _told_as_number(left, right)
    mine, yours = date_parts(left.low), date_parts(right.low)
    if 0 < mine[0] < 100 and yours[0] % 100 == mine[0]:
        mine = yours[0], *mine[1:]
    if any(a and b and a != b for a, b in zip(mine, yours, strict=True)):
        return False
    return max(i for i in range(3) if mine[i]) == max(i for i in range(3) if yours[i])


def _same_season(left: Quantity, right: Quantity) -> bool:
    """三季度 is "the third quarter", in a list just "the third", and its end "the end of September"."""
    season = _SEASONS.get(left.unit)
    if season == "quarter" and right.kind == "ordinal":
        return left.low == right.low
    if season == "quarter" and left.text.endswith(("末", "底")) and date_parts(right.low)[1] == left.low * 3:
        return True
    return season == right.unit and left.low == right.low


def _told_as_number(left: Quantity, right: Quantity) -> bool:
    """A date in the words of another kind: 7日 is "the 7th", 民国二十六年 "the 26th year of the Republic"."""
    year = date_parts(left.low)[0]
    if left.text.startswith(("民国", "民國")):
        return right.kind == "ordinal" and year == right.low + 1911
    if right.kind == "duration" and 0 < year < 100:
        return right.low in divmod(year, 10)  # 七八年 may be seven or eight years
    if right.kind == "count" and not right.unit and date_parts(left.low) == (int(right.low), 0, 0):
        return True  # "up 6 billion over 2005"
    return left.unit == "日" and right.kind in {"ordinal", "count", "duration"} and left.low == right.low


def currency(quantity: Quantity) -> str | None:
    """The currency named, None when none is."""
    if quantity.kind != "money":
        return None
    return _currency_named(quantity.unit)


@lru_cache(maxsize=1024)
def _currency_named(written: str) -> str | None:
    return next((name for name, words in _CURRENCIES if re.search(words, written)), None)
