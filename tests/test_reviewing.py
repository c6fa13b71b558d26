"""The review loop: people's words stay, new words are proposed, approvals hold until something changes."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer.cli import cli
from summarizer.errors import RefusedInputError

from .loopback import Loopback, completion
from .pairs import Pairs, name

PAIRS = Pairs("a_d03")
PAGE = Path("output/talk.md")
DATA = Path("output/talk.json")
BESIDE = Path("output/talk.proposed.md")


@pytest.fixture(autouse=True)
def project(empty_project):
    (empty_project / "seeds" / "talk.txt").write_text(PAIRS.transcript(), encoding="utf-8")
    return empty_project


@pytest.fixture
def server():
    with Loopback(PAIRS.reply) as running:
        brief(running)
        running.received.clear()
        yield running


def run(*arguments):
    result = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout


def brief(server, *more):
    code, printed = run("brief", "seeds/talk.txt", "--base-url", server.url, "--json", *more)
    return code, json.loads(printed)["briefs"][0]


def edit(old, new):
    text = PAGE.read_text(encoding="utf-8")
    assert old in text
    PAGE.write_text(text.replace(old, new, 1), encoding="utf-8")


def answering(old, new):
    """A model that has other words for one passage."""

    def reply(body):
        answer = PAIRS.answer(body)
        if name(body) == "translate":
            for row in answer["segments"]:
                row["sentences"] = [text.replace(old, new) for text in row["sentences"]]
        return completion(json.dumps(answer, ensure_ascii=False))

    return reply


def page_text():
    return PAGE.read_text(encoding="utf-8")


def block(start):
    """The block of the page that begins so."""
    page = page_text()
    return page[page.index(start) :].partition("\n\n")[0]


GREETING = "Good afternoon, friends from the media."


def test_an_edit_survives_every_rerun_and_is_known_as_reviewed(server):
    edit(GREETING, "Ladies and gentlemen, good afternoon.")
    reviewed = PAGE.read_bytes()
    code, report = brief(server)
    again, _ = brief(server, "--refresh")

    assert (code, again, report["requests_sent"]) == (0, 0, 0)
    assert PAGE.read_bytes() == reviewed
    states = {u["id"]: u["state"] for u in json.loads(DATA.read_text(encoding="utf-8"))["units"]}
    assert (states["p1"], states["p2"]) == ("reviewed", "translated")
    assert GREETING in json.dumps(json.loads(DATA.read_text(encoding="utf-8"))["units"]), (
        "the machine's own words"
    )


def test_new_words_for_a_reviewed_unit_wait_beside_the_page(server):
    edit(GREETING, "Ladies and gentlemen, good afternoon.")
    reviewed = PAGE.read_bytes()
    server.reply = answering(GREETING, "Hello, friends from the media.")
    code, report = brief(server, "--refresh")

    assert (code, report["proposals"]) == (3, ["p1"])
    assert PAGE.read_bytes() == reviewed
    beside = BESIDE.read_text(encoding="utf-8")
    for words in (GREETING, "Ladies and gentlemen", "Hello, friends", "新闻界的朋友们"):
        assert words in beside
    once = BESIDE.read_bytes(), DATA.read_bytes()
    assert brief(server)[0] == 3
    assert (BESIDE.read_bytes(), DATA.read_bytes()) == once, "twice is once"


@pytest.mark.parametrize(
    ("take", "words"), [("reviewed", "Ladies and gentlemen"), ("proposed", "Hello, friends")]
)
def test_a_proposal_is_decided_and_stays_decided(server, take, words):
    edit(GREETING, "Ladies and gentlemen, good afternoon.")
    server.reply = answering(GREETING, "Hello, friends from the media.")
    brief(server, "--refresh")
    run("resolve", str(PAGE), "--unit", "p1", "--take", take)

    assert words in PAGE.read_text(encoding="utf-8")
    assert not BESIDE.exists()
    code, report = brief(server)
    assert (code, report["proposals"]) == (0, [])
    assert words in PAGE.read_text(encoding="utf-8")


def test_deleting_its_section_keeps_the_reviewed_text(server):
    edit(GREETING, "Ladies and gentlemen, good afternoon.")
    server.reply = answering(GREETING, "Hello, friends from the media.")
    brief(server, "--refresh")
    BESIDE.write_text("# Proposals\n", encoding="utf-8")
    code, report = brief(server)

    assert (code, report["proposals"]) == (0, [])
    assert "Ladies and gentlemen" in PAGE.read_text(encoding="utf-8")
    assert not BESIDE.exists()


def test_a_mark_goes_when_a_person_mends_its_cause(server):
    server.reply = lambda body: (
        completion('{"sentences": [], "passage": "", "quote": "", "zh": ""}')
        if name(body) == "repair"
        else answering("1.326 million", "13.26 million")(body)
    )
    code, _ = brief(server, "--refresh")
    assert code == 3
    assert "Needs attention (quantities, critical)" in PAGE.read_text(encoding="utf-8")

    edit("13.26 million", "1.326 million")
    code, _ = brief(server)
    assert code == 0
    assert "Needs attention" not in PAGE.read_text(encoding="utf-8")


def test_a_changed_paragraph_reopens_only_itself_and_a_new_one_moves_the_rest(server):
    edit("The province has sent", "Our province has sent")
    source = Path("seeds/talk.txt")
    text = source.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n\n")
    source.write_text(f"{first}\n\n江明慧：下面进行第一项。\n\n{rest}", encoding="utf-8")

    def reply(body):
        if name(body) == "translate":
            ids = [p["id"] for p in json.loads(body["messages"][-1]["content"])["passages"]]
            assert ids == ["p2"], "only what is new is asked for"
            rows = [{"id": "p2", "sentences": ["Now to the first item."]}]
            return completion(json.dumps({"segments": rows}))
        return PAIRS.reply(body)

    server.reply = reply
    _, report = brief(server)
    page = PAGE.read_text(encoding="utf-8")

    assert report["missing"] == []
    assert report["proposals"] == []
    assert '<a id="p2"></a>**¶2** Now to the first item.' in page
    assert "Our province has sent" in page
    assert page.count('<a id="p8"></a>') == 1
    kept = page[page.index('<a id="p8"></a>') :].partition("\n\n")[0]
    assert kept.startswith('<a id="p8"></a>**¶8**')
    assert "[¶3](#p3)" in page
    assert run("check", str(PAGE))[0] == 0


def test_a_reviewed_unit_whose_source_changed_is_kept_and_shown_with_both_sources(server):
    edit(GREETING, "Ladies and gentlemen, good afternoon.")
    source = Path("seeds/talk.txt")
    source.write_text(
        source.read_text(encoding="utf-8").replace("新闻界的朋友们，大家好。", "各位朋友，大家好。"),
        encoding="utf-8",
    )
    server.reply = lambda body: (
        completion(json.dumps({"segments": [{"id": "p1", "sentences": ["Good afternoon, friends."]}]}))
        if name(body) == "translate"
        else PAIRS.reply(body)
    )
    code, report = brief(server)

    assert (code, report["proposals"]) == (3, ["p1"])
    assert "Ladies and gentlemen" in PAGE.read_text(encoding="utf-8")
    beside = BESIDE.read_text(encoding="utf-8")
    assert beside.index("新闻界的朋友们") < beside.index("各位朋友")


def test_an_approval_holds_until_a_word_changes(server):
    code, _ = run("approve", str(PAGE), "--by", "A. Editor", "--on", "2026-11-25")
    page = PAGE.read_text(encoding="utf-8")
    assert code == 0
    assert 'status: "approved"' in page
    assert "> Approved by A. Editor on 2026-11-25." in page
    assert brief(server)[1]["status"] == "unchanged"
    (row,) = json.loads(run("status", "--json")[1])["pages"]
    assert (row["state"], set(row["units"])) == ("approved", {"final"})

    edit(GREETING, "Good evening.")
    brief(server)
    page = PAGE.read_text(encoding="utf-8")
    assert 'status: "draft"' in page
    assert "The approval by A. Editor on 2026-11-25 is void" in page
    (row,) = json.loads(run("status", "--json")[1])["pages"]
    assert row["state"] == "void"
    assert 0 < row["post_edit"] < 0.2


def test_one_unit_can_be_approved(server):
    run("approve", str(PAGE), "--unit", "p2", "--by", "A. Editor")
    states = {u["id"]: u["state"] for u in json.loads(DATA.read_text(encoding="utf-8"))["units"]}
    assert (states["p2"], states["p3"]) == ("final", "translated")
    assert "not yet reviewed. The Chinese is authoritative. Approved by A. Editor: ¶2." in page_text()
    assert brief(server)[1]["status"] == "unchanged"

    edit("Let me turn to", "I now turn to")
    brief(server)
    assert "Approved by A. Editor: ¶2." in page_text(), "another unit was changed"
    unit = block('<a id="p2">')
    edit(unit, f"{unit} Or so.")
    brief(server)
    assert "The approval of ¶2 by A. Editor is void." in page_text()


def test_an_approval_of_one_unit_follows_it(server):
    run("approve", str(PAGE), "--unit", "p3", "--by", "A. Editor")
    source = Path("seeds/talk.txt")
    text = source.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n\n")
    source.write_text(f"{first}\n\n江明慧：下面进行第一项。\n\n{rest}", encoding="utf-8")
    rows = [{"id": "p2", "sentences": ["Now to the first item."]}]
    server.reply = lambda body: (
        completion(json.dumps({"segments": rows})) if name(body) == "translate" else PAIRS.reply(body)
    )
    brief(server)

    assert "Approved by A. Editor: ¶4." in page_text()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('<a id="p2"></a>**¶2**', "**¶2**", 'has lost its anchor. Put \\<a id="p2"\\>\\</a\\> before it'),
        ('<a id="p2"></a>**¶2**', '<a id="p2">**¶2**', "has a damaged anchor"),
        ('<a id="p2"></a>**¶2**', "<a id=“p2”></a>**¶2**", "has a damaged anchor"),
        ('<a id="p2"></a>**¶2**', '<a id="p99"></a>**¶2**', "the source has no such passage"),
        ('<a id="p2"></a>**¶2**', '<a id="p1"></a>**¶2**', "is a second p1; only the first is read"),
    ],
)
def test_a_unit_whose_anchor_was_damaged_stays_and_is_said(server, old, new, why):
    edit(old, new)
    words = block(new)
    code, printed = run("check", str(PAGE), "--json")
    (found,) = [row for row in json.loads(printed)["findings"] if row["check"] == "anchors"]
    line = page_text().split("\n")[found["line"] - 1]

    assert code == 3
    assert line.startswith((new, '<a id="p1">'))
    assert brief(server)[0] == 3
    assert words in page_text(), "it stays where it is"
    assert why in page_text(), "and the page says what is wrong with it"
    once = PAGE.read_bytes()
    assert brief(server)[1]["status"] == "needs-review"
    assert PAGE.read_bytes() == once

    edit(new, old)
    brief(server)
    assert "anchors, major" not in page_text()


def test_a_passage_that_could_not_be_had_says_why_after_an_approval_too(server):
    def refusing(body):
        if name(body) == "translate":
            answer = PAIRS.answer(body)
            answer["segments"] = [row for row in answer["segments"] if row["id"] != "p3"]
            return completion(json.dumps(answer, ensure_ascii=False))
        return PAIRS.reply(body)

    server.reply = refusing
    assert brief(server, "--refresh", "--retry")[0] == 4
    assert "the answer left it out" in page_text()
    run("approve", str(PAGE), "--unit", "p2", "--by", "A. Editor")

    assert "the answer left it out" in page_text()


@pytest.mark.usefixtures("server")
def test_status_names_what_another_model_made():
    (row,) = json.loads(run("status", "--json")[1])["pages"]
    assert row["outdated"] == []
    (row,) = json.loads(run("status", "--json", "--model", "another")[1])["pages"]
    assert {"p1", "headline"} <= set(row["outdated"])


@pytest.mark.parametrize("fault", ["critical", "conflict", "proposal", "unknown"])
def test_what_stands_against_an_approval_is_said(server, fault):
    unit = ()
    if fault == "critical":
        edit("1.326 million people", "13.26 million people")
    elif fault == "conflict":
        edit(GREETING, f"<<<<<<< ours\n{GREETING}")
    elif fault == "unknown":
        unit = ("--unit", "p99")
    else:
        edit(GREETING, "Ladies and gentlemen.")
        server.reply = answering(GREETING, "Hello.")
        brief(server, "--refresh")
    before = PAGE.read_bytes(), DATA.read_bytes()
    result = CliRunner().invoke(
        cli, ["approve", str(PAGE), "--by", "A. Editor", *unit], standalone_mode=False
    )

    words = {
        "critical": "critical finding",
        "conflict": "merge conflict",
        "proposal": "proposal waits",
        "unknown": "no unit",
    }
    assert words[fault] in str(result.exception)
    assert (PAGE.read_bytes(), DATA.read_bytes()) == before


def test_without_a_model_a_translator_fills_the_page_and_a_model_only_what_is_empty():
    code, printed = run("brief", "seeds/talk.txt", "--without-model", "--json")
    page = PAGE.read_text(encoding="utf-8")
    assert code == 0
    assert json.loads(printed)["briefs"][0]["requests_sent"] == 0
    assert "Lin Weiguo" in page
    assert "\\[Not translated: waiting for a translator\\]" in page
    assert "| 1,326,000 |" in page, "the key figures have their values"
    assert run("check", str(PAGE))[0] == 3

    block = page[page.index('<a id="p1"></a>') :].partition("\n")[0]
    edit(block, f'<a id="p1"></a>**¶1** {PAIRS.page["paragraphs"][0]["en"]} Mine.')
    (row,) = json.loads(run("status", "--json")[1])["pages"]
    assert 1 not in row["missing"]
    with Loopback(PAIRS.reply) as server:
        _, report = brief(server)
        asked = [p["id"] for r in server.received if name(r.body) == "translate"
                 for p in json.loads(r.body["messages"][-1]["content"])["passages"]]  # fmt: skip

    assert "p1" not in asked
    assert len(asked) == len(PAIRS.page["paragraphs"]) - 1
    assert report["proposals"] == []
    text = PAGE.read_text(encoding="utf-8")
    assert " Mine." in text
    assert "Not translated" not in text


def test_two_branches_that_review_different_units_merge_with_plain_git(server, project):
    def git(*arguments):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout

    shutil.rmtree(project / "cache")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "brief")
    for branch, old, new in (("one", GREETING, "Good evening."), ("two", "Let me turn to", "I now turn to")):
        git("checkout", "-q", "-b", branch, "main")
        edit(old, new)
        git("commit", "-qam", branch)
    git("checkout", "-q", "one")
    git("merge", "-q", "--no-edit", "two")

    page = PAGE.read_text(encoding="utf-8")
    assert "Good evening." in page
    assert "I now turn to" in page
    assert brief(server)[1]["requests_sent"] == 0
    assert "Good evening." in PAGE.read_text(encoding="utf-8")


def test_if_the_json_is_missing_every_unit_counts_as_reviewed(server):
    edit(GREETING, "Good evening.")
    DATA.unlink()
    code, report = brief(server)

    assert (code, report["proposals"]) == (3, ["p1"])
    assert "Good evening." in PAGE.read_text(encoding="utf-8")


def test_nothing_is_decided_or_signed_on_a_page_of_another_source(server, project):
    edit(GREETING, "Ladies and gentlemen, good afternoon.")
    server.reply = answering(GREETING, "Hello, friends from the media.")
    brief(server, "--refresh")
    source = project / "seeds" / "talk.txt"
    source.write_text("2024年5月1日\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    before = [path.read_bytes() for path in (PAGE, DATA, BESIDE)]

    for verb, *how in (
        ["resolve", "--unit=p1", "--take=proposed"],
        ["approve", "--unit=p2", "--by=A. Editor"],
    ):
        with pytest.raises(RefusedInputError, match="Run brief first"):
            run(verb, str(PAGE), *how)

    assert [path.read_bytes() for path in (PAGE, DATA, BESIDE)] == before


def test_a_run_that_died_between_page_and_json_leaves_no_proposal_behind(server):
    remembered = DATA.read_bytes()
    server.reply = answering(GREETING, "Hello, friends from the media.")
    brief(server, "--refresh")
    whole = PAGE.read_bytes(), DATA.read_bytes()
    assert b"Hello, friends" in whole[0]
    DATA.write_bytes(remembered)  # the page was replaced, its JSON not yet

    assert brief(server, "--refresh")[1]["proposals"] == []
    assert (PAGE.read_bytes(), DATA.read_bytes()) == whole
