"""What is not speech is set aside with its kind, and nothing is dropped."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from summarizer.transcript import read
from summarizer.values import Transcript

DATA = Path(__file__).parent / "data"
PAGES = tomllib.loads((DATA / "front.toml").read_text(encoding="utf-8"))["page"]
TEXTS = sorted(path for path in DATA.glob("transcripts/*/*") if path.suffix in (".txt", ".md", ".html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_what_is_set_aside(page: dict[str, str]) -> None:
    front = read(page["source"].encode(), path="x.txt").front
    aside = [f"{part.paragraph} {part.kind} | {part.text}" for part in front]
    assert len(aside) == len(page["front"]), aside
    for found, expected in zip(aside, page["front"], strict=True):
        assert found.startswith(expected)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_paragraph_is_speech_or_label_or_front(path: Path) -> None:
    transcript = read(path.read_bytes(), path=path.name)
    seen = {part.paragraph for part in transcript.front}
    for turn in transcript.turns:
        seen.update(turn.label_paragraphs)
        seen.update(number for passage in turn.passages for number in passage.paragraphs)

    assert seen == {paragraph.number for paragraph in transcript.paragraphs}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_word_is_said_twice_and_only_labels_go_unsaid(path: Path) -> None:
    transcript = read(path.read_bytes(), path=path.name)
    whole = words(*(paragraph.text for paragraph in transcript.paragraphs))
    kept = words(*(part.text for part in transcript.front)) + words(*spoken(transcript))
    labels = words(*(label for turn in transcript.turns for label in naming(transcript, turn.speaker)))

    assert kept - whole == Counter()
    assert whole - kept - labels == Counter()


def words(*texts: str) -> Counter[str]:
    """The Chinese characters of some texts."""
    return Counter(character for text in texts for character in text if "\u3400" <= character <= "\u9fff")


def spoken(transcript: Transcript) -> list[str]:
    return [passage.text for turn in transcript.turns for passage in turn.passages]


def naming(transcript: Transcript, speaker: str) -> list[str]:
    """Everything a label may say of a speaker."""
    person = next(one for one in transcript.speakers if one.id == speaker)
    return [*person.labels, person.name, person.title or "", "以下简称发言"]
