"""quantities: figures, dates and percentages agree by value between Chinese and English.

5.2万余 is "more than 52,000"; "90 billion" for 90亿 is ten times too much. A figure that changed,
is missing or has no source is critical; a hedge turned round is major, a dropped one minor. It
does not see a right figure put to the wrong thing.
"""

from collections.abc import Iterator

from summarizer.quantities import Comparison, compare, read_chinese
from summarizer.values import Draft, Finding, Severity


def check(draft: Draft) -> Iterator[Finding]:
    """Report quantities of every segment, claim and sentence at a glance that do not agree."""
    for segment in draft.segments:
        if segment.target:
            target = " ".join(segment.target)
            comparison = compare(segment.source, target)
            for severity, message in _faults(comparison, whole=True):
                yield Finding(
                    segment.id, segment.paragraphs, "quantities", severity, message, segment.source, target
                )
    passages = {p.id: p for turn in draft.transcript.turns for p in turn.passages}
    for claim in draft.claims + draft.glance:
        cited = [passages[identity] for identity in claim.passages if identity in passages]
        source = "\n".join(passage.text for passage in cited)
        paragraphs = tuple(number for passage in cited for number in passage.paragraphs)
        for severity, message in _faults(compare(source, claim.en, whole=False), whole=False):
            yield Finding(claim.id, paragraphs, "quantities", severity, message, source, claim.en)
    yield from _top(draft)


def count(draft: Draft) -> tuple[int, int]:
    """Count the quantities read in the translated passages and those matched in their English."""
    read = matched = 0
    for segment in draft.segments:
        found = len(read_chinese(segment.source))
        read += found
        if segment.target:
            comparison = compare(segment.source, " ".join(segment.target))
            matched += found - len(
                {q.start for q in comparison.lost} | {c[0].start for c in comparison.changed}
            )
    return read, matched


def _top(draft: Draft) -> Iterator[Finding]:
    everything = "\n".join(paragraph.text for paragraph in draft.transcript.paragraphs)
    for unit, text in (("headline", draft.headline), ("deck", draft.deck)):
        for severity, message in _faults(compare(everything, text, whole=False), whole=False):
            yield Finding(unit, (), "quantities", severity, message, draft.transcript.title or "", text)


def _faults(comparison: Comparison, *, whole: bool) -> Iterator[tuple[Severity, str]]:
    """Grade a comparison; a summary (not *whole*) may leave figures of its source out."""
    for source, target, message in comparison.changed:
        if whole:
            yield "critical", f"source {source.text}, target {target.text}: {message}"
        else:
            yield "critical", f"“{target.text}” has no equal in the cited source (nearest: {source.text})."
    for target in comparison.added:
        yield "critical", f"“{target.text}” has no equal in the source."
    for source in comparison.lost:
        yield "critical", f"source {source.text} has no equal in the English."
    for source, target in comparison.hedge_reversed:
        yield "major", f"source {source.text}, target {target.text}: the hedge is turned round."
    for source, target in comparison.hedge_lost:
        yield "minor", f"source {source.text}, target {target.text}: the hedge is lost."
