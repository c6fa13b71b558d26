"""``batch``: requests and answers as files."""

import asyncio
from pathlib import Path
from typing import Any

import click

from summarizer.commands.shared import settings_from, shared_options


@click.group()
def batch() -> None:
    """Requests and answers as files, for batch engines."""


@batch.command("export")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options
@click.option("--to", type=click.Path(path_type=Path), default=Path("requests.jsonl"), help="File to write.")
def batch_export(files: tuple[Path, ...], to: Path, **options: Any) -> int:
    """Write the next stage of requests that no store answers.

    The stages are terms, then translate and summarize, then overview.
    """
    from summarizer import pipeline  # noqa: PLC0415
    from summarizer.batch import write as request_lines  # noqa: PLC0415
    from summarizer.files import write_atomically  # noqa: PLC0415

    stage, requests = asyncio.run(pipeline.export(list(files), settings_from(options)))
    if not requests:
        click.echo("nothing to export")
        return 0
    write_atomically(to, request_lines(requests))
    click.echo(f"stage {stage}: {len(requests)} requests written to {to}")
    return 0


@batch.command("import")
@click.argument("answers", type=click.Path(path_type=Path))
@shared_options
@click.option("--record", is_flag=True, help="Also keep them in cassettes/answers/.")
def batch_import(answers: Path, record: bool, **options: Any) -> int:
    """Check the answers of a batch file and store them."""
    from summarizer import pipeline  # noqa: PLC0415

    stored, refused = pipeline.import_answers(answers, settings_from(options), record=record)
    for reason in refused:
        click.echo(f"summarizer: {answers}: {reason}", err=True)
    click.echo(f"{stored} answers stored, {len(refused)} refused")
    return 4 if refused else 0
