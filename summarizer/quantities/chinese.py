"""Chinese text to quantities: one pattern walked once."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from summarizer.quantities import chinese_dates
from summarizer.quantities.chinese_rules import (
    BOUNDS,
    FORMAL,
    FORMAL_RUN,
    HALVED,
    MONEY,
    MORE_AFTER,
    PLAIN,
    QUOTED,
    RULES,
    WEIGHED,
)
from summarizer.quantities.quantity import (
    HAN_DIGITS,
    Bound,
    Kind,
    Quantity,
    han_number,
    is_span,
    nearly,
    quantity,
)

_APART = re.compile("(?<=[，。；,;])\n")  # where no rule can reach from one line to the next
_SHARED_POINTS = re.compile(r"[和、与與]\d+(?:\.\d+)?[个個]百分[点點]")  # 0.3个和1.1个百分点


def read_chinese(text: str) -> tuple[Quantity, ...]:
    """Every quantity of a Chinese text, in order; names (一带一路, “三个规定”) are none.

    >>> [q.text for q in read_chinese("意见5.2万余条,近180万条,历时2个月22天")]
    ['5.2万余条', '近180万条', '2个月22天']
    """
    found: list[Quantity] = []
    at = 0
    for lines in _APART.split(text):
        read = _read_lines(lines)
        found += [replace(q, start=at + q.start, end=at + q.end) for q in read] if at else read
        at += len(lines) + len("\n")
    return tuple(found)


@lru_cache(maxsize=4096)  # a passage is read alone, with what its claims cite, and in the whole text
def _read_lines(text: str) -> tuple[Quantity, ...]:
    plain = FORMAL_RUN.sub(lambda run: run[0].translate(FORMAL), text.translate(PLAIN))
    quoted = bytearray(len(text))
    for quote in QUOTED.finditer(plain):
        quoted[quote.start() : quote.end()] = b"\1" * (quote.end() - quote.start())
    found: list[Quantity] = []
    for match in RULES.finditer(plain):
        for read in _read(match, text):
            small = read.high <= 10 and not re.search(r"\d", read.text)
            if not (small and quoted[read.start]):
                found.append(read)
    return tuple(found)


def _read(match: re.Match[str], text: str) -> list[Quantity]:
    """The branch that matched to its quantities: none for a name, two for a range of dates."""
    if match["name"]:
        return []
    for group, rule in _READERS:
        if match[group] is not None:
            return rule(match, text)
    return _turn(match, text)


def _ratio(match: re.Match[str], text: str) -> list[Quantity]:
    """百分之五十四点三, 三分之一, 半数, 半年."""
    pre, post = match["fpre"], match["fpost"]
    bound: Bound = BOUNDS[pre] if pre else "above" if post == "多" else BOUNDS.get(post or "", "exact")
    if match["pct"]:
        if pair := nearly(match["pct"]):  # 百分之八九十
            return [quantity(text, match.span(), pair[0], "range", high=pair[1], bound=bound, unit="%")]
        return [quantity(text, match.span(), han_number(match["pct"]), "percent", bound=bound, unit="%")]
    if match["halfunit"]:
        unit = match["halfunit"]
        kind: Kind = "points" if unit == "个百分点" else "duration" if is_span(unit) else "count"
        return [quantity(text, match.span(), Decimal("0.5"), kind, bound=bound, unit=unit)]
    if match["halfof"]:
        bound = "above" if match["halfof"] == "过半" else bound
        return [quantity(text, match.span(), Decimal("0.5"), "fraction", bound=bound)]
    below = han_number(match["den"])
    low = han_number(match["num"]) / below if below else Decimal(0)
    return [quantity(text, match.span(), low, "fraction", bound=bound)]


def _turn(match: re.Match[str], text: str) -> list[Quantity]:
    """翻一番 doubles, 翻两番 is four times."""
    turns = int(HAN_DIGITS[match["turn"] or "一"])
    hedge = match["turnpre"] or match["turnpost"]
    bound: Bound = BOUNDS.get(hedge or "", "exact")
    return [quantity(text, match.span(), Decimal(2**turns), "multiple", bound=bound, unit="番")]


def _nth(match: re.Match[str], text: str) -> list[Quantity]:
    """第一批 is an ordinal, 第3位 a rank; 第一 before a verb only counts the speaker's points."""
    unit = match["nunit"] or ""
    if not unit and not re.search(r"\d|[十百千万亿]", match["nth"]):
        return []
    kind: Kind = "rank" if unit in {"位", "名"} else "ordinal"
    return [quantity(text, match.span(), han_number(match["nth"]), kind, unit=unit)]


