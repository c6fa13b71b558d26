"""markup: English text is text: no HTML, no Markdown, no merge conflict, nothing invisible.

The page escapes what comes from outside, so that such a tag would be printed as it stands; in a page that
people edit it would be live. It does not see markup in what people wrote around the units.
"""

import re
from collections.abc import Iterator

from summarizer.checks.texts import everything
from summarizer.values import Draft, Finding

MQM, ITS = "design/markup", "markup"

_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,200}>|\]\([^)\s]*\)|\*\*[^*\s][^*]*\*\*|__[^_\s][^_]*__|`[^`]+`"
    r"|^#{1,6} |^\s*[-*] (?=\S)|\n|&[a-z]{2,8};|&#\d+;"
)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


def check(draft: Draft) -> Iterator[Finding]:
    """Report markup, conflict markers and invisible characters in English text."""
    for pair in everything(draft):
        if _CONFLICT.search(pair.target):
            yield pair.finding("markup", "critical", "a merge conflict stands here. Resolve it.")
        elif found := _MARKUP.search(pair.target):
            yield pair.finding("markup", "major", f"“{found[0].strip()}” is markup. Write plain text.")
        elif hidden := _HIDDEN.search(pair.target):
            yield pair.finding(
                "markup", "minor", f"an invisible character (U+{ord(hidden[0]):04X}). Take it out."
            )
