"""The brief as data: output/<slug>.json, read by machines and by the next run.

Every unit stands with the recipe that made it and the text as generated, so that a later run
knows what still holds. Generated text never comes from the page.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from summarizer.errors import RefusedInputError
from summarizer.values import Approval, Brief, Claim, Glossary, Term

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Recipes:
    """What made each part: one recipe a segment, a summarised speaker, the overview."""

    segments: Mapping[str, str]
    summaries: Mapping[str, str]
    overview: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What a former run stored."""

    signature: str
    recipes: Recipes
    glossaries: tuple[Glossary, ...]
    segments: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, str]  # why a segment has no English, where that is known
    claims: tuple[Claim, ...]
    glance: tuple[Claim, ...]
    headline: tuple[str, str]
    deck: str
    models: tuple[str, ...]
    attempts: Mapping[str, int]  # how often each unit was asked again, where it was
    sha256: str  # of the source it was made from
    sources: Mapping[str, str]  # the Chinese of each segment
    page: Mapping[str, Any]  # what the page was remembered by when it was written last
    waiting: Mapping[str, Mapping[str, Any]]  # proposals, by unit
    approvals: Mapping[str, Approval]  # by unit; "" is the whole page


def units(brief: Brief, recipes: Recipes, attempts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Write what is generated, unit by unit: text, recipe, and how often it was asked for again."""
    draft = brief.checked.draft
    rows = [
        _unit("headline", "headline", recipes.overview, {"en": draft.headline, "zh": draft.headline_zh}),
        _unit("deck", "deck", recipes.overview, {"en": draft.deck}),
        *(_claim(claim, "glance", recipes.overview) for claim in draft.glance),
        *(_claim(claim, "claim", recipes.summaries.get(claim.speaker or "", "")) for claim in draft.claims),
        *(
            _unit(segment.id, "segment", recipes.segments.get(segment.id, ""), {"en": list(segment.target)})
            | {
                "paragraphs": list(segment.paragraphs),
                "speaker": segment.speaker,
                "source": segment.source,
                "state": segment.state,
                "missing": segment.missing,
            }
            for segment in draft.segments
        ),
    ]
    asked_again = {unit: {"attempts": number} for unit, number in attempts.items()}
    return [row | asked_again.get(row["id"], {}) for row in rows]


def write(slug: str, brief: Brief, recipes: Recipes, glossaries: tuple[Glossary, ...]) -> dict[str, Any]:
    """Write *brief* as one JSON object, its units and what the page is remembered by apart; no clock."""
    draft = brief.checked.draft
    transcript = draft.transcript
    return {
        "schema": SCHEMA,
        "slug": slug,
        "signature": brief.signature,
        "source": asdict(transcript.source),
        "title": {"en": brief.title, "zh": transcript.title},
        "models": list(draft.models),
        "recipes": {"overview": recipes.overview, "summaries": dict(recipes.summaries)},
        "glossaries": [asdict(glossary) for glossary in glossaries],
        "roster": [asdict(entry) for entry in draft.roster],
        "figures": [asdict(figure) for figure in brief.figures],
        "findings": [asdict(finding) for finding in brief.checked.findings],
        "counts": asdict(brief.checked.counts),
        "support": asdict(brief.checked.support),
        "withdrawn": [claim.id for claim in brief.withdrawn],
        "repairs": [asdict(repair) for repair in transcript.repairs],
        "front": [asdict(front) for front in transcript.front],
    }


def read(data: Any, where: str) -> Edition:
    """Read what :func:`write` wrote.

    Raises:
        RefusedInputError: The file is of another schema or was damaged.
    """
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise RefusedInputError(
            f"{where} is not an edition of schema {SCHEMA}; move it away to start afresh."
        )
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedInputError(
            f"{where} is damaged ({error!r}); restore it from git or move it away."
        ) from None


def _read(data: dict[str, Any]) -> Edition:
    units = {unit["id"]: unit for unit in data["units"]}
    segments = {i: unit for i, unit in units.items() if unit["kind"] == "segment"}
    headline = units["headline"]["generated"]
    return Edition(
        signature=data["signature"],
        recipes=Recipes(
            {i: unit["recipe"] for i, unit in segments.items()},
            data["recipes"]["summaries"],
            data["recipes"]["overview"],
        ),
        glossaries=tuple(_glossary(row) for row in data["glossaries"]),
        segments={i: tuple(unit["generated"]["en"]) for i, unit in segments.items()},
        missing={i: unit["missing"] for i, unit in segments.items() if unit["missing"]},
        claims=tuple(_claim_of(unit) for unit in units.values() if unit["kind"] == "claim"),
        glance=tuple(_claim_of(unit) for unit in units.values() if unit["kind"] == "glance"),
        headline=(headline["en"], headline["zh"]),
        deck=units["deck"]["generated"]["en"],
        models=tuple(data["models"]),
        attempts={i: unit["attempts"] for i, unit in units.items() if unit.get("attempts")},
        sha256=data["source"]["sha256"],
        sources={i: unit["source"] for i, unit in segments.items()},
        page=data.get("page", {}),
        waiting=data.get("waiting", {}),
        approvals={unit: Approval(**row) for unit, row in data.get("approvals", {}).items()},
    )


def followed(edition: Edition, ids: Mapping[str, str]) -> Edition:
    """Let what was stored follow its passages to their new ids."""

    def moved(unit: str) -> str:
        return ids.get(unit, unit)

    def cited(claim: Claim) -> Claim:
        return replace(claim, passages=tuple(map(moved, claim.passages)))

    page = dict(edition.page)
    page["units"] = {moved(unit): text for unit, text in page.get("units", {}).items()}
    page["empty"] = [moved(unit) for unit in page.get("empty", [])]
    return replace(
        edition,
        recipes=replace(edition.recipes, segments={moved(u): r for u, r in edition.recipes.segments.items()}),
        segments={moved(unit): target for unit, target in edition.segments.items()},
        missing={moved(unit): reason for unit, reason in edition.missing.items()},
        claims=tuple(map(cited, edition.claims)),
        glance=tuple(map(cited, edition.glance)),
        attempts={moved(unit): number for unit, number in edition.attempts.items()},
        sources={moved(unit): text for unit, text in edition.sources.items()},
        page=page,
        waiting={moved(unit): row for unit, row in edition.waiting.items()},
        approvals={moved(unit): row for unit, row in edition.approvals.items()},
    )


def _glossary(row: dict[str, Any]) -> Glossary:
    names = {speaker: (name, title) for speaker, (name, title) in row["names"].items()}
    return Glossary(row["recipe"], names, tuple(_term(term) for term in row["terms"]))


def _term(row: dict[str, Any]) -> Term:
    return Term(**row | {"forbidden": tuple(row.get("forbidden", ()))})


def _unit(identity: str, kind: str, recipe: str, generated: dict[str, Any]) -> dict[str, Any]:
    return {"id": identity, "kind": kind, "recipe": recipe, "generated": generated, "proposed": None}


def _claim(claim: Claim, kind: str, recipe: str) -> dict[str, Any]:
    return _unit(claim.id, kind, recipe, {"en": claim.en, "zh": claim.zh}) | {
        "speaker": claim.speaker,
        "citations": list(claim.passages),
        "quotes": list(claim.quotes),
        "state": "translated",
    }


def _claim_of(unit: dict[str, Any]) -> Claim:
    generated = unit["generated"]
    return Claim(
        unit["id"],
        unit["speaker"],
        generated["en"],
        generated["zh"],
        tuple(unit["citations"]),
        tuple(unit["quotes"]),
    )
