"""What ``--json`` prints: plans, costs, findings and transcripts as plain data (DESIGN §6)."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from summarizer import checks
from summarizer.asking import Asking
from summarizer.planning import Plan, price_range
from summarizer.prices import Price, cost
from summarizer.values import Checked, Transcript


def plan_row(made: Plan, price: Price | None) -> dict[str, Any]:
    """Give one plan as ``plan --json`` prints it (DESIGN §6)."""
    to_send = made.to_send
    spent = price_range(made, price)
    return {
        "slug": made.slug,
        "chunks": [
            {
                "id": chunk.id,
                "speakers": list(dict.fromkeys(turn.speaker for turn in chunk.turns)),
                "passages": [passage.id for turn in chunk.turns for passage in turn.passages],
                "tokens": chunk.tokens,
            }
            for chunk in made.chunks
        ],
        "requests": [
            {
                "task": request.task,
                "key": request.key,
                "exact": request.exact,
                "prompt_tokens": request.prompt_tokens,
                "stored": request.stored,
            }
            for request in made.requests
        ],
        "totals": {
            "requests": len(made.requests),
            "to_send": len(to_send),
            "source_tokens": sum(chunk.tokens for chunk in made.chunks),
            "prompt_tokens": sum(request.prompt_tokens for request in to_send),
            "output_tokens_estimate": sum(request.output_tokens for request in to_send),
            "cost_usd": None if spent is None else list(spent),
        },
    }


def cost_usd(asking: Asking | None, price: Price | None) -> float | None:
    """Give what a brief cost in US dollars, by the tokens that its answers report; None if unknown."""
    if asking is None or not asking.sent:
        return 0.0
    return None if price is None else round(cost(price, asking.prompt_tokens, asking.completion_tokens), 6)


def finding_rows(page: Path, checked: Checked, lines: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the findings of a page as ``check --json`` prints them, each with its line."""
    return [
        {"page": page.as_posix(), "line": lines.get(f.unit, 1), **asdict(f), "digest": checks.text_digest(f)}
        for f in checked.findings
    ]


def counts(checked: Checked) -> dict[str, int]:
    """Give how much the checks looked at."""
    return asdict(checked.counts)


def inspection(transcript: Transcript) -> dict[str, Any]:
    """Give what ``inspect --json`` prints (DESIGN §6)."""
    data = asdict(transcript)
    data["source"].pop("lang")
    for front in data["front"]:
        front.pop("text")
    return {"schema": 1, **data}
