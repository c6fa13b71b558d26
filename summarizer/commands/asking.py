"""What the verbs that ask an endpoint share: on what conditions, and who watches."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from summarizer.commands.shared import fails_on, option, settings_from, shared_options

_OPTIONS = (
    click.option(
        "--base-url",
        envvar=["SUMMARIZER_BASE_URL", "OPENAI_BASE_URL"],
        show_envvar=True,
        help="An OpenAI-compatible endpoint.",
    ),
    option("--no-cache", is_flag=True, help="Keep answers only as long as the run lasts."),
    option("--offline", is_flag=True, help="Send nothing, even with a key."),
    option("--concurrency", type=click.IntRange(min=1), help="Requests under way at once [default: 16]."),
    option("--requests-per-minute", type=click.IntRange(min=1), help="As the provider states it."),
    option("--tokens-per-minute", type=click.IntRange(min=1), help="As the provider states it."),
    option("--timeout", type=click.FloatRange(min=1), help="Seconds of one call [default: 600]."),
    option("--wait", is_flag=True, help="Wait for another run that writes to the same folder."),
    option("--max-cost", type=click.FloatRange(min=0), help="US dollars after which nothing more is sent."),
)


_MAKING = (
    option("--refresh", is_flag=True, help="Ask again for everything, whatever is stored."),
    option("--retry", is_flag=True, help="Ask again for what carries a mark."),
    option("--without-model", is_flag=True, help="Write pages with the English left to a translator."),
    option("--events", is_flag=True, help="Tell what happens as JSON lines on stderr."),
    option("--json", "as_json", is_flag=True, help="Print one JSON document."),
    fails_on,
)


def making_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options of those that make pages."""
    for add in reversed(_MAKING):
        command = add(command)
    return shared_options(asking_options(command))


def asking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options of those that ask an endpoint."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


def conditions_from(options: dict[str, Any], api_key: str | None) -> Any:
    """Make the conditions on which an endpoint is asked, from flags, environment and file."""
    from summarizer.commands.shared import configured  # noqa: PLC0415
    from summarizer.session import Conditions  # noqa: PLC0415

    found = configured(options)
    names = ("base_url", "concurrency", "requests_per_minute", "tokens_per_minute", "timeout", "max_cost")
    given = {name: found[name] for name in names if found.get(name) is not None}
    return Conditions(api_key=api_key, **given)


def asking_settings(options: dict[str, Any], **more: Any) -> Any:
    """Make the settings of a run that asks an endpoint, or makes pages; what *more* says goes before."""
    given = {name: options[name] for name in ("refresh", "retry", "without_model") if name in options}
    conditions = conditions_from(options, os.environ.get("OPENAI_API_KEY"))
    asked = {"conditions": conditions, "offline": options["offline"], "waits": options["wait"]}
    return settings_from(options, **given, **asked, **more)


@contextmanager
def watched(*, events: bool, transcripts: int) -> Iterator[Callable[[Any], None]]:
    """Show a run to whoever watches it: a terminal, a log or a machine."""
    from summarizer.progress import watcher  # noqa: PLC0415

    with watcher(sys.stderr, events=events, transcripts=transcripts) as tell:
        yield tell
