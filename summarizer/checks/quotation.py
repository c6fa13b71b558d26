"""quotation: what stands in quotation marks was said.

In a summary, quoted English must stand so in the translation of a cited passage, or be an agreed rendering:
otherwise it is a paraphrase dressed as a quotation. In a translation, quotation marks need some in the
Chinese. It does not see a quotation that lost its marks.
"""

import re
from collections.abc import Iterator

from summarizer.checks.texts import english, segments, summary
from summarizer.values import Draft, Finding, Severity

MQM, ITS = "accuracy/addition", "uncategorized"

_QUOTED = re.compile(r"“([^“”]+)”|(?<!\w)\"([^\"]+)\"(?!\w)")
_MARKS = re.compile('[“”"「」『』《》〈〉‘’＂]')


def check(draft: Draft) -> Iterator[Finding]:
    """Report quoted English that nobody said."""
    targets = {segment.id: english(segment) for segment in draft.segments}
    cited = {claim.id: claim.passages for claim in draft.claims + draft.glance}
    renderings = {_key(term.en) for term in draft.terms}
    everywhere = _key(" ".join(targets.values()))
    for pair in summary(draft) if everywhere else ():
        said = _key(" ".join(targets.get(p, "") for p in cited.get(pair.unit, tuple(targets))))
        for quoted in _quoted(pair.target):
            key = _key(quoted).rstrip("s")
            if key not in said and _key(quoted) not in renderings:
                severity: Severity = "minor" if key in everywhere else "major"
                where = "passage it cites" if key in everywhere else "translation here"
                message = f"“{quoted}” stands so in no {where}. Quote exactly or not at all."
                yield pair.finding("quotation", severity, message)
    for pair in segments(draft):
        if (first := next(_quoted(pair.target), None)) and not _MARKS.search(pair.source):
            message = f"“{first}” is in quotation marks, and the Chinese has none."
            yield pair.finding("quotation", "minor", message)


def _quoted(text: str) -> Iterator[str]:
    return (match[1] or match[2] for match in _QUOTED.finditer(text))


def _key(text: str) -> str:
    """Fold case, quotation marks and closing punctuation, by which alone a quotation may differ."""
    return re.sub(r"[\s“”\"‘’'.,;:!?]+", " ", text.lower()).strip()
