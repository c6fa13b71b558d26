"""The Batch API: in stages, many transcripts in one batch, nothing submitted twice whatever happens."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import batching
from summarizer.batch import read
from summarizer.cli import cli
from summarizer.errors import RefusedInputError, SummarizerError
from summarizer.values import Request

from .batch_api import BatchServer
from .pairs import Pairs, name

PAIRS = Pairs("a_d03")


@pytest.fixture(autouse=True)
def project(empty_project):
    paragraphs = PAIRS.transcript().strip().split("\n\n")
    for number in range(3):
        text = "\n\n".join(paragraphs[: len(paragraphs) - number]) + "\n"
        (empty_project / "seeds" / f"talk-{number}.txt").write_text(text, encoding="utf-8")
    return empty_project


@pytest.fixture
def server():
    with BatchServer() as running:
        yield running


def run(*arguments):
    result = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout, result.stderr


def update(server, *more):
    code, printed, said = run("update", "seeds", "--batch", "--json", "--base-url", server.url, *more)
    document = json.loads(printed)
    return code, Counter(row["status"] for row in document["briefs"]), said


def to_the_end(server, reply=PAIRS.reply, rounds=6):
    for _ in range(rounds):
        code, statuses, _ = update(server)
        if "waiting" not in statuses:
            return code, statuses
        server.finish(reply)
    raise AssertionError("it never ends")


def test_a_folder_is_briefed_stage_by_stage_and_all_its_transcripts_share_a_batch(server):
    assert update(server)[:2] == (0, {"waiting": 3})
    assert [len(batch["lines"]) for batch in server.batches] == [3], "the terms of all three"
    assert update(server)[:2] == (0, {"waiting": 3})
    assert len(server.batches) == 1, "what is under way is not asked for again"

    server.finish(PAIRS.reply)
    assert to_the_end(server) == (0, {"written": 3})
    assert len(server.batches) == 3
    assert max(Counter(server.requests()).values()) == 1, "nothing is submitted twice"
    assert server.files == {}, "what is stored is deleted there"
    assert update(server)[1] == {"unchanged": 3}

    page = Path("output/talk-0.md").read_text(encoding="utf-8")
    run("brief", "seeds/talk-0.txt")
    assert Path("output/talk-0.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("step", ["upload", "create", "created and not heard of"])
def test_a_run_that_dies_between_two_steps_submits_nothing_twice(server, step):
    failing = {"upload": ("POST", "/v1/files"), "create": ("POST", "/v1/batches"),
               "created and not heard of": ("SENT", "/v1/batches")}  # fmt: skip
    server.before = lambda method, path: 500 if (method, path) == failing[step] else None
    with pytest.raises(SummarizerError):
        update(server)
    server.before = lambda _method, _path: None
    assert update(server)[:2] == (0, {"waiting": 3})

    assert max(Counter(server.requests()).values()) == 1
    server.finish(PAIRS.reply)
    assert to_the_end(server) == (0, {"written": 3})
    assert max(Counter(server.requests()).values()) == 1


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_what_a_batch_did_not_come_to_is_asked_for_again_and_nothing_else(server, status):
    code = {"expired": "batch_expired", "cancelled": "batch_cancelled"}[status]
    first = []

    def late(body):
        first.append(body)
        return {"response": None, "error": {"code": code, "message": "too late"}} if len(first) == 1 else None

    update(server)
    server.finish(PAIRS.reply, status, fails=late)
    _, statuses, said = update(server)
    assert statuses == {"waiting": 3}
    assert "terms failed: too late" in said
    again = [json.loads(line) for line in server.batches[1]["lines"]]
    assert [row["body"] for row in again if name(row["body"]) == "terms"] == first[:1]
    assert {name(row["body"]) for row in again} >= {"translate", "summarize"}, "the others go on"

    server.finish(PAIRS.reply)
    assert to_the_end(server)[0] == 0
    assert update(server)[1] == {"unchanged": 3}
    assert sorted(Counter(server.requests()).values())[-2:] == [1, 2]


def test_what_the_provider_will_not_have_is_missing_and_not_submitted_for_ever(server):
    def unfit(body):
        if name(body) == "translate":
            error = {"error": {"message": "flagged", "code": "content_filter"}}
            return {"response": {"status_code": 400, "request_id": "r", "body": error}, "error": None}
        return None

    update(server)
    server.finish(PAIRS.reply)
    update(server)
    server.finish(PAIRS.reply, fails=unfit)
    update(server)
    server.finish(PAIRS.reply, fails=unfit)
    code, statuses, _ = update(server)
    submitted = len(server.batches)

    assert (code, statuses) == (4, {"partly-failed": 3})
    assert "flagged" in Path("output/talk-0.md").read_text(encoding="utf-8")
    assert update(server)[:2] == (4, {"partly-failed": 3})
    assert len(server.batches) == submitted


def test_a_batch_that_was_refused_as_a_whole_is_said_and_not_submitted_again(server):
    update(server)
    server.refuse()
    for _ in range(2):
        code, statuses, said = update(server)
        assert (code, statuses) == (4, {"partly-failed": 3})
        assert "batch_0 was refused: one model a file" in said
    assert len(server.batches) == 1
    assert update(server, "--retry")[:2] == (0, {"waiting": 3})
    assert len(server.batches) == 2


def test_results_that_were_deleted_before_they_were_collected_are_asked_for_again(server):
    update(server)
    server.finish(PAIRS.reply)
    server.files = {name: text for name, text in server.files.items() if '"method"' in text}
    update(server)
    assert len(server.batches) == 2
    server.finish(PAIRS.reply)
    assert to_the_end(server) == (0, {"written": 3})


def test_another_machines_batch_is_left_alone(server, monkeypatch, tmp_path):
    update(server)
    server.finish(PAIRS.reply)
    before = dict(server.files)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    code, printed, _ = run("batch", "collect", "--base-url", server.url)

    assert (code, printed) == (0, "0 answers stored\n0 requests are under way\n")
    assert server.files == before
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert to_the_end(server) == (0, {"written": 3})


def test_a_machine_that_lost_its_cache_buys_nothing_again(server, monkeypatch, tmp_path):
    for stage in range(3):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"cache-{stage}"))
        assert update(server)[:2] == (0, {"waiting": 3})
        server.finish(PAIRS.reply)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache-last"))
    assert update(server)[:2] == (0, {"written": 3})
    assert len(server.batches) == 3
    assert max(Counter(server.requests()).values()) == 1


def test_files_that_cannot_be_deleted_there_stop_nothing(server):
    update(server)
    server.finish(PAIRS.reply)
    server.before = lambda method, _path: 500 if method == "DELETE" else None
    assert update(server)[:2] == (0, {"waiting": 3})
    assert len(server.batches) == 2


def test_verbs_submit_and_collect_and_brief_makes_the_page(server):
    server.page = 1
    for stage in range(3):
        code, printed, _ = run("batch", "submit", "seeds/talk-0.txt", "--base-url", server.url)
        assert code == 0
        assert "requests submitted, 0 were under way" in printed, stage
        server.finish(PAIRS.reply)
    assert run("batch", "collect", "--base-url", server.url)[1].endswith("0 requests are under way\n")

    assert run("brief", "seeds/talk-0.txt")[0] == 0
    assert "0 requests submitted" in run("batch", "submit", "seeds/talk-0.txt", "--base-url", server.url)[1]


def test_with_poll_a_run_waits_until_all_is_written(server, monkeypatch):
    async def meanwhile(_self, _seconds):
        server.finish(PAIRS.reply)

    monkeypatch.setattr("summarizer.session.Session.rest", meanwhile)
    assert update(server, "--poll", "1")[:2] == (0, {"written": 3})
    assert len(server.batches) == 3


def test_without_a_provider_nothing_is_submitted():
    with pytest.raises(RefusedInputError, match="batches need a provider"):
        run("update", "seeds", "--batch")


def test_files_are_cut_at_both_limits():
    requests = [Request("s", "translate", (), {"model": "m", "n": n, "text": "字" * 10}) for n in range(10)]
    assert [len(part) for part in batching.parts(requests, most_lines=4)] == [4, 4, 2]
    cut = list(batching.parts(requests, most_bytes=500))
    assert [request for part in cut for request in part] == requests
    assert all(sum(len(batching.batch.write([r]).encode()) for r in part) <= 500 for part in cut)
    assert len(cut) > 1


BODY = {"choices": [{"message": {"content": "{}"}}]}


@pytest.mark.parametrize(
    ("row", "text", "fault"),
    [
        ({"response": {"status_code": 200, "request_id": "r", "body": BODY}, "error": None}, "{}", None),
        ({"id": "vllm-1", "response": {"status_code": 200, "request_id": "r", "body": BODY}, "error": None}, "{}", None),
        ({"response": {"body": BODY}}, "{}", None),
        ({"body": BODY}, "{}", None),
        ({"generated_text": "{}", "num_input_tokens": 3, "__inference_error__": ""}, "{}", None),
        ({"generated_text": "", "__inference_error__": "OOM: no memory"}, None, "failed: OOM: no memory"),
        ({"response": {"status_code": 400, "body": None}, "error": "unsupported URL"}, None, "failed: unsupported URL"),
        ({"response": {"status_code": 400, "request_id": "r", "body": None},
          "error": {"error": {"message": "too long", "code": 400}}}, None, "failed: too long"),
        ({"response": {"status_code": 429, "body": {"error": {"message": "slow"}}}, "error": None}, None, "failed: slow"),
        ({"response": None, "error": {"code": "batch_expired", "message": "late"}}, None, "failed: late"),
        ({"response": None, "error": {"code": "batch_expired"}}, None, "failed: batch_expired"),
        ({"response": "what", "error": None}, None, "failed: what"),
        ({"response": ["what"], "error": None}, None, "has no response body"),
        ({"response": {"status_code": 200, "body": "text"}}, None, "has no response body"),
        ({}, None, "has no response body"),
    ],
)  # fmt: skip
def test_every_dialect_of_answer_lines_is_read(row, text, fault):
    (line,) = read(json.dumps({"custom_id": "k"} | row) + "\n")
    assert line.key == "k"
    assert line.fault == fault
    if text is not None:
        assert line.body["choices"][0]["message"]["content"] == text


@pytest.mark.parametrize("text", ["", "[]", "{", '{"custom_id": 3}', '"x"', "null", "[" * 5000])
def test_a_line_that_is_none_is_said_and_raises_nothing(text):
    assert [line.body for line in read(text)] == [None] * bool(text)
    assert all(line.fault for line in read(text))
