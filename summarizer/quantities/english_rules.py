"""How quantities are written in English: one pattern, each branch of it one rule of writing, and its tables."""

import re
from collections.abc import Iterable

from summarizer.quantities.quantity import Bound, listed

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_NTHS = listed(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
SMALL = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
SMALL |= {"single": 1, "both": 2}
ORDER = {word: n for n, word in enumerate(_NTHS)} | {
    word[:-1] + "ieth": 10 * n for n, word in enumerate(TENS, 2)
}
SCALE = dict(
    zip(
        listed("hundred thousand k million mn m billion bn b trillion tn dozen score"),
        (100, 10**3, 10**3, 10**6, 10**6, 10**6, 10**9, 10**9, 10**9, 10**12, 10**12, 12, 20),
        strict=True,
    )
)
PARTS = (
    {"half": 2, "third": 3, "quarter": 4, "hundredth": 100, "thousandth": 1000}
    | {_NTHS[n]: n for n in range(4, 20)}
    | {word[:-1] + "ieth": 10 * n for n, word in enumerate(TENS, 2)}
)
FOLD = {"doub": 2, "twic": 2, "trip": 3, "treb": 3, "quad": 4, "quin": 5}
MONTHS = listed("jan feb mar apr may jun jul aug sep oct nov dec")
BEFORE: dict[str, Bound] = {
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
    **dict.fromkeys(
        listed("not exceed|not exceeding|up to|at most|no more than|not more than|a maximum of|within"),
        "at most",
    ),
}
AFTER: dict[str, Bound] = {
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


D = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d|[,.]\d| ?(?:%|percent))|\d+(?:\.\d+)?)"
_W = f"(?:{_any(SMALL)})"
BIG = "(?:hundred|thousand|million|billion|trillion|dozen)"
_AND = (
    "|".join(f"(?<={scale}),? and " for scale in ("hundred", "thousand", "million", "billion", "trillion"))
    + "| and (?=a half)|-and-(?=a-half)"
)
_LISTED = "|".join(f"(?<={scale}), " for scale in ("thousand", "million", "billion", "trillion"))
_WORDS = (
    rf"(?:half an? {BIG}|(?:(?<=extra )|(?<=another )|(?<=the )|(?<=[Ss]ome ))(?:hundred|thousand|million|dozen)\b|(?:hundred|thousand)(?= and (?:{_W}))(?:(?:[ -]|{_AND})(?:{_W}))+|(?:{_W}|an?(?= (?:{BIG}|decade|century)\b))\b(?:(?:[ -]|{_AND}|{_LISTED})"
    rf"(?:{_W}|{BIG}|a[ -]half|half)\b){{0,24}})"
)
_N = rf"(?>{D}(?:[ -]?{BIG}\b|(?:bn|tn|mn|k)\b){{0,2}}(?: and a half\b)?|{_WORDS}\b)"
_NTH = (
    rf"(?i:(?:{_W}(?:(?:[ -]|,? and |{_LISTED})(?:{_W}|{BIG})\b){{0,12}}?[ -]{BIG}(?: and |[ -]|{_LISTED}))?"
    rf"(?:(?:{_any(TENS)})-)?(?:{_any(ORDER)})"
    rf"|(?!one-)(?:{_W}(?:(?:[ -]|,? and |{_LISTED})(?:{_W}|{BIG})\b){{0,12}}?[ -])?(?:hundred|thousand|million)th)"
)
_CASH = r"HK(?=\d)|US\$|HK\$|NT\$|S\$|A\$|RMB ?|CNY ?|USD ?|EUR ?|(?:MOP|SGD|HKD|TWD|JPY|KRW|GBP|AUD|CAD|CHF|THB|INR|MYR)[$ ]?(?=\d)|\$|¥|€|£"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[,.]\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.]\d)"
_CUE = "[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Ll]ast|[Tt]his|[Ff]ollowing|[Nn]ext|[Pp]revious|[Cc]oming|[Ee]very|[Ee]ach|[Ee]arly|[Ll]ate|[Mm]id|of|to|[Dd]uring|[Uu]ntil"
_NAMES = (
    r"\d+(?:th|st|nd|rd) Five[- ]Year|(?i:one country, two systems)|(?<=[A-Z]-)\d+\b|(?<=[a-z]-)\d\b(?!\.\d)"
    r"|(?<=\()\d{1,2}(?=\))"
    r"|(?i:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) lunar month)"
)
_SMALL_HOUR = rf"(?:\d{{1,2}}|{_W})"
_SIDE = r"in the (?:early )?(?:morning|afternoon|evening)|at night|o['’]clock(?: in the (?:morning|afternoon|evening))?"
_CLOCK = (
    rf"(?i:(?:(?:about|around|nearly|almost|roughly) )?(?P<part_of>a quarter|half|five|ten|twenty|twenty-five) (?P<side>past|to) (?P<past>{_SMALL_HOUR})(?= (?:{_SIDE}|every)|[,.;](?!\d)))"
    rf"|(?i:(?:(?:about|around|nearly|almost|roughly) )?(?<!Line )(?<!No\. )(?<!Route )(?P<sharp>{_SMALL_HOUR}) (?P<when>{_SIDE})\b|(?P<noon>noon|midday|midnight)\b)"
    r"|(?P<shared>\d{1,2})(?::(?P<sharedm>\d\d))?(?= ?(?:and|to|-|–) ?\d{1,2}(?::\d\d)? ?(?P<sharedp>[ap])\.?m\b)"
)
_SPANNING = (
    rf"(?:(?i:about|around|nearly|almost|roughly) )?(?P<per_n>{_N}) (?:[a-z]+ )?(?:in|out of|per|for) every (?P<per_d>{_N})|"
    rf"(?:(?i:about|around|nearly|almost|roughly) )?(?i:one)(?: [a-z]+){{1,2}} (?:in|out of) (?P<one_in>{_N})(?!,? ?\d)|(?P<hms>\d{{1,2}}:\d\d:\d\d)(?!\d)|(?P<mm>\d{{1,2}}):(?P<ss>\d\d\.\d+)"
    rf"|(?P<one_and>minute|hour|day|week|month|year) and (?:a half\b|(?P<and_n>{_N}) (?P<and_span>seconds|minutes|hours|days|weeks|months))"
    rf"|(?P<folds>(?i:{_W}|hundred|thousand)|\d+)-?fold\b|"
    rf"(?i:first) (?P<months>{_N}) (?i:months)|(?:[Bb]etween )?January(?: to | through | and |-|–|—)(?P<until>{_MONTH})(?!\w| \d)"
    rf"|(?P<mfrom>{_MONTH})(?: to |-|–|—| through | and )(?P<mto>{_MONTH})(?!\w| \d)|(?P<fy>{YEAR})[-–/](?P<fyto>\d\d)(?!\d)"
    r"|(?P<ages>(?i:twent|thirt|fort|fift|sixt|sevent|eight|ninet))ies\b"
)


