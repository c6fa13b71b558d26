"""Head to who: what the words before a colon say of the person, if they can be a label at all.

Each form of the catalogue is one small function; the first that reads a head wins. A form
that suffices by itself is sure (an outlet's reporter, an office with a name); one that does
not (a bare name, a nickname) has to be borne out by the document.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from summarizer.names import family_name
from summarizer.transcript import lexicon
from summarizer.transcript.vocabulary import is_word, is_wording
from summarizer.values import Role


@dataclass(frozen=True, slots=True)
class Who:
    """What a label's words say of a person."""

    name: str
    title: str | None = None
    role: Role = "unknown"
    sure: bool = True  # False: the document has to bear it out
    is_name: bool = False  # a person's own name, rather than a part, an office or an alias


_ENUMERATOR = re.compile(
    r"(?:[（(]?\d{1,2}[）)]?[.．、)）]|\d{1,2}\s+(?=[问問答记記])|[一二三四五六七八九十]{1,3}、)\s*"
)
_SOMEBODY = re.compile(
    r"^(?:会后|会上|随后|現場|现场|另|又)?，?有(?:一?位|一名)?(?=记者|記者|媒体|网友|观众)"
)
_MODIFIER = re.compile(
    r"^(?:网络|節目|节目|本期|特约|特邀|在线|访谈|现场|连线|演播室|电视|网站)(?=主持|嘉宾|嘉賓|主播)"
)
_NUMBERED = re.compile(r"(?P<word>问题|問題)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})$")
_ORDINAL = re.compile(r"(?:问题|問題)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})$")
_SPLIT = re.compile(
    rf"(?P<family>[\u4e00-\u9fff]{{1,2}}?)(?P<office>{lexicon.SPLITTING})(?P<given>[\u4e00-\u9fff·．]{{1,6}})$"
)
_HONOURED = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,4}}?)(?P<title>{lexicon.HONORIFIC})$")
_FAMILIAR = re.compile(r"[老小阿][\u4e00-\u9fff]$")
_COURTESY = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:{lexicon.HONORIFIC})$")
_OFFICED = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?P<title>副?(?:{lexicon.OFFICE.pattern}))$")
_MISTER = re.compile(r"(?:Mr|Ms|Mrs|Miss|Dr|Prof|MR|MS|MRS|DR)\.? ")
_JOINT = re.compile(r"\s*(?:[、/／&]|和|与|與|及)\s*")
_PERSONAL = re.compile(r"议员|議員|教授|老师|老師|律师|律師|法官|检察官|医生|醫生|先生|女士|小姐|博士|院士")
_PART = re.compile(
    rf"(?P<part>{'|'.join(sorted(lexicon.PARTS, key=len, reverse=True))})[\s、，,—–\-·|｜/／]*(?P<rest>.+)$"
)
_FIELD = re.compile(r"(?:名稱|名称|姓名|名单|名單|简介|照片)$")  # 委員名稱 names a column, not an office
_LISTED = re.compile(r"[、，,]")
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


def _paper(head: str) -> Who | None:
    if lexicon.PAPER.match(head) and not lexicon.SENTENCE.search(head) and not is_word(head):
        return Who(head, None, "questioner", sure=False)
    return None


def _machine(head: str) -> Who | None:
    return Who(head, sure=False) if lexicon.MACHINE.match(head) or lexicon.INITIALS.match(head) else None


def _part_and_name(head: str) -> Who | None:
    """主持人周玲, 嘉宾 李想, 网友“海阔天空”."""
    match = _PART.match(head)
    if match is None or lexicon.OFFICE.fullmatch(head):
        return None
    part, rest = match["part"], match["rest"].strip(" “”\"'「」")
    role = lexicon.PARTS[part]
    if role == "questioner":
        # A reporter is given no name; whoever asks under a nickname has none but that.
        is_reporter = part in ("记者", "記者")
        return Who(head, None, role, sure=_is_name(rest)) if is_reporter else _asker(part, rest)
    if _is_name(rest):
        return Who(_plain(rest), part, role, is_name=True)
    named = _office_and_name(rest)
    if named is not None:
        return Who(named.name, named.title, role, is_name=True)
    return Who(head, None, role, sure=False) if len(rest) <= 6 and _NICK.match(rest) else None


def _asker(part: str, name: str) -> Who | None:
    if part not in ("网友", "網友") and not (
        _is_name(name) or _HONOURED.match(name) or _FAMILIAR.match(name)
    ):
        return None
    return Who(name, part, "questioner") if len(name) <= 12 and not lexicon.SENTENCE.search(name) else None


def _split_name(head: str) -> Who | None:
    """The chambers put the office between surname and given name: 高委員金素梅."""
    match = _SPLIT.match(head)
    if match is None or lexicon.MOTION.search(head):
        return _split_name_of(head)
    name = match["family"] + match["given"]
    begins = {family_name(match["family"] + match["given"][:2]), family_name(name)} - {None}
    if not any(match["family"].startswith(family) for family in begins if family):
        return None
    return Who(name, match["office"], is_name=True)


