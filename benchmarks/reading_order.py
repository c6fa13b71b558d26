"""How well damaged newspaper pages are put back in order.

Clean transcripts (tests/data/transcripts/open) are set in columns and read back wrongly (newspaper.py,
written without sight of what repairs them), the end of one answer is moved behind another's, or two full
stops are lost (displaced.py). Even seeds are there to learn from; with ``--unseen`` the odd ones are used,
which are not to be looked into.

A page is restored if its turns have the speakers and the words of the clean transcript; a join is right if it
joins what one clean paragraph held. An editor is told of a page if something is left for them to decide. A
paragraph is misattributed if it has a speaker whom the clean transcript does not give it, and by repair if
it has that speaker only when mended.

    python benchmarks/reading_order.py [--unseen]
"""

import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import displaced
from newspaper import KINDS, Damaged, scramble, truth

from summarizer.transcript import read
from summarizer.values import Transcript

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests import corpus

DAMAGED = frozenset(("28", "47", "57", "62"))  # broken on purpose by whoever wrote them
SHORTEST = 1000  # characters of a transcript that fills a few columns
PAGES = 2  # of each kind from each transcript
COLUMNS = (
    "pages restored breaks joined misjoined moved told misattributed by-repair".split()  # noqa: SIM905
)


def main() -> None:
    """Print what became of the pages of each kind, and how right the repairs at each confidence were."""
    parity = int("--unseen" in sys.argv)
    kinds: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, *displaced.KINDS)}
    at_confidence: dict[tuple[str, float], Counter[bool]] = {}
    clean = {name: heard("\n\n".join(paragraphs)) for name, paragraphs in transcripts()}
    for name, page in named_pages(parity):
        transcript = heard(page.text())
        kinds[page.damage].update(figures(page, transcript, clean[name]))
        for place, confidence, is_right in applied_joins(page, transcript):
            at_confidence.setdefault((place, int(confidence * 20) / 20), Counter())[is_right] += 1
    print(f"{'':<12}" + "".join(f"{column:>14}" for column in COLUMNS))
    for kind, counted in kinds.items():
        print(f"{kind:<12}" + "".join(f"{counted[column]:>14}" for column in COLUMNS))
    for (place, confidence), verdicts in sorted(at_confidence.items()):
        share = verdicts[True] / verdicts.total()
        print(f"{place} joins at {confidence:.2f} and above: {verdicts.total()}, right {share:.3f}")


def transcripts() -> Iterator[tuple[str, list[str]]]:
    """The clean transcripts that are long enough: a name and the paragraphs of each."""
    for structure in corpus.expected("open"):
        name, path = structure.stem, corpus.source(structure)
        transcript = read(path.read_bytes(), path=path.name)
        paragraphs = [paragraph.text for paragraph in transcript.paragraphs]
        if path.suffix == ".txt" and name not in DAMAGED and sum(map(len, paragraphs)) >= SHORTEST:
            yield name, paragraphs


def named_pages(parity: int) -> Iterator[tuple[str, Damaged]]:
    """The generated pages with the names of their transcripts.

    Args:
        parity: 0 for the pages to learn from, 1 for those that are only measured.
    """
    for name, paragraphs in transcripts():
        for number in range(PAGES):
            for kind in KINDS:
                yield name, scramble(paragraphs, seed=_seed(name, kind, number, parity), kind=kind)
            clean = heard("\n\n".join(paragraphs))
            seed = _seed(name, displaced.DISPLACED, number, parity)
            page = displaced.displace(paragraphs, clean, seed=seed)
            if page is not None:
                yield name, page
            yield name, displaced.forget(paragraphs, seed=_seed(name, displaced.FORGETFUL, number, parity))


def _seed(name: str, kind: str, number: int, parity: int) -> int:
    return zlib.crc32(f"{name} {kind} {number}".encode()) * 2 + parity


def heard(text: str, *, repair: bool = True) -> Transcript:
    """Read the text of a page."""
    return read(f"{text}\n".encode(), path="page.txt", repair=repair)


def turns(transcript: Transcript) -> list[tuple[str, str]]:
    """Who says what, without white space: a turn's words count, not how they are cut into paragraphs."""
    names = {speaker.id: speaker.name for speaker in transcript.speakers}
    said = ((turn.speaker, "".join(passage.text for passage in turn.passages)) for turn in transcript.turns)
    return [(names[speaker], "".join(words.split())) for speaker, words in said]


def _without_stops(transcript: Transcript) -> list[tuple[str, str]]:
    return [(name, words.replace("。", "")) for name, words in turns(transcript)]


def figures(page: Damaged, transcript: Transcript, clean: Transcript) -> dict[str, int]:
    """What is counted of one page."""
    joins = [is_right for _, _, is_right in applied_joins(page, transcript)]
    wrong = misattributed(page, transcript, clean)
    before = misattributed(page, heard(page.text(), repair=False), clean) if transcript.repairs else wrong
    return {
        "pages": 1,
        "restored": _without_stops(transcript) == _without_stops(clean),
        "breaks": len(breaks(page)),
        "joined": sum(joins),
        "misjoined": len(joins) - sum(joins),
        "moved": sum(repair.applied and repair.kind == "move" for repair in transcript.repairs),
        "told": bool(transcript.broken_off) or any(not repair.applied for repair in transcript.repairs),
        "misattributed": len(wrong),
        "by-repair": len(wrong - before),
    }


def breaks(page: Damaged) -> set[tuple[int, int]]:
    """The paragraphs of a page, numbered from 1, that one clean paragraph was broken into: left and right."""
    return {(left + 1, right + 1) for group in truth(page) for left, right in pairwise(group)}


def applied_joins(page: Damaged, transcript: Transcript) -> Iterator[tuple[str, float, bool]]:
    """Each join that was made: near or moved, its confidence, and whether it is right."""
    right = breaks(page)
    for repair in transcript.repairs:
        if repair.applied and repair.kind == "join":
            is_moved = any(move.after == repair.paragraphs[0] and move.applied for move in transcript.repairs)
            yield "moved" if is_moved else "near", repair.confidence, repair.paragraphs in right


def misattributed(page: Damaged, transcript: Transcript, clean: Transcript) -> set[int]:
    """The paragraphs of a page that have a speaker whom the clean transcript does not give them."""
    right, heard_here = speakers(clean), speakers(transcript)
    sources = {at: fragment.source for at, fragment in enumerate(page.fragments, start=1)}
    return {
        number
        for number, names in heard_here.items()
        if (source := sources.get(number)) is not None
        and source + 1 in right
        and not names <= right[source + 1]
    }


def speakers(transcript: Transcript) -> dict[int, set[str]]:
    """The names of who speaks in each paragraph."""
    names = {speaker.id: speaker.name for speaker in transcript.speakers}
    found: dict[int, set[str]] = {}
    for turn in transcript.turns:
        for passage in turn.passages:
            for number in passage.paragraphs:
                found.setdefault(number, set()).add(names[turn.speaker])
    return found


if __name__ == "__main__":
    main()
