"""What was bought is counted, taken along and brought in; nothing planted is run or believed."""

import contextlib
import json
import os
import pickle
import sqlite3
import zlib
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summarizer.cache import AnswerCache
from summarizer.commands.cache import cache
from summarizer.errors import RefusedInputError, SummarizerError
from summarizer.provenance import request_key
from summarizer.values import Request

CHINESE = Request(
    "seed", "translate", ("p1", "p2"), {"model": "m", "messages": [{"content": "政法"}]}, attempt=2
)
OTHER = Request("seed", "overview", ("overview",), {"model": "n", "messages": []})
SILENT = Request("other", "translate", (), {"model": "m", "messages": ["again"]})
USAGE = {"prompt_tokens": 1200, "completion_tokens": 34}
ANSWERS = {
    # Half a surrogate pair after a backslash, and characters that str.splitlines() takes for line ends.
    request_key(CHINESE): (
        CHINESE,
        {"choices": ["近180万 \\\ud800 \u2028 \x85 \r\n"], "usage": USAGE, "x": 1.5},
    ),
    request_key(OTHER): (OTHER, {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 5}}),
    request_key(SILENT): (SILENT, {"choices": [None]}),
}


class Canary:
    """A pickle of this makes a directory when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (os.mkdir, (str(self.path),))


@pytest.fixture(autouse=True)
def _at_home_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SUMMARIZER_CACHE_DIR", raising=False)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A cache with three answers and one exported request."""
    with AnswerCache(tmp_path / "full", pytest.fail) as opened:
        for key, (request, response) in ANSWERS.items():
            opened.put(key, request, response)
        opened.put_request(request_key(OTHER), OTHER)
    return tmp_path / "full"


