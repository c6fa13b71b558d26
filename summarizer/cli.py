"""The desk: options in, exit code out. Each verb is one call into the river.

Exit codes (DESIGN §6): 0 done, 1 failed, 2 usage or refused input, 3 needs review, 4 partly
failed; over several files the worst wins.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from summarizer import __version__
from summarizer.errors import RefusedInputError, SummarizerError

_WORST_FIRST = (1, 5, 4, 3, 2, 0)


def main() -> NoReturn:
    """Run the command line; errors a user can act on become one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # cron has LANG=C; Chinese must come out all the same, and never as a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        code = 130
    except SummarizerError as error:
        click.echo(f"summarizer: {error}", err=True)
        code = error.exit_code
    sys.exit(code if isinstance(code, int) else 0)


def _option(*names: str, **attributes: Any) -> Callable[..., Any]:
    """Declare an option that the environment can set as SUMMARIZER_<NAME> too."""
    name = names[0].partition("/")[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=f"SUMMARIZER_{name}", show_envvar=True, **attributes)


_SHARED = (
    _option("--project", type=click.Path(path_type=Path), default=Path(), help="Project root."),
    _option("--output", type=click.Path(path_type=Path), help="Pages [default: PROJECT/output]."),
    _option("--cache-dir", type=click.Path(path_type=Path), help="Answer cache."),
    _option("--model", help="Model to ask."),
    _option("--encoding", help="Encoding of the transcript, where it is not found out."),
    _option("--chunk-tokens", type=click.IntRange(min=1), help="Source tokens a request may hold."),
    _option("--repair/--no-repair", default=True, help="Put a damaged source back in order."),
)

_CONFIGURABLE = {
    "output": str,
    "cache_dir": str,
    "model": str,
    "encoding": str,
    "chunk_tokens": int,
    "base_url": str,
    "prices": dict,
}


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_SHARED):
        command = option(command)
    return command


def _configured(options: dict[str, Any]) -> dict[str, Any]:
    """Fill what neither flag nor environment gave from summarizer.toml in the project root."""
    from summarizer import files  # noqa: PLC0415

    path = options["project"] / "summarizer.toml"
    if not path.is_file():
        return options
    found = files.load_toml(files.read_text(path), str(path))
    for key, value in found.items():
        if key not in _CONFIGURABLE:
            raise RefusedInputError(
                f"{path}: unknown key {key!r}; known are {', '.join(sorted(_CONFIGURABLE))}."
            )
        if type(value) is not _CONFIGURABLE[key]:
            raise RefusedInputError(f"{path}: {key} must be of type {_CONFIGURABLE[key].__name__}.")
    for name in ("output", "cache_dir"):
        if name in found:
            found[name] = options["project"] / found[name]
    return options | {key: value for key, value in found.items() if options.get(key) is None}


def _settings(options: dict[str, Any], **more: Any) -> Any:
    import platformdirs  # noqa: PLC0415 - only the verbs need it, not --help

    from summarizer import pipeline, prices  # noqa: PLC0415
    from summarizer.prompting import DEFAULT_MODEL  # noqa: PLC0415
    from summarizer.values import Model  # noqa: PLC0415

    options = _configured(options)
    project = options["project"]
    settings = {
        "project": project,
        "output": options["output"] or project / "output",
        "cache_dir": options["cache_dir"] or Path(platformdirs.user_cache_dir("summarizer", appauthor=False)),
        "encoding": options["encoding"],
        "repair": options["repair"],
        "base_url": options.get("base_url"),
        "prices": prices.parse(options.get("prices", {}), str(project / "summarizer.toml")),
        "warn": _say,
        "progress": _say,
    }
    if options["model"]:
        settings["model"] = Model(options["model"], DEFAULT_MODEL.effort)
    if options["chunk_tokens"]:
        settings["budget"] = options["chunk_tokens"]
    return pipeline.Settings(**settings, **more)


