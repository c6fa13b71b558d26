"""English text to quantities: digits and words alike."""

import re
from dataclasses import replace
from decimal import Decimal

from summarizer.letters import lowered
from summarizer.quantities import english_dates
from summarizer.quantities.english_numbers import number_of
from summarizer.quantities.english_rules import (
    AFTER,
    BEFORE,
    BIG,
    FOLD,
    MORE,
    ORDER,
    PARTS,
    RULES,
    SCALE,
    STARTS,
    TAIL,
    YEAR,
)
from summarizer.quantities.quantity import Bound, Kind, Quantity, days, quantity

_BESIDE = 40  # characters beside a match that say more of it; a slice to the end would make reading quadratic


def read_english(text: str) -> tuple[Quantity, ...]:
    """Every quantity of an English text, in order.

    >>> [str(q.low) for q in read_english("half a million, one in five, US$13.6 trillion, the 1990s")]
    ['500000.0', '0.2', '13600000000000.0', '1990']
    """
    found: list[Quantity] = []
    lower = lowered(text)
    at = 0
    while start := STARTS.search(lower, at):
        match = RULES.match(text, start.start())
        if match is None:
            at = start.start() + 1
            continue
        read = _read(match, text)
        found += read
        at = max(match.end(), match.start() + 1, read[-1].end if read else 0)
    return tuple(_ranges(found, text))


def _read(match: re.Match[str], text: str) -> list[Quantity]:
    """The branch that matched to its quantities."""
    if match["name"]:
        return []
    if match["one_in"] or match["mm"] or match["hms"] or match["one_and"] or match["folds"] or match["per_n"]:
        return [_compound(match, text)]
    if match["months"] or match["until"] or match["mfrom"] or match["fy"] or match["ages"]:
        return english_dates.spanning(match, text)
    if match["past"] or match["sharp"] or match["noon"] or match["shared"]:
        return english_dates.clock(match, text)
    if match["mo"] or match["dmo"] or match["mmo"] or match["bare"] or match["bare2"]:
        return english_dates.date(match, text)
    if match["season"] or match["short"]:
        return english_dates.season(match, text)
    if match["decade"]:
        return english_dates.decade(match, text)
    if match["hour"]:
        return english_dates.time(match, text)
    return [_amount(match, text)]


def _compound(match: re.Match[str], text: str) -> Quantity:
    """One blaze in three, 1:54.99, an hour and five minutes."""
    if match["per_n"]:
        share = number_of(match["per_n"]) / (number_of(match["per_d"]) or Decimal(1))
        return quantity(text, match.span(), share, "fraction")
    if match["one_in"]:
        return quantity(text, match.span(), 1 / (number_of(match["one_in"]) or Decimal(1)), "fraction")
    if match["hms"]:
        hours, minutes, seconds = (Decimal(part) for part in match["hms"].split(":"))
        low = (hours * 60 + minutes) * 60 + seconds
        return quantity(text, match.span(), low, "duration", unit="second")
    if match["mm"]:
        low = 60 * Decimal(match["mm"]) + Decimal(match["ss"])
        return quantity(text, match.span(), low, "duration", unit="second")
    if match["folds"]:
        low = number_of(match["folds"])
        bound: Bound = "above" if re.search("more than $", _before(text, match.start())) else "exact"
        return quantity(text, match.span(), low, "multiple", high=low + 1, bound=bound, unit="times")
    if not match["and_n"]:
        return quantity(text, match.span(), Decimal("1.5"), "duration", unit=match["one_and"])
    low = days(Decimal(1), match["one_and"]) + days(number_of(match["and_n"]), match["and_span"].rstrip("s"))
    return quantity(text, match.span(), low, "duration", unit="day")


