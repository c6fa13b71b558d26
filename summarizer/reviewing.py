"""What a person does to a page: approve it, decide a proposal, see how far all pages are."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from summarizer import edition, files, keeping, library, merging, pages, review
from summarizer.errors import RefusedInputError
from summarizer.lock import Lock
from summarizer.provenance import maker
from summarizer.settings import Settings, shown
from summarizer.values import Approval, Task

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)

_TASKS: dict[str, Task] = {
    "segment": "translate",
    "claim": "summarize",
    "glance": "overview",
    "headline": "overview",
    "deck": "overview",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a page is.

    Attributes:
        page: Its path.
        state: ``draft``, ``approved`` or ``void``: approved, and changed since.
        units: How many units are in each state of XLIFF 2.
        findings: How many are open, by severity.
        proposals: Units for which a new text waits.
        stale: Reviewed units whose source is another today.
        outdated: Units that another prompt or model made than today's would.
        missing: Paragraphs without English.
        post_edit: Mean share of a unit's words that people changed, 0 to 1.
    """

    page: str
    state: str
    units: dict[str, int]
    findings: dict[str, int]
    proposals: tuple[str, ...]
    stale: tuple[str, ...]
    outdated: tuple[str, ...]
    missing: tuple[int, ...]
    post_edit: float


def approve(page: Path, settings: Settings, unit: str, approval: Approval) -> None:
    """Record that a person stands by a unit of a page or, with "", by all of it.

    Raises:
        RefusedInputError: Critical findings, conflict markers or proposals stand against it, or the page
            is of another source than today's.
        LockedError: A run is writing to the folder.
    """
    with Lock(page.parent) as lock:
        lock.hold()
        _approve(page, settings, unit, approval)


def _approve(page: Path, settings: Settings, unit: str, approval: Approval) -> None:
    data, text = _load(page, settings)
    _refuse_drift(page, data, settings)
    checked, _ = pages.check(page, settings)
    against = [f for f in checked.findings if f.severity == "critical" and f.ignored is None]
    against = [finding for finding in against if unit in {"", finding.unit}]
    waiting = [name for name in data.get("waiting", {}) if unit in {"", name}]
    if _CONFLICT.search(text):
        raise RefusedInputError(f"{page}: a merge conflict stands in it. Resolve it first.")
    if waiting:
        raise RefusedInputError(
            f"{page}: a proposal waits for {', '.join(waiting)}. Decide it with 'resolve' first."
        )
    if against:
        first = against[0]
        raise RefusedInputError(
            f"{page}: {first.unit} has a critical finding ({first.check}): {first.message}"
        )
    if unit and unit not in review.read(text):
        raise RefusedInputError(f"{page}: there is no unit {unit!r} on it.")
    signed = replace(approval, digest=keeping.approval_of(text, unit, keeping.sources_of(data)))
    data.setdefault("approvals", {})[unit] = asdict(signed)
    _store(page, data)
    rederive(page, settings)


def resolve(page: Path, settings: Settings, unit: str, *, take_proposed: bool) -> None:
    """Decide a proposal: the reviewed text stays, or the proposed one takes its place.

    Raises:
        RefusedInputError: No proposal waits for the unit, or the page is of another source than today's.
        LockedError: A run is writing to the folder.
    """
    with Lock(page.parent) as lock:
        lock.hold()
        _resolve(page, settings, unit, take_proposed=take_proposed)


def _resolve(page: Path, settings: Settings, unit: str, *, take_proposed: bool) -> None:
    data, text = _load(page, settings)
    _refuse_drift(page, data, settings)
    waiting = data.get("waiting", {})
    if unit not in waiting:
        known = ", ".join(waiting) or "none"
        raise RefusedInputError(f"{page}: no proposal waits for {unit!r}; there are: {known}.")
    proposed = waiting.pop(unit)["proposed"]
    units = data["page"]["units"]
    if proposed:
        units[unit] = proposed
    else:
        units.pop(unit, None)
    if take_proposed:
        text = merging.with_unit(text, unit, proposed) if proposed else merging.without_unit(text, unit)
        files.write_atomically(page, text)
    for row in data["units"]:
        row["proposed"] = None if row["id"] == unit else row["proposed"]
    _store(page, data)
    beside = page.with_suffix(".proposed.md")
    if beside.is_file():
        left = re.sub(
            rf"\n## {re.escape(unit)}\n.*?(?=\n## |\Z)", "", files.read_text(beside), flags=re.DOTALL
        )
        if waiting:
            files.write_atomically(beside, left)
        else:
            beside.unlink()
    rederive(page, settings)