def _beginnings(words: Iterable[str]) -> str:
    """An alternation for a look ahead, by first letters: what begins otherwise is passed over at once."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


_HEADS = (
    *SMALL, *ORDER, *(word for word in SCALE if len(word) > 2), *FOLD, *MONTHS, *BEFORE,
    *listed("tens scores half twent thirt fort fift sixt sevent eight ninet noon midday midnight remaining"),
    *(f"{span} and " for span in listed("minute hour day week month year")),
    *(f"the {word}" for word in listed("other last remaining")),
    *listed("us$|hk$|nt$|s$|a$|hk|rmb|cny|usd|eur|mop|sgd|hkd|twd|jpy|krw|gbp|aud|cad|chf|thb|inr|myr"),
)  # fmt: skip
# Every rule begins with one of these, in lower case; most words begin none and are spared forty rules.
STARTS = re.compile(
    rf"(?<![\w.])(?<!\d,)(?:[\d$¥€£]|{_beginnings(_HEADS)}|[hq][1-4]|between jan"
    rf"|an? (?:{BIG}|decade|century|{_any(PARTS)})|(?:every|each|last) (?:{_any(PARTS)})"
    rf"|last[ -](?:half|quarter|two|three)|(?:{_CUE.lower()})[ -](?:{'|'.join(MONTHS)}))"
)
RULES = re.compile(
    rf"(?:(?P<name>{_NAMES})|{_SPANNING}|{_CLOCK}"
    rf"|(?P<mo>{_MONTH}) (?P<day>{_DAY})(?: ?(?:[-–—]|to|through|and) ?"
    rf"(?P<day2>{_DAY})(?! ?%| (?!and |in |with |at |for |by |or |was |were )\w))?"
    rf"(?:,? (?P<year>{YEAR}))?"
    rf"|(?:(?P<dfirst>{_DAY})(?: and | to |-|–))?(?P<dday>{_DAY})(?: of)? (?P<dmo>{_MONTH})(?!\w)(?:,? (?P<dyear>{YEAR}))?"
    rf"|(?P<mmo>{_MONTH}),? (?:of )?(?P<myear>{YEAR})|(?:{_CUE})[ -](?P<bare>{_MONTH})(?!\w|\.? \d|[-–—]| (?:to|through) {_MONTH}(?! \d))"
    r"|(?P<bare2>(?:March|May)(?= (?:this|last|next) year)|(?<=the )(?:March|May)(?= [a-z])|January|February|April|June|July|August|September|October|November|December)\b"
    r"|(?P<decade>(?:1[5-9]|20)?\d0)['’]?s\b"
    r"|(?P<season>(?i:first|second|third|fourth|last))[ -]"
    r"(?P<part>(?i:half|quarter|two quarters|three quarters))\b"
    r"|(?P<short>[HQ])(?P<order>[1-4])\b"
    r"|(?:(?i:about|around|nearly|almost|roughly) )?(?P<hour>2[0-4]|1\d|0?\d)(?!\d)(?:[:.](?P<minute>\d\d))?(?: ?(?P<ampm>[ap])\.?m\b\.?|(?<=:\d\d)(?!\d))"
    rf"|(?:(?P<pre>(?i:{_any(BEFORE)})) (?:(?:the|a|just) (?=[\w$¥])(?!(?:{_any(PARTS)})\b))?)?"
    rf"(?:(?P<nth>{_NTH})\b|(?P<cash>{_CASH})?(?P<n>(?i:{_N}))"
    rf"|(?P<apart>(?i:an?|the other|every|each|(?:the )?last) (?:{_any(PARTS)}))\b(?= (?:of|the|more|less|as|to|higher|lower|from|in|were|was|short|off|up|down|itself|will|would|have|has|had|did|can|could|go|goes|went|live|lives|come|comes)\b|[,.;]|$)"
    rf"|(?:the )?(?P<left>(?i:remaining) (?:{_any(PARTS)}))\b"
    r"|(?P<plural>(?i:tens|dozens|scores(?= of)|hundreds|thousands|millions|billions|trillions))\b"
    r"(?i: of (?P<of>dozens|hundreds|thousands|millions|billions|trillions)\b)?"
    r"|(?P<half>(?i:half))\b(?=[ -](?:of|the|their|its|our|an?|were|was|are|is|had|for|that|year|day|month|hour)\b)"
    r"|(?P<fold>(?i:doubl(?:ed|ing|es|e(?= (?:that|the|what|its|from|in)\b|[.,;]))"
    r"|(?:tripl|trebl|quadrupl|quintupl)(?:ed|ing|es|e)"
    r"|twice))\b))"
)
_SPANS = "years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)"
_MEASURES = (
    "kilograms?|kilos?|kg|grams?|g|metric tons?|tonnes?|tons?|jin|hectares?|ha|acres?|mu|kilometers?|kilometres?|km|meters?|metres?|m"
    r"|points?|miles?|feet|foot|li|square feet|sq ft|sq\. ft|square[- ]met(?:er|re)s?|gigawatts?|GW|megawatts?|MW|kilowatts?|kW|microns?|millimeters?|mm|centimeters?|cm"
)
TAIL = re.compile(
    rf"(?P<ratio>(?::| to )1\b(?![,.]?\d)| to one\b)?(?:(?P<points>[ -]percentage[ -]points?\b| ?pp\b)|(?P<percent> ?%| ?percent\b| per cent\b|-percent\b)|(?P<mille> ?‰| per thousand\b| per 1,000\b(?!,\d)| per mille\b)"
    rf"|(?P<th>st|nd|rd|th)\b"
    rf"|(?P<times>-?fold\b| times\b)|(?: in| out of)(?: every)? (?P<den>(?i:{_N}))(?!,? ?\d)"
    rf"|[ -](?P<parts>(?:{_any(PARTS)})s?)\b(?! half| quarter)"
    rf"|[ -](?P<span>{_SPANS})\b(?P<rest>(?:(?:,? and|,)? (?:{D}|{_W}) (?!(?P=span))(?:{_SPANS})\b){{1,2}})?"
    r"|[ -](?P<money>(?:US |U\.S\. |Hong Kong |New Taiwan )?(?:dollars?|cents)|yuan|RMB|renminbi|euros?|pounds?|yen|fen|jiao|mao)\b"
    rf"|[ -](?P<measure>{_MEASURES})(?!\w))?"
    rf"(?P<after>(?!, (?:plus|and)),? ?-?(?:{_any(AFTER)})(?!\w))?"
)
MORE = re.compile(
    r"(?i)(?:increas\w*|r[io]se\w*|gr[eo]w\w*|up|jump\w*|surg\w*|climb\w*|expan\w*)(?: \w+){0,3} ?$"
)
