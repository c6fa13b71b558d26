"""chatter: the English is the translation and not a model's talk about it.

Refusals ("As an AI…"), announcements ("Here is the translation:"), notes of the translator, code fences,
the names of our own request's fields, and sentences of our own instructions. It does not see talk that
could as well be a speaker's.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.checks.texts import everything
from summarizer.letters import lowered
from summarizer.values import Draft, Finding

MQM, ITS = "accuracy/addition", "addition"

_TASK = "translat|summari[sz]|assist with (?:that|this)|help with (?:that|this)|comply"
_TALK = re.compile(  # of text in lower case
    r"\b(?:as an? (?:ai|artificial intelligence|(?:large )?language model)\b"
    r"|language model\b.{0,40}\b(?:cannot|can't|unable)"
    rf"|(?:i|we)(?:'m| am|'re| are)? (?:sorry|unable|not able),? (?:but |that )?.{{0,30}}\b(?:{_TASK})"
    r"|(?:cannot|can't|won't|will not) (?:assist|help) with (?:that|this)(?: request)?\b"
    r"|here(?: is|'s|’s) (?:the|your|my|an?) (?:\w+ ){0,3}(?:translation|summary|rendering|version|json)\b"
    r"|translator['’]s note\b|i hope this helps\b|let me know if\b.{0,40}\b(?:translat|changes|else)"
    r"|(?:the|this) (?:passage|text|paragraph) (?:above|below|you provided)\b)"
    r"|^\W*(?:(?:sure|certainly|of course|okay)[,!.:]? (?:here|below)\b"
    r"|(?:english )?(?:translation|summary|output|answer)\s*:|note\s*:)"
    r"|\[(?:note|translator|tn)\b|```|<\|[a-z_]+\|>"
)
_WIRE = re.compile(
    r"""["'`](?:segments|sentences|passages|termbase|claims|quote|zh|en|id|kind)["'`]\s*:|^\s*[{\[]\s*["'{]"""
)
_RUN = 8  # words of our own instructions in a row


def check(draft: Draft) -> Iterator[Finding]:
    """Report text that talks about the task, or repeats it, instead of doing it."""
    told = _told(draft.instructions)
    for pair in everything(draft):
        if talk := _TALK.search(lowered(pair.target)) or _WIRE.search(pair.target):
            said = pair.target[talk.start() : talk.end()].strip()
        else:
            said = next((" ".join(run) for run in _runs(pair.target) if run in told), "")
        if said:
            message = f"“{said}” is the model's own talk, not the text. Take it out or translate again."
            yield pair.finding("chatter", "critical", message)


@lru_cache(maxsize=4)  # every draft of a run is told the same
def _told(instructions: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(run for text in instructions for run in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z']+", text.lower())
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
