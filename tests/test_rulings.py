"""An editor's TOML is read strictly, and refused with the key's name."""

import pytest

from summarizer import rulings
from summarizer.errors import RefusedInputError
from summarizer.values import Ignore, RepairRuling, Rulings, SpeakerRuling


def test_everything_is_optional():
    assert rulings.parse({}, "x.toml") == Rulings()


def test_all_of_it_is_read():
    read = rulings.parse(
        {
            "title_en": "T",
            "date": "7日",
            "speakers": [{"zh": "朱晨", "en": "Zhu Chen", "role": "answerer"}],
            "repairs": [{"kind": "move", "paragraphs": [31, 32], "after": 37, "decision": "reject"}],
            "ignore": [{"unit": "p1", "check": "names", "reason": "r", "digest": "d"}],
        },
        "x.toml",
    )

    assert read.speakers == (SpeakerRuling("朱晨", "Zhu Chen", None, "answerer"),)
    assert read.repairs == (RepairRuling("move", (31, 32), "reject", 37),)
    assert read.ignore == (Ignore("p1", "names", "r", "d"),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"titel": "x"}, "unknown key 'titel'"),
        ({"date": 7}, "date must be a string"),
        ({"speakers": {"zh": "x"}}, r"write \[\[speakers\]\]"),
        ({"speakers": [{"en": "x"}]}, r"\[\[speakers\]\] 1 has no zh"),
        ({"speakers": [{"zh": "x", "nom": "y"}]}, "unknown key nom"),
        ({"speakers": [{"zh": "x", "role": "boss"}]}, "role must be one of"),
        ({"repairs": [{"kind": "move", "paragraphs": ["1"], "decision": "apply"}]}, "list of paragraph"),
        ({"repairs": [{"kind": "cut", "paragraphs": [1], "decision": "apply"}]}, "kind 'join' or 'move'"),
    ],
)
def test_what_is_wrong_is_refused_by_name(data, said):
    with pytest.raises(RefusedInputError, match=said):
        rulings.parse(data, "x.toml")
