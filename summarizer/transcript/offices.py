"""Heads to who, where an office stands with the name: before it, behind it, or in the middle of it."""

import re

from summarizer.names import family_name
from summarizer.transcript import lexicon
from summarizer.transcript.persons import Who, is_name, is_saying, plain
from summarizer.transcript.vocabulary import is_word, is_wording

_SPLIT = re.compile(
    rf"(?P<family>[\u4e00-\u9fff]{{1,2}}?)(?P<office>{lexicon.SPLITTING})(?P<given>[\u4e00-\u9fff·．]{{1,6}})$"
)
_HONOURED = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,4}}?)(?P<title>{lexicon.HONORIFIC})$")
_COURTESY = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:{lexicon.HONORIFIC})$")
_OFFICED = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?P<title>副?(?:{lexicon.OFFICE.pattern}))$")
_PERSONAL = re.compile(r"议员|議員|教授|老师|老師|律师|律師|法官|检察官|医生|醫生|先生|女士|小姐|博士|院士")
# 哈山·依布拉欣先生
_POINTED = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{1,10}}(?:[·・•‧][\u4e00-\u9fff]{{1,10}}?)+)(?P<title>{_PERSONAL.pattern})$"
)
_FIELD = re.compile(r"(?:名稱|名称|姓名|名单|名單|简介|照片)$")  # 委員名稱 names a column, not an office
_LATIN_BEHIND = re.compile(
    r"(?P<title>.*[\u4e00-\u9fff]) +(?P<name>[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*)+)$"
)
_LISTED = re.compile(r"[、，,]")


def split_name(head: str) -> Who | None:
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
        if is_before and _SPLIT.match(rest) and (person := split_name(rest)) is not None:
            presides = before == "主席"
            title = f"{before}{person.title}"
            return Who(person.name, title, "moderator" if presides else "unknown", is_name=True)
    return None


def house_and_name(head: str) -> Who | None:
    """Whom somebody speaks for, glued to the name: 省政府新闻办公室张静宜, 旅遊局劉慧儀處長."""
    bare = _COURTESY.sub("", head)
    for size in (3, 2):
        house, name = bare[:-size], bare[-size:]
        if len(house) > 2 and lexicon.HOUSE.search(house) and is_name(name) and not is_wording(name):
            return Who(name, f"{house}{head[len(bare) :]}", is_name=True)
    return None


def office_and_name(head: str) -> Who | None:
    """Cut an office from the name that follows it: the name is the last part of a label."""
    if lexicon.SENTENCE.search(head):
        return None
    latin = _LATIN_BEHIND.match(head)
    spaced = [latin["title"], latin["name"]] if latin else head.rsplit(None, 1)
    is_title = len(spaced) == 2 and (lexicon.OFFICE.search(spaced[0]) or lexicon.HOUSE.search(spaced[0]))
    if is_title and not _FIELD.search(spaced[0]):
        title, name = spaced[0].strip(" \u3000、，,"), spaced[1]
        if is_name(name):
            return Who(name, title, is_name=True)
        if (person := honoured(name)) is not None and person.is_name:
            return Who(person.name, f"{title} {person.title}", is_name=True)
    # A name set wide: 付 凌 or 米 朗 behind an office.
    for office in reversed(list(lexicon.OFFICE.finditer(head))):
        name = _COURTESY.sub("", head[office.end() :].strip(" \u3000、，,"))
        if is_name(name) and not is_saying(name):
            # 专家解读 and 干部任免 tell what is done, and 周启明 is a word too.
            is_sure = not is_word(plain(name))
            return Who(plain(name), head[: office.end()].strip(), sure=is_sure, is_name=True)
    return _second_office_and_name(head)


def _second_office_and_name(head: str) -> Who | None:
    """县文物中心主任、首席修复师温若谷: the last office is none we know, but it ends where a word does."""
    if not lexicon.OFFICE.search(head) or not _LISTED.search(head):
        return None
    for size in (3, 2):
        title, name = head[:-size], head[-size:]
        if is_name(name) and not is_wording(name) and is_word(title[-2:]):
            return Who(name, title, is_name=True)
    return None


def honoured(head: str) -> Who | None:
    """A courtesy or an office behind the name: 謝偉俊議員, 王教授."""
    pointed = _POINTED.match(head)
    if pointed is not None:
        return Who(pointed["name"], pointed["title"], is_name=True)
    match = _HONOURED.match(head) or _OFFICED.match(head)
    if match is None:
        return None
    name, title = match["name"], match["title"]
    if name.endswith("副") and len(name) > 1:  # 濮阳副主任: the 副 is part of the office
        name, title = name[:-1], f"副{title}"
    if lexicon.BODY.search(name):  # 房屋局局長 is an office, though 房 is a surname
        return Who(head, None, sure=False)
    if name == family_name(f"{name}某"):  # 王教授, 欧阳主任: who that is the document tells
        return Who(head, None, sure=False)
    # 安全局长 is an office; 甘露检察官 is a person, whatever the name means.
    if family_name(name) and not is_saying(name) and (_PERSONAL.match(title) or not is_word(name)):
        return Who(name, title, sure=title not in ("总", "工", "导"), is_name=True)
    return None
