"""Paths to text and back: the only door to the disk, and to YAML and TOML on it.

What is read is limited and refused with a sentence that says what to do. What is
written is either the old file or the new one, never a torn one, and a file whose
bytes would not change is not touched, so that a warm rerun leaves no trace.
"""

import contextlib
import hashlib
import os
import secrets
import stat
import tempfile
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import RefusedInputError, SummarizerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIMIT = 20_000_000  # bytes; the longest press conference seen is a thousandth of it
_DEPTH = 64  # of nested YAML; a few thousand brackets exhaust Python's stack
_SLUG_BYTES = 60
_TEMPORARY = ".summarizer-"
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)


def read_bytes(path: Path) -> bytes:
    """Read a file of at most 20 MB.

    Args:
        path: Where it is.

    Returns:
        Its bytes as they stand.

    Raises:
        RefusedInputError: It is missing, a directory, too large, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LIMIT + 1)
    except FileNotFoundError:
        raise RefusedInputError(f"{path}: no such file; check the spelling and the directory") from None
    except IsADirectoryError:
        raise RefusedInputError(f"{path}: is a directory, expected a file; name a file inside it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise RefusedInputError(f"{path}: cannot be read: {_reason(error)}") from None
    if len(content) > _LIMIT:
        raise RefusedInputError(f"{path}: larger than {_LIMIT:,} bytes; split it or check that it is text")
    return content


def read_text(path: Path) -> str:
    r"""Read a UTF-8 file of ours; its newlines stay as they are, ``\r\n`` too.

    Args:
        path: Where it is.

    Returns:
        Its text, of which the encoded bytes are the file's.

    Raises:
        RefusedInputError: As for :func:`read_bytes`, or the file is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedInputError(
            f"{path}: not UTF-8 at byte {error.start} ({error.reason}); save it as UTF-8"
        ) from None


def write_atomically(path: Path, text: str) -> bool:
    """Write *text* as UTF-8 so that a crash leaves the old file or the new one.

    Args:
        path: Where to; missing directories above it are made.
        text: The whole content.

    Returns:
        False if the file holds these bytes already; then nothing is touched.

    Raises:
        RefusedInputError: A symbolic link or a directory stands there.
        SummarizerError: The disk is full, or the place cannot be written to.
    """
    return write_together({path: text})


def write_together(texts: "Mapping[Path, str]") -> bool:
    """Write several files of one directory, each as the old one or the new one, all or nearly all at once.

    Everything is on the disk under another name before the first file is replaced. Whoever is stopped between
    two of them leaves such a name behind, and :func:`leftovers` tells.

    Args:
        texts: The whole content of each file, in the order in which they are replaced.

    Returns:
        False if all files hold these bytes already; then nothing is touched.

    Raises:
        RefusedInputError: A symbolic link or a directory stands at one of the places.
        SummarizerError: The disk is full, or a place cannot be written to.
    """
    changed = {path: text.encode("utf-8") for path, text in texts.items() if not _holds(path, text)}
    prepared: dict[Path, Path] = {}
    for path, content in changed.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            prepared[path] = _prepared(path, content)
        except OSError as error:
            discard(prepared.values())
            raise SummarizerError(
                f"{path}: cannot be written: {_reason(error)}; nothing was changed"
            ) from error
        except BaseException:
            discard(prepared.values())
            raise
    for number, (path, temporary) in enumerate(prepared.items()):
        try:
            temporary.replace(path)
        except OSError as error:
            done = f"{number} of {len(prepared)} files were replaced; run again"
            if not number:
                discard(prepared.values())
                done = "nothing was changed"
            raise SummarizerError(f"{path}: cannot be written: {_reason(error)}; {done}") from error
    for directory in {path.parent for path in prepared}:
        try:
            _settle(directory)
        except OSError as error:
            raise SummarizerError(
                f"{directory}: the files were replaced, but the disk does not say so: {_reason(error)}"
            ) from error
    return bool(changed)


