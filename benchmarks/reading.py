"""How well and how fast transcripts are read.

Quality: thirty transcripts in as many conventions (tests/data/transcripts), written without
sight of the reader; the score of one is F1 over the pairs (speaker, opening words) of its
turns. Speed: generated text of growing size, one paragraph a turn and all in one paragraph.

    python benchmarks/reading.py
"""

import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from summarizer.transcript import read
from summarizer.values import Transcript

DATA = Path(__file__).parent.parent / "tests" / "data" / "transcripts"
OPENING = 8  # characters that tell one turn from another
EXCHANGE = (
    "北岸晚报记者：请问今年全市的水价会不会上涨？市民都很关心这个问题，能否介绍一下情况？\n\n"
    "市水务局局长韩冬青：谢谢您的提问。今年的水价不会上涨。我们主要做了三方面的工作：一是清淤，二是节水，三是补贴。"
    "全市共投入5.2万余元，比去年增长12.3%，其中近180万人受益。\n\n"
    "下一步，我们将继续推进各项改革措施落实到位，切实保障群众的用水安全和合法权益。\n\n"
)


def main() -> None:
    """Print both tables."""
    for split in ("open", "sealed"):
        scores = [(path.stem, *score(path)) for path in sorted((DATA / split).glob("*.toml"))]
        if not scores:
            continue
        if "-v" in sys.argv:
            for stem, value, convention in scores:
                print(f"  {stem} {value:.3f} {convention}")
        mean = sum(value for _, value, _ in scores) / len(scores)
        print(f"{split:<8} {len(scores):>3} transcripts, mean F1 {mean:.3f}")
    print(f"\n{'MB':>5} {'turns':>7} {'s':>6} {'one paragraph, s':>17}")
    for megabytes in (1, 2, 4, 8):
        text = EXCHANGE * (megabytes * 1_000_000 // len(EXCHANGE.encode()))
        turns, spread = timed(text)
        _, dense = timed(text.replace("\n", ""))
        print(f"{megabytes:>5} {turns:>7} {spread:>6.2f} {dense:>17.2f}")


def score(expected: Path) -> tuple[float, str]:
    """F1 of one transcript, and what is special about it."""
    known = tomllib.loads(expected.read_text(encoding="utf-8"))
    source = next(path for path in expected.parent.glob(f"{expected.stem}.*") if path != expected)
    found = turns_of(read(source.read_bytes(), path=source.name))
    wanted = Counter((key(turn["speaker"]), key(turn["opens"])[:OPENING]) for turn in known["turns"])
    right = sum((wanted & found).values())
    return 2 * right / (sum(wanted.values()) + sum(found.values())), known["convention"]


def turns_of(transcript: Transcript) -> Counter[tuple[str, str]]:
    """Count the pairs (speaker, opening words) of a transcript."""
    names = {speaker.id: speaker.name for speaker in transcript.speakers}
    return Counter(
        (key(names[turn.speaker]), key("".join(passage.text for passage in turn.passages))[:OPENING])
        for turn in transcript.turns
    )


def key(words: str) -> str:
    """Words without white space and marks, which nobody hears."""
    return "".join(character for character in words if character.isalnum())


def timed(text: str) -> tuple[int, float]:
    """Read *text*; how many turns, and seconds."""
    data: Any = text.encode()
    start = time.perf_counter()
    transcript = read(data, path="generated.txt")
    return len(transcript.turns), time.perf_counter() - start


if __name__ == "__main__":
    main()
