"""File order to reading order: mend what column extraction broke, on evidence.

Loose tails (a paragraph that breaks off) are matched with orphaned heads. The next
paragraph continues a tail by default; a head elsewhere has to complete what the tail
began, and the enumeration, the subject and the place have to agree. "Leave it" is
always among the choices: only a repair that reaches :data:`APPLY` without a rival is
applied, one between :data:`~summarizer.transcript.matching.OFFER` and that is reported and changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.errors import RefusedInputError
from summarizer.transcript.matching import Link, Piece, candidates
from summarizer.values import Repair, RepairRuling

APPLY = 0.75  # the confidence from which a repair is made
_RIVAL = 0.1  # two repairs closer than this fit equally well


@dataclass(frozen=True, slots=True)
class Order:
    """The pieces in reading order, which of them continue the piece before, and what was mended."""

    indexes: tuple[int, ...]  # of the pieces, in reading order
    joined: frozenset[int]  # indexes of the pieces that continue the passage before them
    repairs: tuple[Repair, ...]


def restore(pieces: Sequence[Piece], *, rulings: Iterable[RepairRuling] = (), repair: bool = True) -> Order:
    """Put *pieces* into reading order.

    Args:
        pieces: Labels and speech, in file order.
        rulings: What an editor decided; it beats the evidence.
        repair: Whether to apply anything; candidates are reported either way.
    """
    rulings = tuple(rulings)
    links = _choose(candidates(pieces))
    if not repair:
        links = [replace(link, applied=False) for link in links]
    links, order = _acyclic(_ruled(links, pieces, rulings), pieces, rulings)
    return Order(
        tuple(index for block in order for index in block),
        frozenset(link.head for link in links if link.applied and link.join),
        _report(pieces, links, order),
    )


def _choose(found: list[Link]) -> list[Link]:
    """Take the best links, each tail and each head once; where two fit equally, take neither."""
    chosen: list[Link] = []
    tails: set[int] = set()
    heads: set[int] = set()
    rivals = _rivals(found)
    for link in sorted(found, key=lambda link: (-link.score, link.tail, link.head)):
        if link.tail in tails or link.head in heads:
            continue
        free = [other for other in rivals(link) if other.tail not in tails and other.head not in heads]
        if link.score >= APPLY and all(other.score <= link.score - _RIVAL for other in free):
            tails.add(link.tail)
            heads.add(link.head)
            chosen.append(replace(link, applied=True))
        else:
            chosen.append(link)
    settled = [link for link in chosen if link.applied or (link.tail not in tails and link.head not in heads)]
    left = _rivals(settled)
    tie = "another paragraph fits about as well, so nothing was applied"
    return [
        replace(link, evidence=(*link.evidence, tie)) if left(link) and not link.applied else link
        for link in sorted(settled, key=lambda link: (link.tail, link.head))
    ]


def _rivals(links: Iterable[Link]) -> Callable[[Link], list[Link]]:
    """Index links by their ends, and tell for one of them which others want the same end."""
    by_end: dict[tuple[str, int], list[Link]] = {}
    for link in links:
        by_end.setdefault(("tail", link.tail), []).append(link)
        by_end.setdefault(("head", link.head), []).append(link)

    def rivals(link: Link) -> list[Link]:
        ends = ("tail", link.tail), ("head", link.head)
        return [other for end in ends for other in by_end.get(end, ()) if other != link]

    return rivals


def _ruled(links: Sequence[Link], pieces: Sequence[Piece], rulings: Sequence[RepairRuling]) -> list[Link]:
    """Let the editor's word beat the evidence, and make the links that only the editor knows of."""
    at = {number: index for index, piece in enumerate(pieces) for number in piece.numbers}
    by_ends = {(link.tail, link.head): link for link in links}
    for ruling in rulings:
        ends = _ends(ruling, at)
        if ends is None:
            continue
        link = by_ends.get(ends)
        if ruling.decision == "apply":
            known = link or Link(*ends, 1.0, (), join=ruling.kind == "join")
            evidence = (*known.evidence, "ruled by the editor")
            by_ends[ends] = replace(
                known, applied=True, score=1.0, evidence=evidence, join=known.join or ruling.kind == "join"
            )
        elif link is not None and ruling.kind == "join" and link.is_far:
            by_ends[ends] = replace(link, join=False)
        elif link is not None:
            by_ends[ends] = replace(link, applied=False, evidence=(*link.evidence, "rejected by the editor"))
    ruled = {
        ends for ruling in rulings if ruling.decision == "apply" and (ends := _ends(ruling, at)) is not None
    }
    # A tail goes on once: what an editor applies displaces what the evidence chose.
    return [
        replace(link, applied=False) if link.applied and ends not in ruled and _shares(ends, ruled) else link
        for ends, link in sorted(by_ends.items())
    ]


