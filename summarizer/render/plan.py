"""Plan to text: what a person wants to know before money is spent."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_MOST_SPEAKERS = 4


def plan(row: Mapping[str, Any], model: str) -> str:
    """Write one plan (DESIGN §6) as plain text: chunks, requests, totals, cost."""
    return "\n".join(_lines(row, model)) + "\n"


def _lines(row: Mapping[str, Any], model: str) -> Iterator[str]:
    yield row["slug"]
    yield ""
    yield "Chunks"
    for chunk in row["chunks"]:
        speakers, passages = chunk["speakers"], chunk["passages"]
        more = ", …" if len(speakers) > _MOST_SPEAKERS else ""
        stretch = passages[0] if len(passages) == 1 else f"{passages[0]}–{passages[-1]}"
        yield (
            f"  {chunk['id']:<5} {chunk['tokens']:>6} tokens  {len(passages):>3} passages  {stretch:<12} "
            f"{', '.join(speakers[:_MOST_SPEAKERS])}{more}"
        )
    yield ""
    yield "Requests"
    tasks = Counter(request["task"] for request in row["requests"])
    for task, count in tasks.items():
        mine = [request for request in row["requests"] if request["task"] == task]
        new = [request for request in mine if not request["stored"]]
        tokens = sum(request["prompt_tokens"] for request in new)
        bound = "" if all(request["exact"] for request in new) else "at most "
        numbers = f"{count:>4}  stored {count - len(new):>4}  to send {len(new):>4}"
        yield f"  {task:<10} {numbers}  {bound}{tokens:,} tokens"
    if not tasks:
        yield "  none: everything stands already"
    yield ""
    yield from _totals(row["totals"], model)


def _totals(totals: Mapping[str, Any], model: str) -> Iterator[str]:
    yield (
        f"{totals['to_send']} of {totals['requests']} requests to send: {totals['prompt_tokens']:,} tokens "
        f"of prompt, about {totals['output_tokens_estimate']:,} of answers"
    )
    if totals["cost_usd"] is None:
        yield f"Cost: unknown; no table has a price for {model} (set it in summarizer.toml, [prices])"
    else:
        least, most = totals["cost_usd"]
        yield f"Cost: ${least:.4f} to ${most:.4f} with {model}, at list prices; repairs come on top"
