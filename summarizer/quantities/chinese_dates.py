"""Calendar and clock: matches of the Chinese pattern to dates, times and durations."""

import re
from decimal import Decimal

from summarizer.quantities.chinese_rules import AFTERNOON, BOUNDS, COUPLES, N
from summarizer.quantities.quantity import (
    HAN_DIGITS,
    Bound,
    Kind,
    Quantity,
    date_number,
    days,
    han_number,
    nearly,
    quantity,
)


def decade(match: re.Match[str], text: str) -> list[Quantity]:
    """上世纪九十年代 is 1990; a decade without its century keeps two digits."""
    if match["ydecade"]:
        return [quantity(text, match.span(), Decimal(match["ydecade"]), "decade", unit="年代")]
    if match["born"]:  # 90后
        return [quantity(text, match.span(), han_number(match["born"]), "decade", unit="后")]
    named = match["century"]
    centuries = {None: 0, "上": 1900, "上个": 1900, "本": 2000}
    base = centuries[named] if named in centuries else (han_number(named) - 1) * 100
    named_decades = [match["decade"]]
    if match["decade1"]:  # 六七十年代
        named_decades.insert(0, f"{match['decade1']}十")
    return [
        quantity(text, match.span(), base + han_number(name), "decade", unit="年代") for name in named_decades
    ]


def years(match: re.Match[str], text: str) -> list[Quantity]:
    """2018—2020年 is two years."""
    spans = match.span("y1"), (match.start("y2"), match.end())
    years = (int(han_number(match[group])) for group in ("y1", "y2"))
    return [
        quantity(text, span, date_number(year, 0, 0), "date", unit="年")
        for span, year in zip(spans, years, strict=True)
    ]


def date(match: re.Match[str], text: str) -> list[Quantity]:
    """2018年, 今年3月, 5月31日, 7日: what is not said is 0; 6月5至9日 is two days of one month."""
    year, month, day = (
        next((int(han_number(match[group])) for group in groups if match[group]), 0)
        for groups in (("y",), ("ym", "m"), ("ymd", "md", "d"))
    )
    unit = "年" * bool(year) + "月" * bool(month) + "日" * bool(day)
    found = [quantity(text, match.span(), date_number(year, month, day), "date", unit=unit)]
    if match["md2"]:
        last = date_number(0, month, int(han_number(match["md2"])))
        found.append(quantity(text, (match.start("md2"), match.end()), last, "date", unit=unit))
    return found


def months(match: re.Match[str], text: str) -> list[Quantity]:
    """1—8月 and 前8个月 are the first eight months; 3月至5月 is two dates."""
    if match["m1"]:
        spans = match.span("m1"), (match.start("m2"), match.end())
        both = (date_number(0, int(han_number(match[group])), 0) for group in ("m1", "m2"))
        return [
            quantity(text, span, month, "date", unit="月") for span, month in zip(spans, both, strict=True)
        ]
    low = han_number(match["until"] or match["firstmonths"])
    return [quantity(text, match.span(), low, "date", unit="首月")]


def share(match: re.Match[str], text: str) -> list[Quantity]:
    """每五起中有一起 is one in five, and so is what Hong Kong writes 五分一."""
    if match["whole"]:
        low = han_number(match["share"]) / han_number(match["whole"])
        return [quantity(text, match.span(), low, "fraction")]
    bound: Bound = BOUNDS[match["than"]] if match["than"] else "exact"
    if pair := nearly(match["every"]):  # 每四五个
        low, high = (han_number(match["some"]) / end for end in reversed(pair))
        return [quantity(text, match.span(), low, "fraction", high=high, bound="about")]
    number = han_number(match["every"])
    if not number:
        return []
    return [quantity(text, match.span(), han_number(match["some"]) / number, "fraction", bound=bound)]


def new_year(match: re.Match[str], text: str) -> list[Quantity]:
    """元旦 is January 1, 双十一 November 11."""
    month = {"元旦": 1, "双十一": 11}[match["newyear"]]
    return [quantity(text, match.span(), date_number(0, month, month), "date", unit="月日")]


def score(match: re.Match[str], text: str) -> list[Quantity]:
    """四比三 is two counts; of 30比1 only the first says something."""
    groups = ("left",) if match["right"] == "1" else ("left", "right")
    return [quantity(text, match.span(group), han_number(match[group]), "count") for group in groups]


def short_year(match: re.Match[str], text: str) -> list[Quantity]:
    """七八年 is the year 78 of its century, or seven or eight years."""
    low = han_number(match["yy"])
    return [quantity(text, match.span(), low * 10000, "date", unit="年")]


def years_and_months(match: re.Match[str], text: str) -> list[Quantity]:
    """一年六个月, and what courts write: 一年六月."""
    months = match["months"].translate(COUPLES)
    low = days(han_number(match["years"]), "年") + days(han_number(months), "月")
    return [quantity(text, match.span(), low, "duration", unit="天")]


def minutes(match: re.Match[str], text: str) -> list[Quantity]:
    """一分五十六秒八 is 116.8 seconds."""
    low = 60 * han_number(match["minutes"]) + han_number(match["seconds"])
    if match["tenth"]:
        low += Decimal("0." + "".join(str(HAN_DIGITS.get(char, char)) for char in match["tenth"]))
    return [quantity(text, match.span(), low, "duration", unit="秒")]


