"""Whatever an endpoint does, the brief says what it lacks, nothing is paid for twice, and no key is shown."""

import json
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer.cli import cli

from .loopback import Loopback, Raw, completion
from .pairs import Pairs, name

KEY = "sk-canary-0123456789abcdef"
ERROR = '{{"error": {{"message": "{}", "code": "{}", "param": {}}}}}'


@pytest.fixture(autouse=True)
def project(empty_project, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (empty_project / "seeds" / "talk.txt").write_text(PAIRS.transcript(), encoding="utf-8")
    return empty_project


PAIRS = Pairs("a_d03")


class Server(Loopback):
    """A loopback server that answers from the pairs, but where *fault* has another idea."""

    def __init__(self, fault=lambda _body: None):
        super().__init__(lambda body: fault(body) or PAIRS.reply(body))

    def tasks(self):
        return [name(received.body) for received in self.received]


def error(status, message, code="", param="null", headers=()):
    return Raw(ERROR.format(message, code, param).encode(), status, headers=headers)


def once(*replies, task=None):
    """Give the replies one after the other to requests of a task, then none."""
    left = list(replies)
    return lambda body: left.pop(0) if left and task in {None, name(body)} else None


def run(server, *more, code=None):
    arguments = ["brief", "seeds/talk.txt", "--base-url", server.url, "--json", *more]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    if code is not None:
        assert result.return_value == code, result.output
    assert KEY not in result.output
    assert KEY not in result.stderr
    return json.loads(result.stdout)["briefs"][0], result.stderr


def page():
    return Path("output/talk.md").read_text(encoding="utf-8")


def passages(body):
    return [p["id"] for p in json.loads(body["messages"][-1]["content"])["passages"]]


def test_a_good_endpoint_makes_a_whole_page_and_a_second_run_sends_nothing():
    with Server() as server:
        report, _ = run(server)
        sent = len(server.received)
        again, _ = run(server)

    assert report["missing"] == []
    assert report["requests_sent"] == sent
    assert (again["requests_sent"], again["status"] in {"unchanged", "needs-review"}) == (0, True)


@pytest.mark.parametrize(
    "reply",
    [
        error(429, "slow down", headers=(("retry-after-ms", "5"),)),
        error(500, "oops", headers=(("retry-after-ms", "5"),)),
        error(502, "oops", headers=(("retry-after-ms", "5"),)),
        Raw(b'{"choices": [{"mess'),
    ],
    ids=["429", "500", "502", "cut off"],
)
def test_what_passes_is_asked_again_and_counted_once(reply):
    with Server(once(reply, reply)) as server:
        report, stderr = run(server)

    assert report["missing"] == []
    assert report["requests_sent"] == len(server.received) - 2
    assert "again" in stderr or "retried" in stderr


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (error(401, f"Incorrect API key provided: {KEY}"), "check the key"),
        (error(403, "not allowed"), "which models it may use"),
        (error(429, "no money", code="insufficient_quota"), "quota"),
        (error(404, "The model does not exist"), "check the model's name and the base URL"),
        (Raw(b"<html>Log in</html>", content_type="text/html"), "web page"),
    ],
    ids=["401", "403", "quota", "404", "portal"],
)
def test_what_no_request_survives_stops_the_run_with_one_message_and_writes_nothing(reply, words):
    with Server(lambda _: reply) as server:
        report, stderr = run(server, code=1)

    assert len(server.received) == 1, "the others are not sent at all"
    assert words in stderr
    assert stderr.count(words) == 1
    assert report["status"] == "partly-failed"
    assert not Path("output").exists()


def test_a_server_that_is_not_there_is_said_with_a_hint():
    report, stderr = run(type("Nobody", (), {"url": "http://127.0.0.1:9/v1"}), code=1)

    assert "check the base URL, the network and the CA certificates" in stderr
    assert report["page"] == ""
    assert not Path("output").exists()


def test_a_parameter_the_server_does_not_know_is_learnt_once_and_the_run_goes_on():
    def fault(body):
        return error(400, "unsupported", param='"reasoning_effort"') if "reasoning_effort" in body else None

    with Server(fault) as server:
        report, _ = run(server)

    assert report["missing"] == []
    assert sum("reasoning_effort" in received.body for received in server.received) == 1
    assert report["requests_sent"] == len(server.received) - 1


