"""Label to brackets: what stands in brackets inside a label.

It may say who somebody is (主席（蔡議長旺璉）, 吴泳（CEO）), what they are called from here on
(以下简称大卫), or how something is said (裁判官（指向吳）).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.transcript import lexicon
from summarizer.transcript.forms import who
from summarizer.transcript.persons import Who

_ASIDE = re.compile(r"\s*[（(〔\[【](?P<words>[^（()）〔〕【】\[\]]*)[）)〕\]】]")
# What begins as a name does, and is done.
_ACTS = re.compile(lexicon.any_of("鞠躬 安静 平静 微笑 高兴 严肃 和气 温和 向前 向后 强调 解释 应答 申辩"))
_ACTING = re.compile(r"代理?$")  # 主席（王委員大明代）


def without_asides(head: str) -> tuple[str, tuple[str, ...]]:
    """Part a label from the brackets in it.

    >>> without_asides("裁判官（指向吳）")
    ('裁判官', ('指向吳',))
    """
    asides = tuple(match["words"] for match in _ASIDE.finditer(head))
    return _ASIDE.sub("", head).strip(), asides


def named_in(found: Who, asides: Sequence[str]) -> Who:
    """Whom a label names together with the brackets in it.

    >>> named_in(Who("主席", role="moderator"), ["蔡議長旺璉"]).name
    '蔡旺璉'
    >>> named_in(Who("吴泳", is_name=True), ["CEO"]).title
    'CEO'
    """
    for words in asides:
        if found.is_name:
            is_office = lexicon.OFFICE.search(words) or re.fullmatch(r"C[A-Z]O", words)
            if found.title is None and is_office and not lexicon.SENTENCE.search(words):
                return replace(found, title=words.strip())
        elif found.role != "questioner" and (person := _person(words, found)) is not None:
            return Who(person.name, person.title, found.role, is_name=True)
    return found


def _person(words: str, part: Who) -> Who | None:
    """Whom a bracket names beside a part; 主持人（鞠躬） does something, and 答（安稳） is somebody."""
    if part.role != "answerer" and _ACTS.fullmatch(words.strip()):
        return None
    person = who(_ACTING.sub("", words.strip()))
    return person if person is not None and person.is_name else None