def _amount(match: re.Match[str], text: str) -> Quantity:
    """A number with what stands before it (hedge, currency) and after it (unit, hedge)."""
    tail = TAIL.match(text, match.end())
    if tail is None:
        raise AssertionError("every part of the tail is optional")
    hedge = (tail["after"] or "").lstrip(", -").lower()
    bound: Bound = BEFORE[match["pre"].lower()] if match["pre"] else AFTER.get(hedge, "exact")
    # "12.86 billion in 2023" is no share of 2023.
    is_alone = (tail["den"] and not _is_share(match, tail)) or (tail["parts"] and not _is_part(match, tail))
    span = (match.start(), match.end() if is_alone else tail.end())
    if match["plural"] or match["fold"] or match["nth"]:
        return replace(_word(match, text), bound=bound) if match["fold"] else _word(match, text)
    if match["half"] and re.match(r"[ -]a percentage point", _after(text, match.end())):
        return quantity(
            text,
            (match.start(), match.end() + len(" a percentage point")),
            Decimal("0.5"),
            "points",
            unit="%",
        )
    if match["half"] and (whole := re.match(r"[ -]an? (century|decade)\b", _after(text, match.end()))):
        ends = (match.start(), match.end() + whole.end())
        return quantity(text, ends, Decimal("0.5"), "duration", bound=bound, unit=whole[1])
    if match["half"]:
        kind: Kind = "duration" if tail["span"] else "fraction"
        return quantity(text, span, Decimal("0.5"), kind, bound=bound, unit=(tail["span"] or "").rstrip("s"))
    if part := match["apart"] or match["left"]:
        share = Decimal(1) / PARTS[part.split(" ")[-1].lower()]
        if of := re.match(" of a percentage point", _after(text, match.end())):
            return quantity(
                text, (match.start(), match.end() + of.end()), share, "points", bound=bound, unit="%"
            )
        return quantity(text, match.span(), share, "fraction", bound=bound)
    number = number_of(match["n"])
    if match["cash"] and (short := re.match("[mb](?![a-z])", _after(text, match.end()))):
        number *= 10**6 if short[0] == "m" else 10**9
        span = (span[0], match.end() + 1)
    low, high, kind, unit = _measured(number, match, tail, text)
    return quantity(text, span, low, kind, high=high, bound=bound, unit=unit)


def _is_share(match: re.Match[str], tail: re.Match[str]) -> bool:
    """Whether "in" or "out of" and a second number make a share: "one in five", "three out of 10"."""
    number = number_of(match["n"] or "0")
    return number <= number_of(tail["den"]) < 1500 and not match["cash"]


def _is_part(match: re.Match[str], tail: re.Match[str]) -> bool:
    """Whether it is a fraction: "two thirds" and "one third", but not the two of "two sixth-graders"."""
    number = number_of(match["n"] or "0")
    if tail["parts"].startswith("quarter") and number > 3:
        return False  # of a year
    return tail["parts"].endswith("s") or number == 1


def _word(match: re.Match[str], text: str) -> Quantity:
    """A quantity that is one word: "thousands" is 2,000 to 9,000, "doubled" is 2, "twenty-first" is 21."""
    if match["plural"]:
        many, of = match["plural"].lower(), (match["of"] or "").lower()
        low = Decimal(2 * ({"tens": 10}.get(many) or SCALE[many[:-1]]) * SCALE.get(of[:-1], 1))
        return quantity(text, match.span(), low, "count", high=low / 2 * 9, bound="about")
    if match["fold"]:
        return quantity(text, match.span(), Decimal(FOLD[match["fold"][:4].lower()]), "multiple")
    *words, last = re.findall("[a-z]+", match["nth"].lower())
    number = number_of(" ".join([*words, "" if last in ORDER else last.removesuffix("th")]))
    return quantity(text, match.span(), number + ORDER.get(last, 0), "ordinal")


