"""Three pages to one: what people left, what was written last, and what is written now, unit by unit.

A page is cut into blocks. A block with an anchor is a unit and belongs to people; any other block that was
written by us (now or last time) is ours and is derived anew; what neither is, people added, and it stays
where it is. So an edit inside a block of ours is people's text, and is kept below it. A unit that only one
side changed is taken from that side; where both did, the reviewed text stays and the new one is proposed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from summarizer.markup import ANCHOR
from summarizer.provenance import digest

_UNIT = re.compile(r'^(?:#{1,6} |- )?(?=<a id="([a-z0-9./-]+)"></a>)')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TOP = re.compile(r"^([a-z_]+):")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page: a paragraph, a heading, an item of a list.

    Attributes:
        key: The unit's id; for what is no unit, the digest of its text and how often it stood before.
        is_unit: Whether it is a unit.
        text: Its lines.
        gap: What stands between it and the next: line ends.
    """

    key: str
    is_unit: bool
    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class Base:
    """What was written last: the text of each unit, the keys of everything else, and units left empty."""

    units: Mapping[str, str] = field(default_factory=dict)
    ours: AbstractSet[str] = frozenset()
    empty: AbstractSet[str] = frozenset()  # waiting for a translator: whatever people wrote there stands


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new text for a unit that people changed; "" where the unit is gone, or was not there."""

    unit: str
    reviewed: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A page, what waits beside it, and the units that people took out."""

    page: str
    proposals: tuple[Proposal, ...]
    deleted: tuple[str, ...]


def base_of(page: str) -> Base:
    """What a page that we write is remembered by."""
    blocks = parse(page)
    units = {block.key: block.text for block in blocks if block.is_unit}
    return Base(units, frozenset(block.key for block in blocks if not block.is_unit))


def merge(standing: str, base: Base, new: str) -> Merged:
    """Merge page by page.

    Args:
        standing: The page as people left it, in whatever line ends and with or without a byte order mark.
        base: What was written last.
        new: The page as it would be written today.
    """
    text, style = _plain(standing)
    mine, yours = parse(text), {block.key: block for block in parse(new)}
    present = {block.key for block in mine}
    touched = _touched(mine, base)
    kept: list[Block] = []
    proposals: list[Proposal] = []
    for block in mine:
        other = yours.get(block.key)
        stays: Block | None = block
        if block.is_unit:
            stays, proposal = _unit(block, other, base)
            proposals += [proposal] if proposal else []
        elif other is None and block.key in base.ours:
            stays = None
        _keep(kept, block, stays)
    deleted = []
    before: str | None = None
    for block in yours.values():
        if block.key not in present:
            if block.is_unit and block.key in base.units:
                deleted.append(block.key)
                continue
            if block.is_unit and _list(block.key) in touched:
                proposals.append(Proposal(block.key, "", block.text))
                continue
            if not _is_orphan(block, yours, present, base):
                kept = _inserted(kept, block, before)
        before = block.key
    page = _front(text, new) + "".join(block.text + block.gap for block in kept)
    return Merged(_styled(page, style), tuple(proposals), tuple(deleted))


def refreshed(page: str, written: str, derived: str) -> str:
    """Put our own blocks, derived from the page's current text, in the place of those just written.

    Args:
        page: The merged page.
        written: What our blocks were taken from when it was merged.
        derived: The page as it would be written with the current text of its units.
    """
    text, style = _plain(page)
    mine, yours = parse(text), parse(derived)
    ours = {block.key for block in parse(written) if not block.is_unit}
    today = {block.key for block in yours}
    kept: list[Block] = []
    for block in mine:
        stays = block.is_unit or block.key in today or block.key not in ours
        _keep(kept, block, block if stays else None)
    present = {block.key for block in mine}
    before: str | None = None
    for block in yours:
        if block.key in present:
            before = block.key
        elif not block.is_unit:
            kept = _inserted(kept, block, before)
            before = block.key
    whole = _front(text, derived) + "".join(block.text + block.gap for block in kept)
    return _styled(whole, style)


def with_unit(page: str, unit: str, text: str) -> str:
    """Put another text in the place of a unit's block; at its end if the page has none."""
    plain, style = _plain(page)
    blocks = parse(plain)
    front = plain[: len(plain) - sum(len(b.text) + len(b.gap) for b in blocks)]
    if any(block.key == unit for block in blocks):
        blocks = [replace(block, text=text) if block.key == unit else block for block in blocks]
    else:
        blocks = _inserted(
            blocks, Block(unit, is_unit=True, text=text, gap="\n"), blocks[-1].key if blocks else None
        )
    return _styled(front + "".join(block.text + block.gap for block in blocks), style)


def without_unit(page: str, unit: str) -> str:
    """Take a unit's block out of a page."""
    plain, style = _plain(page)
    blocks = parse(plain)
    front = plain[: len(plain) - sum(len(b.text) + len(b.gap) for b in blocks)]
    kept: list[Block] = []
    for block in blocks:
        _keep(kept, block, block if block.key != unit else None)
    return _styled(front + "".join(block.text + block.gap for block in kept), style)


