"""The termbase is read strictly and matched longest first."""

import pytest

from summarizer import library, termbase
from summarizer.errors import RefusedInputError
from summarizer.values import Term


def terms(*pairs):
    return [Term(zh, en, "body", "termbase") for zh, en in pairs]


def test_the_shipped_termbase_is_whole():
    shipped = library.terms()

    assert len(shipped) >= 80
    assert all(term.zh == term.zh.strip() and term.en == term.en.strip() for term in shipped)


def test_of_overlapping_terms_the_longest_is_found():
    found = termbase.occurring(terms(("省委", "a"), ("政法委", "b"), ("省委政法委", "c")), "省委政法委和省委")

    assert [term.en for term in found] == ["c", "a"]


def test_of_two_lists_the_first_wins():
    merged = termbase.merge(terms(("省委", "a")), terms(("省委", "b"), ("市委", "c")))

    assert [(term.zh, term.en) for term in merged] == [("省委", "a"), ("市委", "c")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "a list under the key 'terms'"),
        ({"terms": [{"zh": "x"}]}, "entry 1 has no 'en'"),
        ({"terms": [{"zh": "x", "en": 1, "kind": "k"}]}, "entry 1 must be a map of strings"),
        ({"terms": [{"zh": "x", "en": "y", "kind": "k", "nt": "z"}]}, "unknown key 'nt'"),
        ({"terms": [{"zh": "x", "en": "y", "kind": "k"}] * 2}, "x stands twice"),
    ],
)
def test_a_bad_termbase_is_refused_with_the_entry(data, said):
    with pytest.raises(RefusedInputError, match=said):
        termbase.parse(data, "termbase.yaml")
