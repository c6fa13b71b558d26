"""``brief``: write the brief of each transcript."""

import asyncio
from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, print_json, settings_from, shared_options, worst
from summarizer.errors import SummarizerError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options
@click.option(
    "--base-url",
    envvar=["SUMMARIZER_BASE_URL", "OPENAI_BASE_URL"],
    show_envvar=True,
    help="An OpenAI-compatible endpoint.",
)
@option("--offline", is_flag=True, help="Send nothing, even with a key.")
@click.option("--refresh", is_flag=True, help="Ask again for everything, whatever is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def brief(files: tuple[Path, ...], offline: bool, refresh: bool, as_json: bool, **options: Any) -> int:
    """Write the brief of each transcript to the output folder."""
    import os  # noqa: PLC0415

    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.files import slug as transcript_slug  # noqa: PLC0415

    settings = settings_from(
        options, api_key=os.environ.get("OPENAI_API_KEY"), offline=offline, refresh=refresh
    )
    slugs: dict[str, Path] = {}
    outcomes = []
    for path in files:
        slug = transcript_slug(path)
        if slugs.setdefault(slug, path) != path:
            raise click.UsageError(f"{slugs[slug]} and {path} would both be written to {slug}.md.")
        try:
            outcomes.append(asyncio.run(pipeline.brief(path, settings)))
        except SummarizerError as error:
            click.echo(f"summarizer: {error}", err=True)
            status = "refused" if error.exit_code == 2 else "partly-failed"
            outcomes.append(pipeline.Outcome(slug, str(path), "", status, error.exit_code, reason=str(error)))
    if as_json:
        price = pipeline.price(settings)
        rows = [_brief_row(outcome, reporting.cost_usd(outcome.asking, price)) for outcome in outcomes]
        print_json({"schema": 1, "briefs": rows})
    else:
        for outcome in outcomes:
            _echo_outcome(outcome)
    return worst(outcome.exit_code for outcome in outcomes)


def _brief_row(outcome: Any, cost: float | None) -> dict[str, Any]:
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
        "cost_usd": cost,
        "findings": _tally(outcome.findings),
        "missing": list(outcome.missing),
        "outdated": list(outcome.outdated),
        "proposals": list(outcome.proposals),
    }


def _tally(findings: Any) -> dict[str, int]:
    return {
        severity: sum(f.severity == severity and f.ignored is None for f in findings)
        for severity in ("minor", "major", "critical")
    }


def _echo_outcome(outcome: Any) -> None:
    if outcome.status == "refused" or not outcome.page:
        return
    tally = ", ".join(f"{number} {name}" for name, number in _tally(outcome.findings).items() if number)
    click.echo(f"{outcome.page}: {outcome.status}; findings: {tally or 'none'}")
    if outcome.reason:
        click.echo(f"  {outcome.reason}")
    if outcome.missing:
        click.echo(f"  missing: {', '.join(f'¶{number}' for number in outcome.missing)}")
    if outcome.outdated:
        click.echo(f"  outdated, ask again with --refresh: {', '.join(outcome.outdated)}")
    if outcome.proposals:
        click.echo(f"  the page was edited and stays; the new text waits in {outcome.slug}.proposed.md")
