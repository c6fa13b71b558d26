"""Brief to page: the Markdown of DESIGN §7, from the first line to the last.

Blocks are parted by blank lines, one English sentence stands on a line, and nothing depends on
when or where it is rendered, so that the same brief is the same bytes.
"""

from collections.abc import Iterator

from summarizer.markup import anchor, chinese, escape, numbers
from summarizer.render import notes, summary, translation
from summarizer.values import Approval, Brief


def page(brief: Brief) -> str:
    """Render *brief* as one Markdown page ending in a newline."""
    blocks = [
        front_matter(brief),
        *_top(brief),
        *summary.glance(brief),
        *summary.speakers(brief),
        *summary.figures(brief),
        *translation.section(brief),
        *notes.findings(brief),
        *notes.source(brief),
    ]
    return "\n\n".join(blocks) + "\n"


def front_matter(brief: Brief) -> str:
    """Render the front matter; every string is quoted, so that no reader guesses at its type."""
    transcript, rulings = brief.checked.draft.transcript, brief.rulings
    source = transcript.source
    known = {
        "encoding": "" if source.encoding.startswith("utf-8") else source.encoding,
        "date": rulings.date or transcript.date,
        "publisher": rulings.publisher or transcript.publisher,
        "url": rulings.url,
    }
    approval = _valid(brief)
    lines = [
        "---",
        f"title: {_quoted(brief.title)}",
        'lang: "en"',
        f"status: {_quoted('approved' if approval else 'draft')}",
        *((f"reviewer: {_quoted(approval.by)}",) if approval else ()),
        *((f"reviewed: {_quoted(approval.on)}",) if approval and approval.on else ()),
        "source:",
        f"  path: {_quoted(source.path)}",
        f"  sha256: {_quoted(source.sha256)}",
        f"  lang: {_quoted(source.lang)}",
        *(f"  {key}: {_quoted(value)}" for key, value in known.items() if value),
        f"signature: {_quoted(brief.signature)}",
        "---",
    ]
    return "\n".join(lines)


def notice(brief: Brief) -> str:
    """Say what the page is and whether somebody has reviewed it."""
    models = brief.checked.draft.models
    made = f"Machine translation from {' and '.join(models)}" if models else "Not translated yet"
    whole = next((signed for signed in brief.approvals if not signed.unit), None)
    if whole is None:
        said = f"Draft. {made}; not yet reviewed. The Chinese is authoritative."
    elif whole.is_void:
        said = f"Draft. {made}. The approval by {_who(whole.approval)} is void: text or source changed since."
    else:
        said = f"Approved by {_who(whole.approval)}. {made}. The Chinese is authoritative."
    return " ".join([said, *_units(brief)])


def _units(brief: Brief) -> Iterator[str]:
    """Say who stands by which single units, and by which no more."""
    names = {
        segment.id: f"¶{numbers(segment.paragraphs, segment.id)}" for segment in brief.checked.draft.segments
    }
    groups: dict[tuple[str, bool], list[str]] = {}
    for signed in brief.approvals:
        if signed.unit:
            unit = names.get(signed.unit, signed.unit)
            groups.setdefault((_who(signed.approval), signed.is_void), []).append(unit)
    for (who, is_void), units in groups.items():
        shown = ", ".join(units)
        yield f"The approval of {shown} by {who} is void." if is_void else f"Approved by {who}: {shown}."


def _valid(brief: Brief) -> Approval | None:
    """The approval of the whole page, while it holds."""
    return next((s.approval for s in brief.approvals if not s.unit and not s.is_void), None)


def _who(approval: Approval) -> str:
    return f"{approval.by}{f' on {approval.on}' if approval.on else ''}"


def _top(brief: Brief) -> list[str]:
    draft = brief.checked.draft
    lang = draft.transcript.source.lang
    blocks = [f"# {anchor('headline')}{escape(brief.title)}"]
    if title := draft.transcript.title or draft.headline_zh:
        blocks.append(chinese(title, lang))
    if draft.deck:
        blocks.append(f"{anchor('deck')}{escape(draft.deck)}")
    blocks.append(f"> {escape(notice(brief))}")
    return blocks


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
