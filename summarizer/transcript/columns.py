"""Paragraphs to paragraphs with colons: labels that stand in a column of their own.

``主持人 晓峰　　各位听众好`` and ``韩冬青<tab>不会`` have no colon; a wide gap parts the label from the
speech. That is believed only where nearly every paragraph is set so and the same labels recur.
"""

import re
from collections import Counter
from collections.abc import Mapping

_WORDS = r"[^\s。！？!?，,；;：:︰]"
_SET = re.compile(rf"(?P<label>{_WORDS}{{1,12}}(?: {_WORDS}{{1,8}})?)(?:\t|\u3000+| {{2,}})(?=\S.{{3}})")
_LEAST = 4  # paragraphs
_SHARE = 0.6  # of all paragraphs


def closed(texts: Mapping[int, str]) -> dict[int, str]:
    r"""Put a colon where a gap parts a label from the speech.

    >>> said = ["记者\t水价会涨吗？", "韩冬青\t今年不会。", "记者\t明年会不会？", "韩冬青\t明年也不会。"]
    >>> closed(dict(enumerate(said)))[1]
    '韩冬青：今年不会。'
    >>> closed({1: "水价\t每吨三元"})
    {1: '水价\t每吨三元'}

    Args:
        texts: The text of each paragraph, by its number.
    """
    found = {number: match for number, text in texts.items() if (match := _SET.match(text)) is not None}
    times = Counter(match["label"] for match in found.values())
    again = {label for label, count in times.items() if count > 1}
    recurring = sum(match["label"] in again for match in found.values())
    if len(found) < _LEAST or len(again) < 2 or recurring < _SHARE * len(texts):
        return dict(texts)
    return {
        number: f"{found[number]['label']}：{text[found[number].end() :]}" if number in found else text
        for number, text in texts.items()
    }