@pytest.mark.parametrize("knows", ["json_object", None])
def test_a_server_without_schemas_is_told_them_in_words(knows):
    def fault(body):
        asked = body.get("response_format", {}).get("type")
        if asked is not None and asked != knows:
            return error(400, f"response_format {asked} is not supported")
        answer = json.dumps(PAIRS.answer(body), ensure_ascii=False)
        return completion(f"Here you are:\n```json\n{answer}\n```")

    with Server(fault) as server:
        report, _ = run(server)

    assert report["missing"] == []
    system = server.received[-1].body["messages"][0]["content"]
    assert "one JSON object of this JSON Schema" in system


def test_a_prompt_that_is_too_long_is_halved_until_it_fits():
    def fault(body):
        if name(body) == "translate" and len(passages(body)) > 3:
            return error(400, "too long", code="context_length_exceeded")
        return None

    with Server(fault) as server:
        report, _ = run(server)

    assert report["missing"] == []
    assert max(len(passages(r.body)) for r in server.received if name(r.body) == "translate") > 3


@pytest.mark.parametrize(
    "refusal",
    [
        completion(None, refusal="I cannot help with that."),
        completion("") | {"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]},
        error(400, "filtered", code="content_filter"),
    ],
    ids=["refusal", "finish_reason", "400"],
)
def test_a_refused_passage_is_found_by_halving_and_alone_is_missing(refusal):
    def fault(body):
        return refusal if name(body) in {"translate", "repair"} and "p7" in passages(body) else None

    with Server(fault) as server:
        report, _ = run(server, code=4)
        sent = len(server.received)
        again, _ = run(server, code=4)

    assert report["missing"] == [7]
    assert "Not translated" in page()
    alone = [r for r in server.received if name(r.body) == "translate" and passages(r.body) == ["p7"]]
    assert len(alone) <= 2, "no loop of retries"
    if not isinstance(refusal, Raw):
        assert (again["requests_sent"], len(server.received)) == (0, sent), (
            "a refusal is an answer, and stored"
        )


def test_an_answer_that_was_cut_off_is_asked_for_in_halves():
    def fault(body):
        if name(body) == "translate" and len(passages(body)) > 4:
            whole = completion('{"segments": [')
            whole["choices"][0]["finish_reason"] = "length"
            return whole
        return None

    with Server(fault) as server:
        report, _ = run(server)

    assert report["missing"] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows[1:],
        lambda rows: [*rows, rows[0]],
        lambda rows: [*rows, {"id": "p99", "sentences": ["x"]}],
        lambda rows: [{"id": row["id"]} for row in rows],
        lambda rows: [row | {"note": "x"} for row in rows],
    ],
    ids=["missing", "twice", "unasked", "no text", "more"],
)
def test_an_answer_of_another_shape_is_asked_for_again_passage_by_passage(spoil):
    def fault(body):
        answer = PAIRS.answer(body)
        if name(body) == "translate":
            return completion(json.dumps({"segments": spoil(answer["segments"])}, ensure_ascii=False))
        if name(body) == "repair":
            material = json.loads(body["messages"][-1]["content"])
            source = material["passages"][0]
            text = [PAIRS.english(source["zh"])]
            return completion(
                json.dumps(
                    {"sentences": text, "passage": source["id"], "quote": "", "zh": ""}, ensure_ascii=False
                )
            )
        return None

    with Server(fault) as server:
        report, _ = run(server)

    assert report["missing"] == []
    assert "repair" in server.tasks()
    assert PAIRS.page["paragraphs"][3]["en"][:60] in page()


