"""Whatever stands behind the address, an answer comes out or a sentence that holds no key."""

import asyncio
import json
import re
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from summarizer import answers
from summarizer.errors import EndpointError, RefusedInputError
from summarizer.llm import Endpoint, answer_from
from summarizer.values import Answer, Request, Task

from . import model
from .conftest import CASSETTES, KEEP_OF_REQUEST, KEEP_OF_RESPONSE
from .loopback import Loopback, Raw, completion

KEY = "sk-canary-0123456789abcdef"
NOBODY = "http://127.0.0.1:9/v1"
BODY = {"model": "gpt-6.1-terra", "messages": [{"role": "user", "content": "共收集意见建议5.2万余条。"}]}


def request(body: dict[str, Any] | None = None) -> Request:
    return Request("seed", "translate", ("p10",), body or BODY)


async def ask(
    loopback: Loopback, reply: Raw | dict[str, Any], limit: float = 20.0, key: str | None = KEY
) -> dict:
    loopback.reply = lambda _: reply
    async with Endpoint(loopback.url, key, limit) as endpoint:
        return await endpoint.complete(request())


# --- reading an answer -----------------------------------------------------------------------


def test_an_answer_is_read() -> None:
    assert answer_from(completion("More than 52,000.")) == Answer(
        "More than 52,000.", "loopback-1", "stop", None, 70_000, 3
    )


def test_a_refusal_is_an_answer() -> None:
    answer = answer_from(completion(None, refusal="I cannot help with that."))
    assert (answer.text, answer.refusal) == ("", "I cannot help with that.")


def test_what_local_servers_leave_out_is_none() -> None:
    answer = answer_from({"choices": [{"message": {"content": ""}}], "usage": {"prompt_tokens": True}})
    assert answer == Answer("", "", None, None, None, None)


@pytest.mark.parametrize(
    ("response", "words"),
    [
        ("<!DOCTYPE html><title>Log in</title>", "sent a web page .*Log in.*check the base URL"),
        ("gateway up", "text that is no JSON"),
        (None, "sent null"),
        (b"x".hex(), "text"),
        ([1], r"sent \[1\]"),
        ({"error": {"message": "model overloaded"}}, "an error: model overloaded"),
        ({"error": "overloaded", "choices": None}, "an error: overloaded"),
        ({"error": {"code": 5}}, '{"code": 5}'),
        ({"choices": None}, "no choices .*null"),
        ({"choices": []}, r"no choices .*\[\]"),
        ({"choices": ["x"]}, "no choices"),
        ({}, "no choices"),
        ({"choices": [{"message": None}]}, "no message"),
        ({"choices": [{"message": {"content": None}, "finish_reason": "length"}]}, "no text .*length"),
        ({"choices": [{"message": {"content": None, "refusal": ""}}]}, "no text"),
        ({"choices": [{"message": {"content": [{"type": "text"}]}}]}, "no text"),
    ],
)
def test_what_is_no_answer_is_said(response: Any, words: str) -> None:
    with pytest.raises(EndpointError, match=words) as caught:
        answer_from(response)
    assert len(str(caught.value)) < 700


# --- the key and the address -----------------------------------------------------------------


@pytest.mark.parametrize("key", ["sk-a\nb", "sk-钥匙", "sk a", "sk-\x7f"])
def test_a_key_that_no_header_can_carry_is_refused_unseen(key: str) -> None:
    with pytest.raises(RefusedInputError, match="the API key has") as caught:
        Endpoint(None, key)
    assert key not in str(caught.value)


@pytest.mark.parametrize("key", [None, "", " \n"])
def test_openai_itself_wants_a_key(key: str | None) -> None:
    with pytest.raises(RefusedInputError, match="no API key: set OPENAI_API_KEY"):
        Endpoint(None, key)


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://x", "http://", "http://[", "http://x:y/v1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(RefusedInputError, match="base URL is no address"):
        Endpoint(url, KEY)


@pytest.mark.anyio
async def test_the_key_is_stripped_and_the_body_is_sent_as_it_stands(loopback: Loopback) -> None:
    body = {**BODY, "top_k": 3, "options": {"num_ctx": 8192}}
    async with Endpoint(loopback.url, f" {KEY}\n") as endpoint:
        await endpoint.complete(request(body))
        await endpoint.complete(request(body))
    assert [received.body for received in loopback.received] == [body, body]
    assert {received.headers["authorization"] for received in loopback.received} == {f"Bearer {KEY}"}


@pytest.mark.anyio
async def test_a_local_server_needs_no_key(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)  # the desk decides what is sent where, not the SDK
    assert answer_from(await ask(loopback, completion("ok"), key=None)).text == "ok"
    assert KEY not in str(loopback.received)


# --- what servers do -------------------------------------------------------------------------


