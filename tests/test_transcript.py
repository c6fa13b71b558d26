"""A transcript is read as it stands: numbered, labelled, set aside; the first seed to the letter."""

import tomllib
from pathlib import Path

import pytest

from summarizer.errors import RefusedInputError
from summarizer.transcript import read
from summarizer.values import Rulings, SpeakerRuling, Transcript

HERE = Path(__file__).parent
SEED = (HERE.parent / "seeds" / "000_0d15fb7c8aabcb91.txt").read_bytes()
FORMS = tomllib.loads((HERE / "data" / "labels.toml").read_text(encoding="utf-8"))["form"]
WIDE = str.maketrans({":": "：", ",": "，", ";": "；", "?": "？", "(": "（", ")": "）"})


def seed() -> Transcript:
    return read(SEED, path="seeds/000_0d15fb7c8aabcb91.txt")


def heard(transcript: Transcript) -> list[tuple[str, tuple[int, ...], str]]:
    """Who says what, punctuation of both widths being the same."""
    return [
        (
            turn.speaker,
            turn.label_paragraphs,
            "|".join(passage.text for passage in turn.passages).translate(WIDE),
        )
        for turn in transcript.turns
    ]


def test_the_seed_keeps_its_paragraphs_as_they_stand() -> None:
    transcript = seed()
    lines = SEED.decode().split("\n")
    assert [paragraph.number for paragraph in transcript.paragraphs] == list(range(1, 38))
    assert all(lines[(p.line or 0) - 1].strip() == p.text for p in transcript.paragraphs)
    assert (transcript.source.encoding, transcript.source.lang) == ("utf-8", "zh-Hans")
    assert transcript.source.characters == len(SEED.decode())


def test_the_seed_front_is_set_apart() -> None:
    transcript = seed()
    assert [(part.paragraph, part.kind) for part in transcript.front] == [
        (1, "title"),
        (2, "byline"),
        (3, "lede"),
    ]
    assert transcript.title == "全省第一批政法队伍教育整顿取得阶段性成效 相关负责人答记者问"


def test_the_seed_speakers_have_name_title_organisation_and_role() -> None:
    people = [(s.id, s.name, s.romanized, s.organisation, s.role) for s in seed().speakers]
    assert people == [
        ("reporter", "记者", None, None, "questioner"),
        ("zhu-chen", "朱晨", "Zhu Chen", "省委政法委", "answerer"),
        ("zhang-feijun", "张飞军", "Zhang Feijun", "省公安厅", "answerer"),
        ("dong-zhiwu", "董智武", "Dong Zhiwu", "省司法厅", "answerer"),
        ("he-zhen", "何震", "He Zhen", "省法院", "answerer"),
        ("hu-meikui", "胡梅奎", "Hu Meikui", "省检察院", "answerer"),
    ]
    assert [speaker.title for speaker in seed().speakers] == [
        None,
        "省委政法委常务副书记,省委政法队伍教育整顿领导小组成员、办公室主任",
        "省公安厅副厅长",
        "省司法厅政治部主任、省委教育整顿办副主任",
        "省法院政治部主任、省委教育整顿办副主任",
        "省检察院政治部主任、省委教育整顿办副主任",
    ]


def test_the_seed_turns_are_in_reading_order() -> None:
    turns = [
        (turn.speaker, turn.label_paragraphs, [passage.paragraphs for passage in turn.passages])
        for turn in seed().turns
    ]
    assert turns == [
        ("reporter", (), [(4,)]),
        ("zhu-chen", (5,), [(6,), (7,), (8,), (9,), (10, 11), (12,), (13,), (14,)]),
        ("reporter", (), [(15,)]),
        ("zhang-feijun", (16,), [(17,), (18,), (19,)]),
        ("reporter", (), [(20,)]),
        ("dong-zhiwu", (21,), [(22,), (23,), (24,)]),
        ("reporter", (), [(25,)]),
        ("he-zhen", (26,), [(27,), (28, 29), (30,)]),
        ("reporter", (), [(34,)]),
        ("hu-meikui", (35,), [(36,), (37, 31), (32,), (33,)]),
    ]


def test_a_passage_is_its_paragraphs_and_nothing_else() -> None:
    transcript = seed()
    text = {paragraph.number: paragraph.text for paragraph in transcript.paragraphs}
    passages = [passage for turn in transcript.turns for passage in turn.passages]
    assert len(passages) == 26
    for passage in passages:
        whole = "".join(text[number] for number in passage.paragraphs)
        assert whole in (passage.text, "记者:" + passage.text)
        assert passage.id == f"p{passage.paragraphs[0]}"


def test_no_paragraph_of_the_seed_is_lost() -> None:
    transcript = seed()
    seen = [part.paragraph for part in transcript.front]
    for turn in transcript.turns:
        seen += [
            *turn.label_paragraphs,
            *(number for passage in turn.passages for number in passage.paragraphs),
        ]
    assert sorted(seen) == list(range(1, 38))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_transcript(encoding: str) -> None:
    other = read(SEED.decode().encode(encoding), path="x.txt")
    assert heard(other) == heard(seed())
    assert other.speakers == seed().speakers


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_every_line_end_gives_the_same_transcript(end: str) -> None:
    assert heard(read(SEED.decode().replace("\n", end).encode(), path="x.txt")) == heard(seed())


