"""The foot of the page: what the checks found, and what was done to the source."""

from summarizer.markup import chinese, citation, escape, numbers, tag_chinese
from summarizer.values import Brief, Finding, Repair

_KINDS = {"page": "page head or number", "stage": "stage direction", "other": "other matter"}


def findings(brief: Brief) -> list[str]:
    """List every finding and, with its text, every claim that was withdrawn."""
    lang = brief.checked.draft.transcript.source.lang
    withdrawn = {claim.id: claim for claim in brief.withdrawn}
    items = []
    for finding in brief.checked.findings:
        text = f"{_place(finding)}{finding.check}, {finding.severity}: {finding.message}"
        if finding.unit in withdrawn:
            text += f" The claim was withdrawn: {withdrawn[finding.unit].en}"
        if finding.ignored is not None:
            text += f" Ignored: {finding.ignored}"
        items.append(f"- {tag_chinese(text, lang)}")
    found = "\n".join(items) if items else "The checks found nothing to report."
    return ["## Findings", found, _support(brief)]


def _support(brief: Brief) -> str:
    """What the summary rests on, in one line."""
    counts, support = brief.checked.counts, brief.checked.support
    quotes = sum(len(c.quotes) for c in brief.checked.draft.claims + brief.checked.draft.glance)
    thirds = ", ".join(f"{cited} of {answers}" for cited, answers in support.answers)
    said = (
        f"Support: {counts.claims} claims, {counts.citations} citations, {counts.quotes_exact} of {quotes} "
        f"quotes exact, {counts.quantities_matched} of {counts.quantities_source} quantities matched in the "
        f"translation; answers cited, by thirds of the transcript: {thirds}."
    )
    passages = {p.id: p for turn in brief.checked.draft.transcript.turns for p in turn.passages}
    places = [citation(identity, passages[identity].paragraphs) for identity in support.uncited]
    return f"{said} No claim cites {', '.join(places)}." if places else said


def source(brief: Brief) -> list[str]:
    """Say what was repaired in the source, what was set aside and how it was read."""
    transcript = brief.checked.draft.transcript
    lang = transcript.source.lang
    items = [f"- {tag_chinese(_repair(repair), lang)}" for repair in transcript.repairs]
    if transcript.broken_off:
        where = ", ".join(f"¶{number}" for number in transcript.broken_off)
        items.append(
            f"- {where}: the sentence breaks off, and where it goes on is not known. "
            "The columns of the source may stand in a wrong order."
        )
    for front in transcript.front:
        kind = _KINDS.get(front.kind, front.kind)
        items.append(f"- ¶{front.paragraph} is not speech ({kind}): {chinese(front.text, lang)}")
    source = transcript.source
    items.append(
        f"- The source has {len(transcript.paragraphs)} paragraphs and {source.characters} characters, "
        f"read as {escape(source.encoding)}."
    )
    if brief.rulings.date:
        items.append(f"- Date, as far as the source gives it: {tag_chinese(brief.rulings.date, lang)}.")
    return ["## Notes on the source", "\n".join(items)]


def _place(finding: Finding) -> str:
    return f"¶{numbers(finding.paragraphs)} " if finding.paragraphs else f"{finding.unit} "


def _repair(repair: Repair) -> str:
    where = numbers(repair.paragraphs)
    evidence = "; ".join(repair.evidence)
    if repair.kind == "join":
        done = "were joined into one" if repair.applied else "may belong together"
        return f"¶{where} {done}: {evidence}."
    done = "were moved after" if repair.applied else "may belong after"
    return f"¶{where} {done} ¶{repair.after}: {evidence}."
