"""Whether a page is of its source as that stands today: told from the two files alone, and from nothing else.

The front matter of a page holds the digest of its source and the signature. What of a signature can be told
before anything is made is computed again from the source; the rest follows from it.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from summarizer import files
from summarizer.provenance import is_of, known_inputs
from summarizer.termbase import mentioned
from summarizer.values import Term

_HEAD = 64_000  # bytes of a page in which its front matter ends
_FRONT = re.compile(rb"\A(?:\xef\xbb\xbf)?---\r?\n(.*?)\n---\r?\n", re.DOTALL)
_KEY = re.compile(rb'^ {0,2}(path|sha256|encoding|signature): "([^"\n]*)"\r?$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Raw:
    """A source and what an editor rules on it, as they stand on the disk at one moment."""

    data: bytes
    rulings: str | None


def raw(source: Path) -> Raw:
    """Read a source and its rulings.

    Raises:
        RefusedInputError: One of them cannot be read.
    """
    beside = source.with_suffix(".toml")
    return Raw(files.read_bytes(source), files.read_text(beside) if beside.is_file() else None)


def inputs(stood: Raw, encoding: str, terms: Iterable[Term]) -> tuple[str, ...]:
    """Give the parts of a signature that a source, read with *encoding*, and its rulings decide."""
    return known_inputs(mentioned(terms, stood.data.decode(encoding, "ignore")), stood.rulings)


def front_matter(page: Path) -> dict[str, str]:
    """Read from the head of a page what it says of its source, and its signature."""
    try:
        with page.open("rb") as file:
            front = _FRONT.match(file.read(_HEAD))
    except OSError:
        return {}
    found = _KEY.findall(front[1]) if front else []
    return {name.decode(): value.decode("utf-8", "replace") for name, value in found}


def is_current(source: Path, page: Path, terms: Iterable[Term], *, may_lack: bool = False) -> bool:
    """Whether a page lacks nothing and is of its source, its rulings and its termbase as they stand today.

    Args:
        source: The transcript.
        page: Its brief; it may be missing.
        terms: The termbase.
        may_lack: Whether a page that lacks something will do.

    Raises:
        RefusedInputError: The source or its rulings cannot be read.
    """
    told = front_matter(page)
    if not {"sha256", "signature"} <= told.keys():
        return False
    stood = raw(source)
    if hashlib.sha256(stood.data).hexdigest() != told["sha256"]:
        return False
    try:
        today = inputs(stood, told.get("encoding", "utf-8"), terms)
    except LookupError:  # an encoding that somebody edited
        return False
    return is_of(told["signature"], today, may_lack=may_lack)
