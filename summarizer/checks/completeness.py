"""completeness: every passage has its English, and it is its own.

A passage without a target is critical: the reader would not know that words are missing. Before anyone has
translated (a page made without a model) it is only major. The figures, names and length of each passage are
its fingerprint: all passages are aligned with all translations, and one that fits its neighbour better than
its own is shifted or merged. It does not see a sentence left out that has no figure and no name.
"""

from collections.abc import Iterator, Sequence

from summarizer.checks.names import persons
from summarizer.checks.texts import english
from summarizer.sentences import Measure, beads, measure_chinese, measure_english
from summarizer.values import Draft, Finding, Segment, Severity, Term

MQM, ITS = "accuracy/omission", "omission"

_OUT_OF_STEP = 4.0  # what must speak for a shift before one is believed


def check(draft: Draft) -> Iterator[Finding]:
    """Report passages without a target, and targets that are another passage's."""
    people = persons(draft)
    elsewhere = dict(_elsewhere(draft.segments, people))
    for segment in draft.segments:
        if not segment.target:
            reason = segment.missing or "untranslated"
            where = f" Its words seem to stand at {elsewhere[segment.id]}." if segment.id in elsewhere else ""
            severity: Severity = "critical" if segment.missing else "major"
            yield _finding(
                segment, severity, f"no translation: {reason}.{where} Run brief again, or write it by hand."
            )
        elif segment.id in elsewhere:
            message = f"this seems to be the English of {elsewhere[segment.id]}. Compare the two passages."
            yield _finding(segment, "major", message)


def _elsewhere(segments: Sequence[Segment], people: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """Which passage the English of one seems to be, and whose English holds the words of one without any."""
    source = [_chinese(segment, people) for segment in segments]
    target = [_english(segment, people) for segment in segments]
    for left, right in beads(source, target, diagonal=_OUT_OF_STEP):
        for place in right:
            if segments[place].target and place not in left and left:
                yield segments[place].id, segments[left[0]].id
        if left == right and len(left) > 1:
            silent = [place for place in left if not segments[place].target]
            telling = [place for place in left if segments[place].target]
            yield from ((segments[place].id, segments[telling[0]].id) for place in silent if telling)


def _chinese(segment: Segment, people: Sequence[Term]) -> Measure:
    return measure_chinese(segment.source, (person.zh for person in people if person.zh in segment.source))


def _english(segment: Segment, people: Sequence[Term]) -> Measure:
    text = english(segment)
    return measure_english(text, (person.zh for person in people if person.en in text))


def _finding(segment: Segment, severity: Severity, message: str) -> Finding:
    text = english(segment)
    return Finding(segment.id, segment.paragraphs, "completeness", severity, message, segment.source, text)
