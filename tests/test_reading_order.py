"""A broken page is put back in order on evidence, and a whole one is left alone."""

from pathlib import Path

import pytest

from summarizer.errors import RefusedInputError
from summarizer.transcript import read
from summarizer.transcript.reading_order import JOIN
from summarizer.values import Repair, RepairRuling, Rulings, Transcript

SEED = (Path(__file__).parent.parent / "seeds" / "000_0d15fb7c8aabcb91.txt").read_bytes()

CLEAN = [
    "记者：城西的水管改造什么时候完成？",
    "市水务局局长韩冬青：",
    "供水管网改造今年已经完成八成，供水管网的漏损率降到了历史最低。",
    "一方面，我们更换了老旧的供水管网，夜间施工，白天通水；居民反映的水压不足已经得到解决。",
    "另一方面，供水管网全部装上了传感器，漏点由系统自动报警，抢修人员半小时到场。",
    "记者：学校的午餐怎么保证安全？",
    "市教育局副局长沈秋白：",
    "学校食堂全部实行明厨亮灶，家长委员会每周到学校食堂陪餐。",
    "学校食堂的食材由全市统一采购，每一批都留样检测，结果向家长公开。",
    "记者：医院排队的问题呢？",
    "市卫生健康委主任米朗：",
    "门诊预约已经覆盖所有医院，候诊时间平均缩短了二十分钟。",
]


def page(paragraphs: list[str]) -> bytes:
    return "\n\n".join(paragraphs).encode()


def said(transcript: Transcript) -> dict[str, str]:
    return {
        turn.speaker: "".join(p.text for p in turn.passages)
        for turn in transcript.turns
        if turn.label_paragraphs
    }


def kinds(transcript: Transcript) -> list[tuple[str, tuple[int, ...], int | None, bool]]:
    return [(r.kind, r.paragraphs, r.after, r.applied) for r in transcript.repairs]


def test_the_seed_is_put_back_in_order_with_its_evidence() -> None:
    transcript = read(SEED, path="x.txt")
    assert kinds(transcript) == [
        ("join", (10, 11), None, True),
        ("join", (28, 29), None, True),
        ("move", (31, 32, 33), 37, True),
        ("join", (37, 31), None, True),
    ]
    move = transcript.repairs[2]
    assert '"三是严" + "格落实" completes 严格' in move.evidence
    assert any("question of ¶34" in reason for reason in move.evidence)
    assert all(JOIN <= repair.confidence <= 1 for repair in transcript.repairs)


def test_a_clean_page_is_left_alone() -> None:
    assert read(page(CLEAN), path="x.txt").repairs == ()


@pytest.mark.parametrize("number", [3, 4, 5, 8, 9, 12])
def test_a_forgotten_full_stop_is_no_damage(number: int) -> None:
    paragraphs = list(CLEAN)
    paragraphs[number - 1] = paragraphs[number - 1].rstrip("。")
    assert read(page(paragraphs), path="x.txt").repairs == ()


def test_the_mended_seed_is_clean() -> None:
    transcript = read(SEED, path="x.txt")
    labels = {p.number: p.text for p in transcript.paragraphs}
    whole = [part.text for part in transcript.front]
    for turn in transcript.turns:
        whole += [labels[number] for number in turn.label_paragraphs]
        texts = [passage.text for passage in turn.passages]
        whole += texts if turn.label_paragraphs else ["记者:" + texts[0], *texts[1:]]
    again = read(page(whole), path="x.txt")
    assert again.repairs == ()
    assert said(again) == said(transcript)


def scrambled() -> list[str]:
    """The first answer breaks inside 解决, and its end stands behind the second answer."""
    head, tail = CLEAN[3].split("解决")
    return [*CLEAN[:3], head + "解", *CLEAN[5:9], "决" + tail, CLEAN[4], *CLEAN[9:]]


def test_a_page_scrambled_another_way_is_restored() -> None:
    transcript = read(page(scrambled()), path="x.txt")
    assert kinds(transcript) == [("move", (9, 10), 4, True), ("join", (4, 9), None, True)]
    assert said(transcript) == said(read(page(CLEAN), path="x.txt"))


def test_a_break_inside_one_turn_is_joined() -> None:
    head, tail = CLEAN[11].split("二十")
    paragraphs = [*CLEAN[:11], head + "20", tail]
    transcript = read(page(paragraphs), path="x.txt")
    assert transcript.turns[-1].passages[-1].paragraphs == (12, 13)
    assert transcript.turns[-1].passages[-1].text.endswith("缩短了20分钟。")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("居民反映的水压不足已经得到解", "决，群众普遍满意。"),  # inside a word
        ("今年一共收到群众来信10", "792封，比去年多。"),  # inside a number
        ("今年一共收到群众来信10792", "封，比去年多。"),  # between a number and its measure word
        ("供水管网（包括城西的主管道和", "支管）已经全部更换。"),  # inside brackets
        ("这就是我们说的“不停水、不断", "供”，做到了。"),  # inside a quotation
    ],
)
def test_a_break_anywhere_in_a_sentence_is_joined(before: str, after: str) -> None:
    transcript = read(page([*CLEAN[:4], before, after, *CLEAN[4:]]), path="x.txt")
    assert kinds(transcript) == [("join", (5, 6), None, True)]


