"""English dates, times and spans of time, as they matched, to quantities."""

import re
from decimal import Decimal

from summarizer.quantities.english_numbers import number_of
from summarizer.quantities.english_rules import MONTHS, TENS
from summarizer.quantities.quantity import Kind, Quantity, date_number, days, listed, quantity


def spanning(match: re.Match[str], text: str) -> list[Quantity]:
    """The first eight months, January to August, March–May, 2019-20, the twenties."""
    if match["ages"]:
        ten = next(
            10 * number for number, word in enumerate(TENS, 2) if word.startswith(match["ages"].lower()[:4])
        )
        return [quantity(text, match.span(), Decimal(ten), "decade", unit="age")]
    if match["fy"]:
        first = int(match["fy"])
        last = first - first % 100 + int(match["fyto"])
        years = [first] if last - first == 1 else [first, last]  # 2019-20 is one year, 2024-26 several
        return [quantity(text, match.span(), date_number(year, 0, 0), "date", unit="year") for year in years]
    if match["mfrom"]:
        months = ((match.span(group), _month(match[group])) for group in ("mfrom", "mto"))
        return [quantity(text, span, date_number(0, month, 0), "date", unit="date") for span, month in months]
    low = number_of(match["months"]) if match["months"] else Decimal(_month(match["until"]))
    return [quantity(text, match.span(), low, "date", unit="first months")]


def date(match: re.Match[str], text: str) -> list[Quantity]:
    """June 9, 9 June 2021, May 2021, since April; June 5-9 is two days of one month."""
    month = next(match[name] for name in ("mo", "dmo", "mmo", "bare", "bare2") if match[name])
    number = _month(month)
    year = int(match["year"] or match["dyear"] or match["myear"] or 0)
    start = match.start("bare") if match["bare"] else match.start()
    numbers = [
        int(re.sub(r"\D", "", day))
        for day in (match["dfirst"], match["day"] or match["dday"], match["day2"])
        if day
    ] or [0]
    return [
        quantity(text, (start, match.end()), date_number(year, number, day), "date", unit="date")
        for day in numbers
    ]


def season(match: re.Match[str], text: str) -> list[Quantity]:
    """The first half, the third quarter, Q3, H1; the first three quarters are quarter 3, as 前三季度 is."""
    unit, number = _season(match)
    return [quantity(text, match.span(), Decimal(number), "date", unit=unit)]


def decade(match: re.Match[str], text: str) -> list[Quantity]:
    """The 1990s, the '80s."""
    return [quantity(text, match.span(), Decimal(match["decade"]), "decade", unit="decade")]


def clock(match: re.Match[str], text: str) -> list[Quantity]:
    """Half past four, a quarter to nine, two in the morning, noon, and the 6 of "between 6 and 8 p.m."."""
    return [quantity(text, match.span(), Decimal(_clock(match)), "time", unit="time")]


def time(match: re.Match[str], text: str) -> list[Quantity]:
    """3:30 p.m. and 15:30 are both 1530."""
    hour = int(match["hour"]) + 12 * (match["ampm"] == "p" and int(match["hour"]) < 12)
    return [
        quantity(text, match.span(), Decimal(hour * 100 + int(match["minute"] or 0)), "time", unit="time")
    ]


def duration(low: Decimal, tail: re.Match[str]) -> tuple[Decimal, Decimal, Kind, str]:
    """Three years stay years; 2 months and 22 days are 82 nominal days."""
    unit = tail["span"].replace("ies", "y").rstrip("s")
    if tail["rest"]:
        low = days(low, unit)
        for number, rest in re.findall(r"(\S+) ([a-z]+)(?=,| and|$)", tail["rest"]):
            low += days(number_of(number), rest.replace("ies", "y").rstrip("s"))
        unit = "day"
    return low, low, "duration", unit


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _clock(match: re.Match[str]) -> int:
    if match["noon"]:
        return 1200 if match["noon"].lower() in {"noon", "midday"} else 2400
    if match["past"]:
        parts = {"a quarter": 15, "half": 30}
        minutes = parts.get(match["part_of"].lower()) or int(number_of(match["part_of"]))
        hour = int(number_of(match["past"]))
        return hour * 100 + minutes if match["side"].lower() == "past" else (hour - 1) * 100 + 60 - minutes
    if match["sharp"]:
        is_late = re.search("afternoon|evening|night", match["when"].lower()) is not None
        return int(number_of(match["sharp"]) + (12 if is_late else 0)) * 100
    is_late = match["sharedp"] == "p" and int(match["shared"]) < 12
    return (int(match["shared"]) + (12 if is_late else 0)) * 100 + int(match["sharedm"] or 0)


def _season(match: re.Match[str]) -> tuple[str, int]:
    if match["short"]:
        return "half" if match["short"] == "H" else "quarter", int(match["order"])
    word, part = match["season"].lower(), match["part"].lower()
    if " " in part:
        return ("quarter", 3) if part.startswith("three") else ("half", 1)
    number = (
        listed("first second third fourth").index(word) + 1 if word != "last" else 2 if part == "half" else 4
    )
    return part, number
