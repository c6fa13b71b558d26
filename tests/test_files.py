"""Reading refuses with a reason; writing leaves the old file or the new one."""

import hashlib
import os
from pathlib import Path

import pytest

from summarizer import files
from summarizer.errors import RefusedInputError, SummarizerError


def left_overs(directory: Path) -> list[Path]:
    return list(directory.glob(".summarizer-*.tmp"))


# --- reading ---------------------------------------------------------------------------------


def test_bytes_come_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf\r\n\xff")
    assert files.read_bytes(tmp_path / "a") == b"\xef\xbb\xbf\r\n\xff"


def test_what_cannot_be_read_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match="no such file; check"):
        files.read_bytes(tmp_path / "missing")
    with pytest.raises(RefusedInputError, match="is a directory, expected a file"):
        files.read_bytes(tmp_path)
    with pytest.raises(RefusedInputError, match="cannot be read"):
        files.read_bytes(tmp_path / "a\0b")
    with pytest.raises(RefusedInputError, match="cannot be read"):
        files.read_bytes(tmp_path / ("x" * 300))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LIMIT", 3)
    (tmp_path / "a").write_bytes(b"123")
    assert files.read_bytes(tmp_path / "a") == b"123"
    (tmp_path / "a").write_bytes(b"1234")
    with pytest.raises(RefusedInputError, match="larger than 3 bytes"):
        files.read_bytes(tmp_path / "a")


def test_newlines_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("一\r\n二\r三\n".encode())
    assert files.read_text(tmp_path / "a") == "一\r\n二\r三\n"


def test_text_that_is_not_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"ab" + "政法".encode("gb18030"))
    with pytest.raises(RefusedInputError, match="not UTF-8 at byte 2"):
        files.read_text(tmp_path / "a")


# --- writing ---------------------------------------------------------------------------------


def test_writing_makes_directories_and_says_that_it_wrote(tmp_path: Path) -> None:
    page = tmp_path / "output" / "deep" / "page.md"
    assert files.write_atomically(page, "一\r\n二\n") is True
    assert page.read_bytes() == "一\r\n二\n".encode()
    assert left_overs(page.parent) == []


def test_equal_bytes_are_not_touched(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    files.write_atomically(page, "same")
    before = page.stat()
    assert files.write_atomically(page, "same") is False
    after = page.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert files.write_atomically(page, "sane") is True


def test_the_mode_is_kept_and_a_new_file_has_the_usual_one(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    umask = os.umask(0o027)
    try:
        files.write_atomically(page, "1")
    finally:
        os.umask(umask)
    assert page.stat().st_mode & 0o777 == 0o640
    page.chmod(0o600)
    files.write_atomically(page, "2")
    assert page.stat().st_mode & 0o777 == 0o600


def test_links_and_directories_are_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("link", "dangling"):
        with pytest.raises(RefusedInputError, match="symbolic link"):
            files.write_atomically(tmp_path / name, "new")
    with pytest.raises(RefusedInputError, match="is a directory"):
        files.write_atomically(tmp_path, "new")
    assert target.read_text() == "old"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(call: str, tmp_path: Path, monkeypatch) -> None:
    page = tmp_path / "page.md"
    files.write_atomically(page, "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), fail)
    with pytest.raises(SummarizerError, match="No space left on device; nothing was changed"):
        files.write_atomically(page, "new")
    assert page.read_text() == "old"
    assert left_overs(tmp_path) == []


def test_a_file_in_the_place_of_a_directory_is_said(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(SummarizerError, match="cannot be written"):
        files.write_atomically(tmp_path / "output" / "page.md", "new")


# --- YAML and TOML ---------------------------------------------------------------------------


def test_yaml_words_stay_words() -> None:
    text = "a: NO\nb: 12:30\nc: 2021-07-07\non: yes\nzh: 朱晨\nn: 5\nt: true\n"
    assert files.load_yaml(text, "x") == {
        "a": "NO",
        "b": "12:30",
        "c": "2021-07-07",
        "on": "yes",
        "zh": "朱晨",
        "n": 5,
        "t": True,
    }


def test_empty_yaml_is_nothing() -> None:
    assert files.load_yaml("", "x") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", r"termbase.yaml line 3: .*duplicate key"),
        ("a: &x 1\nb: *x\n", r"termbase.yaml line 1: anchors and aliases"),
        ("a: 1\nb: *x\n", r"termbase.yaml line 2: anchors and aliases"),
        ("a: 1\nb: !!python/object/apply:os.getcwd []\n", r"termbase.yaml line 2"),
        ("a: [1\nb: 2\n", r"termbase.yaml line \d"),
        ("a: 1\n---\nb: 2\n", r"termbase.yaml line 2: .*another document"),
        ("%YAML 1.1\n---\na: NO\n", r"termbase.yaml line 2: only YAML 1.2"),
        ("a: " + "[" * 3000, r"termbase.yaml line 1: nested more than 64 deep"),
        ("a: \0\n", r"termbase.yaml: not YAML"),
    ],
)
def test_dangerous_and_broken_yaml_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(RefusedInputError, match=message):
        files.load_yaml(text, "termbase.yaml")


def test_toml_is_read_or_refused_with_its_line() -> None:
    assert files.load_toml('[[ignore]]\nunit = "p12"\n', "x.toml") == {"ignore": [{"unit": "p12"}]}
    with pytest.raises(RefusedInputError, match=r"x.toml: not TOML: .*line 2"):
        files.load_toml("a = 1\na = 2\n", "x.toml")


# --- slugs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("000_0d15fb7c8aabcb91.txt", "000_0d15fb7c8aabcb91"),
        ("浙江 政法队伍（一）.html", "浙江-政法队伍-一"),
        ("Ｂriefing．２.txt", "Briefing.2"),
        ("-rf.txt", "rf"),
        (".hidden.txt", "hidden"),
        ("a/../b.txt", "b"),
        ("x\u202etxt.exe", "x-txt"),
        ("政" * 30 + ".txt", "政" * 20),
        ("a" + "政" * 30 + ".txt", "a" + "政" * 19),
    ],
)
def test_slugs_keep_what_is_safe(name: str, slug: str) -> None:
    assert files.slug(Path(name)) == slug


@pytest.mark.parametrize(
    "name", ["CON", "con.backup.txt", "LPT9.txt", "．．", "---.txt", "\u3000.txt", "x\ud800"]
)
def test_every_slug_is_a_safe_name(name: str) -> None:
    slug = files.slug(Path(name))
    assert slug.isprintable()
    assert slug.partition(".")[0].lower() not in {"con", "lpt9", ""}
    assert not slug.startswith(("-", "."))
    assert len(slug.encode()) <= 60


def test_a_name_without_a_letter_becomes_its_digest() -> None:
    assert files.slug(Path("！！.txt")) == "doc-" + hashlib.sha256("！！".encode()).hexdigest()[:8]
