"""Labels to names: one person under several labels is one.

A name may be shortened, written in the other characters, explained by a legend, or stand
beside the part its owner plays; a label that could be two people's stays by itself.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.names import family_name, initials, is_variant, sound
from summarizer.transcript import lexicon
from summarizer.transcript.forms import who
from summarizer.transcript.labels import Label
from summarizer.transcript.persons import Who
from summarizer.transcript.vocabulary import is_wording

UNNAMED = "未具名"  # whoever speaks before the first label

_CHAIRS = re.compile(r"(?:全委會|全体委员会|會議|会议|代理)主席$")
_ADDRESSED = "老总總先女工导導教院部局处處主书書记記家氏某医醫律博"  # 邱老师, 邱先生
_AFTER_NAMES = "和與与及先女議议博大聯联今昨就主等於于在表說说介出作代宣率一二三四五六七八九十"
_ACTING = re.compile(r"代理?[）)]$")  # 主席（林委員佩蓉代）: for this turn only
_CREDIT = r"(?:主持|采访|採訪|访问|訪問|访谈|訪談|记者|記者|撰文|采写)[人者]?\s*[/／|｜︱：:\s]\s*"
_JOURNAL = re.compile(r"《(?P<title>[^《》]+)》")


def identities(labels: Sequence[Label | None], aliases: Mapping[str, Who], text: str) -> list[str]:
    """Tell which person each label stands for, in order, because a chair may change hands.

    Args:
        labels: One for every turn, in reading order; None for speech without a label.
        aliases: Whom the document's legend names.
        text: All of the document, which may write out what a label shortens.

    Returns:
        For every turn the fullest name its speaker has, as a label writes it.
    """
    named = [label for label in labels if label is not None]
    titles = {_own_name(label, aliases): label.who.title for label in reversed(named) if label.who.title}
    canonical = _full_names(named, aliases)
    known = list(dict.fromkeys(canonical.values()))
    moderators = list(dict.fromkeys(
        canonical[name] for label in named
        if (name := _own_name(label, aliases)) in canonical and label.who.role == "moderator"
    ))  # fmt: skip
    journals: dict[str, str] = {}
    outlets: dict[str, None] = {}  # in order of first speech
    holders: dict[str, str] = {}  # who is named beside a part: 主席（蔡議長旺璉）
    found: list[str] = []
    for label in labels:
        if label is None:
            found.append(UNNAMED)
            continue
        name = _own_name(label, aliases)
        if label.who.role == "questioner" and (journal := _JOURNAL.match(name)):
            # 《远山》杂志 and 《远山》 are one.
            canonical[name] = journals.setdefault(journal["title"], name)
        elif label.who.role == "questioner":
            canonical[name] = next((other for other in outlets if is_variant(other, name)), name)
            outlets[canonical[name]] = None
        if name not in canonical:
            canonical[name] = (
                _shortened(name, known, titles, moderators) or _written_out(name, known, text) or name
            )
        part = who(label.text)
        is_acting = _ACTING.search(label.written) is not None
        if label.who.is_name and part is not None and not part.is_name and not is_acting:
            holders[label.text] = canonical[name]
        found.append(canonical[name] if is_acting else holders.get(label.text, canonical[name]))
    return found


def _full_names(labels: Sequence[Label], aliases: Mapping[str, Who]) -> dict[str, str]:
    """The full names among the labels, and for each the variant of it that stands first."""
    names = dict.fromkeys(_own_name(label, aliases) for label in labels if _is_full(label, aliases))
    halves = Counter(half for name in names for half in _halves(name))
    found: dict[str, str] = {}
    alike: dict[tuple[str | None, ...], list[str]] = {}
    for name in names:
        if halves[name] == 1:
            continue
        others = alike.setdefault(sound(name), [])
        found[name] = next((other for other in others if is_variant(other, name)), name)
        others.append(found[name])
    return found


def _person(label: Label, aliases: Mapping[str, Who]) -> Who:
    """Whom a label names: itself, in its words or in brackets, or by the legend."""
    by_text = aliases.get(label.text) if not label.who.is_name else None
    return by_text or aliases.get(label.who.name) or label.who


def _own_name(label: Label, aliases: Mapping[str, Who]) -> str:
    return _person(label, aliases).name


def _is_full(label: Label, aliases: Mapping[str, Who]) -> bool:
    person = _person(label, aliases)
    return person.is_name and len(person.name) > 1


def _halves(name: str) -> set[str | None]:
    """What a longer name is shortened to: 贝尔格 for 安娜·贝尔格, 东方 for 东方朔野."""
    return {*name.split("·"), family_name(name)} - {name}


def _shortened(
    name: str, known: Sequence[str], titles: Mapping[str, str | None], moderators: Sequence[str]
) -> str | None:
    """Find the one person a shorter label means; a label that fits several stays by itself."""
    if lexicon.GENERIC.get(name) == "moderator" and len(moderators) == 1:
        return moderators[0]
    if lexicon.GENERIC.get(name) or lexicon.OUTLET.match(name):
        return name
    if _CHAIRS.search(name):
        return "主席"
    fits = [full for full in known if _is_short_for(name, full, titles.get(full))]
    return fits[0] if len(fits) == 1 else None


def _written_out(name: str, known: Sequence[str], text: str) -> str | None:
    """Whom the text names where a label only says 邱, or 馆长."""
    if names_an_office(name):
        return _holder(name, known, text)
    if len(name) != 1 or family_name(name + "某") is None:
        return None
    spelled: Counter[str] = Counter(
        words for words in re.findall(rf"{name}[\u4e00-\u9fff]{{2}}", text) if family_name(words)
    )
    credited = re.search(rf"{_CREDIT}({name}[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])", text)
    if credited is not None and family_name(credited[1]):
        return credited[1]
    (longer, times), (_, others) = [*spelled.most_common(2), ("", 0), ("", 0)][:2]
    if times < 2 or longer[1] in _ADDRESSED or others * 2 > times:
        return None
    # 顾眉生 is a name if 顾眉 never stands without 生; else what follows 顾眉 differs, and 顾眉 is the name.
    return longer if text.count(longer[:2]) == times else longer[:2]


def names_an_office(name: str) -> bool:
    """Whether a label is an office or a part that one person holds, and no name."""
    offices = list(lexicon.OFFICE.finditer(name))
    return bool(lexicon.ROLE_ONLY.match(name)) or bool(offices and offices[-1].end() == len(name))


def _holder(office: str, known: Sequence[str], text: str) -> str | None:
    """The one person whom the text names behind an office: 行政長官梁振英六月二十一日會見傳媒."""
    holding = (
        rf"(?<![代理副]){re.escape(office)}(?:[（(][^（）()]{{1,12}}[）)])?(?P<words>[\u4e00-\u9fff]{{2,4}})"
    )
    found: set[str] = set()
    for match in re.finditer(holding, text):
        words = match["words"]
        name = next((person for person in known if words.startswith(person)), None) or _name_at_front(words)
        found |= {name} if name else set()
    return found.pop() if len(found) == 1 else None


def _name_at_front(words: str) -> str | None:
    """The name that words begin with, where it ends before a word that follows names."""
    for size in (3, 2):
        name, rest = words[:size], words[size:]
        is_end = not rest or rest[0] in _AFTER_NAMES
        if len(name) == size and is_end and family_name(name) and not is_wording(name):
            return name
    return None


def _is_short_for(name: str, full: str, title: str | None) -> bool:
    if len(name) == 1:
        return full.startswith(name)
    if name == family_name(full):
        return True
    if lexicon.INITIALS.match(name):
        return initials(full) == name
    if "·" in full or not re.search(r"[\u4e00-\u9fff]", full):
        return full.startswith(name) or full.endswith(name)
    surname = family_name(full) or full[:1]
    surnames = rf"(?:{re.escape(surname)}|{re.escape(full[:1])})"
    if re.fullmatch(rf"{surnames}副?(?:{lexicon.HONORIFIC})", name):
        return True
    # The office alone, of the one person who holds it.
    return full.endswith(name) or bool(
        title and len(name) >= 2 and title.endswith(name) and lexicon.ROLE_ONLY.match(name)
    )
