"""Each check fires on what it is for and is silent on what is right."""

from dataclasses import replace

import pytest

from summarizer import checks
from summarizer.checks.citations import source_words
from summarizer.values import (
    Claim,
    Draft,
    Ignore,
    Passage,
    RosterEntry,
    Segment,
    Source,
    Speaker,
    Transcript,
    Turn,
)

QUESTION = Passage("p1", (1,), "收集了多少意见建议?")
ANSWER = Passage("p2", (2, 3), "收集意见建议5.2万余条,朱晨说。")
OTHER = Passage("p4", (4,), "全省查纠整改各类执法问题3000余个。")


def speaker(identity, name, role, romanized):
    return Speaker(identity, name, None, None, role, romanized, (name,))


def draft(**changes):
    transcript = Transcript(
        source=Source("x.txt", "0" * 64, "utf-8", 10, "zh-Hans"),
        title="题",
        paragraphs=(),
        front=(),
        speakers=(
            speaker("reporter", "记者", "questioner", None),
            speaker("zhu-chen", "朱晨", "answerer", "Zhu Chen"),
            speaker("li-si", "李四", "answerer", "Li Si"),
        ),
        turns=(
            Turn("reporter", (), (QUESTION,)),
            Turn("zhu-chen", (), (ANSWER,)),
            Turn("li-si", (), (OTHER,)),
        ),
        repairs=(),
    )
    right = Draft(
        transcript=transcript,
        roster=(
            RosterEntry("reporter", "Reporter", "记者", None, None),
            RosterEntry("zhu-chen", "Zhu Chen", "朱晨", None, None),
            RosterEntry("li-si", "Li Si", "李四", None, None),
        ),
        headline="",
        headline_zh="",
        deck="",
        glance=(),
        claims=(CLAIM,),
        segments=(segment("More than 52,000 opinions were collected, Zhu Chen said."),),
        terms=(),
        models=(),
    )
    return replace(right, **changes)


def segment(*target, missing=None):
    return Segment("p2", (2, 3), "zhu-chen", ANSWER.text, target, "translated", missing)


CLAIM = Claim(
    "zhu-chen-000000",
    "zhu-chen",
    "More than 52,000 opinions and suggestions were collected.",
    "共收集意见建议5.2万余条。",
    ("p2",),
    ("收集意见建议5.2万余条",),
)


def found(given):
    return [(f.unit, f.check, f.severity) for f in checks.run(given).findings]


def test_what_is_right_raises_nothing():
    checked = checks.run(draft())

    assert checked.findings == ()
    assert checked.counts.quotes_exact == 1
    assert checked.counts.quantities_source == checked.counts.quantities_matched == 1


@pytest.mark.parametrize(
    ("target", "check", "severity"),
    [
        ((), "completeness", "major"),
        (("More than 5,200 opinions were collected, Zhu Chen said.",), "quantities", "critical"),
        (("More than 520,000 opinions were collected, Zhu Chen said.",), "quantities", "critical"),
        (("Many opinions were collected, Zhu Chen said.",), "quantities", "critical"),
        (("Some 52,000 opinions and 713 letters, Zhu Chen said.",), "quantities", "critical"),
        (("Nearly 52,000 opinions were collected, Zhu Chen said.",), "quantities", "major"),
        (("52,000 opinions were collected, Zhu Chen said.",), "quantities", "minor"),
        (("More than 52,000 opinions were collected, Zhou Chen said.",), "names", "major"),
    ],
)
def test_a_translation_that_went_wrong_is_found(target, check, severity):
    assert ("p2", check, severity) in found(draft(segments=(segment(*target),)))


def test_a_passage_that_could_not_be_had_is_critical():
    assert found(draft(segments=(segment(missing="refused"),))) == [("p2", "completeness", "critical")]


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, passages=("p9",)),
        replace(CLAIM, passages=()),
        replace(CLAIM, passages=("p4",)),
        replace(CLAIM, passages=("p1",)),
        replace(CLAIM, quotes=("收集意见建议5.3万余条",)),
        replace(CLAIM, quotes=("全省查纠整改各类执法问题",)),
        replace(CLAIM, quotes=()),
        replace(CLAIM, en="More than 53,000 opinions were collected."),
    ],
)
def test_a_claim_that_went_wrong_is_critical_and_does_not_stand(claim):
    checked = checks.run(draft(claims=(claim,)))

    assert "critical" in {finding.severity for finding in checked.findings}
    assert checks.standing((claim,), checked.findings) == ()


def test_a_quote_may_differ_in_width_and_blanks_and_the_source_is_what_is_printed():
    claim = replace(CLAIM, quotes=("收集意见建议 ５.2万余条，",))

    assert found(draft(claims=(claim,))) == []
    assert source_words(claim.quotes[0], ANSWER.text) == "收集意见建议5.2万余条,"


def test_a_quote_that_stands_elsewhere_is_told_where():
    claim = replace(CLAIM, quotes=("全省查纠整改各类执法问题",))

    (finding,) = checks.run(draft(claims=(claim,))).findings

    assert "it stands in ¶4" in finding.message


def test_an_ignore_silences_a_finding_until_a_text_changes():
    wrong = draft(segments=(segment("More than 53,000 opinions were collected, Zhu Chen said."),))
    (finding,) = checks.run(wrong).findings
    ruling = Ignore("p2", "quantities", "checked by hand", checks.text_digest(finding))

    (silenced,) = checks.run(wrong, [ruling]).findings
    assert silenced.ignored == "checked by hand"

    other = draft(segments=(segment("More than 54,000 opinions were collected, Zhu Chen said."),))
    (lapsed,) = checks.run(other, [ruling]).findings
    assert lapsed.ignored is None


def test_a_summary_may_leave_figures_out_and_count_what_is_listed():
    claim = replace(CLAIM, en="Opinions were collected in two ways.")

    assert found(draft(claims=(claim,))) == []
