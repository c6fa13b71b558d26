"""attribution: what only the question says is not reported as the answer.

A reporter's premise is not the official's statement. Compared are the pairs of characters of the claim's
Chinese: those that the question before the cited passage has, and the speaker's whole answer has not. It
does not see a premise that the answer takes up in the same words to deny it: for that there is negation.
"""

import re
from collections.abc import Iterator

from summarizer.values import Claim, Draft, Finding, Severity

MQM, ITS = "accuracy/mistranslation", "mistranslation"

_HAN = re.compile(r"[\u3400-\u9fff]+")
_SOME, _MUCH = 0.2, 0.4  # shares of a claim's pairs of characters that its question alone has
_MORE = 0.15  # by which the answer's share may be larger all the same
_FEWEST = 8


def check(draft: Draft) -> Iterator[Finding]:
    """Report claims whose words are the question's and not the answer's."""
    asked, answered = _exchanges(draft)
    for claim in draft.claims:
        own = set().union(*(answered.get(passage, frozenset()) for passage in claim.passages))
        question = set().union(*(asked.get(passage, frozenset()) for passage in claim.passages)) - own
        words = _pairs(claim.zh)
        if len(words) < _FEWEST or not question:
            continue
        from_question, from_answer = (len(words & said) / len(words) for said in (question, own))
        if from_question >= _SOME and from_answer - from_question <= _MORE:
            yield _finding(claim, draft, "major" if from_question >= _MUCH else "minor")


def _exchanges(draft: Draft) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Pairs of characters of the question before each passage, and of the whole turn it stands in."""
    questioners = {speaker.id for speaker in draft.transcript.speakers if speaker.role == "questioner"}
    asked: dict[str, set[str]] = {}
    answered: dict[str, set[str]] = {}
    question: set[str] = set()
    for turn in draft.transcript.turns:
        words = set().union(*(_pairs(passage.text) for passage in turn.passages))
        if turn.speaker in questioners:
            question = words
        for passage in turn.passages:
            asked[passage.id] = question
            answered[passage.id] = set() if turn.speaker in questioners else words
    return asked, answered


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}


def _finding(claim: Claim, draft: Draft, severity: Severity) -> Finding:
    passages = {p.id: p for turn in draft.transcript.turns for p in turn.passages}
    cited = [passages[identity] for identity in claim.passages if identity in passages]
    message = "these are the words of the question, not of the answer. Say what was answered, or take it out."
    numbers = tuple(number for passage in cited for number in passage.paragraphs)
    source = "\n".join(passage.text for passage in cited)
    return Finding(claim.id, numbers, "attribution", severity, message, source, claim.en)