def couple(match: re.Match[str], text: str) -> list[Quantity]:
    """俩 is 两个, 仨 is 三个."""
    unit = match["coupleunit"] or ""
    kind: Kind = "duration" if unit else "count"
    return [quantity(text, match.span(), han_number(match["couple"].translate(COUPLES)), kind, unit=unit)]


def quarters(match: re.Match[str], text: str) -> list[Quantity]:
    """一刻钟 is fifteen minutes."""
    return [
        quantity(
            text,
            match.span(),
            15 * han_number(match["quarters"]),
            "duration",
            bound="at most" if match["within"] else "exact",
            unit="分钟",
        )
    ]


def midnight(match: re.Match[str], text: str) -> list[Quantity]:
    """零时."""
    return [quantity(text, match.span(), Decimal(match["zerominute"] or 0), "time", unit="时")]


def coins(match: re.Match[str], text: str) -> list[Quantity]:
    """一毛八 is 0.18 yuan."""
    low = han_number(match["mao"]) / 10 + (han_number(match["fen"]) / 100 if match["fen"] else 0)
    return [quantity(text, match.span(), low, "money", unit="元")]


def cents(match: re.Match[str], text: str) -> list[Quantity]:
    """7分多钱 is more than 0.07 yuan."""
    bound: Bound = "above" if "多" in match[0] else "exact"
    return [quantity(text, match.span(), han_number(match["cents"]) / 100, "money", bound=bound, unit="元")]


def tens(match: re.Match[str], text: str) -> list[Quantity]:
    """七旬老人 is in the seventies."""
    return [quantity(text, match.span(), 10 * han_number(match["xun"]), "decade", unit="旬")]


def age(match: re.Match[str], text: str) -> list[Quantity]:
    """年逾古稀 is past seventy."""
    ages = {"古稀": 70, "花甲": 60, "耄耋": 80, "不惑": 40, "而立": 30}
    return [quantity(text, match.span(), Decimal(ages[match["age"]]), "count", unit="岁")]


def reign(match: re.Match[str], text: str) -> list[Quantity]:
    """光绪二十九年 is the 29th year of a reign."""
    low = Decimal(1) if match["reign"] == "元" else han_number(match["reign"])
    return [quantity(text, match.span(), low, "ordinal", unit="年")]


def fiscal_year(match: re.Match[str], text: str) -> list[Quantity]:
    """2019-20年度 is told by its first year."""
    return [quantity(text, match.span(), date_number(int(match["fy"]), 0, 0), "date", unit="年")]


def roc(match: re.Match[str], text: str) -> list[Quantity]:
    """民國110年3月 is March 2021: the Republic counts from 1912."""
    year = int(han_number(match["roc"])) + 1911
    month, day = (int(han_number(match[part])) if match[part] else 0 for part in ("rocm", "rocd"))
    unit = "年" + "月" * bool(month) + "日" * bool(day)
    return [quantity(text, match.span(), date_number(year, month, day), "date", unit=unit)]


def and_a_half(match: re.Match[str], text: str) -> list[Quantity]:
    """一个半小时, 两个半月."""
    unit = {"钟头": "小时", "月": "个月", "钟": "分钟"}.get(match["halfspan"], match["halfspan"])
    low = han_number(match["half_of"]) + Decimal("0.5")
    kind: Kind = "points" if unit == "百分点" else "duration"
    return [quantity(text, match.span(), low, kind, unit=unit)]


def century(match: re.Match[str], text: str) -> list[Quantity]:
    """半个世纪 is a duration, 十八世纪 an ordinal."""
    if match["nthcentury"]:
        return [quantity(text, match.span(), han_number(match["nthcentury"]), "ordinal", unit="世纪")]
    low = Decimal("0.5") if match["centuries"] == "半" else han_number(match["centuries"])
    return [quantity(text, match.span(), low, "duration", unit="世纪")]


def season(match: re.Match[str], text: str) -> list[Quantity]:
    """上半年 is half 1, 三季度 is quarter 3."""
    if match["yhalf"]:
        return [quantity(text, match.span(), Decimal("上下".index(match["yhalf"]) + 1), "date", unit="半年")]
    return [quantity(text, match.span(), han_number(match["quarter"]), "date", unit="季度")]


def time(match: re.Match[str], text: str) -> list[Quantity]:
    """下午3时30分 and 15:30 are both 1530."""
    if match["clock"]:
        hour, minute = map(int, match["clock"].split(":"))
    else:
        hour = int(han_number(match["hour"] or match["spoken"] or match["h24"]))
        told = match["minute"] or match["minute2"] or match["sminute"] or match["tens"] or match["m24"]
        quarters = {"一": 15, "三": 45}.get(match["hquarter"] or match["squarter"] or "", 0)
        minute = 30 if match["hhalf"] or match["shalf"] else int(han_number(told)) if told else quarters
        if match["ampm"] in AFTERNOON and hour < 12:
            hour += 12
    return [quantity(text, match.span(), Decimal(hour * 100 + minute), "time", unit="时")]


def long(match: re.Match[str], text: str) -> list[Quantity]:
    """2个月22天 is 82 nominal days."""
    parts = re.findall(rf"({N})(年|周岁|岁|个月|[天日]|个?小时|分钟?|秒)", match["long"])
    total = sum(
        (days(han_number(number), unit.replace("周岁", "年").replace("岁", "年")) for number, unit in parts),
        Decimal(0),
    )
    return [quantity(text, match.span(), total, "duration", unit="天")]