def rescue(line: str) -> Path | None:
    """Append a line to a file for what could not be stored; None if no place takes it."""
    for directory in (Path(), Path(tempfile.gettempdir())):
        path = directory / "summarizer-rescued.jsonl"
        with contextlib.suppress(OSError), path.open("a", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
            return path
    return None


def keep_bytes(path: Path, content: bytes) -> None:
    """Write bytes to a file that is not there yet.

    Raises:
        RefusedInputError: Another file has that name.
        SummarizerError: It cannot be written.
    """
    if path.exists():
        if read_bytes(path) != content:
            raise RefusedInputError(f"{path}: another file has this name; give another --slug")
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _prepared(path, content).replace(path)
    except OSError as error:
        raise SummarizerError(f"{path}: cannot be written: {_reason(error)}") from error


def leftovers(directory: Path) -> dict[str, list[Path]]:
    """Find what stopped runs left behind while writing, by the stem of the files it was meant for."""
    found: dict[str, list[Path]] = {}
    for path in directory.glob(f"{_TEMPORARY}*.tmp"):
        name = path.stem.removeprefix(_TEMPORARY).rpartition("-")[0]
        found.setdefault(Path(name).stem.removesuffix(".proposed"), []).append(path)
    return found


def discard(paths: "Iterable[Path]") -> None:
    """Take files away as far as that can be done."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def load_yaml(text: str, where: str) -> Any:
    r"""Read YAML 1.2 as plain values; dates stay the text they are written as.

    >>> load_yaml("date: 2021-07-07\nanswer: NO\n", "termbase.yaml")
    {'date': '2021-07-07', 'answer': 'NO'}

    Args:
        text: One YAML document.
        where: How messages name it.

    Returns:
        Dictionaries, lists, strings, numbers, booleans and None.

    Raises:
        RefusedInputError: It is not YAML, or it has duplicate keys, anchors, aliases, tags of
            other languages, another YAML version or deep nesting.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow to import, and many runs read no YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    yaml = YAML(typ="safe", pure=True)
    # A date is data that JSON has no word for; whoever wants one reads it from the text.
    builders = yaml.constructor.yaml_constructors
    as_text = builders["tag:yaml.org,2002:str"]
    yaml.constructor.yaml_constructors = {**builders, "tag:yaml.org,2002:timestamp": as_text}
    try:
        _refuse_events(yaml.parse(text), where)
        return yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" line {mark.line + 1}" if mark else ""
        raise RefusedInputError(f"{where}{line}: {error.problem or error.context}; mend the YAML") from None
    except (YAMLError, ValueError) as error:
        problem = str(error).partition("\n")[0]
        raise RefusedInputError(f"{where}: not YAML: {problem}; mend the file") from None


def load_toml(text: str, where: str) -> dict[str, Any]:
    """Read TOML.

    Args:
        text: One TOML document.
        where: How messages name it.

    Returns:
        Its tables.

    Raises:
        RefusedInputError: It is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RefusedInputError(f"{where}: not TOML: {error}; mend the file") from None


def slug(path: Path) -> str:
    """Make of a file's stem a name that is safe on every system and in every link.

    >>> slug(Path("seeds/记者会 ２.txt"))
    '记者会-2'
    >>> slug(Path("CON.txt"))
    'doc-a3dbc4b6'

    Args:
        path: The transcript's path; only its stem counts.

    Returns:
        At most 60 bytes of letters, digits, ``_``, ``-`` and ``.``; never hidden, never an option.
    """
    folded = unicodedata.normalize("NFKC", path.stem)
    kept = "".join(c if c.isalnum() or c in "_-." else "-" for c in folded).strip("-.")
    # Cut between characters: half of a Chinese one is no text.
    name = kept.encode("utf-8")[:_SLUG_BYTES].decode("utf-8", "ignore").rstrip("-.")
    if not name or name.partition(".")[0].lower() in _DEVICES:
        return "doc-" + hashlib.sha256(path.stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return name


def _holds(path: Path, text: str) -> bool:
    """Whether a file says just that already.

    Raises:
        RefusedInputError: What stands there is no file that is written to.
    """
    if path.is_symlink():
        raise RefusedInputError(f"{path}: is a symbolic link and is not written through; remove the link")
    if path.is_dir():
        raise RefusedInputError(f"{path}: is a directory, expected a file; choose another place")
    content = text.encode("utf-8")
    try:
        return path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError as error:
        raise SummarizerError(f"{path}: cannot be read: {_reason(error)}; nothing was changed") from error


def _prepared(path: Path, content: bytes) -> Path:
    """Write a file under another name beside its place, and wait until it is on the disk."""
    # The name says whose left-over it is if the process is killed here; .gitignore knows it.
    temporary = path.parent / f"{_TEMPORARY}{path.name}-{secrets.token_hex(4)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            if path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            os.fsync(file.fileno())
    except BaseException:
        discard([temporary])
        raise
    return temporary


def _settle(directory: Path) -> None:
    """Wait until the names in a directory are on the disk, so that they survive a power cut."""
    if hasattr(os, "O_DIRECTORY"):  # elsewhere a directory cannot be opened
        opened = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _refuse_events(events: "Iterable[Any]", where: str) -> None:
    """Refuse what is dangerous in YAML before any of it becomes a value."""
    depth = 0
    for event in events:
        line = f"{where} line {event.start_mark.line + 1}"
        if getattr(event, "anchor", None) is not None:
            raise RefusedInputError(f"{line}: anchors and aliases are not read; write the value out")
        if str(getattr(event, "version", None) or (1, 2)) not in {"(1, 2)", "1.2"}:
            raise RefusedInputError(f"{line}: only YAML 1.2 is read; remove the %YAML line")
        name = type(event).__name__
        depth += name in {"MappingStartEvent", "SequenceStartEvent"}
        depth -= name in {"MappingEndEvent", "SequenceEndEvent"}
        if depth > _DEPTH:
            raise RefusedInputError(f"{line}: nested more than {_DEPTH} deep; flatten it")


def _reason(error: Exception) -> str:
    """The system's own words on *error*, without the path that the message names already."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
