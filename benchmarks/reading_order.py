"""How well damaged newspaper pages are put back in order.

Clean transcripts (tests/data/transcripts/open) are set in columns and read back wrongly (newspaper.py,
written without sight of what repairs them). Even seeds are there to learn from; with ``--unseen`` the odd
ones are used, which are not to be looked into. A page is restored if its turns have the speakers and the
words of the clean transcript; a join is right if it joins what one clean paragraph held.

    python benchmarks/reading_order.py [--unseen]
"""

import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from newspaper import KINDS, Damaged, scramble, truth

from summarizer.transcript import read
from summarizer.values import Transcript

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests import corpus

SHORTEST = 1000  # characters of a transcript that fills a few columns
PAGES = 2  # of each kind from each transcript


def main() -> None:
    """Print what became of the pages of each kind, and how right the repairs at each confidence were."""
    parity = int("--unseen" in sys.argv)
    kinds: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    at_confidence: dict[float, Counter[bool]] = {}
    for name, paragraphs in transcripts():
        clean = turns(heard("\n\n".join(paragraphs)))
        for kind in KINDS:
            for number in range(PAGES):
                seed = zlib.crc32(f"{name} {kind} {number}".encode()) * 2 + parity
                page = scramble(paragraphs, seed=seed, kind=kind)
                transcript = heard(page.text())
                kinds[page.damage].update(figures(page, transcript, clean))
                for confidence, is_right in applied_joins(page, transcript):
                    at_confidence.setdefault(round(confidence, 1), Counter())[is_right] += 1
    columns = "pages", "restored", "breaks", "joined", "wrongly joined", "moved", "offered"
    print(f"{'':<12}" + "".join(f"{column:>15}" for column in columns))
    for kind, counted in kinds.items():
        print(f"{kind:<12}" + "".join(f"{counted[column]:>15}" for column in columns))
    for confidence, verdicts in sorted(at_confidence.items()):
        share = verdicts[True] / verdicts.total()
        print(f"joins applied at {confidence}: {verdicts.total()}, right {share:.3f}")


def transcripts() -> Iterator[tuple[str, list[str]]]:
    """The clean transcripts that are long enough: a name and the paragraphs of each."""
    for structure in corpus.expected("open"):
        path = corpus.source(structure)
        transcript = read(path.read_bytes(), path=path.name)
        paragraphs = [paragraph.text for paragraph in transcript.paragraphs]
        if path.suffix == ".txt" and not transcript.repairs and sum(map(len, paragraphs)) >= SHORTEST:
            yield structure.stem, paragraphs


def heard(text: str) -> Transcript:
    """Read the text of a page."""
    return read(f"{text}\n".encode(), path="page.txt")


def turns(transcript: Transcript) -> list[tuple[str, str]]:
    """Who says what, without white space: a turn's words count, not how they are cut into paragraphs."""
    names = {speaker.id: speaker.name for speaker in transcript.speakers}
    said = ((turn.speaker, "".join(passage.text for passage in turn.passages)) for turn in transcript.turns)
    return [(names[speaker], "".join(words.split())) for speaker, words in said]


def figures(page: Damaged, transcript: Transcript, clean: Sequence[tuple[str, str]]) -> dict[str, int]:
    """What is counted of one page."""
    joins = [is_right for _, is_right in applied_joins(page, transcript)]
    return {
        "pages": 1,
        "restored": turns(transcript) == clean,
        "breaks": len(breaks(page)),
        "joined": sum(joins),
        "wrongly joined": len(joins) - sum(joins),
        "moved": sum(repair.applied and repair.kind == "move" for repair in transcript.repairs),
        "offered": sum(not repair.applied for repair in transcript.repairs),
    }


def breaks(page: Damaged) -> set[tuple[int, int]]:
    """The paragraphs of a page, numbered from 1, that one clean paragraph was broken into: left and right."""
    return {(left + 1, right + 1) for group in truth(page) for left, right in pairwise(group)}


def applied_joins(page: Damaged, transcript: Transcript) -> Iterator[tuple[float, bool]]:
    """Each join that was made: its confidence, and whether it is right."""
    right = breaks(page)
    for repair in transcript.repairs:
        if repair.applied and repair.kind == "join":
            yield repair.confidence, repair.paragraphs in right


if __name__ == "__main__":
    main()
