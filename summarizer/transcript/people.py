"""Labels to people: one speaker for every person, with title, organisation and role."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from summarizer.names import family_name, is_variant, romanize
from summarizer.transcript import lexicon
from summarizer.transcript.forms import Who, who
from summarizer.transcript.labels import Label
from summarizer.values import Role, Speaker, SpeakerRuling

UNNAMED = "未具名"  # whoever speaks before the first label

_BODY = re.compile(
    r".{2,}?(?:检察院|檢察院|法院|委员会|委員會|委(?!员|員)|厅|廳|局(?!长)|部(?!长|長|门|队)|署(?!长)|院(?!长|長|士)|办(?!公|主|事)|"
    r"公司|集团|集團|银行|大学|大學|学院|医院|中心|协会|學會|学会|研究所|研究院|政府|人大|政协|总社|联合会|基金会|杂志社|法庭)"
)
_DEPUTY = re.compile(r"(?:常务|常務)?副?$")
_CHAIRS = re.compile(r"(?:全委會|全体委员会|會議|会议|代理)主席$")
_JOURNAL = re.compile(r"《(?P<title>[^《》]+)》")
_INVITES = re.compile(r"邀请[到了]|邀請[到了]|请到|請到|有请|请来|出席今天|嘉宾|来到我们|来做客")
_FALLBACK: dict[Role, str] = {
    "questioner": "reporter", "moderator": "moderator", "answerer": "answerer", "unknown": "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one turn tells of its speaker."""

    label: Label | None  # None before the first label
    text: str  # its first passage
    asks: bool  # it ends in a question


@dataclass(slots=True)
class _Person:
    """One speaker while the turns are read."""

    name: str
    title: str | None = None
    role: Role = "unknown"
    labels: list[str] = field(default_factory=list)
    turns: list[Said] = field(default_factory=list)


def speakers(
    said: Sequence[Said],
    *,
    aliases: Mapping[str, Who],
    title: str | None = None,
    rulings: Iterable[SpeakerRuling],
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """Gather the people of a document.

    Args:
        said: One for every turn, in reading order.
        aliases: Whom the document's legend names.
        title: The document's headline, which may say who holds the conference.
        rulings: An editor's word on names and roles.

    Returns:
        One speaker for every person, in order of first speech, and the speaker's id for every turn.
    """
    name_of = _identities([turn.label for turn in said if turn.label is not None], aliases)
    people: dict[str, _Person] = {}
    order = [UNNAMED if turn.label is None else name_of[turn.label.text] for turn in said]
    for name, turn in zip(order, said, strict=True):
        _hear(people.setdefault(name, _Person(name)), turn, aliases)
    if opener := _opener(said, people, title or ""):
        people = {name: person for name, person in people.items() if name != UNNAMED}
        people = {opener: people[opener], **people}
        order = [opener if name == UNNAMED else name for name in order]
    ruled = {ruling.zh: ruling.role for ruling in rulings if ruling.role is not None}
    asked = any(person.role == "questioner" for person in people.values())
    asking = asked or any(person.role == "moderator" or _mostly_asks(person) for person in people.values())
    cast = _with_ids(
        [
            _speaker(person, ruled.get(name) or _settle(person, asked=asked, asking=asking))
            for name, person in people.items()
        ]
    )
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


def _identities(labels: Sequence[Label], aliases: Mapping[str, Who]) -> dict[str, str]:
    """Tell which person each label, as written, stands for."""
    full = list(dict.fromkeys(_own_name(label, aliases) for label in labels if _is_full(label, aliases)))
    titles = {
        _own_name(label, aliases): label.who.title
        for label in reversed(labels)
        if label.who.title is not None
    }
    known: list[str] = []
    canonical: dict[str, str] = {}
    for name in full:
        same = next((other for other in known if is_variant(other, name)), None)
        canonical[name] = same or name
        known += [] if same else [name]
    moderators = list(dict.fromkeys(
        canonical[_own_name(label, aliases)] for label in labels
        if _is_full(label, aliases) and label.who.role == "moderator"
    ))  # fmt: skip
    found: dict[str, str] = {}
    outlets: dict[str, str] = {}
    for label in labels:
        name = _own_name(label, aliases)
        if label.who.role == "questioner" and (journal := _JOURNAL.match(name)):
            # 《远山》杂志 and 《远山》 are one.
            canonical[name] = outlets.setdefault(journal["title"], name)
        if name not in canonical:
            canonical[name] = _shortened(name, known, titles, moderators)
        found[label.text] = canonical[name]
    return found


def _own_name(label: Label, aliases: Mapping[str, Who]) -> str:
    alias = aliases.get(label.text) or aliases.get(label.who.name)
    # A legend may say whose the letter is, or only what part it stands for.
    return alias.name if alias is not None else label.who.name


def _is_full(label: Label, aliases: Mapping[str, Who]) -> bool:
    alias = aliases.get(label.text) or aliases.get(label.who.name)
    person = alias or label.who
    return person.is_name and len(person.name) > 1


def _shortened(
    name: str, known: Sequence[str], titles: Mapping[str, str | None], moderators: Sequence[str]
) -> str:
    """Find the one person a shorter label means; a label that fits several stays by itself."""
    if lexicon.GENERIC.get(name) == "moderator" and len(moderators) == 1:
        return moderators[0]
    if lexicon.GENERIC.get(name) or lexicon.OUTLET.match(name):
        return name
    if _CHAIRS.search(name):
        return "主席" if name != "主席" else name
    fits = [full for full in known if _is_short_for(name, full, titles.get(full))]
    return fits[0] if len(fits) == 1 else name


def _is_short_for(name: str, full: str, title: str | None) -> bool:
    if len(name) == 1:
        return full.startswith(name)
    if "·" in full or not re.search(r"[\u4e00-\u9fff]", full):
        return full.startswith(name) or full.endswith(name)
    surname = family_name(full) or full[:1]
    honoured = re.fullmatch(
        rf"(?:{re.escape(surname)}|{re.escape(full[:1])})(?P<title>{lexicon.HONORIFIC})", name
    )
    if honoured is not None:
        return True
    # The office alone, of the one person who holds it.
    return full.endswith(name) or bool(
        title and len(name) >= 2 and title.endswith(name) and lexicon.ROLE_ONLY.match(name)
    )


def _hear(person: _Person, turn: Said, aliases: Mapping[str, Who]) -> None:
    """Take in what one more turn tells of a person."""
    person.turns.append(turn)
    label = turn.label
    if label is None:
        return
    if label.text not in person.labels:
        person.labels.append(label.text)
    alias = aliases.get(label.text) or aliases.get(label.who.name) or who("")
    for source in (label.who, alias):
        if source is None:
            continue
        person.title = max((person.title, source.title), key=lambda words: len(words or ""))
        person.role = person.role if source.role == "unknown" else source.role


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


def _settle(person: _Person, *, asked: bool, asking: bool) -> Role:
    """Whoever speaks under their own name where others ask is there to answer; whoever only asks, asks."""
    if person.role != "unknown" or not person.labels:
        return person.role
    if not asked and _mostly_asks(person):
        return "questioner"
    return "answerer" if asking and not lexicon.MACHINE.match(person.name) else "unknown"


def _mostly_asks(person: _Person) -> bool:
    """Whether nearly all turns of a person end in a question."""
    asked = sum(turn.asks for turn in person.turns)
    return (
        len(person.turns) > 1
        and asked * 10 >= 6 * len(person.turns)
        and not lexicon.MACHINE.match(person.name)
    )


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