def _amount(match: re.Match[str], text: str) -> list[Quantity]:
    """A number with its hedges before, inside and after, and its measure word."""
    unit, end = match["unit"] or "", match.end()
    post2 = match["post2"]
    if post2 in {"多", "余"} and unit not in MORE_AFTER:
        post2, end = None, match.end("unit") if match["unit"] else match.start("post2")
    half = match["half"] if unit in HALVED else None
    if match["half"] and not half:
        post2, end = None, match.start("half")
    low, high = _interval(match)
    grown = match["verb"] if unit == "倍" else None
    first = next(match.start(group) for group in ("vague", "n") if match[group])
    pre = match["pre2"] or (None if match["verb"] and not grown else match["pre"])
    hedges = [hedge for hedge in (pre, match["mid"], match["post"], post2) if hedge]
    if not _stands(match, unit, hedges, high):
        return []
    start = match.start("pre2") if match["pre2"] and not grown else first
    start = match.start() if grown or not match["verb"] else start
    extra = Decimal("0.5") if half or unit == "个半月" else Decimal(0)
    kind, factor, add = _kind(unit, grown, single=high == 1)
    extra += _decimals(match["part"])
    low, high = ((edge + extra) * factor + add for edge in (low, high))
    if unit == "折":
        low = high = 100 - (high if high >= 10 else high * 10)
    bound: Bound = "about" if match["vague"] else BOUNDS[hedges[0]] if hedges else "exact"
    bound = "above" if unit == "个多月" else bound
    if pre == "近" and kind == "duration" and _recent(text, start, end):
        bound = "exact"
    if unit == "个" and _SHARED_POINTS.match(text, end):
        kind = "points"
    kind = "range" if match["n2"] or nearly(match["n"] or "") else kind
    return [quantity(text, (start, end), low, kind, high=high, bound=bound, unit=unit)]


def _recent(text: str, start: int, end: int) -> bool:
    """近3年来 is the last three years; 历时近3年 is nearly three."""
    return text[end : end + 1] in {"来", "來", "内", "间"} or not re.search(
        "(?:历时|長?长?达|用了|了|用|有|过|经过)$", text[max(0, start - 4) : start]
    )


