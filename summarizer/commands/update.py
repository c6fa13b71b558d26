"""``update``: the job over a folder in which new transcripts arrive."""

import asyncio
from pathlib import Path
from typing import Any

import click

from summarizer.commands.asking import asking_settings, making_options, watched
from summarizer.commands.shared import dumped, failing, option, print_json, worst


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@making_options
@option("--full", is_flag=True, help="Look at every transcript, not only at new and changed ones.")
@option(
    "--settle", type=click.FloatRange(min=0), default=1.0, help="Seconds in which a new file must not change."
)
@option("--report", type=click.Path(path_type=Path), help="Write what became of each as JSON to a file.")
@option("--batch", is_flag=True, help="Ask through the Batch API, in stages, and return at once.")
@option("--poll", type=click.FloatRange(min=0), help="With --batch: wait, and look every so many seconds.")
def update(
    directory: Path,
    full: bool,
    settle: float,
    report: Path | None,
    batch: bool,
    poll: float | None,
    **options: Any,
) -> int:
    """Make the briefs of new and changed transcripts of a folder; what is unchanged is passed.

    A transcript is unchanged when its page says that it was made of this source. Folders in it are not looked
    into. What goes wrong with one never stops the others; run again to go on after an interruption.
    """
    from dataclasses import replace  # noqa: PLC0415

    from summarizer import reporting  # noqa: PLC0415
    from summarizer.files import write_atomically  # noqa: PLC0415
    from summarizer.update import survey  # noqa: PLC0415
    from summarizer.update import update as run  # noqa: PLC0415

    settings = asking_settings(options, batches=batch)
    if batch and (settings.refresh or options["no_cache"] or settings.conditions.max_cost is not None):
        raise click.UsageError(
            "--batch goes with none of --refresh, --no-cache and --max-cost: 'plan' tells what it costs."
        )
    found = survey(directory, settings, is_full=full)
    with watched(events=options["events"], transcripts=len(found.pending)) as tell:
        done = asyncio.run(run(found, replace(settings, tell=tell), settle=settle, poll=poll))
    document = reporting.update_report(done, settings)
    if report is not None:
        write_atomically(report, dumped(document))
    if options["as_json"]:
        print_json(document)
    else:
        for line in reporting.update_lines(document):
            click.echo(line)
    return failing(_exit_code(done), options["fail_on"])


def _exit_code(done: Any) -> int:
    """The worst of all; what was passed is well."""
    if done.interrupted is not None:
        return int(done.interrupted.exit_code)
    return worst([outcome.exit_code for outcome in done.outcomes] + [0] * bool(done.unchanged))