@pytest.mark.anyio
async def test_the_headers_of_every_response_are_heard(loopback: Loopback) -> None:
    heard: list[Any] = []
    text = json.dumps(completion("ok")).encode()
    loopback.reply = lambda _: Raw(text, headers=(("x-ratelimit-limit-requests", "5"),))
    async with Endpoint(loopback.url, KEY, hear=heard.append) as endpoint:
        await endpoint.complete(request())
    assert [headers.get("x-ratelimit-limit-requests") for headers in heard] == ["5"]


@pytest.mark.anyio
async def test_the_answer_comes_back_as_the_server_wrote_it(loopback: Loopback) -> None:
    written = {**completion("近180万条 \\ud800"), "system_fingerprint": "fp", "odd": [{"own": 1}]}
    assert await ask(loopback, written) == written


@pytest.mark.anyio
async def test_an_answer_without_text_is_paid_for_and_comes_back(loopback: Loopback) -> None:
    written = completion(None)
    assert await ask(loopback, written) == written


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Raw(b"<html>Log in</html>", content_type="text/html"), "web page"),
        (Raw(b"<html>Log in</html>"), "web page"),
        (Raw(b""), "no JSON"),
        (Raw(b'{"choices": [{"mess'), "no JSON"),
        (Raw(b'{"error": {"message": "Bad key ' + KEY.encode() + b'"}}'), r"Bad key \[key\]"),
        (Raw(b'{"choices": []}'), "no choices"),
        (Raw(b'{"error": {"message": "Incorrect key: ' + KEY.encode() + b'"}}', 401), "401.*check the key"),
        (Raw(b"<html>" + b"x" * 280 + KEY.encode() + b"</html>", 403), "403"),
        (Raw(b'{"error": {"message": "The model does not exist"}}', 404), "404.*model's name"),
        (Raw(b'{"error": {"message": "context_length_exceeded"}}', 400), "400.*context_length_exceeded"),
        (Raw(b"busy", 429, headers=(("retry-after-ms", "1"),)), "429.*quota"),
    ],
)
async def test_a_fault_is_a_sentence_without_the_key(loopback: Loopback, reply: Raw, words: str) -> None:
    with pytest.raises(EndpointError, match=words) as caught:
        await ask(loopback, reply)
    printed = "".join(traceback.format_exception(caught.value))
    assert KEY not in printed
    assert "sk-canary" not in str(caught.value)
    assert loopback.url in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.anyio
async def test_a_key_repeated_in_a_good_answer_is_not_handed_on(loopback: Loopback) -> None:
    assert KEY not in str(await ask(loopback, completion(f"your key is {KEY}")))


@pytest.mark.anyio
async def test_a_local_servers_short_key_is_a_word_like_any_other(loopback: Loopback) -> None:
    assert answer_from(await ask(loopback, completion("none of them"), key="none")).text == "none of them"


@pytest.mark.anyio
async def test_a_server_that_drips_is_left_in_time(loopback: Loopback) -> None:
    started = asyncio.get_running_loop().time()
    with pytest.raises(EndpointError, match=r"no complete answer within 0\.5 seconds"):
        await ask(loopback, Raw(json.dumps(completion("x" * 500)).encode(), drip=0.1), limit=0.5)
    assert asyncio.get_running_loop().time() - started < 5


@pytest.mark.anyio
async def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    async with Endpoint("http://user:secret@127.0.0.1:9/v1?token=secret", KEY) as endpoint:
        with pytest.raises(EndpointError, match=r"http://127\.0\.0\.1:9/v1: .*check the base URL") as caught:
            await endpoint.complete(request())
    assert "secret" not in str(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "kind", "wait"),
    [
        (Raw(b"busy", 503, headers=(("retry-after-ms", "1500"),)), "refused", 1.5),
        (Raw(b'{"error": {"message": "slow"}}', 429, headers=(("retry-after", "7"),)), "refused", 7.0),
        (Raw(b"{}", 429, headers=(("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"),)), "refused", 0.0),
        (Raw(b'{"error": {"message": "x", "code": "insufficient_quota"}}', 429), "fatal", None),
        (Raw(b"oops", 500), "transient", None),
        (Raw(b"late", 408), "transient", None),
        (Raw(b'{"error": {"message": "bad key"}}', 401), "fatal", None),
        (Raw(b"no", 403), "fatal", None),
        (Raw(b'{"error": {"message": "no such model"}}', 404), "fatal", None),
        (Raw(b'{"error": {"message": "x", "code": "context_length_exceeded"}}', 400), "too-long", None),
        (Raw(b'{"error": {"message": "filtered", "code": "content_filter"}}', 400), "filtered", None),
        (Raw(b'{"error": {"message": "odd", "param": "reasoning_effort"}}', 400), "parameter", None),
        (Raw(b'{"error": {"message": "response_format json_schema?"}}', 400), "parameter", None),
        (Raw(b'{"error": {"message": "odd"}}', 422), "other", None),
    ],
)
async def test_a_status_says_what_to_do(loopback: Loopback, reply, kind, wait) -> None:
    with pytest.raises(EndpointError) as caught:
        await ask(loopback, reply)
    assert (caught.value.kind, caught.value.retry_after) == (kind, wait)
    assert len(loopback.received) == 1, "the SDK itself asks once"


