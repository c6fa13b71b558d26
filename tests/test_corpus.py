"""Transcripts in as many conventions, written without sight of the reader, are heard as a person hears them."""

from pathlib import Path

import pytest

from . import corpus

OPEN, SEALED = corpus.expected("open"), corpus.expected("sealed")


@pytest.mark.parametrize("structure", [*OPEN, *SEALED], ids=lambda path: path.stem)
def test_no_transcript_is_misread(structure: Path) -> None:
    score = corpus.score(structure)

    assert score.f1 >= 0.75, (score.convention, score.missing, score.extra)


@pytest.mark.parametrize("split", [OPEN, SEALED], ids=["open", "sealed"])
def test_on_average_nearly_every_turn_is_found(split: list[Path]) -> None:
    assert len(split) >= 10
    assert sum(corpus.score(structure).f1 for structure in split) / len(split) >= 0.95
