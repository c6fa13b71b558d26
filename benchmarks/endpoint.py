"""How well an endpoint is asked, against one of our own on 127.0.0.1, in a process of its own.

    python -m benchmarks.endpoint [a|b|c|d|e|f|g ...]

a  makespan of many slow requests        b  processor time of the client     c  an endpoint that refuses
d  prompt tokens of a whole brief        e  a rerun that asks nothing        f  kill -9 at random moments
g  a cold brief at 300 ms a call

Run it from the root; it needs no key. Whole briefs run on a copy of the package in a temporary folder.
"""

import asyncio
import contextlib
import functools
import hashlib
import itertools
import json
import math
import multiprocessing
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from summarizer import batch, library, tokens
from summarizer.asking import Asking, Watch
from summarizer.cache import AnswerCache
from summarizer.flow import Flow
from summarizer.gate import Gate
from summarizer.llm import Endpoint
from summarizer.provenance import request_key
from summarizer.purse import Purse
from summarizer.values import Request
from tests import model, pairs
from tests.loopback import completion

ROOT = Path(__file__).resolve().parent.parent
SLUG = "000_0d15fb7c8aabcb91"
SEED = f"seeds/{SLUG}.txt"
TALK = "seeds/talk.txt"
REQUESTS = 200
LONG = 100_000  # bytes of the long transcript
LANGCHAIN = 4.0  # seconds that a langchain pipeline with a cache took for it, measured elsewhere


# --- the server --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Manner:
    """How the server answers: after how many seconds, what, how many at once, and what it tells the rest."""

    delay: float = 0.0
    answers: str = "fixed"  # or "seed", or "short", or as many bytes of tests/data/checks/open
    admits: int | None = None
    retry_after: str | None = None


@dataclass
class Call:
    """One request as the server saw it; the times are of the clock that all processes share."""

    body: bytes
    arrived: float
    status: int = 200
    ended: float | None = None
    is_written: bool = False  # the answer, to a client that was still there

    @property
    def digest(self) -> str:
        """What was asked."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass
class Server:
    """The endpoint."""

    manner: Manner
    running: int = 0
    calls: list[Call] = field(default_factory=list)

    async def serve(self, pipe: Connection) -> None:
        """Answer until the other end of *pipe* is closed; hand over the calls when asked."""
        self._compose = composer(self.manner.answers)
        server = await asyncio.start_server(self._converse, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        with contextlib.suppress(EOFError):
            while True:
                await asyncio.to_thread(pipe.recv)
                calls, self.calls = self.calls, []
                pipe.send(calls)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = re.search(rb"(?i)content-length: *(\d+)", head)
                call = Call(await reader.readexactly(int(size[1]) if size else 0), time.monotonic())
                self.calls.append(call)
                writer.write(await self._answer(call))
                await writer.drain()
                call.is_written = not reader.at_eof()
                call.ended = time.monotonic()
        writer.close()

    async def _answer(self, call: Call) -> bytes:
        if self.manner.admits is not None and self.running >= self.manner.admits:
            call.status = 429
            wait = f"retry-after: {self.manner.retry_after}\r\n" if self.manner.retry_after else ""
            return written(b'{"error": {"message": "slow down"}}', "429 Too Many Requests", wait)
        self.running += 1
        answer = written(self._compose(call.body))
        await asyncio.sleep(call.arrived + self.manner.delay - time.monotonic())
        self.running -= 1
        return answer


def written(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    """An HTTP response."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def composer(answers: str) -> Callable[[bytes], bytes]:
    """What answers a body."""
    if answers == "fixed":
        fixed = json.dumps(completion("Work went on as planned. " * 120)).encode()
        return lambda _: fixed
    reply: Callable[[dict[str, Any]], Any]
    if answers == "short":
        from benchmarks.update import reply
    elif answers == "seed":
        known = {line.key: line.body for line in batch.read(recorded_answers().read_text(encoding="utf-8"))}

        def reply(body: dict[str, Any]) -> Any:
            return known[request_key(Request(SLUG, pairs.name(body), (), body))]
    else:
        reply = Pages(int(answers)).reply
    return lambda body: json.dumps(reply(json.loads(body)), ensure_ascii=False).encode()


def recorded_answers() -> Path:
    """Those of the seed."""
    return ROOT / "cassettes" / "answers" / f"{SLUG}.jsonl"


