"""A plan says what a brief will send, and a brief sends what the plan said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import prices
from summarizer.cli import cli
from summarizer.errors import RefusedInputError
from summarizer.prices import Price

from . import model
from .loopback import Loopback

LONG = "今年全市清淤管网一百三十公里，完成投资二亿元，群众来信全部答复。"


@pytest.fixture
def project(empty_project, monkeypatch):
    """An empty project with a key, far from any endpoint."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-0123456789abcdef")
    return empty_project


def transcript(exchanges, sentences=2):
    lines = ["水务新闻发布会", ""]
    for number in range(exchanges):
        lines += [f"记者：第{number}问，水价会不会上涨？", ""]
        lines += [f"市水务局局长韩冬青：第{number}答，" + LONG * sentences, "", "我们继续努力。" + LONG, ""]
    return "\n".join(lines)


def invoke(*arguments):
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def planned(path, *more):
    return json.loads(invoke("plan", path, "--json", *more).stdout)["plans"][0]


def sent(server):
    """The tasks that were asked for; a plan knows nothing of repairs."""
    tasks = [received.body["response_format"]["json_schema"]["name"] for received in server.received]
    return [task for task in tasks if task != "repair"]


@pytest.mark.parametrize(
    ("exchanges", "sentences", "more"),
    [(2, 1, ()), (12, 2, ("--chunk-tokens", "150")), (30, 6, ("--chunk-tokens", "40"))],
)
@pytest.mark.usefixtures("project")
def test_a_brief_sends_what_the_plan_said(exchanges, sentences, more):
    Path("seeds/water.txt").write_text(transcript(exchanges, sentences), encoding="utf-8")
    before = planned("seeds/water.txt", *more)
    with Loopback(model.reply) as server:
        result = invoke("brief", "seeds/water.txt", "--base-url", server.url, "--json", *more)

    tasks = [request["task"] for request in before["requests"]]
    assert sorted(sent(server)) == sorted(tasks)
    assert before["totals"]["to_send"] == len(tasks)
    assert json.loads(result.stdout)["briefs"][0]["requests_sent"] == len(server.received)


@pytest.mark.usefixtures("project")
def test_what_depends_on_an_open_answer_has_an_upper_bound_and_no_key():
    Path("seeds/water.txt").write_text(transcript(8), encoding="utf-8")
    small = ("--chunk-tokens", "600")
    before = planned("seeds/water.txt", *small)
    assert [(r["task"], r["exact"], r["key"] is None) for r in before["requests"]] == [
        ("terms", True, False),
        ("translate", False, True),
        ("translate", False, True),
        ("summarize", False, True),
        ("overview", False, True),
    ]
    with Loopback(model.reply) as server:
        invoke("brief", "seeds/water.txt", "--base-url", server.url, *small)

    for name in ("output/water.md", "output/water.json"):
        Path(name).unlink()
    after = planned("seeds/water.txt", *small)
    assert all(request["exact"] and request["stored"] and request["key"] for request in after["requests"])
    assert after["totals"]["to_send"] == 0
    assert after["totals"]["cost_usd"] == [0.0, 0.0]
    bounds = [request["prompt_tokens"] for request in before["requests"]]
    assert all(a["prompt_tokens"] <= bound for a, bound in zip(after["requests"], bounds, strict=True))


@pytest.mark.usefixtures("project")
def test_a_changed_passage_is_planned_and_asked_alone():
    path = Path("seeds/water.txt")
    path.write_text(transcript(12), encoding="utf-8")
    with Loopback(model.reply) as server:
        invoke("brief", "seeds/water.txt", "--base-url", server.url)
        server.received.clear()
        path.write_text(transcript(12).replace("第7答，", "第7答，补充一句，"), encoding="utf-8")
        plan = planned("seeds/water.txt")
        invoke("brief", "seeds/water.txt", "--base-url", server.url)
        asked = [json.loads(received.body["messages"][1]["content"]) for received in server.received]

    # Whether the overview is asked again depends on the new claims, which here are the old ones.
    assert [request["task"] for request in plan["requests"] if not request["exact"]][-1] == "overview"
    assert sorted([*sent(server), "overview"]) == sorted(request["task"] for request in plan["requests"])
    [translated] = [a for a, task in zip(asked, sent(server), strict=True) if task == "translate"]
    assert [passage["zh"][:10] for passage in translated["passages"]] == ["第7答，补充一句，今"]
    assert translated["context"]["before"]["zh"].startswith("第7问")
    assert translated["context"]["after"]["zh"].startswith("我们继续努力")


