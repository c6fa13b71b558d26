"""Who and what is called how: an editor's word, then the termbase, then the model's."""

from collections.abc import Iterable, Mapping

from summarizer import termbase
from summarizer.values import Glossary, RosterEntry, Rulings, Term, Transcript


def merged(
    glossaries: Iterable[Glossary],
) -> tuple[dict[str, tuple[str, str]], tuple[Term, ...], tuple[str, ...]]:
    """Join the glossaries of a document: names, terms, and where two of them disagree; the first wins."""
    names: dict[str, tuple[str, str]] = {}
    terms: dict[str, Term] = {}
    conflicts: dict[str, None] = {}
    for glossary in glossaries:
        for speaker, name in glossary.names.items():
            names.setdefault(speaker, name)
        for term in glossary.terms:
            first = terms.setdefault(term.zh, term)
            if first.en != term.en:
                conflicts[f"{term.zh} is {first.en!r} in one part and {term.en!r} in another"] = None
    return names, tuple(terms.values()), tuple(conflicts)


def roster(
    transcript: Transcript,
    names: Mapping[str, tuple[str, str]],
    rulings: Rulings,
    terms: Iterable[Term],
) -> dict[str, RosterEntry]:
    """Give every speaker an English name and title: an editor's word, then the termbase, then ours."""
    ruled = {ruling.zh: ruling for ruling in rulings.speakers}
    agreed = {term.zh: term.en for term in terms}
    people = {}
    for speaker in transcript.speakers:
        ruling = ruled.get(speaker.name)
        name, title = names.get(speaker.id, ("", ""))
        known = (ruling and ruling.en) or agreed.get(speaker.name) or speaker.romanized or name
        title_en = (ruling and ruling.title_en) or agreed.get(speaker.title or "") or title
        people[speaker.id] = RosterEntry(
            speaker.id, known or speaker.name, speaker.name, title_en or None, speaker.title
        )
    return people


def all_entries(
    people: Mapping[str, RosterEntry], rulings: Rulings, terms: Iterable[Term], found: Iterable[Term]
) -> tuple[Term, ...]:
    """Join every list of renderings; an editor beats the roster, then the termbase, then the model."""
    ruled = [Term(r.zh, r.en, "person", "ruling") for r in rulings.speakers if r.en]
    named = [Term(e.name_zh, e.name_en, "person", "roster") for e in people.values()]
    return termbase.merge(ruled, named, terms, found)
