"""How the scheduled job scales: ``python -m benchmarks.update unchanged|new [N]``.

``unchanged``: a folder of N transcripts whose pages are of them (default 10,000): seconds, peak memory, what
was written. ``new``: N new short transcripts (default 1,000) against a loopback endpoint in a process of its
own that takes 200 ms a call, 64 at once: makespan over the ideal, peak memory, processor time a transcript.
``growth``: ``unchanged`` at 100, 1,000 and 10,000.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.endpoint import Manner, serving
from tests import model
from tests.loopback import completion
from tests.pairs import name

ENDS = ("written", "needs-review", "partly-failed", "refused")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
TOPICS = {
    "粮食收购": "grain purchases",
    "河道治理": "river management",
    "老旧小区改造": "the renovation of old neighborhoods",
    "职业教育": "vocational education",
    "冷链物流": "cold-chain logistics",
    "公交线网": "bus routes",
}
_QUESTION = re.compile(r"请问今年(.+?)的进展如何？（第(\d+)号）")
_ANSWER = re.compile(r"全市(.+?)已投入资金(\d+)万元，同比增长(\d+)%，惠及群众(\d+)户")


def transcript(number: int) -> str:
    """A short press conference: one question, one answer, a few figures; no two are the same."""
    rng = random.Random(number)
    name = rng.choice(SURNAMES) + rng.choice("明华建国志强") + rng.choice("平军勇杰敏")
    topic = rng.choice(list(TOPICS))
    first, second, third = rng.randrange(1000, 99999), rng.randrange(2, 99), rng.randrange(100, 9999)
    return (
        f"记者：请问今年{topic}的进展如何？（第{number}号）\n\n"
        f"{name}：截至目前，全市{topic}已投入资金{first}万元，同比增长{second}%，惠及群众{third}户。"
        f"下一步，我们将继续推进{topic}工作，确保年底前完成全部任务。\n"
    )


def reply(body: dict[str, Any]) -> dict[str, Any]:
    """Answer a request about such a transcript as a good model would."""
    material = json.loads(body["messages"][-1]["content"])
    if name(body) != "translate":
        return model.reply(body)
    rows = [{"id": p["id"], "sentences": english(p["zh"])} for p in material["passages"]]
    return completion(json.dumps({"segments": rows}))


def english(source: str) -> list[str]:
    """The English of a passage of :func:`transcript`."""
    if asked := _QUESTION.search(source):
        return [f"May I ask how {TOPICS[asked[1]]} are progressing this year? (No. {asked[2]})"]
    told = _ANSWER.search(source)
    topic, millions = TOPICS[told[1]], int(told[2]) / 100
    done = f"invested {millions:,.2f} million yuan in {topic}, up {told[3]} percent year on year"
    plan = f"we will continue to advance work on {topic}"
    return [
        f"To date, the city has {done}, and {int(told[4]):,} households have benefited.",
        f"As the next step, {plan} and ensure that all tasks are completed before the end of the year.",
    ]


@dataclass(frozen=True, slots=True)
class Measured:
    """One update: seconds, seconds of the processor, megabytes at its peak, and its report's totals."""

    seconds: float
    processor: float
    peak: float
    totals: dict[str, Any]


def run(project: Path, *arguments: str) -> Measured:
    """Run one update of a project in a process of its own."""
    report = project / "run.json"
    command = [sys.executable, "-m", "summarizer", "update", "seeds", "--report", str(report), *arguments]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    ours = ("OPENAI", "SUMMARIZER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    kept |= {"XDG_CACHE_HOME": str(project / "cache"), "PYTHONPATH": str(Path(__file__).parent.parent)}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=project, env=kept, **quiet)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, totals)


def unchanged(number: int) -> None:
    """Time a folder in which nothing changed."""
    with tempfile.TemporaryDirectory() as place:
        project = folder(Path(place), number)
        run(project, "--without-model", "--settle", "0")
        before = _pages(project)
        found = run(project, "--without-model")
        written = len(_pages(project).items() ^ before.items())
    passed, sent = found.totals.get("unchanged", 0), found.totals["requests_sent"]
    print(
        f"{number:>6} unchanged: {found.seconds:.2f} s, {found.processor:.2f} s of processor, peak "
        f"{found.peak:.0f} MB; {passed} passed, {sent} requests, {written} files written"
    )


def new(number: int) -> None:
    """Time a folder in which everything is new."""
    delay, at_once = 0.2, 64
    with tempfile.TemporaryDirectory() as place, serving(Manner(delay, "short")) as server:
        project = folder(Path(place), number)
        found = run(project, "--base-url", server.url, "--concurrency", str(at_once), "--settle", "0")
    sent = found.totals["requests_sent"]
    ideal = sent * delay / at_once
    ends = {name: found.totals[name] for name in ENDS if found.totals.get(name)}
    print(
        f"{number:>6} new: {found.seconds:.1f} s for {sent} requests, ideal {ideal:.1f} s "
        f"({found.seconds / ideal:.2f}); {found.processor / number * 1000:.0f} ms of processor a transcript; "
        f"peak {found.peak:.0f} MB; {ends}"
    )


def _pages(project: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (project / "output").iterdir()}


def folder(project: Path, number: int) -> Path:
    """A project with so many transcripts."""
    (project / "seeds").mkdir()
    for index in range(number):
        (project / "seeds" / f"talk-{index:05}.txt").write_text(transcript(index), encoding="utf-8")
    return project


def main() -> None:
    """Measure what the command line names."""
    what, *rest = sys.argv[1:] or ["unchanged"]
    if what == "growth":
        for number in (100, 1_000, 10_000):
            unchanged(number)
    elif what == "new":
        new(int(rest[0]) if rest else 1_000)
    else:
        unchanged(int(rest[0]) if rest else 10_000)


if __name__ == "__main__":
    main()
