"""Labels to people: one speaker for every person, with title, organisation and role."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from summarizer.names import romanize
from summarizer.transcript import lexicon
from summarizer.transcript.identities import UNNAMED, identities, names_an_office
from summarizer.transcript.labels import Label
from summarizer.transcript.persons import Who
from summarizer.values import Role, Speaker, SpeakerRuling

_BODY = re.compile(
    r".{2,}?(?:检察院|檢察院|法院|委员会|委員會|委(?!员|員|会|會)|厅|廳|局(?!长)|部(?!长|長|门|队)|署(?!长)|院(?!长|長|士)|办(?!公|主|事)|"
    r"公司|集团|集團|银行|大学|大學|学院|医院|中心|协会|學會|学会|研究所|研究院|政府|人大|政协|总社|联合会|基金会|杂志社|法庭)"
)
_LEADS = re.compile(
    r"欢迎(?:大家|各位)?(?:出席|参加|來到|来到)|(?:先|下面|现在)(?:就|有)?[请請]|有[请請]|"
    r"(?:邀[请請]|[请請])(?:了|到|来|來)|[会會](?:现在|現在)?[开開]始"
)
_PRESIDES = re.compile(
    r"(?:立法[会會]|議會|议会|委員會|大[会會]|[会會][议議]).*(?:主席|議長|议长)$|审判长$|審判長$"
)
_MEMBER = re.compile(r"^(?:委員|議員|议员|立法委員|立委)$")
_DEPUTY = re.compile(r"(?:常务|常務)?副?$")
_INVITES = re.compile(r"邀请[到了]|邀請[到了]|请到|請到|有请|请来|出席今天|嘉宾|来到我们|来做客")
_FALLBACK: dict[Role, str] = {
    "questioner": "reporter", "moderator": "moderator", "answerer": "answerer", "unknown": "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one turn tells of its speaker."""

    label: Label | None  # None before the first label
    text: str  # its first passages
    asks: bool  # it ends in a question


@dataclass(slots=True)
class _Person:
    """One speaker while the turns are read."""

    name: str
    title: str | None = None
    role: Role = "unknown"
    labels: list[str] = field(default_factory=list)
    turns: list[Said] = field(default_factory=list)
    answers: int = 0  # turns that follow a questioner's