def test_the_head_of_a_sentence_at_the_start_of_the_file_finds_its_tail_at_the_end() -> None:
    tail, head = CLEAN[3].split("解决")
    transcript = read(page(["决" + head, CLEAN[4], *CLEAN[5:], *CLEAN[:3], tail + "解"]), path="x.txt")
    assert [passage.paragraphs for passage in transcript.turns[-1].passages] == [(12,), (13, 1), (2,)]
    assert said(transcript) == said(read(page([*CLEAN[5:], *CLEAN[:5]]), path="x.txt"))
    assert transcript.front == ()


def test_a_lede_that_nothing_leads_to_stays_a_lede() -> None:
    lede = "昨日上午，市政府召开民生热线新闻发布会，三位负责人回答了记者的提问。"
    transcript = read(page([lede, *CLEAN]), path="x.txt")
    assert [(front.paragraph, front.kind) for front in transcript.front] == [(1, "lede")]
    assert transcript.repairs == ()


def test_two_displaced_blocks_are_both_put_back() -> None:
    lifts = [
        "记者：老旧小区加装电梯的进展呢？",
        "市住房和城乡建设局局长白舟：",
        "老旧小区加装电梯今年完成三百部。首先，加装电梯的补贴标准提高了一成，申请材料精简到两份。",
        "其次，加装电梯之后的维护，由电梯公司负责十年，费用写进合同。",
        "记者：谢谢各位，最后请谈谈明年的打算。",
        "市卫生健康委主任米朗：",
        "明年门诊预约要延伸到社区医院，候诊时间继续缩短。",
    ]
    whole = [*CLEAN, *lifts]
    one, two = whole[3].split("解决"), whole[14].split("精简")
    water, lift = ["决" + one[1], whole[4]], ["简" + two[1], whole[15]]
    broken = [
        *whole[:3],
        one[0] + "解",
        *whole[5:9],
        *water,
        *whole[9:12],
        *lift,
        *whole[12:14],
        two[0] + "精",
    ]
    broken += whole[16:]
    transcript = read(page(broken), path="x.txt")
    assert kinds(transcript) == [
        ("move", (9, 10), 4, True),
        ("join", (4, 9), None, True),
        ("move", (14, 15), 18, True),
        ("join", (18, 14), None, True),
    ]
    assert said(transcript) == said(read(page(whole), path="x.txt"))


def test_a_sentence_that_goes_on_nobody_knows_where_is_told() -> None:
    tail, head = CLEAN[3].split("的水压")
    more = "供水管网的漏点由系统报警，更换下来的老旧供水管网全部回收。"
    paragraphs = [*CLEAN[:3], tail, *CLEAN[5:9], "的水压" + head, more, *CLEAN[9:]]
    transcript = read(page(paragraphs), path="x.txt")
    assert transcript.broken_off == (4,)
    assert not any(repair.applied for repair in transcript.repairs)


def test_where_two_tails_fit_one_head_nothing_is_applied() -> None:
    paragraphs = scrambled()
    paragraphs[-1] = paragraphs[-1].rstrip("。") + "，一方面供水管网的居民反映已经得到解"
    transcript = read(page(paragraphs), path="x.txt")
    assert transcript.repairs
    assert not any(repair.applied for repair in transcript.repairs)
    assert any("fits about as well" in reason for repair in transcript.repairs for reason in repair.evidence)


def test_without_repair_the_candidates_are_only_reported() -> None:
    transcript = read(SEED, path="x.txt", repair=False)
    assert [(r.kind, r.paragraphs, r.applied) for r in transcript.repairs] == [
        ("join", (10, 11), False),
        ("join", (28, 29), False),
        ("move", (31, 32, 33), False),
        ("join", (37, 31), False),
    ]
    order = [n for turn in transcript.turns for passage in turn.passages for n in passage.paragraphs]
    assert order == sorted(order)


def ruled(*rulings: RepairRuling, repair: bool = True) -> tuple[Repair, ...]:
    return read(SEED, path="x.txt", rulings=Rulings(repairs=rulings), repair=repair).repairs


def test_an_editor_rejects_a_repair() -> None:
    repairs = ruled(
        RepairRuling("join", (10, 11), "reject"), RepairRuling("move", (31, 32, 33), "reject", after=37)
    )
    assert {r.paragraphs for r in repairs if r.applied} == {(28, 29)}
    assert "rejected by the editor" in repairs[0].evidence


def test_an_editor_applies_what_was_only_reported() -> None:
    repairs = ruled(RepairRuling("join", (10, 11), "apply"), repair=False)
    assert [r.paragraphs for r in repairs if r.applied] == [(10, 11)]


def test_an_editor_applies_a_repair_nobody_proposed() -> None:
    rulings = Rulings(repairs=(RepairRuling("move", (9,), "apply", after=4),))
    transcript = read(page(CLEAN), path="x.txt", rulings=rulings)
    assert [p.paragraphs for p in transcript.turns[1].passages] == [(3,), (4,), (9,), (5,)]
    assert transcript.repairs == (
        Repair("move", (9,), 4, applied=True, confidence=0.98, evidence=("ruled by the editor",)),
    )


def test_a_ruling_on_a_paragraph_that_is_no_speech_is_refused() -> None:
    with pytest.raises(RefusedInputError, match="paragraph 99"):
        ruled(RepairRuling("join", (10, 99), "apply"))
