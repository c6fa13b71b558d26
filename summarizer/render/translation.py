"""The translation: every passage in reading order, English above Chinese."""

from summarizer.markup import anchor, chinese, escape, numbers, tag_chinese
from summarizer.values import Brief, Finding, Segment


def section(brief: Brief) -> list[str]:
    """Render the translation under a heading for each turn."""
    draft = brief.checked.draft
    lang = draft.transcript.source.lang
    segments = {segment.id: segment for segment in draft.segments}
    names = {entry.speaker: entry.name_en for entry in draft.roster}
    roles = {speaker.id: speaker for speaker in draft.transcript.speakers}
    marks = _marks(brief)
    blocks = ["## Translation"]
    front = [segment for segment in draft.segments if segment.speaker is None]
    if front:
        blocks.append("### Title and introduction")
        blocks += [block for segment in front for block in _segment(segment, lang, marks)]
    question = 0
    for turn in draft.transcript.turns:
        speaker = roles[turn.speaker]
        if speaker.role == "questioner":
            question += 1
            asked_by = f" ({escape(names[turn.speaker])})" if speaker.id != "reporter" else ""
            blocks.append(f"### Question {question}{asked_by}")
        else:
            blocks.append(f"### {escape(names.get(turn.speaker, speaker.name))}")
        for passage in turn.passages:
            blocks += _segment(segments[passage.id], lang, marks)
    return blocks


def _segment(segment: Segment, lang: str, marks: dict[str, list[Finding]]) -> list[str]:
    # One anchor a paragraph, so that a link to any of them arrives; a passage that is a part of
    # a paragraph has its own.
    own = [segment.id] + [f"p{number}" for number in segment.paragraphs[1:]]
    anchors = "".join(anchor(identity) for identity in own)
    english = "\n".join(escape(sentence) for sentence in segment.target)
    if not english:
        english = f"\\[Not translated: {escape(segment.missing or 'waiting for a translator')}\\]"
    return [
        f"{anchors}**¶{numbers(segment.paragraphs, segment.id)}** {english}",
        f"> {chinese(segment.source, lang)}",
        *(_mark(finding, lang) for finding in marks.get(segment.id, ())),
    ]


def _mark(finding: Finding, lang: str) -> str:
    words = tag_chinese(finding.message, lang)
    return f"> **Needs attention ({finding.check}, {finding.severity}):** {words}"


def _marks(brief: Brief) -> dict[str, list[Finding]]:
    marks: dict[str, list[Finding]] = {}
    for finding in brief.checked.findings:
        if finding.severity != "minor" and finding.ignored is None:
            marks.setdefault(finding.unit, []).append(finding)
    return marks
