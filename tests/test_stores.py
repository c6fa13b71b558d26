"""What is stored is never asked for again: cache and JSON, each there or gone, and what a change costs."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import library
from summarizer.cli import cli
from summarizer.values import Term

from .loopback import Loopback
from .pairs import Pairs, name

PAIRS = Pairs("a_d03")
TERM = "失联"


@pytest.fixture(autouse=True)
def project(empty_project):
    (empty_project / "seeds" / "talk.txt").write_text(PAIRS.transcript(), encoding="utf-8")
    return empty_project


def brief(server, *more):
    arguments = ["brief", "seeds/talk.txt", "--base-url", server.url, "--json", *more]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    return json.loads(result.stdout)["briefs"][0]


def asked(server):
    """What was asked: the task of each request, with the passages or the speaker it was asked about."""
    rows = [
        (name(received.body), json.loads(received.body["messages"][-1]["content"]))
        for received in server.received
    ]
    return [
        (task, [p["id"] for p in row["passages"]] if task == "translate" else row.get("speaker", {}) and row["speaker"]["name"])
        for task, row in rows
        if task != "overview"
    ]  # fmt: skip


def pages():
    return {path.name: path.read_bytes() for path in sorted(Path("output").iterdir())}


@pytest.mark.parametrize("is_json_kept", [True, False])
@pytest.mark.parametrize("is_cache_kept", [True, False])
def test_a_rerun_gives_the_same_bytes_from_whatever_store_is_left(project, is_cache_kept, is_json_kept):
    with Loopback(PAIRS.reply) as server:
        brief(server)
        first, sent = pages(), len(server.received)
        if not is_cache_kept:
            shutil.rmtree(project / "cache")
        if not is_json_kept:
            Path("output/talk.json").unlink()
            Path("output/talk.md").unlink()
        server.received.clear()
        report = brief(server)

    again = 0 if is_cache_kept or is_json_kept else sent
    assert (report["requests_sent"], len(server.received)) == (again, again)
    assert pages() == first


def test_a_changed_prompt_is_said_and_asked_for_only_with_refresh(monkeypatch):
    with Loopback(PAIRS.reply) as server:
        brief(server)
        first = pages()
        templates = library.templates()
        changed = {
            **templates,
            "translate": replace(templates["translate"], text="You translate well.", digest="new"),
        }
        monkeypatch.setattr(library, "templates", lambda: changed)
        server.received.clear()
        kept = brief(server)
        assert server.received == []
        assert "p2" in kept["outdated"]
        assert pages() == first
        brief(server, "--refresh")

    assert "translate" in [task for task, _ in asked(server)]


def test_a_changed_term_asks_again_for_exactly_the_units_in_which_it_occurs(monkeypatch):
    with Loopback(PAIRS.reply) as server:
        brief(server)
        terms = library.terms()
        monkeypatch.setattr(
            library, "terms", lambda: (*terms, Term(TERM, "unaccounted for", "phrase", "termbase"))
        )
        server.received.clear()
        brief(server)

    holding = [f"p{at}" for at, row in enumerate(PAIRS.page["paragraphs"], 1) if TERM in row["zh"]]
    translated = [unit for task, units in asked(server) if task == "translate" for unit in units]
    assert translated == holding
    speakers = {row["id"]: row["en"] for row in PAIRS.page["speakers"]}
    said = {speakers[row["speaker"]] for row in PAIRS.page["paragraphs"] if TERM in row["zh"]}
    summarised = {who for task, who in asked(server) if task == "summarize"}
    assert {who for who in summarised if who} <= said | {
        speakers[row["speaker"]]
        for row, after in zip(PAIRS.page["paragraphs"], PAIRS.page["paragraphs"][1:], strict=False)
        if TERM in row["zh"]
        for row in (after,)
    }


def test_offline_says_which_request_nobody_answers_and_writes_nothing():
    result = CliRunner().invoke(
        cli, ["brief", "seeds/talk.txt", "--offline", "--json"], standalone_mode=False
    )

    row = json.loads(result.stdout)["briefs"][0]
    assert result.return_value == 2
    assert "nobody has answered the request terms" in row["reason"]
    assert not Path("output").exists()