def test_reordered_ids_are_paired_by_id():
    def fault(body):
        answer = PAIRS.answer(body)
        if name(body) == "translate":
            return completion(json.dumps({"segments": answer["segments"][::-1]}, ensure_ascii=False))
        return None

    with Server(fault) as server:
        report, _ = run(server)

    assert report["missing"] == []
    assert "completeness" not in page()


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda text: text.replace("1.326 million", "13.26 million"), "quantities"),
        (lambda text: f"**{text}** <script>alert(1)</script>", "markup"),
        (lambda text: text.replace("warning level", "警戒水位"), "han"),
        (lambda text: f"As an AI language model, I must say: {text}", "chatter"),
        (lambda text: " ".join([text] * 3), "repetition"),
        (lambda text: text[:20], "length"),
    ],
    ids=["figure", "markup", "han", "chatter", "loop", "short"],
)
def test_what_a_check_finds_is_marked_where_mending_does_not_help(spoil, check):
    def fault(body):
        answer = PAIRS.answer(body)
        if name(body) == "translate":
            for row in answer["segments"]:
                row["sentences"] = [spoil(text) for text in row["sentences"]]
            return completion(json.dumps(answer, ensure_ascii=False))
        if name(body) == "repair":
            return completion('{"sentences": [], "passage": "", "quote": "", "zh": ""}')
        return None

    with Server(fault) as server:
        report, _ = run(server, code=3)

    assert report["findings"]["major"] + report["findings"]["critical"] > 0
    assert re.search(rf"Needs attention \({check}, (?:major|critical)\)", page())
    assert "<script>" not in page()


def test_a_prompt_that_was_cut_in_silence_is_no_answer():
    def fault(body):
        answer = PAIRS.reply(body)
        return (
            answer | {"usage": answer["usage"] | {"prompt_tokens": 40}} if name(body) == "translate" else None
        )

    with Server(fault) as server:
        report, _ = run(server, code=4)

    assert report["missing"]
    assert "cuts long prompts in silence" in page()

    with Server() as larger:
        report, _ = run(larger)

    assert report["missing"] == []
    assert "cuts long prompts in silence" not in page()


def test_another_model_than_was_asked_is_said_and_recorded():
    with Server() as server:
        _, stderr = run(server, "--model", "gpt-6-luna")

    assert stderr.count("gpt-6-luna was asked, loopback-1 answered") == 1
    assert json.loads(Path("output/talk.json").read_text(encoding="utf-8"))["models"] == ["loopback-1"]


@pytest.mark.parametrize(
    "reply",
    [
        {"error": {"message": "model overloaded"}},
        {"choices": None},
        {"choices": []},
        completion(None),
    ],
    ids=["error", "null", "empty", "no text"],
)
def test_a_200_that_is_no_answer_is_missing_with_its_reason(reply):
    with Server(lambda body: reply if name(body) == "translate" else None) as server:
        report, _ = run(server, code=4)

    assert report["missing"]
    assert "Not translated" in page()


def test_usage_that_is_absent_is_no_fault():
    def fault(body):
        answer = PAIRS.reply(body)
        del answer["usage"]
        return answer

    with Server(fault) as server:
        report, _ = run(server)

    assert (report["missing"], report["prompt_tokens"]) == ([], 0)


def test_a_dripping_answer_is_ended_by_the_clock():
    def fault(body):
        return Raw(json.dumps(PAIRS.reply(body)).encode(), drip=0.05) if name(body) == "overview" else None

    with Server(fault) as server:
        report, _ = run(server, "--timeout", "1", code=4)

    assert "no complete answer within 1 seconds" in report["reason"]


def test_the_budget_is_reached_and_the_next_run_goes_on():
    with Server() as server:
        Path("summarizer.toml").write_text('[prices."m"]\ninput = 1e6\noutput = 1e6\n', encoding="utf-8")
        report, stderr = run(server, "--model", "m", "--max-cost", "5", code=5)
        first = len(server.received)
        again, _ = run(server, "--model", "m")

    assert first == 1
    assert "Run again with a higher --max-cost" in stderr
    assert report["page"] == ""
    assert again["requests_sent"] == len(server.received) - first, "what was paid for is not asked again"


def test_a_budget_without_a_price_is_refused_before_any_call():
    with Server() as server:
        arguments = [
            "brief",
            "seeds/talk.txt",
            "--base-url",
            server.url,
            "--model",
            "nobody's",
            "--max-cost",
            "1",
        ]
        result = CliRunner().invoke(cli, arguments, standalone_mode=False)

    assert "--max-cost needs the model's price" in str(result.exception)
    assert server.received == []


