"""A model's text becomes ours only if it is just what was asked for."""

import json

import pytest

from summarizer import answers
from summarizer.errors import AnswerError
from summarizer.library import templates
from summarizer.values import Answer, Passage, Request

REQUEST = Request("slug", "translate", ("p1", "p2"), {})


def answer(text, finish="stop", refusal=None):
    return Answer(text, "a model", finish, refusal, None, None)


def segments(*ids):
    return json.dumps({"segments": [{"id": i, "sentences": ["A  sentence.", " "]} for i in ids]})


def test_sentences_are_paired_by_id_and_folded_to_one_line():
    found = answers.translation(REQUEST, answer(segments("p2", "p1")))

    assert found == {"p2": ("A sentence.",), "p1": ("A sentence.",)}


@pytest.mark.parametrize("around", [("```json\n", "\n```"), ("Here you are: ", ""), ("", " Done.")])
def test_the_fence_of_a_server_without_schemas_is_taken_off(around):
    text = segments("p1").join(around)
    assert answers.translation(REQUEST, answer(text)) == {"p1": ("A sentence.",)}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (answer(segments("p9")), "not asked for"),
        (answer(segments("p1", "p1")), "twice"),
        (answer(segments("p1") + segments("p1")), "whole answer"),
        (answer(segments("p1") + " {Done}"), "whole answer"),
        (answer('{"segments": [], "note": "x"}'), "note"),
        (answer('{"segments": [{"id": "p1", "sentences": "x"}]}'), "sentences"),
        (answer(segments("p1"), finish="length"), "length"),
        (answer("", refusal="I cannot"), "refused"),
    ],
)
def test_anything_else_is_refused_and_nothing_is_mended(given, reason):
    with pytest.raises(AnswerError, match=reason):
        answers.translation(REQUEST, given)


def test_the_schema_that_is_sent_is_the_shape_that_is_read():
    def shape(node, defs):
        if "$ref" in node:
            return shape(defs[node["$ref"].rpartition("/")[2]], defs)
        if node["type"] == "object":
            return {name: shape(child, defs) for name, child in node["properties"].items()}
        return [shape(node["items"], defs)] if node["type"] == "array" else node["type"]

    for task, template in templates().items():
        model = answers.SHAPES[task].model_json_schema()
        assert shape(template.schema, {}) == shape(model, model.get("$defs", {}))


def test_two_claims_with_one_evidence_keep_the_first():
    claims = [{"passage": "p1", "quote": "引文", "en": f"{n}.", "zh": "。"} for n in (1, 2)]
    passages = {"p1": Passage("p1", (1,), "这是引文。")}

    (claim,) = answers.claims(answer(json.dumps({"claims": claims})), "zhu", passages)

    assert claim.en == "1."
    assert claim.id.startswith("zhu-")


def test_a_sentence_at_a_glance_must_rest_on_known_claims():
    text = {"headline": "H", "headline_zh": "题", "deck": "D.", "glance": [{"en": "S.", "claims": ["x"]}]}
    with pytest.raises(AnswerError, match="unknown claim 'x'"):
        answers.overview(answer(json.dumps(text)), {}, {})
