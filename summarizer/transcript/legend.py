"""Paragraphs to legend: what a document says of its own labels before it uses them.

"記：現場採訪記者　　　蕭：蕭世和", "主持人：周玲", "大卫·罗森（David Rosen，以下简称大卫）": a legend is no
speech, and its aliases are the surest evidence there is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from summarizer.transcript import clocks, lexicon
from summarizer.transcript.asides import without_asides
from summarizer.transcript.forms import who
from summarizer.transcript.persons import Who, is_name
from summarizer.values import Role

_SAID = ("。", "？", "！", "?", "!")  # how what is said ends, and no legend
_WITHIN = 40  # paragraphs; whoever explains an alias does it near the top
_PAIR = re.compile(
    rf"\s*(?P<alias>[\u4e00-\u9fffA-Za-z\d]{{1,6}})\s*(?:{lexicon.COLON}|[|｜])\s*(?P<value>[^：:︰；;。！？]{{2,40}}?)\s*$"
)
_GAP = re.compile(r"[\t\u3000 ]{2,}|\u3000|[；;]\s*|\s*[|｜/]\s*|[，,、]\s*(?=[\u4e00-\u9fff]{1,4}[：:])")
_SHORT = re.compile(
    r"(?P<name>[\u4e00-\u9fff·・•]{2,14})\s*[（(](?P<between>[^（）()]{0,80}?)(?:以下)?(?:简称|簡稱|下称|下稱|又称)[为為]?[：:]?\s*[“\"「‘]?"
    r"(?P<alias>[^”\"」’）)，,。]{1,8})[”\"」’]?[）)]"
)
# 嘉　宾：, 审 判 长:
_WIDE_KEY = re.compile(r"^\s*(?:[\u4e00-\u9fff]\s+){1,3}[\u4e00-\u9fff](?=\s*[：:︰]|\s)")
# Who takes part, when and where: not a turn, whatever stands before the colon.
_ROSTER = re.compile(
    rf"\s*(?:{lexicon.PRESENT})(?:\s*{lexicon.COLON}\s*[^。！？!?]{{1,120}}$|(?:\u3000|\s{{2,}})\s*\S)"
)
_HEADS_A_ROSTER = re.compile(rf"\s*(?:对话|對話|与会|與會)?(?:{lexicon.PRESENT})\s*{lexicon.COLON}\s*$")
_CHAIR = re.compile(r"\s*主\s*席\s*[：:︰\s]\s*(?P<who>[\u4e00-\u9fff]{4,8})$")
_FIELD = re.compile(rf"\s*[\u4e00-\u9fff]{{2,6}}{lexicon.COLON}[^。！？!?]{{1,40}}$")  # among others like it
_SHORTER = re.compile(r"《(?P<name>[^《》]+)》以下(?:简称|簡稱|称)[“\"「]?(?P<alias>[^”\"」，,。]{1,8})")
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
    said: list[str] = []  # what stands above: nobody explains an alias after using it
    is_roster = False
    lines = list(texts.items())[:_WITHIN]
    for (number, text), (_, below) in zip_longest(lines, lines[1:], fillvalue=(0, "")):
        for match in _SHORT.finditer(text):
            known = who(match["name"])
            aliases[match["alias"].strip()] = known or Who(match["name"], is_name=True)
        for match in _SHORTER.finditer(text):
            aliases[match["alias"]] = Who(f"《{match['name']}》", None, "questioner")
        pairs = _pairs(text, texts)
        if pairs and not any(_opens(alias, above) for alias in pairs for above in said):
            aliases.update(pairs)
            aliases.update((person.name, person) for person in pairs.values() if person.is_name)
            paragraphs.add(number)
            is_roster = True
        elif (
            (is_roster and (_is_listed(text) or _is_field(text, texts)))
            or (_HEADS_A_ROSTER.match(_narrow(text)) and _is_listed(below))
            or (_ROSTER.match(_narrow(text)) and _lists(text) and not _recurs(text, texts))
        ):
            paragraphs.add(number)
            is_roster = True
        else:
            is_roster = False
            said.append(text)
        chair = _CHAIR.match(text)
        if chair is not None and (person := who(chair["who"])) is not None and person.is_name:
            aliases["主席"] = Who(person.name, person.title, "moderator", is_name=True)
    return Legend(aliases, frozenset(paragraphs))


def _pairs(text: str, texts: Mapping[int, str]) -> dict[str, Who]:
    """Read a paragraph that holds nothing but aliases and whom they stand for."""
    if len(text) > 120 or len(re.findall(lexicon.COLON, text)) > 8 or text.endswith(_SAID):
        return {}
    found: dict[str, Who] = {}
    bare = _narrow(_unbracketed(text))
    matches = _matches(bare)
    for match in matches:
        person = _person(match["value"], match["alias"]) if match is not None else None
        if match is None or person is None:
            return {}
        letter = _LETTER.search(match["value"])
        found[letter["alias"] if letter else match["alias"]] = person
        if letter:
            found[match["alias"]] = person
    # One line alone could be a turn: it is a legend only where it explains a label that speaks again.
    speaking = (*found, *(person.name for person in found.values()))
    is_explained = len(matches) > 1 or _SHORT.search(text) is not None
    if not is_explained and not any(_speaks(name, text, texts) for name in speaking):
        return {}
    return found


def _matches(text: str) -> list[re.Match[str] | None]:
    """The pairs of a line: one (嘉宾：胡立强　市水务局副局长), or several parted by gaps."""
    whole = _PAIR.match(text)
    if whole is not None and _person(whole["value"], whole["alias"]) is not None:
        return [whole]
    return [_PAIR.match(part) for part in _GAP.split(text) if part.strip()]


def _is_listed(text: str) -> bool:
    """Whether a line goes on with a roster: 许大伟　市卫生健康委副主任."""
    parts = text.split()
    if len(text) > 60 or len(parts) < 2 or re.search(rf"[。！？!?；;]|{lexicon.COLON}", text):
        return False
    name, title = "".join(parts[:-1]), parts[-1]
    person = who(name)
    is_titled = lexicon.OFFICE.search(title) is not None or lexicon.AGENT.match(title) is not None
    return person is not None and person.is_name and is_titled


def _lists(text: str) -> bool:
    """Whether a line that could be a turn tells who somebody is: 主持人：周玲, not 主持人：请李局长介绍."""
    key, _, value = re.sub(lexicon.COLON, "：", _narrow(text), count=1).strip().partition("：")
    if key not in lexicon.GENERIC or not value.strip():
        return True
    first = re.split(r"[、，,；;（(\s]", value.strip())[0]
    person = who(first)
    return person is not None and (person.is_name or person.role != "unknown" or len(first) < 4)


def _is_field(text: str, texts: Mapping[int, str]) -> bool:
    """Whether a line goes on with a head in another key: 会议地点：市政府."""
    return _FIELD.match(_narrow(text)) is not None and _lists(text) and not _recurs(text, texts)


def _narrow(text: str) -> str:
    """A line without the blanks in its key, which records set wide."""
    return _WIDE_KEY.sub(lambda key: re.sub(r"\s", "", key.group()), text, count=1)


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
    if lexicon.SENTENCE.search(words):
        return None
    # 記：現場採訪記者 names a part; 萧世和，某厂工人 a name with what it does.
    first = re.split(r"[，,、\s]", words)[0]
    named = who(first)
    rest = words[len(first) :].strip(" ，,、\u3000")
    if named is not None and named.is_name and rest and not is_name(rest):
        title = named.title or rest
        return Who(named.name, title, _part(alias) or "unknown", is_name=True)
    return None


def _part(alias: str) -> Role | None:
    """The part that an alias names: 主持人, 本期主播, 受访嘉宾."""
    ends = (role for word, role in lexicon.PARTS.items() if alias.endswith(word))
    presides: Role | None = "moderator" if lexicon.MODERATING.search(alias) else None
    return lexicon.GENERIC.get(alias) or next(ends, presides)


def _recurs(text: str, texts: Mapping[int, str]) -> bool:
    """Whether what stands before a line's colon opens other paragraphs too."""
    return _speaks(re.split(lexicon.COLON, text, maxsplit=1)[0].strip(), text, texts)


def _speaks(alias: str, legend: str, texts: Mapping[int, str]) -> bool:
    return any(text != legend and _opens(alias, text) for text in texts.values())


def _opens(alias: str, text: str) -> bool:
    """Whether a paragraph opens with the label *alias*, also behind a clock, a bullet or an office."""
    head = re.split(lexicon.COLON, clocks.without(text[:80]), maxsplit=1)[0].strip("[]【】•●· \u3000")
    return head == alias or (head.endswith(alias) and head[: -len(alias)].endswith((" ", "\u3000")))
