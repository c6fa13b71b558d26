"""Brief to page: the Markdown of DESIGN §7, from the first line to the last.

Blocks are parted by blank lines, one English sentence stands on a line, and nothing depends on
when or where it is rendered, so that the same brief is the same bytes.
"""

from summarizer.markup import anchor, chinese, escape
from summarizer.render import notes, summary, translation
from summarizer.values import Brief


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
        "date": rulings.date or transcript.date,
        "publisher": rulings.publisher or transcript.publisher,
        "url": rulings.url,
    }
    lines = [
        "---",
        f"title: {_quoted(brief.title)}",
        'lang: "en"',
        f"status: {_quoted(_status(brief))}",
        *((f"reviewer: {_quoted(brief.approval.by)}",) if brief.approval else ()),
        *((f"reviewed: {_quoted(brief.approval.on)}",) if brief.approval and brief.approval.on else ()),
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
    if brief.approval is None:
        return f"Draft. {made}; not yet reviewed. The Chinese is authoritative."
    who = f"{brief.approval.by}{f' on {brief.approval.on}' if brief.approval.on else ''}"
    if brief.is_void:
        return f"Draft. {made}. The approval by {who} is void: text or source changed since."
    return f"Approved by {who}. {made}. The Chinese is authoritative."


def _status(brief: Brief) -> str:
    return "approved" if brief.approval and not brief.is_void else "draft"


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
