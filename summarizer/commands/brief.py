"""``brief``: write the brief of each transcript."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import click

from summarizer.commands.asking import asking_options, conditions_from, watched
from summarizer.commands.shared import (
    failing,
    fails_on,
    option,
    print_json,
    settings_from,
    shared_options,
    worst,
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@shared_options
@asking_options
@option("--refresh", is_flag=True, help="Ask again for everything, whatever is stored.")
@option("--retry", is_flag=True, help="Ask again for what carries a mark.")
@option("--without-model", is_flag=True, help="Write the page with the English left to a translator.")
@option("--events", is_flag=True, help="Tell what happens as JSON lines on stderr.")
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@option("--slug", help="What the page of a transcript on stdin (FILE is -) is called.")
@fails_on
def brief(
    files: tuple[Path, ...],
    refresh: bool,
    retry: bool,
    without_model: bool,
    events: bool,
    as_json: bool,
    slug: str | None,
    fail_on: str,
    **options: Any,
) -> int:
    """Write the brief of each transcript to the output folder.

    FILE is a path, or - for stdin: what comes there is kept as seeds/SLUG.txt, for checks to come.
    """
    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.files import slug as transcript_slug  # noqa: PLC0415

    if Path("-") in files:
        files = tuple(_from_stdin(options["project"], slug) if path == Path("-") else path for path in files)
    slugs: dict[str, Path] = {}
    for path in files:
        name = transcript_slug(path)
        if slugs.setdefault(name, path) != path:
            raise click.UsageError(f"{slugs[name]} and {path} would both be written to {name}.md.")
    with watched(events=events, transcripts=len(files)) as tell:
        settings = settings_from(
            options,
            conditions=conditions_from(options, os.environ.get("OPENAI_API_KEY")),
            offline=options["offline"],
            waits=options["wait"],
            refresh=refresh,
            retry=retry,
            without_model=without_model,
            tell=tell,
        )
        outcomes, purse = asyncio.run(pipeline.briefs(files, settings))
    for reason in dict.fromkeys(outcome.reason for outcome in outcomes if not outcome.page):
        click.echo(f"summarizer: {reason}", err=True)
    if as_json:
        rows = [reporting.brief_row(outcome) for outcome in outcomes]
        print_json({"schema": 1, "briefs": rows, "usage": reporting.usage_rows(purse)})
    else:
        for outcome in outcomes:
            _echo_outcome(outcome)
        for line in reporting.usage_lines(purse):
            click.echo(line, err=True)
    return failing(worst(outcome.exit_code for outcome in outcomes), fail_on)


def _from_stdin(project: Path, slug: str | None) -> Path:
    from summarizer.files import keep_bytes  # noqa: PLC0415
    from summarizer.files import slug as transcript_slug  # noqa: PLC0415

    if not slug:
        raise click.UsageError("a transcript on stdin needs --slug, which names its page.")
    path = project / "seeds" / f"{transcript_slug(Path(slug + '.txt'))}.txt"
    keep_bytes(path, sys.stdin.buffer.read())
    return path


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
