"""Transcript to requests: fill the templates.

The static part of every prompt comes first and byte for byte the same, so that a provider's
prompt cache applies; the material follows as one JSON object, with passage ids on the wire, so
that an answer is paired by id and never by order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.excerpts import FRONT, Excerpt, Exchanges, Utterance, introduction_of
from summarizer.provenance import canonical_json
from summarizer.quantities import gloss, needs_gloss, read_chinese
from summarizer.termbase import occurring
from summarizer.values import (
    Claim,
    Model,
    Passage,
    Request,
    RosterEntry,
    Speaker,
    Task,
    Template,
    Term,
    Transcript,
)

DEFAULT_MODEL = Model("gpt-6.1-terra", "low")

_CONTEXT = 160  # characters of what stands before and behind a chunk


def terms_request(
    slug: str,
    speakers: Iterable[Speaker],
    passages: Iterable[Passage],
    termbase: Iterable[Term],
    made_by: tuple[Template, Model],
) -> Request:
    """Ask for the names, offices and set phrases of a document, or of a part of a long one."""
    template, model = made_by
    speakers, passages = tuple(speakers), tuple(passages)
    text = "\n".join(passage.text for passage in passages)
    titles = "\n".join(speaker.title or "" for speaker in speakers)
    material = {
        "speakers": [
            {
                "id": speaker.id,
                "name": speaker.name,
                "title": speaker.title or "",
                "romanized": speaker.romanized or "",
            }
            for speaker in speakers
        ],
        "termbase": _entries(occurring(termbase, f"{text}\n{titles}")),
        "passages": [{"id": passage.id, "zh": passage.text} for passage in passages],
    }
    return Request(slug, "terms", ("terms",), _body("terms", template, model, material))


def translate_request(
    slug: str,
    excerpt: Excerpt,
    roster: Mapping[str, RosterEntry],
    entries: Iterable[Term],
    made_by: tuple[Template, Model],
) -> Request:
    """Ask for the English of every passage of an excerpt.

    Args:
        slug: The transcript's.
        excerpt: What is translated, and what stands around it: context, of which a little is shown.
        roster: The speakers.
        entries: Terms to choose from.
        made_by: Template and model.
    """
    template, model = made_by
    passages = [(turn.speaker, passage) for turn in excerpt.turns for passage in turn.passages]
    text = "\n".join(passage.text for _, passage in passages)
    speakers = dict.fromkeys(turn.speaker for turn in excerpt.turns if turn.speaker != FRONT)
    material = {
        "context": {
            "before": _shown(excerpt.before, roster, slice(-_CONTEXT, None)),
            "after": _shown(excerpt.after, roster, slice(_CONTEXT)),
        },
        "speakers": [_person(roster[speaker]) for speaker in speakers],
        "termbase": _entries(occurring(entries, text)),
        "passages": [
            {
                "id": passage.id,
                "speaker": _named(speaker, roster),
                "zh": passage.text,
                "figures": _glosses(passage.text),
            }
            for speaker, passage in passages
        ],
    }
    units = tuple(passage.id for _, passage in passages)
    return Request(slug, "translate", units, _body("translate", template, model, material))


def summarize_request(
    slug: str,
    exchanges: Exchanges,
    entry: RosterEntry,
    entries: Iterable[Term],
    made_by: tuple[Template, Model],
) -> Request:
    """Ask for the claims of one speaker.

    Args:
        slug: The transcript's.
        exchanges: Every passage of the speaker and of the questions put to them, in reading
            order, each with whether the speaker said it.
        entry: The speaker.
        entries: Terms to choose from.
        made_by: Template and model.
    """
    template, model = made_by
    text = "\n".join(passage.text for _, passage in exchanges)
    material = {
        "speaker": _person(entry),
        "termbase": _entries(occurring(entries, text)),
        "passages": [
            {
                "id": passage.id,
                "kind": "answer" if own else "question",
                "zh": passage.text,
                "figures": _glosses(passage.text) if own else [],
            }
            for own, passage in exchanges
        ],
    }
    return Request(slug, "summarize", (entry.speaker,), _body("summarize", template, model, material))


def overview_request(
    slug: str,
    transcript: Transcript,
    claims: Iterable[tuple[RosterEntry, Claim]],
    entries: Iterable[Term],
    made_by: tuple[Template, Model],
) -> Request:
    """Ask for headline, deck and the sentences at a glance, from the claims alone."""
    template, model = made_by
    claims = tuple(claims)
    introduction = introduction_of(transcript)
    text = "\n".join([transcript.title or "", introduction, *(claim.zh for _, claim in claims)])
    people = {entry.speaker: entry for entry, _ in claims}
    material = {
        "title": transcript.title or "",
        "introduction": introduction,
        "speakers": [_person(entry) for entry in people.values()],
        "termbase": _entries(occurring(entries, text)),
        "claims": [
            {"id": claim.id, "speaker": entry.name_en, "en": claim.en, "zh": claim.zh}
            for entry, claim in claims
        ],
    }
    return Request(slug, "overview", ("overview",), _body("overview", template, model, material))


FaultKind = Literal["translation", "claim"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece that failed a check: what was written, and what the check says of it."""

    kind: FaultKind
    unit: str
    written: str
    faults: tuple[str, ...]
    attempt: int  # from 1
    passages: tuple[Passage, ...] = ()  # of a claim all that may be cited, the one cited so far first
    context: tuple[str, str] = ("", "")  # accepted English before and behind


def repair_request(
    slug: str,
    fault: Fault,
    entry: RosterEntry | None,
    entries: Iterable[Term],
    made_by: tuple[Template, Model],
) -> Request:
    """Ask again for one passage or one claim, with the exact fault named."""
    template, model = made_by
    before, after = fault.context
    text = "\n".join(passage.text for passage in fault.passages)
    material = {
        "kind": fault.kind,
        "speaker": _person(entry) if entry else {},
        "termbase": _entries(occurring(entries, text)),
        "context": {"before": before, "after": after},
        "passages": [
            {"id": passage.id, "zh": passage.text, "figures": _glosses(passage.text)}
            for passage in fault.passages
        ],
        "written": fault.written,
        "faults": list(fault.faults),
    }
    return Request(slug, "repair", (fault.unit,), _body("repair", template, model, material), fault.attempt)


def _body(task: Task, template: Template, model: Model, material: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model.name,
        "messages": [
            {"role": "system", "content": template.text},
            {"role": "user", "content": canonical_json(material)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": task, "strict": True, "schema": template.schema},
        },
    }
    if model.effort is not None:
        body["reasoning_effort"] = model.effort
    return body


def _shown(
    utterance: Utterance | None, roster: Mapping[str, RosterEntry], part: slice
) -> dict[str, str] | None:
    if utterance is None:
        return None
    speaker, passage = utterance
    return {"speaker": _named(speaker, roster), "zh": passage.text[part]}


def _named(speaker: str, roster: Mapping[str, RosterEntry]) -> str:
    return roster[speaker].name_en if speaker in roster else "(not speech)"


def _entries(terms: Iterable[Term]) -> list[dict[str, str]]:
    return [{"zh": term.zh, "en": term.en} for term in terms]


def _person(entry: RosterEntry) -> dict[str, str]:
    return {"zh": entry.name_zh, "name": entry.name_en, "title": entry.title_en or ""}


def _glosses(text: str) -> list[str]:
    return [f"{q.text} = {gloss(q)}" for q in read_chinese(text) if needs_gloss(q)]
