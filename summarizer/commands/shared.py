"""What every verb shares: its options, its settings, how it speaks and how it ends.

Exit codes (DESIGN §6): 0 done, 1 failed, 2 usage or refused input, 3 needs review, 4 partly
failed; over several files the worst wins.
"""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from summarizer.errors import RefusedInputError

_FORGIVEN: dict[str, set[int]] = {"review": set(), "partly": {3}, "failed": {3, 4}}
_WORST_FIRST = (143, 130, 1, 5, 4, 3, 2, 0)


def option(*names: str, **attributes: Any) -> Callable[..., Any]:
    """Declare an option that the environment can set as SUMMARIZER_<NAME> too."""
    name = names[0].partition("/")[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=f"SUMMARIZER_{name}", show_envvar=True, **attributes)


_SHARED = (
    option("--project", type=click.Path(path_type=Path), default=Path(), help="Project root."),
    option("--output", type=click.Path(path_type=Path), help="Pages [default: PROJECT/output]."),
    option("--cache-dir", type=click.Path(path_type=Path), help="Answer cache."),
    option("--model", help="Model to ask."),
    option("--encoding", help="Encoding of the transcript, where it is not found out."),
    option("--chunk-tokens", type=click.IntRange(min=1), help="Source tokens a request may hold."),
    option("--repair/--no-repair", default=True, help="Put a damaged source back in order."),
)

fails_on = option(
    "--fail-on",
    type=click.Choice(["review", "partly", "failed"]),
    default="review",
    help="From what on the exit code tells: 3 needs review, 4 partly failed, 1 failed.",
)

_CONFIGURABLE = {
    "output": str,
    "cache_dir": str,
    "model": str,
    "encoding": str,
    "chunk_tokens": int,
    "base_url": str,
    "concurrency": int,
    "requests_per_minute": int,
    "tokens_per_minute": int,
    "timeout": float,
    "max_cost": float,
    "prices": dict,
}


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that all verbs have."""
    for add in reversed(_SHARED):
        command = add(command)
    return command


def configured(options: dict[str, Any]) -> dict[str, Any]:
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
        if type(value) is not _CONFIGURABLE[key] and not (_CONFIGURABLE[key] is float and type(value) is int):
            raise RefusedInputError(f"{path}: {key} must be of type {_CONFIGURABLE[key].__name__}.")
    for name in ("output", "cache_dir"):
        if name in found:
            found[name] = options["project"] / found[name]
    return options | {key: value for key, value in found.items() if options.get(key) is None}


def settings_from(options: dict[str, Any], **more: Any) -> Any:
    """Make the settings of a run: flag before environment before file before default."""
    import platformdirs  # noqa: PLC0415 - only the verbs need it, not --help

    from summarizer import prices  # noqa: PLC0415
    from summarizer.prompting import DEFAULT_MODEL  # noqa: PLC0415
    from summarizer.settings import Settings  # noqa: PLC0415
    from summarizer.values import Model  # noqa: PLC0415

    options = configured(options)
    if options.get("no_cache"):
        temporary = TemporaryDirectory(prefix="summarizer-")
        options["cache_dir"] = Path(click.get_current_context().with_resource(temporary))
    project = options["project"]
    settings = {
        "project": project,
        "output": options["output"] or project / "output",
        "cache_dir": options["cache_dir"] or Path(platformdirs.user_cache_dir("summarizer", appauthor=False)),
        "encoding": options["encoding"],
        "repair": options["repair"],
        "prices": prices.parse(options.get("prices", {}), str(project / "summarizer.toml")),
        "warn": say,
    }
    if options["model"]:
        settings["model"] = Model(options["model"], DEFAULT_MODEL.effort)
    if options["chunk_tokens"]:
        settings["budget"] = options["chunk_tokens"]
    return Settings(**settings, **more)


def say(message: str) -> None:
    """Tell a person something, on stderr."""
    click.echo(f"summarizer: {message}", err=True)


def print_json(value: Any) -> None:
    """Print one JSON document on stdout."""
    click.echo(dumped(value), nl=False)


def dumped(value: Any) -> str:
    """Write one JSON document as every verb writes it."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def failing(code: int, level: str) -> int:
    """Give the exit code where only what is as bad as *level* fails: "review", "partly" or "failed"."""
    return 0 if code in _FORGIVEN[level] else code


def worst(codes: Any) -> int:
    """Give the worst exit code over several files; where only some were refused, files are missing."""
    found = set(codes)
    if 2 in found and found != {2}:
        found = found - {2} | {4}
    return next((code for code in _WORST_FIRST if code in found), 0)
