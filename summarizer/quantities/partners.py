"""Which quantity of the target seems to stand for which of the source, and what is wrong, in words."""

from collections.abc import Sequence
from decimal import Decimal

from summarizer.quantities.equality import currency, family
from summarizer.quantities.gloss import plain, value
from summarizer.quantities.leftovers import may_come_unasked
from summarizer.quantities.quantity import Quantity, common

Change = tuple[Quantity, Quantity, str]

_POWERS = ("ten", "a hundred", "a thousand", "ten thousand", "a hundred thousand", "a million")
_PARTS = ("a tenth", "a hundredth", "a thousandth", "a ten-thousandth", "a hundred-thousandth", "a millionth")


def pair(lost: Sequence[Quantity], added: Sequence[Quantity]) -> list[Change]:
    """Leftovers of near kind, likeliest first: the same digits at another scale, then the nearest."""
    free, pairs = list(added), []
    for left in lost:
        near = [right for right in free if _kin(left, right)]
        if near:
            best = min(near, key=lambda right, left=left: _distance(left, right))  # type: ignore[misc]
            free = [right for right in free if right is not best]
            pairs.append((left, best, _message(left, best)))
    return pairs


def pair_vague(mine: Sequence[Quantity], yours: Sequence[Quantity]) -> list[Change]:
    """好几千 told as "several million" is too far off even for what is vague."""
    if len(mine) != 1 or len(yours) != 1:
        return []
    left, right = mine[0], yours[0]
    far = right.low > 10 * left.high or left.low > 10 * right.high
    return [(left, right, _message(left, right))] if far else []


def _kin(left: Quantity, right: Quantity) -> bool:
    """Whether one could be a slip for the other; a small number word only for a small figure."""
    if may_come_unasked(right) and left.high > 20:
        return False
    return len({family(q).replace("points", "ratio") for q in (left, right)}) == 1


def _distance(left: Quantity, right: Quantity) -> tuple[bool, Decimal]:
    """Scale slips before digit slips, near before far, words of small numbers last."""
    if left.low <= 0 or right.low <= 0:
        return may_come_unasked(right), Decimal(100)
    apart = abs((left.low / right.low).log10())
    return may_come_unasked(right), Decimal(0) if apart == int(apart) else apart


def _message(left: Quantity, right: Quantity) -> str:
    """The two values that disagree."""
    start = f"{left.text} = {value(left)}; {right.text}"
    if left.kind in {"date", "decade", "time"}:
        return f"{left.text} = {value(left)}; the English says {right.text}"
    if "points" in {left.kind, right.kind} and left.kind != right.kind:
        return f"{start}: percent and percentage points differ"
    if currency(left) != currency(right) and left.low == right.low:
        return f"{start} is another currency"
    one, other = common(left).low, common(right).low
    power = (other / one).log10() if one > 0 and other > 0 else Decimal(0)
    if power and power == int(power) and abs(power) <= 6:
        words = f"{_POWERS[int(power) - 1]} times" if power > 0 else f"{_PARTS[-int(power) - 1]} of"
        return f"{start} is {words} that"
    return f"{start} is {plain(right.low)}"
