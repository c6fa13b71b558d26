"""English text to quantities: digits and words alike; each branch of the pattern is one rule of writing."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from summarizer.quantities.quantity import Bound, Kind, Quantity, date_number, days, listed, quantity

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_NTHS = listed(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_SMALL = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SMALL |= {"single": 1, "both": 2}
_ORDER = {word: n for n, word in enumerate(_NTHS)} | {
    word[:-1] + "ieth": 10 * n for n, word in enumerate(_TENS, 2)
}
_SCALE = dict(
    zip(
        listed("hundred thousand k million mn m billion bn b trillion tn dozen score"),
        (100, 10**3, 10**3, 10**6, 10**6, 10**6, 10**9, 10**9, 10**9, 10**12, 10**12, 12, 20),
        strict=True,
    )
)
_PARTS = (
    {"half": 2, "third": 3, "quarter": 4, "hundredth": 100, "thousandth": 1000}
    | {_NTHS[n]: n for n in range(4, 20)}
    | {word[:-1] + "ieth": 10 * n for n, word in enumerate(_TENS, 2)}
)
_FOLD = {"doub": 2, "twic": 2, "trip": 3, "treb": 3, "quad": 4, "quin": 5}
_MONTHS = listed("jan feb mar apr may jun jul aug sep oct nov dec")
_BEFORE: dict[str, Bound] = {
    **dict.fromkeys(
        listed(
            "more than|over|above|exceed|exceeds|exceeded|exceeding|surpassed|surpasses|surpassing|topped"
            "|topping|upwards of|upward of|in excess of|greater than|higher than|north of|beyond"
        ),
        "above",
    ),
    **dict.fromkeys(
        listed("nearly|almost|close to|approaching|under|below|less than|fewer than|lower than|short of"),
        "below",
    ),
    **dict.fromkeys(
        listed("some|about|around|roughly|approximately|an estimated|approx.|an average of|circa"), "about"
    ),
    **dict.fromkeys(listed("at least|no fewer than|no less than|not less than|a minimum of"), "at least"),
    **dict.fromkeys(listed("up to|at most|no more than|not more than|a maximum of|within"), "at most"),
}
_AFTER: dict[str, Bound] = {
    **dict.fromkeys(
        listed("or more|and more|or above|and above|or older|and over|or over|or higher|plus|+"),
        "at least",
    ),
    **dict.fromkeys(listed("or so|or thereabouts|odd|some|and some|and change"), "about"),
    **dict.fromkeys(listed("or less|or fewer|or below|and below|or under"), "at most"),
}


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_D = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d|[,.]\d| ?(?:%|percent))|\d+(?:\.\d+)?)"
_W = f"(?:{_any(_SMALL)})"
_BIG = "(?:hundred|thousand|million|billion|trillion|dozen)"
_LISTED = "|".join(f"(?<={scale}), " for scale in ("thousand", "million", "billion", "trillion"))
_WORDS = (
    rf"(?:half an? {_BIG}|(?:(?<=extra )|(?<=another ))(?:hundred|thousand|million|dozen)\b|(?:{_W}|an?(?= {_BIG}\b))\b(?:(?:[ -]|,? and |-and-|{_LISTED})"
    rf"(?:{_W}|{_BIG}|a half|half)\b){{0,24}})"
)
_N = rf"(?>{_D}(?:[ -]?{_BIG}\b|(?:bn|tn|mn|k|m|b)\b){{0,2}}(?: and a half\b)?|{_WORDS}\b)"
_NTH = (
    rf"(?i:(?:{_W}(?:(?:[ -]|,? and |{_LISTED})(?:{_W}|{_BIG})\b){{0,12}}?[ -]{_BIG}(?: and |[ -]|{_LISTED}))?"
    rf"(?:(?:{_any(_TENS)})-)?(?:{_any(_ORDER)})"
    rf"|(?:{_W}(?:(?:[ -]|,? and |{_LISTED})(?:{_W}|{_BIG})\b){{0,12}}?[ -])?(?:hundred|thousand|million)th)"
)
_CASH = r"US\$|HK\$|NT\$|S\$|A\$|RMB ?|CNY ?|USD ?|EUR ?|\$|¥|€|£"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[,.]\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.]\d)"
_CUE = (
    "[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Ll]ast|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|of|to|[Dd]uring|[Uu]ntil"
)
_NAMES = (
    r"\d+(?:th|st|nd|rd) Five[- ]Year|(?i:one country, two systems)|(?<=[A-Z]-)\d+\b|(?<=[a-z]-)\d\b"
    r"|(?i:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) lunar month)"
)
_SMALL_HOUR = rf"(?:\d{{1,2}}|{_W})"
_SIDE = r"in the (?:early )?(?:morning|afternoon|evening)|at night|o['’]clock(?: in the (?:morning|afternoon|evening))?"
_CLOCK = (
    rf"(?i:(?:(?:about|around|nearly|almost|roughly) )?(?P<part_of>a quarter|half|five|ten|twenty|twenty-five|\d{{1,2}}) (?P<side>past|to) (?P<past>{_SMALL_HOUR})(?= (?:{_SIDE}|every)|[,.;]))"
    rf"|(?i:(?:(?:about|around|nearly|almost|roughly) )?(?P<sharp>{_SMALL_HOUR}) (?P<when>{_SIDE})\b|(?P<noon>noon|midday|midnight)\b)"
    r"|(?P<shared>\d{1,2})(?::(?P<sharedm>\d\d))?(?= ?(?:and|to|-|–) ?\d{1,2}(?::\d\d)? ?(?P<sharedp>[ap])\.?m\b)"
)
_SPANNING = (
    rf"(?:(?i:about|around|nearly|almost|roughly) )?(?i:one)(?: [a-z]+){{1,2}} (?:in|out of) (?P<one_in>{_N})(?!,? ?\d)|(?P<mm>\d{{1,2}}):(?P<ss>\d\d\.\d+)"
    rf"|(?P<one_and>minute|hour|day|week|month|year) and (?:a half\b|(?P<and_n>{_N}) (?P<and_span>seconds|minutes|hours|days|weeks|months))"
    rf"|(?P<folds>(?i:{_W})|\d+)-?fold\b|"
    rf"(?i:first) (?P<months>{_N}) (?i:months)|(?:[Bb]etween )?January(?: to | through | and |-|–|—)(?P<until>{_MONTH})(?!\w| \d)"
    rf"|(?P<mfrom>{_MONTH})(?: to |-|–|—| through | and )(?P<mto>{_MONTH})(?!\w| \d)|(?P<fy>{_YEAR})[-–/]\d\d(?!\d)"
    r"|(?P<ages>(?i:twent|thirt|fort|fift|sixt|sevent|eight|ninet))ies\b"
)
_RULES = re.compile(
    rf"(?<![\w.])(?:(?P<name>{_NAMES})|{_SPANNING}|{_CLOCK}"
    rf"|(?P<mo>{_MONTH}) (?P<day>{_DAY})(?: ?(?:[-–—]|to|through|and) ?"
    rf"(?P<day2>{_DAY})(?! ?%| \w))?"
    rf"(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<dday>{_DAY})(?: of)? (?P<dmo>{_MONTH})(?!\w)(?:,? (?P<dyear>{_YEAR}))?"
    rf"|(?P<mmo>{_MONTH}),? (?:of )?(?P<myear>{_YEAR})|(?:{_CUE})[ -](?P<bare>{_MONTH})(?!\w| \d|[-–—]| (?:to|through) {_MONTH}(?! \d))"
    r"|(?P<bare2>January|February|April|June|July|August|September|October|November|December)\b"
    r"|(?P<decade>(?:1[5-9]|20)?\d0)['’]?s\b"
    r"|(?P<season>(?i:first|second|third|fourth|last))[ -]"
    r"(?P<part>(?i:half|quarter|two quarters|three quarters))\b"
    r"|(?P<short>[HQ])(?P<order>[1-4])\b"
    r"|(?:(?i:about|around|nearly|almost|roughly) )?(?P<hour>2[0-4]|1\d|0?\d)(?!\d)(?:[:.](?P<minute>\d\d))?(?: ?(?P<ampm>[ap])\.?m\b\.?|(?<=:\d\d)(?!\d))"
    rf"|(?:(?P<pre>(?i:{_any(_BEFORE)})) (?:(?:the|a|just) (?=[\w$¥])(?!(?:{_any(_PARTS)})\b))?)?"
    rf"(?:(?P<nth>{_NTH})\b|(?P<cash>{_CASH})?(?P<n>(?i:{_N}))"
    rf"|(?P<apart>(?i:an?|the other) (?:{_any(_PARTS)}))\b(?= (?:of|the|more|less|as|to|higher|lower|from|in|were|was)\b|[,.;]|$)"
    r"|(?P<plural>(?i:tens|dozens|scores(?= of)|hundreds|thousands|millions|billions|trillions))\b"
    r"(?i: of (?P<of>dozens|hundreds|thousands|millions|billions|trillions)\b)?"
    r"|(?P<half>(?i:half))\b(?=[ -](?:of|the|their|its|our|an?|were|was|are|is|had|year|day|month|hour)\b)"
    r"|(?P<fold>(?i:doubl(?:ed|ing|es|e(?= (?:that|the|what|its|from|in)\b))"
    r"|(?:tripl|trebl|quadrupl|quintupl)(?:ed|ing|es|e)"
    r"|twice))\b))"
)
_SPANS = "years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)"
_MEASURES = (
    "kilograms?|kilos?|kg|grams?|g|tonnes?|tons?|jin|hectares?|ha|acres?|mu|kilometers?|kilometres?|km|meters?|metres?|m"
    "|miles?|feet|foot|li|square feet|sq ft|square[- ]met(?:er|re)s?|gigawatts?|GW|megawatts?|MW|kilowatts?|kW|microns?|millimeters?|mm|centimeters?|cm"
)
_TAIL = re.compile(
    rf"(?P<ratio>(?::| to )1\b(?![,.]?\d)| to one\b)?(?:(?P<points>[ -]percentage[ -]points?\b| ?pp\b)|(?P<percent> ?%| ?percent\b| per cent\b|-percent\b)|(?P<mille> ?‰| per thousand\b| per mille\b)"
    rf"|(?P<th>st|nd|rd|th)\b"
    rf"|(?P<times>-?fold\b| times\b)|(?: in| out of)(?: every)? (?P<den>(?i:{_N}))(?!,? ?\d)"
    rf"|[ -](?P<parts>(?:{_any(_PARTS)})s?)\b(?! half| quarter)"
    rf"|[ -](?P<span>{_SPANS})\b(?P<rest>(?:,? and|,)? (?:{_D}|{_W}) (?:{_SPANS})\b)?"
    r"|[ -](?P<money>(?:US |U\.S\. |Hong Kong |New Taiwan )?(?:dollars?|cents)|yuan|RMB|renminbi|euros?|pounds?|yen|fen|jiao|mao)\b"
    rf"|[ -](?P<measure>{_MEASURES})(?!\w))?"
    rf"(?P<after>(?!, plus),? ?-?(?:{_any(_AFTER)})(?!\w))?"
)
_MORE = re.compile(
    r"(?i)(?:increas\w*|r[io]se\w*|gr[eo]w\w*|up|jump\w*|surg\w*|climb\w*|expan\w*)(?: \w+){0,3} ?$"
)


def read_english(text: str) -> tuple[Quantity, ...]:
    """Every quantity of an English text, in order.

    >>> [str(q.low) for q in read_english("half a million, one in five, US$13.6 trillion, the 1990s")]
    ['500000.0', '0.2', '13600000000000.0', '1990']
    """
    found: list[Quantity] = []
    at = 0
    while match := _RULES.search(text, at):
        read = _read(match, text)
        found += read
        at = max(match.end(), match.start() + 1, read[-1].end if read else 0)
    return tuple(_ranges(found, text))


def _read(match: re.Match[str], text: str) -> list[Quantity]:
    """The branch that matched to its quantities."""
    if match["name"]:
        return []
    if match["one_in"] or match["mm"] or match["one_and"] or match["folds"]:
        return [_compound(match, text)]
    if match["months"] or match["until"] or match["mfrom"] or match["fy"] or match["ages"]:
        return _spanning(match, text)
    if match["past"] or match["sharp"] or match["noon"] or match["shared"]:
        return [quantity(text, match.span(), Decimal(_clock(match)), "time", unit="time")]
    if match["mo"] or match["dmo"] or match["mmo"] or match["bare"] or match["bare2"]:
        return _date(match, text)
    if match["season"] or match["short"]:
        unit, number = _season(match)
        return [quantity(text, match.span(), Decimal(number), "date", unit=unit)]
    if match["decade"]:
        return [quantity(text, match.span(), Decimal(match["decade"]), "decade", unit="decade")]
    if match["hour"]:
        hour = int(match["hour"]) + 12 * (match["ampm"] == "p" and int(match["hour"]) < 12)
        return [
            quantity(text, match.span(), Decimal(hour * 100 + int(match["minute"] or 0)), "time", unit="time")
        ]
    return [_amount(match, text)]


def _compound(match: re.Match[str], text: str) -> Quantity:
    """One blaze in three, 1:54.99, an hour and five minutes."""
    if match["one_in"]:
        return quantity(text, match.span(), 1 / (number_of(match["one_in"]) or Decimal(1)), "fraction")
    if match["mm"]:
        low = 60 * Decimal(match["mm"]) + Decimal(match["ss"])
        return quantity(text, match.span(), low, "duration", unit="second")
    if match["folds"]:
        low = number_of(match["folds"])
        bound: Bound = "above" if re.search("more than $", text[: match.start()]) else "exact"
        return quantity(text, match.span(), low, "multiple", high=low + 1, bound=bound, unit="times")
    if not match["and_n"]:
        return quantity(text, match.span(), Decimal("1.5"), "duration", unit=match["one_and"])
    low = days(Decimal(1), match["one_and"]) + days(number_of(match["and_n"]), match["and_span"].rstrip("s"))
    return quantity(text, match.span(), low, "duration", unit="day")


def _spanning(match: re.Match[str], text: str) -> list[Quantity]:
    """The first eight months, January to August, March–May, 2019-20, the twenties."""
    if match["ages"]:
        ten = next(
            10 * number for number, word in enumerate(_TENS, 2) if word.startswith(match["ages"].lower()[:4])
        )
        return [quantity(text, match.span(), Decimal(ten), "decade", unit="age")]
    if match["fy"]:
        return [quantity(text, match.span(), date_number(int(match["fy"]), 0, 0), "date", unit="year")]
    if match["mfrom"]:
        months = ((match.span(group), _month(match[group])) for group in ("mfrom", "mto"))
        return [quantity(text, span, date_number(0, month, 0), "date", unit="date") for span, month in months]
    low = number_of(match["months"]) if match["months"] else Decimal(_month(match["until"]))
    return [quantity(text, match.span(), low, "date", unit="first months")]


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _clock(match: re.Match[str]) -> int:
    """Half past four, a quarter to nine, two in the morning, noon, and the 6 of "between 6 and 8 p.m."."""
    if match["noon"]:
        return 1200 if match["noon"].lower() in {"noon", "midday"} else 2400
    if match["past"]:
        parts = {"a quarter": 15, "half": 30}
        minutes = parts.get(match["part_of"].lower()) or int(number_of(match["part_of"]))
        hour = int(number_of(match["past"]))
        return hour * 100 + minutes if match["side"].lower() == "past" else (hour - 1) * 100 + 60 - minutes
    if match["sharp"]:
        late = re.search("afternoon|evening|night", match["when"].lower())
        return int(number_of(match["sharp"]) + (12 if late else 0)) * 100
    late = match["sharedp"] == "p" and int(match["shared"]) < 12
    return (int(match["shared"]) + (12 if late else 0)) * 100 + int(match["sharedm"] or 0)


def _season(match: re.Match[str]) -> tuple[str, int]:
    """The first half, the third quarter, Q3, H1; the first three quarters are quarter 3, as 前三季度 is."""
    if match["short"]:
        return "half" if match["short"] == "H" else "quarter", int(match["order"])
    word, part = match["season"].lower(), match["part"].lower()
    if " " in part:
        return ("quarter", 3) if part.startswith("three") else ("half", 1)
    number = (
        listed("first second third fourth").index(word) + 1 if word != "last" else 2 if part == "half" else 4
    )
    return part, number


def _date(match: re.Match[str], text: str) -> list[Quantity]:
    """June 9, 9 June 2021, May 2021, since April; June 5-9 is two days of one month."""
    month = next(match[name] for name in ("mo", "dmo", "mmo", "bare", "bare2") if match[name])
    number = _MONTHS.index(month[:3].lower()) + 1
    year = int(match["year"] or match["dyear"] or match["myear"] or 0)
    start = match.start("bare") if match["bare"] else match.start()
    numbers = [
        int(re.sub(r"\D", "", day)) for day in (match["day"] or match["dday"], match["day2"]) if day
    ] or [0]
    return [
        quantity(text, (start, match.end()), date_number(year, number, day), "date", unit="date")
        for day in numbers
    ]


def number_of(words: str) -> Decimal:
    """The value of digits, number words, or both.

    >>> number_of("two hundred and five thousand"), number_of("1.35bn"), number_of("two and a half")
    (Decimal('205000'), Decimal('1350000000.00'), Decimal('2.5'))
    """
    total, part, half_first = Decimal(0), Decimal(0), words.lower().startswith("half ")
    for word in re.findall(rf"{_D}|[a-z]+", words.lower()):
        if word[0].isdigit():
            part += Decimal(re.sub("[^0-9.]", "", word))
        elif word in _SMALL:
            part += _SMALL[word]
        elif word in {"dozen", "hundred"}:
            part = (part or Decimal(1)) * _SCALE[word]
        elif word in _SCALE:
            total, part = total + (part or (0 if total else 1)) * _SCALE[word], Decimal(0)
        elif word == "half" and not half_first:
            part += Decimal("0.5")
    return (total + part) * (Decimal("0.5") if half_first else 1)


def _amount(match: re.Match[str], text: str) -> Quantity:
    """A number with what stands before it (hedge, currency) and after it (unit, hedge)."""
    tail = _TAIL.match(text, match.end())
    if tail is None:
        raise AssertionError("every part of the tail is optional")
    hedge = (tail["after"] or "").lstrip(", -").lower()
    bound: Bound = _BEFORE[match["pre"].lower()] if match["pre"] else _AFTER.get(hedge, "exact")
    shared = tail["den"] and (
        number_of(tail["den"]) >= 1500 or match["cash"] or number_of(match["n"] or "0") >= 1000
    )
    span = (
        match.start(),
        tail.start("den") - len(re.search(r"(?: in| out of)(?: every)? $", text[: tail.start("den")])[0])
        if shared
        else tail.end(),
    )
    if match["plural"] or match["fold"] or match["nth"]:
        return replace(_word(match, text), bound=bound) if match["fold"] else _word(match, text)
    if match["half"] and re.match(r"[ -]a percentage point", text[match.end() :]):
        return quantity(
            text,
            (match.start(), match.end() + len(" a percentage point")),
            Decimal("0.5"),
            "points",
            unit="%",
        )
    if match["half"]:
        kind: Kind = "duration" if tail["span"] else "fraction"
        return quantity(text, span, Decimal("0.5"), kind, bound=bound, unit=(tail["span"] or "").rstrip("s"))
    if match["apart"]:
        share = Decimal(1) / _PARTS[match["apart"].split(" ")[-1].lower()]
        return quantity(text, match.span(), share, "fraction", bound=bound)
    low, high, kind, unit = _measured(number_of(match["n"]), match, tail, text)
    return quantity(text, span, low, kind, high=high, bound=bound, unit=unit)


def _word(match: re.Match[str], text: str) -> Quantity:
    """A quantity that is one word: "thousands" is 2,000 to 9,000, "doubled" is 2, "twenty-first" is 21."""
    if match["plural"]:
        many, of = match["plural"].lower(), (match["of"] or "").lower()
        low = Decimal(2 * ({"tens": 10}.get(many) or _SCALE[many[:-1]]) * _SCALE.get(of[:-1], 1))
        return quantity(text, match.span(), low, "count", high=low / 2 * 9, bound="about")
    if match["fold"]:
        return quantity(text, match.span(), Decimal(_FOLD[match["fold"][:4].lower()]), "multiple")
    *words, last = re.findall("[a-z]+", match["nth"].lower())
    number = number_of(" ".join([*words, "" if last in _ORDER else last.removesuffix("th")]))
    return quantity(text, match.span(), number + _ORDER.get(last, 0), "ordinal")


def _measured(
    low: Decimal, match: re.Match[str], tail: re.Match[str], text: str
) -> tuple[Decimal, Decimal, Kind, str]:
    """Low, high, kind and unit of a number by what follows it."""
    if tail["points"] or tail["percent"]:
        return low, low, "points" if tail["points"] else "percent", "%"
    if tail["mille"]:
        return low / 10, low / 10, "percent", "‰"
    if tail["times"]:
        grown = tail["times"].endswith("fold") or _MORE.search(
            text, max(0, match.start() - 40), match.start()
        )
        more = re.match(" (?:more|higher|larger|greater|increase)", text[tail.end() : tail.end() + 10])
        return low, low + 1 if grown or more else low, "multiple", "times"
    is_share = bool(tail["den"]) and low < 1000 and number_of(tail["den"]) < 1500 and not match["cash"]
    if is_share or tail["parts"]:
        part = _PARTS.get((tail["parts"] or "").rstrip("s"), 0) or number_of(tail["den"] or "1") or 1
        return low / part, low / part, "fraction", ""
    if tail["span"]:
        return _duration(low, tail)
    if match["cash"] or tail["money"]:
        coin = re.search("cents|fen|jiao|mao", tail["money"] or "")
        low /= {"cents": 100, "fen": 100}.get(coin[0], 10) if coin else 1
        return low, low, "money", (match["cash"] or tail["money"]).strip()
    if tail["measure"]:
        return low, low, "count", tail["measure"].lower()
    before = text[max(0, match.start() - 5) : match.start()]
    looks = re.fullmatch(_YEAR, match["n"]) or (
        re.fullmatch(r"1\d{3}", match["n"]) and re.search(r"\b[Ii]n $", before)
    )
    year = looks and (not match["pre"] or match["pre"].lower() in {"about", "around"}) and not tail["th"]
    kind: Kind = "rank" if re.search(r"[Nn]o\. ?$|#$", before) else "date" if year else "count"
    kind = "ordinal" if tail["th"] else kind
    low = low * 10000 if kind == "date" else low
    return low, low, kind, "year" if kind == "date" else ""


def _duration(low: Decimal, tail: re.Match[str]) -> tuple[Decimal, Decimal, Kind, str]:
    """Three years stay years; 2 months and 22 days are 82 nominal days."""
    unit = tail["span"].replace("ies", "y").rstrip("s")
    if tail["rest"]:
        number, rest = re.sub("^(?:,? and|,)? ", "", tail["rest"]).split(" ")
        low = days(low, unit) + days(number_of(number), rest.replace("ies", "y").rstrip("s"))
        unit = "day"
    return low, low, "duration", unit


def _ranges(found: list[Quantity], text: str) -> list[Quantity]:
    """Two numbers joined by "to" or a dash are one range and share the scale of the second."""
    joined: list[Quantity] = []
    for read in found:
        first = joined[-1] if joined else None
        if (
            first
            and re.fullmatch(" ?(?:to|-|–|—|or) ?", text[first.end : read.start])
            and first.kind in {read.kind, "count"}
            and first.bound in {"exact", "about", "at most"}
            and read.bound == "exact"
            and read.kind in {"count", "money", "percent", "points", "duration"}
        ):
            low = first.low
            scale = re.search(rf"[ -]?({_BIG}|bn|tn|mn|k)\b", read.text)
            if scale and not re.search(rf"{_BIG}|bn|tn|mn", first.text):
                low *= _SCALE[scale[1]]
            span = (first.start, read.end)
            unit = {"percent": "%", "points": "points"}.get(read.kind, read.unit)
            joined[-1] = quantity(text, span, low, "range", high=read.high, bound=first.bound, unit=unit)
        else:
            joined.append(read)
    return joined