def parse(page: str) -> list[Block]:
    """Cut a page (LF, no byte order mark) into blocks; its front matter is none of them.

    The texts and gaps of all blocks, one after the other, are the page without its front matter.
    """
    front = _FRONT.match(page)
    body = page[front.end() :] if front else page
    blocks: list[Block] = []
    seen: dict[str, int] = {}
    for text, gap in _pieces(body):
        unit = _UNIT.match(text)
        title = blocks[-1].key if blocks and blocks[-1].is_unit else ""
        if unit and unit[1] not in seen:
            key, is_unit = unit[1], True
        elif title.startswith("speaker-") and not text.startswith(("- ", "#", "|", ">", "<a")) and text:
            key, is_unit = f"{title}/title", True
        else:
            key, is_unit = digest(text), False
        number = seen[key] = seen.get(key, 0) + 1
        blocks.append(Block(key if is_unit else f"{key[:20]}:{number}", is_unit, text, gap))
    return blocks


def _pieces(body: str) -> Iterator[tuple[str, str]]:
    """Texts of blocks with the line ends behind them; line ends at the beginning are a block without text."""
    text, gap = "", ""
    for line in _LINE.findall(body):
        if not line.strip():
            gap += line
        elif text and gap.count("\n") == 1 and not _starts(line):
            text += gap + line.rstrip("\n")
            gap = "\n" * line.endswith("\n")
        else:
            if text or gap:
                yield text, gap
            text, gap = line.rstrip("\n"), "\n" * line.endswith("\n")
    if text or gap:
        yield text, gap


def _starts(line: str) -> bool:
    """Whether a line right behind another one begins a block: an item of a list, a heading, an anchor."""
    return line.startswith(("- ", "#")) or ANCHOR.match(line) is not None


def _unit(block: Block, other: Block | None, base: Base) -> tuple[Block | None, Proposal | None]:
    """What becomes of a unit that stands on the page."""
    last = base.units.get(block.key)
    is_reviewed = last != block.text
    if other is None:
        gone = Proposal(block.key, block.text, "") if is_reviewed and last is not None else None
        return (block if is_reviewed else None), gone
    if not is_reviewed or block.text == other.text:
        return replace(block, text=other.text), None
    if last == other.text or block.key in base.empty:
        return block, None
    return block, Proposal(block.key, block.text, other.text)


def _touched(mine: Sequence[Block], base: Base) -> set[str]:
    """The lists of claims of which people changed, added or took out one."""
    there = {block.key: block.text for block in mine if block.is_unit}
    changed = {key for key, text in base.units.items() if there.get(key) != text}
    return {_list(key) for key in changed | (there.keys() - base.units.keys())} - {""}


def _list(unit: str) -> str:
    """The list a claim or a sentence at a glance stands in: its id without its digest."""
    found = re.fullmatch(r"(.+)-[0-9a-f]{6}", unit)
    return found[1] if found else ""


def _is_orphan(block: Block, yours: Mapping[str, Block], present: AbstractSet[str], base: Base) -> bool:
    """Whether a block of ours belongs to a unit that people took out: its Chinese, its mark."""
    if block.is_unit:
        return False
    owner: str | None = None
    for other in yours.values():
        if other.key == block.key:
            break
        owner = other.key if other.is_unit else owner
    return owner is not None and owner not in present and owner in base.units and block.text.startswith(">")


def _keep(kept: list[Block], block: Block, stays: Block | None) -> None:
    """Add what stays of a block; what follows one that goes stands as far from the rest as from it."""
    if stays is not None:
        kept.append(stays)
    elif kept and len(block.gap) > len(kept[-1].gap):
        kept[-1] = replace(kept[-1], gap=block.gap)


def _inserted(kept: list[Block], block: Block, before: str | None) -> list[Block]:
    """The blocks with one more, behind the one that stands before it on the new page."""
    places = [place for place, other in enumerate(kept) if other.key == before]
    at = places[0] + 1 if places else (0 if before is None else len(kept))
    if at == 0:
        return [replace(block, gap=block.gap if block.gap.count("\n") > 1 else "\n\n"), *kept]
    last = kept[at - 1]
    items = [other.text.startswith("- ") for other in (last, block, *kept[at : at + 1])]
    gap = last.gap or "\n"
    if at < len(kept) and gap.count("\n") < 2 and not all(items[1:]):
        gap = "\n\n"  # or it would run into what follows
    apart = "\n" if all(items[:2]) else "\n\n"
    return [*kept[: at - 1], replace(last, gap=apart), replace(block, gap=gap), *kept[at:]]


def _front(standing: str, new: str) -> str:
    """Our front matter, with the keys that people added to theirs."""
    ours, theirs = _FRONT.match(new), _FRONT.match(standing)
    if ours is None:
        return theirs[0] if theirs else ""
    known = {found[1] for line in ours[0].splitlines() if (found := _TOP.match(line))}
    added: list[str] = []
    is_added = False
    for line in theirs[0].splitlines()[1:-1] if theirs else ():
        if found := _TOP.match(line):
            is_added = found[1] not in known
        added += [line] if is_added else []
    return ours[0].removesuffix("---\n") + "".join(f"{line}\n" for line in added) + "---\n"


def _plain(page: str) -> tuple[str, tuple[str, str]]:
    """A page with plain line ends, and how its own were: byte order mark and line end."""
    mark = "\ufeff" if page.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in page else "\n"
    return page.removeprefix(mark).replace("\r\n", "\n"), (mark, end)


def _styled(page: str, style: tuple[str, str]) -> str:
    mark, end = style
    return mark + (page.replace("\n", end) if end != "\n" else page)
