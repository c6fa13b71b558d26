"""The quantity reader as a specification: what it reads, what it leaves alone, and what it lets pass or catches."""

from decimal import Decimal
from pathlib import Path

import cn2an
import num2words
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.quantities import compare, gloss, is_figure, needs_gloss, read_chinese, read_english, value

ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (Path(__file__).parent / "data" / "quantities" / "renderings.md")
    .read_text("utf-8")
    .splitlines()
    if line.startswith("| ") and not line.startswith("| Chinese")
]


@pytest.mark.parametrize("row", ROWS, ids=" = ".join)
def test_a_professional_rendering_passes_in_silence(row):
    found = compare(*row)
    assert found.lost + found.added + found.changed + found.hedge_lost + found.hedge_reversed == ()


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        ("5.2万余条", "> 52,000", "more than 52,000"),
        ("近180万条", "< 1,800,000", "nearly 1.8 million"),
        ("795858件", "795,858", "795,858"),
        ("13995条", "13,995", "13,995"),
        ("百分之五十四点三", "54.3 %", "54.3 percent"),
        ("54.3%", "54.3 %", "54.3 percent"),
        ("两千三百余", "> 2,300", "more than 2,300"),
        ("2个月22天", "2 months and 22 days", "2 months and 22 days"),
        ("上世纪九十年代", "the 1990s", "the 1990s"),
        ("3000余个", "> 3,000", "more than 3,000"),
        ("320余项", "> 320", "more than 320"),
        ("三分之一", "1/3", "one third"),
        ("翻一番", "× 2", "double"),
        ("9万9千", "99,000", "99,000"),
        ("廿三", "23", "23"),
        ("90亿", "9,000,000,000", "9 billion"),
        ("1.2亿", "120,000,000", "120 million"),
        ("2.35万亿", "2,350,000,000,000", "2.35 trillion"),
        ("三万多", "> 30,000", "more than 30,000"),
        ("三成", "30 %", "30 percent"),
        ("约300名", "≈ 300", "about 300"),
        ("两三百亿", "20,000,000,000–30,000,000,000", "20 billion to 30 billion"),
        ("15多万", "> 150,000", "more than 150,000"),
        ("第1万列", "10,000th", "10,000th"),
        ("至少5人", "≥ 5", "at least 5"),
    ],
)
def test_a_quantity_has_one_value_and_one_english(text, wanted, words):
    (found,) = read_chinese(text)
    assert (found.text, value(found), gloss(found)) == (text, wanted, words)


@pytest.mark.parametrize(
    "text",
    [
        "一带一路", "十四五", "十五五", "两会", "二十大", "千方百计", "万一", "一是加强,二是改进,三是落实", "一方面", "另一方面", "统一",
        "一定", "一体", "一体化", "平安法治“一件事”综合改革", "一手", "第一强化组织领导", "三农", "四个全面", "“六大顽瘴痼疾”",
        "“三个规定”“零记录”", "等“五大举措”", "一一作答", "“一把手”", "全链条", "一中心四平台一网格", "有辨识度", "万众一心", "老百姓",
    ],
)  # fmt: skip
def test_a_name_built_on_numerals_is_no_quantity(text):
    assert read_chinese(text) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("90亿", "90 billion"),
        ("90亿", "900 million"),
        ("5.2万余条", "more than 520,000"),
        ("5.2万余条", "more than 53,000"),
        ("13995条", "13,959"),
        ("54.3%", "54.3 percentage points"),
        ("1.6个百分点", "1.6 percent"),
        ("2018年以来", "since 2019"),
        ("5月31日", "May 30"),
        ("增长两倍", "doubled"),
        ("近180万条", "nearly 18 million"),
        ("3年", "3 months"),
        ("13.6万亿美元", "13.6 trillion yuan"),
        ("上世纪九十年代", "the 1980s"),
        ("2个月22天", "2 months and 21 days"),
        ("三分之一", "two thirds"),
    ],
)
def test_a_planted_error_is_paired_with_what_it_stands_for(source, target):
    found = compare(source, target)
    assert len(found.changed) == 1
    assert not found.lost
    assert not found.added
    assert source.startswith(found.changed[0][0].text)


def test_a_scale_error_is_said_in_words():
    assert compare("90亿", "90 billion").changed[0][2] == "90亿 = 9,000,000,000; 90 billion is ten times that"


def test_hedges_dropped_and_reversed_are_told_apart():
    assert compare("5.2万余条", "52,000 items").hedge_lost
    assert compare("5.2万余条", "nearly 52,000 items").hedge_reversed
    assert compare("近180万条", "more than 1.8 million").hedge_reversed


