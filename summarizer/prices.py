"""What models cost: a small dated table, the user's own, and genai-prices where it is installed.

The figures are list prices in US dollars per million tokens, as the provider's price page gave them on
:data:`DATED`. A model that no table knows has no price; it is never taken for free.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from summarizer.errors import RefusedInputError

DATED = "2026-10-26"
_MILLION = 1_000_000
_PROBE = 100_000  # tokens: few enough for a provider's lowest tier


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    cached: float  # of a prompt's beginning that the provider has seen a moment ago
    output: float


TABLE: Mapping[str, Price] = {
    "gpt-6.1-terra": Price(1.0, 0.05, 5.0),
    "gpt-6-luna": Price(0.1, 0.01, 0.5),
}


def price(model: str, own: Mapping[str, Price]) -> Price | None:
    """The price of a model: the user's, else the table's, else what genai-prices says; None if unknown.

    >>> price("gpt-6-luna", {}).output, price("a model of ours", {})
    (0.5, None)
    """
    return own.get(model) or TABLE.get(model) or _looked_up(model)


def cost(price: Price, prompt_tokens: int, output_tokens: int, *, cached: int = 0) -> float:
    """US dollars for one request, of whose prompt *cached* tokens are read from the provider's cache."""
    fresh = prompt_tokens - cached
    return (fresh * price.input + cached * price.cached + output_tokens * price.output) / _MILLION


def parse(data: Any, where: str) -> dict[str, Price]:
    """Read a user's prices: ``{"a-model": {"input": 1.0, "cached": 0.1, "output": 5.0}}``.

    Raises:
        RefusedInputError: A price is no finite number, is missing or is below zero.
    """
    found = {}
    for model, row in data.items() if isinstance(data, dict) else ():
        known = row if isinstance(row, dict) else {}
        values = [known.get("input"), known.get("cached", known.get("input")), known.get("output")]
        numbers = [float(value) for value in values if _is_amount(value)]
        if len(numbers) != len(values):
            raise RefusedInputError(
                f"{where}: prices.{model} needs the numbers 'input' and 'output' (and, if it has one, "
                "'cached'), in US dollars per million tokens."
            )
        found[model] = Price(*numbers)
    return found


def _is_amount(value: Any) -> TypeGuard[float]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)  # true is 1 in Python
    return is_number and math.isfinite(value) and value >= 0


def _looked_up(model: str) -> Price | None:
    try:
        import genai_prices  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    each = [
        genai_prices.Usage(input_tokens=_PROBE),
        genai_prices.Usage(input_tokens=_PROBE, cache_read_tokens=_PROBE),
        genai_prices.Usage(output_tokens=_PROBE),
    ]
    try:
        found = [float(genai_prices.calc_price(usage, model_ref=model).total_price) for usage in each]
    except LookupError:
        return None
    return Price(*(dollars * _MILLION / _PROBE for dollars in found))
