"""Numbers without what they count, as they stand also in names and set phrases: 5G, 千万招聘, 七下八上."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from summarizer.letters import lowered
from summarizer.quantities.chinese_rules import PLAIN
from summarizer.quantities.english_numbers import number_of
from summarizer.quantities.english_rules import SCALE, SMALL
from summarizer.quantities.equality import family
from summarizer.quantities.quantity import Quantity, date_parts, han_number

_HAN = re.compile("[\u4e00-\u9fff]")
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = re.compile(
    rf"{_DIGITS}[百千]?[万亿]{{0,2}}|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
)
_WORD = "|".join(sorted({*SMALL, *SCALE} - {"k", "m", "b", "single", "both"}, key=len, reverse=True))
_ENGLISH = re.compile(rf"{_DIGITS}(?:[ -](?:{_WORD})\b)*|\b(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*\b")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and where it stands."""

    start: int
    end: int
    value: Decimal


def chinese_numerals(text: str) -> list[Numeral]:
    """Every number of a Chinese text.

    >>> [str(numeral.value) for numeral in chinese_numerals("5G、“百日千万招聘”")]
    ['5', '100', '10000000']
    """
    plain = text.translate(PLAIN)
    return [Numeral(*match.span(), han_number(match[0])) for match in _CHINESE.finditer(plain)]


def english_numerals(text: str) -> list[Numeral]:
    """Every number of an English text.

    >>> [str(numeral.value) for numeral in english_numerals("COP28: two hundred")]
    ['28', '200']
    """
    return [Numeral(*match.span(), number_of(match[0])) for match in _ENGLISH.finditer(lowered(text))]


def free(numerals: Sequence[Numeral], matched: Sequence[Quantity]) -> list[Numeral]:
    """The numerals that are no part of a quantity whose counterpart was found."""
    return [n for n in numerals if not any(q.start < n.end and n.start < q.end for q in matched)]


def is_said_bare(quantity: Quantity, numerals: Sequence[Numeral], read: Sequence[Quantity]) -> bool:
    """Whether the other text has the number, and none of its quantities (*read*) claims it for that kind.

    5G base stations and the “63·8” flood of August 1963 are then told in words that this package does
    not know, which is no error of the translator.
    """
    mine = family(quantity)
    foreign = {
        numeral.value
        for numeral in numerals
        if not any({family(q), mine} in ({mine}, {"ratio", "points"}) for q in _owners(numeral, read))
    }
    parts = {
        part.value
        for part in (chinese_numerals if _HAN.search(quantity.text) else english_numerals)(quantity.text)
    }
    if len(parts) == 2 and quantity.kind in {"fraction", "percent"}:
        return parts <= foreign  # 十户里头有八户 is "eight out of 10"
    if quantity.kind != "date":
        return {quantity.low, quantity.high} <= foreign
    year, month, day = date_parts(quantity.low)
    return all(not part or part in foreign for part in (month, day)) and (
        not year or not {Decimal(year), Decimal(year % 100)}.isdisjoint(foreign)
    )


def _owners(numeral: Numeral, read: Sequence[Quantity]) -> list[Quantity]:
    return [other for other in read if other.start < numeral.end and numeral.start < other.end]