class Pages(pairs.Pairs):
    """The pages of tests/data/checks/open, one behind the other and again, up to a size, as one talk."""

    def __init__(self, size: int) -> None:
        """Join pages until the transcript has *size* bytes."""
        self.page = {"paragraphs": [], "speakers": [], "people": [], "claims": []}
        names = sorted(path.stem for path in pairs.PAGES.glob("*.json"))
        for name in itertools.cycle(names):
            self._add(pairs.Pairs(name).page)
            if len(self.transcript().encode()) >= size:
                break
        self._english = {row["zh"]: row["en"] for row in self.page["paragraphs"]}

    def _add(self, page: dict[str, Any]) -> None:
        before = len(self.page["paragraphs"])
        known = {row["id"] for row in self.page["speakers"]}
        self.page["paragraphs"] += page["paragraphs"]
        self.page["speakers"] += [row for row in page["speakers"] if row["id"] not in known]
        self.page["people"] += [row for row in page["people"] if row not in self.page["people"]]
        self.page["claims"] += [
            row | {"cites": [before + number for number in row["cites"]]} for row in page["claims"]
        ]

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer a request; what the pages do not have (a part of a passage) by rule."""
        try:
            return super().answer(body)
        except KeyError:
            return model.ANSWERS[pairs.name(body)](json.loads(body["messages"][-1]["content"]))


class Loopback(NamedTuple):
    """The server as its parent sees it."""

    url: str
    pipe: Connection

    def calls(self) -> list[Call]:
        """The calls since this was last asked."""
        self.pipe.send("calls")
        found: list[Call] = self.pipe.recv()
        return found


@contextlib.contextmanager
def serving(manner: Manner) -> Iterator[Loopback]:
    """Run a server."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(manner, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Loopback(f"http://127.0.0.1:{ours.recv()}/v1", ours)
    finally:
        ours.close()
        process.join(10)


def _serve(manner: Manner, pipe: Connection) -> None:
    asyncio.run(Server(manner).serve(pipe))


# --- clients -----------------------------------------------------------------------------------


@functools.cache  # their making is nobody's time
def bodies(number: int) -> list[dict[str, Any]]:
    """As many different requests, each of the size of a translation."""
    system = library.templates()["translate"].text
    rng = random.Random(number)
    return [
        {
            "model": "loopback-1",
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": "".join(rng.choices("今年全市供水管网改造完成八成。", k=900))},
            ],
        }
        for _ in range(number)
    ]


def requests(number: int) -> list[Request]:
    """The same, as ours."""
    return [Request("talk", "translate", ("p1",), body) for body in bodies(number)]


async def gathered(work: Iterator[Awaitable[Any]]) -> int:
    """Wait for all of *work*; gives how many failed."""
    results = await asyncio.gather(*work, return_exceptions=True)
    return sum(isinstance(result, BaseException) for result in results)


async def ours(url: str, number: int, at_once: int) -> int:
    """Flow and Endpoint; gives how many requests were lost, like the others."""
    async with Endpoint(url, None) as endpoint:
        flow = Flow(endpoint.complete, Gate(at_once), Purse(None, None), lambda _: None)
        return await gathered(flow.complete(request) for request in requests(number))


async def ours_stored(url: str, number: int, at_once: int) -> int:
    """The same, and every answer looked up before and stored behind, as a run does."""
    with tempfile.TemporaryDirectory() as folder, AnswerCache(Path(folder), print) as cache:
        async with Endpoint(url, None) as endpoint:
            flow = Flow(endpoint.complete, Gate(at_once), Purse(None, None), lambda _: None)
            asking = Asking(cache, {}, flow, Watch(lambda _: None, print), refresh=False)
            return await gathered(asking.complete(request) for request in requests(number))


async def sdk(url: str, number: int, at_once: int) -> int:
    """The openai SDK and a semaphore."""
    import openai

    places = asyncio.Semaphore(at_once)
    async with openai.AsyncOpenAI(base_url=url, api_key="none") as client:

        async def one(body: dict[str, Any]) -> Any:
            async with places:
                return await client.chat.completions.create(**body)

        return await gathered(one(body) for body in bodies(number))


async def sockets(url: str, number: int, at_once: int) -> int:
    """Nothing but connections that are kept, as the limit."""
    parts = urlsplit(url)
    left = iter(bodies(number))

    async def one() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for body in left:
            data = json.dumps(body, ensure_ascii=False).encode()
            head = f"POST {parts.path}/chat/completions HTTP/1.1\r\ncontent-length: {len(data)}\r\n\r\n"
            writer.write(head.encode() + data)
            answered = await reader.readuntil(b"\r\n\r\n")
            size = answered.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            json.loads(await reader.readexactly(int(size)))
        writer.close()

    return await gathered(one() for _ in range(at_once))


