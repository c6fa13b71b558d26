"""Two plain kinds of damage: an answer whose end stands behind another's, and forgotten full stops.

The first is the first transcript's: everything of a turn behind a point inside a sentence is moved behind
another speaker's turn. The second is none at all to the reading order, and looks like it. Everything is drawn
from ``random.Random(seed)``.
"""

import random
from collections.abc import Sequence
from itertools import pairwise

from newspaper import Damaged, Fragment

from summarizer.values import Transcript

DISPLACED, FORGETFUL = KINDS = "displaced", "forgetful"

_LONG = 40  # characters of a paragraph that is broken, and of the passage the block comes to stand behind
_LEAST = 6  # characters on each side of a break
_MARKS = frozenset("，。、；：？！”“（）《》「」『』【】,.;:?!()[]\"' \u3000")


def displace(paragraphs: Sequence[str], transcript: Transcript, *, seed: int) -> Damaged | None:
    """Break one turn and move its end.

    Args:
        paragraphs: The clean transcript, paragraph n of the file at n - 1.
        transcript: How it is read.
        seed: The only source of chance.

    Returns:
        The damaged page; None if no turn can be broken and moved.
    """
    rng = random.Random(seed)
    ends = [turn.passages[-1].paragraphs[-1] if turn.passages else 0 for turn in transcript.turns]
    places = [
        (at, passage.paragraphs[0], len(passage.text))
        for at, turn in enumerate(transcript.turns)
        for passage in turn.passages
        if len(passage.paragraphs) == 1 and len(passage.text) > _LONG
    ]
    hosts = [
        at
        for at, turn in enumerate(transcript.turns)
        if turn.passages and len(turn.passages[-1].text) > _LONG
    ]
    choices = [
        (place, host)
        for place in places
        for host in hosts
        if abs(host - place[0]) > 1 and transcript.turns[host].speaker != transcript.turns[place[0]].speaker
    ]
    if not choices or any(left > right for left, right in pairwise(end for end in ends if end)):
        return None
    (turn, number, spoken), host = rng.choice(choices)
    text = paragraphs[number - 1]
    breaks = [
        at
        for at in range(len(text) - spoken + _LEAST, len(text) - _LEAST)
        if not _MARKS & {text[at - 1], text[at]}
    ]
    if not breaks:
        return None
    at = rng.choice(breaks)
    block = [Fragment(text[at:], number - 1, at, len(text))]
    block += [_whole(paragraphs, n) for n in range(number + 1, ends[turn] + 1)]
    page: list[Fragment] = []
    for n in range(1, len(paragraphs) + 1):
        if n == number:
            page.append(Fragment(text[:at], n - 1, 0, at))
        elif not number < n <= ends[turn]:
            page.append(_whole(paragraphs, n))
        if n == ends[host]:
            page += block
    return Damaged(seed, DISPLACED, tuple(page))


def forget(paragraphs: Sequence[str], *, seed: int) -> Damaged:
    """Take the full stops from two paragraphs."""
    rng = random.Random(seed)
    ended = [number for number, text in enumerate(paragraphs, start=1) if text.endswith("。")]
    chosen = rng.sample(ended, min(2, len(ended)))
    fragments = [_whole(paragraphs, number) for number in range(1, len(paragraphs) + 1)]
    for number in chosen:
        text = paragraphs[number - 1].removesuffix("。")
        fragments[number - 1] = Fragment(text, number - 1, 0, len(text))
    return Damaged(seed, FORGETFUL, tuple(fragments))


def _whole(paragraphs: Sequence[str], number: int) -> Fragment:
    text = paragraphs[number - 1]
    return Fragment(text, number - 1, 0, len(text))
