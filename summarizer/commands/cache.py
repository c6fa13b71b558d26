"""``cache``: the answers bought before, counted, taken along and brought in."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from summarizer.commands.shared import option, print_json, say, settings_from, shared_options

if TYPE_CHECKING:
    from summarizer.cache import AnswerCache


@click.group()
def cache() -> None:
    """The answers bought before, on this machine."""


@cache.command("stats")
@shared_options
@option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def cache_stats(as_json: bool, **options: Any) -> int:
    """Count what is stored, and the tokens it took, by model and by task."""
    from summarizer.cache import AnswerCache  # noqa: PLC0415

    settings = settings_from(options)
    with AnswerCache(settings.cache_dir, settings.warn) as opened:
        report = {"directory": str(settings.cache_dir), **_counted(opened)}
    if as_json:
        print_json({"schema": 1, **report})
    else:
        click.echo("\n".join(_lines(report)))
    return 0


@cache.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@shared_options
def cache_export(file: Path, **options: Any) -> int:
    """Write every stored answer to FILE (- is stdout), one a line, sorted by key."""
    from summarizer.cache import AnswerCache  # noqa: PLC0415
    from summarizer.files import write_atomically  # noqa: PLC0415
    from summarizer.records import exported_line  # noqa: PLC0415

    settings = settings_from(options)
    with AnswerCache(settings.cache_dir, settings.warn) as opened:
        lines = [exported_line(stored) for stored in opened.stored() if stored.response is not None]
    if str(file) == "-":
        click.echo("".join(lines).encode("utf-8"), nl=False)  # bytes, or Windows would write \r\n
    else:
        write_atomically(file, "".join(lines))
    say(f"{len(lines)} answers written to {'stdout' if str(file) == '-' else file}")
    return 0


# Read as a stream: what a year of runs exports is longer than any file that is read as a whole.
@cache.command("import")
@click.argument("file", type=click.File("rb"))
@shared_options
def cache_import(file: BinaryIO, **options: Any) -> int:
    """Store the answers of FILE (- is stdin) that are not there yet; none is overwritten."""
    from summarizer.cache import AnswerCache  # noqa: PLC0415
    from summarizer.errors import RefusedInputError  # noqa: PLC0415

    settings = settings_from(options)
    tally: Counter[str] = Counter()
    with AnswerCache(settings.cache_dir, settings.warn) as opened:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                is_new = opened.add(*_answer(line))
            except (RefusedInputError, RecursionError) as error:  # nested too deep to be written again
                say(f"{getattr(file, 'name', '-')}: line {number}: {error}")
                tally["refused"] += 1
            else:
                tally["stored" if is_new else "there"] += 1
    stored, there, refused = tally["stored"], tally["there"], tally["refused"]
    click.echo(f"{stored} answers stored, {there} already there, {refused} refused")
    return 4 if refused else 0


def _counted(opened: "AnswerCache") -> dict[str, Any]:
    """Count answers, exported requests and bytes, and by model and by task what the answers report."""
    from summarizer.purse import Purse  # noqa: PLC0415

    size = opened.size()  # before the database is opened, which puts a journal beside it
    reader = Purse(price=None, most=None)  # for what it reads from each answer, not for its sums
    requests = 0
    total: Counter[str] = Counter()
    models: defaultdict[str, Counter[str]] = defaultdict(Counter)
    tasks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stored in opened.stored():
        if stored.response is None:
            requests += 1
            continue
        task, model = stored.request.task, str(stored.request.body.get("model", "?"))
        usage = reader.book(task, stored.response)
        row = {
            "answers": 1,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "unknown": usage.unknown,
        }
        for account in (total, models[model], tasks[task]):
            account.update(row)
    return {
        "answers": total["answers"],
        "requests": requests,
        "bytes": size,
        "models": {name: dict(models[name]) for name in sorted(models)},
        "tasks": {name: dict(tasks[name]) for name in sorted(tasks)},
    }


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Write the counts as a person reads them."""
    yield report["directory"]
    answers, requests, size = report["answers"], report["requests"], report["bytes"]
    yield f"{answers:,} answers, {requests:,} exported requests, {size:,} bytes"
    for title in ("models", "tasks"):
        width = max(map(len, report[title]), default=0)
        if report[title]:
            yield ""
            yield title.capitalize()
        for name, row in report[title].items():
            unknown = f", {row['unknown']:,} report none" if row["unknown"] else ""
            yield (
                f"  {name:<{width}}  {row['answers']:>6,} answers  {row['prompt_tokens']:>12,} tokens in  "
                f"{row['completion_tokens']:>12,} out{unknown}"
            )


def _answer(line: bytes) -> tuple[str, Any, dict[str, Any]]:
    """Read one such line strictly: its key, its request and its response.

    Raises:
        RefusedInputError: It is none; the message is what is wrong with it.
    """
    from summarizer.errors import RefusedInputError  # noqa: PLC0415
    from summarizer.records import request_named  # noqa: PLC0415

    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RefusedInputError(f"is no JSON in UTF-8: {error}") from None
    if not isinstance(row, dict):
        raise RefusedInputError("is no JSON object")
    key, response = row.get("key"), row.get("response")
    request = request_named(key, row.get("request"))
    if not isinstance(response, dict):
        raise RefusedInputError("its response is no JSON object")
    return str(key), request, response
