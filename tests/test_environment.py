"""The places a job runs in: no home, no terminal, a closed pipe, read-only folders, an installed wheel."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SLUG = "000_0d15fb7c8aabcb91"
SEED = f"seeds/{SLUG}.txt"
BARE = {"PATH": os.environ["PATH"], "LANG": "C"}


@pytest.fixture
def project(tmp_path):
    """The seed with its recorded answers, and nothing else."""
    root = tmp_path / "project"
    for name in ("seeds", "cassettes/answers"):
        shutil.copytree(ROOT / name, root / name)
    return root


def run(project, *arguments, **more):
    environment = {**BARE, "XDG_CACHE_HOME": str(project.parent / "cache"), **more.pop("env", {})}
    command = [sys.executable, "-m", "summarizer", *arguments]
    given = {"capture_output": True, "text": True, "encoding": "utf-8", "cwd": project} | more
    return subprocess.run(command, env=environment, check=False, **given)


def page(project):
    return (project / "output" / f"{SLUG}.md").read_bytes()


COMMITTED = (ROOT / "output" / f"{SLUG}.md").read_bytes()


def test_without_home_and_terminal_the_page_is_the_same(project):
    done = run(project, "update", "seeds", "--settle", "0", stdin=subprocess.DEVNULL)
    assert (done.returncode, page(project)) == (0, COMMITTED)
    assert "Traceback" not in done.stderr


def test_a_transcript_on_stdin_is_kept_where_a_check_finds_it(project):
    text = "记者：进展如何？\n\n王小明：已有35人报名。\n"
    assert run(project, "brief", "-", "--without-model", input=text).returncode == 2, "it needs a name"
    assert run(project, "brief", "-", "--slug", "talk", "--without-model", input="\0").returncode == 2
    assert not (project / "seeds" / "talk.txt").exists(), "what cannot be read takes no name"

    done = run(project, "brief", "-", "--slug", "talk", "--without-model", input=text)
    assert done.returncode == 0, done.stderr
    assert (project / "seeds" / "talk.txt").read_text(encoding="utf-8") == text
    assert run(project, "check", "output/talk.md").returncode == 3, "untranslated"
    other = run(project, "brief", "-", "--slug", "talk", "--without-model", input=text + "\n")
    assert other.returncode == 2
    assert "another file has this name" in other.stderr


def test_a_reader_who_has_heard_enough_is_no_failure(project):
    reading, writing = os.pipe()
    os.close(reading)
    done = run(project, "update", "seeds", "--settle", "0", capture_output=False, stdout=writing,
               stderr=subprocess.PIPE)  # fmt: skip
    os.close(writing)
    assert "Traceback" not in done.stderr
    assert page(project) == COMMITTED


def test_a_closed_stdout_is_no_failure(project):
    command = f"{sys.executable} -m summarizer brief {SEED} >&-"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=project, env=BARE | {"HOME": str(project.parent)},
                          stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
    assert "Traceback" not in done.stderr
    assert page(project) == COMMITTED


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which nobody can write")
def test_what_cannot_be_written_to_is_said_before_anything_is_asked(project):
    done = run(project, "brief", SEED, "--output", "/proc/self/pages")
    assert done.returncode == 1
    assert "/proc/self/pages cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_working_directory_needs_not_be_written_to(project):
    output = project.parent / "pages"
    done = run(Path("/proc"), "brief", "--project", str(project), "--output", str(output), str(project / SEED),
               env={"XDG_CACHE_HOME": str(project.parent / "cache")})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (output / f"{SLUG}.md").read_bytes() == COMMITTED


def test_a_cache_that_is_a_file_is_said_and_no_cache_does_without(project):
    wrong = project.parent / "file"
    wrong.write_text("x", encoding="utf-8")
    base = ("--base-url", "http://127.0.0.1:9/v1", "--cache-dir", str(wrong))
    done = run(project, "brief", SEED, "--no-cache", "--cache-dir", str(wrong))
    assert (done.returncode, page(project)) == (0, COMMITTED)
    shutil.rmtree(project / "output")
    (project / "cassettes" / "answers" / f"{SLUG}.jsonl").unlink()
    done = run(project, "brief", SEED, *base)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (project / "output").exists()


def test_a_page_is_never_written_through_a_link(project):
    target = project.parent / "elsewhere.md"
    target.write_text("theirs", encoding="utf-8")
    (project / "output").mkdir()
    (project / "output" / f"{SLUG}.md").symlink_to(target)
    done = run(project, "brief", SEED)

    assert done.returncode in {1, 2}
    assert "is a symbolic link" in done.stderr
    assert target.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("key", ["sk-one\ntwo-0123456789", "sk-é-0123456789abcdef"])
def test_a_key_that_no_header_can_carry_is_refused_before_anything_is_sent(project, key):
    done = run(project, "brief", SEED, env={"OPENAI_API_KEY": key})
    assert done.returncode == 2
    assert "the API key has a" in done.stderr
    assert key.split("\n", maxsplit=1)[0] not in done.stderr
    assert not (project / "output").exists()


def test_offline_opens_no_socket(project):
    (project / "sitecustomize.py").write_text(
        "import socket\n\ndef refuse(*a, **k):\n    raise SystemExit('a socket was opened')\n\n"
        "socket.socket.connect = refuse\nsocket.getaddrinfo = refuse\n",
        encoding="utf-8",
    )
    key = {
        "OPENAI_API_KEY": "sk-0123456789abcdef0123",
        "PYTHONPATH": os.pathsep.join([str(project), str(ROOT)]),
    }
    done = run(project, "update", "seeds", "--offline", "--settle", "0", env=key)
    assert (done.returncode, page(project)) == (0, COMMITTED)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("blanks.txt", b" " * 1_000_000),
        ("wide.txt", "\u3000".encode() * 400_000),
        ("paragraph.txt", "记者：".encode() + "字".encode() * 1_700_000),
        ("many.txt", "字\n\n".encode() * 50_000),
        ("zip.docx", b"PK\x03\x04" + bytes(2000)),
        ("nested.html", b"<p>" * 100_000 + "记者：问？".encode() + b"</p>" * 100_000),
        ("tokens.txt", "记者：<|endoftext|>是什么？\n\n王小明：<|im_start|>system\n".encode()),
        ("odd.txt", "记者：\ue000\U0001f468\u200d\U0001f469？\n\n王小明：e\u0301\u202e好。\n".encode()),
    ],
)
def test_what_nobody_meant_is_refused_or_read_in_bounded_time_and_memory(project, name, content):
    resource = pytest.importorskip("resource")
    shutil.rmtree(project / "seeds")
    (project / "seeds").mkdir()
    (project / "seeds" / name).write_bytes(content)

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    done = run(project, "brief", f"seeds/{name}", "--without-model", "--json", preexec_fn=limit)
    assert done.returncode in {0, 2}, done.stderr[-600:]
    assert "Traceback" not in done.stderr
    (row,) = json.loads(done.stdout)["briefs"]
    assert row["status"] == ("refused" if done.returncode else "written")
    assert row["reason"] if done.returncode else (project / row["page"]).is_file()


def test_a_built_wheel_makes_the_seeds_brief(project, tmp_path):
    pytest.importorskip("hatchling")
    sources = tmp_path / "sources"
    shutil.copytree(
        ROOT, sources, ignore=shutil.ignore_patterns(".*", "tests", "benchmarks", "cassettes", "output")
    )
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*build, str(tmp_path), str(sources)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    top = {path.name for path in installed.iterdir()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"summarizer"}
    assert (installed / "summarizer" / "prompts" / "termbase.yaml").is_file()
    assert (installed / "summarizer" / "py.typed").is_file()

    where = [sys.executable, "-c", "import summarizer; print(summarizer.__file__)"]
    named = subprocess.run(where, cwd=project, env=BARE | {"PYTHONPATH": str(installed)}, capture_output=True,
                           text=True, check=True)  # fmt: skip
    assert named.stdout.startswith(str(installed))
    done = run(project, "brief", SEED, env={"PYTHONPATH": str(installed)})
    assert (done.returncode, page(project)) == (0, COMMITTED), done.stderr
