"""han: no Chinese is left over in the English.

A reader of the brief has the Chinese beside it; in the English a Han character is a word that nobody
translated. What stands in brackets behind its rendering is a help and lets pass. It does not see a name
left in pinyin that has an English of its own.
"""

import re
from collections.abc import Iterator

from summarizer.checks.texts import everything
from summarizer.values import Draft, Finding

MQM, ITS = "accuracy/untranslated", "untranslated"

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3400-\u9fff\uf900-\ufaff“”《》、，]*")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


def check(draft: Draft) -> Iterator[Finding]:
    """Report Chinese characters that stand in English text."""
    for pair in everything(draft):
        if left := _HAN.search(_BRACKETED.sub("", pair.target)):
            yield pair.finding("han", "major", f"“{left[0]}” is left in Chinese. Translate it.")
