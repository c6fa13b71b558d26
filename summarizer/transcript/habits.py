"""Candidates to habits: what a document as a whole says of the labels it may hold.

Facts only, each a question about one candidate that can be answered by looking at the others:
does its name recur, is the person spoken of, do labels stand where it stands, does it answer a
question. What the facts are worth is :mod:`weighing`'s business.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from summarizer.names import family_name, initials
from summarizer.transcript import front_matter, lexicon
from summarizer.transcript.labels import Label
from summarizer.transcript.legend import Legend

_STOPS = ("。", "！", "？", "!", "?", "…", "”", "」", "』", "）", ")", ".", "；", "：", ":", "—", "～", "~")
_ENDS = ("。", "！", "？", "!", "?", "…", "”", "」", "』")
_HONOURED = re.compile(rf"(?<=[\u4e00-\u9fff])副?(?:{lexicon.HONORIFIC})$")
_QUESTION = re.compile(r"[？?吗呢嗎][”」』）)]*\s*$")
_TAIL = 12  # characters at the end of a turn that show whether it asks
_HEAD = 14  # characters at its beginning that show whether somebody greets
_HEADLINE = 40  # characters behind a headline's colon, at most
_MOST_NAMES = 400  # more distinct names than any round table has are no names


class Habits:
    """What a document says of its labels.

    Args:
        labels: Every candidate, in file order.
        texts: The text of each paragraph, by its number.
        legend: What the document says of its labels before it uses them.
    """

    def __init__(self, labels: Sequence[Label], texts: Mapping[int, str], legend: Legend) -> None:
        self._labels, self._texts, self._legend = labels, texts, legend
        self._numbers = list(texts)
        self._place = {number: at for at, number in enumerate(self._numbers)}
        self._ends = {
            (one.numbers[-1], one.start): other.start
            for one, other in pairwise(labels)
            if one.numbers[-1] == other.numbers[-1]
        }
        marked = [label for label in labels if label.is_marked]
        lines = [label for label in labels if not label.is_marked]
        sure = [label for label in marked if label.who.sure]
        opening = sum(label.opens and len(label.numbers) == 1 for label in sure)
        self._times = Counter(label.who.name for label in marked)
        # A document may have lost its line ends: then labels stand inside paragraphs.
        likely = [label for label in marked if label.who.sure or self._times[label.who.name] > 1]
        self.is_run_together = sum(label.opens for label in likely) * 2 < len(likely)
        self._line_times = Counter(_kind_of_machine(label.who.name) for label in lines)
        self._lines_of_names = {label.numbers[0] for label in lines if label.who.is_name}
        self._mentioned = self._spoken_of()
        self._initialled = _initialled(
            label.who.name for label in marked if label.who.is_name or label.who.name.isascii()
        )
        self._opened = {label.numbers[0] for label in marked if label.opens}
        self._foot = self._footed()
        self._has_stories = any(
            front_matter.is_related(text) for number, text in texts.items() if number >= self._foot
        )
        named = (label.who.name for label in marked if label.who.is_name and len(label.who.name) > 1)
        self._surnames = {family_name(name) or name[0] for name in named}
        self._sure = {label.who.name for label in sure if not self.is_headline(label)}
        self.colons_are_labels = opening > 2 and len(self._sure) > 1
        self.lines_are_labels = sum(label.who.sure for label in lines) > 2
        self._trading = self._traders(marked)
        known = [label for label in marked if self._is_known(label) and self.is_home(label)]
        self._standing = Counter(label.is_alone for label in known)
        self._brackets = sum(label.is_bracketed and label.opens for label in known)
        openings = {label.numbers for label in known}
        self.is_dialogue = len(openings) * 10 >= 6 * len(self._numbers) and len(self._times) > 1

    def is_home(self, label: Label) -> bool:
        """Whether it stands where this document's labels stand."""
        return label.opens or self.is_run_together

    def is_explained(self, label: Label) -> bool:
        """Whether the legend explains it."""
        name = label.who.name
        return label.text in self._legend.aliases or name in self._legend.aliases or name in self._initialled

    def is_sure_elsewhere(self, label: Label) -> bool:
        """Whether a label that needs no proof names the same person."""
        return label.who.name in self._sure

    def is_mentioned(self, label: Label) -> bool:
        """Whether the text speaks of the person apart from this kind of label."""
        name = label.who.name
        return name in self._mentioned or (label.who.is_name and not label.is_marked and name in self._times)

    def is_surname(self, label: Label) -> bool:
        """Whether it is the surname of somebody who is labelled in full: 钱, 东方, 濮阳副主任."""
        return _HONOURED.sub("", label.who.name) in self._surnames

    def times(self, label: Label) -> int:
        """How often its name is labelled so, if these are labels."""
        if label.is_marked:
            return self._times[label.who.name]
        return self._line_times[_kind_of_machine(label.who.name)]

    def trades(self, label: Label) -> bool:
        """Whether its turns ask, or stand behind other people's questions, more often than not."""
        return label.who.name in self._trading

    def others_stand_so(self, label: Label) -> bool | None:
        """Whether known labels stand, like this one, on lines of their own or not; None if there are none."""
        like, unlike = self._standing[label.is_alone], self._standing[not label.is_alone]
        return like > 1 if max(like, unlike) > 1 else None

    def stands_in_brackets_too(self, label: Label) -> bool:
        """Whether it stands in brackets where a paragraph opens, and so do known labels."""
        return label.is_bracketed and label.opens and self._brackets > 2

    def is_last(self, label: Label) -> bool:
        """Whether it is the document's last line, and nothing shows that it labels anything."""
        return label.is_alone and not label.is_marked and label.numbers[-1] == self._numbers[-1]

    def is_listed(self, label: Label) -> bool:
        """Line under line of names without a colon is a list of who was present."""
        if not label.is_alone:
            return False
        above = label.numbers[0] - 1 in self._lines_of_names
        below = label.numbers[-1] + 1 in self._lines_of_names
        if label.is_marked:
            return below and label.numbers[-1] + 2 in self._lines_of_names
        return (above or below) and not label.is_doubled

    def is_headline(self, label: Label) -> bool:
        """外交部：赞赏…: words before a colon and no sentence behind it are a headline, first or last."""
        if label.is_alone or not label.is_marked:
            return False
        if label.who.role == "questioner":  # 网友小鱼：写得真好, under other stories
            return self._has_stories and label.numbers[0] >= self._foot
        rest = self._texts[label.numbers[0]][label.end : label.end + 60].rstrip()
        return len(rest) <= _HEADLINE and (self._is_title(label, rest) or self._is_story(label, rest))

    def _is_title(self, label: Label, rest: str) -> bool:
        """Whether the document opens with it, and goes on without labels."""
        is_first = label.numbers[0] == self._numbers[0] and len(self._numbers) > 3
        if not is_first or rest.endswith(("。", "！")) or (label.who.sure and rest.endswith(("？", "?"))):
            return False
        return not label.opens or self._numbers[1] not in self._opened

    def _is_story(self, label: Label, rest: str) -> bool:
        """Whether it stands where a page only names other stories."""
        if label.numbers[0] >= self._foot:
            return True
        if self.is_explained(label) or label.who.sure or self._times[label.who.name] > 1:
            return False
        at = self._place[label.numbers[0]]
        return at > 0 and at * 10 >= 9 * len(self._numbers) and not rest.endswith(_STOPS)

    def said(self, label: Label) -> str:
        """What stands behind it, up to the next candidate of the same paragraph."""
        if label.is_alone:
            return self.below(label)
        number = label.numbers[-1]
        return self._texts[number][label.end : self._ends.get((number, label.start))].strip()

    def below(self, label: Label) -> str:
        """The paragraph under it."""
        at = self._place[label.numbers[-1]] + 1
        return self._texts[self._numbers[at]].strip() if at < len(self._numbers) else ""

    def greets(self, label: Label) -> bool:
        """Whether what stands behind it is how people begin to speak."""
        return lexicon.GREETING.search(self.said(label)[:_HEAD]) is not None

    def asks(self, label: Label) -> bool:
        """Whether what stands behind it asks."""
        return asks(self.said(label))

    def is_over_speech(self, label: Label) -> bool:
        """Whether the paragraph under it can be speech: a sentence, if short only under a label."""
        below = self.below(label)
        is_label = label.is_doubled or self.times(label) > 1 or label.who.role != "unknown"
        least = 4 if is_label else 15
        return len(below) >= 40 or (len(below) >= least and below.endswith(_ENDS)) or self.greets(label)

    def answers(self, before: Label | None, label: Label) -> bool:
        """Whether the turn before it asks."""
        if before is None:
            return False
        if before.who.role == "questioner":
            return True
        text = self._texts[before.numbers[-1]]
        end = label.start if before.numbers[-1] == label.numbers[0] else len(text)
        return asks(text[max(before.end, end - _TAIL) : end])

    def _is_known(self, label: Label) -> bool:
        """Whether it is a label whatever stands around it: it needs no proof, or recurs and is somebody."""
        who = label.who
        is_somebody = who.role != "unknown" or lexicon.ROLE_ONLY.match(who.name) or who.name in self._trading
        return who.name in self._sure or (self._times[who.name] > 1 and bool(is_somebody))

    def _footed(self) -> float:
        """The paragraph from which on a page only names other stories; beyond the last one if it does not."""
        foot = math.inf
        for number in reversed(self._numbers[len(self._numbers) // 2 :]):
            text = self._texts[number].strip()
            if front_matter.kind(text) == "footer" or front_matter.is_related(text):
                foot = number
            elif not front_matter.is_headline(text):
                break
        return foot

    def _traders(self, marked: Sequence[Label]) -> set[str]:
        """The names that talk with others: they ask or are asked, or take turns with names that recur too."""
        talks: Counter[str] = Counter()
        alternates: Counter[str] = Counter()
        before: Label | None = None
        for label in marked:
            if not self.is_home(label):
                continue
            name = label.who.name
            is_next = before is not None and before.who.name != name
            talks[name] += self.asks(label) or (is_next and self.answers(before, label))
            alternates[name] += before is not None and is_next and self._times[before.who.name] > 2
            before = label
        return {
            name
            for name, times in self._times.items()
            if talks[name] * 2 >= times or (times > 2 and alternates[name] * 4 >= 3 * times)
        }

    def _spoken_of(self) -> set[str]:
        """The names that the text uses apart from its labels."""
        names = Counter(label.who.name for label in self._labels if len(label.who.name) > 1)
        if not names or len(names) > _MOST_NAMES:
            return set()
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        seen = Counter(match.group() for text in self._texts.values() for match in pattern.finditer(text))
        written = Counter(label.who.name for label in self._labels if label.who.name in label.text)
        return {name for name in names if seen[name] > written[name]}


def asks(text: str) -> bool:
    """Whether words end in a question.

    >>> asks("他说“来了吗？”"), asks("来了。")
    (True, False)
    """
    return _QUESTION.search(text[-_TAIL:]) is not None


def _initialled(names: Iterable[str]) -> set[str]:
    """The names that stand both in full and as initials: CLARA GREEN and CG, 李雷 and LL."""
    known = set(names)
    short = {name for name in known if lexicon.INITIALS.match(name)}
    full = {name: initials(name) for name in known if len(name) > 1} if short else {}
    return {each for name, letters in full.items() if letters in short - {name} for each in (letters, name)}


def _kind_of_machine(name: str) -> str:
    """Speaker 1 and Speaker 2 are one habit; any other name is its own."""
    return re.sub(r"[\dA-Z]{1,3}$", "", name) if lexicon.MACHINE.match(name) else name
