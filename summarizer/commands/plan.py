"""``plan``: show what a brief would ask and cost."""

import asyncio
from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, print_json, settings_from, shared_options


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options
@option("--refresh", is_flag=True, help="Plan to ask again for everything, whatever is stored.")
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def plan(files: tuple[Path, ...], refresh: bool, as_json: bool, **options: Any) -> int:
    """Show what a brief would ask and cost; nothing is sent and nothing is written."""
    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.render.plan import plan as shown  # noqa: PLC0415
    from summarizer.settings import price as price_of  # noqa: PLC0415

    settings = settings_from(options, refresh=refresh)
    price = price_of(settings)
    rows = [reporting.plan_row(asyncio.run(pipeline.plan(path, settings)), price) for path in files]
    if as_json:
        print_json({"schema": 1, "plans": rows})
    else:
        click.echo("\n".join(shown(row, settings.model.name) for row in rows), nl=False)
    return 0
