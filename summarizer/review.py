"""Page to draft: read a page as people left it, unit by unit.

The page is what people own. Its units are found by their anchors, so sections may be moved and
notes added around them; what carries no anchor is people's own text and is left alone.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from summarizer.markup import ANCHOR, CITATION, anchor, numbers, unescape
from summarizer.values import Claim, Draft, RosterEntry, Segment

_FRONT = re.compile(r"\A\ufeff?---\r?\n(.*?)\r?\n---\r?$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r'<span lang="[A-Za-z-]+">(.*?)</span>')
_NUMBER = re.compile(r"^\*\*¶[0-9.–+]+\*\*\s*")
_SHOWN = re.compile(r"\*\*¶([0-9.–+]+)\*\*")
_UNTRANSLATED = "[Not translated:"
_TORN = re.compile(r"(?<!\\)<\s*/?\s*a\b(?![^>]*\bhref)|(?<!\\)\bid=[\"'“”]")
_PASSAGE = re.compile(r"p[0-9]+(?:\.[0-9]+)?")
_EXCERPT = 40  # characters of a block that a message repeats


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands on the page."""

    id: str
    line: int  # of its anchor, from 1
    lines: tuple[str, ...]  # English, markup removed, one line each
    chinese: tuple[str, ...]  # what is tagged as Chinese, in order
    citations: tuple[str, ...]  # passage ids
    below: tuple[str, ...] = ()  # the block under it: a speaker's title, a passage's Chinese


def front_matter(text: str) -> str:
    """Give the YAML between the two ``---`` lines, empty where there is none."""
    found = _FRONT.match(text)
    return found.group(1) if found else ""


def body(text: str) -> str:
    """Give the page without its front matter, in whose place blank lines keep the line numbers."""
    front = _FRONT.match(text)
    return "\n" * front.group().count("\n") + text[front.end() :] if front else text


def read(text: str) -> dict[str, Unit]:
    """Read the units of a page by id; of two with one id the first counts."""
    units: dict[str, Unit] = {}
    last: str | None = None
    for start, lines in _pieces(text):
        ids = ANCHOR.findall(lines[0])
        if ids and ids[0] not in units:
            units[ids[0]] = _unit(ids[0], start, lines)
        elif last is not None and not ids and not lines[0].startswith(("- ", "#", "|")):
            units[last] = replace(units[last], below=tuple(lines))
        last = ids[0] if ids else None
    return units


def apply(draft: Draft, page: str, withdrawn: AbstractSet[str] = frozenset()) -> Draft:
    """Put the words of a page in the place of the draft's; a unit that was deleted is gone.

    What was *withdrawn* was never on the page, and is kept as it is.
    """
    units = read(page)

    def words(identity: str, otherwise: str) -> str:
        return " ".join(units[identity].lines) if identity in units else otherwise

    return replace(
        draft,
        headline=words("headline", draft.headline),
        deck=words("deck", ""),
        glance=_claims(draft.glance, units, withdrawn),
        claims=_claims(draft.claims, units, withdrawn) + _kept(draft, units),
        segments=tuple(_segment(segment, units.get(segment.id)) for segment in draft.segments),
        roster=tuple(_entry(entry, units.get(f"speaker-{entry.speaker}")) for entry in draft.roster),
        printed={
            segment.id: unescape(printed[1])
            for segment in draft.segments
            if segment.id in units and (printed := _SPAN.search(" ".join(units[segment.id].below)))
        },
        unread=tuple(unread(page, draft).values()),
    )


def unread(text: str, draft: Draft) -> dict[int, tuple[str, str]]:
    """Find what looks like a unit and cannot be read as one: its likely id and why, by line.

    Args:
        text: A page as people left it.
        draft: What the page was made from; its passages are what may be cited.
    """
    known = {f"p{number}" for segment in draft.segments for number in segment.paragraphs}
    known |= {segment.id for segment in draft.segments}
    by_number = {numbers(segment.paragraphs, segment.id): segment.id for segment in draft.segments}
    seen: set[str] = set()
    found: dict[int, tuple[str, str]] = {}
    for line, lines in _pieces(text):
        ids, shown = ANCHOR.findall(lines[0]), _SHOWN.search(lines[0])
        unit = ids[0] if ids else by_number.get(shown[1], "") if shown else ""
        why = ""
        if any(_TORN.search(ANCHOR.sub("", _SPAN.sub("", row))) for row in lines):
            why = "has a damaged anchor. Mend it, or take the block out."
        elif unit in seen and ids:
            why = f"is a second {unit}; only the first is read. Take one out."
        elif ids and _PASSAGE.fullmatch(unit) and unit not in known:
            why = f"stands under {unit}, and the source has no such passage. Mend the anchor, or take it out."
        elif unit and not ids and lines[0].startswith("**¶"):
            why = f"has lost its anchor. Put {anchor(unit)} before it."
        if why:
            found[line] = unit, f"“{_excerpt(lines[0])}” {why}"
        elif ids:
            seen.add(unit)
    return found


