"""What ``--json`` prints: plans, costs, findings and transcripts as plain data (DESIGN §6)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from summarizer import checks
from summarizer.asking import Asking
from summarizer.errors import RefusedInputError
from summarizer.pipeline import Outcome
from summarizer.planning import Plan, price_range
from summarizer.prices import Price
from summarizer.purse import Purse
from summarizer.settings import Settings, shown
from summarizer.update import Arrival, Report
from summarizer.values import Checked, Finding, Severity, Transcript

_STATUSES = ("written", "unchanged", "needs-review", "partly-failed", "refused", "waiting")
_SUMMED = ("requests_sent", "prompt_tokens", "completion_tokens", "seconds")


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


def brief_row(outcome: Outcome) -> dict[str, Any]:
    """Give what became of one transcript as ``brief --json`` prints it (DESIGN §6)."""
    asking = outcome.asking
    return {
        "slug": outcome.slug,
        "source": outcome.source,
        "page": outcome.page,
        "status": outcome.status,
        "reason": outcome.reason,
        "requests_sent": asking.sent if asking else 0,
        "prompt_tokens": asking.prompt_tokens if asking else 0,
        "completion_tokens": asking.completion_tokens if asking else 0,
        "cost_usd": cost_usd(asking),
        "findings": tally(outcome.findings),
        "missing": list(outcome.missing),
        "outdated": list(outcome.outdated),
        "proposals": list(outcome.proposals),
    }


def update_report(done: Report, settings: Settings) -> dict[str, Any]:
    """Give what a run over a folder did: a row for each transcript, and what they add up to."""
    rows = [_passed(arrival, settings) for arrival in done.unchanged]
    rows += [brief_row(outcome) | {"seconds": round(outcome.seconds, 3)} for outcome in done.outcomes]
    rows.sort(key=lambda row: (row["slug"], row["source"]))
    statuses = [row["status"] for row in rows]
    costs = [row["cost_usd"] for row in rows]
    totals: dict[str, Any] = {status: statuses.count(status) for status in dict.fromkeys(statuses)}
    totals |= {"transcripts": len(rows) + done.not_reached, "not_reached": done.not_reached}
    totals |= {name: sum(row[name] for row in rows) for name in _SUMMED}
    totals["cost_usd"] = None if None in costs else round(sum(costs), 6)
    return {"schema": 1, "briefs": rows, "usage": usage_rows(done.purse), "totals": totals}


def update_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Give a run over a folder as a table that people read; what was passed is only counted."""
    rows = [row for row in document["briefs"] if row["status"] != "unchanged"]
    width = max((len(row["slug"]) for row in rows), default=0)
    for row in rows:
        cost = "" if row["cost_usd"] is None else f"  ${row['cost_usd']:.4f}"
        yield (
            f"{row['slug']:<{width}}  {row['status']:<13}  {row['requests_sent']:>4} requests  "
            f"{row['prompt_tokens']:>9,} in  {row['completion_tokens']:>8,} out{cost}  {row['seconds']:.1f} s"
        )
        if row["reason"]:
            yield f"  {row['reason']}"
        if row["missing"]:
            yield f"  missing: {', '.join(f'¶{number}' for number in row['missing'])}"
        if row["proposals"]:
            yield f"  the page was edited and stays; the new text waits in {row['slug']}.proposed.md"
    totals = document["totals"]
    counts = [f"{totals[status]} {status}" for status in _STATUSES if totals.get(status)]
    if totals["not_reached"]:
        counts.append(f"{totals['not_reached']} not reached")
    yield f"{totals['transcripts']} transcripts: {', '.join(counts) or 'nothing to do'}"


def _passed(arrival: Arrival, settings: Settings) -> dict[str, Any]:
    page, source = settings.output / f"{arrival.slug}.md", shown(arrival.path, settings)
    return brief_row(Outcome(arrival.slug, source, shown(page, settings), "unchanged", 0)) | {"seconds": 0.0}


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the open findings by severity."""
    open_ones = [finding.severity for finding in findings if finding.ignored is None]
    return {severity: open_ones.count(severity) for severity in get_args(Severity)}


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