Client = Callable[[str, int, int], Awaitable[int]]
CLIENTS: dict[str, Client] = {
    "raw sockets": sockets,
    "openai SDK": sdk,
    "Flow+Endpoint": ours,
    "with the cache": ours_stored,
}


class Run(NamedTuple):
    """What one run of a client took."""

    seconds: float
    processor: float
    lost: int


def timed(client: Client, url: str, at_once: int, number: int = REQUESTS) -> Run:
    """Run a client once."""
    processor, start = time.process_time(), time.perf_counter()
    lost = asyncio.run(client(url, number, at_once))
    return Run(time.perf_counter() - start, time.process_time() - processor, lost)


def rounds(delay: float, repeats: int) -> dict[str, list[Run]]:
    """Run each client a few times in turn, at 32 at once, after a warm-up."""
    found: dict[str, list[Run]] = {name: [] for name in CLIENTS}
    with serving(Manner(delay)) as server:
        for client in CLIENTS.values():
            timed(client, server.url, 32, 8)
        for _ in range(repeats):
            for name, client in CLIENTS.items():
                found[name].append(timed(client, server.url, 32))
    return found


# --- whole briefs ------------------------------------------------------------------------------


@contextlib.contextmanager
def project(text: str | None = None) -> Iterator[Path]:
    """A copy of package, prompts and seed, with nothing recorded; and a talk, if there is a *text*."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("summarizer", "prompts", "seeds"):
            shutil.copytree(ROOT / name, root / name)
        if text is not None:
            (root / TALK).write_text(text, encoding="utf-8")
        yield root


def command(*arguments: str) -> list[str]:
    """Summarizer as a process."""
    return [sys.executable, "-m", "summarizer", *arguments]


def started(root: Path, url: str, command: list[str]) -> "subprocess.Popen[str]":
    """Start a process in a project; its cache is in there too, and no key is in its environment."""
    own = {"SUMMARIZER_BASE_URL": url, "SUMMARIZER_CACHE_DIR": str(root / "cache")}
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OPENAI", "SUMMARIZER"))
    }
    return subprocess.Popen(
        command, cwd=root, env=kept | own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finished(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """What a process that ends well writes to stdout and stderr."""
    said, told = process.communicate()
    if process.returncode not in {0, 3}:  # 3: the answers by rule may need review
        raise SystemExit(f"exit code {process.returncode}: {told[-2000:]}")
    return said, told


def wall(root: Path, url: str, command: list[str]) -> float:
    """Seconds of a process."""
    start = time.perf_counter()
    finished(started(root, url, command))
    return time.perf_counter() - start


def long_text() -> str:
    """The long transcript."""
    return Pages(LONG).transcript()


# --- the tables --------------------------------------------------------------------------------


def table(title: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    """Print one."""
    print(f"\n{title}\n{'':<34}" + "".join(f"{column:>17}" for column in columns.split("|")))
    for name, *values in rows:
        shown = (f"{value:.2f}" if isinstance(value, float) else str(value) for value in values)
        print(f"{name!s:<34}" + "".join(f"{value:>17}" for value in shown), flush=True)


def a() -> None:
    """Makespan."""
    ideal = math.ceil(REQUESTS / 32) * 0.3
    rows: list[tuple[object, ...]] = []
    for name, runs in rounds(0.3, 3).items():
        seconds = [run.seconds for run in runs]
        median = statistics.median(seconds)
        rows.append((name, median, f"{median / ideal:.3f}", min(seconds), f"{min(seconds) / ideal:.3f}"))
    title = f"(a) {REQUESTS} requests at 300 ms, 32 at once; the ideal is {ideal:.1f} s; of 3 runs"
    table(title, "median s|of ideal|least s|of ideal", rows)


def b() -> None:
    """Processor time."""
    least = {name: min(run.processor for run in runs) for name, runs in rounds(0.0, 5).items()}
    rows: list[tuple[object, ...]] = [
        (name, seconds / REQUESTS * 1000, seconds / least["openai SDK"]) for name, seconds in least.items()
    ]
    title = f"(b) processor time of the client, {REQUESTS} requests without delay, 32 at once; least of 5"
    table(title, "ms a request|of the SDK's", rows)


def c() -> None:
    """Refusals."""
    rows: list[tuple[object, ...]] = []
    tried = (
        ("knows: 6 at once", ours, 6),
        ("ours, 16", ours, 16),
        ("ours, 32", ours, 32),
        ("SDK, 32", sdk, 32),
    )
    for wait in (None, "1"):
        with serving(Manner(0.1, admits=6, retry_after=wait)) as server:
            timed(ours, server.url, 6, 8)
            server.calls()
            knowing = 0.0
            for name, client, at_once in tried:
                runs = [(timed(client, server.url, at_once), server.calls()) for _ in range(3)]
                seconds = statistics.median(run.seconds for run, _ in runs)
                knowing = knowing or seconds
                refused = [sum(call.status == 429 for call in calls) for _, calls in runs]
                lost = [run.lost for run, _ in runs]
                title = f"{name}, {f'after {wait} s' if wait else 'no Retry-After'}"
                rows.append((title, max(lost), f"{min(refused)}-{max(refused)}", seconds, seconds / knowing))
    title = f"(c) {REQUESTS} requests at 100 ms, 6 admitted at once, the others 429; of 3 runs"
    table(title, "lost (most)|refused|median s|of one that knew", rows)


def d() -> None:
    """Prompt tokens."""
    for name, source, answers, text in (
        ("the seed", SEED, "seed", None),
        (f"{LONG // 1000} kB", TALK, str(LONG), long_text()),
    ):
        with serving(Manner(answers=answers)) as server, project(text) as root:
            size = tokens.count((root / source).read_text(encoding="utf-8"))
            wall(root, server.url, command("brief", source))
            sent = [json.loads(call.body) for call in server.calls()]
        rows: list[tuple[object, ...]] = []
        for task in (*dict.fromkeys(pairs.name(body) for body in sent), "all"):
            these = [body["messages"] for body in sent if task in {pairs.name(body), "all"}]
            fixed, own = (sum(tokens.count(m[at]["content"]) for m in these) for at in (0, -1))
            rows.append((task, len(these), fixed, own, fixed + own, (fixed + own) / size))
        title = f"(d) prompt tokens of a whole brief, {name}: {size} source tokens"
        table(title, "requests|system|material|together|a source token", rows)


def e() -> None:
    """A warm rerun."""
    brief, python = command("brief", SEED), sys.executable
    tried = {"brief": brief, "--help": command("--help"), "import click": [python, "-c", "import click"]}
    with serving(Manner(answers="seed")) as server, project() as root:
        shutil.copytree(ROOT / "cassettes" / "answers", root / "cassettes" / "answers")
        shutil.copytree(ROOT / "output", root / "output")
        for one in tried.values():
            wall(root, server.url, one)
        server.calls()
        taken: dict[str, list[float]] = {name: [] for name in tried}
        for _, (name, one) in itertools.product(range(5), tried.items()):
            taken[name].append(wall(root, server.url, one))
        _, told = finished(started(root, server.url, [python, "-X", "importtime", *brief[1:]]))
        requests = len(server.calls())
    loaded = {name: int(micro) / 1000 for micro, name in re.findall(r"\| +(\d+) \| +([\w.]+)\n", told)}
    least = {name: min(seconds) for name, seconds in taken.items()}
    rows = [
        ("brief, over --help", least["brief"], least["brief"] / least["--help"]),
        ("--help, over import click", least["--help"], least["--help"] / least["import click"]),
        ("import click", least["import click"], ""),
    ]
    table("(e) a warm rerun of the seed; least of 5", "s|ratio", rows)
    names = (
        "openai",
        "tiktoken",
        "pydantic",
        "diskcache",
        "rjieba",
        "pypinyin",
        "markdown_it",
        "ruamel.yaml",
    )
    found = ", ".join(f"{name} {loaded[name]:.0f} ms" for name in names if name in loaded)
    print(f"requests: {requests}; openai or tiktoken imported: {'openai' in loaded or 'tiktoken' in loaded}")
    print(f"imported, each with what it imports first: {found or 'none of the large ones'}")


def f() -> None:
    """Kill -9."""
    rng = random.Random(9)
    small = kills(15_000, ("--chunk-tokens", "60"), ("2", "4", "16"), rng)
    rows = [*small, *kills(LONG, (), ("16",), rng)]
    columns = "runs|kills|sent|again, in flight|again, answered|ms before kill|same page"
    table("(f) kill -9 at random moments until a run is done, 100 ms a call", columns, rows)


def kills(
    size: int, options: tuple[str, ...], at_once: tuple[str, ...], rng: random.Random
) -> list[tuple[object, ...]]:
    """Kill the briefs of a talk of *size* bytes at least twelve times; gives a row for each concurrency."""
    pages = Pages(size)
    text, brief = pages.transcript(), command("brief", TALK, *options)
    rows: list[tuple[object, ...]] = []
    with serving(Manner(0.1, answers=str(size))) as server:
        with project(text) as root:
            seconds = wall(root, server.url, brief)
            page = (root / "output" / "talk.md").read_bytes()
        once = Counter(call.digest for call in server.calls())
        for number in at_once:
            killed_at, sent, in_flight, same = 0, 0, 0, []
            leads: list[float] = []
            while killed_at < 12:
                with project(text) as root:
                    times = killed(root, server.url, [*brief, "--concurrency", number], rng, seconds)
                    same.append((root / "output" / "talk.md").read_bytes() == page)
                calls = server.calls()
                lost, answered = bought(calls, once, times)
                killed_at, sent, in_flight = killed_at + len(times), sent + len(calls), in_flight + lost
                leads += answered
            shown = f"{min(leads):.0f}-{max(leads):.0f}" if leads else "-"
            name = f"{len(pages.page['paragraphs'])} passages, {number} at once"
            rows.append((name, len(same), killed_at, sent, in_flight, len(leads), shown, all(same)))
    return rows


def killed(root: Path, url: str, command: list[str], rng: random.Random, longest: float) -> list[float]:
    """Start a process until it ends by itself; gives when it was killed."""
    kills: list[float] = []
    while True:
        process = started(root, url, command)
        try:
            process.communicate(timeout=rng.uniform(0.0, longest))
        except subprocess.TimeoutExpired:
            kills.append(time.monotonic())
            process.kill()
            process.communicate()
        else:
            finished(process)
            return kills


def bought(calls: list[Call], once: Counter[str], kills: list[float]) -> tuple[int, list[float]]:
    """Requests sent again that were in flight at a kill, and for the others how many ms before it they ended.

    The server's word: an answer counts as ended when it is written, read or not. Where no kill explains it,
    the time is endless.
    """
    in_flight = 0
    leads: list[float] = []
    for digest, times in Counter(call.digest for call in calls).items():
        these = sorted((call for call in calls if call.digest == digest), key=lambda call: call.arrived)
        for call in these[: times - once[digest]]:
            kill = next((kill for kill in kills if kill > call.arrived), math.inf)
            if call.is_written and call.ended is not None and call.ended < kill:
                leads.append((kill - call.ended) * 1000)
            else:
                in_flight += 1
    return in_flight, leads


def g() -> None:
    """Cold briefs."""
    rows: list[tuple[object, ...]] = []
    for name, source, answers, text, at_once in (
        ("seed", SEED, "seed", None, "16"),
        (f"{LONG // 1000} kB", TALK, str(LONG), long_text(), "16"),
        (f"{LONG // 1000} kB, 64 at once", TALK, str(LONG), long_text(), "64"),
    ):
        with serving(Manner(0.3, answers=answers)) as server:
            runs = [cold(server, source, text, at_once) for _ in range(3)]
        rows.append((name, *min(runs, key=lambda run: run.seconds)))
    title = f"(g) a cold brief at 300 ms a call; the best of 3 (langchain, {LONG // 1000} kB: {LANGCHAIN} s)"
    table(title, "requests|trips|s|over the trips|processor s|before asking|asking|after", rows)


class Cold(NamedTuple):
    """What a cold brief took; the times in seconds."""

    requests: int
    trips: int  # answers that had to be waited for one after the other, as it was asked
    seconds: float
    over_trips: float
    processor: float
    before: float  # the first request
    asking: float
    after: float  # the last answer


def cold(server: Loopback, source: str, text: str | None, at_once: str) -> Cold:
    """Make a brief once."""
    with project(text) as root:
        wall(root, server.url, [sys.executable, "-m", "compileall", "-q", "summarizer"])  # as installed
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        wall(root, server.url, command("brief", source, "--concurrency", at_once))
        end = time.monotonic()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    calls = server.calls()
    first, last, trips = calls[0].arrived, 0.0, 0
    for call in sorted(calls, key=lambda call: call.ended or math.inf):
        if call.arrived >= last:
            trips, last = trips + 1, call.ended or math.inf
    last = max(call.ended or 0.0 for call in calls)
    seconds = end - start
    return Cold(
        len(calls), trips, seconds, seconds - trips * 0.3, processor, first - start, last - first, end - last
    )


TABLES = {name: globals()[name] for name in "abcdefg"}


def main() -> None:
    """Print the tables that were asked for."""
    asked = sys.argv[1:] or list(TABLES)
    if unknown := set(asked) - TABLES.keys():
        raise SystemExit(f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(TABLES)}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} before")
    for name in asked:
        TABLES[name]()


if __name__ == "__main__":
    main()