def speakers(
    said: Sequence[Said],
    *,
    aliases: Mapping[str, Who],
    text: str,
    title: str | None = None,
    rulings: Iterable[SpeakerRuling],
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """Gather the people of a document.

    Args:
        said: One for every turn, in reading order.
        aliases: Whom the document's legend names.
        text: All of the document.
        title: The document's headline, which may say who holds the conference.
        rulings: An editor's word on names and roles.

    Returns:
        One speaker for every person, in order of first speech, and the speaker's id for every turn.
    """
    order = identities([turn.label for turn in said], aliases, text)
    people: dict[str, _Person] = {}
    before: str | None = None
    for name, turn in zip(order, said, strict=True):
        person = people.setdefault(name, _Person(name))
        _hear(person, turn, aliases)
        person.answers += before is not None and people[before].role == "questioner"
        before = name
    if opener := _opener(said, people, title or ""):
        people[opener].turns[:0] = people[UNNAMED].turns
        people = {name: person for name, person in people.items() if name != UNNAMED}
        people = {opener: people[opener], **people}
        order = [opener if name == UNNAMED else name for name in order]
    ruled = {ruling.zh: ruling.role for ruling in rulings if ruling.role is not None}
    roles = _roles(people) | ruled
    cast = _with_ids([_speaker(person, roles[name]) for name, person in people.items()])
    ids = dict(zip(people, (speaker.id for speaker in cast), strict=True))
    return cast, tuple(ids[name] for name in order)


def organisation(title: str | None) -> str | None:
    """Cut the body from the office: the first office of a full title names it.

    >>> organisation("省委政法委常务副书记"), organisation("省法院政治部主任"), organisation("教授")
    ('省委政法委', '省法院', None)
    """
    if title is None:
        return None
    first = re.split(r"[、，,\s]", title)[0]
    office = lexicon.OFFICE.search(first)
    # The office is cut off first, or 教育部部长 would lose its ministry to the minister.
    before = _DEPUTY.sub("", first[: office.start()]) if office else first
    body = _BODY.match(before)
    # 省委 alone is the committee; 省委政法委 is a body of its own.
    if body is None:
        return before if before.endswith("委") and len(before) >= 2 else None
    return body[0]


def _hear(person: _Person, turn: Said, aliases: Mapping[str, Who]) -> None:
    """Take in what one more turn tells of a person."""
    person.turns.append(turn)
    label = turn.label
    if label is None:
        return
    if label.written and label.written not in person.labels:
        person.labels.append(label.written)
    alias = aliases.get(label.text) or aliases.get(label.who.name)
    for source in (label.who, alias):
        if source is None:
            continue
        person.title = max((person.title, source.title), key=lambda words: len(words or ""))
        person.role = person.role if source.role == "unknown" else source.role
    is_office = names_an_office(label.text) and label.text not in lexicon.GENERIC
    if person.title is None and not label.who.is_name and is_office and label.text != person.name:
        person.title = label.text  # the label says the office, and the text whose it is


def _opener(said: Sequence[Said], people: Mapping[str, _Person], title: str) -> str | None:
    """Who speaks before the first label: the moderator if there is one, or the only one who is asked.

    None where that cannot be told: several could, or the words speak of the only candidate.
    """
    if not said or said[0].label is not None:
        return None
    text = said[0].text
    named = [name for name, person in people.items() if person.labels and person.role != "questioner"]
    introduced = [
        name
        for name in named
        if re.search(rf"我是[^，。]{{0,24}}{re.escape(name)}", text)
        or re.search(rf"{re.escape(name)}(?:主持|举行|舉行|答记者|答記者)", title)
    ]
    hosts = [name for name in named if people[name].role == "moderator"]
    fits = introduced or hosts or [name for name in named if not _mostly_asks(people[name])]
    if (
        len(fits) != 1
        or (not introduced and fits[0] in text)
        or (not introduced and _INVITES.search(text) and not hosts)
    ):
        return None
    return fits[0]


def _speaker(person: _Person, role: Role) -> Speaker:
    title = person.title
    romanized = romanize(person.name)
    return Speaker("", person.name, title, organisation(title), role, romanized, tuple(person.labels))


def _roles(people: Mapping[str, _Person]) -> dict[str, Role]:
    """What everybody does: ask, answer, or lead; unknown where nothing tells."""
    settled = {
        name: "moderator"
        if person.role == "unknown" and _PRESIDES.search(person.title or "")
        else person.role
        for name, person in people.items()
    }
    open_ = [person for name, person in people.items() if settled[name] == "unknown" and person.labels]
    # A member questions whoever governs; members among themselves do neither.
    members = [person for person in open_ if _MEMBER.search(person.title or "")]
    if members and len(members) < len(open_):
        settled.update({person.name: "questioner" for person in members})
    free = [person for person in open_ if person not in members and not _is_voice(person)]
    first = next(iter(people.values()), None)
    if first in free and len(people) > 1 and not first.answers and _LEADS.search(first.turns[0].text):
        settled[first.name] = "moderator"
    settled.update({person.name: "questioner" for person in free if _mostly_asks(person)})
    if "questioner" not in settled.values():
        settled.update(_pair(free))
    if {"questioner", "moderator"} & set(settled.values()):
        settled.update({person.name: "answerer" for person in free if settled[person.name] == "unknown"})
    return settled


def _is_voice(person: _Person) -> bool:
    """Whether a label does not tell what its speaker does: an interpreter's, a clerk's, a recogniser's."""
    names = person.name, person.title or ""
    return bool(lexicon.MACHINE.match(person.name)) or any(lexicon.VOICE.match(name) for name in names)


def _pair(free: Sequence[_Person]) -> dict[str, Role]:
    """Where two people talk and one of them does nearly all the asking, that one asks."""
    if len(free) != 2:
        return {}
    less, more = sorted(free, key=_asking)
    return {more.name: "questioner"} if _asking(more) >= 0.5 and _asking(less) * 2 < _asking(more) else {}


def _asking(person: _Person) -> float:
    """The share of a person's turns that end in a question."""
    return sum(turn.asks for turn in person.turns) / len(person.turns)


def _mostly_asks(person: _Person) -> bool:
    if lexicon.MACHINE.match(person.name):
        return False
    is_asker = len(person.turns) > 1 and _asking(person) >= 0.6
    return is_asker or (_asking(person) == 1 and not person.answers)


def _with_ids(cast: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Give each speaker an id of their own: li, then li-2."""
    named: dict[str, Speaker] = {}
    for person in cast:
        slug = _slug(person)
        more = (f"{slug}-{number}" for number in count(2))
        free = next(id_ for id_ in chain((slug,), more) if id_ not in named)
        named[free] = replace(person, id=free)
    return tuple(named.values())


def _slug(person: Speaker) -> str:
    latin = person.romanized or (person.name if person.name.isascii() else "")
    slug = re.sub(r"[^a-z0-9]+", "-", latin.lower().replace("'", "")).strip("-")
    return slug or _FALLBACK[person.role]
