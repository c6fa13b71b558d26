"""What the verbs that ask an endpoint share: on what conditions, and who watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from summarizer.commands.shared import option

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


@contextmanager
def watched(*, events: bool, transcripts: int) -> Iterator[Callable[[Any], None]]:
    """Show a run to whoever watches it: a terminal, a log or a machine."""
    from summarizer.progress import watcher  # noqa: PLC0415

    with watcher(sys.stderr, events=events, transcripts=transcripts) as tell:
        yield tell
