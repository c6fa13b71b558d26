"""length: the English is about as long as its Chinese makes one expect.

Counted in tokens: a Han character, a word, a number. Professional translations of 309 passages of press
conferences and interviews have a mean of 0.82 English words a Han character; far outside the band, text was
cut off or padded. It does not see what was left out of a long passage.
"""

import math
import re
from collections.abc import Iterator

from summarizer.checks.texts import segments
from summarizer.values import Draft, Finding, Severity

MQM, ITS = "accuracy/omission", "length"

_SOURCE = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9.,%]+")
_TARGET = re.compile(r"[\w.,%'’-]*\w[\w%]*")
_MEAN = 0.82
_SPREAD = 0.0025, 0.75  # variance of the logarithm: of a long passage, and what one expected word adds
_FAR, _VERY_FAR = 4.0, 7.0  # standard deviations
_FEWEST = 6


def check(draft: Draft) -> Iterator[Finding]:
    """Report translations that are much too short or too long."""
    for pair in segments(draft):
        expected = len(_SOURCE.findall(pair.source)) * _MEAN
        found = len(_TARGET.findall(pair.target))
        if expected < _FEWEST or not found:
            continue
        spread = math.sqrt(_SPREAD[0] + _SPREAD[1] / expected)
        apart = math.log(found / expected) / spread
        if abs(apart) > _FAR:
            word = "long" if apart > 0 else "short"
            severity: Severity = "major" if abs(apart) > _VERY_FAR else "minor"
            message = f"{found} words where about {expected:.0f} are expected: too {word}. Compare the two."
            yield pair.finding("length", severity, message)
