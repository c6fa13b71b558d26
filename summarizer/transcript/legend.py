"""Paragraphs to legend: what a document says of its own labels before it uses them.

"記：現場採訪記者　　　蕭：蕭世和", "主持人：周玲", "大卫·罗森（David Rosen，以下简称大卫）": a legend is no
speech, and its aliases are the surest evidence there is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.transcript import lexicon
from summarizer.transcript.forms import Who, who, without_asides
from summarizer.values import Role

_WITHIN = 40  # paragraphs; whoever explains an alias does it near the top
_PAIR = re.compile(
    rf"\s*(?P<alias>[\u4e00-\u9fffA-Za-z]{{1,6}})\s*{lexicon.COLON}\s*(?P<value>[^：:︰；;。！？]{{2,40}}?)\s*$"
)
_GAP = re.compile(r"[\t\u3000 ]{2,}|\u3000|[；;]\s*|\s*[|｜/]\s*|[，,、]\s*(?=[\u4e00-\u9fff]{1,4}[：:])")
_SHORT = re.compile(
    r"(?P<name>[\u4e00-\u9fff·・•]{2,14})\s*[（(](?P<between>[^（）()]{0,80}?)(?:以下)?(?:简称|簡稱|下称|下稱|又称)[为為]?[：:]?\s*[“\"「‘]?"
    r"(?P<alias>[^”\"」’）)，,。]{1,8})[”\"」’]?[）)]"
)
_LETTER = re.compile(r"[（(](?P<alias>[\u4e00-\u9fffA-Z])[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Legend:
    """Which label stands for whom, and the paragraphs that say nothing else."""

    aliases: Mapping[str, Who]
    paragraphs: frozenset[int]


def find(texts: Mapping[int, str]) -> Legend:
    """Read the legend of a document.

    >>> legend = find({1: "記：現場採訪記者　　　蕭：蕭世和", 2: "記：來了嗎？"})
    >>> legend.aliases["蕭"].name, sorted(legend.paragraphs)
    ('蕭世和', [1])
    """
    aliases: dict[str, Who] = {}
    paragraphs: set[int] = set()
    for number, text in list(texts.items())[:_WITHIN]:
        for match in _SHORT.finditer(text):
            known = who(match["name"])
            aliases[match["alias"].strip()] = known or Who(match["name"], is_name=True)
        pairs = _pairs(text, texts)
        if pairs:
            aliases.update(pairs)
            aliases.update((person.name, person) for person in pairs.values() if person.is_name)
            paragraphs.add(number)
    return Legend(aliases, frozenset(paragraphs))


def _pairs(text: str, texts: Mapping[int, str]) -> dict[str, Who]:
    """Read a paragraph that holds nothing but aliases and whom they stand for."""
    if len(text) > 120 or len(text.split("：")) > 8 or text.endswith(("。", "？", "！")):
        return {}
    found: dict[str, Who] = {}
    matches = [_PAIR.match(part) for part in _GAP.split(_unbracketed(text)) if part.strip()]
    for match in matches:
        person = _person(match["value"], match["alias"]) if match is not None else None
        if match is None or person is None:
            return {}
        letter = _LETTER.search(match["value"])
        found[letter["alias"] if letter else match["alias"]] = person
        if letter:
            found[match["alias"]] = person
    # One line alone could be a turn: it is a legend only where its label speaks again.
    speaking = (*found, *(person.name for person in found.values()))
    if len(matches) < 2 and not any(_speaks(name, text, texts) for name in speaking):
        return {}
    return found


def _unbracketed(text: str) -> str:
    bare = text.strip()
    return bare[1:-1] if bare[:1] in "（(" and bare[-1:] in "）)" else bare


def _person(value: str, alias: str) -> Who | None:
    bare, asides = without_asides(value)
    title = next((words for words in asides if len(words) > 1), None)
    words = re.sub(r"[…\s]+$", "", bare)
    person = who(words)
    if person is not None and (person.is_name or person.role != "unknown"):
        role = _part(alias) or person.role
        return Who(person.name, person.title or title, role, is_name=person.is_name)
    # 記：現場採訪記者 names a part; 萧世和，某厂工人 a name with what it does.
    first = re.split(r"[，,、\s]", words)[0]
    named = who(first)
    if named is not None and named.is_name and len(words) > len(first):
        return Who(named.name, words[len(first) :].strip(" ，,、"), _part(alias) or "unknown", is_name=True)
    return None


def _part(alias: str) -> Role | None:
    """The part that an alias names: 主持人, 本期主播, 受访嘉宾."""
    ends = (role for word, role in lexicon.PARTS.items() if alias.endswith(word))
    return lexicon.GENERIC.get(alias) or next(ends, None)


def _speaks(alias: str, legend: str, texts: Mapping[int, str]) -> bool:
    opening = re.compile(
        rf"(?:\[[\d:：]+\])?\s*{re.escape(alias)}\s*{lexicon.COLON}|[\[【]?{re.escape(alias)}[\]】]?$"
    )
    return any(text != legend and opening.match(text) for text in texts.values())
