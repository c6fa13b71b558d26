"""The repair ladder over real sockets: what failed is asked for again, alone, with the fault named."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer import batch
from summarizer.cli import cli

from . import model
from .loopback import Loopback, completion

TRANSCRIPT = """\
记者: 请问一年来办案的情况怎么样?

林远: 我们一年来共立案713件,涉及金额90亿元,办案人员都很辛苦,群众也很满意。

林远: 下一步还要继续努力,把每一件事情都做得更加扎实,让大家看得见。
"""
RIGHT = {
    "p1": "May I ask how the handling of cases has gone over the year?",
    "p2": "Over the year we opened 713 cases involving 9 billion yuan; our staff worked hard, and people are content.",
    "p3": "Next we will keep at it and do every single thing more solidly still, so that everybody can see it.",
}
WRONG = RIGHT | {"p2": RIGHT["p2"].replace("9 billion", "90 billion")}
CLAIM = {
    "passage": "p2",
    "quote": "共立案713件,涉及金额90亿元",
    "en": "713 cases involving 9 billion yuan were opened.",
    "zh": "共立案713件，涉及金额90亿元。",
}


@pytest.fixture(autouse=True)
def project(empty_project):
    (empty_project / "seeds" / "lin.txt").write_text(TRANSCRIPT, encoding="utf-8")
    return empty_project


class Answers:
    """A model that translates and summarises as told, and mends as told, one text after the other."""

    def __init__(self, targets, claims, *mended):
        self.targets, self.claims = targets, claims
        self.mended = list(mended)
        self.faults = []

    def __call__(self, body):
        task = body["response_format"]["json_schema"]["name"]
        material = json.loads(body["messages"][-1]["content"])
        if task == "translate":
            rows = [
                {"id": p["id"], "sentences": [self.targets[p["id"]]]}
                for p in material["passages"]
                if p["id"] in self.targets
            ]
            return said({"segments": rows})
        if task == "summarize":
            return said({"claims": self.claims})
        if task == "repair":
            self.faults.append(material)
            return said(self.mended.pop(0))
        return model.reply(body)


def said(answer):
    return completion(json.dumps(answer, ensure_ascii=False))


def english(passage, text):
    return {"sentences": [text], "passage": passage, "quote": "", "zh": ""}


def claim(**changes):
    row = CLAIM | changes
    return {"sentences": [row["en"]], "passage": row["passage"], "quote": row["quote"], "zh": row["zh"]}


def brief(*more):
    result = CliRunner().invoke(cli, ["brief", "seeds/lin.txt", "--json", *more], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, json.loads(result.stdout)["briefs"][0]


def page():
    return Path("output/lin.md").read_text(encoding="utf-8")


def test_a_wrong_figure_is_asked_for_again_with_both_values_named():
    answers = Answers(WRONG, [CLAIM], english("p2", RIGHT["p2"]))
    with Loopback(answers) as server:
        code, report = brief("--base-url", server.url)
        sent = len(server.received)
        Path("output/lin.json").unlink()
        Path("output/lin.md").unlink()
        _, again = brief("--base-url", server.url)

    (fault,) = answers.faults
    assert (code, report["findings"]["critical"]) == (0, 0)
    assert fault["kind"] == "translation"
    assert fault["written"] == WRONG["p2"]
    assert fault["context"] == {"before": RIGHT["p1"], "after": RIGHT["p3"]}
    assert "90亿元 = 9,000,000,000; 90 billion yuan is ten times that" in fault["faults"][0]
    assert "9 billion yuan" in page()
    assert "Needs attention" not in page()
    assert (report["requests_sent"], again["requests_sent"]) == (sent, 0), "the ladder is paid for once"


def test_what_stays_wrong_keeps_its_mark_and_is_not_asked_for_a_third_time():
    answers = Answers(WRONG, [CLAIM], english("p2", WRONG["p2"]), english("p2", WRONG["p2"] + " Again."))
    with Loopback(answers) as server:
        code, _ = brief("--base-url", server.url)
        first = page()
        _, again = brief("--base-url", server.url)

    assert code == 3
    assert len(answers.faults) == 2
    assert "**Needs attention (quantities, critical):**" in first
    assert "Again." not in first, "the second asking is no better, so the first text stays"
    assert again["requests_sent"] == 0
    assert page() == first
    stored = json.loads(Path("output/lin.json").read_text(encoding="utf-8"))["units"]
    assert {unit["id"]: unit.get("attempts") for unit in stored}["p2"] == 2


def test_a_passage_that_an_answer_left_out_is_asked_for_alone():
    answers = Answers({key: RIGHT[key] for key in ("p1", "p3")}, [CLAIM], english("p2", RIGHT["p2"]))
    with Loopback(answers) as server:
        code, report = brief("--base-url", server.url)

    assert (code, report["missing"]) == (0, [])
    assert [p["id"] for p in answers.faults[0]["passages"]] == ["p2"]
    assert RIGHT["p2"] in page()


def test_a_claim_with_a_false_quote_is_mended_and_gets_the_identity_of_its_evidence():
    wrong = CLAIM | {"quote": "共立案731件,涉及金额90亿元"}
    answers = Answers(RIGHT, [wrong], claim())
    with Loopback(answers) as server:
        code, _ = brief("--base-url", server.url)

    assert code == 0
    assert answers.faults[0]["kind"] == "claim"
    assert "「共立案713件,涉及金额90亿元」" in page()
    assert "withdrawn" not in page()


def test_a_claim_that_cannot_be_mended_leaves_its_section_with_its_text_and_reason():
    wrong = CLAIM | {"en": "713 cases involving 90 billion yuan were opened."}
    answers = Answers(
        RIGHT, [wrong], claim(en=wrong["en"]), {"sentences": [], "passage": "", "quote": "", "zh": ""}
    )
    with Loopback(answers) as server:
        code, _ = brief("--base-url", server.url)

    assert code == 3
    assert len(answers.faults) == 2
    section, _, findings = page().partition("## Findings")
    assert wrong["en"] not in section.partition("## Key figures")[0]
    assert f"The claim was withdrawn: {wrong['en']}" in findings


def test_without_anybody_to_ask_the_page_has_its_mark_and_the_repair_can_be_exported():
    answers = Answers(WRONG, [CLAIM])
    with Loopback(answers) as server:
        server.reply = lambda body: (
            answers(body) if body["response_format"]["json_schema"]["name"] != "repair" else {}
        )
        code, _ = brief("--base-url", server.url)
        assert code == 3
        assert "Needs attention" in page()

    def invoke(*arguments):
        return CliRunner().invoke(cli, ["batch", *arguments], standalone_mode=False).stdout

    assert invoke("export", "seeds/lin.txt").startswith("stage 4: 1 requests")
    (line,) = Path("requests.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    answer = batch.answer_line(row["custom_id"], said(english("p2", RIGHT["p2"])))
    Path("answers.jsonl").write_text(answer, encoding="utf-8")
    assert invoke("import", "answers.jsonl").startswith("1 answers stored, 0 refused")

    code, report = brief("--offline")
    assert (code, report["findings"]["critical"], report["requests_sent"]) == (0, 0, 0)
    assert "9 billion yuan" in page()
    assert invoke("export", "seeds/lin.txt") == "nothing to export\n"
