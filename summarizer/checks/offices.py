"""offices: nobody is given the office of another, and a deputy stays a deputy.

The title of a roster entry belongs to its own Chinese title; a title that stands beside a name in the text
is nearer to its bearer's than to anybody else's; 副 is "deputy" or "vice". It does not see a wrong rendering
of the right office: that is for the termbase.
"""

import re
from collections.abc import Iterator

from summarizer.checks.texts import Pair, segments
from summarizer.values import Draft, Finding, RosterEntry

MQM, ITS = "accuracy/mistranslation/entity", "inconsistent-entities"

_DEPUTY = re.compile(
    r"(?i)\b(?:deputy|vice|associate|assistant|under[- ]?secretary|second-in-command)\b|\bvice-"
)
_TITLE = (
    r"((?:[A-Z][\w'’&/-]*|of|the|for|and|in|at|on|to|,)(?: (?:[A-Z][\w'’&/-]*|of|the|for|and|in|at|on|to))*)"
)
_SMALL = frozenset({"of", "the", "for", "and", "in", "at", "on", "to", "a"})
_NEARER = 0.3  # share of words by which a title is nearer to another's
_FEWEST = 3  # words of a title that tells whose it is


def check(draft: Draft) -> Iterator[Finding]:
    """Report offices that are another's, and deputies who became heads or the other way round."""
    entries = [entry for entry in draft.roster if entry.title_en and entry.title_zh]
    for entry in entries:
        yield from _of_entry(entry, entries)
    for pair in segments(draft):
        yield from _in_text(pair, entries)


def _of_entry(entry: RosterEntry, entries: list[RosterEntry]) -> Iterator[Finding]:
    title, chinese = entry.title_en or "", entry.title_zh or ""
    pair = Pair(f"speaker-{entry.speaker}", (), chinese, title, entry.speaker)
    others = [other for other in entries if other.title_zh != chinese and other.title_en == title]
    if others:
        message = f"“{title}” is also {others[0].name_en}'s title, whose Chinese is {others[0].title_zh}."
        yield pair.finding("offices", "major", f"{message} Give {entry.name_en} the title of {chinese}.")
    is_deputy = re.search("副(?![本刊业題题])", chinese) is not None
    if is_deputy != bool(_DEPUTY.search(title)) and (is_deputy or "助理" not in chinese):
        message = f"{chinese} is {'a' if is_deputy else 'no'} deputy; the English says “{title}”."
        yield pair.finding("offices", "major", message)


def _in_text(pair: Pair, entries: list[RosterEntry]) -> Iterator[Finding]:
    for entry in entries:
        for beside in _beside(entry.name_en, pair.target):
            if any(other.name_en in beside for other in entries):
                continue
            own = _likeness(beside, entry.title_en or "")
            for other in entries:
                nearer = _likeness(beside, other.title_en or "") - own
                if other.title_zh != entry.title_zh and nearer > _NEARER:
                    message = f"“{beside}” beside {entry.name_en} is the office of {other.name_en}."
                    yield pair.finding("offices", "major", message)
                    break


def _beside(name: str, text: str) -> Iterator[str]:
    """Titles right behind a name, or right before it."""
    if name not in text:
        return
    for match in re.finditer(rf"{re.escape(name)}, {_TITLE}", text):
        yield match[1]
    for match in re.finditer(rf"{_TITLE}[,]? (?:Mr|Ms|Mrs|Dr)?\.? ?{re.escape(name)}", text):
        yield match[1]


def _likeness(one: str, other: str) -> float:
    """Which share of the words of the shorter title stands in the other."""
    mine, yours = _words(one), _words(other)
    if len(mine) < _FEWEST or not yours:
        return 0.0
    return len(mine & yours) / len(mine)


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", title.lower()) if word not in _SMALL}
