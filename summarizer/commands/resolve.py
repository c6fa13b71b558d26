"""``resolve``: decide a proposal."""

from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, settings_from, shared_options


@click.command()
@click.argument("page", type=click.Path(path_type=Path))
@shared_options
@option("--unit", required=True, help="The unit whose proposal is decided.")
@option("--take", required=True, type=click.Choice(["reviewed", "proposed"]), help="Which text stays.")
def resolve(page: Path, unit: str, take: str, **options: Any) -> int:
    """Decide a proposal: keep the reviewed text, or put the proposed one in its place."""
    from summarizer import reviewing  # noqa: PLC0415

    reviewing.resolve(page, settings_from(options), unit, take_proposed=take == "proposed")
    click.echo(f"{page}: {unit} has the {take} text")
    return 0
