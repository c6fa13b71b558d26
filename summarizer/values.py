"""The values the steps hand to one another: frozen, slotted, without behaviour.

Names follow the field: turn (TEI ``u``), segment and its states (XLIFF 2), claim and
quote (W3C TextQuoteSelector), severity (MQM). This module imports nothing of ours.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["questioner", "answerer", "moderator", "unknown"]
FrontKind = Literal[
    "title", "byline", "lede", "caption", "heading", "footer", "legend", "clock", "stage", "page", "other"
]
Task = Literal["terms", "translate", "summarize", "overview", "repair"]
State = Literal["initial", "translated", "reviewed", "final"]
Severity = Literal["minor", "major", "critical"]
UnitKind = Literal["headline", "deck", "glance", "speaker", "claim", "segment"]


# --- the transcript -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The file a transcript was read from."""

    path: str  # relative to the project root, POSIX
    sha256: str  # of the bytes as they stand on disk
    encoding: str  # the Python codec name that decoded them
    characters: int  # after decoding, white space included
    lang: str  # BCP 47: "zh-Hans" or "zh-Hant"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph of the file as it stands; what a citation names as ¶12."""

    number: int  # from 1, in file order
    line: int | None  # from 1; None where the file has no lines
    text: str


@dataclass(frozen=True, slots=True)
class Front:
    """A paragraph, or a part of one, that is not speech."""

    paragraph: int
    kind: FrontKind
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, under all the labels they have in the file."""

    id: str  # slug of the romanised name, with an ordinal on collision
    name: str  # as the source writes it: 朱晨, 记者
    title: str | None  # full, as the source writes it
    organisation: str | None
    role: Role
    romanized: str | None  # "Zhu Chen"; None for 记者 and for what cannot be romanised
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One logical paragraph of speech: one source paragraph, several joined, or a part of one."""

    id: str  # "p10", named after its first paragraph; "p1.7"; a part of an overlong one "p12/1"
    paragraphs: tuple[int, ...]  # in reading order: (37, 31)
    text: str  # without the speaker's label


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted stretch."""

    speaker: str  # Speaker.id
    label_paragraphs: tuple[int, ...]  # empty where the label is inline
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """A correction of the source's extraction damage, applied or only offered."""

    kind: Literal["join", "move"]
    paragraphs: tuple[int, ...]
    after: int | None  # a move's new predecessor
    applied: bool
    confidence: float  # 0..1
    evidence: tuple[str, ...]  # in words an editor understands


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that nearly were, or nearly were not, taken for a speaker's label."""

    paragraph: int
    words: str
    is_label: bool  # what they were taken for


@dataclass(frozen=True, slots=True)
class Transcript:
    """A source file, read: every paragraph, who speaks, in which order, what was mended."""

    source: Source
    title: str | None
    paragraphs: tuple[Paragraph, ...]  # file order
    front: tuple[Front, ...]  # file order
    speakers: tuple[Speaker, ...]  # in order of first speech
    turns: tuple[Turn, ...]  # reading order
    repairs: tuple[Repair, ...]
    broken_off: tuple[int, ...] = ()  # numbers of paragraphs that go on somewhere, nobody knows where
    date: str | None = None  # ISO, where a web page or a Markdown file says it
    publisher: str | None = None
    doubts: tuple[Doubt, ...] = ()


# --- what an editor knows and rules (seeds/<slug>.toml) ----------------------------------------


@dataclass(frozen=True, slots=True)
class SpeakerRuling:
    """An editor's word on a person; it beats the termbase and the model."""

    zh: str
    en: str | None = None
    title_en: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class RepairRuling:
    """An editor's word on one repair."""

    kind: Literal["join", "move"]
    paragraphs: tuple[int, ...]
    decision: Literal["apply", "reject"]
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    """One finding silenced, for as long as the digest of both texts holds."""

    unit: str
    check: str
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """Everything an editor knows about one transcript; all of it optional."""

    title_en: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    speakers: tuple[SpeakerRuling, ...] = ()
    repairs: tuple[RepairRuling, ...] = ()
    ignore: tuple[Ignore, ...] = ()


