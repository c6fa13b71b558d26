"""The upper half of the page: at a glance, who said what, key figures."""

from summarizer.checks.citations import source_words
from summarizer.markup import anchor, chinese, citation, escape, numbers
from summarizer.values import Brief, Claim, Passage, RosterEntry


def glance(brief: Brief) -> list[str]:
    """Render the sentences at a glance."""
    if not brief.glance:
        return []
    passages = _passages(brief)
    items = [
        f"- {anchor(claim.id)}{escape(claim.en)} {_citations(claim, passages)}" for claim in brief.glance
    ]
    return ["## At a glance", "\n".join(items)]


def speakers(brief: Brief) -> list[str]:
    """Render a section for each speaker who has a claim or a title."""
    draft = brief.checked.draft
    questioners = {speaker.id for speaker in draft.transcript.speakers if speaker.role == "questioner"}
    blocks = ["## Who said what"]
    for entry in draft.roster:
        if entry.speaker not in questioners:
            blocks += _speaker(brief, entry)
    return blocks if len(blocks) > 1 else []


def figures(brief: Brief) -> list[str]:
    """Render the table of key figures."""
    if not brief.figures:
        return []
    draft = brief.checked.draft
    lang = draft.transcript.source.lang
    passages = _passages(brief)
    names = {entry.speaker: entry.name_en for entry in draft.roster}
    rows = ["| ¶ | Speaker | Source | Value | In English |", "|---|---|---|---|---|"]
    for figure in brief.figures:
        passage = passages[figure.passage]
        where = f"[{numbers(passage.paragraphs, passage.id)}](#{passage.id})"
        cells = [
            where,
            escape(names.get(figure.speaker, figure.speaker)),
            chinese(figure.source, lang),
            escape(figure.value),
            escape(figure.english),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return ["## Key figures", "\n".join(rows)]


def _speaker(brief: Brief, entry: RosterEntry) -> list[str]:
    lang = brief.checked.draft.transcript.source.lang
    passages = _passages(brief)
    name = f"{escape(entry.name_en)} ({chinese(entry.name_zh, lang)})"
    blocks = [f"### {anchor(f'speaker-{entry.speaker}')}{name}"]
    if entry.title_zh:
        english = f"{escape(entry.title_en)} · " if entry.title_en else ""
        blocks.append(f"{english}{chinese(entry.title_zh, lang)}")
    items = []
    for claim in brief.claims:
        if claim.speaker == entry.speaker:
            cited = " ".join(passages[identity].text for identity in claim.passages)
            quotes = " … ".join(source_words(quote, cited) for quote in claim.quotes)
            items += [
                f"- {anchor(claim.id)}{escape(claim.en)} {_citations(claim, passages)}",
                f"  {chinese(claim.zh, lang)}",
                f"  {chinese(f'「{quotes}」', lang)}",
            ]
    if items:
        blocks.append("\n".join(items))
    return blocks


def _citations(claim: Claim, passages: dict[str, Passage]) -> str:
    return " ".join(citation(identity, passages[identity].paragraphs) for identity in claim.passages)


def _passages(brief: Brief) -> dict[str, Passage]:
    return {p.id: p for turn in brief.checked.draft.transcript.turns for p in turn.passages}
