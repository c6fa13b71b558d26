"""Digests, recipes, keys and the signature: what was made of what.

Every digest is sha256 over text in which the parts cannot run into one another. The
signature is one line naming all inputs, as sacreBLEU has it.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from summarizer.values import Model, Request, Template, Term

# The version of what a signature covers. It is not the package's: an upgrade of the tool alone
# must leave every page as it is.
FORMAT = "0.1"


def canonical_json(value: Any) -> str:
    """Write *value* in the one way in which equal values have equal text.

    >>> canonical_json({"b": 1, "a": "中"})
    '{"a":"中","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts: str) -> str:
    """Give the sha256 of *parts* as hex; ``("a", "b")`` and ``("ab",)`` differ."""
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()


def short(*parts: str) -> str:
    """Give the first six hex digits of the digest, which part the units of one page."""
    return digest(*parts)[:6]


def request_key(request: Request) -> str:
    """Name a request by what is sent and how often it was sent before."""
    return digest(canonical_json(request.body), str(request.attempt))


def recipe(material: tuple[str, ...], entries: tuple[Term, ...], template: Template, model: Model) -> str:
    """Digest everything that made a unit, in two halves parted by a hyphen.

    The first half covers what the unit is about (source text, speaker, entries used), the second
    what made it (template, schema, model, parameters). A unit whose first half still holds is
    *outdated*, not wrong, when the second changes (DESIGN §5).
    """
    content = digest(*material, *(canonical_json([term.zh, term.en]) for term in entries))
    return f"{content[:20]}-{maker(template, model)}"


def maker(template: Template, model: Model) -> str:
    """Digest what makes a unit, whatever it is about: the second half of its recipe."""
    return digest(template.digest, model.name, model.effort or "")[:20]


def approval_digest(source: str, *texts: str) -> str:
    """Digest what a person approves: the texts of units, and the source they were compared with."""
    return digest("approval", source, *texts)


def signature(
    recipes: tuple[str, ...], inputs: tuple[str, ...], missing: int = 0, stored: str | None = None
) -> str:
    """Name all inputs of a page in one line; *stored* is kept while its inputs are the same.

    Args:
        recipes: Of everything that was made.
        inputs: What :func:`known_inputs` gives.
        missing: How much could not be had.
        stored: The signature of the page that stands.
    """
    lacking = (f"missing {missing}",) if missing else ()
    made_of = "|".join([f"recipe {digest(*recipes)[:16]}", *inputs, *lacking])
    if stored is not None and stored.partition("|")[2] == made_of:
        return stored
    return f"summarizer {FORMAT}|{made_of}"


def known_inputs(terms: Iterable[Term], rulings: str | None) -> tuple[str, ...]:
    """The parts of a signature that can be told before anything is made.

    Args:
        terms: Entries of the termbase that occur in the source.
        rulings: What an editor rules, as it stands in the file; None where nobody does.
    """
    entries = digest(*(canonical_json([term.zh, term.en]) for term in terms))
    ruled = () if rulings is None else (f"rulings {digest(rulings)[:16]}",)
    return (f"termbase {entries[:16]}", *ruled)


def is_of(signed: str, inputs: tuple[str, ...], *, may_lack: bool = False) -> bool:
    """Whether a page that is signed so was made of these known inputs, and lacks nothing."""
    parts = signed.split("|")[2:]
    if may_lack and parts and parts[-1].startswith("missing "):
        parts.pop()
    return tuple(parts) == inputs
