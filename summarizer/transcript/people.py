"""Labels to people: one speaker for every person, with title, organisation and role."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.names import romanize
from summarizer.transcript.labels import OFFICE, Label
from summarizer.values import Role, Speaker, SpeakerRuling

UNNAMED = "未具名"  # whoever speaks before the first label

_BODY = re.compile(
    r".{2,}?(?:检察院|檢察院|法院|委员会|委員會|委(?!员|員)|厅|廳|局(?!长)|部(?!长|長|门|队)|署(?!长)|院(?!长|長|士)|办(?!公|主|事)|"
    r"公司|集团|集團|银行|大学|大學|学院|医院|中心|协会|學會|学会|研究所|研究院|政府|人大|政协|总社|联合会|基金会|杂志社|法庭)"
)
_DEPUTY = re.compile(r"(?:常务|常務)?副?$")
_FALLBACK: dict[Role, str] = {
    "questioner": "reporter", "moderator": "moderator", "answerer": "answerer", "unknown": "unknown",
}  # fmt: skip


def speakers(labels: Sequence[Label | None], *, rulings: Iterable[SpeakerRuling]) -> tuple[Speaker, ...]:
    """Gather the people of a document.

    Args:
        labels: One for every turn, in reading order; None for speech before the first label.
        rulings: An editor's word on their roles.

    Returns:
        One speaker for every name, in order of first speech.
    """
    people: dict[str, Speaker] = {}
    for label in labels:
        if label is None:
            people[UNNAMED] = Speaker("", UNNAMED, None, None, "unknown", None, ())
            continue
        known = people.get(label.name)
        if known is None:
            people[label.name] = _introduce(label)
            continue
        title = max((known.title, label.title), key=lambda words: len(words or ""))
        written = known.labels if label.text in known.labels else (*known.labels, label.text)
        role = known.role if label.role == "unknown" else label.role
        people[label.name] = replace(
            known, title=title, organisation=organisation(title), labels=written, role=role
        )
    ruled = {ruling.zh: ruling.role for ruling in rulings if ruling.role is not None}
    # Whoever speaks under their own name where others ask is there to answer.
    answering = any(speaker.role in ("questioner", "moderator") for speaker in people.values())
    cast = [
        replace(person, role=ruled.get(person.name) or _settle(person, answering=answering))
        for person in people.values()
    ]
    return _with_ids(cast)


def organisation(title: str | None) -> str | None:
    """Cut the body from the office: the first office of a full title names it.

    >>> organisation("省委政法委常务副书记"), organisation("省法院政治部主任"), organisation("教授")
    ('省委政法委', '省法院', None)
    """
    if title is None:
        return None
    first = re.split(r"[、，,\s]", title)[0]
    office = OFFICE.search(first)
    # The office is cut off first, or 教育部部长 would lose its ministry to the minister.
    before = _DEPUTY.sub("", first[: office.start()]) if office else first
    body = _BODY.match(before)
    # 省委 alone is the committee; 省委政法委 is a body of its own.
    if body is None:
        return before if before.endswith("委") and len(before) >= 2 else None
    return body[0]


def _introduce(label: Label) -> Speaker:
    return Speaker(
        "",
        label.name,
        label.title,
        organisation(label.title),
        label.role,
        romanize(label.name),
        (label.text,),
    )


def _settle(person: Speaker, *, answering: bool) -> Role:
    if person.role == "unknown" and answering and person.labels and not _is_machine_made(person.name):
        return "answerer"
    return person.role


def _is_machine_made(name: str) -> bool:
    """Speaker 1, CY, X: nobody has said who that is, let alone what they do."""
    return re.fullmatch(r"[A-Za-z]+ ?\d*|(?:发言人|说话人|說話人) ?\d+", name) is not None


def _with_ids(cast: Sequence[Speaker]) -> tuple[Speaker, ...]:
    taken: dict[str, int] = {}
    named = []
    for person in cast:
        slug = _slug(person)
        taken[slug] = taken.get(slug, 0) + 1
        named.append(replace(person, id=slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"))
    return tuple(named)


def _slug(person: Speaker) -> str:
    latin = person.romanized or (person.name if person.name.isascii() else "")
    slug = re.sub(r"[^a-z0-9]+", "-", latin.lower().replace("'", "")).strip("-")
    return slug or _FALLBACK[person.role]
