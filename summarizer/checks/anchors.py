"""anchors: every unit of a page carries its own anchor, once.

People move, copy and mend blocks by hand, and an anchor is easily torn. What stands without it is kept as
the text of whoever wrote it, but it is no unit any more: no check reads it and no rerun renews it. It does
not see an anchor that was taken out together with its number, or moved to another unit's words.
"""

from collections.abc import Iterator

from summarizer.values import Draft, Finding

MQM, ITS = "design/markup", "markup"


def check(draft: Draft) -> Iterator[Finding]:
    """Report what stands on the page and cannot be read as a unit."""
    paragraphs = {segment.id: segment.paragraphs for segment in draft.segments}
    for unit, message in draft.unread:
        yield Finding(unit, paragraphs.get(unit, ()), "anchors", "major", message, "", message)
