"""terms: a term of the Chinese has its agreed rendering in the English, and no forbidden one.

Longest match first: where 省委政法委 stands, 政法委 asks for nothing. A rendering may be inflected, written
with a capital or a hyphen, and told in another order of its words; it must stand once in a passage. What an
editor agreed on (termbase, [[speakers]]) weighs more than the document's own terms; bodies and
offices have short names too. It does not see a second mention that is rendered otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from summarizer.checks.texts import Pair, claims, segments
from summarizer.sentences import english_sentences
from summarizer.termbase import occurring
from summarizer.values import Draft, Finding, Severity, Term

MQM, ITS = "terminology/wrong-term", "terminology"

_NAMED_OTHERWISE = frozenset({"office", "body"})  # good English has short names for both
_AGREED = frozenset({"termbase", "ruling"})
_SUFFIX = re.compile(
    r"(?<=[a-z]{3})(?:ations?|ively|ments?|ness|ings?|ions?|ory|ary|ive|ed|es|ly|ity|ies|al|s|e|y)$"
)
_EMPTY = frozenset({"the", "a", "an", "of", "for", "and", "in", "on", "to", "by", "with", "at"})
_WORDY = re.compile(r"\w")
_ENDINGS = "(?:s|es|ed|d|ing|'s|s')?"


def check(draft: Draft) -> Iterator[Finding]:
    """Report renderings that are missing or forbidden."""
    entries = [term for term in draft.terms if term.kind != "person"]
    chinese = {claim.id: claim.zh for claim in draft.claims if claim.zh}
    told = (replace(pair, source=chinese[pair.unit]) for pair in claims(draft) if pair.unit in chinese)
    for pair in segments(draft):
        for term in occurring(entries, pair.source):
            if not _is_cut_from_a_word(term.zh, pair.source):
                yield from _faults(pair, term)
    for pair in told:
        for term in occurring(entries, pair.source):
            yield from _forbidden(pair, term)


def _is_cut_from_a_word(zh: str, source: str) -> bool:
    """省法院 is none in 全省法院, the courts of the whole province."""
    return (
        zh[0] in "省市县區区國国" and re.search(f"(?<![全各本该該外我两兩多]){re.escape(zh)}", source) is None
    )


def _faults(pair: Pair, term: Term) -> Iterator[Finding]:
    banned = list(_forbidden(pair, term))
    yield from banned
    if not banned and not _stands(term.en, pair.target) and not _is_told(term.en, pair.target):
        severity: Severity = (
            "major" if term.origin in _AGREED and term.kind not in _NAMED_OTHERWISE else "minor"
        )
        yield pair.finding("terms", severity, f"{term.zh} is “{term.en}” here; the English has it otherwise.")


def _forbidden(pair: Pair, term: Term) -> Iterator[Finding]:
    for wrong in term.forbidden:
        if _stands(wrong, pair.target):
            message = f"“{wrong}” is not to be used for {term.zh}; write “{term.en}”."
            yield pair.finding("terms", "major", message)


def _stands(rendering: str, target: str) -> bool:
    """Whether a rendering stands in a text, as it is or inflected.

    What is plain is seen without a pattern: to compile one takes a hundred times as long as to use it.
    """
    at = target.find(rendering)
    if at >= 0 and not _WORDY.search(target[max(0, at - 1) : at] + target[at + len(rendering) :][:1]):
        return True
    lower = target.lower()
    if any(stem.lower() not in lower for stem in map(_uninflected, _words(rendering))):
        return False
    return _pattern(rendering).search(target) is not None


def _words(rendering: str) -> list[str]:
    bare = re.sub(r"^(?:the|an?) ", "", rendering.strip(), flags=re.IGNORECASE)
    return re.findall(r"[^\s-]+", bare)


def _uninflected(word: str) -> str:
    """What all forms of a word begin with: none changes more than its last two letters or its apostrophe."""
    return re.split("['’]", word)[0][:-2]


@lru_cache(maxsize=4096)
def _pattern(rendering: str) -> re.Pattern[str]:
    """A rendering as it may stand in a sentence: inflected, capitalised, hyphened.

    >>> [bool(_pattern("primary-level body").search(text)) for text in ("Primary level bodies", "body")]
    [True, False]
    """
    words = map(_inflected, _words(rendering))
    return re.compile(r"(?i)(?<!\w)" + r"[\s-]+(?:the )?".join(words) + r"(?!\w)")


def _inflected(word: str) -> str:
    bare = re.escape(word).replace("’", "'").replace("'", "['’]")
    if re.fullmatch(r"(?i)[a-z]*[b-df-hj-np-tv-z]y", word):
        return f"(?:{bare}|{bare[:-1]}ies|{bare[:-1]}ied)(?:'s|s')?"
    if re.fullmatch(r"(?i)[a-z]+um", word):
        return f"(?:{bare}{_ENDINGS}|{bare[:-2]}a)"
    if re.fullmatch(r"(?i)[a-z]+e", word):
        return f"(?:{bare}{_ENDINGS}|{bare[:-1]}ing)"
    return f"{bare}{_ENDINGS}" if word[-1:].isalpha() else bare


def _is_told(rendering: str, target: str) -> bool:
    """Whether every word of a rendering stands in one sentence, in any order and any of its forms.

    >>> _is_told("case filing for review", "They filed cases and put them under review.")
    True
    """
    wanted = _stems(rendering)
    return len(wanted) > 1 and any(wanted <= _stems(sentence) for sentence in english_sentences(target))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(_SUFFIX.sub("", word) for word in words if word not in _EMPTY)
