"""``check``: check pages as they stand on disk."""

from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import option, print_json, settings_from, shared_options


@click.command()
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path))
@shared_options
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@option(
    "--format",
    "as_format",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How findings are printed: for people, or as annotations of GitHub Actions.",
)
@option("--list", "as_list", is_flag=True, help="Name every check, with what it is for.")
@option("--explain", metavar="ID", help="Say what a check sees and what it does not.")
def check(
    pages: tuple[Path, ...],
    as_json: bool,
    as_format: str,
    as_list: bool,
    explain: str | None,
    **options: Any,
) -> int:
    """Check pages as they stand on disk against their sources; nothing is written.

    The exit code is 3 while a finding of major or critical severity is open.
    """
    from summarizer import reporting  # noqa: PLC0415
    from summarizer.pages import check as check_page  # noqa: PLC0415
    from summarizer.pages import needs_review  # noqa: PLC0415

    if as_list or explain:
        click.echo(reporting.catalogue(explain))
        return 0
    if not pages:
        raise click.UsageError("name the pages to check, or ask with --list what the checks are.")
    settings = settings_from(options)
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    totals: dict[str, int] = {}
    code = 0
    for page in pages:
        checked, lines = check_page(page, settings)
        rows += reporting.finding_rows(page, checked, lines)
        support.append(reporting.support_row(page, checked))
        for name, number in reporting.counts(checked).items():
            totals[name] = totals.get(name, 0) + number
        code = max(code, 3 if needs_review(checked) else 0)
    if as_json:
        print_json({"schema": 1, "findings": rows, "counts": totals, "support": support})
    elif as_format == "github":
        for row in rows:
            if not row["ignored"]:
                click.echo(reporting.annotation(row))
    else:
        for row in rows:
            click.echo(reporting.finding_line(row))
        click.echo(", ".join(f"{number} {name.replace('_', ' ')}" for name, number in totals.items()))
    return code
