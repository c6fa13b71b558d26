"""What a user may set for a run, and where it keeps things."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarizer import keeping, prices
from summarizer.chunking import DEFAULT_BUDGET
from summarizer.flow import Tell
from summarizer.prices import Price
from summarizer.prompting import DEFAULT_MODEL
from summarizer.session import Conditions
from summarizer.values import Model


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for a run."""

    project: Path
    output: Path
    cache_dir: Path
    model: Model = DEFAULT_MODEL
    budget: int = DEFAULT_BUDGET
    conditions: Conditions = field(default=Conditions())
    offline: bool = False
    encoding: str | None = None
    repair: bool = True
    refresh: bool = False
    retry: bool = False  # ask again for what carries a mark, however often it was asked for
    without_model: bool = False  # leave the English to a human translator
    waits: bool = False  # for another run that writes to the same folder
    batches: bool = False  # a page waits until every request for it is answered
    prices: Mapping[str, Price] = field(default_factory=dict)  # the user's, by model
    warn: Callable[[str], None] = field(default=lambda _: None)
    tell: Tell = field(default=lambda _: None)


def price(settings: Settings) -> Price | None:
    """Give the price of the model that would be asked; None if no table has one."""
    return prices.price(settings.model.name, settings.prices)


def place(slug: str, settings: Settings) -> keeping.Place:
    """Where the page of a transcript is kept, with what stands beside it."""
    page = page_path(slug, settings)
    return keeping.Place(page, shown(page, settings))


def page_path(slug: str, settings: Settings) -> Path:
    """Where the page of a transcript is."""
    return settings.output / f"{slug}.md"


def recorded_path(slug: str, settings: Settings) -> Path:
    """Where the recorded answers of a transcript are."""
    return settings.project / "cassettes" / "answers" / f"{slug}.jsonl"


def shown(path: Path, settings: Settings) -> str:
    """Name a path as seen from the project root, so that no page depends on where the project lies."""
    return Path(os.path.relpath(path.resolve(), settings.project.resolve())).as_posix()
