"""Text to a number of tokens: the only door to tiktoken.

tiktoken downloads its vocabulary at first use, so a count would depend on the network.
The vocabulary is carried in the package instead, and its digest is the one that
tiktoken itself pins: a count is exact on every machine, or there is none.
"""

import functools
import hashlib
import re
import zlib
from base64 import b64encode
from importlib import resources
from typing import TYPE_CHECKING

from summarizer.errors import SummarizerError

if TYPE_CHECKING:
    import tiktoken

_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_SPECIALS = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}

# The split pattern of o200k_base, one alternative a line, as tiktoken_ext.openai_public has it.
_PATTERN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n/]*"
    r"|\s*[\r\n]+"
    r"|\s+(?!\S)"
    r"|\s+"
)

# At a million blanks the pattern's look-ahead exhausts its stack, and tiktoken panics with something
# that no `except Exception` catches. Half a million were fine; this leaves room.
_BLANKS_AT_ONCE = 100_000
_BLANKS = re.compile(r"\s+")


def count(text: str) -> int:
    """Count the tokens of *text* as o200k_base cuts it; special tokens in it are plain text.

    >>> count("我们")
    1

    Args:
        text: Any text; a run of more than 100,000 blanks is counted in pieces.

    Returns:
        The exact number, or for such a run a few more.

    Raises:
        SummarizerError: The vocabulary in the package is damaged.
    """
    return sum(len(encoding().encode_ordinary(piece)) for piece in _pieces(text))


@functools.cache
def encoding() -> "tiktoken.Encoding":
    """Rebuild o200k_base from the vocabulary in the package.

    Returns:
        The encoding, built once a process.

    Raises:
        SummarizerError: The vocabulary in the package is missing or damaged.
    """
    import tiktoken  # noqa: PLC0415 - a rerun that sends nothing must not pay for it

    return tiktoken.Encoding(
        name="o200k_base",
        pat_str=_PATTERN,
        mergeable_ranks=_ranks(),
        special_tokens=_SPECIALS,
    )


def _pieces(text: str) -> list[str]:
    """Cut over-long runs of blanks, and nothing else, so that the pieces joined are *text*."""
    if len(text) <= _BLANKS_AT_ONCE:
        return [text]
    pieces: list[str] = []
    at = 0
    # Every run is looked at, not only long ones: a pattern for long ones tries each place of a short one.
    for match in _BLANKS.finditer(text):
        blanks = match[0]
        if len(blanks) > _BLANKS_AT_ONCE:
            pieces.append(text[at : match.start()])
            pieces += (blanks[i : i + _BLANKS_AT_ONCE] for i in range(0, len(blanks), _BLANKS_AT_ONCE))
            at = match.end()
    return [*pieces, text[at:]]


def _ranks() -> dict[bytes, int]:
    """Unpack the vocabulary: a count, the length of each token, then all tokens, by rank."""
    try:
        packed = resources.files("summarizer").joinpath("data", "o200k_base.zlib").read_bytes()
        unpacked = zlib.decompress(packed)
    except (OSError, zlib.error) as error:
        raise SummarizerError(_damaged(str(error))) from error
    size = int.from_bytes(unpacked[:4], "big")
    ranks: dict[bytes, int] = {}
    at = 4 + size
    for rank, length in enumerate(unpacked[4 : 4 + size]):
        ranks[unpacked[at : at + length]] = rank
        at += length
    text_form = b"".join(b"%s %d\n" % (b64encode(token), rank) for token, rank in ranks.items())
    sha256 = hashlib.sha256(text_form).hexdigest()
    if sha256 != _SHA256:
        raise SummarizerError(_damaged(f"its sha256 is {sha256}, expected {_SHA256}"))
    return ranks


def _damaged(reason: str) -> str:
    """Say what is wrong with the installation and what mends it."""
    return f"the token vocabulary of this installation is damaged ({reason}); reinstall summarizer"
