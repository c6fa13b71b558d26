"""completeness: every passage has its English.

A passage without a target is critical: the reader would not know that words are missing. Before
anyone has translated (a page made without a model) it is only major. It does not see a target
that says less than its source; the other checks do, as far as figures and names go.
"""

from collections.abc import Iterator

from summarizer.values import Draft, Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Report passages without a target."""
    for segment in draft.segments:
        if not segment.target:
            reason = segment.missing or "untranslated"
            yield Finding(
                segment.id,
                segment.paragraphs,
                "completeness",
                "critical" if segment.missing else "major",
                f"no translation: {reason}. Run brief again, or write it by hand.",
                segment.source,
                "",
            )
