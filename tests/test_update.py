"""The job over a folder: what is new or changed is briefed, the rest is passed without a look."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import files, pipeline
from summarizer.cli import cli
from summarizer.lock import Lock

from .loopback import Loopback, Raw
from .pairs import Pairs, name

PAIRS = Pairs("a_d03")


@pytest.fixture(autouse=True)
def project(empty_project):
    write("one", shortened(0))
    write("two", shortened(1))
    return empty_project


def shortened(paragraphs):
    """The talk without its last paragraphs: another transcript with the same pairs."""
    return "\n\n".join(PAIRS.transcript().strip().split("\n\n")[: -paragraphs or None]) + "\n"


def write(stem, text):
    Path(f"seeds/{stem}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def server():
    with Loopback(PAIRS.reply) as running:
        yield running


def update(*arguments):
    result = CliRunner().invoke(cli, ["update", "seeds", "--json", *arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    document = json.loads(result.stdout)
    return result.return_value, {row["slug"]: row["status"] for row in document["briefs"]}, document


def asked(server):
    return "--base-url", server.url


def snapshot():
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for root in ("seeds", "output", "cache")
        for path in Path(root).rglob("*")
        if path.is_file()
    }


def test_what_is_new_is_briefed_and_a_second_run_touches_nothing(server):
    code, statuses, document = update(*asked(server))
    assert code == 0
    assert statuses == {"one": "written", "two": "written"}
    totals = document["totals"]
    assert totals["requests_sent"] == len(server.received) > 0
    assert totals["transcripts"] == totals["written"] == 2
    assert all(row["seconds"] > 0 for row in document["briefs"])

    server.received.clear()
    before = snapshot()
    code, statuses, _ = update(*asked(server))
    assert (code, statuses) == (0, {"one": "unchanged", "two": "unchanged"})
    assert snapshot() == before, "no file is written"
    assert server.received == []


def test_an_unchanged_transcript_is_known_by_its_page_alone(server):
    update(*asked(server))
    before = snapshot()
    for path in Path("output").glob("*.json"):
        path.write_text("not looked into", encoding="utf-8")

    assert update(*asked(server))[:2] == (0, {"one": "unchanged", "two": "unchanged"})
    assert {k: v for k, v in snapshot().items() if k.endswith(".md")} == {
        k: v for k, v in before.items() if k.endswith(".md")
    }
    assert set(update("--full", *asked(server))[1].values()) == {"refused"}, "--full looks deeper"


@pytest.mark.parametrize("change", ["source", "rulings", "page", "signature", "half-written"])
def test_what_is_no_longer_of_its_page_is_looked_at_again(server, change):
    update(*asked(server))
    server.received.clear()
    page = Path("output/one.md")
    if change == "source":
        write("one", shortened(2))
    elif change == "rulings":
        Path("seeds/one.toml").write_text('title_en = "A title of ours"\n', encoding="utf-8")
    elif change == "page":
        page.unlink()
    elif change == "signature":
        page.write_text(page.read_text("utf-8").replace("|termbase ", "|termbase 0"), encoding="utf-8")
    else:
        Path("output/.summarizer-one.json-0123abcd.tmp").write_text("{", encoding="utf-8")
    _, statuses, _ = update(*asked(server))

    assert statuses["two"] == "unchanged"
    assert statuses["one"] != "unchanged" or change == "half-written"
    assert page.exists()
    assert files.leftovers(Path("output")) == {}
    if change == "rulings":
        assert "A title of ours" in page.read_text(encoding="utf-8")
        assert server.received == []
    if change != "source":
        assert update(*asked(server))[1] == {"one": "unchanged", "two": "unchanged"}


def test_a_page_that_lacks_something_is_taken_up_again(server):
    server.reply = lambda body: Raw(b"{}", 400) if name(body) == "translate" else PAIRS.reply(body)
    code, statuses, document = update(*asked(server))
    assert (code, set(statuses.values())) == (4, {"partly-failed"})
    assert document["briefs"][0]["missing"]

    server.reply = PAIRS.reply
    code, statuses, document = update(*asked(server))
    assert (code, set(statuses.values())) == (0, {"written"})
    assert set(update(*asked(server))[1].values()) == {"unchanged"}


def test_a_desk_without_a_model_is_served_and_passed_too():
    assert update("--without-model")[:2] == (0, {"one": "written", "two": "written"})
    before = snapshot()
    assert update("--without-model")[:2] == (0, {"one": "unchanged", "two": "unchanged"})
    assert snapshot() == before


def test_one_bad_transcript_never_stops_the_others(server):
    Path("seeds/bad.txt").write_bytes(b"\x00\x01\x02")
    Path("seeds/a b.txt").write_text("甲：一。\n", encoding="utf-8")
    Path("seeds/a-b.txt").write_text("甲：二。\n", encoding="utf-8")
    Path("seeds/.hidden.txt").write_text("甲：二。\n", encoding="utf-8")
    Path("seeds/notes.docx").write_bytes(b"PK")
    code, statuses, document = update("--report", "run.json", *asked(server))

    assert code == 4, "files are missing"
    assert statuses == {"a-b": "refused", "bad": "refused", "one": "written", "two": "written"}
    reasons = {row["slug"]: row["reason"] for row in document["briefs"]}
    assert "seeds/bad.txt holds a NUL byte" in reasons["bad"]
    assert "seeds/a b.txt and seeds/a-b.txt would both be written" in reasons["a-b"]
    assert json.loads(Path("run.json").read_text(encoding="utf-8")) == document
    assert update("--fail-on", "failed", *asked(server))[0] == 0


def test_a_defect_of_ours_never_stops_the_others(server, monkeypatch):
    real = pipeline.briefing.assemble

    def assemble(checked, *more):
        if checked.draft.transcript.source.path == "seeds/one.txt":
            raise KeyError("a defect")
        return real(checked, *more)

    monkeypatch.setattr(pipeline.briefing, "assemble", assemble)
    code, statuses, document = update(*asked(server))

    assert (code, statuses) == (1, {"one": "partly-failed", "two": "written"})
    assert "the program itself failed (KeyError at test_update.py:" in document["briefs"][0]["reason"]


@pytest.mark.parametrize("how", [("--refresh",), ("--no-cache",), ("--max-cost", "1")])
def test_what_a_batch_cannot_heed_is_refused(how):
    result = CliRunner().invoke(cli, ["update", "seeds", "--batch", *how])
    assert result.exit_code == 2
    assert "--batch goes with none of --refresh, --no-cache and --max-cost" in result.output


def test_people_read_a_table(server):
    Path("seeds/bad.txt").write_bytes(b"\x00\x01\x02")
    update("--full", *asked(server))
    result = CliRunner().invoke(cli, ["update", "seeds", *asked(server)])

    assert "bad  refused" in result.stdout
    assert "NUL byte" in result.stdout
    assert result.stdout.endswith("3 transcripts: 2 unchanged, 1 refused\n")


def test_a_file_that_is_still_being_copied_waits_for_the_next_run(server):
    with Path("seeds/one.txt").open("a", encoding="utf-8") as copied:

        def copy():
            copied.write("记者：还有一个问题。\n")
            copied.flush()

        copying = threading.Timer(0.3, copy)
        copying.start()
        code, statuses, document = update("--settle", "1", *asked(server))
        copying.join()

    assert (code, statuses) == (0, {"one": "waiting", "two": "written"})
    assert document["briefs"][0]["reason"] == "it is still being written; the next run takes it."


def test_a_transcript_is_never_written_over_the_page_of_another(server, project):
    update(*asked(server))
    (project / "other").mkdir()
    (project / "other" / "one.txt").write_text("甲：别的话。\n", encoding="utf-8")
    before = Path("output/one.md").read_bytes()
    result = CliRunner().invoke(cli, ["update", "other", "--json", *asked(server)], standalone_mode=False)

    (row,) = json.loads(result.stdout)["briefs"]
    assert row["status"] == "refused"
    assert "other/one.txt and seeds/one.txt would both be written to one.md" in row["reason"]
    assert Path("output/one.md").read_bytes() == before


@pytest.fixture
def holder():
    """Another process that has the lock."""
    program = (
        "import time\nfrom pathlib import Path\nfrom summarizer.lock import Lock\n"
        "lock = Lock(Path('output'))\nlock.hold()\nprint('held', flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
@pytest.mark.parametrize(
    "verb",
    [("update", "seeds"), ("brief", "seeds/one.txt"), ("approve", "output/one.md", "--by", "A")],
    ids=lambda verb: verb[0],
)
def test_a_second_run_gives_way(server, verb):
    endpoint = asked(server) if verb[0] != "approve" else ()
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", *verb, *endpoint], capture_output=True, text=True, check=False
    )
    assert done.returncode == 75
    assert "another run is writing to output; wait until it has ended, or use --wait." in done.stderr
    assert server.received == []


def test_a_folder_that_was_there_stays_and_one_that_was_made_for_nothing_goes(project):
    for stem, is_there in (("there", True), ("made", False)):
        if is_there:
            (project / stem).mkdir()
        with Lock(project / stem) as lock:
            lock.hold()
        assert (project / stem).exists() == is_there


def test_the_lock_of_a_killed_run_is_free_and_who_waits_for_it_goes_on(server, holder):
    killing = threading.Timer(0.5, holder.kill)
    killing.start()
    code, statuses, _ = update("--wait", *asked(server))
    killing.join()

    assert (code, statuses) == (0, {"one": "written", "two": "written"})
    assert not Path("output/.summarizer.lock").exists()


def test_a_brief_that_is_interrupted_names_what_it_did_not_begin():
    gate = threading.Event()

    def reply(body):
        gate.wait(20)
        return PAIRS.reply(body)

    with Loopback(reply) as server:
        command = ["brief", "--json", "seeds/one.txt", "seeds/two.txt"]
        for dropped in range(2, 6):
            write(f"more-{dropped}", shortened(dropped))
            command.append(f"seeds/more-{dropped}.txt")
        running = subprocess.Popen(
            [sys.executable, "-m", "summarizer", *command, *asked(server), "--concurrency", "1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        while not server.received:
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        gate.set()
        printed, _ = running.communicate(timeout=20)

    assert running.returncode == 143
    rows = json.loads(printed)["briefs"]
    assert len(rows) == 6
    assert {row["reason"] for row in rows} == {
        "the run was interrupted; what was answered is stored. Run again to go on from here."
    }


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_lets_what_is_in_hand_come_in_and_the_next_run_goes_on(number, code):
    for dropped in range(2, 6):
        write(f"more-{dropped}", shortened(dropped))
    gate = threading.Event()

    def reply(body):
        gate.wait(20)
        return PAIRS.reply(body)

    command = [
        sys.executable,
        "-m",
        "summarizer",
        "update",
        "seeds",
        "--report",
        "run.json",
        "--concurrency",
        "4",
    ]
    with Loopback(reply) as server:
        running = subprocess.Popen(
            [*command, *asked(server)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while len(server.received) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(number)
        time.sleep(0.3)
        gate.set()
        assert running.wait(20) == code
        assert len(server.received) == 4, "nothing more is sent"
        report = json.loads(Path("run.json").read_text(encoding="utf-8"))
        assert report["totals"]["not_reached"] == 2
        assert {row["status"] for row in report["briefs"]} == {"partly-failed"}
        first = len(server.received)
        ended, statuses, document = update(*asked(server))

    assert ended == 0
    assert set(statuses.values()) == {"written"}
    whole = len(server.received)
    assert document["totals"]["requests_sent"] == whole - first, "what was stored is not bought again"
    assert len({json.dumps(r.body, sort_keys=True) for r in server.received}) == whole
    assert not os.path.lexists("output/.summarizer.lock")
