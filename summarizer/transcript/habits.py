"""Candidates to labels: the document's own habits decide which ones say who speaks.

A wrong speaker is the worst error this tool can make and an invented one the second worst.
So a form that suffices by itself is believed, and everything else only where the document
bears it out: its legend explains the label, it recurs, the text speaks of the person, or it
answers a question.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.transcript import lexicon, vocabulary
from summarizer.transcript.labels import Label
from summarizer.transcript.legend import Legend

_STOPS = ("。", "！", "？", "!", "?", "…", "”", "」", "』", "）", ")", ".", "；", "：", ":", "—", "～", "~")
_ASKS = re.compile(r"[？?吗呢][”」』）)]*\s*$")
_SENTENCE = 20  # characters on a label's own line that may be a sentence although it goes on
_TAIL = 12  # characters at the end of a turn that show whether it asks
_MOST_NAMES = 200  # more distinct bare names than any round table has are no names


def borne_out(candidates: Sequence[Label], texts: Mapping[int, str], legend: Legend) -> list[Label]:
    """Keep the candidates that are labels, in the order of the file.

    Args:
        candidates: As :func:`~summarizer.transcript.labels.find` gives them.
        texts: The text of each paragraph, by its number.
        legend: What the document says of its labels.
    """
    usable = [label for label in candidates if not set(label.numbers) & legend.paragraphs]
    document = _Document(usable, texts, legend)
    kept: list[Label] = []
    for label in usable:
        if document.bears_out(label, kept[-1] if kept else None):
            kept.append(label)
    return _with_speech(kept, texts)


class _Document:
    """What a document as a whole says of its labels."""

    def __init__(self, labels: Sequence[Label], texts: Mapping[int, str], legend: Legend) -> None:
        self._texts = texts
        self._legend = legend
        self._numbers = list(texts)
        self._place = {number: at for at, number in enumerate(self._numbers)}
        marked = [label for label in labels if label.is_marked]
        self._opening = Counter(label.who.name for label in marked if label.opens)
        self._inside = Counter(label.who.name for label in marked if not label.opens)
        self._alone = Counter(
            _kind_of_machine(label.who.name) for label in labels if label.is_alone and not label.is_marked
        )
        self._bare_lines = {
            label.numbers[0]
            for label in labels
            if label.is_alone and not label.is_marked and label.who.is_name
        }
        self._labels_stand_alone = (
            sum(label.who.sure and label.is_alone and not label.is_marked for label in labels) > 2
        )
        self._sure = {label.who.name for label in marked if label.who.sure and not self._is_headline(label)}
        self._mentioned = self._mentions([label for label in labels if label.who.is_name])
        self._surnames = Counter(label.who.name[0] for label in marked if label.who.is_name)
        recurring = sum(count for name, count in self._opening.items() if count > 1 or name in self._sure)
        self._is_dialogue = recurring >= 2
        # Where nearly every paragraph opens with what may be a name before a colon, that is how it labels.
        named = {label.who.name for label in marked if label.who.is_name or label.who.sure}
        likely = sum(count for name, count in self._opening.items() if count > 1 or name in named)
        self._is_drama = likely * 10 >= 6 * len(self._numbers) and len(self._opening) > 1
        names = {label.who.name for label in marked if label.who.is_name and self._knows(label.who.name)}
        at_home = [label for label in marked if label.who.name in names and label.opens]
        self._alone_names = sum(label.is_alone for label in at_home)
        self._inline_names = len(at_home) - self._alone_names
        self._nicknames = {
            name for name in self._opening if self._opening[name] > 2 and self._is_answering(name, marked)
        }

    def bears_out(self, label: Label, before: Label | None) -> bool:
        """Whether the document bears *label* out.

        Args:
            label: The candidate.
            before: The last candidate that was borne out.
        """
        if self._is_headline(label) or (label.is_alone and self._is_listed(label)):
            return False
        if not label.is_marked:
            return self._stands_alone(label)
        who, name = label.who, label.who.name
        if label.text in self._legend.aliases or who.sure or name in self._sure:
            return True
        if not label.opens and self._opening[name] == 0 and self._inside[name] < 2:
            return who.is_name and not label.is_alone and self._answers(before, label)
        if who.is_name:
            return self._knows(name) or self._is_likely_name(label, before)
        return self._plays_a_part(label)

    def _knows(self, name: str) -> bool:
        return self._is_drama or self._opening[name] + self._inside[name] > 1 or name in self._mentioned

    def _is_likely_name(self, label: Label, before: Label | None) -> bool:
        """A name that speaks once: it answers, or stands as the document's other names do, and is no word."""
        if self._answers(before, label) and not label.is_alone:
            return True
        rest = self._texts[label.numbers[-1]][label.end : label.end + _SENTENCE]
        is_said = label.is_alone or len(rest) == _SENTENCE or rest.endswith(_STOPS)
        habit = self._alone_names if label.is_alone else self._inline_names
        # The dictionary knows traditional words too badly to be asked about them.
        is_known = vocabulary.is_word(label.who.name) or not _is_simplified(label.who.name)
        return before is not None and habit > 1 and is_said and not is_known

    def _plays_a_part(self, label: Label) -> bool:
        """Parts, initials, single characters and nicknames: they have to recur, and to take turns."""
        name, times = label.who.name, self._opening[label.who.name]
        if label.who.role != "unknown":
            return self._is_dialogue or times > 1
        if len(name) == 1 and "\u4e00" <= name <= "\u9fff":
            is_surname = self._surnames[name] > 0
            return (times > 1 and (is_surname or name in self._nicknames)) or (self._is_drama and is_surname)
        if re.fullmatch(r"[A-Z]{1,3}\d?", name):
            return times > 1
        if re.search(r"\d$", name) or re.search(r"[长長席记官人授师師]$|翻译|翻譯", name):
            return times > 1 or (self._is_dialogue and self._is_office_of_somebody(name))
        return name in self._nicknames or (self._is_drama and times > 1)

    def _is_office_of_somebody(self, name: str) -> bool:
        return self._surnames[name[0]] > 0 or len(name) > 1

    def _is_listed(self, label: Label) -> bool:
        """Line under line of names without a colon is a list of who was present."""
        above = label.numbers[0] - 1 in self._bare_lines
        below = label.numbers[-1] + 1 in self._bare_lines
        if label.is_marked:
            return below and label.numbers[-1] + 2 in self._bare_lines
        return above or below

    def _stands_alone(self, label: Label) -> bool:
        """A line that is a label without colon stands over speech, and the document uses it as a label."""
        at, name = self._place[label.numbers[-1]], label.who.name
        recurs = self._alone[_kind_of_machine(name)] > 1
        is_part = label.who.sure and not label.who.is_name
        if at + 1 >= len(self._numbers) or (at == 0 and not is_part and not recurs):
            return False
        below = self._texts[self._numbers[at + 1]]
        if len(below) < 8 and not below.endswith(_STOPS):
            return False
        if name in self._sure or name in self._legend.aliases or label.text in self._legend.aliases:
            return True
        if is_part:
            return len(label.text) <= 20 and not re.search(r"[答对對](?:记者|記者)", label.text)
        if label.who.is_name:
            is_introduced = name in self._mentioned and self._labels_stand_alone
            is_titled = label.who.sure and below.endswith(_STOPS) and len(below) >= 15
            return is_introduced or recurs or is_titled
        return recurs and re.search(r"\d$|^[A-Z]{1,3}$|[席长長人官]$", name) is not None

    def _is_headline(self, label: Label) -> bool:
        """外交部：赞赏…: words before a colon and no sentence behind it are a headline, first or last."""
        if label.is_alone or not label.is_marked or label.who.role == "questioner":
            return False
        at = self._place[label.numbers[0]]
        rest = self._texts[label.numbers[0]][label.end : label.end + 60].rstrip()
        is_edge = at == 0 or at * 10 >= 9 * len(self._numbers)
        if at == 0 and len(self._numbers) > 3 and len(rest) <= 40 and not rest.endswith(("。", "！")):
            return not label.who.sure or not rest.endswith(("？", "?"))
        return is_edge and at > 0 and len(rest) <= 40 and not rest.endswith(_STOPS) and not label.who.sure

    def _answers(self, before: Label | None, label: Label) -> bool:
        """Whether the turn before was a question."""
        if before is None:
            return False
        if before.who.role == "questioner":
            return True
        text = self._texts[before.numbers[-1]]
        end = label.start if before.numbers[-1] == label.numbers[0] else len(text)
        return bool(_ASKS.search(text[max(before.end, end - _TAIL) : end]))

    def _is_answering(self, name: str, labels: Sequence[Label]) -> bool:
        """Whether the turns of *name* ask, or stand behind questions, more often than not."""
        turns = [(at, label) for at, label in enumerate(labels) if label.who.name == name and label.opens]
        good = 0
        for at, label in turns:
            asks = bool(_ASKS.search(self._texts[label.numbers[-1]][-_TAIL:]))
            before = labels[at - 1] if at else None
            good += asks or (before is not None and before.who.name != name and self._answers(before, label))
        return good * 2 >= len(turns)

    def _mentions(self, labels: Sequence[Label]) -> set[str]:
        """The names that the text uses apart from its labels."""
        names = Counter(label.who.name for label in labels)
        if not names or len(names) > _MOST_NAMES:
            return set()
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        seen = Counter(match.group() for text in self._texts.values() for match in pattern.finditer(text))
        written = Counter(label.who.name for label in labels if label.who.name in label.text)
        return {name for name in names if seen[name] > written[name]}


def _is_simplified(name: str) -> bool:
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _kind_of_machine(name: str) -> str:
    """Speaker 1 and Speaker 2 are one habit; any other name is its own."""
    return re.sub(r"[\dA-Z]{1,3}$", "", name) if lexicon.MACHINE.match(name) else name


def _with_speech(labels: Sequence[Label], texts: Mapping[int, str]) -> list[Label]:
    """Drop what labels nothing: a closing line, the head of a list."""
    numbers = list(texts)
    last = numbers[-1] if numbers else 0
    return [label for label in labels if not label.is_alone or label.numbers[-1] != last]
