"""Paths to transcripts: a source and what its editor rules on it."""

from pathlib import Path

from summarizer import files, rulings
from summarizer import transcript as reading
from summarizer.errors import RefusedInputError
from summarizer.settings import Settings, shown
from summarizer.values import Rulings, Transcript


def read(path: Path, settings: Settings) -> tuple[str, Transcript, Rulings]:
    """Read a transcript and what its editor rules: slug, transcript, rulings.

    Raises:
        RefusedInputError: The file or its rulings cannot be used.
    """
    beside = path.with_suffix(".toml")
    where = shown(beside, settings)
    known = Rulings()
    if beside.is_file():
        known = rulings.parse(files.load_toml(files.read_text(beside), where), where)
    transcript = reading.read(
        files.read_bytes(path),
        path=shown(path, settings),
        rulings=known,
        encoding=settings.encoding,
        repair=settings.repair,
    )
    return files.slug(path), transcript, known


def speech(path: Path, settings: Settings) -> tuple[str, Transcript, Rulings]:
    """Read a transcript in which somebody speaks.

    Raises:
        RefusedInputError: Nobody does, or the file or its rulings cannot be used.
    """
    slug, transcript, known = read(path, settings)
    if not transcript.turns:
        raise RefusedInputError(
            f"{transcript.source.path}: nobody speaks in this file: all of its {len(transcript.paragraphs)} "
            "paragraphs were set aside. 'summarizer inspect' says as what."
        )
    return slug, transcript, known


def kept(data: bytes, slug: str, settings: Settings) -> Path:
    """Keep a transcript that came without a file as seeds/<slug>.txt, so that its page can be checked later.

    Raises:
        RefusedInputError: It cannot be read, or another transcript has the name; nothing was kept.
    """
    path = settings.project / "seeds" / f"{slug}.txt"
    reading.read(data, path=shown(path, settings), rulings=Rulings(), encoding=settings.encoding)
    files.keep_bytes(path, data)
    return path
