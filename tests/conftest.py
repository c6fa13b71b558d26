"""Shared by all tests: asyncio, a loopback server, and recordings that hold no secret.

The network is shut but for loopback (see addopts in pyproject.toml). To record a cassette
again, delete it and run its test with ``--record-mode=once``.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import vcr
from vcr.persisters.filesystem import CassetteNotFoundError
from vcr.serialize import deserialize, serialize

from .loopback import Loopback, completion

CASSETTES = Path(__file__).parent.parent / "cassettes" / "http"

# Lists of what may stay, not of what must go: a header nobody thought of is dropped.
KEEP_OF_REQUEST = {"content-type"}
KEEP_OF_RESPONSE = {"content-type", "retry-after", "retry-after-ms"}
# Not \S+: that would eat the closing quote of the JSON around it.
SECRET = re.compile(r"\bsk-[A-Za-z0-9_\-]{8,}|\bBearer\s+[A-Za-z0-9._\-]+|\b(?:org-|proj_)[A-Za-z0-9]+")


def scrub_request(request: Any) -> Any:
    """Drop what tells who recorded, and where."""
    for name in list(request.headers):
        if name.lower() not in KEEP_OF_REQUEST:
            del request.headers[name]
    request.uri = re.sub(r"^https?://[^/]+", "https://llm.invalid", request.uri)
    if request.body:
        request.body = SECRET.sub("REDACTED", bytes(request.body).decode()).encode()
    return request


def scrub_response(response: dict[str, Any]) -> dict[str, Any]:
    """Drop what tells whose account answered; a 401 may repeat the key in its body."""
    kept = {name: value for name, value in response["headers"].items() if name.lower() in KEEP_OF_RESPONSE}
    body = SECRET.sub("REDACTED", response["body"]["string"].decode()).encode()
    return {**response, "headers": kept, "body": {"string": body}}


class ReadableJson:
    """A serializer whose Chinese a reviewer can read."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        return json.dumps(cassette, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @staticmethod
    def deserialize(text: str) -> Any:
        return json.loads(text)


class Utf8Persister:
    """A persister that no locale can break and that never leaves half a recording."""

    @staticmethod
    def load_cassette(path: str, serializer: Any) -> Any:
        try:
            text = Path(path).read_bytes().decode("utf-8")
        except FileNotFoundError:
            raise CassetteNotFoundError from None
        return deserialize(text, serializer)

    @staticmethod
    def save_cassette(path: str, cassette: dict[str, Any], serializer: Any) -> None:
        target = Path(path)
        temporary = target.with_name(f".summarizer-{os.getpid()}.tmp")
        temporary.write_bytes(serialize(cassette, serializer).encode("utf-8"))
        temporary.replace(target)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A server that answers "ok" until it is told otherwise."""
    with Loopback(lambda _: completion("ok")) as server:
        yield server


@pytest.fixture
def cassette(record_mode: str) -> Callable[[str], AbstractContextManager[Any]]:
    """Open a recording of cassettes/http; replay only, unless --record-mode says otherwise."""
    recorder = vcr.VCR(
        record_mode=record_mode,
        serializer="json-utf8",
        # Without the body, parallel requests to one address get one another's answers.
        match_on=("method", "path", "body"),
        decode_compressed_response=True,
        before_record_request=scrub_request,
        before_record_response=scrub_response,
        record_on_exception=False,
    )
    recorder.register_serializer("json-utf8", ReadableJson)
    recorder.register_persister(Utf8Persister)

    def use(name: str) -> AbstractContextManager[Any]:
        opened: AbstractContextManager[Any] = recorder.use_cassette(str(CASSETTES / f"{name}.json"))
        return opened

    return use


@pytest.fixture
def empty_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a project with an empty seeds/, a cache of its own, and no key."""
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SUMMARIZER_SETTLE", "0")
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path
