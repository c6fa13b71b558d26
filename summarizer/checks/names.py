"""names: a person named in the Chinese is named in the English, spelt as agreed.

The agreed name (roster, [[speakers]], termbase, terms of the document) stands whole, or its family name
alone. A name that differs from an agreed one by a letter or two is a slip. It does not see the names of
people of whom nobody has said how they are written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarizer.checks.texts import Pair, claims, everything, segments
from summarizer.values import Draft, Finding, Term

MQM, ITS = "accuracy/mistranslation/entity", "inconsistent-entities"

_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*)*")
_SLIPS = 2  # letters by which a slip may differ


def check(draft: Draft) -> Iterator[Finding]:
    """Report names that are nearly an agreed one, and people who are not named."""
    people = persons(draft)
    known = {person.en for person in people}
    misspelt = set()
    for pair in everything(draft):
        for person, written in _slips(people, known, pair.target):
            misspelt.add((pair.unit, person.zh))
            message = f"{written} is not how {person.zh} is written here: {person.en}."
            yield pair.finding("names", "major", message)
    for pair in (*segments(draft), *_told(draft)):
        for person in _absent(people, pair):
            if (pair.unit, person.zh) not in misspelt:
                message = f"the Chinese names {person.zh}; the English does not name {person.en}."
                yield pair.finding("names", "major", message)


def persons(draft: Draft) -> list[Term]:
    """Give everybody whose English name is agreed, the longest Chinese name first."""
    generic = {speaker.id for speaker in draft.transcript.speakers if speaker.romanized is None}
    found = {
        entry.name_zh: Term(entry.name_zh, entry.name_en, "person", "roster")
        for entry in draft.roster
        if entry.speaker not in generic
    }
    for term in draft.terms:
        if term.kind == "person" and term.zh not in {entry.name_zh for entry in draft.roster}:
            found.setdefault(term.zh, term)
    return sorted(found.values(), key=lambda person: -len(person.zh))


def _told(draft: Draft) -> Iterator[Pair]:
    """Claims beside their own Chinese, in which their speaker need not be named again."""
    chinese = {claim.id: claim.zh for claim in draft.claims + draft.glance}
    names = {entry.speaker: entry.name_zh for entry in draft.roster}
    for pair in claims(draft):
        source = chinese[pair.unit].replace(names.get(pair.speaker or "", "") or " ", " ")
        yield replace(pair, source=source)


def _absent(people: Iterable[Term], pair: Pair) -> Iterator[Term]:
    source = pair.source
    for person in people:
        if person.zh in source:
            source = source.replace(person.zh, " ")
            family = re.escape(person.en.split()[0])
            last = re.escape(person.en.split()[-1])
            if not re.search(rf"\b(?:{family}|{last})(?!\w)", pair.target):
                yield person


def _slips(people: Iterable[Term], known: set[str], target: str) -> Iterator[tuple[Term, str]]:
    """Capitalised words that are nearly, but not, an agreed name of two words or more."""
    for run in _CAPITALISED.findall(target):
        words = run.replace("’", "'").split()
        for person in people:
            size = len(person.en.split())
            for at in range(len(words) - size + 1) if size > 1 else ():
                written = " ".join(words[at : at + size]).removesuffix("'s")
                if written not in known and _is_slip(written, person.en):
                    yield person, written


def _is_slip(written: str, agreed: str) -> bool:
    """Whether one is the other with a letter or two changed, and no whole word of it another name.

    >>> _is_slip("Zhu Cheng", "Zhu Chen"), _is_slip("Zhao Weiguo", "Zhu Chen"), _is_slip("Li Na", "Li Wu")
    (True, False, False)
    """
    if abs(len(written) - len(agreed)) > _SLIPS:
        return False
    if _shared(written, agreed) < min(len(written), len(agreed)) - _SLIPS - 1:
        return False  # the rule below would say so too, and take long
    pairs = list(zip(written.split(), agreed.split(), strict=True))
    apart = [_distance(one, other) for one, other in pairs]
    is_near = all(
        d <= min(_SLIPS, max(1, len(other) // 2)) for d, (_, other) in zip(apart, pairs, strict=True)
    )
    return 0 < sum(apart) <= _SLIPS and is_near and (0 in apart or sum(apart) == 1)


def _shared(one: str, other: str) -> int:
    """Letters that two words have in common at the beginning and at the end."""
    head = _same_beginning(one, other)
    return head + _same_beginning(one[head:][::-1], other[head:][::-1])


def _same_beginning(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _distance(one: str, other: str) -> int:
    """Letters to insert, delete, change or exchange with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
