"""A page and its JSON as they are kept: what is written today merged with what people left, unit by unit.

The page is what people own, the JSON is the merge base. The page enters only through the merge: the words of
the machine are never taken from it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from summarizer import brief as briefing
from summarizer import checks, edition, files, markdown, merging, proofread, render, review
from summarizer.errors import SummarizerError
from summarizer.markup import numbers
from summarizer.provenance import approval_digest
from summarizer.render import proposals as beside
from summarizer.values import Approval, Brief, Checked, Draft, Glossary, Signed, Transcript


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is kept, and how it is called."""

    page: Path
    name: str  # as seen from the project root

    @property
    def data(self) -> Path:
        """Its JSON."""
        return self.page.with_suffix(".json")

    @property
    def proposals(self) -> Path:
        """What waits beside it."""
        return self.page.with_suffix(".proposed.md")


@dataclass(frozen=True, slots=True)
class Made:
    """A brief as it is written today, and what made it."""

    slug: str
    brief: Brief
    recipes: edition.Recipes
    glossaries: tuple[Glossary, ...]
    attempts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a page."""

    has_changed: bool
    checked: Checked  # of the page as it stands now
    proposals: tuple[str, ...]
    deleted: tuple[str, ...]


def keep(
    place: Place, made: Made, old: edition.Edition | None, moved: Mapping[str, str] | None = None
) -> Kept:
    """Write page, JSON and proposals; of each the old or the new file is there at any moment.

    Args:
        place: Where they are kept.
        made: The brief as it is written today.
        old: What was stored, its passages already under their new ids.
        moved: New ids of passages by the old ones, which the page still has.

    Raises:
        SummarizerError: The page would not say what the brief says; nothing was written.
    """
    written = render.page(made.brief)
    _proofread(made.slug, made.brief, written)
    standing = files.read_text(place.page) if place.page.is_file() else None
    # A page that was written from today's source already has today's numbers: a run was stopped behind it.
    if standing is not None and moved and old and f'"{old.sha256}"' in review.front_matter(standing):
        standing = review.renumbered(standing, moved, _visible(moved, made.brief.checked.draft.transcript))
    old = _closed(old, place)
    base = _base(old)
    if moved:
        visible = _visible(moved, made.brief.checked.draft.transcript)
        followed = {unit: review.renumbered(text, moved, visible) for unit, text in base.units.items()}
        base = replace(base, units=followed)
    merged = merging.merge(standing, base, written) if standing is not None else None
    page = merged.page if merged else written
    waiting = merged.proposals if merged else ()
    final, shown, derived = _derived(made, old, page, written)
    units = edition.units(made.brief, made.recipes, made.attempts)
    data = edition.write(made.slug, shown, made.recipes, made.glossaries) | {
        "units": units,
        "page": _remembered(made.brief.checked.draft, written, derived, base, {w.unit for w in waiting}),
        "waiting": {w.unit: _waiting(w, old) for w in waiting},
        "approvals": _approvals(old),
    }
    data["units"] = _states(units, final, data)
    offered = {place.proposals: _proposals(place, made, data["waiting"])} if data["waiting"] else {}
    changed = files.write_together({place.page: final, **offered, place.data: dumped(data)})
    if not offered and place.proposals.is_file():
        place.proposals.unlink()
        changed = True
    deleted = merged.deleted if merged else ()
    return Kept(changed, shown.checked, tuple(w.unit for w in waiting), deleted)


def moved_ids(old: edition.Edition, transcript: Transcript) -> dict[str, str]:
    """New ids of passages whose text is the same and whose number is another, by their old ids."""
    today = [passage for turn in transcript.turns for passage in turn.passages]
    then = [unit for unit in old.sources if unit in old.segments]
    matcher = SequenceMatcher(None, [old.sources[u] for u in then], [p.text for p in today], autojunk=False)
    pairs = (
        (then[block.a + at], today[block.b + at].id)
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    )
    return {before: after for before, after in pairs if before != after}


def filled(place: Place, old: edition.Edition | None) -> frozenset[str]:
    """Name the passages that were left empty and that people translated on the page."""
    if old is None or not place.page.is_file():
        return frozenset()
    base = _base(old)
    texts = _texts(files.read_text(place.page))
    written = (u for u in base.empty if u in texts and texts[u] != base.units.get(u))
    return frozenset(written)


def _visible(moved: Mapping[str, str], transcript: Transcript) -> dict[str, str]:
    """New visible numbers by old ones."""
    shown = {p.id: numbers(p.paragraphs, p.id) for turn in transcript.turns for p in turn.passages}
    return {before.removeprefix("p"): shown[after] for before, after in moved.items()}


def approval_of(page: str, unit: str, sources: Mapping[str, str]) -> str:
    """Digest what a person approves: a page, or the words of a *unit* and the Chinese they render.

    Args:
        page: As it stands.
        unit: Its id; "" is the whole page.
        sources: The Chinese of each segment by its id, and under "" the digest of the source file.
    """
    if not unit:
        return approval_digest(sources[""], *(f"{key}\n{text}" for key, text in sorted(_texts(page).items())))
    found = review.read(page).get(unit)
    if found is None:
        return approval_digest(sources[""])
    # Neither its number nor its anchor, which follow it when paragraphs before it come or go.
    compared = [sources[passage] for passage in (unit, *found.citations) if passage in sources]
    return approval_digest("\n".join(compared or [sources[""]]), *found.lines, *found.chinese)


def _derived(made: Made, old: edition.Edition | None, page: str, written: str) -> tuple[str, Brief, str]:
    """The page with our blocks derived from its words, the brief that says just that, and its page."""
    generated = made.brief
    withdrawn = frozenset(claim.id for claim in generated.withdrawn)
    words = replace(review.apply(generated.checked.draft, page, withdrawn), printed={})
    checked = checks.run(words, generated.rulings.ignore)
    approvals = _signed(old, page, words)
    shown = briefing.assemble(checked, generated.rulings, generated.signature, approvals)
    derived = render.page(shown)
    return merging.refreshed(page, written, derived), shown, derived


def _signed(old: edition.Edition | None, page: str, words: Draft) -> tuple[Signed, ...]:
    """The approvals as they stand today, that of the whole page first."""
    sources = {segment.id: segment.source for segment in words.segments}
    sources[""] = words.transcript.source.sha256
    places = {segment.id: place for place, segment in enumerate(words.segments)}
    found = old.approvals if old else {}
    return tuple(
        Signed(unit, found[unit], found[unit].digest != approval_of(page, unit, sources))
        for unit in sorted(found, key=lambda unit: (unit != "", places.get(unit, -1), unit))
    )


def _proofread(slug: str, brief: Brief, page: str) -> None:
    if faults := list(proofread.faults(brief, markdown.parse(review.body(page)))):
        raise SummarizerError(f"{slug}: the page would not say what the brief says: {faults[0]}")


def _base(old: edition.Edition | None) -> merging.Base:
    page = old.page if old else {}
    units, ours, empty = page.get("units", {}), page.get("ours", ()), page.get("empty", ())
    return merging.Base(units, frozenset(ours), frozenset(empty))


def _remembered(
    draft: Draft, written: str, derived: str, base: merging.Base, waiting: set[str]
) -> dict[str, Any]:
    """What the page is remembered by; where a proposal waits, what was remembered before."""
    today = merging.base_of(written)
    units = {**today.units, **{unit: base.units.get(unit, "") for unit in waiting}}
    ours = sorted(today.ours | merging.base_of(derived).ours)
    empty = [segment.id for segment in draft.segments if not segment.target]
    return {"units": {unit: text for unit, text in units.items() if text}, "ours": ours, "empty": empty}


def _closed(old: edition.Edition | None, place: Place) -> edition.Edition | None:
    """Close the proposals whose sections people deleted: the reviewed texts stand, for good."""
    if old is None or not old.waiting:
        return old
    there = beside.open_units(files.read_text(place.proposals)) if place.proposals.is_file() else frozenset()
    units = dict(old.page.get("units", {}))
    for unit, row in old.waiting.items():
        if unit not in there and row["proposed"]:
            units[unit] = row["proposed"]
    return replace(old, page={**old.page, "units": units})


def _states(rows: list[dict[str, Any]], page: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The units with their states (XLIFF 2) and the texts that wait for a decision."""
    texts = _texts(page)
    sources, approvals = sources_of(data), data["approvals"]
    is_approved = approvals.get("", {}).get("digest") == approval_of(page, "", sources)
    found = []
    for row in rows:
        unit, text = row["id"], texts.get(row["id"])
        own = approvals.get(unit, {}).get("digest")
        is_final = is_approved or (own is not None and own == approval_of(page, unit, sources))
        is_reviewed = text is not None and text != data["page"]["units"].get(unit)
        is_initial = row["kind"] == "segment" and not row["generated"]["en"] and not is_reviewed
        state = (
            "final" if is_final else "initial" if is_initial else "reviewed" if is_reviewed else "translated"
        )
        waiting = data["waiting"].get(unit)
        found.append(row | {"state": state, "proposed": waiting["proposed"] if waiting else None})
    return found


