"""A whole brief through the HTTP client, over real sockets, from the loopback server."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import batch
from summarizer.cli import cli
from summarizer.provenance import request_key
from summarizer.values import Request

from . import model
from .loopback import Loopback, Raw

ROOT = Path(__file__).resolve().parent.parent
SLUG = "000_0d15fb7c8aabcb91"
KEY = "sk-canary-0123456789abcdef"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the seed and nothing recorded, and a key that must appear nowhere."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(ROOT / "seeds", tmp_path / "project" / "seeds")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def answering(broken=None):
    """Answer every request from the recorded answers; where *broken* says so, with an error."""
    text = (ROOT / "cassettes" / "answers" / f"{SLUG}.jsonl").read_text(encoding="utf-8")
    known = {line.key: line.body for line in batch.read(text)}

    def reply(body):
        task = body["response_format"]["json_schema"]["name"]
        if task == broken:
            return Raw(b'{"error": {"message": "no such thing"}}', status=400)
        return known[request_key(Request(SLUG, task, (), body))]

    return reply


def asked(server):
    """What was asked for: the task of each request, and the passages or the speaker it was asked about."""
    found = {}
    for received in server.received:
        material = json.loads(received.body["messages"][-1]["content"])
        task = received.body["response_format"]["json_schema"]["name"]
        about = (
            [p["id"] for p in material.get("passages", ())]
            if task == "translate"
            else material.get("speaker")
        )
        found.setdefault(task, []).append(about)
    return found


def brief(server, *more):
    result = CliRunner().invoke(
        cli, ["brief", f"seeds/{SLUG}.txt", "--base-url", server.url, "--json", *more], standalone_mode=False
    )
    assert result.exception is None, result.exception
    return result.return_value, json.loads(result.stdout)["briefs"][0]


def test_the_same_answers_over_http_make_the_same_page_and_are_paid_for_once(project):
    with Loopback(answering()) as server:
        code, first = brief(server)
        (project / "output" / f"{SLUG}.json").unlink()
        _, second = brief(server)

    assert code == 0
    assert first["requests_sent"] == len(server.received) > 5
    assert second["requests_sent"] == 0, "the cache has every answer"
    made = (project / "output" / f"{SLUG}.md").read_bytes()
    assert made == (ROOT / "output" / f"{SLUG}.md").read_bytes()


def test_undoing_a_repair_asks_only_for_what_it_touches(project):
    known = answering()

    def reply(body):
        task = body["response_format"]["json_schema"]["name"]
        return known(first_terms) if task == "terms" else model.reply(body)

    with Loopback(known) as server:
        brief(server)
        first_terms = server.received[0].body
        server.received.clear()
        server.reply = reply
        with (project / "seeds" / f"{SLUG}.toml").open("a", encoding="utf-8") as rulings:
            rulings.write('[[repairs]]\nkind = "join"\nparagraphs = [10, 11]\ndecision = "reject"\n')
        _, report = brief(server)

    tasks = asked(server)
    assert tasks["translate"] == [["p10", "p11"]]
    assert [speaker["name"] for speaker in tasks["summarize"]] == ["Zhu Chen"]
    first_asked = sum(len(about) for task, about in tasks.items() if task != "repair")
    assert first_asked == 4, "the names and terms, the passages, their speaker, the overview"
    assert report["requests_sent"] == len(server.received)


def test_a_failing_task_leaves_the_rest_standing_and_says_what_is_missing(project):
    with Loopback(answering(broken="translate")) as server:
        code, report = brief(server)

    assert code == 4
    assert report["status"] == "partly-failed"
    assert 12 in report["missing"]
    page = (project / "output" / f"{SLUG}.md").read_text(encoding="utf-8")
    assert "Not translated" in page
    assert "## Who said what" in page


def test_the_key_is_in_no_file_that_a_run_wrote(project):
    with Loopback(answering()) as server:
        brief(server)

    for path in project.parent.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
