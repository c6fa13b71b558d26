"""repetition: nothing is said twice that the source says once.

A sentence that stands twice in one translation, words that run in a loop, and one English for two
different passages are slips of a model; one Chinese in two Englishes is an inconsistency. It does not see
the same said twice in other words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from summarizer.checks.texts import Pair, segments
from summarizer.sentences import chinese_sentences, english_sentences
from summarizer.values import Draft, Finding

MQM, ITS = "accuracy/addition", "duplication"

_TWICE = 2  # how often words may be said in a row before they run in a loop
_WORDS = 4  # of a sentence short enough to be said twice
_LOOP = re.compile(r"(?i)\b((?:[\w'’-]+[ ,]+){1,6}[\w'’-]+)(?:[ ,.;]+\1\b){2,}")
_LONG = 30  # English characters of a passage that cannot be the same by chance


def check(draft: Draft) -> Iterator[Finding]:
    """Report repeated sentences, loops, and texts that two passages share."""
    pairs = list(segments(draft))
    for pair in pairs:
        yield from _within(pair)
    yield from _between(pairs)


def _within(pair: Pair) -> Iterator[Finding]:
    if loop := _may_loop(pair.target) and _LOOP.search(pair.target):
        if not re.search(r"(.{2,12})[，、]?\1[，、]?\1", pair.source):
            yield pair.finding("repetition", "major", f"“{loop[1]}” runs in a loop. Translate again.")
        return
    said, written = english_sentences(pair.target), chinese_sentences(pair.source)
    twice = [
        s for at, s in enumerate(said) if s in said[max(0, at - 1) : at] or (s in said[:at] and _is_long(s))
    ]
    if twice and len(set(written)) == len(written):
        yield pair.finding("repetition", "major", f"“{twice[0]}” is said twice; the source says it once.")


def _may_loop(text: str) -> bool:
    """Whether two words in a row stand three times: what costs little spares most texts what costs much."""
    words = re.findall(r"\w+", text.lower())
    return max(Counter(pairwise(words)).values(), default=0) > _TWICE


def _is_long(sentence: str) -> bool:
    return len(sentence.split()) >= _WORDS


def _between(pairs: list[Pair]) -> Iterator[Finding]:
    by_target: dict[str, list[Pair]] = defaultdict(list)
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_target[pair.target].append(pair)
        by_source[pair.source].append(pair)
    for same in by_target.values():
        for pair in same[1:]:
            if pair.source != same[0].source and len(pair.target) >= _LONG:
                message = (
                    f"the same English stands at {same[0].unit}, whose Chinese is another. Translate again."
                )
                yield pair.finding("repetition", "major", message)
    for same in by_source.values():
        for pair in same[1:]:
            if pair.target != same[0].target:
                message = f"the same Chinese is “{same[0].target}” at {same[0].unit}. Agree on one."
                yield pair.finding("repetition", "minor", message)