def _say(message: str) -> None:
    click.echo(f"summarizer: {message}", err=True)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failed, 2 usage or refused input, 3 needs review, 4 partly failed.",
)
@click.version_option(__version__)
def cli() -> None:
    """Make English briefs of Chinese press conferences and interviews.

    Every claim of a brief cites the paragraphs it rests on, and every figure is checked by value.
    """


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_options
@click.option(
    "--base-url",
    envvar=["SUMMARIZER_BASE_URL", "OPENAI_BASE_URL"],
    show_envvar=True,
    help="An OpenAI-compatible endpoint.",
)
@_option("--offline", is_flag=True, help="Send nothing, even with a key.")
@click.option("--refresh", is_flag=True, help="Ask again for everything, whatever is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def brief(files: tuple[Path, ...], offline: bool, refresh: bool, as_json: bool, **options: Any) -> int:
    """Write the brief of each transcript to the output folder."""
    import os  # noqa: PLC0415

    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.files import slug as transcript_slug  # noqa: PLC0415

    settings = _settings(options, api_key=os.environ.get("OPENAI_API_KEY"), offline=offline, refresh=refresh)
    slugs: dict[str, Path] = {}
    outcomes = []
    for path in files:
        slug = transcript_slug(path)
        if slugs.setdefault(slug, path) != path:
            raise click.UsageError(f"{slugs[slug]} and {path} would both be written to {slug}.md.")
        try:
            outcomes.append(asyncio.run(pipeline.brief(path, settings)))
        except SummarizerError as error:
            click.echo(f"summarizer: {error}", err=True)
            status = "refused" if error.exit_code == 2 else "partly-failed"
            outcomes.append(pipeline.Outcome(slug, str(path), "", status, error.exit_code, reason=str(error)))
    if as_json:
        price = pipeline.price(settings)
        rows = [_brief_row(outcome, reporting.cost_usd(outcome.asking, price)) for outcome in outcomes]
        _print_json({"schema": 1, "briefs": rows})
    else:
        for outcome in outcomes:
            _echo_outcome(outcome)
    return _worst(outcome.exit_code for outcome in outcomes)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def inspect(file: Path, as_json: bool, **options: Any) -> int:
    """Show how a transcript is read: speakers, turns, what was set aside and what was mended."""
    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.render.outline import outline  # noqa: PLC0415

    _, transcript, _ = pipeline.read(file, _settings(options))
    if as_json:
        _print_json(reporting.inspection(transcript))
    else:
        click.echo(outline(transcript), nl=False)
    return 0


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_options
@click.option("--refresh", is_flag=True, help="Plan to ask again for everything, whatever is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def plan(files: tuple[Path, ...], refresh: bool, as_json: bool, **options: Any) -> int:
    """Show what a brief would ask and cost; nothing is sent and nothing is written."""
    from summarizer import pipeline, reporting  # noqa: PLC0415
    from summarizer.render.plan import plan as shown  # noqa: PLC0415

    settings = _settings(options, refresh=refresh)
    price = pipeline.price(settings)
    rows = [reporting.plan_row(asyncio.run(pipeline.plan(path, settings)), price) for path in files]
    if as_json:
        _print_json({"schema": 1, "plans": rows})
    else:
        click.echo("\n".join(shown(row, settings.model.name) for row in rows), nl=False)
    return 0


@cli.command()
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path))
@_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How findings are printed: for people, or as annotations of GitHub Actions.",
)
@click.option("--list", "as_list", is_flag=True, help="Name every check, with what it is for.")
@click.option("--explain", metavar="ID", help="Say what a check sees and what it does not.")
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
    from summarizer import pipeline, reporting  # noqa: PLC0415

    if as_list or explain:
        click.echo(reporting.catalogue(explain))
        return 0
    if not pages:
        raise click.UsageError("name the pages to check, or ask with --list what the checks are.")
    settings = _settings(options)
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    totals: dict[str, int] = {}
    code = 0
    for page in pages:
        checked, lines = pipeline.check(page, settings)
        rows += reporting.finding_rows(page, checked, lines)
        support.append(reporting.support_row(page, checked))
        for name, number in reporting.counts(checked).items():
            totals[name] = totals.get(name, 0) + number
        code = max(code, 3 if pipeline.needs_review(checked) else 0)
    if as_json:
        _print_json({"schema": 1, "findings": rows, "counts": totals, "support": support})
    elif as_format == "github":
        for row in rows:
            if not row["ignored"]:
                click.echo(reporting.annotation(row))
    else:
        for row in rows:
            click.echo(reporting.finding_line(row))
        click.echo(", ".join(f"{number} {name.replace('_', ' ')}" for name, number in totals.items()))
    return code


