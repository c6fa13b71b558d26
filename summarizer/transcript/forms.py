"""Head to who: what the words before a colon say of the person, if they can be a label at all.

Each form of the catalogue is one small function; the first that reads a head wins. A form
that suffices by itself is sure (an outlet's reporter, an office with a name); one that does
not (a bare name, a nickname) has to be borne out by the document.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from summarizer.transcript import lexicon
from summarizer.transcript.offices import honoured, house_and_name, office_and_name, split_name
from summarizer.transcript.persons import Who, is_name, is_saying, plain
from summarizer.transcript.vocabulary import is_word

# 新华社记者李明, NHK记者 山口健太, 《莱茵报》记者 K. 舒尔茨
_REPORTER = re.compile(
    r"(?P<medium>[^、，,。：:]{2,20}?(?:记者|記者))(?P<gap>\s*)"
    r"(?P<name>(?:[A-Z]\.\s?)?[\u4e00-\u9fff·]{2,12}|[A-Z][A-Za-z.' -]{1,24})$"
)
_LETTERED = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,6})\s*[A-Z甲乙丙丁]$")
_ENUMERATOR = re.compile(
    r"(?:[（(]?\d{1,2}[）)]?[.．、)）]|\d{1,2}\s+(?=[问問答记記])|[一二三四五六七八九十]{1,3}、)\s*"
)
_SOMEBODY = re.compile(
    r"^(?:会后|会上|随后|現場|现场|另|又)?，?有(?:一?位|一名)?(?=记者|記者|媒体|网友|观众)"
)
_MODIFIER = re.compile(
    r"^(?:另一位?|网络|節目|节目|本期|特约|特邀|在线|访谈|现场|连线|演播室|电视|网站)(?=主持|嘉宾|嘉賓|主播)"
)
_NUMBERED = re.compile(r"(?P<word>问题|問題)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})$")
_ORDINAL = re.compile(r"(?:问题|問題)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})$")
_FAMILIAR = re.compile(r"[老小阿][\u4e00-\u9fff]$")
_MISTER = re.compile(r"(?:Mr|Ms|Mrs|Miss|Dr|Prof|MR|MS|MRS|DR)\.? ")
_JOINT = re.compile(r"\s*(?:[、/／&]|和|与|與|及)\s*")
_PART = re.compile(
    rf"(?P<part>{'|'.join(sorted(lexicon.PARTS, key=len, reverse=True))})[\s、，,—–\-·|｜/／]*(?P<rest>.+)$"
)
_NICK = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·・&\- ]{1,12}$")


@lru_cache(maxsize=4096)
def who(head: str) -> Who | None:
    """Read the words before a colon, without brackets, bold and stage directions.

    >>> who("市水务局局长韩冬青")
    Who(name='韩冬青', title='市水务局局长', role='unknown', sure=True, is_name=True)
    >>> who("陳院長冲").name, who("北岸晚报记者现场提问").name, who("责任编辑")
    ('陳冲', '北岸晚报记者', None)
    """
    counted = _ENUMERATOR.match(head)
    if counted is not None:
        found = _generic(head[counted.end() :])
        # 二、问 counts the questions; 三、盘问 is the head of a section.
        return found if found is not None or "、" in counted.group() else who(head[counted.end() :])
    if not head or lexicon.NEVER.match(head) or lexicon.SALUTATION.match(head):
        return None
    return next((found for form in _FORMS if (found := form(head)) is not None), None)


def _generic(head: str) -> Who | None:
    head = _SOMEBODY.sub("", head)
    if (plain := _MODIFIER.sub("", head)) != head and plain in lexicon.GENERIC:
        return Who(head, None, lexicon.GENERIC[plain])
    if (numbered := _NUMBERED.match(head)) is not None:  # it asks, or heads a section
        return Who(numbered["word"], None, "questioner", sure=False)
    if (lettered := _LETTERED.match(head)) is not None and lettered["word"] in lexicon.GENERIC:
        return Who(head, None, lexicon.GENERIC[lettered["word"]])  # 观众B is another than 观众A
    bare = _ORDINAL.sub("", head) if len(head) > 1 else head
    role = lexicon.GENERIC.get(head) or lexicon.GENERIC.get(bare)
    if role is None:
        return None
    name = head if head in lexicon.GENERIC else bare
    # The act is not part of who asks: 记者问 is 记者.
    plain = lexicon.ACT.sub("", name)
    return Who(plain if plain in lexicon.GENERIC else name, None, role)


def _outlet(head: str) -> Who | None:
    name = lexicon.ACT.sub("", head)
    if lexicon.OUTLET.match(name) and not lexicon.SENTENCE.search(name):
        return Who(name, None, "questioner")
    return None


def _reporter(head: str) -> Who | None:
    """A reporter of an outlet, whose name stays part of the label: 新华社记者李明."""
    match = _REPORTER.match(head)
    if match is None or lexicon.SENTENCE.search(head) or not lexicon.OUTLET.match(match["medium"]):
        return None
    is_person = is_name(match["name"]) and not is_saying(head) and not is_word(match["name"])
    is_parted = bool(match["gap"]) and (len(match["name"]) <= 4 or not match["name"].isalpha())
    return Who(head, None, "questioner") if is_person or is_parted else None


def _paper(head: str) -> Who | None:
    if lexicon.PAPER.match(head) and not lexicon.SENTENCE.search(head) and not is_word(head):
        return Who(head, None, "questioner", sure=False)
    return None


def _machine(head: str) -> Who | None:
    return Who(head, sure=False) if lexicon.MACHINE.match(head) or lexicon.INITIALS.match(head) else None


def _part_and_name(head: str) -> Who | None:
    """主持人周玲, 嘉宾 李想, 网友“海阔天空”."""
    match = _PART.match(_MODIFIER.sub("", head))
    if match is None or lexicon.OFFICE.fullmatch(head):
        return None
    part, rest = match["part"], match["rest"].strip(" “”\"'「」")
    role = lexicon.PARTS[part]
    if role == "questioner":
        # A reporter is given no name; whoever asks under a nickname has none but that.
        is_reporter = part in ("记者", "記者")
        return Who(head, None, role, sure=is_name(rest)) if is_reporter else _asker(part, rest)
    if is_name(rest):
        return Who(plain(rest), part, role, is_name=True)
    named = office_and_name(rest)
    if named is not None:
        return Who(named.name, named.title, role, is_name=True)
    if len(rest) > 6 or not _NICK.match(rest):
        return None
    # 主持人 晓峰, 主持人小鹿: a blank parts the nickname from the part, or it looks like one.
    is_parted = head[len(part) : len(part) + 1].isspace() or _FAMILIAR.match(rest) is not None
    return Who(rest, part, role, sure=False) if is_parted else Who(head, None, role, sure=False)


def _asker(part: str, name: str) -> Who | None:
    if part not in ("网友", "網友") and not (is_name(name) or honoured(name) or _FAMILIAR.match(name)):
        return None
    return (
        Who(plain(name), part, "questioner")
        if len(name) <= 12 and not lexicon.SENTENCE.search(name)
        else None
    )


def _role_only(head: str) -> Who | None:
    if not lexicon.ROLE_ONLY.match(head) or lexicon.SENTENCE.search(head):
        return None
    presides = lexicon.MODERATING.search(head) is not None
    return Who(head, None, "moderator" if presides else "unknown", sure=False)


def _joint(head: str) -> Who | None:
    """Several people at once: 祝长庚、祝小满."""
    names = _JOINT.split(head)
    if len(names) < 2 or not all(is_name(name) and not is_word(name) for name in names):
        return None
    return Who(head, sure=False)


def _bare_name(head: str) -> Who | None:
    head = _MISTER.sub("", head)
    # 高兴 and 方便 end sentences, and are people's names: as a whole label the document tells.
    if is_saying(head) and not (len(head) == 2 and lexicon.SAYS.fullmatch(head)):
        return None
    return Who(plain(head), sure=False, is_name=True) if is_name(head) else None


def _nickname(head: str) -> Who | None:
    """Whatever else is short enough; only a document that uses it again and again makes it a label."""
    if lexicon.SAYS.search(head) or not _NICK.match(head) or lexicon.SENTENCE.search(head):
        return None
    if not re.search(r"[\u4e00-\u9fffA-Za-z]", head):
        return None
    return Who(plain(head), sure=False)


_FORMS: tuple[Callable[[str], Who | None], ...] = (
    _generic, _outlet, _reporter, _paper, _machine, _joint, _part_and_name, split_name, office_and_name,
    _role_only, honoured, house_and_name, _bare_name, _nickname,
)  # fmt: skip
