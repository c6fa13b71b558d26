"""names: a person of the roster who is named in the Chinese is named in the English.

The agreed English name must occur, whole and spelt as in the roster; a family name alone will do.
It does not see names of people who are not in the roster.
"""

import re
from collections.abc import Iterator

from summarizer.values import Draft, Finding, RosterEntry


def check(draft: Draft) -> Iterator[Finding]:
    """Report roster names that are in a source text but not in its English."""
    generic = {s.id for s in draft.transcript.speakers if s.romanized is None}
    people = [entry for entry in draft.roster if entry.speaker not in generic]
    for segment in draft.segments:
        if segment.target:
            english = " ".join(segment.target)
            for entry in _absent(people, segment.source, english):
                message = f"source has {entry.name_zh}; the English does not name {entry.name_en}."
                yield Finding(
                    segment.id, segment.paragraphs, "names", "major", message, segment.source, english
                )
    for claim in draft.claims + draft.glance:
        for entry in _absent(people, claim.zh, claim.en):
            message = f"the Chinese names {entry.name_zh}; the English does not name {entry.name_en}."
            yield Finding(claim.id, (), "names", "major", message, claim.zh, claim.en)


def _absent(people: list[RosterEntry], source: str, english: str) -> Iterator[RosterEntry]:
    for entry in people:
        family = re.escape(entry.name_en.split()[0])
        if entry.name_zh in source and not re.search(rf"\b{family}\b", english):
            yield entry
