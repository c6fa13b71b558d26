"""Prompts and termbase, from the package or, in a checkout, from the folder beside it; read once."""

import functools
import json
from importlib import resources
from pathlib import Path
from typing import get_args

from summarizer import files, termbase
from summarizer.provenance import digest
from summarizer.values import Task, Template, Term


@functools.cache
def templates() -> dict[Task, Template]:
    """Load every prompt with the JSON schema of its answers."""
    return {task: _template(task) for task in get_args(Task)}


@functools.cache
def terms() -> tuple[Term, ...]:
    """Load the termbase.

    Raises:
        RefusedInputError: It cannot be read; the message names the entry.
    """
    text = _read("termbase.yaml")
    return termbase.parse(files.load_yaml(text, "prompts/termbase.yaml"), "prompts/termbase.yaml")


def _template(task: Task) -> Template:
    text, schema = _read(f"{task}.md"), _read(f"{task}.schema.json")
    return Template(task, text, json.loads(schema), digest(text, schema))


def _read(name: str) -> str:
    packaged = resources.files("summarizer") / "prompts" / name
    # An editable install has no copy in the package; the checkout's own folder serves it.
    beside = Path(__file__).resolve().parent.parent / "prompts" / name
    return (packaged if packaged.is_file() else beside).read_text(encoding="utf-8")