# --- asking ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and its approved target (TBX)."""

    zh: str
    en: str
    kind: str  # "person", "office", "body", "law", "phrase", …
    origin: str  # who vouches: "termbase", "ruling", "roster" or "model"
    forbidden: tuple[str, ...] = ()  # renderings that are not to be used


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a model made of the names and terms of a document, or of a part of a long one."""

    recipe: str
    names: Mapping[str, tuple[str, str]]  # speaker id: English name and title, as generated
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What fits in one request: whole consecutive turns, or a part of one long turn."""

    id: str  # "c1", in reading order
    turns: tuple[Turn, ...]
    tokens: int  # of the passages' source text


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt file with the JSON schema its answers obey."""

    task: Task
    text: str
    schema: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Model:
    """The model that is asked and the parameters that change what it answers."""

    name: str
    effort: str | None  # reasoning_effort; None sends none


@dataclass(frozen=True, slots=True)
class Request:
    """A filled template, ready to send."""

    slug: str
    task: Task
    units: tuple[str, ...]  # the ids it asks for: passages, one speaker, or the task itself
    body: dict[str, Any]  # the Chat Completions body, exactly
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, before anyone has believed a word of it."""

    text: str
    model: str  # as the answer names it
    finish_reason: str | None
    refusal: str | None
    prompt_tokens: int | None
    completion_tokens: int | None


EventKind = Literal["begun", "sent", "stored", "retried", "waiting", "failed", "ended"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run, for whoever watches it.

    A transcript is ``begun`` and ``ended``; a request is ``sent``, and then ``stored`` or ``failed``, after
    having been ``retried`` any number of times; ``waiting`` is the whole run, because the endpoint said so.
    """

    kind: EventKind
    slug: str = ""
    task: Task | None = None
    units: tuple[str, ...] = ()
    prompt_tokens: int = 0  # of what was stored
    completion_tokens: int = 0
    cached_tokens: int = 0  # of the prompt, read from the provider's cache
    cost_usd: float | None = None  # of what was stored; None if the price is not known
    seconds: float = 0.0  # waited or to wait
    detail: str = ""  # a sentence: why it was retried or failed, what became of a transcript


Complete = Callable[[Request], Awaitable[Answer]]
CountTokens = Callable[[str], int]


# --- what will be said -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage (or a translated piece of front matter) with its target."""

    id: str
    paragraphs: tuple[int, ...]
    speaker: str | None  # None for front matter
    source: str
    target: tuple[str, ...]  # one English sentence each; empty while initial
    state: State
    missing: str | None = None  # why there is no target


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a summary with the passages it rests on and the words that bear it out."""

    id: str
    speaker: str | None  # None at a glance
    en: str
    zh: str
    passages: tuple[str, ...]
    quotes: tuple[str, ...]  # verbatim source words, at least one


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A speaker as the page introduces them."""

    speaker: str
    name_en: str
    name_zh: str
    title_en: str | None
    title_zh: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the key figures: read in the source, rendered without a model."""

    passage: str
    speaker: str
    source: str
    value: str
    english: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports."""

    unit: str
    paragraphs: tuple[int, ...]
    check: str
    severity: Severity
    message: str
    source: str
    target: str
    ignored: str | None = None  # the reason an editor gave


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a brief may say, before anyone has checked it."""

    transcript: Transcript
    roster: tuple[RosterEntry, ...]
    headline: str
    headline_zh: str
    deck: str
    glance: tuple[Claim, ...]
    claims: tuple[Claim, ...]
    segments: tuple[Segment, ...]
    terms: tuple[Term, ...]  # every entry that may have been used
    models: tuple[str, ...]  # as the answers name them
    instructions: tuple[str, ...] = ()  # what the model was told, in case it repeats it
    made_from: str = ""  # the digest of the source that a page says it was made from
    printed: Mapping[str, str] = field(default_factory=dict)  # the Chinese on a page, by unit
    unread: tuple[tuple[str, str], ...] = ()  # what on a page can be read as no unit: its likely id, and why


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the checks looked at."""

    claims: int
    citations: int
    quotes_exact: int
    quantities_source: int
    quantities_matched: int
    segments: int


@dataclass(frozen=True, slots=True)
class Support:
    """How much of what was answered the claims rest on."""

    answers: tuple[tuple[int, int], ...]  # for each third of the transcript: answers cited, answers
    uncited: tuple[str, ...]  # passages of answers that no claim cites


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with what the checks found in it."""

    draft: Draft
    findings: tuple[Finding, ...]
    counts: Counts
    support: Support


@dataclass(frozen=True, slots=True)
class Approval:
    """What a person put their name to: a unit or, as "", the whole page."""

    by: str
    on: str  # a date, as the person gave it; "" where none was given
    digest: str  # of the text and the source as they were


@dataclass(frozen=True, slots=True)
class Signed:
    """An approval as it stands today."""

    unit: str  # "" is the whole page
    approval: Approval
    is_void: bool  # whether text or source changed since


@dataclass(frozen=True, slots=True)
class Brief:
    """What the page will say, in the page's own order."""

    rulings: Rulings
    checked: Checked
    title: str
    claims: tuple[Claim, ...]  # those that stand
    withdrawn: tuple[Claim, ...]  # those that left their section, for Findings
    glance: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    signature: str
    approvals: tuple[Signed, ...] = ()  # of the whole page first, then of single units