def test_retry_asks_again_for_what_carries_a_mark_and_nothing_else():
    def wrong(body):
        answer = PAIRS.answer(body)
        if name(body) == "translate":
            for row in answer["segments"]:
                row["sentences"] = [
                    text.replace("1.326 million", "13.26 million") for text in row["sentences"]
                ]
            return completion(json.dumps(answer, ensure_ascii=False))
        if name(body) == "repair":
            return completion('{"sentences": [], "passage": "", "quote": "", "zh": ""}')
        return None

    def right(body):
        source = json.loads(body["messages"][-1]["content"])["passages"][0]
        mended = {"sentences": [PAIRS.english(source["zh"])], "passage": source["id"], "quote": "", "zh": ""}
        return completion(json.dumps(mended, ensure_ascii=False))

    with Server(wrong) as server:
        run(server, code=3)
        server.received.clear()
        server.reply = right
        report, _ = run(server, "--retry")

    assert server.tasks() == ["repair"]
    assert report["findings"]["critical"] == 0
    assert "1.326 million" in page()


def test_events_are_json_lines():
    with Server() as server:
        _, stderr = run(server, "--events")

    events = [json.loads(line) for line in stderr.splitlines() if line.startswith("{")]
    assert events[0]["event"] == "begun"
    assert events[-1]["event"] == "ended"
    assert sum(event["event"] == "sent" for event in events) == len(server.received)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_arrived_before_the_end_is_stored_and_not_asked_for_again(project, number, code):
    """The server keeps the summaries waiting; when it has answered the rest, the run is ended."""
    waiting = threading.Event()

    def fault(body):
        if name(body) == "summarize":
            waiting.wait(20)

    command = [sys.executable, "-m", "summarizer", "brief", "seeds/talk.txt", "--cache-dir", "cache"]
    with Server(fault) as server:
        running = subprocess.Popen([*command, "--base-url", server.url], stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not {"translate", "summarize"} <= set(server.tasks()) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(number)
        time.sleep(0.5)
        waiting.set()  # what is in hand comes in, and nothing more is sent
        assert running.wait(20) == code
        first = server.tasks()
        server.received.clear()
        report, _ = run(server, "--cache-dir", "cache")

    assert not (project / "output" / "talk.proposed.md").exists()
    assert "terms" in first
    assert "overview" not in first
    assert set(server.tasks()) <= {"overview", "repair"}
    assert report["missing"] == []


def test_the_key_is_in_no_file_that_a_run_wrote(project):
    with Server(once(error(500, f"odd {KEY}", headers=(("retry-after-ms", "5"),)))) as server:
        run(server)

    for path in project.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def test_doctor_says_what_the_endpoint_knows():
    def fault(body):
        return (
            error(400, "unsupported", param='"reasoning_effort"')
            if "reasoning_effort" in body
            else completion("{}")
        )

    with Server(fault) as server:
        result = CliRunner().invoke(
            cli, ["doctor", "--base-url", server.url, "--json"], standalone_mode=False
        )

    signs = {sign["name"]: sign for sign in json.loads(result.stdout)["signs"]}
    assert result.return_value == 0
    assert "loopback-1 answers" in signs["endpoint"]["words"]
    assert signs["structured output"]["words"] == "by JSON schema; does not know reasoning_effort"


def test_doctor_says_what_is_wrong():
    with Server(lambda _: error(401, f"bad key {KEY}")) as server:
        result = CliRunner().invoke(cli, ["doctor", "--base-url", server.url], standalone_mode=False)

    assert result.return_value == 1
    assert "BAD endpoint" in result.stdout
    assert KEY not in result.stdout


def test_usage_is_reported_by_task():
    with Server() as server:
        arguments = ["brief", "seeds/talk.txt", "--base-url", server.url, "--json"]
        report = json.loads(CliRunner().invoke(cli, arguments, standalone_mode=False).stdout)

    tasks = server.tasks()
    assert {task: row["requests"] for task, row in report["usage"].items()} == {
        t: tasks.count(t) for t in set(tasks)
    }
    assert report["usage"]["translate"]["cost_usd"] > 0