def _interval(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Low and high: 数百 is 200 to 900, 两三百 is 200 to 300, 3至5万 shares its 万."""
    if match["vague"]:
        scale = han_number(match["vscale"])
        return 2 * scale, 9 * scale
    if pair := nearly(match["n"]):
        return pair
    if match["n"] in {"百十", "百八十"}:
        return Decimal(80), Decimal(120)
    low = han_number(match["n"] + (match["scale"] or ""))
    if not match["n2"]:
        return low, low + 9 if {"几", "余", "多"} & {match["mid"], match["post"]} and match[
            "n"
        ] == "十" else low
    high, tail = han_number(match["n2"]), re.search("[百千万亿]+$", match["n2"])
    if tail and not re.search("[百千万亿]", match["n"]):
        low *= han_number(tail[0])
    return min(low, high), max(low, high)


def _decimals(part: str | None) -> Decimal:
    """What follows a unit: 一米七三 is 1.73, 一块三毛 1.3, 六成五 6.5."""
    small = re.search("零(.)", part or "")  # 一块零五分
    digits = (
        ["0", str(HAN_DIGITS[small[1]])]
        if small
        else [
            char if char.isdigit() else str(HAN_DIGITS[char])
            for char in (part or "").removesuffix("两")
            if char.isdigit() or char in HAN_DIGITS
        ]
    )
    return Decimal("0." + "".join(digits)) if digits else Decimal(0)


def _stands(match: re.Match[str], unit: str, hedges: list[str], high: Decimal) -> bool:
    """Whether Chinese numerals are a quantity here: 统一 and 三是 are not, 三级 and 近百 are."""
    number = match["n"] or ""
    if re.search(r"\d", number) or match["vague"] or match["scale"]:
        return True
    if number == "一":
        is_more = unit in {"倍", "成"} or bool(match["part"])
        return is_span(unit) or is_more or unit in WEIGHED or bool(match["n2"] and unit)
    if high <= 10 or len(number) == 1:
        return bool(unit) or (bool(hedges) and number[0] in "百千万亿")
    return bool(unit or hedges) or bool(re.search("[十百千万亿廿卅]", number))


def _kind(unit: str, grown: str | None, *, single: bool) -> tuple[Kind, Decimal, Decimal]:
    """Kind, and what to multiply by and add: 三成 is 30 percent, 增长两倍 three times, 一倍 one more."""
    one, none = Decimal(1), Decimal(0)
    if unit in {"港仙", "仙"}:
        return "money", one / 100, none
    if unit == "‰":
        return "percent", one / 10, none
    if unit in {"成", "折"}:
        return "percent", Decimal(10) if unit == "成" else one, none
    if unit == "倍":
        return "multiple", one, one if grown or single else none
    kinds: dict[str, Kind] = {
        "%": "percent",
        "个百分点": "points",
        "个点": "points",
        "个多月": "duration",
        "个半月": "duration",
    }
    if is_span(unit):
        return "duration", one, none
    return kinds.get(unit, "money" if unit in MONEY else "count"), one, none


_READERS = (
    ("until", chinese_dates.months),
    ("firstmonths", chinese_dates.months),
    ("m1", chinese_dates.months),
    ("every", chinese_dates.share),
    ("whole", chinese_dates.share),
    ("newyear", chinese_dates.new_year),
    ("left", chinese_dates.score),
    ("yy", chinese_dates.short_year),
    ("years", chinese_dates.years_and_months),
    ("cents", chinese_dates.cents),
    ("minutes", chinese_dates.minutes),
    ("couple", chinese_dates.couple),
    ("quarters", chinese_dates.quarters),
    ("zero", chinese_dates.midnight),
    ("mao", chinese_dates.coins),
    ("xun", chinese_dates.tens),
    ("age", chinese_dates.age),
    ("fy", chinese_dates.fiscal_year),
    ("reign", chinese_dates.reign),
    ("roc", chinese_dates.roc),
    ("half_of", chinese_dates.and_a_half),
    ("centuries", chinese_dates.century),
    ("nthcentury", chinese_dates.century),
    ("decade", chinese_dates.decade),
    ("born", chinese_dates.decade),
    ("ydecade", chinese_dates.decade),
    ("y1", chinese_dates.years),
    ("y", chinese_dates.date),
    ("m", chinese_dates.date),
    ("d", chinese_dates.date),
    ("yhalf", chinese_dates.season),
    ("quarter", chinese_dates.season),
    ("hour", chinese_dates.time),
    ("h24", chinese_dates.time),
    ("clock", chinese_dates.time),
    ("spoken", chinese_dates.time),
    ("pct", _ratio),
    ("den", _ratio),
    ("halfof", _ratio),
    ("nth", _nth),
    ("long", chinese_dates.long),
    ("unit", _amount),
    ("n", _amount),
    ("vague", _amount),
)
