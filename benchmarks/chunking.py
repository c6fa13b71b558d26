"""Our chunks beside those of four libraries, on generated Chinese transcripts.

Everybody gets the same text, budget and tokenizer, in one run, each in a process of its own. The limit is one
pass of the tokenizer over the paragraphs. ``pip install -e '.[bench]'`` brings the libraries.

    python benchmarks/chunking.py [MEGABYTES ...]
"""

import multiprocessing
import random
import re
import resource
import sys
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from summarizer import chunking, tokens
from summarizer.values import Passage, Turn

BUDGET = 800
WORDS = re.findall(
    "..",
    "今年全市供水管网改造完成八成我们群众反映问题已经解决部门加强监督投入资金同比增长推进措施落实保障安全学校医院"
    "道路办理时间缩短平台数据企业服务来信答复公开",
)
SPEAKERS = ("市水务局局长韩冬青", "市教育局副局长沈秋白", "市卫生健康委主任米朗")
COLUMNS = (
    "MB/s",
    "of limit",
    "peak MB",
    "chunks",
    "cut sentence",
    "start in turn",
    "part mixed",
    "over",
    "lost",
)

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Text:
    """A transcript as one text, with the offsets of its turns and sentences."""

    turns: tuple[Turn, ...]
    text: str
    starts: tuple[int, ...]  # of turns
    ends: frozenset[int]  # of sentences

    @property
    def megabytes(self) -> float:
        """Its size in UTF-8."""
        return len(self.text.encode()) / 1e6


def generated(megabytes: int) -> Text:
    """Questions and answers of one to six passages, some of them long."""
    rng = random.Random(megabytes)
    turns, parts, starts, ends = [], [], [], set()
    at = size = number = 0
    while size < megabytes * 1_000_000:
        for speaker in ("记者", rng.choice(SPEAKERS)):
            starts.append(at)
            passages = []
            for place in range(1 if speaker == "记者" else rng.randint(1, 6)):
                number += 1
                said = "".join(_sentence(rng) for _ in range(rng.randint(1, 3 if speaker == "记者" else 9)))
                said = f"{speaker}：{said}" if place == 0 else said
                ends |= {at + n + 1 for n, char in enumerate(said) if char in "。？"}
                parts.append(f"{said}\n\n")
                at += len(parts[-1])
                size += len(parts[-1].encode())
                passages.append(Passage(f"p{number}", (number,), said))
            turns.append(Turn(speaker, (), tuple(passages)))
    return Text(tuple(turns), "".join(parts), tuple(starts), frozenset(ends))


def _sentence(rng: random.Random) -> str:
    clauses = ("".join(rng.choices(WORDS, k=rng.randint(3, 9))) for _ in range(rng.randint(1, 4)))
    return "，".join(clauses) + rng.choice("。。。？")


def ours(text: Text) -> Spans:
    """Chunks of turns."""
    found = chunking.split(
        text.turns, budget=BUDGET, count_tokens=tokens.count, questioners=frozenset(("记者",))
    )
    spans, at = [], 0
    for chunk in found:
        start = at
        for passage in (passage for turn in chunk.turns for passage in turn.passages):
            at = text.text.index(passage.text, at) + len(passage.text)
        spans.append((start, at))
    return spans


def limit(text: Text) -> Spans:
    """One pass of the tokenizer, without any chunk."""
    for turn in text.turns:
        for passage in turn.passages:
            tokens.count(passage.text)
    return []


def semchunk(text: Text) -> Spans:
    """Of semchunk."""
    import semchunk

    return _located(text, semchunk.chunkerify(tokens.count, BUDGET)(text.text))


def semantic_text_splitter(text: Text) -> Spans:
    """Of semantic-text-splitter."""
    from semantic_text_splitter import TextSplitter

    return _located(text, TextSplitter.from_callback(tokens.count, BUDGET).chunks(text.text))


def langchain(text: Text) -> Spans:
    """Of langchain-text-splitters, told of Chinese marks."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    marks = ["\n\n", "\n", "。", "？", "，", ""]
    splitter = RecursiveCharacterTextSplitter(
        separators=marks, chunk_size=BUDGET, chunk_overlap=0, length_function=tokens.count
    )
    return _located(text, splitter.split_text(text.text))


def chonkie(text: Text) -> Spans:
    """Of chonkie."""
    from chonkie import RecursiveChunker

    chunks = RecursiveChunker(tokenizer=tokens.encoding(), chunk_size=BUDGET).chunk(text.text)
    return [(chunk.start_index, chunk.end_index) for chunk in chunks]


CHUNKERS: tuple[Callable[[Text], Spans], ...] = (
    limit,
    ours,
    semchunk,
    semantic_text_splitter,
    langchain,
    chonkie,
)


def _located(text: Text, chunks: list[str]) -> Spans:
    spans, at = [], 0
    for chunk in chunks:
        start = text.text.find(chunk.strip(), at)
        if start >= 0:
            at = start + len(chunk.strip())
            spans.append((start, at))
    return spans


def faults(text: Text, spans: Spans) -> tuple[int, ...]:
    """Chunks that cut a sentence, start inside a turn, mix a part with others, are over; characters lost."""
    cut = inside = mixed = over = 0
    covered = 0
    for left, right in spans:
        said = text.text[left:right].strip()
        covered += len("".join(said.split()))
        start = text.text.index(said, left)
        end = start + len(said)
        cut += end not in text.ends
        first, last = bisect_right(text.starts, start) - 1, bisect_right(text.starts, end - 1) - 1
        opens = text.starts[first] == start
        after = text.starts[last + 1] if last + 1 < len(text.starts) else len(text.text)
        closes = not text.text[end:after].strip()
        inside += not opens
        mixed += first != last and not (opens and closes)
        over += sum(tokens.count(paragraph) for paragraph in said.split("\n\n")) > BUDGET
    return cut, inside, mixed, over, len("".join(text.text.split())) - covered


def measured(name: str, megabytes: int) -> tuple[float, float, int, tuple[int, ...]]:
    """Run one chunker: seconds, peak megabytes above what the text took, chunks, faults."""
    text = generated(megabytes)
    tokens.count("我们")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    spans = globals()[name](text)
    seconds = time.perf_counter() - start
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return seconds, peak, len(spans), faults(text, spans) if spans else ()


def main() -> None:
    """Print one table a size."""
    for megabytes in [int(argument) for argument in sys.argv[1:]] or [1, 10]:
        size = generated(megabytes).megabytes
        print(f"\n{megabytes} MB, {BUDGET} tokens a chunk")
        print(f"{'':<24}" + "".join(f"{column:>15}" for column in COLUMNS))
        fastest = None
        for chunker in CHUNKERS:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, peak, chunks, counted = pool.apply(measured, (chunker.__name__, megabytes))
            fastest = fastest or seconds
            row = f"{size / seconds:.2f}", f"{fastest / seconds:.2f}", f"{peak:.0f}", chunks, *counted
            print(f"{chunker.__name__:<24}" + "".join(f"{value!s:>15}" for value in row))
        fewest = _fewest(generated(megabytes))
        print(f"the fewest chunks of whole turns: {fewest}")


def _fewest(text: Text) -> int:
    chunks, size = 0, BUDGET
    for turn in text.turns:
        spoken = sum(tokens.count(passage.text) for passage in turn.passages)
        whole, rest = divmod(spoken, BUDGET)
        if size + spoken <= BUDGET:
            size += spoken
        else:
            chunks += 1 + (whole if rest else whole - 1)
            size = spoken if not whole else BUDGET
    return chunks


if __name__ == "__main__":
    main()