def sources_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What :func:`approval_of` compares with, from the JSON of a page."""
    chinese = {row["id"]: row["source"] for row in data["units"] if row["kind"] == "segment"}
    return {**chinese, "": data["source"]["sha256"]}


def _texts(page: str) -> dict[str, str]:
    plain = page.removeprefix("\ufeff").replace("\r\n", "\n")
    return {block.key: block.text for block in merging.parse(plain) if block.is_unit}


def _approvals(old: edition.Edition | None) -> dict[str, dict[str, str]]:
    found: Mapping[str, Approval] = old.approvals if old else {}
    return {u: {"by": a.by, "on": a.on, "digest": a.digest} for u, a in found.items()}


def _waiting(proposal: merging.Proposal, old: edition.Edition | None) -> dict[str, str]:
    """A proposal as it is stored, with what was written and what the source was before it first waited."""
    texts = {"reviewed": proposal.reviewed, "proposed": proposal.proposed}
    if old is None:
        return texts | {"base": "", "source": ""}
    if before := old.waiting.get(proposal.unit):
        return texts | {"base": before["base"], "source": before["source"]}
    written = {unit: " ".join(target) for unit, target in old.segments.items()}
    written |= {claim.id: claim.en for claim in old.claims + old.glance}
    written |= {"headline": old.headline[0], "deck": old.deck}
    source = old.sources.get(proposal.unit, "")
    return texts | {"base": written.get(proposal.unit, ""), "source": source}


def _proposals(place: Place, made: Made, waiting: Mapping[str, Mapping[str, str]]) -> str:
    """What waits beside the page, as it is written."""
    draft = made.brief.checked.draft
    today = {segment.id: segment.source for segment in draft.segments}
    rows = (
        beside.Waiting(
            unit, today.get(unit, ""), row["source"], row["base"], row["reviewed"], row["proposed"]
        )
        for unit, row in waiting.items()
    )
    return beside.proposals(place.name, rows, draft.transcript.source.lang)


def dumped(data: Mapping[str, Any]) -> str:
    """Write the JSON of a page, the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
