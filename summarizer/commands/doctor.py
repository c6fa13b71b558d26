"""``doctor``: what works and what does not."""

import asyncio
import os
from typing import Any

import click

from summarizer.commands.asking import asking_options, conditions_from
from summarizer.commands.shared import option, print_json, settings_from, shared_options


@click.command()
@shared_options
@asking_options
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(as_json: bool, **options: Any) -> int:
    """Show what a brief needs and whether it is there; one small request goes to the endpoint."""
    from summarizer.doctor import examine  # noqa: PLC0415

    conditions = conditions_from(options, os.environ.get("OPENAI_API_KEY"))
    settings = settings_from(options, conditions=conditions, offline=options["offline"])

    async def look() -> list[Any]:
        return [sign async for sign in examine(settings)]

    signs = asyncio.run(look())
    if as_json:
        rows = [{"name": s.name, "well": s.is_well, "words": s.words} for s in signs]
        print_json({"schema": 1, "signs": rows})
    else:
        for sign in signs:
            click.echo(f"{'ok ' if sign.is_well else 'BAD'} {sign.name:<18} {sign.words}")
    return 0 if all(sign.is_well for sign in signs) else 1
