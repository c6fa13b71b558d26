"""quantities: figures, dates and percentages agree by value between Chinese and English.

5.2万余 is "more than 52,000"; "90 billion" for 90亿 is ten times too much. A figure that changed,
is missing or has no source is critical; a hedge turned round is major, a dropped one minor. It
does not see a right figure put to the wrong thing.
"""

from collections.abc import Iterator
from functools import lru_cache

from summarizer.checks.texts import english, questions, segments, summary
from summarizer.quantities import Comparison, compare, read_chinese
from summarizer.values import Draft, Finding, Severity

MQM, ITS = "accuracy/mistranslation/number", "numbers"

_compared = lru_cache(maxsize=4096)(compare)  # findings, counts and a second asking look at the same texts


def check(draft: Draft) -> Iterator[Finding]:
    """Report quantities of every English text that do not agree with its Chinese."""
    for pair in segments(draft):
        for severity, message in _faults(_compared(pair.source, pair.target), whole=True):
            yield pair.finding("quantities", severity, message)
    asked = questions(draft)  # an answer may turn a figure of its question down
    cited = {claim.id: claim.passages for claim in draft.claims}
    whole = "\n".join(paragraph.text for paragraph in draft.transcript.paragraphs)
    for pair in summary(draft):
        source = whole if pair.unit in {"headline", "deck"} else pair.source  # they may be from any part
        source = "\n".join([source, *(asked.get(passage, "") for passage in cited.get(pair.unit, ()))])
        for severity, message in _faults(_compared(source, pair.target, whole=False), whole=False):
            yield pair.finding("quantities", severity, message)


def count(draft: Draft) -> tuple[int, int]:
    """Count the quantities read in the translated passages and those matched in their English."""
    read = matched = 0
    for segment in draft.segments:
        found = len(read_chinese(segment.source))
        read += found
        if segment.target:
            comparison = _compared(segment.source, english(segment))
            matched += found - len(
                {q.start for q in comparison.lost} | {c[0].start for c in comparison.changed}
            )
    return read, matched


def _faults(comparison: Comparison, *, whole: bool) -> Iterator[tuple[Severity, str]]:
    """Grade a comparison; a summary (not *whole*) may leave figures of its source out."""
    for source, target, message in comparison.changed:
        if whole:
            yield "critical", f"source {source.text}, target {target.text}: {message}."
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
