"""What waits beside a page: for each unit the source, what is reviewed and what is proposed, side by side."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.markup import chinese

_UNIT = re.compile(r"^## ([a-z0-9./-]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal with what an editor needs to decide it; "" where there is nothing."""

    unit: str
    source: str  # the Chinese of today
    old_source: str  # the Chinese that was reviewed, where it is another
    base: str  # the English that was reviewed
    reviewed: str
    proposed: str


def proposals(page: str, waiting: Iterable[Waiting], lang: str) -> str:
    """Write the file of proposals of a page; deleting a unit's section takes the reviewed text."""
    head = (
        f"# Proposals for {page}\n\n"
        "The page keeps the reviewed texts. For each unit below a new text was written. Take one with\n"
        f"`summarizer resolve {page} --unit UNIT --take reviewed|proposed`,\n"
        "or delete its section here to keep the reviewed one.\n"
    )
    return head + "".join(f"\n{_section(one, lang)}" for one in waiting)


def open_units(text: str) -> frozenset[str]:
    """Name the units whose sections still stand in a file of proposals."""
    return frozenset(_UNIT.findall(text.replace("\r\n", "\n")))


def _section(one: Waiting, lang: str) -> str:
    parts = [f"## {one.unit}"]
    if one.old_source and one.old_source != one.source:
        parts += ["**Source when it was reviewed**", f"> {chinese(one.old_source, lang)}"]
    if one.source:
        parts += ["**Source**", f"> {chinese(one.source, lang)}"]
    if one.base:
        parts += ["**Written before**", _quoted(one.base)]
    parts += ["**Reviewed**", _quoted(one.reviewed) if one.reviewed else "> (not on the page)"]
    parts += ["**Proposed**", _quoted(one.proposed) if one.proposed else "> (no longer written)"]
    return "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    # Anchors would stand twice in the repository's search and none of them here is a place to go to.
    bare = re.sub(r'<a id="[^"]*"></a>', "", text)
    return "\n".join(f"> {line}" for line in bare.split("\n"))
