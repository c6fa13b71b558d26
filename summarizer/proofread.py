"""Page to faults: read our own output back before anyone trusts it.

The page is parsed by a Markdown parser with HTML on; the words of every unit must be the words of
the brief, and no HTML may have come into being other than our own anchors and language tags. It
cannot see whether the words are right, only that the page says them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from summarizer.markup import plain
from summarizer.values import Brief

_OURS = re.compile(r'<a id="[a-z0-9./-]+">|</a>|<span lang="zh-Han[st]">|</span>')


class Block(Protocol):
    """A parsed block of the page."""

    @property
    def anchors(self) -> tuple[str, ...]:
        """Ids of the anchors in it."""

    @property
    def text(self) -> str:
        """Its plain words."""

    @property
    def html(self) -> tuple[str, ...]:
        """Every HTML tag in it, as written."""

    @property
    def line(self) -> int:
        """Where it begins, from 1."""


def faults(brief: Brief, blocks: Iterable[Block]) -> Iterator[str]:
    """Name every way in which the parsed page differs from the brief."""
    by_anchor: dict[str, str] = {}
    everything = []
    for block in blocks:
        for tag in block.html:
            if not _OURS.fullmatch(tag):
                yield f"line {block.line}: {tag!r} would be HTML."
        words = " ".join(block.text.split())
        everything.append(words)
        for anchor in block.anchors:
            by_anchor.setdefault(anchor, words)
    for identity, expected in _expected(brief):
        if identity not in by_anchor:
            yield f"{identity} is not on the page."
        elif plain(expected) not in by_anchor[identity]:
            yield f"{identity} would read {by_anchor[identity]!r}, not {expected!r}."
    page = "\n".join(everything)
    for segment in brief.checked.draft.segments:
        if plain(segment.source) not in page:
            yield f"the source of {segment.id} would not be on the page as it stands."


def _expected(brief: Brief) -> Iterator[tuple[str, str]]:
    draft = brief.checked.draft
    yield "headline", brief.title
    if draft.deck:
        yield "deck", draft.deck
    for claim in brief.glance + brief.claims:
        yield claim.id, claim.en
    for segment in draft.segments:
        yield segment.id, " ".join(segment.target)
