"""negation: a no stays a no.

Sentence by sentence, each plain negation of one language needs a negation, or a word in which one may be
hidden ("fail", "unwilling"), near its place in the other. Languages say no in many ways, so that a finding is
only a hint (minor). It does not see a negation that moved to another clause, nor questions.
"""

import re
from collections.abc import Iterator

from summarizer import cues
from summarizer.checks.texts import Pair, claims, excerpt, opening, segments, sentences
from summarizer.values import Draft, Finding

MQM, ITS = "accuracy/mistranslation", "mistranslation"

_ASKS = re.compile("[？?]")
_HAN, _LATIN = 10, 32  # characters shown on either side of a negation


def check(draft: Draft) -> Iterator[Finding]:
    """Report negations that stand on one side only."""
    for pair in segments(draft):
        for source, target in sentences(pair.source, pair.target):
            if source and target and not _ASKS.search(source + target):
                yield from _faults(pair, source, target)
    chinese = {claim.id: claim.zh for claim in draft.claims if claim.zh}
    for pair in claims(draft):
        if pair.unit in chinese:
            yield from _faults(pair, chinese[pair.unit], pair.target)


def _faults(pair: Pair, source: str, target: str) -> Iterator[Finding]:
    spoken = cues.unquoted(source), cues.unquoted(target)
    mine, yours = cues.chinese_negations(spoken[0]), cues.english_negations(spoken[1])
    lost, added = cues.unmatched(*spoken, mine, yours)
    if lost:
        said = f"“{excerpt(spoken[0], lost[0].place, _HAN)}” is negative, and “{opening(target)}” is not"
        yield pair.finding("negation", "minor", f"{said}. Compare the two.")
    elif added:
        said = f"“{excerpt(spoken[1], added[0].place, _LATIN)}” is negative, and “{opening(source)}” is not"
        yield pair.finding("negation", "minor", f"{said}. Compare the two.")
