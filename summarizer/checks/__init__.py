"""Draft to checked: deterministic tests, one a file, without a model.

They verify necessary conditions: that a quote stands where it is said to stand, that figures
agree by value. A finding is informative; silence is no proof that a sentence is true.
"""

from collections.abc import Callable, Iterable, Iterator

from summarizer.checks import citations, completeness, names, quantities
from summarizer.provenance import digest
from summarizer.values import Checked, Claim, Counts, Draft, Finding, Ignore

CHECKS: dict[str, Callable[[Draft], Iterator[Finding]]] = {
    "completeness": completeness.check,
    "citations": citations.check,
    "quantities": quantities.check,
    "names": names.check,
}


def run(draft: Draft, ignore: Iterable[Ignore] = ()) -> Checked:
    """Run every check over *draft*; an editor's *ignore* silences a finding while its texts hold."""
    rulings = {(entry.unit, entry.check, entry.digest): entry.reason for entry in ignore}
    findings = tuple(
        _ruled(finding, rulings.get((finding.unit, finding.check, text_digest(finding))))
        for check in CHECKS.values()
        for finding in check(draft)
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
    return Checked(draft, findings, counts)


def standing(claims: Iterable[Claim], findings: Iterable[Finding]) -> tuple[Claim, ...]:
    """Keep the claims against which nothing critical was found."""
    fallen = {f.unit for f in findings if f.severity == "critical" and f.ignored is None}
    return tuple(claim for claim in claims if claim.id not in fallen)


def text_digest(finding: Finding) -> str:
    """Give what an ``[[ignore]]`` must name: it lapses when either text changes."""
    return digest(finding.source, finding.target)[:12]


def _ruled(finding: Finding, reason: str | None) -> Finding:
    if reason is None:
        return finding
    return Finding(
        finding.unit,
        finding.paragraphs,
        finding.check,
        finding.severity,
        finding.message,
        finding.source,
        finding.target,
        reason,
    )
