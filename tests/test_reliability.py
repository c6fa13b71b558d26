"""The n-th call of the files, the cache or the network fails, or is the last before kill -9, for every n.

Each run is a process of its own (a fork, in which one call is made to fail), over a whole ``brief`` and a whole
``update``, against a server that is never asked twice for what it answered and what was stored.
"""

import errno
import json
import os
import pathlib
import random
import re
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from summarizer import files
from summarizer.cache import AnswerCache
from summarizer.cli import cli
from summarizer.errors import EndpointError, SummarizerError
from summarizer.llm import Endpoint
from summarizer.lock import Lock
from summarizer.review import read

from .loopback import Loopback
from .pairs import Pairs

PAIRS = Pairs("a_d03")
SEED = 20261125  # one seed drives which bytes a reviewer has changed and which calls fail
NOTE = "A note that a reviewer wrote."
KILLED = 137

VERBS = {"brief": ("brief", "seeds/one.txt"), "update": ("update", "seeds")}


@pytest.fixture(autouse=True)
def project(empty_project, monkeypatch):
    monkeypatch.setattr("summarizer.flow._FIRST_PAUSE", 0.01)
    paragraphs = PAIRS.transcript().strip().split("\n\n")
    for name, dropped in (("one", 1), ("two", 2)):
        Path(f"seeds/{name}.txt").write_text("\n\n".join(paragraphs[:-dropped]) + "\n", encoding="utf-8")
    return empty_project


@pytest.fixture
def server():
    with Loopback(PAIRS.reply) as running:
        yield running


class Fault:
    """Makes the n-th call of a layer fail: with the layer's own error, or by ending the process there."""

    def __init__(self, n, *, kills, error):
        self.n, self.kills, self.error, self.calls = n, kills, error, 0

    def strike(self):
        self.calls += 1
        if self.calls == self.n:
            if self.kills:
                os._exit(KILLED)
            raise self.error

    def before(self, function):
        def faulty(*arguments, **named):
            self.strike()
            return function(*arguments, **named)

        return faulty

    def before_async(self, function):
        async def faulty(*arguments, **named):
            self.strike()
            return await function(*arguments, **named)

        return faulty


def full():
    return OSError(errno.ENOSPC, "No space left on device")


def arm(layer, fault):
    """Put the fault before every call of a layer."""
    if layer == "files":
        for owner, name in ((files, "_prepared"), (pathlib.Path, "replace"), (files, "_settle")):
            setattr(owner, name, fault.before(getattr(owner, name)))
    elif layer == "cache":
        fault.error = SummarizerError("the cache cannot be used: disk full")
        AnswerCache.put = fault.before(AnswerCache.put)
        AnswerCache.get = fault.before(AnswerCache.get)
    else:
        fault.error = EndpointError("connection reset", kind="transient")
        Endpoint.complete = fault.before_async(Endpoint.complete)


