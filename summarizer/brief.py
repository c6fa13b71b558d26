"""Checked to brief: decide what the page says; what failed leaves its section.

A claim or a sentence at a glance against which something critical was found is withdrawn and
stands under Findings with its text and the reason. A translation is never withdrawn: it is
printed with a visible mark.
"""

from pathlib import PurePosixPath

from summarizer.checks import standing
from summarizer.quantities import gloss, is_figure, read_chinese, value
from summarizer.values import Brief, Checked, Figure, Rulings, Signed, Transcript


def assemble(
    checked: Checked,
    rulings: Rulings,
    signature: str,
    approvals: tuple[Signed, ...] = (),
) -> Brief:
    """Assemble the brief of a *checked* draft; an editor's title beats the model's headline."""
    draft = checked.draft
    claims = standing(draft.claims, checked.findings)
    glance = standing(draft.glance, checked.findings)
    stands = {claim.id for claim in claims + glance}
    withdrawn = tuple(claim for claim in draft.claims + draft.glance if claim.id not in stands)
    file = PurePosixPath(draft.transcript.source.path).stem  # a page needs a heading
    title = rulings.title_en or draft.headline or draft.transcript.title or file
    shown = figures(draft.transcript)
    return Brief(rulings, checked, title, claims, withdrawn, glance, shown, signature, approvals)


def figures(transcript: Transcript) -> tuple[Figure, ...]:
    """Read the key figures in what the answerers said, in reading order, without a model."""
    questioners = {speaker.id for speaker in transcript.speakers if speaker.role == "questioner"}
    return tuple(
        Figure(passage.id, turn.speaker, quantity.text, value(quantity), gloss(quantity))
        for turn in transcript.turns
        if turn.speaker not in questioners
        for passage in turn.passages
        for quantity in read_chinese(passage.text)
        if is_figure(quantity)
    )
