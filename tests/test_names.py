"""Names are spelled as GB/T 28039 spells them, or not at all."""

import sys

import pytest

from summarizer.names import family_name, romanize


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("朱晨", "Zhu Chen"),
        ("张飞军", "Zhang Feijun"),
        ("胡梅奎", "Hu Meikui"),
        ("單國華", "Shan Guohua"),
        ("单国华", "Shan Guohua"),
        ("曾小青", "Zeng Xiaoqing"),
        ("解文", "Xie Wen"),
        ("仇正", "Qiu Zheng"),
        ("查理文", "Zha Liwen"),
        ("区少芬", "Ou Shaofen"),
        ("尉迟清", "Yuchi Qing"),
        ("欧阳文", "Ouyang Wen"),
        ("诸葛青云", "Zhuge Qingyun"),
        ("吕绿", "Lyu Lyu"),
        ("林建安", "Lin Jian'an"),
        ("陈方文静", "Chen-Fang Wenjing"),
    ],
)
def test_a_family_name_is_read_as_a_family_name(name: str, latin: str) -> None:
    assert romanize(name) == latin


@pytest.mark.parametrize(
    "words",
    ["记者", "主持人", "答", "主席", "陈院长", "玛琳·霍夫曼", "Smith", "", "朱", "一二三四五", "外交部"],
)
def test_what_is_no_chinese_personal_name_is_not_spelled(words: str) -> None:
    assert romanize(words) is None


def test_a_compound_family_name_goes_before_a_single_one() -> None:
    assert family_name("司马青") == "司马"
    assert family_name("司青") == "司"


def test_the_phrase_tables_of_pypinyin_are_never_loaded() -> None:
    romanize("朱晨")
    assert "pypinyin" not in sys.modules
