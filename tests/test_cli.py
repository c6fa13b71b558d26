"""The desk: options, exit codes and messages a user can act on."""

import json
import os
import subprocess
import sys

import pytest

TRANSCRIPT = (
    "某市卫健委新闻发布会\n\n记者：今年有多少人接种？\n\n市卫健委主任李晓明：全市已有5.2万余人接种。\n"
)


@pytest.fixture
def shell(tmp_path):
    """Run the command in a process of its own, in an empty project, without a key."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(TRANSCRIPT, encoding="utf-8")
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "LANG": "C"}

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "summarizer", *arguments],
            cwd=tmp_path,
            env=bare | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    run.project = tmp_path
    return run


def test_without_a_key_nothing_is_written_and_the_message_says_what_to_do(shell):
    result = shell("brief", "seeds/a.txt")

    assert result.returncode == 2
    assert "OPENAI_API_KEY" in result.stderr
    assert "batch export" in result.stderr
    assert not (shell.project / "output").exists()


def test_json_is_one_document_on_stdout_also_when_refused(shell):
    result = shell("brief", "seeds/a.txt", "--json")

    (row,) = json.loads(result.stdout)["briefs"]
    assert row["status"] == "refused"
    assert row["slug"] == "a"


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\x00\x01", b"\xff\xff\xfe"])
def test_what_is_no_text_is_refused_before_any_work(shell, content):
    (shell.project / "seeds" / "b.txt").write_bytes(content)

    result = shell("brief", "seeds/b.txt")

    assert result.returncode == 2
    assert "seeds/b.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_in_which_nobody_speaks_is_refused_before_any_work(shell):
    (shell.project / "seeds" / "b.txt").write_text("责任编辑：高远\n\n来源：临江网\n", encoding="utf-8")

    result = shell("brief", "seeds/b.txt")

    assert result.returncode == 2
    assert "seeds/b.txt: nobody speaks in this file: all of its 2 paragraphs" in result.stderr


def test_two_inputs_of_one_slug_are_refused_naming_both(shell):
    (shell.project / "a.txt").write_text(TRANSCRIPT, encoding="utf-8")

    result = shell("brief", "seeds/a.txt", "a.txt")

    assert result.returncode == 2
    assert "seeds/a.txt and a.txt" in result.stderr


def test_chinese_comes_out_under_lang_c(shell):
    result = shell("inspect", "seeds/a.txt")

    assert result.returncode == 0
    assert "李晓明" in result.stdout


def test_flag_beats_environment_beats_file(shell):
    (shell.project / "summarizer.toml").write_text('encoding = "big5"\n', encoding="utf-8")

    assert shell("inspect", "seeds/a.txt").returncode == 2
    assert shell("inspect", "seeds/a.txt", SUMMARIZER_ENCODING="utf-8").returncode == 0
    again = shell("inspect", "seeds/a.txt", "--encoding", "big5", SUMMARIZER_ENCODING="utf-8")
    assert again.returncode == 2


def test_a_wrong_setting_is_refused_by_its_key(shell):
    (shell.project / "summarizer.toml").write_text('modell = "x"\n', encoding="utf-8")

    result = shell("inspect", "seeds/a.txt")

    assert result.returncode == 2
    assert "modell" in result.stderr


def test_a_page_that_is_none_of_ours_is_refused(shell):
    (shell.project / "x.md").write_text("# Hello\n", encoding="utf-8")

    result = shell("check", "x.md")

    assert result.returncode == 2
    assert "x.md" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_does_not_load_what_is_heavy():
    code = "import sys; from summarizer.cli import cli; print([m for m in ('openai', 'tiktoken', 'pydantic') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout == "[]\n"