@cli.group()
def batch() -> None:
    """Requests and answers as files, for batch engines."""


@batch.command("export")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_options
@click.option("--to", type=click.Path(path_type=Path), default=Path("requests.jsonl"), help="File to write.")
def batch_export(files: tuple[Path, ...], to: Path, **options: Any) -> int:
    """Write the next stage of requests that no store answers.

    The stages are terms, then translate and summarize, then overview.
    """
    from summarizer import pipeline  # noqa: PLC0415
    from summarizer.batch import write as request_lines  # noqa: PLC0415
    from summarizer.files import write_atomically  # noqa: PLC0415

    stage, requests = asyncio.run(pipeline.export(list(files), _settings(options)))
    if not requests:
        click.echo("nothing to export")
        return 0
    write_atomically(to, request_lines(requests))
    click.echo(f"stage {stage}: {len(requests)} requests written to {to}")
    return 0


@batch.command("import")
@click.argument("answers", type=click.Path(path_type=Path))
@_options
@click.option("--record", is_flag=True, help="Also keep them in cassettes/answers/.")
def batch_import(answers: Path, record: bool, **options: Any) -> int:
    """Check the answers of a batch file and store them."""
    from summarizer import pipeline  # noqa: PLC0415

    stored, refused = pipeline.import_answers(answers, _settings(options), record=record)
    for reason in refused:
        click.echo(f"summarizer: {answers}: {reason}", err=True)
    click.echo(f"{stored} answers stored, {len(refused)} refused")
    return 4 if refused else 0


def _brief_row(outcome: Any, cost: float | None) -> dict[str, Any]:
    asking = outcome.asking
    return {
        "slug": outcome.slug,
        "source": outcome.source,
        "page": outcome.page,
        "status": outcome.status,
        "reason": outcome.reason,
        "requests_sent": asking.sent if asking else 0,
        "prompt_tokens": asking.prompt_tokens if asking else 0,
        "completion_tokens": asking.completion_tokens if asking else 0,
        "cost_usd": cost,
        "findings": _tally(outcome.findings),
        "missing": list(outcome.missing),
        "outdated": list(outcome.outdated),
        "proposals": list(outcome.proposals),
    }


def _tally(findings: Any) -> dict[str, int]:
    return {
        severity: sum(f.severity == severity and f.ignored is None for f in findings)
        for severity in ("minor", "major", "critical")
    }


def _echo_outcome(outcome: Any) -> None:
    if outcome.status == "refused" or not outcome.page:
        return
    tally = ", ".join(f"{number} {name}" for name, number in _tally(outcome.findings).items() if number)
    click.echo(f"{outcome.page}: {outcome.status}; findings: {tally or 'none'}")
    if outcome.reason:
        click.echo(f"  {outcome.reason}")
    if outcome.missing:
        click.echo(f"  missing: {', '.join(f'¶{number}' for number in outcome.missing)}")
    if outcome.outdated:
        click.echo(f"  outdated, ask again with --refresh: {', '.join(outcome.outdated)}")
    if outcome.proposals:
        click.echo(f"  the page was edited and stays; the new text waits in {outcome.slug}.proposed.md")


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _worst(codes: Any) -> int:
    found = set(codes)
    return next((code for code in _WORST_FIRST if code in found), 0)