def forked(verb, server, layer=None, n=0, *, kills=False):
    """Run a verb in a fork; gives its exit code and whether the fault struck."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            fault = Fault(n, kills=kills, error=full())
            if layer:
                arm(layer, fault)
            try:
                code = cli.main([*VERBS[verb], "--base-url", server.url], standalone_mode=False)
            except SummarizerError as error:
                code = error.exit_code
            os.write(writing, b"struck" if layer and fault.calls >= n else b"whole")
        finally:
            os._exit(code)
    os.close(writing)
    told = os.read(reading, 16)
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return code, code == KILLED or told == b"struck"


def pages():
    return {
        path.name: path.read_bytes() for path in Path("output").glob("*.*") if path.suffix in {".md", ".json"}
    }


def clean(verb, server, tmp_path, monkeypatch):
    """What the verb makes where nothing fails, and what it asks for."""
    elsewhere = tmp_path / "clean"
    shutil.copytree(tmp_path / "seeds", elsewhere / "seeds")
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("XDG_CACHE_HOME", str(elsewhere / "cache"))
    # In this process, so that every fork finds what is slow to load.
    assert cli.main([*VERBS[verb], "--base-url", server.url], standalone_mode=False) == 0
    made, asked = pages(), keys(server)
    server.received.clear()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return made, asked


def keys(server):
    return Counter(json.dumps(received.body, sort_keys=True) for received in server.received)


def quiet(server):
    """What was asked, when the server has read what a killed process had sent."""
    seen = -1
    while seen != len(server.received):
        seen = len(server.received)
        time.sleep(0.05)
    return keys(server)


def swept(tmp_path):
    for name in ("output", "cache"):
        for path in sorted((tmp_path / name).rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        if (tmp_path / name).exists():
            (tmp_path / name).rmdir()
    (tmp_path / "summarizer-rescued.jsonl").unlink(missing_ok=True)


def sound(made):
    """Every file is whole: the one that a clean run makes, or none."""
    for name, content in pages().items():
        assert content == made[name] or b"[Not translated:" in content or name.endswith(".json"), name
        if name.endswith(".json"):
            json.loads(content)


@pytest.fixture(params=VERBS)
def undisturbed(request, server, tmp_path, monkeypatch):
    """A verb, what it makes where nothing fails, and what it asks for."""
    return request.param, *clean(request.param, server, tmp_path, monkeypatch)


@pytest.mark.parametrize("layer", ["files", "cache", "network"])
@pytest.mark.parametrize("kills", [False, True], ids=["fails", "kill -9"])
def test_whatever_fails_the_next_run_ends_as_if_nothing_had(undisturbed, layer, kills, server, tmp_path):
    verb, made, asked = undisturbed
    assert max(asked.values()) == 1
    struck = True
    n = 0
    while struck:
        n += 1
        swept(tmp_path)
        server.received.clear()
        code, struck = forked(verb, server, layer, n, kills=kills)
        first = quiet(server)
        sound(made)
        if not struck:
            assert code == 0
            break
        assert code == KILLED if kills else code in ({0} if layer == "network" else {0, 1, 4}), (n, code)
        in_flight = len(lost(first, tmp_path))

        again, _ = forked(verb, server)
        assert again == 0, (n, again)
        assert pages() == made, n
        bought = keys(server)
        assert set(bought) == set(asked), n
        twice = sum(count - 1 for count in bought.values())
        assert twice <= in_flight, f"{n}: what was stored is bought again"
        assert kills or layer != "files" or not in_flight, n
        assert files.leftovers(Path("output")) == {} or verb == "brief"
        with Lock(Path("output")) as lock:
            lock.hold()
    assert n > 3, "the layer is called"


def lost(asked, tmp_path):
    """What was asked and is not stored: it was in flight when the run ended."""
    with AnswerCache(tmp_path / "cache" / "summarizer", lambda _: None) as cache:
        there = {json.dumps(row.request.body, sort_keys=True) for row in cache.stored()}
    return [body for body in asked if body not in there]


@pytest.mark.parametrize("kills", [False, True], ids=["fails", "kill -9"])
def test_a_reviewers_bytes_outlive_every_fault_of_a_rerun(kills, server):
    assert forked("update", server)[0] == 0
    page = Path("output/one.md")
    rng = random.Random(SEED)
    units = sorted(read(page.read_text(encoding="utf-8")))
    unit = rng.choice([unit for unit in units if re.fullmatch(r"p\d+", unit)])
    text = page.read_text(encoding="utf-8")
    start = text.index(f'<a id="{unit}"></a>')
    reviewed = text[: text.index("\n", start)] + f" {NOTE}" + text[text.index("\n", start) :]
    kept = {path: path.read_bytes() for path in Path("output").iterdir()} | {page: reviewed.encode()}
    n = 0
    struck = True
    while struck:
        n += 1
        for path, content in kept.items():
            path.write_bytes(content)
        Path("seeds/one.toml").write_text(f'publisher = "Paper {n}"\n', encoding="utf-8")
        code, struck = forked("update", server, "files", n, kills=kills)
        assert NOTE in page.read_text(encoding="utf-8"), n
        assert code in ({KILLED, 0} if kills else {0, 1}), n
        assert forked("update", server)[0] == 0
        after = page.read_text(encoding="utf-8")
        assert NOTE in after
        assert f'publisher: "Paper {n}"' in after
        assert not list(Path("output").glob("*.proposed.md"))
    assert n > 3


def test_a_paid_answer_that_cannot_be_stored_is_rescued(server):
    code, _ = forked("brief", server, "cache", 2)
    assert code == 1
    rescued = Path("summarizer-rescued.jsonl")
    line = json.loads(rescued.read_text(encoding="utf-8"))
    assert line["request"]["task"] == "terms"

    server.received.clear()
    assert cli.main(["cache", "import", str(rescued)], standalone_mode=False) == 0
    assert forked("brief", server)[0] == 0
    assert line["request"]["body"] not in [received.body for received in server.received]
