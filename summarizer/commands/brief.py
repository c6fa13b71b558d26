"""``brief``: write the brief of each transcript."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import click

from summarizer.commands.asking import asking_settings, making_options, watched
from summarizer.commands.shared import failing, option, print_json, worst


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@making_options
@option("--slug", help="What the page of a transcript on stdin (FILE is -) is called.")
def brief(files: tuple[Path, ...], slug: str | None, **options: Any) -> int:
    """Write the brief of each transcript to the output folder.

    FILE is a path, or - for stdin: what comes there is kept as seeds/SLUG.txt, for checks to come.
    """
    from dataclasses import replace  # noqa: PLC0415

    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.files import slug as transcript_slug  # noqa: PLC0415

    settings = asking_settings(options)
    if Path("-") in files:
        files = tuple(_from_stdin(slug, settings) if path == Path("-") else path for path in files)
    slugs: dict[str, Path] = {}
    for path in files:
        name = transcript_slug(path)
        if slugs.setdefault(name, path) != path:
            raise click.UsageError(f"{slugs[name]} and {path} would both be written to {name}.md.")
    with watched(events=options["events"], transcripts=len(files)) as tell:
        outcomes, purse = asyncio.run(pipeline.briefs(files, replace(settings, tell=tell)))
    for reason in dict.fromkeys(outcome.reason for outcome in outcomes if not outcome.page):
        click.echo(f"summarizer: {reason}", err=True)
    if options["as_json"]:
        rows = [reporting.brief_row(outcome) for outcome in outcomes]
        print_json({"schema": 1, "briefs": rows, "usage": reporting.usage_rows(purse)})
    else:
        for outcome in outcomes:
            _echo_outcome(outcome)
        for line in reporting.usage_lines(purse):
            click.echo(line, err=True)
    return failing(worst(outcome.exit_code for outcome in outcomes), options["fail_on"])


def _from_stdin(slug: str | None, settings: Any) -> Path:
    from summarizer import sources  # noqa: PLC0415
    from summarizer.files import slug as transcript_slug  # noqa: PLC0415

    if not slug:
        raise click.UsageError("a transcript on stdin needs --slug, which names its page.")
    return sources.kept(sys.stdin.buffer.read(), transcript_slug(Path(f"{slug}.txt")), settings)


def _echo_outcome(outcome: Any) -> None:
    from summarizer import reporting  # noqa: PLC0415

    if outcome.status == "refused" or not outcome.page:
        return
    tally = ", ".join(
        f"{number} {name}" for name, number in reporting.tally(outcome.findings).items() if number
    )
    click.echo(f"{outcome.page}: {outcome.status}; findings: {tally or 'none'}")
    if outcome.reason:
        click.echo(f"  {outcome.reason}")
    if outcome.missing:
        click.echo(f"  missing: {', '.join(f'¶{number}' for number in outcome.missing)}")
    if outcome.outdated:
        click.echo(f"  outdated, ask again with --refresh: {', '.join(outcome.outdated)}")
    if outcome.proposals:
        click.echo(f"  the page was edited and stays; the new text waits in {outcome.slug}.proposed.md")
