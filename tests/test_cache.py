"""An answer bought once is found again, or its damage is said; nothing planted is ever run."""

import os
import pickle
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.cache import AnswerCache
from summarizer.errors import SummarizerError
from summarizer.values import Request

REQUEST = Request(
    "seed", "translate", ("p1", "p2"), {"model": "m", "messages": [{"content": "政法"}]}, attempt=2
)
RESPONSE = {"choices": [{"message": {"content": "52,000 \ud800 近180万"}}], "created": 1, "x": 1.5, "n": None}


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def cache(tmp_path: Path, warnings: list[str]) -> Iterator[AnswerCache]:
    with AnswerCache(tmp_path / "cache", warnings.append) as opened:
        yield opened


def database(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "v1" / "cache.db"


def change(tmp_path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(database(tmp_path))
    with connection:
        assert connection.execute(sql, values).rowcount > 0
    connection.close()


def test_what_was_put_is_got_also_by_another_process(cache: AnswerCache, tmp_path: Path, warnings) -> None:
    cache.put("k", REQUEST, RESPONSE)
    assert cache.get("k") == RESPONSE
    cache.close()
    with AnswerCache(tmp_path / "cache", warnings.append) as other:
        assert other.get("k") == RESPONSE
        assert other.get("other") is None
    assert warnings == []


def test_a_request_comes_back_as_it_was_and_is_no_answer(cache: AnswerCache) -> None:
    cache.put_request("k", REQUEST)
    assert cache.get_request("k") == REQUEST
    assert cache.get("k") is None
    cache.put("k", REQUEST, RESPONSE)
    assert cache.get_request("k") == REQUEST
    assert cache.get_request("other") is None


def test_looking_makes_no_directory(cache: AnswerCache, tmp_path: Path) -> None:
    assert cache.get("k") is None
    assert cache.get_request("k") is None
    assert not (tmp_path / "cache").exists()


def test_only_the_owner_may_look(cache: AnswerCache, tmp_path: Path) -> None:
    (tmp_path / "cache" / "v1").mkdir(parents=True, mode=0o755)
    cache.put("k", REQUEST, RESPONSE)
    assert stat.S_IMODE((tmp_path / "cache" / "v1").stat().st_mode) == 0o700


def test_settings_in_the_database_do_not_count(cache: AnswerCache, tmp_path: Path) -> None:
    cache.put("k", REQUEST, RESPONSE)
    cache.close()
    change(tmp_path, "UPDATE Settings SET value = 1 WHERE key = 'size_limit'")
    change(tmp_path, "UPDATE Settings SET value = 10 WHERE key = 'cull_limit'")
    for number in range(30):
        cache.put(f"k{number}", REQUEST, RESPONSE)
    assert all(cache.get(f"k{number}") == RESPONSE for number in range(30))
    assert cache.get("k") == RESPONSE


class Canary:
    """A pickle of this makes a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (os.mkdir, (str(self.path),))


def test_a_planted_pickle_is_not_run(cache: AnswerCache, tmp_path: Path, warnings: list[str]) -> None:
    cache.put("k", REQUEST, RESPONSE)
    planted = pickle.dumps(Canary(tmp_path / "run"), protocol=0)
    change(tmp_path, "UPDATE Cache SET mode = 4, filename = NULL, value = ?", sqlite3.Binary(planted))
    assert cache.get("k") is None
    assert not (tmp_path / "run").exists()
    assert "a pickled value is refused" in warnings[0]
    change(tmp_path, "UPDATE Cache SET raw = 0, key = ?", sqlite3.Binary(planted))
    with pytest.raises(ValueError, match="a pickled key is refused"):
        list(cache._opened())
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("content", [b"", b"garbage", b'{"v":1}', b"[]", b"null", None])
def test_a_damaged_value_is_a_miss_that_is_said_and_can_be_replaced(
    content: bytes | None, cache: AnswerCache, tmp_path: Path, warnings: list[str]
) -> None:
    cache.put("k", REQUEST, RESPONSE)
    packed = content if content in {b"", b"garbage"} else zlib.compress(content or b'"\xff"')
    for file in (tmp_path / "cache" / "v1").rglob("*.val"):
        file.write_bytes(packed)
    change(tmp_path, "UPDATE Cache SET value = ? WHERE filename IS NULL OR 1", sqlite3.Binary(packed))
    assert cache.get("k") is None
    if content != b"null":
        assert len(warnings) == 1
        assert "is damaged" in warnings[0]
    cache.put("k", REQUEST, RESPONSE)
    assert cache.get("k") == RESPONSE


def test_a_changed_digit_is_noticed(cache: AnswerCache, warnings: list[str]) -> None:
    cache.put("k", REQUEST, {"n": "52,000"})
    record = cache._opened()["answer/k"]
    record["response"]["n"] = "58,000"
    cache._opened()["answer/k"] = record
    assert cache.get("k") is None
    assert "its sha256 is" in warnings[0]


def test_an_answer_in_another_requests_place_is_noticed(cache: AnswerCache, warnings: list[str]) -> None:
    cache.put("k", REQUEST, RESPONSE)
    cache._opened()["answer/other"] = cache._opened()["answer/k"]
    assert cache.get("other") is None
    assert "the record of 'k'" in warnings[0]


def test_a_broken_database_is_moved_aside_and_said(cache: AnswerCache, tmp_path: Path, warnings) -> None:
    for expected in ("cache.corrupt-1", "cache.corrupt-2"):
        cache.put("k", REQUEST, RESPONSE)
        cache.close()
        database(tmp_path).write_bytes(b"this is no database" * 500)
        for other in database(tmp_path).parent.glob("cache.db-*"):
            other.unlink()
        assert cache.get("k") is None
        assert (tmp_path / expected / "v1" / "cache.db").exists()
        assert expected in warnings[-1]
    cache.put("k", REQUEST, RESPONSE)
    assert cache.get("k") == RESPONSE


def test_a_directory_that_cannot_be_made_is_said(tmp_path: Path, warnings: list[str]) -> None:
    (tmp_path / "cache").write_text("a file")
    cache = AnswerCache(tmp_path / "cache", warnings.append)
    assert cache.get("k") is None
    with pytest.raises(SummarizerError, match="cannot be used"):
        cache.put("k", REQUEST, RESPONSE)
