"""The transcripts that were written without sight of the reader, and how well one of them is read."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.transcript import read
from summarizer.values import Speaker, Transcript

DATA = Path(__file__).parent / "data" / "transcripts"
OPENING = 8  # characters that tell one turn from another


@dataclass(frozen=True, slots=True)
class Score:
    """How much of one transcript's structure was found."""

    name: str
    convention: str
    f1: float  # over the pairs (speaker, opening words) of its turns
    missing: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]


def expected(split: str) -> list[Path]:
    """The expected structures of the open or the sealed part, in order."""
    return sorted((DATA / split).glob("*.toml"))


def source(structure: Path) -> Path:
    """The transcript a structure is expected of."""
    return next(path for path in structure.parent.glob(f"{structure.stem}.*") if path != structure)


def score(structure: Path) -> Score:
    """Read a transcript, and compare its turns with the expected ones."""
    known = tomllib.loads(structure.read_text(encoding="utf-8"))
    path = source(structure)
    transcript = read(path.read_bytes(), path=path.name)
    labels = {person["name"]: person["labels"] for person in known["speakers"]}
    wanted = [(turn["speaker"], key(turn["opens"])[:OPENING]) for turn in known["turns"]]
    left = turns(transcript)
    missing = []
    for name, opens in wanted:
        same = (
            turn
            for turn in left
            if turn[1].startswith(opens) and is_same(turn[0], name, labels.get(name, ()))
        )
        if (match := next(same, None)) is not None:
            left.remove(match)
        else:
            missing.append((name, opens))
    right = len(wanted) - len(missing)
    f1 = 2 * right / (2 * right + len(missing) + len(left)) if right else 0.0
    extra = tuple((speaker.name, said[:OPENING]) for speaker, said in left)
    return Score(structure.stem, known["convention"], f1, tuple(missing), extra)


def turns(transcript: Transcript) -> list[tuple[Speaker, str]]:
    """Who speaks, and what they say, for every turn."""
    people = {speaker.id: speaker for speaker in transcript.speakers}
    return [
        (people[turn.speaker], key("".join(passage.text for passage in turn.passages)))
        for turn in transcript.turns
    ]


def is_same(found: Speaker, name: str, labels: Any) -> bool:
    """Whether a speaker is the one expected: by name, or where one side names a person by the label."""
    return key(name) in {key(found.name), *map(key, found.labels)} or key(found.name) in set(map(key, labels))


def key(words: str) -> str:
    """Words without white space and marks, which nobody hears."""
    return "".join(character for character in words if character.isalnum())
