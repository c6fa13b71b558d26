"""Keys and recipes change with what they name, and with nothing else."""

from dataclasses import replace

from summarizer import provenance
from summarizer.values import Model, Request, Template, Term

TEMPLATE = Template("translate", "text", {}, "digest")
MODEL = Model("m", "low")
TERM = Term("中", "China", "place", "termbase")


def recipe(material=("源文", "zhu"), entries=(TERM,), template=TEMPLATE, model=MODEL):
    return provenance.recipe(material, entries, template, model)


def test_a_recipe_tells_changed_material_from_a_changed_maker():
    content, maker = recipe().split("-")

    for changed in (recipe(material=("别的", "zhu")), recipe(entries=())):
        assert changed.split("-")[0] != content
        assert changed.split("-")[1] == maker
    for changed in (recipe(template=replace(TEMPLATE, digest="x")), recipe(model=Model("m", None))):
        assert changed.split("-")[0] == content
        assert changed.split("-")[1] != maker


def test_a_request_key_names_what_is_sent_and_the_attempt_only():
    request = Request("slug", "translate", ("p1",), {"model": "m", "a": 1})

    same = replace(request, slug="other", units=(), body={"a": 1, "model": "m"})
    assert provenance.request_key(same) == provenance.request_key(request)
    assert provenance.request_key(replace(request, attempt=2)) != provenance.request_key(request)
    assert provenance.request_key(replace(request, body={"a": 2})) != provenance.request_key(request)


def test_an_upgrade_alone_keeps_the_signature():
    inputs = provenance.known_inputs((TERM,), None)
    signed = provenance.signature(("r",), inputs)
    older = "summarizer 0.0|" + signed.partition("|")[2]

    assert provenance.signature(("r",), inputs, stored=older) == older
    assert provenance.signature(("s",), inputs, stored=older) != older


def test_a_signature_tells_whether_its_page_is_of_known_inputs_and_whole():
    inputs = provenance.known_inputs((TERM,), "title_en = 'x'")
    signed = provenance.signature(("r",), inputs)

    assert provenance.is_of(signed, inputs)
    assert not provenance.is_of(signed, provenance.known_inputs((), "title_en = 'x'"))
    assert not provenance.is_of(signed, provenance.known_inputs((TERM,), None))
    assert not provenance.is_of(provenance.signature(("r",), inputs, missing=2), inputs)


def test_parts_do_not_run_into_one_another():
    assert provenance.digest("a", "b") != provenance.digest("ab")
