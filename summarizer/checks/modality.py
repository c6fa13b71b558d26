"""modality: what is planned, expected or attempted is not told as done.

Where a Chinese sentence says 拟, 计划, 力争, 预计, 将 and the like, its English leaves something open about
there: a will, an aim, a forecast, a may. A finding is a hint (minor). It does not see a plan told as done
right beside another that is told rightly.
"""

import re
from collections.abc import Iterator

from summarizer import cues
from summarizer.checks.texts import claims, excerpt, opening, segments, sentences
from summarizer.values import Draft, Finding

MQM, ITS = "accuracy/mistranslation", "mistranslation"

_ASKS = re.compile("[？?]")
_HAN = 12  # characters shown on either side of a plan


def check(draft: Draft) -> Iterator[Finding]:
    """Report plans that the English tells as done."""
    for pair in segments(draft):
        for source, target in sentences(pair.source, pair.target):
            if (
                source
                and target
                and not _ASKS.search(source)
                and (plans := cues.unkept_plans(source, target))
            ):
                shown = excerpt(source, source.find(plans[0]) / len(source), _HAN)
                message = (
                    f"“{shown}” is still to come; “{opening(target)}” tells it as done. Compare the two."
                )
                yield pair.finding("modality", "minor", message)
    chinese = {claim.id: claim.zh for claim in draft.claims}
    for pair in claims(draft):
        if plans := cues.unkept_plans(chinese.get(pair.unit, ""), pair.target):
            message = f"the claim's Chinese is still to come ({plans[0]}); the English tells it as done."
            yield pair.finding("modality", "minor", message)
