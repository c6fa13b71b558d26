"""``batch``: requests and answers as files."""

import asyncio
from pathlib import Path
from typing import Any

import click

from summarizer.commands.asking import asking_options, asking_settings
from summarizer.commands.shared import option, say, settings_from, shared_options


@click.group()
def batch() -> None:
    """Requests and answers as files, for batch engines."""


@batch.command("export")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options
@option("--to", type=click.Path(path_type=Path), default=Path("requests.jsonl"), help="File to write.")
def batch_export(files: tuple[Path, ...], to: Path, **options: Any) -> int:
    """Write the next stage of requests that no store answers.

    The stages are terms, then translate and summarize, then overview, then repairs.
    """
    from summarizer import batching  # noqa: PLC0415
    from summarizer.batch import write as request_lines  # noqa: PLC0415
    from summarizer.files import write_atomically  # noqa: PLC0415

    stage, requests = asyncio.run(batching.export(list(files), settings_from(options)))
    if not requests:
        click.echo("nothing to export")
        return 0
    write_atomically(to, request_lines(requests))
    click.echo(f"stage {stage}: {len(requests)} requests written to {to}")
    return 0


@batch.command("import")
@click.argument("answers", type=click.Path(path_type=Path))
@shared_options
@option("--record", is_flag=True, help="Also keep them in cassettes/answers/.")
def batch_import(answers: Path, record: bool, **options: Any) -> int:
    """Check the answers of a batch file and store them."""
    from summarizer import batching  # noqa: PLC0415

    stored, refused = batching.import_answers(answers, settings_from(options), record=record)
    for reason in refused:
        click.echo(f"summarizer: {answers}: {reason}", err=True)
    click.echo(f"{stored} answers stored, {len(refused)} refused")
    return 4 if refused else 0


@batch.command("submit")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options
@asking_options
@option("--retry", is_flag=True, help="Also what the provider refused before.")
def batch_submit(files: tuple[Path, ...], **options: Any) -> int:
    """Submit what can be asked now through the Batch API; what is under way is not asked for again."""
    from summarizer import batching  # noqa: PLC0415

    settings = _settings(options)
    found, submitted = asyncio.run(batching.submit_all(list(files), settings))
    _say_collected(found)
    click.echo(f"{len(submitted)} requests submitted, {len(found.under_way)} were under way")
    return 4 if found.failed else 0


@batch.command("collect")
@shared_options
@asking_options
def batch_collect(**options: Any) -> int:
    """Store the answers that have come in through the Batch API; `brief` makes pages of them."""
    from summarizer import batching  # noqa: PLC0415

    found = asyncio.run(batching.collect_all(_settings(options)))
    _say_collected(found)
    click.echo(f"{len(found.under_way)} requests are under way")
    return 4 if found.failed else 0


def _settings(options: dict[str, Any]) -> Any:
    if options["no_cache"]:
        raise click.UsageError("later runs must find a batch's answers: without --no-cache.")
    return asking_settings(options, batches=True)


def _say_collected(found: Any) -> None:
    for reason in found.failed:
        say(reason)
    click.echo(f"{found.stored} answers stored")