def _measured(
    low: Decimal, match: re.Match[str], tail: re.Match[str], text: str
) -> tuple[Decimal, Decimal, Kind, str]:
    """Low, high, kind and unit of a number by what follows it."""
    if tail["points"] or tail["percent"]:
        return low, low, "points" if tail["points"] else "percent", "%"
    if tail["mille"]:
        return low / 10, low / 10, "percent", "‰"
    if tail["times"] and re.match(" (?:a|an|per|each|every) ", _after(text, tail.end())):
        return low, low, "count", "times"
    if tail["times"]:
        grown = tail["times"].endswith("fold") or MORE.search(text, max(0, match.start() - 40), match.start())
        more = re.match(" (?:more|higher|larger|greater|increase)", text[tail.end() : tail.end() + 10])
        return low, low + 1 if grown or more else low, "multiple", "times"
    if (tail["den"] and _is_share(match, tail)) or (tail["parts"] and _is_part(match, tail)):
        part = PARTS.get((tail["parts"] or "").rstrip("s"), 0) or number_of(tail["den"] or "1") or 1
        return low / part, low / part, "fraction", ""
    if tail["span"]:
        return english_dates.duration(low, tail)
    if match["cash"] or tail["money"]:
        coin = re.search("cents|fen|jiao|mao", tail["money"] or "")
        low /= {"cents": 100, "fen": 100}.get(coin[0], 10) if coin else 1
        return low, low, "money", (match["cash"] or tail["money"]).strip()
    if tail["measure"]:
        return low, low, "count", tail["measure"].lower()
    before = text[max(0, match.start() - 5) : match.start()]
    looks = re.fullmatch(YEAR, match["n"]) or (
        re.fullmatch(r"1\d{3}", match["n"]) and re.search(r"\b[Ii]n $", before)
    )
    year = looks and (not match["pre"] or match["pre"].lower() in {"about", "around"}) and not tail["th"]
    kind: Kind = "rank" if re.search(r"[Nn]o\. ?$|#$", before) else "date" if year else "count"
    kind = "ordinal" if tail["th"] else kind
    low = low * 10000 if kind == "date" else low
    return low, low, kind, "year" if kind == "date" else ""


def _is_alike(first: Quantity, read: Quantity) -> bool:
    """Whether two numbers can be the ends of one range: a bare one takes the kind of the other."""
    kinds = first.kind, read.kind
    return (
        (first.kind == "count" and first.unit in {"", read.unit})
        or kinds == ("money", "count")
        or (first.kind, first.unit) == (read.kind, read.unit)
    )


def _before(text: str, at: int) -> str:
    return text[max(0, at - _BESIDE) : at]


def _after(text: str, at: int) -> str:
    return text[at : at + _BESIDE]


def _between(first: Quantity, text: str) -> str:
    """What may stand between the ends of a range."""
    both = "|and" if _before(text, first.start).lower().endswith("between ") else ""
    return f" ?(?:to|-|–|—|or{both}) ?"


def _ranges(found: list[Quantity], text: str) -> list[Quantity]:
    """Two numbers joined by "to" or a dash are one range and share the scale of the second."""
    joined: list[Quantity] = []
    for read in found:
        first = joined[-1] if joined else None
        if (
            first
            and re.fullmatch(_between(first, text), text[first.end : read.start])
            and _is_alike(first, read)
            and first.bound in {"exact", "about", "at most"}
            and read.bound == "exact"
            and read.kind in {"count", "money", "percent", "points", "duration"}
        ):
            low = first.low
            scale = re.search(rf"[ -]?({BIG}|bn|tn|mn|k)\b", read.text)
            if scale and not read.text.startswith("a ") and not re.search(rf"{BIG}|bn|tn|mn", first.text):
                low *= SCALE[scale[1]]
            span = (first.start, read.end)
            unit = {"percent": "%", "points": "points"}.get(read.kind, read.unit or first.unit)
            high = read.high
            if high < 100 < low and low % 100 and not re.search(r"\d", first.text):
                high += low - low % 100  # a hundred and sixty or seventy
            joined[-1] = quantity(text, span, low, "range", high=high, bound=first.bound, unit=unit)
        else:
            joined.append(read)
    return joined
