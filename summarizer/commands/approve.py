"""``approve``: put one's name to a page or a unit."""

from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, settings_from, shared_options


@click.command()
@click.argument("page", type=click.Path(path_type=Path))
@shared_options
@option("--unit", default="", help="Only this unit, as p12; else the whole page.")
@option("--by", "reviewer", required=True, help="Who approves.")
@option("--on", "date", default="", help="The date, as it shall stand on the page.")
def approve(page: Path, unit: str, reviewer: str, date: str, **options: Any) -> int:
    """Record that somebody stands by a page, or by one unit of it; any later change voids it visibly."""
    from summarizer import reviewing  # noqa: PLC0415
    from summarizer.values import Approval  # noqa: PLC0415

    reviewing.approve(page, settings_from(options), unit, Approval(reviewer, date, ""))
    click.echo(f"{page}: {unit or 'the page'} is approved by {reviewer}")
    return 0
