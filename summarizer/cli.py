"""The desk: options in, exit code out. Each verb is one file in commands/, and one call into the river."""

import signal
import sys
from typing import NoReturn

import click

from summarizer import __version__
from summarizer.commands import (
    approve,
    batch,
    brief,
    cache,
    check,
    doctor,
    inspect,
    plan,
    resolve,
    status,
    update,
)
from summarizer.errors import SummarizerError


def main() -> NoReturn:
    """Run the command line; errors a user can act on become one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # cron has LANG=C; Chinese must come out all the same, and never as a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminated)
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


def _terminated(*_: object) -> NoReturn:
    """End as on Ctrl-C: what arrived is stored, what is under way is let go, and the exit code says so."""
    raise SystemExit(128 + signal.SIGTERM)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failed, 2 usage or refused input, 3 needs review, 4 partly failed, "
    "5 budget reached, 75 another run holds the lock, 130 or 143 interrupted.",
)
@click.version_option(__version__)
def cli() -> None:
    """Make English briefs of Chinese press conferences and interviews.

    Every claim of a brief cites the paragraphs it rests on, and every figure is checked by value.
    """


for _verb in (
    brief.brief,
    update.update,
    inspect.inspect,
    plan.plan,
    check.check,
    approve.approve,
    resolve.resolve,
    status.status,
    batch.batch,
    doctor.doctor,
    cache.cache,
):
    cli.add_command(_verb)
