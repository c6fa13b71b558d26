"""``status``: how far all pages are."""

from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, print_json, settings_from, shared_options


@click.command()
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path))
@shared_options
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def status(pages: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Show how far each page is: state, findings, proposals, stale units, how much people changed."""
    from dataclasses import asdict  # noqa: PLC0415

    from summarizer import reviewing  # noqa: PLC0415

    settings = settings_from(options)
    found = pages or tuple(
        p for p in sorted(settings.output.glob("*.md")) if not p.stem.endswith(".proposed")
    )
    rows = reviewing.status(found, settings)
    if as_json:
        print_json({"schema": 1, "pages": [asdict(row) for row in rows]})
        return 0
    for row in rows:
        units = ", ".join(f"{number} {state}" for state, number in row.units.items())
        findings = ", ".join(f"{number} {severity}" for severity, number in row.findings.items() if number)
        click.echo(
            f"{row.page}: {row.state}; {units}; findings: {findings or 'none'}; {row.post_edit:.0%} changed"
        )
        for name in ("proposals", "stale", "outdated", "missing"):
            items = getattr(row, name)
            if items:
                click.echo(f"  {name}: {', '.join(map(str, items))}")
    return 0
