"""source-drift: the page belongs to the source as it is today, and prints its Chinese as it stands.

A page names the digest of the file it was made from; a file that changed since makes every citation
doubtful. The Chinese below each passage is the source's own: an edit of it on the page does not change what
was said. It does not see whether the change of the file matters.
"""

from collections.abc import Iterator

from summarizer.markup import plain
from summarizer.values import Draft, Finding

MQM, ITS = "accuracy/mistranslation", "non-conformance"

_AROUND = 6  # characters shown on either side


def check(draft: Draft) -> Iterator[Finding]:
    """Report a source that changed since the page was made, and Chinese that was edited on it."""
    source = draft.transcript.source
    if draft.made_from and draft.made_from != source.sha256:
        message = f"{source.path} has changed since the page was made. Run brief again."
        yield Finding("headline", (), "source-drift", "critical", message, source.sha256, draft.made_from)
    for segment in draft.segments:
        printed = draft.printed.get(segment.id)
        if printed is not None and printed != plain(segment.source):
            here, there = _apart(printed, segment.source)
            message = f"the page prints “{here}” where the source has “{there}”. Run brief again."
            yield Finding(
                segment.id, segment.paragraphs, "source-drift", "major", message, segment.source, printed
            )


def _apart(printed: str, source: str) -> tuple[str, str]:
    """What stands on either side where the two first differ, with a little around it."""
    shorter = min(len(printed), len(source))
    at = next((place for place in range(shorter) if printed[place] != source[place]), shorter)
    around = slice(max(0, at - _AROUND), at + _AROUND)
    return printed[around], source[around]
