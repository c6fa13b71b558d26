"""Candidates to labels: weigh what speaks for each one, and keep those that weigh enough.

A wrong speaker is the worst error this tool can make and an invented one the second worst.
A form that suffices by itself (an outlet's reporter, an office with a name) is nearly enough;
anything else has to be borne out by the document. A candidate that comes near :data:`ENOUGH`
from either side is a doubt, and the editor is told of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.names import holds
from summarizer.transcript import lexicon, vocabulary
from summarizer.transcript.habits import Habits
from summarizer.transcript.labels import Label
from summarizer.transcript.legend import Legend
from summarizer.transcript.persons import Who
from summarizer.values import Doubt

ENOUGH = 2.25
_NEAR, _BELOW = 0.5, 1.5  # above and below it

# What a form is worth by itself.
_SURE, _NAME, _CHAIR, _PART, _SOMEBODY, _NICKNAME = 3.5, 1.5, 1.5, 1.0, 0.5, 0.0
_OFFICE = 1.75  # of a body that is named with it
_POINTED = 2.0  # a name with a point in it, which no word has
_SURNAME = 2.0  # of somebody who is labelled in full
_WORDING = 0.25  # a name that is also a word, or begins with one
_UNPROVEN = -0.25  # a name in traditional characters, of whose words the dictionary knows few
# What the document says of a label with a colon.
_EXPLAINED = 4.0  # by the legend, or the same person stands elsewhere under a sure label
_MENTIONED = 0.75
_AGAIN, _MOST_TIMES = 0.75, 4
_AT_HOME, _AWAY = 0.5, -0.5
_LIKE_OTHERS, _UNLIKE_OTHERS = 0.5, -0.5
_BRACKETED = 1.5  # it stands in brackets at the beginning of a paragraph, as other labels do
_IN_DIALOGUE = 0.75  # nearly every paragraph opens with a label
_ANSWERS, _ASKS, _GREETS = 1.0, 0.75, 1.0
_UNHEARD = -0.5  # it stands once, and nobody speaks to that person or of them
_QUOTES = -1.5  # what follows is in quotation marks: 某县长说：「…」
_NEVER_TRADES, _NOBODY_TRADES = -1.0, -2.0  # it recurs, and neither asks nor answers; and is no name
# And of a line without one.
_SURE_LINE, _NAME_LINE, _PART_LINE, _OTHER_LINE = 1.5, 0.5, 0.75, -1.0
_LINE_AGAIN, _MOST_LINES = 1.0, 3
_OVER_SPEECH, _OVER_NOTHING, _OVER_GREETING = 1.0, -1.5, 0.5
_DOUBLED = 2.5  # the name stands twice, one line under the other, as SayIt prints it
_LINES_ARE_LABELS, _COLONS_ARE_LABELS = 0.75, -1.5
_LONGEST_LINE = 20  # characters of a line that names no person


@dataclass(frozen=True, slots=True)
class Verdict:
    """The labels of a document, in file order, and what was nearly otherwise."""

    labels: tuple[Label, ...]
    doubts: tuple[Doubt, ...]


def judge(candidates: Sequence[Label], texts: Mapping[int, str], legend: Legend) -> Verdict:
    """Weigh the candidates of a document.

    Args:
        candidates: As :func:`~summarizer.transcript.labels.find` gives them.
        texts: The text of each paragraph, by its number.
        legend: What the document says of its labels.
    """
    usable = [label for label in candidates if not set(label.numbers) & legend.paragraphs]
    habits = Habits(usable, texts, legend)
    weighed: list[tuple[Label, float]] = []
    before: Label | None = None
    for label in usable:
        weight = _weigh(label, before, habits)
        weighed.append((label, weight))
        before = label if weight >= ENOUGH else before
    # What is a label in one place is one wherever it stands so; a headline or a list, at 0, never is.
    believed = {_look(label) for label, weight in weighed if weight >= ENOUGH and label.opens}
    kept: list[Label] = []
    doubts: list[Doubt] = []
    for label, weight in weighed:
        is_label = weight >= ENOUGH or (weight != 0 and label.opens and _look(label) in believed)
        if is_label:
            kept.append(label)
        if -_BELOW < weight - ENOUGH < _NEAR:
            doubts.append(Doubt(label.numbers[0], label.text, is_label))
    return Verdict(tuple(kept), tuple(doubts))


def _look(label: Label) -> tuple[str, bool, bool]:
    return label.text, label.is_marked, label.is_alone


def _weigh(label: Label, before: Label | None, habits: Habits) -> float:
    """How much speaks for *label*, where *before* is the last candidate that was kept."""
    if habits.is_last(label) or habits.is_headline(label) or habits.is_listed(label):
        return 0.0
    if before is not None and before.numbers[-1] == label.numbers[0] and before.end == label.start:
        return 0.0  # 主持人：韩局长：您好！ is spoken to somebody
    weight = _EXPLAINED if habits.is_explained(label) else 0.0
    # A word is spoken of without being anybody.
    is_spoken_of = habits.is_mentioned(label) and not vocabulary.is_word(label.who.name)
    if is_spoken_of and (not label.is_marked or _form(label, habits) > _NICKNAME):
        weight += _MENTIONED
    if habits.is_sure_elsewhere(label):
        weight += _EXPLAINED if label.is_marked else _MENTIONED
    if not label.is_marked:
        return weight + _line(label, habits)
    exchange = _exchange(label, before, habits)
    if label.who.role == "unknown" and habits.times(label) == 1 and weight == exchange == 0:
        exchange = _UNHEARD
    return weight + _form(label, habits) + _habit(label, habits) + exchange


def _form(label: Label, habits: Habits) -> float:
    """What the words of a label are worth by themselves."""
    who = label.who
    if who.sure:
        return _SURE
    if habits.is_surname(label):
        return _SURNAME
    if who.is_name:
        return _name(who.name)
    return _part(who)


def _part(who: Who) -> float:
    """What a label is worth that names nobody."""
    if who.role == "moderator":
        return _CHAIR
    if lexicon.OFFICE_OF.match(who.name):
        return _OFFICE
    if who.role != "unknown" or lexicon.ROLE_ONLY.match(who.name):
        return _PART
    return _SOMEBODY if lexicon.LETTERED.match(who.name) or lexicon.AGENT.match(who.name) else _NICKNAME


def _name(name: str) -> float:
    if "·" in name:
        return _POINTED
    if vocabulary.is_wording(name):
        return _WORDING
    return _NAME if holds("gb2312", name) else _NAME + _UNPROVEN


def _habit(label: Label, habits: Habits) -> float:
    """Whether it stands where labels stand in this document, and how often."""
    times = habits.times(label)
    weight = _AGAIN * max(0, min(times, _MOST_TIMES) - 1)
    weight += _AT_HOME if habits.is_home(label) else _AWAY
    if habits.is_dialogue and habits.is_home(label):
        weight += _IN_DIALOGUE
    if times > 2 and not label.who.sure and not habits.trades(label):
        is_likely = _form(label, habits) > _WORDING or (label.is_alone and habits.others_stand_so(label))
        weight += _NEVER_TRADES if is_likely else _NOBODY_TRADES
    weight += _BRACKETED if habits.stands_in_brackets_too(label) else 0.0
    like = habits.others_stand_so(label)
    return weight + (0.0 if like is None else _LIKE_OTHERS if like else _UNLIKE_OTHERS)


def _exchange(label: Label, before: Label | None, habits: Habits) -> float:
    """Whether what stands around it is one person speaking to another."""
    weight = _ANSWERS if habits.answers(before, label) else 0.0
    weight += _ASKS if habits.asks(label) else 0.0
    weight += _GREETS if habits.greets(label) else 0.0
    return weight + (_QUOTES if habits.said(label).startswith(("“", "「", "『", '"')) else 0.0)


def _line(label: Label, habits: Habits) -> float:
    """What a line without a colon is worth: it stands over speech, and lines are labels here."""
    who = label.who
    if not habits.below(label) or (not who.is_name and len(label.text) > _LONGEST_LINE):
        return 0.0
    weight = _line_form(label)
    weight += _LINE_AGAIN * max(0, min(habits.times(label), _MOST_LINES) - 1)
    if habits.is_over_speech(label):
        weight += _OVER_SPEECH
    elif habits.times(label) < _MOST_LINES:
        weight += _OVER_NOTHING
    weight += _OVER_GREETING if habits.greets(label) else 0.0
    weight += _DOUBLED if label.is_doubled else 0.0
    weight += _LINES_ARE_LABELS if habits.lines_are_labels else 0.0
    return weight + (_COLONS_ARE_LABELS if habits.colons_are_labels else 0.0)


def _line_form(label: Label) -> float:
    who = label.who
    if who.sure:
        return _SURE_LINE
    if who.is_name or lexicon.MACHINE.match(who.name):
        return _NAME_LINE
    return _PART_LINE if who.role != "unknown" or lexicon.ROLE_ONLY.match(who.name) else _OTHER_LINE
