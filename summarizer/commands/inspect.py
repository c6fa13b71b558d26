"""``inspect``: show how a transcript is read."""

from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, print_json, settings_from, shared_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@shared_options
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def inspect(file: Path, as_json: bool, **options: Any) -> int:
    """Show how a transcript is read: speakers, turns, what was set aside and what was mended."""
    from summarizer import reporting, sources  # noqa: PLC0415
    from summarizer.render.outline import outline  # noqa: PLC0415

    _, transcript, _ = sources.read(file, settings_from(options))
    if as_json:
        print_json(reporting.inspection(transcript))
    else:
        click.echo(outline(transcript), nl=False)
    return 0