def test_planning_sends_and_writes_nothing(project):
    Path("seeds/water.txt").write_text(transcript(3), encoding="utf-8")
    before = sorted(path.name for path in project.rglob("*") if "cache" not in path.parts)
    with Loopback(model.reply) as server:
        invoke("plan", "seeds/water.txt")
    assert not server.received
    assert sorted(path.name for path in project.rglob("*") if "cache" not in path.parts) == before


@pytest.mark.usefixtures("project")
def test_a_long_speaker_is_summarised_in_parts_and_then_as_a_whole():
    Path("seeds/water.txt").write_text(transcript(30, 6), encoding="utf-8")
    with Loopback(model.reply) as server:
        invoke("brief", "seeds/water.txt", "--base-url", server.url, "--chunk-tokens", "40")
        asked = [json.loads(received.body["messages"][1]["content"]) for received in server.received]

        tasks = [received.body["response_format"]["json_schema"]["name"] for received in server.received]

    summaries = [a for a, task in zip(asked, tasks, strict=True) if task == "summarize"]
    answers = [[p["id"] for p in a["passages"] if p["kind"] == "answer"] for a in summaries]
    assert len(answers) > 2
    everything = {identity for ids in answers for identity in ids}
    assert len(everything) == 60, "nothing the speaker said is left out"
    assert set(answers[-1]) < everything, "the whole rests on what the parts cite"
    data = json.loads(Path("output/water.json").read_text(encoding="utf-8"))
    claims = [unit for unit in data["units"] if unit["kind"] == "claim"]
    assert claims
    assert len([task for task in sent(server) if task == "terms"]) > 1
    assert len(data["glossaries"]) > 1


@pytest.mark.usefixtures("project")
def test_a_passage_in_parts_is_one_segment_with_all_its_sentences():
    Path("seeds/water.txt").write_text(transcript(1, 20), encoding="utf-8")
    with Loopback(model.reply) as server:
        invoke("brief", "seeds/water.txt", "--base-url", server.url, "--chunk-tokens", "60")
        asked = [json.loads(received.body["messages"][1]["content"]) for received in server.received]

    ids = [p["id"] for a in asked if "context" in a for p in a["passages"]]
    parts = [identity for identity in ids if identity.startswith("p3/")]
    assert len(parts) > 3
    data = json.loads(Path("output/water.json").read_text(encoding="utf-8"))
    [segment] = [unit for unit in data["units"] if unit["id"] == "p3"]
    assert len(segment["generated"]["en"]) == len(parts)


@pytest.mark.usefixtures("project")
def test_a_model_without_a_price_costs_unknown_and_a_users_price_beats_the_table():
    Path("seeds/water.txt").write_text(transcript(1), encoding="utf-8")
    assert planned("seeds/water.txt", "--model", "our-own")["totals"]["cost_usd"] is None
    assert "unknown" in invoke("plan", "seeds/water.txt", "--model", "our-own").stdout
    Path("summarizer.toml").write_text('[prices."our-own"]\ninput = 2\noutput = 0\n', encoding="utf-8")
    totals = planned("seeds/water.txt", "--model", "our-own")["totals"]
    assert totals["cost_usd"][1] == pytest.approx(totals["prompt_tokens"] * 2 / 1e6, abs=1e-4)


def test_a_price_that_is_none_is_refused():
    for wrong in ("cheap", -1, True, float("inf"), float("nan")):
        with pytest.raises(RefusedInputError, match=r"prices\.m needs the numbers"):
            prices.parse({"m": {"input": wrong, "output": 1}}, "summarizer.toml")


def test_a_cost_counts_what_is_cached_at_its_own_price():
    assert prices.cost(Price(1.0, 0.1, 5.0), 1_000_000, 100_000, cached=400_000) == pytest.approx(1.14)


def test_a_model_that_only_genai_prices_knows_has_a_price():
    found = prices.price("gpt-4o", {})
    assert found is not None
    assert found.output > found.input > found.cached > 0
