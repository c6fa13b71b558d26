"""The repair ladder: what failed a check is asked for again, alone, with the exact fault named.

What passed is kept. Each rung asks once for every piece that still fails; a new text replaces the old one
only if the checks find less in it. What fails at the top keeps its mark. How often a unit was asked again is
part of its request's key and is stored with it: a rerun takes the same steps and repeats none paid for.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer import checks, prompting
from summarizer.errors import AnswerError, EndpointError, UnansweredError
from summarizer.run import Run, wait_for
from summarizer.values import Answer, Claim, Draft, Finding, Passage, RosterEntry, Segment, Term

_RUNGS = 2
_MOST_CITABLE = 8  # passages shown with a claim that cites none of its speaker's
_CONTEXT = 300  # characters of accepted English beside a passage
_WEIGHTS = {"minor": 0, "major": 1, "critical": 10}

_Findings = Mapping[str, Sequence[Finding]]  # by unit


class Ladder:
    """Asks again for the pieces of one run that fail a check.

    That nobody can be asked is no error here: the piece keeps its mark.
    """

    def __init__(self, run: Run, people: Mapping[str, RosterEntry], entries: tuple[Term, ...]) -> None:
        self._run = run
        self._people = people
        self._entries = entries
        self._before = dict(run.attempts) if run.insists else {}

    async def translations(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """Mend the segments that fail a check."""
        for _ in range(_RUNGS):
            found = await self._findings(self._draft(segments=segments))
            failing = [s for s in segments if self._may_ask(s.id, found) and self._is_worth_it(s)]
            context = _neighbours(segments, found)
            asked = await wait_for(*(self._segment(s, found[s.id], context[s.id]) for s in failing))
            fresh = {segment.id: segment for segment in asked if segment is not None}
            if not fresh:
                break
            made = tuple(fresh.get(segment.id, segment) for segment in segments)
            after = await self._findings(self._draft(segments=made))
            segments = tuple(
                new if _weight(after, new.id) < _weight(found, old.id) else old
                for old, new in zip(segments, made, strict=True)
            )
        return segments

    async def claims(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """Mend the claims that fail a check; a mended one has the identity of its new evidence."""
        for _ in range(_RUNGS):
            found = await self._findings(self._draft(claims=claims))
            failing = [claim for claim in claims if self._may_ask(claim.id, found)]
            asked = await wait_for(*(self._claim(claim, found[claim.id]) for claim in failing))
            known = {claim.id for claim in claims}
            fresh = {
                old.id: new
                for old, new in zip(failing, asked, strict=True)
                if new is not None and (new.id == old.id or new.id not in known)
            }
            if not fresh:
                break
            made = tuple(fresh.get(claim.id, claim) for claim in claims)
            after = await self._findings(self._draft(claims=made))
            better = []
            for old, new in zip(claims, made, strict=True):
                kept = new if _weight(after, new.id) < _weight(found, old.id) else old
                if old.id in self._run.attempts:
                    self._run.attempts[kept.id] = self._run.attempts[old.id]
                better.append(kept)
            claims = tuple({claim.id: claim for claim in better}.values())
        return claims

    async def _segment(
        self, segment: Segment, findings: Sequence[Finding], context: tuple[str, str]
    ) -> Segment | None:
        """The segment anew; None where nobody answers or the answer is none."""
        from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; what is stored does without

        passages = (Passage(segment.id, segment.paragraphs, segment.source),)
        written = " ".join(segment.target)
        fault = self._fault("translation", segment.id, written, findings)
        answer = await self._ask(replace(fault, passages=passages, context=context), segment.speaker)
        try:
            target = answers.mended_translation(answer, segment.id) if answer else None
        except AnswerError:
            return None
        return replace(segment, target=target, state="translated", missing=None) if target else None

    async def _claim(self, claim: Claim, findings: Sequence[Finding]) -> Claim | None:
        """The claim anew; None where nobody answers or the answer is none."""
        from summarizer import answers  # noqa: PLC0415 - pydantic is slow to load; what is stored does without

        passages = self._citable(claim)
        written = f"{claim.en}\n{claim.zh}\n{' … '.join(claim.quotes)}"
        fault = self._fault("claim", claim.id, written, findings)
        answer = await self._ask(replace(fault, passages=passages), claim.speaker)
        try:
            known = {passage.id: passage for passage in passages}
            return answers.mended_claim(answer, claim.speaker or "", known) if answer else None
        except AnswerError:
            return None

    async def _ask(self, fault: prompting.Fault, speaker: str | None) -> Answer | None:
        """Ask once more; an answer counts as an attempt, whatever it is worth."""
        run = self._run
        entry = self._people.get(speaker or "")
        made_by = run.made_by("repair")
        try:
            request = prompting.repair_request(run.it.slug, fault, entry, self._entries, made_by)
            answer = await run.ask(request)
        except (UnansweredError, EndpointError):
            return None
        run.attempts[fault.unit] = fault.attempt
        return answer

    def _fault(
        self, kind: prompting.FaultKind, unit: str, written: str, findings: Sequence[Finding]
    ) -> prompting.Fault:
        said = tuple(f"{finding.check}: {finding.message}" for finding in findings)
        attempt = self._run.attempts.get(unit, 0) + 1
        return prompting.Fault(kind, unit, written, said, attempt)

    def _citable(self, claim: Claim) -> tuple[Passage, ...]:
        """The speaker's own passages that a claim may rest on: those it cites or that have its quote."""
        turns = self._run.it.transcript.turns
        own = [p for turn in turns if turn.speaker == claim.speaker for p in turn.passages]
        near = [passage for passage in own if passage.id in claim.passages]
        near += [p for p in own if p not in near and any(quote in p.text for quote in claim.quotes)]
        return tuple(near or own[:_MOST_CITABLE])

    def _may_ask(self, unit: str, found: _Findings) -> bool:
        attempts = self._run.attempts.get(unit, 0) - self._before.get(unit, 0)
        is_free = self._run.mends and attempts < _RUNGS
        return is_free and _weight(found, unit) > 0

    def _is_worth_it(self, segment: Segment) -> bool:
        """Whether a passage can be asked for alone: it fits, and its endpoint did answer."""
        is_hopeless = segment.id in self._run.unreachable and not self._run.insists
        return not is_hopeless and self._run.fits(segment.source)

    async def _findings(self, draft: Draft) -> dict[str, list[Finding]]:
        """What must be mended: open findings that are more than hints.

        In a thread, so that answers which arrive meanwhile are read and stored.
        """
        found: dict[str, list[Finding]] = {}
        checked = await asyncio.to_thread(checks.run, draft, self._run.it.rulings.ignore)
        for finding in checked.findings:
            if finding.severity != "minor" and finding.ignored is None:
                found.setdefault(finding.unit, []).append(finding)
        return found

    def _draft(self, *, segments: tuple[Segment, ...] = (), claims: tuple[Claim, ...] = ()) -> Draft:
        """What is checked: the pieces, and what they are checked against."""
        run = self._run
        roster = tuple(self._people.values())
        pieces = (), claims, segments, self._entries, (), run.instructions
        return Draft(run.it.transcript, roster, "", "", "", *pieces)


def _weight(found: _Findings, unit: str) -> int:
    return sum(_WEIGHTS[finding.severity] for finding in found.get(unit, ()))


def _neighbours(segments: Sequence[Segment], found: _Findings) -> dict[str, tuple[str, str]]:
    """The accepted English right before and right behind each segment."""
    texts = ["" if segment.id in found else " ".join(segment.target) for segment in segments]
    before, after = ["", *texts[:-1]], [*texts[1:], ""]
    return {
        segment.id: (ahead[-_CONTEXT:], behind[:_CONTEXT])
        for segment, ahead, behind in zip(segments, before, after, strict=True)
    }
