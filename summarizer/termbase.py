"""The termbase: source terms with the target that is agreed for them.

Matching is longest first and never overlaps: where 省委政法委 stands, neither 省委 nor 政法委
is reported, because a learner of the shorter term would translate the longer one wrongly.
"""

from collections.abc import Iterable
from typing import Any

from summarizer.errors import RefusedInputError
from summarizer.values import Term

_KEYS = {"zh", "en", "kind", "note", "forbidden"}


def parse(data: Any, where: str) -> tuple[Term, ...]:
    """Read the loaded YAML of a termbase.

    Args:
        data: ``{"terms": [{"zh", "en", "kind", "note"?, "forbidden"?}]}``, every value a string but
            ``forbidden``, a list of renderings that are not to be used.
        where: The file, for messages.

    Raises:
        RefusedInputError: The shape is another, a key is unknown, or a term stands twice.
    """
    rows = data.get("terms") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise RefusedInputError(f"{where}: a termbase is a list under the key 'terms'.")
    terms: dict[str, Term] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not all(
            isinstance(value, str) for key, value in row.items() if key != "forbidden"
        ):
            raise RefusedInputError(f"{where}: entry {number} must be a map of strings.")
        forbidden = row.get("forbidden", [])
        if not isinstance(forbidden, list) or not all(isinstance(word, str) for word in forbidden):
            raise RefusedInputError(f"{where}: entry {number}: 'forbidden' must be a list of strings.")
        if unknown := sorted(set(row) - _KEYS):
            raise RefusedInputError(f"{where}: entry {number} has the unknown key {unknown[0]!r}.")
        if missing := [key for key in ("zh", "en", "kind") if not row.get(key)]:
            raise RefusedInputError(f"{where}: entry {number} has no {missing[0]!r}.")
        if row["zh"] in terms:
            raise RefusedInputError(f"{where}: {row['zh']} stands twice, the second time as entry {number}.")
        terms[row["zh"]] = Term(row["zh"], row["en"], row["kind"], "termbase", tuple(forbidden))
    return tuple(terms.values())


def merge(*lists: Iterable[Term]) -> tuple[Term, ...]:
    """Join lists of terms; of two entries for one source term the first wins."""
    merged: dict[str, Term] = {}
    for terms in lists:
        for term in terms:
            merged.setdefault(term.zh, term)
    return tuple(merged.values())


def occurring(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """Find the terms that occur in *text*, longest match first, in order of first occurrence.

    >>> terms = [Term("省委", "x", "body", "t"), Term("省委政法委", "y", "body", "t")]
    >>> [term.zh for term in occurring(terms, "省委政法委的通知")]
    ['省委政法委']
    """
    by_first: dict[str, list[Term]] = {}
    for term in sorted((term for term in terms if term.zh in text), key=lambda term: -len(term.zh)):
        by_first.setdefault(term.zh[0], []).append(term)
    found: dict[str, Term] = {}
    position = 0
    while position < len(text):
        candidates = by_first.get(text[position], ())
        match = next((term for term in candidates if text.startswith(term.zh, position)), None)
        if match is None:
            position += 1
        else:
            found.setdefault(match.zh, match)
            position += len(match.zh)
    return tuple(found.values())


def mentioned(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """Find the terms that *text* mentions anywhere, in the termbase's order, also inside longer ones.

    White space is passed over, because a page may break a term anywhere.
    """
    joined = "".join(text.split())
    characters = set(joined)
    return tuple(term for term in terms if term.zh[0] in characters and term.zh in joined)
