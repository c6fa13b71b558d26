"""What a run has used and spent, by task, and when it must stop."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from summarizer.errors import BudgetReachedError
from summarizer.prices import Price, cost
from summarizer.values import Task


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests that were sent and answered, and the tokens that their answers report."""

    requests: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0  # of the prompts, read from the provider's cache
    completion_tokens: int = 0
    unknown: int = 0  # answers that report no tokens


class Purse:
    """The accounts of one run."""

    def __init__(self, price: Price | None, most: float | None) -> None:
        """Open the accounts.

        Args:
            price: Of the model that is asked; None if no table has one.
            most: US dollars after which nothing more is sent; None is no limit.
        """
        self._price = price
        self._most = most
        self._usage: dict[Task, Usage] = {}

    @property
    def usage(self) -> Mapping[Task, Usage]:
        """What was used, by task."""
        return self._usage

    @property
    def spent(self) -> float | None:
        """US dollars so far; None if the price is not known."""
        if self._price is None:
            return None
        return sum(self.cost(usage) or 0.0 for usage in self._usage.values())

    def cost(self, usage: Usage) -> float | None:
        """US dollars of a usage; None if the price is not known."""
        if self._price is None:
            return None
        return cost(self._price, usage.prompt_tokens, usage.completion_tokens, cached=usage.cached_tokens)

    def check(self) -> None:
        """Stop before the next call if the budget is spent.

        Raises:
            BudgetReachedError: It is; the message says how to go on.
        """
        spent = self.spent
        if self._most is not None and spent is not None and spent >= self._most:
            raise BudgetReachedError(
                f"${spent:.4f} of ${self._most:g} are spent; what was answered is stored. "
                "Run again with a higher --max-cost to go on from here."
            )

    def book(self, task: Task, response: Mapping[str, Any]) -> Usage:
        """Add what one answer says it used; gives just that."""
        told = response.get("usage")
        told = told if isinstance(told, dict) else {}
        details = told.get("prompt_tokens_details")
        found = Usage(
            1,
            _number(told.get("prompt_tokens")),
            _number(details.get("cached_tokens")) if isinstance(details, dict) else 0,
            _number(told.get("completion_tokens")),
            int(not told),
        )
        self._usage[task] = _sum(self._usage.get(task, Usage()), found)
        return found


def _sum(one: Usage, other: Usage) -> Usage:
    return replace(
        one,
        requests=one.requests + other.requests,
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        cached_tokens=one.cached_tokens + other.cached_tokens,
        completion_tokens=one.completion_tokens + other.completion_tokens,
        unknown=one.unknown + other.unknown,
    )


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
