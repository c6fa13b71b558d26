"""Draft to checked: deterministic tests, one a file, without a model.

They verify necessary conditions: that a quote stands where it is said to stand, that figures
agree by value. A finding is informative; silence is no proof that a sentence is true. The docstring of a
check is its help text and its entry in the catalogue.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from summarizer.checks import (
    anchors,
    attribution,
    chatter,
    citations,
    completeness,
    han,
    injection,
    length,
    markup,
    modality,
    names,
    negation,
    offices,
    quantities,
    quotation,
    repetition,
    source_drift,
    terms,
)
from summarizer.checks.support import support
from summarizer.provenance import digest, short
from summarizer.values import Checked, Claim, Counts, Draft, Finding, Ignore


class Check(Protocol):
    """A check: a module whose docstring says what it sees and what it does not.

    Attributes:
        MQM: The error type of the Multidimensional Quality Metrics that it reports.
        ITS: The localization quality issue type of ITS 2.0.
    """

    __doc__: str | None
    MQM: str
    ITS: str

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Report what is wrong with *draft*."""


CHECKS: dict[str, Check] = {
    "source-drift": source_drift,
    "completeness": completeness,
    "anchors": anchors,
    "citations": citations,
    "quantities": quantities,
    "names": names,
    "offices": offices,
    "terms": terms,
    "quotation": quotation,
    "attribution": attribution,
    "negation": negation,
    "modality": modality,
    "length": length,
    "han": han,
    "chatter": chatter,
    "injection": injection,
    "repetition": repetition,
    "markup": markup,
}


def run(draft: Draft, ignore: Iterable[Ignore] = ()) -> Checked:
    """Run every check over *draft*; an editor's *ignore* silences a finding while its texts hold."""
    rulings = {(entry.unit, entry.check, entry.digest): entry.reason for entry in ignore}
    findings = tuple(
        replace(finding, ignored=rulings.get((finding.unit, finding.check, text_digest(finding))))
        for check in CHECKS.values()
        for finding in check.check(draft)
    )
    read, matched = quantities.count(draft)
    claims = draft.claims + draft.glance
    counts = Counts(
        claims=len(claims),
        citations=sum(len(claim.passages) for claim in claims),
        quotes_exact=citations.count_exact(draft),
        quantities_source=read,
        quantities_matched=matched,
        segments=len(draft.segments),
    )
    return Checked(draft, findings, counts, support(draft))


def standing(claims: Iterable[Claim], findings: Iterable[Finding]) -> tuple[Claim, ...]:
    """Keep the claims against which nothing critical was found."""
    fallen = {f.unit for f in findings if f.severity == "critical" and f.ignored is None}
    return tuple(claim for claim in claims if claim.id not in fallen)


def text_digest(finding: Finding) -> str:
    """Give what an ``[[ignore]]`` must name: it lapses when either text changes."""
    return digest(finding.source, finding.target)[:12]


def identity(finding: Finding) -> str:
    """Name a finding so that it is known again for as long as its unit and its values stay.

    >>> identity(Finding("p12", (12,), "han", "major", "“人” is left in Chinese.", "", ""))
    'han-p12-44efc6'
    """
    return f"{finding.check}-{finding.unit}-{short(finding.message)}"


def explain(check: str) -> str:
    """Give the help text of a check: what it sees, what it does not, and its class in MQM and ITS 2.0."""
    found = CHECKS[check]
    return f"{(found.__doc__ or '').strip()}\n\nMQM {found.MQM} · ITS 2.0 {found.ITS}"