def _split_name_of(head: str) -> Who | None:
    """The same behind a body, or behind the part the person plays: 觀光處李處長佳蓉, 主席陳副議長家樑."""
    for size in range(4, 10):
        before, rest = head[:-size], head[-size:]
        is_before = before == "主席" or (len(before) > 2 and lexicon.HOUSE.search(before))
        if is_before and _SPLIT.match(rest) and (person := _split_name(rest)) is not None:
            role: Role = "moderator" if before == "主席" else "unknown"
            return Who(person.name, f"{before}{person.title}", role, is_name=True)
    return None


def _house_and_name(head: str) -> Who | None:
    """Whom somebody speaks for, glued to the name: 省政府新闻办公室张静宜."""
    for size in (3, 2):
        house, name = head[:-size], head[-size:]
        if len(house) > 3 and lexicon.HOUSE.search(house) and _is_name(name) and not is_wording(name):
            return Who(name, house, is_name=True)
    return None


def _office_and_name(head: str) -> Who | None:
    """Cut an office from the name that follows it: the name is the last part of a label."""
    if lexicon.SENTENCE.search(head):
        return None
    spaced = head.rsplit(None, 1)
    is_title = len(spaced) == 2 and (lexicon.OFFICE.search(spaced[0]) or lexicon.HOUSE.search(spaced[0]))
    if is_title and not _FIELD.search(spaced[0]):
        title, name = spaced[0].strip(" \u3000、，,"), spaced[1]
        if _is_name(name):
            return Who(name, title, is_name=True)
        if (person := _honoured(name)) is not None and person.is_name:
            return Who(person.name, f"{title} {person.title}", is_name=True)
    # A name set wide: 付 凌 or 米 朗 behind an office.
    for office in reversed(list(lexicon.OFFICE.finditer(head))):
        name = _COURTESY.sub("", head[office.end() :].strip(" \u3000、，,"))
        if _is_name(name) and not _is_saying(name):
            return Who(_plain(name), head[: office.end()].strip(), is_name=True)
    return _second_office_and_name(head)


def _second_office_and_name(head: str) -> Who | None:
    """县文物中心主任、首席修复师温若谷: the last office is none we know, but it ends where a word does."""
    if not lexicon.OFFICE.search(head) or not _LISTED.search(head):
        return None
    for size in (3, 2):
        title, name = head[:-size], head[-size:]
        if _is_name(name) and not is_wording(name) and is_word(title[-2:]):
            return Who(name, title, is_name=True)
    return None


def _honoured(head: str) -> Who | None:
    """A courtesy or an office behind the name: 謝偉俊議員, 王教授."""
    match = _HONOURED.match(head) or _OFFICED.match(head)
    if match is None:
        return None
    name, title = match["name"], match["title"]
    # 安全局长 is an office; 甘露检察官 is a person, whatever the name means.
    if family_name(name) and not _is_saying(name) and (_PERSONAL.match(title) or not is_word(name)):
        return Who(name, title, sure=title not in ("总", "工", "导"), is_name=True)
    if len(name) == 1 and family_name(name + "某"):  # 王教授: who that is the document tells
        return Who(head, None, sure=False)
    return None


def _role_only(head: str) -> Who | None:
    if not lexicon.ROLE_ONLY.match(head) or lexicon.SENTENCE.search(head):
        return None
    role: Role = "moderator" if lexicon.MODERATING.search(head) else "unknown"
    return Who(head, None, role, sure=False)


def _joint(head: str) -> Who | None:
    """Several people at once: 祝长庚、祝小满."""
    names = _JOINT.split(head)
    if len(names) < 2 or not all(_is_name(name) and not is_word(name) for name in names):
        return None
    return Who(head, sure=False)


def _bare_name(head: str) -> Who | None:
    head = _MISTER.sub("", head)
    if _is_saying(head):
        return None
    return Who(_plain(head), sure=False, is_name=True) if _is_name(head) else None


def _nickname(head: str) -> Who | None:
    """Whatever else is short enough; only a document that uses it again and again makes it a label."""
    if lexicon.SAYS.search(head) or not _NICK.match(head) or lexicon.SENTENCE.search(head):
        return None
    if not re.search(r"[\u4e00-\u9fffA-Za-z]", head):
        return None
    return Who(_plain(head), sure=False)


_FORMS: tuple[Callable[[str], Who | None], ...] = (
    _generic, _outlet, _paper, _machine, _joint, _part_and_name, _split_name, _office_and_name, _role_only,
    _honoured, _house_and_name, _bare_name, _nickname,
)  # fmt: skip


def _is_saying(words: str) -> bool:
    """Whether words end as a sentence does before a colon, and not as a given name may."""
    return bool(lexicon.SAYS.search(words)) and not lexicon.GIVEN_NAME.fullmatch(words)


def _is_name(words: str) -> bool:
    plain = _plain(words)
    if lexicon.BODY.search(plain):
        return False
    return bool(family_name(plain) or lexicon.FOREIGN.match(plain) or lexicon.LATIN.match(words))


def _plain(name: str) -> str:
    """A name set wide is the name: 米 朗 is 米朗."""
    return re.sub(r"\s", "", name) if re.search(r"[\u4e00-\u9fff]", name) else name
