"""citations: every claim cites passages its own speaker spoke, with a quote found there exactly.

Exact means equal after folding width and white space only; one changed digit or character is a
failure however alike the rest is. A quote that is short or stands elsewhere, a passage cited twice and a
claim that rests on very many are told too. It does not see whether the quote supports the claim.
"""

import unicodedata
from collections.abc import Iterator, Mapping

from summarizer.values import Claim, Draft, Finding, Passage, Severity

MQM, ITS = "accuracy/mistranslation", "non-conformance"

_SHORTEST_QUOTE = 6
_MOST_CITED = 3  # passages that a claim of one speaker can rest on and still be checked by a reader


def check(draft: Draft) -> Iterator[Finding]:
    """Report citations that do not resolve or belong to another, and quotes that are not there."""
    passages = {p.id: (turn.speaker, p) for turn in draft.transcript.turns for p in turn.passages}
    for claim in draft.claims + draft.glance:
        if not claim.passages:
            yield _finding(claim, (), "critical", "no passage is cited. Cite the passage it rests on.", "")
        for identity in claim.passages:
            yield from _owner(claim, identity, passages, draft)
        cited = [passages[identity][1] for identity in claim.passages if identity in passages]
        yield from _breadth(claim, cited)
        if not claim.quotes:
            yield _finding(claim, _numbers(cited), "critical", "no quote bears it out.", "")
        for quote in claim.quotes:
            yield from _quote(claim, quote, cited, passages)


def count_exact(draft: Draft) -> int:
    """Count the quotes that stand in a passage their claim cites."""
    passages = {p.id: p for turn in draft.transcript.turns for p in turn.passages}
    return sum(
        any(
            _fold(quote) in _fold(passages[identity].text)
            for identity in claim.passages
            if identity in passages
        )
        for claim in draft.claims + draft.glance
        for quote in claim.quotes
    )


def source_words(quote: str, text: str) -> str:
    """Give the source's own characters for *quote*, or *quote* itself where it is not found."""
    folded, origin = "", []
    for index, character in enumerate(text):
        piece = _fold(character)
        folded += piece
        origin += [index] * len(piece)
    wanted = _fold(quote)
    start = folded.find(wanted)
    if start < 0 or not wanted:
        return quote
    return text[origin[start] : origin[start + len(wanted) - 1] + 1]


def _breadth(claim: Claim, cited: list[Passage]) -> Iterator[Finding]:
    if len(set(claim.passages)) < len(claim.passages):
        yield _finding(claim, _numbers(cited), "minor", "a passage is cited twice. Cite it once.", "")
    if claim.speaker is not None and len(claim.passages) > _MOST_CITED:
        message = f"{len(claim.passages)} passages are cited for one sentence. Cite what it rests on."
        yield _finding(claim, _numbers(cited), "minor", message, "")


def _owner(
    claim: Claim, identity: str, passages: Mapping[str, tuple[str, Passage]], draft: Draft
) -> Iterator[Finding]:
    if identity not in passages:
        message = f"{identity} is no passage of the source. Cite one that is."
        yield _finding(claim, (), "critical", message, identity)
        return
    owner, passage = passages[identity]
    questioners = {speaker.id for speaker in draft.transcript.speakers if speaker.role == "questioner"}
    wrong = owner != claim.speaker if claim.speaker else owner in questioners
    if wrong:
        names = {entry.speaker: entry.name_en for entry in draft.roster}
        whose = names.get(claim.speaker or "", "an answerer")
        message = (
            f"¶{passage.paragraphs[0]} was spoken by {names.get(owner, owner)}, the claim is of {whose}. "
            "Cite the passage in which the claim's own speaker says it."
        )
        yield _finding(claim, passage.paragraphs, "critical", message, passage.text)


def _quote(
    claim: Claim, quote: str, cited: list[Passage], passages: Mapping[str, tuple[str, Passage]]
) -> Iterator[Finding]:
    key = _fold(quote)
    if any(key in _fold(passage.text) for passage in cited):
        if len(key) < _SHORTEST_QUOTE:
            yield _finding(
                claim, _numbers(cited), "minor", f"the quote “{quote}” is too short to prove much.", quote
            )
        return
    elsewhere = [p for _, p in passages.values() if key in _fold(p.text)]
    where = f"; it stands in ¶{elsewhere[0].paragraphs[0]}" if elsewhere else " or anywhere in the source"
    names = "+".join(str(number) for number in _numbers(cited)) or "?"
    message = f"the quote “{quote}” is not in ¶{names}{where}. Quote the cited passage exactly."
    yield _finding(claim, _numbers(cited), "critical", message, " ".join(p.text for p in cited))


def _finding(
    claim: Claim, paragraphs: tuple[int, ...], severity: Severity, message: str, source: str
) -> Finding:
    return Finding(claim.id, paragraphs, "citations", severity, message, source, claim.en)


def _numbers(cited: list[Passage]) -> tuple[int, ...]:
    return tuple(number for passage in cited for number in passage.paragraphs)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
