"""File order to reading order: mend what column extraction broke, on evidence.

Loose tails (a paragraph that breaks off) are matched with orphaned heads, all of the document at once, and
"leave it" is always among the choices. A link is applied from the probability at which it was nearly always
right on generated pages: :data:`JOIN` where nothing moves, :data:`MOVE` where words would change their place
and perhaps their speaker. One below that is reported and changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.errors import RefusedInputError
from summarizer.transcript.matching import Link, match
from summarizer.transcript.places import Piece
from summarizer.values import Repair, RepairRuling

JOIN = 0.75  # the probability from which the next paragraph is joined
MOVE = 0.9  # the probability from which a block is moved
_RIVAL = 0.5  # of a probability: a rival this near fits about as well


@dataclass(frozen=True, slots=True)
class Order:
    """The pieces in reading order, which of them continue the piece before, and what was mended."""

    indexes: tuple[int, ...]  # of the pieces, in reading order; what stays set aside is not among them
    joined: frozenset[int]  # indexes of the pieces that continue the passage before them
    repairs: tuple[Repair, ...]
    broken_off: tuple[int, ...]  # numbers of paragraphs that go on somewhere, nobody knows where


def restore(pieces: Sequence[Piece], *, rulings: Iterable[RepairRuling] = (), repair: bool = True) -> Order:
    """Put *pieces* into reading order.

    Args:
        pieces: Labels and speech, in file order.
        rulings: What an editor decided; it beats the evidence.
        repair: Whether to apply anything; candidates are reported either way.
    """
    rulings = tuple(rulings)
    matching = match(pieces)
    links = _choose(matching.links)
    if not repair:
        links = [replace(link, applied=False) for link in links]
    links, order = _acyclic(_ruled(links, pieces, rulings), pieces, rulings)
    heads = {link.head for link in links if link.applied and link.is_far}
    continued = {link.tail for link in links if link.applied}
    spoken = [block if block[0] in heads else _speech(block, pieces) for block in order]
    return Order(
        tuple(index for block in spoken for index in block),
        frozenset(link.head for link in links if link.applied and link.join),
        _report(pieces, links, order),
        tuple(pieces[tail].numbers[-1] for tail in sorted(matching.astray - continued)),
    )


def _speech(block: tuple[int, ...], pieces: Sequence[Piece]) -> tuple[int, ...]:
    return tuple(index for index in block if not pieces[index].is_set_aside)


def _choose(found: Sequence[Link]) -> list[Link]:
    """Apply the sure links, and say of the others where another fits about as well.

    The probabilities of one tail, or of one head, add up to 1 at most: two sure links never share an end.
    """
    tie = "another paragraph fits about as well, so nothing was applied"
    chosen = []
    for link in found:
        rivals = (other for other in found if other != link and _meet(other, link))
        if link.score >= (MOVE if link.is_far else JOIN):
            chosen.append(replace(link, applied=True))
        elif any(other.score >= link.score * _RIVAL for other in rivals):
            chosen.append(replace(link, evidence=(*link.evidence, tie)))
        else:
            chosen.append(link)
    return chosen


def _meet(one: Link, other: Link) -> bool:
    return one.tail == other.tail or one.head == other.head


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
