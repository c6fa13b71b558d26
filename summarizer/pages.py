"""A page as it stands on disk, with what it was made from, and what the checks find on it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer import brief as briefing
from summarizer import checks, drafting, edition, files, library, review
from summarizer.errors import RefusedInputError
from summarizer.settings import Settings, shown
from summarizer.sources import read
from summarizer.values import Brief, Checked, Draft, Rulings


@dataclass(frozen=True, slots=True)
class Stored:
    """A page as it stands on disk, with what it was made from."""

    slug: str
    edition: edition.Edition
    rulings: Rulings
    brief: Brief  # as the machine wrote it last
    as_it_stands: Draft  # with the words of the page
    lines: dict[str, int]  # of each unit


def stored(page: Path, settings: Settings) -> Stored:
    """Load a page, its JSON and its source.

    Raises:
        RefusedInputError: One of them cannot be read.
    """
    text = files.read_text(page)
    front = files.load_yaml(review.front_matter(text), shown(page, settings))
    source = front.get("source") if isinstance(front, dict) else None
    if not isinstance(source, dict) or not isinstance(source.get("path"), str):
        raise RefusedInputError(f"{page}: the front matter names no source; is this a page of summarizer?")
    slug, transcript, known = read(settings.project / source["path"], settings)
    old = edition_at(page.with_suffix(".json"))
    if old is None:
        raise RefusedInputError(f"{page}: {slug}.json is not beside it; the quotes to check stand there.")
    told = tuple(template.text for template in library.templates().values())
    draft = drafting.restored(transcript, old, known, library.terms(), told)
    words = replace(review.apply(draft, text), made_from=str(source.get("sha256")))
    written = briefing.assemble(checks.run(draft, known.ignore), known, old.signature)
    lines = {unit: line for line, (unit, _) in review.unread(text, draft).items()}
    lines |= {unit.id: unit.line for unit in review.read(text).values()}
    return Stored(slug, old, known, written, words, lines)


def check(page: Path, settings: Settings) -> tuple[Checked, dict[str, int]]:
    """Check a page as it stands on disk against its source; also give the line of each unit.

    Raises:
        RefusedInputError: The page, its JSON or its source cannot be read.
    """
    found = stored(page, settings)
    return checks.run(found.as_it_stands, found.rulings.ignore), found.lines


def needs_review(checked: Checked) -> bool:
    """Tell whether a finding of at least major severity is open."""
    return any(f.severity != "minor" and f.ignored is None for f in checked.findings)


def edition_at(path: Path) -> edition.Edition | None:
    """Read the JSON of a page; None if there is none.

    Raises:
        RefusedInputError: It is damaged.
    """
    if not path.is_file():
        return None
    try:
        data = json.loads(files.read_text(path))
    except ValueError as error:
        raise RefusedInputError(
            f"{path} is damaged ({error}); restore it from git or move it away."
        ) from None
    return edition.read(data, str(path))