def _ends(ruling: RepairRuling, at: dict[int, int]) -> tuple[int, int] | None:
    """Find the tail and the head a ruling speaks of."""
    numbers = ruling.paragraphs if ruling.kind == "join" else (ruling.after, *ruling.paragraphs[:1])
    if len(numbers) < 2:
        return None
    strange = next((number for number in numbers[:2] if number not in at), None)
    if strange is not None:
        raise RefusedInputError(
            f"A [[repairs]] ruling ({ruling.kind} {list(ruling.paragraphs)}) names paragraph {strange}, "
            "which is not speech in this file. See the numbers that inspect prints."
        )
    tail, head = (at[number] for number in numbers[:2] if number is not None)
    return tail, head


def _shares(ends: tuple[int, int], ruled: set[tuple[int, int]]) -> bool:
    return any(ends[0] == tail or ends[1] == head for tail, head in ruled)


def _acyclic(
    links: list[Link], pieces: Sequence[Piece], rulings: Sequence[RepairRuling]
) -> tuple[list[Link], list[tuple[int, ...]]]:
    """Put the blocks in order, without the weakest link of any ring: a ring has no beginning."""
    while True:
        applied = [link for link in links if link.applied]
        order = _chain(_blocks(pieces, applied, rulings), applied)
        placed = {index for block in order for index in block}
        ring = [link for link in applied if link.head not in placed]
        if not ring:
            return links, order
        weakest = min(ring, key=lambda link: link.score)
        links = [replace(link, applied=False) if link == weakest else link for link in links]


def _blocks(
    pieces: Sequence[Piece], applied: Sequence[Link], rulings: Sequence[RepairRuling]
) -> list[tuple[int, ...]]:
    """Cut the file where something may have been cut: at labels, far heads and far tails."""
    far = [link for link in applied if link.is_far]
    cuts = {link.head for link in far} | {link.tail + 1 for link in far}
    cuts |= {index for index, piece in enumerate(pieces) if piece.label is not None}
    moved = {ruling.paragraphs[-1] for ruling in rulings if ruling.kind == "move" and ruling.paragraphs}
    cuts |= {index + 1 for index, piece in enumerate(pieces) if moved & set(piece.numbers)}
    edges = sorted({0, len(pieces)} | {cut for cut in cuts if 0 < cut < len(pieces)})
    return [tuple(range(start, end)) for start, end in pairwise(edges)]


def _chain(blocks: Sequence[tuple[int, ...]], applied: Sequence[Link]) -> list[tuple[int, ...]]:
    """Put every block that continues another behind it; the rest keep their place."""
    by_head = {block[0]: block for block in blocks}
    follower = {link.tail: by_head[link.head] for link in applied if link.is_far}
    led = {block[0] for block in follower.values()}
    order: list[tuple[int, ...]] = []
    for root in blocks:
        block: tuple[int, ...] | None = root if root[0] not in led else None
        while block is not None:
            order.append(block)
            block = follower.get(block[-1])
    return order


def _moves(order: Sequence[tuple[int, ...]], links: Sequence[Link]) -> dict[Link, tuple[int, ...]]:
    """Tell which links need a move, by making one after the other from the file's order on."""
    current = sorted(order)
    follows = {link.tail: link for link in links if link.applied and link.is_far}
    moves: dict[Link, tuple[int, ...]] = {}
    for block in order:
        link = follows.get(block[-1])
        if link is None:
            continue
        led = next(other for other in order if other[0] == link.head)
        # Once its neighbour has moved out of the way, a block may already stand where it belongs.
        if current.index(led) != current.index(block) + 1:
            current.remove(led)
            current.insert(current.index(block) + 1, led)
            moves[link] = led
    return moves


def _report(
    pieces: Sequence[Piece], links: Sequence[Link], order: Sequence[tuple[int, ...]]
) -> tuple[Repair, ...]:
    """Say what was mended and what could be, a move before the join it makes possible."""
    repairs: list[tuple[int, Repair]] = []
    moves = _moves(order, links)
    for link in links:
        tail, head = pieces[link.tail].numbers[-1], pieces[link.head].numbers[0]
        confidence = round(min(link.score, 0.98), 2)
        where = min(tail, head)
        block = moves.get(link) if link.applied else _offered(pieces, link)
        if block:
            numbers = tuple(number for index in block for number in pieces[index].numbers)
            repairs.append((where, Repair("move", numbers, tail, link.applied, confidence, link.evidence)))
        if link.join:
            seam = link.evidence[:1] if block else link.evidence
            repairs.append((where, Repair("join", (tail, head), None, link.applied, confidence, seam)))
    return tuple(repair for _, repair in sorted(repairs, key=lambda pair: pair[0]))


def _offered(pieces: Sequence[Piece], link: Link) -> tuple[int, ...]:
    """What would have to move for *link*: from its head to the next label."""
    if not link.is_far:
        return ()
    end = link.head + 1
    while end < len(pieces) and pieces[end].label is None:
        end += 1
    return tuple(range(link.head, end))