# --- recordings ------------------------------------------------------------------------------


def translate(passage: str, source: str) -> Request:
    message = json.dumps({"passages": [{"id": passage, "source": source}]}, ensure_ascii=False)
    return Request(
        "seed", "translate", (passage,), {**BODY, "messages": [{"role": "user", "content": message}]}
    )


def reply_with_translation(body: dict[str, Any]) -> dict[str, Any]:
    (passage,) = json.loads(body["messages"][0]["content"])["passages"]
    english = {"p10": "More than 52,000 opinions were collected.", "p34": "Legal supervision is a duty."}
    return completion(json.dumps({"segments": [{"id": passage["id"], "target": [english[passage["id"]]]}]}))


@pytest.mark.anyio
async def test_a_recorded_translation_replays_with_the_server_down(
    cassette: Callable[[str], AbstractContextManager[Any]], record_mode: str
) -> None:
    """Two requests at once to one address: each gets its own answer."""
    asked = [translate("p10", "共收集意见建议5.2万余条。"), translate("p34", "法律监督是职责。")]
    server = nullcontext() if record_mode == "none" else Loopback(reply_with_translation)
    with server as loopback, cassette("translate") as recording:
        async with Endpoint(loopback.url if loopback else NOBODY, KEY) as endpoint:
            found = await asyncio.gather(*(endpoint.complete(one) for one in reversed(asked)))
    texts = [answer_from(response).text for response in reversed(found)]
    assert "52,000" in texts[0]
    assert "Legal supervision" in texts[1]
    if record_mode == "none":
        assert recording.all_played


MATERIAL = {
    "terms": {"speakers": [{"id": "zhu-chen", "name": "朱晨", "title": "副书记", "romanized": "Zhu Chen"}]},
    "summarize": {"passages": [{"id": "p2", "kind": "answer", "zh": "我们共收集意见建议5.2万余条。"}]},
    "overview": {"claims": [{"id": "zhu-chen-1", "en": "Opinions were collected.", "zh": "收集了意见。"}]},
    "repair": {
        "kind": "translation",
        "passages": [
            {"id": "p2", "zh": "共收集意见建议5.2万余条。", "figures": ["5.2万余条 = more than 52,000"]}
        ],
    },
}


@pytest.mark.anyio
@pytest.mark.parametrize("task", MATERIAL)
async def test_each_task_is_asked_and_read_as_recorded(
    task: Task, cassette: Callable[[str], AbstractContextManager[Any]], record_mode: str
) -> None:
    message = {"role": "user", "content": json.dumps(MATERIAL[task], ensure_ascii=False)}
    asked = {"model": "m", "messages": [message]}
    shape = {"type": "json_schema", "json_schema": {"name": task, "strict": True, "schema": {}}}
    units = ("p2",) if task == "repair" else (task,)
    sent = Request("seed", task, units, {**asked, "response_format": shape})
    server = nullcontext() if record_mode == "none" else Loopback(model.reply)
    with server as loopback, cassette(task):
        async with Endpoint(loopback.url if loopback else NOBODY, KEY) as endpoint:
            response = await endpoint.complete(sent)
    answers.conform(sent, answer_from(response))


def test_there_are_recordings_and_a_note_of_where_they_come_from() -> None:
    assert list(CASSETTES.glob("*.json"))
    assert "loopback server" in (CASSETTES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(CASSETTES.parent.rglob("*.json*")), ids=lambda path: path.name)
def test_no_recording_holds_a_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\bsk-|\bbearer\b|\borg-|\bproj_|set-cookie", text, re.IGNORECASE) == []


@pytest.mark.parametrize("path", sorted(CASSETTES.glob("*.json")), ids=lambda path: path.name)
def test_a_recording_keeps_no_header_but_those_allowed(path: Path) -> None:
    recording = json.loads(path.read_text(encoding="utf-8"))
    for call in recording["interactions"]:
        assert {name.lower() for name in call["request"]["headers"]} <= KEEP_OF_REQUEST
        assert {name.lower() for name in call["response"]["headers"]} <= KEEP_OF_RESPONSE
        assert call["request"]["uri"].startswith("https://llm.invalid/")
    assert "\\u" not in path.read_text(encoding="utf-8")