def test_full_width_punctuation_gives_the_same_transcript() -> None:
    wide = read(SEED.decode().translate(WIDE).encode(), path="x.txt")
    assert heard(wide) == heard(seed())
    assert [speaker.id for speaker in wide.speakers] == [speaker.id for speaker in seed().speakers]


def test_one_line_a_paragraph_gives_the_same_transcript() -> None:
    dense = "\n".join(line for line in SEED.decode().split("\n") if line)
    assert heard(read(dense.encode(), path="x.txt")) == heard(seed())


def test_hard_wraps_give_the_same_transcript() -> None:
    wrapped = "\n\n".join(
        "\n".join(line[at : at + 40] for at in range(0, len(line), 40))
        for line in SEED.decode().translate(WIDE).split("\n")
        if line
    )
    assert heard(read(wrapped.encode(), path="x.txt")) == heard(seed())


def test_short_paragraphs_of_one_length_are_not_a_wrapped_one() -> None:
    dense = "\n".join(
        ["问：今年的自来水价格会不会上涨，会涨多少？", "答：今年的自来水价格不会上涨，一分不涨。"] * 4
    )
    assert len(read(dense.encode(), path="x.txt").turns) == 8


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs"])
def test_traditional_chinese_is_never_read_as_gb18030(encoding: str) -> None:
    text = (
        "問：請問今年的水價會不會調整？市民都很關心這個問題。\n\n答：今年不會調整，我們會繼續研究補貼辦法。"
    )
    transcript = read(text.encode(encoding), path="x.txt")
    assert transcript.source.lang == "zh-Hant"
    assert transcript.turns[0].passages[0].text == "請問今年的水價會不會調整？市民都很關心這個問題。"


@pytest.mark.parametrize("data", [b"", b" \n\n\t", "\u3000\n".encode(), b"\x00\x01\x02\x03abc", b"ab\0"])
def test_what_holds_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedInputError, match=r"x\.txt") as refusal:
        read(data, path="x.txt")
    assert refusal.value.exit_code == 2


def test_a_bad_byte_is_refused_with_its_offset() -> None:
    with pytest.raises(RefusedInputError, match=r"0xff at offset 301 .*--encoding"):
        read(SEED[:301] + b"\xff" + SEED[301:], path="x.txt")


def test_the_encoding_a_user_names_overrules() -> None:
    text = "问：来了吗？\n\n答：来了。"
    assert (
        read(text.encode("gb18030"), path="x.txt", encoding="gb18030").turns[0].passages[0].text == "来了吗？"
    )
    with pytest.raises(RefusedInputError, match="no encoding 'klingon'"):
        read(text.encode(), path="x.txt", encoding="klingon")
    with pytest.raises(RefusedInputError, match="is not utf-8"):
        read(text.encode("gb18030"), path="x.txt", encoding="utf-8")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["name"])
def test_label_forms(form: dict[str, str]) -> None:
    transcript = read(form["source"].encode(), path="x.txt")
    who = {speaker.id: speaker for speaker in transcript.speakers}
    assert len(transcript.turns) == len(form["turns"])
    for turn, expected in zip(transcript.turns, form["turns"], strict=True):
        speaker = who[turn.speaker]
        said = f"{speaker.name}/{speaker.title or ''}/{speaker.role} | {turn.passages[0].text}"
        assert said.startswith(expected)
    assert transcript.repairs == ()


def test_a_footer_is_set_aside_wherever_it_stands() -> None:
    transcript = read("问：来了吗？\n\n答：来了。\n\n责任编辑：高远\n\n（掌声）".encode(), path="x.txt")
    assert [(part.paragraph, part.kind) for part in transcript.front] == [(3, "footer"), (4, "stage")]


def test_two_people_of_one_spelling_have_two_ids() -> None:
    transcript = read("问：谁去？\n\n局长李明：我去。\n\n处长李鸣：我也去。".encode(), path="x.txt")
    assert [speaker.id for speaker in transcript.speakers] == ["reporter", "li-ming", "li-ming-2"]


def test_a_ruling_gives_a_speaker_another_role() -> None:
    rulings = Rulings(speakers=(SpeakerRuling("朱晨", role="moderator"),))
    roles = {speaker.name: speaker.role for speaker in read(SEED, path="x.txt", rulings=rulings).speakers}
    assert (roles["朱晨"], roles["何震"]) == ("moderator", "answerer")


def test_a_codec_that_is_no_encoding_is_refused() -> None:
    with pytest.raises(RefusedInputError, match="no encoding 'rot13'"):
        read("问：来了吗？".encode(), path="x.txt", encoding="rot13")


def test_no_two_speakers_share_an_id() -> None:
    transcript = read(
        "LI：来了吗？\n\nLi 2：来了。\n\nLI：走了吗？\n\nLi 2：没有。\n\n李：都好吗？\n\nLI：好。".encode(),
        path="x.txt",
    )
    assert len({speaker.id for speaker in transcript.speakers}) == len(transcript.speakers)


def test_a_label_that_nothing_follows_is_nobodys_words() -> None:
    transcript = read("问：来了吗？\n\n答：来了。\n\n记者：".encode(), path="x.txt")
    assert [passage.text for turn in transcript.turns for passage in turn.passages] == ["来了吗？", "来了。"]


def test_a_clock_that_is_all_of_a_turn_is_set_aside_once() -> None:
    transcript = read("记者：2018-10-29 15:30\n\n李明：好。\n\n记者：来吗？".encode(), path="x.txt")
    assert [(front.kind, front.text) for front in transcript.front] == [("clock", "2018-10-29 15:30")]
