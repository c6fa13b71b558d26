"""Labels to unlabelled questions: in many an interview only the answers are labelled.

Where one person alone is labelled, and what stands above most of those labels asks, somebody
asks there: the page sets the questions in bold, or counts them, and names nobody.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from summarizer.transcript.front_matter import is_counted
from summarizer.transcript.habits import asks
from summarizer.transcript.identities import UNNAMED
from summarizer.transcript.labels import Label
from summarizer.transcript.persons import Who

_LEAST = 3  # questions; fewer could be what the one person asks themselves


def find(labels: Sequence[Label], texts: Mapping[int, str]) -> list[Label]:
    """The questions of a document that labels one person only, each as a label without words.

    >>> from summarizer.transcript import labels
    >>> turns = ["涨吗？", "答：不涨。", "为何？", "答：水多。", "够吗？", "答：够。"]
    >>> texts = dict(enumerate(turns, start=1))
    >>> [label.numbers for label in find(labels.find(texts), texts)]
    [(1,), (3,), (5,)]

    Args:
        labels: The labels of the document, in file order.
        texts: The text of each paragraph, by its number.
    """
    if len({label.who.name for label in labels}) != 1 or labels[0].who.role == "questioner":
        return []
    opened = {label.numbers[0] for label in labels if label.opens}
    above = [number for number, below in pairwise(texts) if below in opened and number not in opened]
    # 1、请介绍上半年的情况。 asks too.
    asked = [number for number in above if asks(texts[number]) or is_counted(texts[number].strip())]
    if len(asked) < _LEAST or len(asked) * 10 < 6 * len(opened):
        return []
    who = Who(UNNAMED, None, "questioner")
    return [
        Label((number,), 0, 0, UNNAMED, "", who, (), is_marked=True, is_alone=False, opens=True)
        for number in asked
    ]