def test_figures_are_lost_and_added_when_the_other_side_is_silent():
    assert [q.text for q in compare("立案713人,留置37名", "713 people were placed under review").lost] == [
        "37名"
    ]
    assert [q.text for q in compare("立案", "713 people were placed under review").added] == ["713"]
    assert not compare("三类", "both of the two").lost
    assert not compare("案件", "the first of one of ten").added


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2个月22天", "2 months and 22 days"),
        ("兩年八個月", "2 years and 8 months"),
        ("約一年零四個月", "1 year and 4 months"),
    ],
)
def test_a_span_of_several_units_has_a_gloss_in_either_script(zh, en):
    assert [gloss(quantity) for quantity in read_chinese(zh)] == [en]


def test_the_key_figures_and_the_forms_in_need_of_a_gloss():
    figures = [
        q.text for q in read_chinese("7日,第一批,三级,22件,54.3%,九十年代,三分之一,三万多") if is_figure(q)
    ]
    assert figures == ["22件", "54.3%", "三分之一", "三万多"]
    assert [q.text for q in read_chinese("22件,5.2万余条,54.3%,三成,近3年,1.6个百分点") if needs_gloss(q)] == [
        "5.2万余条", "三成", "1.6个百分点",
    ]  # fmt: skip


def test_a_real_interview_is_read():
    text = (
        "意见建议5.2万余条、线索13995条、来信10792封。22件交办,27件重点,713人,留置37名。近180万条警情,3000余个,"
        "500余件,106个,下降了54.3%。共58份。警力31069人次,历时2个月22天,对795858件,其中57176件9类案件。"
        "案件308件,462处革命遗迹。"
    )
    assert [q.text for q in read_chinese(text)] == [
        "5.2万余条",
        "13995条",
        "10792封",
        "22件",
        "27件",
        "713人",
        "37名",
        "近180万条",
        "3000余个",
        "500余件",
        "106个",
        "54.3%",
        "58份",
        "31069人次",
        "2个月22天",
        "795858件",
        "57176件",
        "9类",
        "308件",
        "462处",
    ]


UNDER = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def words(n):
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= scale:
            rest = n % scale
            return f"{words(n // scale)} {name}" + (f" {words(rest)}" if rest else "")
    if n < 20:
        return UNDER[n]
    return TENS[n // 10 - 2] + (f"-{UNDER[n % 10]}" if n % 10 else "")


def han(n):
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if n >= scale:
            rest = n % scale
            gap = "零" if rest and rest < scale // 10 else ""
            return han(n // scale) + name + gap + (han(rest) if rest else "")
    return "零一二三四五六七八九"[n]


@given(st.integers(11, 10**11))
def test_every_number_reads_back_from_words_and_numerals(n):
    assert [q.low for q in read_english(f"There are {words(n)} items.")] == [Decimal(n)]
    assert [q.low for q in read_chinese(f"共{han(n)}件")] == [Decimal(n)]
    assert [q.low for q in read_chinese(f"共{n:,}件")] == [Decimal(n)]


@given(st.integers(1, 99999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_a_scale_and_its_english_agree_and_ten_times_it_does_not(n, scale):
    source = f"共{n}{scale[0]}件"
    clean, wrong = compare(source, f"{n * scale[1]:,} items"), compare(source, f"{n * scale[1] * 10:,} items")
    assert clean.lost + clean.added + clean.changed == ()
    assert len(wrong.changed) == 1


@given(st.text("一二两三十百千万亿零0123456789.,%年月日个余多近约第至—分之成倍 “”"))
def test_any_string_reads_without_fail_and_spans_are_exact(text):
    found = read_chinese(text)
    assert all(text[q.start : q.end] == q.text and q.low <= q.high for q in found)
    assert [q.start for q in found] == sorted(q.start for q in found)


@given(st.text("one two half a dozen million th 0123456789.,%-$ May percent "))
def test_any_english_string_reads_without_fail(text):
    assert all(text[q.start : q.end] == q.text for q in read_english(text))


@given(st.integers(11, 10**15), st.sampled_from(["low", "up"]))
def test_every_numeral_that_cn2an_writes_is_read(n, style):
    assert [q.low for q in read_chinese(f"共{cn2an.an2cn(n, style)}件")] == [Decimal(n)]


@given(st.decimals("0.01", "9999.99", places=2))
def test_every_decimal_that_cn2an_writes_is_read(n):
    assert [
        q.low for q in read_chinese(f"百分之{cn2an.an2cn(str(n.normalize().quantize(Decimal('0.01'))))}")
    ] == [n]


@given(st.integers(11, 10**14))
def test_every_number_that_num2words_writes_is_read(n):
    assert [q.low for q in read_english(f"There are {num2words.num2words(n)} items.")] == [Decimal(n)]


@given(st.integers(1, 999))
def test_every_ordinal_that_num2words_writes_is_read(n):
    assert [q.low for q in read_english(f"the {num2words.num2words(n, to='ordinal')} case")] == [Decimal(n)]
