"""What ``inspect --json`` promises to scripts outside (DESIGN §6)."""

import json
from pathlib import Path

from click.testing import CliRunner

from summarizer.cli import cli

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "000_0d15fb7c8aabcb91.txt"


def inspected():
    result = CliRunner().invoke(
        cli, ["inspect", str(SEED), "--project", str(ROOT), "--json"], standalone_mode=False
    )
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


def test_the_first_transcript_is_read_as_the_contract_says():
    data = inspected()

    assert data["source"]["path"] == "seeds/000_0d15fb7c8aabcb91.txt"
    assert set(data["source"]) == {"path", "sha256", "encoding", "characters"}
    assert len(data["paragraphs"]) == 37
    assert [set(row) for row in data["front"]] == [{"paragraph", "kind"}] * len(data["front"])
    assert [speaker["name"] for speaker in data["speakers"]].count("记者") == 1
    assert len(data["speakers"]) == 6
    assert len(data["turns"]) == 10
    assert sum(len(turn["passages"]) for turn in data["turns"]) == 26
    repairs = [(r["kind"], r["paragraphs"], r["after"], r["applied"]) for r in data["repairs"]]
    assert sorted(repairs, key=str) == sorted(
        [
            ("join", [10, 11], None, True),
            ("join", [28, 29], None, True),
            ("move", [31, 32, 33], 37, True),
            ("join", [37, 31], None, True),
        ],
        key=str,
    )


def test_the_displaced_paragraphs_belong_to_the_procurator():
    turn = next(t for t in inspected()["turns"] if t["speaker"] == "hu-meikui")

    mended = [p for p in turn["passages"] if 31 in p["paragraphs"]]
    assert [(p["id"], p["paragraphs"]) for p in mended] == [("p37", [37, 31])]
    assert "三是严格落实" in mended[0]["text"]


def test_every_paragraph_is_somewhere():
    data = inspected()

    placed = {row["paragraph"] for row in data["front"]}
    for turn in data["turns"]:
        placed |= set(turn["label_paragraphs"])
        placed |= {number for passage in turn["passages"] for number in passage["paragraphs"]}
    assert placed == {paragraph["number"] for paragraph in data["paragraphs"]}
