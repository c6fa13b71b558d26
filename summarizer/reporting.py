"""What ``--json`` prints: plans, costs, findings and transcripts as plain data (DESIGN §6)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from summarizer import checks
from summarizer.asking import Asking
from summarizer.errors import RefusedInputError
from summarizer.planning import Plan, price_range
from summarizer.prices import Price
from summarizer.purse import Purse
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


def cost_usd(asking: Asking | None) -> float | None:
    """Give what a brief cost in US dollars, by the tokens that its answers report; None if unknown."""
    if asking is None:
        return 0.0
    return None if asking.cost_usd is None else round(asking.cost_usd, 6)


def usage_rows(purse: Purse) -> dict[str, Any]:
    """Give what a run used and cost, by task: repairs are a task of their own."""
    return {task: asdict(usage) | {"cost_usd": purse.cost(usage)} for task, usage in purse.usage.items()}


def usage_lines(purse: Purse) -> Iterator[str]:
    """Give what a run used and cost as a person reads it: a line for each task."""
    for task, usage in purse.usage.items():
        share = f", {usage.cached_tokens / usage.prompt_tokens:.0%} cached" if usage.cached_tokens else ""
        cost = purse.cost(usage)
        dollars = "" if cost is None else f", ${cost:.4f}"
        told = f"{usage.prompt_tokens:,} tokens in{share}, {usage.completion_tokens:,} out"
        yield f"{task}: {usage.requests} requests, {told}{dollars}"


def finding_rows(page: Path, checked: Checked, lines: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the findings of a page as ``check --json`` prints them, each with its line."""
    return [
        {
            "page": page.as_posix(),
            "line": lines.get(f.unit, 1),
            **asdict(f),
            "id": checks.identity(f),
            "digest": checks.text_digest(f),
            "mqm": checks.CHECKS[f.check].MQM,
            "its": checks.CHECKS[f.check].ITS,
        }
        for f in checked.findings
    ]


def finding_line(row: Mapping[str, Any]) -> str:
    """Give a finding as a person reads it: where, what, and what silences it."""
    where = f"¶{'+'.join(map(str, row['paragraphs']))} " if row["paragraphs"] else ""
    ignored = f" (ignored: {row['ignored']})" if row["ignored"] else ""
    return (
        f"{row['page']}:{row['line']}: {where}{row['unit']} {row['check']} ({row['severity']}): "
        f"{row['message']} [digest {row['digest']}]{ignored}"
    )


def annotation(row: Mapping[str, Any]) -> str:
    """Give a finding as a workflow command of GitHub Actions, which shows it at its line of the diff."""
    level = {"critical": "error", "major": "warning", "minor": "notice"}[row["severity"]]
    title = f"{row['check']} ({row['severity']})"
    message = row["message"].replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} file={_property(row['page'])},line={row['line']},title={_property(title)}::{message}"


def _property(text: str) -> str:
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(character, code)
    return text


def support_row(page: Path, checked: Checked) -> dict[str, Any]:
    """Give what the summary of a page rests on."""
    return {"page": page.as_posix(), **asdict(checked.counts), **asdict(checked.support)}


def catalogue(check: str | None) -> str:
    """Give the help text of one check, or of each its first line.

    Raises:
        RefusedInputError: There is no such check.
    """
    if check is None:
        width = max(map(len, checks.CHECKS))
        heads = ((name, checks.explain(name).partition("\n")[0]) for name in checks.CHECKS)
        return "\n".join(f"{name:<{width}}  {head.partition(': ')[2]}" for name, head in heads)
    if check not in checks.CHECKS:
        raise RefusedInputError(f"there is no check {check!r}; there are {', '.join(checks.CHECKS)}.")
    return checks.explain(check)


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
