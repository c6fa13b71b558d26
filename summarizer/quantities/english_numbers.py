"""English digits and number words to their value."""

import re
from decimal import Decimal

from summarizer.quantities.english_rules import SCALE, SMALL, D


def number_of(words: str) -> Decimal:
    """The value of digits, number words, or both.

    >>> number_of("two hundred and five thousand"), number_of("1.35bn"), number_of("two and a half")
    (Decimal('205000'), Decimal('1350000000.00'), Decimal('2.5'))
    """
    total, part, half_first = Decimal(0), Decimal(0), words.lower().startswith("half ")
    for word in re.findall(rf"{D}|[a-z]+", words.lower()):
        if word[0].isdigit():
            part += Decimal(re.sub("[^0-9.]", "", word))
        elif word in SMALL:
            part += SMALL[word]
        elif word in {"dozen", "hundred"}:
            part = (part or Decimal(1)) * SCALE[word]
        elif word in SCALE:
            total, part = total + (part or (0 if total else 1)) * SCALE[word], Decimal(0)
        elif word == "half" and not half_first:
            part += Decimal("0.5")
    if words.lower() in {"a", "an"}:
        return Decimal(1)
    return (total + part) * (Decimal("0.5") if half_first else 1)