def _claims(
    claims: tuple[Claim, ...], units: Mapping[str, Unit], withdrawn: AbstractSet[str]
) -> tuple[Claim, ...]:
    there = (claim for claim in claims if claim.id in units or claim.id in withdrawn)
    return tuple(_claim(c, units[c.id]) if c.id in units else c for c in there)


def _kept(draft: Draft, units: Mapping[str, Unit]) -> tuple[Claim, ...]:
    """Claims that stand on the page and are written no more, because people wrote or kept them."""
    known = {claim.id for claim in draft.claims + draft.glance}
    speakers = {entry.speaker for entry in draft.roster}
    found = []
    for unit in units.values():
        speaker = unit.id.rpartition("-")[0]
        if unit.id not in known and speaker in speakers and unit.id not in speakers and unit.citations:
            zh = unit.chinese[0] if unit.chinese else ""
            found.append(_claim(Claim(unit.id, speaker, "", zh, (), ()), unit))
    return tuple(found)


def renumbered(page: str, ids: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """Let anchors, links and visible numbers follow passages that moved; nothing else of a page is touched.

    Args:
        page: As people left it.
        ids: New ids of paragraphs and passages by their old ones: p12 is p13.
        shown: New visible numbers by old ones: 12 is 13.
    """

    def named(found: re.Match[str]) -> str:
        return found[0].replace(found[1], ids.get(found[1], found[1]))

    def link(found: re.Match[str]) -> str:
        target = ids.get(found[2], found[2])
        return f"[¶{shown.get(found[1], found[1])}](#{target})"

    page = CITATION.sub(link, ANCHOR.sub(named, page))
    return _SHOWN.sub(lambda found: f"**¶{shown.get(found[1], found[1])}**", page)


def _pieces(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cut the page at anchors, blank lines and list items."""
    piece: list[str] = []
    start = 0
    for number, line in enumerate(text.splitlines(), 1):
        is_blank = not line.strip()
        if is_blank or line.startswith(("- ", "#", "|", ">")) or ANCHOR.match(line):
            if piece:
                yield start, piece
            piece = []
        if not piece:
            start = number
        if not is_blank:
            piece.append(line)
    if piece:
        yield start, piece


def _excerpt(line: str) -> str:
    words = unescape(line.strip())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"


def _unit(identity: str, start: int, lines: list[str]) -> Unit:
    english, chinese, citations = [], [], []
    for line in lines:
        chinese += [unescape(span) for span in _SPAN.findall(line)]
        citations += [target for _, target in CITATION.findall(line)]
        bare = CITATION.sub("", _SPAN.sub("", ANCHOR.sub("", line)))
        bare = _NUMBER.sub("", bare.lstrip("#- ").strip())
        if bare.strip():
            english.append(unescape(bare.strip()))
    return Unit(identity, start, tuple(english), tuple(chinese), tuple(citations))


def _entry(entry: RosterEntry, unit: Unit | None) -> RosterEntry:
    """A speaker as the page introduces them: the name in the heading, the title in the line below."""
    if unit is None or not unit.lines:
        return entry
    name = unit.lines[0].removesuffix("()").strip()
    title = unescape(_SPAN.sub("", " ".join(unit.below)).strip(" ·"))
    return replace(entry, name_en=name or entry.name_en, title_en=title or None)


def _claim(claim: Claim, unit: Unit) -> Claim:
    return replace(
        claim,
        en=" ".join(unit.lines),
        zh=unit.chinese[0] if claim.zh and unit.chinese else claim.zh,
        passages=unit.citations,
        quotes=_quotes(claim, unit),
    )


def _quotes(claim: Claim, unit: Unit) -> tuple[str, ...]:
    """The stored quotes, and those that the page prints otherwise under the claim: 「… … …」."""
    boxes = (words[1:-1] for words in unit.chinese if words.startswith("「") and words.endswith("」"))
    printed = [quote for words in boxes for quote in words.split(" … ")]
    stored = {_folded(quote) for quote in claim.quotes}
    return claim.quotes + tuple(quote for quote in printed if _folded(quote) not in stored)


def _folded(quote: str) -> str:
    return "".join(unicodedata.normalize("NFKC", quote).split())


def _segment(segment: Segment, unit: Unit | None) -> Segment:
    if unit is None:
        return replace(segment, target=(), missing="its paragraph is not on the page")
    if unit.lines and unit.lines[0].startswith(_UNTRANSLATED):
        return replace(segment, target=())
    return replace(segment, target=unit.lines, missing=None)
