"""How well and how fast transcripts are read.

Quality: transcripts in as many conventions (tests/data/transcripts), written without sight
of the reader; the score of one is F1 over the pairs (speaker, opening words) of its turns
(tests/corpus.py). Speed: generated text of growing size, one paragraph a turn and all in one paragraph.

    python benchmarks/reading.py
"""

import sys
import time
from pathlib import Path

from summarizer.transcript import read

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests import corpus

FRAGMENTS = 50_000
SENTENCE = "下一步我们将继续推进各项改革措施落实到位切实保障群众的用水安全"
EXCHANGE = (
    "北岸晚报记者：请问今年全市的水价会不会上涨？市民都很关心这个问题，能否介绍一下情况？\n\n"
    "市水务局局长韩冬青：谢谢您的提问。今年的水价不会上涨。我们主要做了三方面的工作：一是清淤，二是节水，三是补贴。"
    "全市共投入5.2万余元，比去年增长12.3%，其中近180万人受益。\n\n"
    "下一步，我们将继续推进各项改革措施落实到位，切实保障群众的用水安全和合法权益。\n\n"
)


def main() -> None:
    """Print both tables."""
    for split in ("open", "sealed"):
        scores = [corpus.score(structure) for structure in corpus.expected(split)]
        for one in scores if "-v" in sys.argv else ():
            print(f"  {one.name} {one.f1:.3f} {one.convention}")
        mean = sum(one.f1 for one in scores) / len(scores)
        print(f"{split:<8} {len(scores):>3} transcripts, mean F1 {mean:.3f}")
    print(f"\n{'MB':>5} {'turns':>7} {'s':>6} {'one paragraph, s':>17}")
    for megabytes in (1, 2, 4, 8):
        text = EXCHANGE * (megabytes * 1_000_000 // len(EXCHANGE.encode()))
        turns, spread = timed(text)
        _, dense = timed(text.replace("\n", ""))
        print(f"{megabytes:>5} {turns:>7} {spread:>6.2f} {dense:>17.2f}")
    broken = "\n\n".join(SENTENCE[: 20 + n % 7] + "。" * (n % 3 > 0) for n in range(FRAGMENTS))
    print(f"{FRAGMENTS} fragments, a third of them broken off: {timed(broken)[1]:.2f} s")
    single = broken.replace("。", "").replace("\n\n", "。\n\n").replace("。", "", 1)
    print(f"{FRAGMENTS} fragments, one of them broken off: {timed(single)[1]:.2f} s")


def timed(text: str) -> tuple[int, float]:
    """Read *text*; how many turns, and seconds."""
    data = text.encode()
    start = time.perf_counter()
    transcript = read(data, path="generated.txt")
    return len(transcript.turns), time.perf_counter() - start


if __name__ == "__main__":
    main()