def run(*arguments: object, code: int = 0, given: bytes | None = None) -> Result:
    """Run a verb the way a shell would; errors a user can act on come through."""
    result = CliRunner().invoke(cache, [str(each) for each in arguments], input=given, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    assert result.return_value == code, result.output
    return result


def stats(directory: Path) -> dict:
    return json.loads(run("stats", "--json", "--cache-dir", directory).stdout)


def change(directory: Path, sql: str, *values: object) -> None:
    with contextlib.closing(sqlite3.connect(directory / "v1" / "cache.db")) as connection, connection:
        assert connection.execute(sql, values).rowcount > 0


def line(request: Request, response: object = None, /, **changed: object) -> bytes:
    row = {"key": request_key(request), "request": asdict(request), "response": response or {"choices": []}}
    return json.dumps(row | changed).encode() + b"\n"


def rename(directory: Path, old: str, name: object) -> None:
    """Give the row *old* another name, packed as the cache packs it."""
    packed = [sqlite3.Binary(zlib.compress(json.dumps(each).encode(), 6)) for each in (name, old)]
    change(directory, "UPDATE Cache SET key = ? WHERE key = ?", *packed)


# --- stats -------------------------------------------------------------------------------------


def test_stats_count_answers_requests_bytes_and_tokens_by_model_and_by_task(full: Path) -> None:
    report = stats(full)

    held = sum(path.stat().st_size for path in full.rglob("*") if path.is_file())
    assert report.pop("bytes") == held > 1000
    assert report == {
        "schema": 1,
        "directory": str(full),
        "answers": 3,
        "requests": 1,
        "models": {
            "m": {"answers": 2, "prompt_tokens": 1200, "completion_tokens": 34, "unknown": 1},
            "n": {"answers": 1, "prompt_tokens": 7, "completion_tokens": 5, "unknown": 0},
        },
        "tasks": {
            "overview": {"answers": 1, "prompt_tokens": 7, "completion_tokens": 5, "unknown": 0},
            "translate": {"answers": 2, "prompt_tokens": 1200, "completion_tokens": 34, "unknown": 1},
        },
    }


def test_stats_say_the_same_to_a_person(full: Path) -> None:
    said = run("stats", "--cache-dir", full).stdout

    assert said.startswith(f"{full}\n3 answers, 1 exported requests, ")
    assert "  translate       2 answers         1,200 tokens in            34 out, 1 report none\n" in said
    assert "  n       1 answers             7 tokens in             5 out\n" in said


def test_a_missing_cache_holds_nothing_and_stays_missing(tmp_path: Path) -> None:
    assert stats(tmp_path / "none") == {
        "schema": 1,
        "directory": str(tmp_path / "none"),
        "answers": 0,
        "requests": 0,
        "bytes": 0,
        "models": {},
        "tasks": {},
    }
    assert run("stats", "--cache-dir", tmp_path / "none").stdout.endswith(
        "0 answers, 0 exported requests, 0 bytes\n"
    )
    assert run("export", "-", "--cache-dir", tmp_path / "none").stdout == ""
    assert run("import", "-", "--cache-dir", tmp_path / "none", given=b"{}", code=4).stdout
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("full")
def test_the_configured_cache_of_the_project_is_meant(tmp_path: Path) -> None:
    (tmp_path / "summarizer.toml").write_text('cache_dir = "full"\n', encoding="utf-8")

    assert json.loads(run("stats", "--json", "--project", tmp_path).stdout)["answers"] == 3


# --- export ------------------------------------------------------------------------------------


def test_export_writes_one_readable_line_an_answer_sorted_by_key(full: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "new" / "answers.jsonl", "--cache-dir", full)

    content = (tmp_path / "new" / "answers.jsonl").read_bytes()
    rows = [json.loads(each) for each in content.decode("utf-8").split("\n")[:-1]]
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert "政法".encode() in content
    assert [row["key"] for row in rows] == sorted(ANSWERS)
    assert all(list(row) == ["key", "request", "response"] for row in rows)
    assert {row["key"]: row["response"] for row in rows} == {key: told for key, (_, told) in ANSWERS.items()}
    assert rows[0]["request"] == json.loads(json.dumps(asdict(ANSWERS[rows[0]["key"]][0])))
    assert "3 answers written" in result.stderr
    assert result.stdout == ""


def test_export_to_stdout_is_the_same_bytes(full: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "answers.jsonl", "--cache-dir", full)

    result = run("export", "-", "--cache-dir", full)

    assert result.stdout_bytes == (tmp_path / "answers.jsonl").read_bytes()
    assert "3 answers written to stdout" in result.stderr


def test_export_over_a_link_is_refused_and_changes_nothing(full: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "kept")

    with pytest.raises(RefusedInputError, match="symbolic link"):
        run("export", tmp_path / "link", "--cache-dir", full)
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "kept"


# --- import ------------------------------------------------------------------------------------


def test_what_was_exported_is_imported_as_it_was(full: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "answers.jsonl", "--cache-dir", full)

    result = run("import", tmp_path / "answers.jsonl", "--cache-dir", tmp_path / "empty")

    assert result.stdout == "3 answers stored, 0 already there, 0 refused\n"
    with AnswerCache(tmp_path / "empty", pytest.fail) as opened:
        for key, (_, response) in ANSWERS.items():
            assert opened.get(key) == response
        assert [(each.key, each.request) for each in opened.stored()] == [
            (key, ANSWERS[key][0]) for key in sorted(ANSWERS)
        ]
    again = run("export", "-", "--cache-dir", tmp_path / "empty")
    assert again.stdout_bytes == (tmp_path / "answers.jsonl").read_bytes()


def test_to_import_twice_stores_nothing_more(full: Path, tmp_path: Path) -> None:
    exported = run("export", "-", "--cache-dir", full).stdout_bytes
    run("import", "-", "--cache-dir", tmp_path / "empty", given=exported)

    result = run("import", "-", "--cache-dir", tmp_path / "empty", given=exported)

    assert result.stdout == "0 answers stored, 3 already there, 0 refused\n"


def test_an_answer_that_is_there_is_never_overwritten(full: Path) -> None:
    result = run("import", "-", "--cache-dir", full, given=line(OTHER, {"choices": ["another"]}))

    assert result.stdout == "0 answers stored, 1 already there, 0 refused\n"
    with AnswerCache(full, pytest.fail) as opened:
        assert opened.get(request_key(OTHER)) == ANSWERS[request_key(OTHER)][1]


def test_a_damaged_answer_is_replaced_by_an_imported_one(full: Path) -> None:
    exported = run("export", "-", "--cache-dir", full).stdout_bytes
    change(full, "UPDATE Cache SET value = ?, mode = 2, filename = NULL", sqlite3.Binary(b"garbage"))
    assert stats(full)["answers"] == 0

    result = run("import", "-", "--cache-dir", full, given=exported)

    assert result.stdout == "3 answers stored, 0 already there, 0 refused\n"
    assert run("export", "-", "--cache-dir", full).stdout_bytes == exported


def test_an_exported_request_is_no_answer_and_is_kept_beside_one(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "asked", pytest.fail) as opened:
        opened.put_request(request_key(OTHER), OTHER)

    assert run("export", "-", "--cache-dir", tmp_path / "asked").stdout == ""
    run("import", "-", "--cache-dir", tmp_path / "asked", given=line(OTHER))
    report = stats(tmp_path / "asked")
    assert (report["answers"], report["requests"]) == (1, 1)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(OTHER, key="0" * 64), "its key is '0000"),
        (line(OTHER, key=None), "its key is None"),
        (line(OTHER, request=asdict(OTHER) | {"attempt": 2}), "that of its request is"),
        (line(OTHER, request=asdict(OTHER) | {"attempt": True}), "attempt is of type bool"),
        (line(OTHER, request=asdict(OTHER) | {"units": "p1"}), "units is of type str"),
        (line(OTHER, request=asdict(OTHER) | {"units": [1]}), "units are not all strings"),
        (line(OTHER, request=asdict(OTHER) | {"more": 1}), "no object of slug, task, units, body, attempt"),
        (line(OTHER, request=[]), "no object of slug"),
        (line(OTHER, request=asdict(OTHER) | {"body": {"half": "\ud800"}}), "its request has no key"),
        (line(OTHER, response=["text"]), "its response is no JSON object"),
        (b"[]\n", "is no JSON object"),
        (b"not json\n", "is no JSON in UTF-8"),
        (b"\xff\xfe\n", "is no JSON in UTF-8"),
        (b"[" * 100_000 + b"\n", "is no JSON in UTF-8"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_are_stored(
    bad: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "answers.jsonl").write_bytes(line(CHINESE) + b"\n" + bad + line(SILENT).rstrip(b"\n"))

    result = run("import", tmp_path / "answers.jsonl", "--cache-dir", tmp_path / "cache", code=4)

    assert result.stdout == "2 answers stored, 0 already there, 1 refused\n"
    assert f"{tmp_path / 'answers.jsonl'}: line 3: " in result.stderr
    assert reason in result.stderr
    assert stats(tmp_path / "cache")["answers"] == 2


def test_no_depth_of_nesting_is_more_than_a_refusal(tmp_path: Path) -> None:
    for depth in range(200, 1000, 9):
        deep = line(OTHER, key="KEY").replace(b'"KEY"', json.dumps(request_key(OTHER)).encode())
        deep = deep.replace(
            b'"response": {"choices": []}', b'"response": {"a": %s1%s}' % (b"[" * depth, b"]" * depth)
        )
        result = CliRunner().invoke(
            cache,
            ["import", "-", "--cache-dir", str(tmp_path / str(depth))],
            input=deep,
            standalone_mode=False,
        )
        assert result.exception is None
        assert result.return_value in {0, 4}
        assert stats(tmp_path / str(depth))["schema"] == 1
        assert run("export", "-", "--cache-dir", tmp_path / str(depth)).return_value == 0


def test_an_export_larger_than_what_is_read_whole_is_imported(tmp_path: Path) -> None:
    long = {"choices": ["政" * 7_000_000]}

    result = run("import", "-", "--cache-dir", tmp_path / "cache", given=line(OTHER, long))

    assert result.stdout.startswith("1 answers stored")
    run("export", tmp_path / "answers.jsonl", "--cache-dir", tmp_path / "cache")
    assert (tmp_path / "answers.jsonl").stat().st_size > 20_000_000
    again = run("import", tmp_path / "answers.jsonl", "--cache-dir", tmp_path / "cache")
    assert again.stdout.startswith("0 answers stored, 1 already there")


# --- what is damaged, planted or locked --------------------------------------------------------


def test_a_planted_pickle_is_not_run_and_is_passed_over(full: Path, tmp_path: Path) -> None:
    planted = sqlite3.Binary(pickle.dumps(Canary(tmp_path / "run"), protocol=0))
    change(full, "UPDATE Cache SET mode = 4, filename = NULL, value = ? WHERE rowid = 1", planted)
    change(full, "UPDATE Cache SET raw = 0, key = ? WHERE rowid = 2", planted)

    result = run("export", "-", "--cache-dir", full)

    assert len(result.stdout_bytes.splitlines()) == 1
    assert "a pickled value is refused" in result.stderr
    assert "row 2 of the cache has a damaged key (a pickled key is refused)" in result.stderr
    assert stats(full)["answers"] == 1
    assert run("import", "-", "--cache-dir", full, given=line(CHINESE)).return_value == 0
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("name", [7, None, ["answer/k"], "other/k", "answer"])
def test_a_row_with_a_strange_name_is_said_and_passed_over(name: object, full: Path) -> None:
    rename(full, f"answer/{request_key(OTHER)}", name)

    result = run("export", "-", "--cache-dir", full)

    assert "2 answers written" in result.stderr
    assert "passed over" in result.stderr


@pytest.mark.parametrize("packed", [b"", b"garbage", "text", 5, None])
def test_a_row_with_an_unreadable_name_is_said_and_passed_over(packed: object, full: Path) -> None:
    change(full, "UPDATE Cache SET key = ? WHERE rowid = 2", packed)

    result = run("export", "-", "--cache-dir", full)

    assert "2 answers written" in result.stderr
    assert "row 2 of the cache has a damaged key" in result.stderr


@pytest.mark.parametrize(
    "value",
    [
        pytest.param((1, sqlite3.Binary(b"garbage")), id="garbage"),
        pytest.param((1, sqlite3.Binary(zlib.compress(b"null"))), id="null"),
        pytest.param((1, sqlite3.Binary(zlib.compress(b"[" * 100_000))), id="deep"),
        pytest.param((1, 5), id="number"),
        pytest.param((1, "text"), id="text"),
        pytest.param((9, None), id="mode"),
    ],
)
def test_a_damaged_value_is_said_and_passed_over(value: tuple[int, object], full: Path) -> None:
    change(full, "UPDATE Cache SET mode = ?, value = ?, filename = NULL WHERE rowid = 2", *value)

    result = run("export", "-", "--cache-dir", full)

    assert "2 answers written" in result.stderr
    assert result.stderr.count("is damaged") == 1


def test_a_value_whose_file_is_gone_is_said(tmp_path: Path) -> None:
    incompressible = {"choices": [os.urandom(60_000).hex()]}
    with AnswerCache(tmp_path / "cache", pytest.fail) as opened:
        opened.put(request_key(OTHER), OTHER, incompressible)
    (file,) = (tmp_path / "cache").rglob("*.val")
    file.unlink()

    assert "is damaged" in run("export", "-", "--cache-dir", tmp_path / "cache").stderr


def test_an_answer_whose_own_request_was_changed_is_passed_over(full: Path) -> None:
    with AnswerCache(full, pytest.fail) as opened:
        name = f"answer/{request_key(OTHER)}"
        record = opened._opened()[name]
        record["request"]["body"]["model"] = "another"
        opened._opened()[name] = record

    result = run("export", "-", "--cache-dir", full)

    assert "2 answers written" in result.stderr
    assert "is passed over: its key is" in result.stderr


def test_a_database_that_another_process_holds_is_an_error_that_says_what_to_do(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.database._TIMEOUT", 0)
    with AnswerCache(full, pytest.fail) as opened:
        assert list(opened.stored())
        holder = sqlite3.connect(full / "v1" / "cache.db", isolation_level=None)
        with contextlib.closing(holder):
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(SummarizerError, match="wait for other runs"):
                opened.add(request_key(OTHER), OTHER, {})
            holder.execute("ROLLBACK")


def test_a_broken_database_is_moved_aside_and_said(full: Path) -> None:
    (full / "v1" / "cache.db").write_bytes(b"this is no database" * 500)

    result = run("stats", "--cache-dir", full)

    assert "was moved to" in result.stderr
    assert "0 answers" in result.stdout
    assert full.with_name("full.corrupt-1").exists()