def rederive(page: Path, settings: Settings) -> None:
    """Derive what is ours on a page from what it says now, asking nobody."""
    stored = pages.stored(page, settings)
    place = keeping.Place(page, shown(page, settings))
    made = keeping.Made(
        stored.slug, stored.brief, stored.edition.recipes, stored.edition.glossaries, stored.edition.attempts
    )
    keeping.keep(place, made, stored.edition)


def status(pages: Sequence[Path], settings: Settings) -> list[Standing]:
    """Tell how far each page is."""
    return [_standing(page, settings) for page in pages]


def _standing(page: Path, settings: Settings) -> Standing:
    data, text = _load(page, settings)
    checked, _ = pages.check(page, settings)
    open_findings = [finding for finding in checked.findings if finding.ignored is None]
    draft = checked.draft
    approval = data.get("approvals", {}).get("")
    whole = keeping.approval_of(text, "", keeping.sources_of(data))
    is_valid = approval is not None and approval["digest"] == whole
    states = [row["state"] for row in data["units"]]
    today = {segment.id: segment.source for segment in draft.segments}
    reviewed = {row["id"]: row for row in data["units"] if row["state"] in {"reviewed", "final"}}
    stale = [u for u, row in reviewed.items() if "source" in row and today.get(u, "") != row["source"]]
    return Standing(
        page=shown(page, settings),
        state="approved" if is_valid else "void" if approval else "draft",
        units={state: states.count(state) for state in dict.fromkeys(states)},
        findings={s: sum(f.severity == s for f in open_findings) for s in ("minor", "major", "critical")},
        proposals=tuple(data.get("waiting", {})),
        stale=tuple(stale),
        outdated=tuple(_outdated(data["units"], settings)),
        missing=tuple(n for s in draft.segments if not s.target for n in s.paragraphs),
        post_edit=round(_post_edit(data, text), 4),
    )


def _outdated(rows: Iterable[dict[str, Any]], settings: Settings) -> Iterator[str]:
    templates = library.templates()
    makers = {kind: maker(templates[task], settings.model) for kind, task in _TASKS.items()}
    for row in rows:
        made_by = row["recipe"].partition("-")[2]
        if made_by and made_by != makers[row["kind"]]:
            yield row["id"]


def _post_edit(data: dict[str, Any], page: str) -> float:
    """Mean share of words that people changed in the units that the machine wrote."""
    units = review.read(page)
    shares = []
    for row in data["units"]:
        written = row["generated"]["en"]
        words = (" ".join(written) if isinstance(written, list) else written).split()
        if words and row["id"] in units:
            now = " ".join(units[row["id"]].lines).split()
            shares.append(1 - SequenceMatcher(None, words, now, autojunk=False).ratio())
    return sum(shares) / len(shares) if shares else 0.0


def _load(page: Path, settings: Settings) -> tuple[dict[str, Any], str]:
    beside = page.with_suffix(".json")
    if not beside.is_file():
        raise RefusedInputError(f"{shown(page, settings)}: {beside.name} is not beside it. Run brief first.")
    data = json.loads(files.read_text(beside))
    edition.read(data, str(beside))
    return data, files.read_text(page)


def _refuse_drift(page: Path, data: dict[str, Any], settings: Settings) -> None:
    """Refuse a page whose source has changed: its passages are known by number, and numbers move.

    Raises:
        RefusedInputError: The source on disk is not the one that the page was made from.
    """
    source = data["source"]
    today = hashlib.sha256(files.read_bytes(settings.project / source["path"])).hexdigest()
    if today != source["sha256"]:
        raise RefusedInputError(
            f"{shown(page, settings)} was made from {source['path']} with sha256 "
            f"{source['sha256'][:12]}…; today it is {today[:12]}…. Run brief first."
        )


def _store(page: Path, data: dict[str, Any]) -> None:
    files.write_atomically(page.with_suffix(".json"), keeping.dumped(data))
