"""The first transcript, end to end, from its recorded answers alone."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import batch
from summarizer.cli import cli

ROOT = Path(__file__).resolve().parent.parent
SLUG = "000_0d15fb7c8aabcb91"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder with the seed and its recorded answers, an empty output and an empty cache."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(ROOT / "seeds", tmp_path / "project" / "seeds")
    shutil.copytree(ROOT / "cassettes" / "answers", tmp_path / "project" / "cassettes" / "answers")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def run(*arguments, code=0):
    """Run a verb the way a shell would, and give what it prints on stdout."""
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.return_value == code, result.output
    return result.stdout


def seed(_project):
    return str(Path("seeds") / f"{SLUG}.txt")


def test_recorded_answers_alone_make_the_committed_page_and_json(project):
    run("brief", seed(project), "--offline", code=0)

    for suffix in (".md", ".json"):
        made = (project / "output" / f"{SLUG}{suffix}").read_bytes()
        assert made == (ROOT / "output" / f"{SLUG}{suffix}").read_bytes()


def test_every_recorded_answer_is_used_and_none_is_left_over(project):
    path = project / "cassettes" / "answers" / f"{SLUG}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for left_out in range(len(lines)):
        path.write_text("".join(lines[:left_out] + lines[left_out + 1 :]), encoding="utf-8")
        with pytest.raises(AssertionError):
            run("brief", seed(project), "--offline", code=0)
        assert not (project / "output").exists(), "nothing may be written when an answer is missing"


def test_a_rerun_sends_nothing_and_changes_nothing(project):
    run("brief", seed(project))
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (project / "output").iterdir()}

    report = json.loads(run("brief", seed(project), "--json"))["briefs"][0]

    assert report["status"] == "unchanged"
    assert report["requests_sent"] == 0
    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (project / "output").iterdir()}


def test_the_json_alone_serves_when_cache_and_recorded_answers_are_gone(project):
    run("brief", seed(project))
    before = {p: p.read_bytes() for p in (project / "output").iterdir()}
    shutil.rmtree(project / "cassettes")
    shutil.rmtree(project.parent / "cache", ignore_errors=True)

    run("brief", seed(project), "--offline")

    assert before == {p: p.read_bytes() for p in (project / "output").iterdir()}


def test_the_page_passes_its_own_check_and_the_counts_show_that_it_looked(project):
    run("brief", seed(project))

    report = json.loads(run("check", f"output/{SLUG}.md", "--json"))

    counts = report["counts"]
    assert counts["segments"] >= 26
    assert counts["claims"] >= 10
    assert counts["citations"] >= counts["claims"]
    assert counts["quotes_exact"] >= counts["claims"]
    assert counts["quantities_source"] == counts["quantities_matched"] >= 40


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_one_changed_digit_is_found_with_its_paragraph_and_both_values(project):
    run("brief", seed(project))
    page = project / "output" / f"{SLUG}.md"
    head, marker, translation = page.read_text(encoding="utf-8").partition("## Translation")
    page.write_text(head + marker + translation.replace("795,858", "795,868", 1), encoding="utf-8")

    findings = json.loads(run("check", f"output/{SLUG}.md", "--json", code=3))["findings"]

    critical = [f for f in findings if f["severity"] == "critical"]
    assert critical
    assert all(f["check"] == "quantities" and f["paragraphs"] == [23] for f in critical)
    assert any("795858" in f["message"] and "795,868" in f["message"] for f in critical)


def test_a_citation_moved_to_another_speaker_is_found(project):
    run("brief", seed(project))
    page = project / "output" / f"{SLUG}.md"
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith('- <a id="zhu-chen-'))
    head, _, _ = lines[at].rpartition("[¶")
    lines[at] = f"{head}[¶24](#p24)\n"
    page.write_text("".join(lines), encoding="utf-8")

    findings = json.loads(run("check", f"output/{SLUG}.md", "--json", code=3))["findings"]

    assert any(f["check"] == "citations" and "Dong Zhiwu" in f["message"] for f in findings)


def test_one_altered_character_of_a_quote_in_the_json_is_found(project):
    run("brief", seed(project))
    path = project / "output" / f"{SLUG}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    unit = next(unit for unit in data["units"] if unit["kind"] == "claim")
    quote = unit["quotes"][0]
    unit["quotes"][0] = ("乙" if quote[0] != "乙" else "丙") + quote[1:]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    findings = json.loads(run("check", f"output/{SLUG}.md", "--json", code=3))["findings"]

    assert any(f["unit"] == unit["id"] and f["check"] == "citations" for f in findings)


def test_an_edited_page_is_never_overwritten(project):
    run("brief", seed(project))
    page = project / "output" / f"{SLUG}.md"
    edit(page, "## Translation", "## A note of ours\n\nKeep this.\n\n## Translation")
    edited = page.read_bytes()

    run("brief", seed(project))
    assert page.read_bytes() == edited

    edit(project / "seeds" / f"{SLUG}.toml", "title_en = ", 'publisher = "A newspaper"\ntitle_en = ')
    run("brief", seed(project))
    text = page.read_text(encoding="utf-8").replace('  publisher: "A newspaper"\n', "", 1)
    text, was = (re.sub(r"\|rulings \w+", "", page) for page in (text, edited.decode()))
    assert text == was
    assert not (project / "output" / f"{SLUG}.proposed.md").exists()


def test_nothing_is_left_to_export(project):
    assert run("batch", "export", seed(project)) == "nothing to export\n"


def test_without_answers_the_first_stage_is_the_terms(project):
    shutil.rmtree(project / "cassettes")

    said = run("batch", "export", seed(project), "--to", "requests.jsonl")

    assert said.startswith("stage 1: 1 requests")
    row = json.loads((project / "requests.jsonl").read_text(encoding="utf-8"))
    assert set(row) == {"custom_id", "method", "url", "body"}
    recorded = (ROOT / "cassettes" / "answers" / f"{SLUG}.jsonl").read_text(encoding="utf-8")
    assert row["custom_id"] in {line.key for line in batch.read(recorded)}


def test_import_stores_what_conforms_and_refuses_the_rest_with_a_reason(project):
    answers = (project / "cassettes" / "answers" / f"{SLUG}.jsonl").read_text(encoding="utf-8")
    shutil.rmtree(project / "cassettes")
    run("batch", "export", seed(project), "--to", "requests.jsonl")
    key = json.loads((project / "requests.jsonl").read_text(encoding="utf-8"))["custom_id"]
    right = next(line for line in answers.splitlines() if key in line)
    row = json.loads(right)
    row["response"]["body"]["choices"][0]["message"]["content"] = '{"speakers": []}'
    Path("answers.jsonl").write_text(json.dumps(row) + "\n{broken\n", encoding="utf-8")

    assert run("batch", "import", "answers.jsonl", code=4) == "0 answers stored, 2 refused\n"

    Path("answers.jsonl").write_text(right + "\n", encoding="utf-8")
    run("batch", "import", "answers.jsonl", "--record")
    assert run("batch", "export", seed(project), "--to", "requests.jsonl").startswith("stage 2:")


def test_findings_are_annotations_where_github_wants_them(project):
    run("brief", seed(project))
    page = project / "output" / f"{SLUG}.md"
    edit(page, "13,995", "13,996")

    lines = run("check", f"output/{SLUG}.md", "--format", "github", code=3).splitlines()

    (error, *_) = [line for line in lines if line.startswith("::error ")]
    assert error.startswith(f"::error file=output/{SLUG}.md,line=")
    assert "title=quantities (critical)::" in error
    number = int(error.split("line=")[1].split(",")[0])
    assert "13,996" in page.read_text(encoding="utf-8").splitlines()[number - 1]


def test_chinese_that_was_edited_on_the_page_is_found(project):
    run("brief", seed(project))
    page = project / "output" / f"{SLUG}.md"
    text = page.read_text(encoding="utf-8")
    at = text.index("> <span", text.index('<a id="p23">'))
    page.write_text(text[:at] + text[at:].replace("795858件", "795868件", 1), encoding="utf-8")

    findings = json.loads(run("check", f"output/{SLUG}.md", "--json", code=3))["findings"]

    assert [(f["check"], f["unit"]) for f in findings if f["severity"] != "minor"] == [
        ("source-drift", "p23")
    ]


@pytest.mark.parametrize(
    ("old", "new", "check", "unit"),
    [
        ("「收集意见建议5.2万余条", "「收集意见建议5.3万余条", "citations", "zhu-chen-6de7b3"),
        ("\nExecutive Deputy Secretary of", "\nSecretary of", "offices", "speaker-zhu-chen"),
    ],
)
def test_what_was_edited_on_the_page_is_found(project, old, new, check, unit):
    run("brief", seed(project))
    edit(project / "output" / f"{SLUG}.md", old, new)

    findings = json.loads(run("check", f"output/{SLUG}.md", "--json", code=3))["findings"]

    assert (check, unit) in [(f["check"], f["unit"]) for f in findings if f["severity"] != "minor"]


def test_the_catalogue_of_checks_is_printed_without_a_page():
    assert run("check", "--list").splitlines()[1].startswith("completeness  ")
    assert run("check", "--explain", "quantities").startswith("quantities: ")


def test_the_support_report_says_what_no_claim_cites(project):
    run("brief", seed(project))

    (support,) = json.loads(run("check", f"output/{SLUG}.md", "--json"))["support"]

    assert support["answers"] == [[1, 1], [2, 2], [2, 2]]
    assert "p6" in support["uncited"]
    assert "p10" not in support["uncited"]
