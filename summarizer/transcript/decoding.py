"""Bytes to text: which encoding a file is in, found by proof and never by trying.

Almost every Big5 file also decodes as GB18030, into fluent nonsense. So an encoding
is believed only where it proves itself: by a byte order mark, by being strict UTF-8,
or by charset-normalizer judging the text that comes out. Everything else is refused
with the offset and with what to do.
"""

import codecs

from summarizer.errors import RefusedInputError
from summarizer.names import holds

_LEGACY = ["gb18030", "big5", "big5hkscs"]
_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85")


def decode(data: bytes, *, path: str, encoding: str | None = None) -> tuple[str, str]:
    r"""Decode *data* and name the codec that did it.

    >>> decode("\u95ee：".encode("utf-8-sig"), path="x.txt")
    ('问：', 'utf-8-sig')

    Args:
        data: The bytes as they stand on disk.
        path: What to call the file in a message.
        encoding: An encoding the user vouches for; nothing is guessed then.

    Raises:
        RefusedInputError: The bytes are empty, blank, binary or in no encoding that proves itself.
    """
    if not data:
        raise RefusedInputError(f"{path} is empty (0 bytes). Give a file with a transcript in it.")
    codec = _known(encoding, path) if encoding is not None else _detect(data, path)
    text = _strictly(data, codec, path)
    if "\0" in text:
        offset = data.find(b"\0")
        raise RefusedInputError(
            f"{path} holds a NUL byte at offset {offset}: it is binary, or not text in {codec}. "
            f"Save it as UTF-8 text, or name its encoding with --encoding."
        )
    text = text.removeprefix("\ufeff")
    if not text.strip(" \t\r\n\u3000\u200b\ufeff\u2028\u2029\x0b\x0c\x85\xa0"):
        raise RefusedInputError(
            f"{path} is blank: {len(data)} bytes of white space. Give a file with text in it."
        )
    return text, codec


def lines(text: str) -> list[str]:
    r"""Split *text* at every kind of line end that transcripts come with.

    >>> lines("一\r\n二\u2028三\r四")
    ['一', '二', '三', '四']
    """
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return text.split("\n")


def language(text: str) -> str:
    """Tell simplified from traditional Chinese by which character set holds each character.

    >>> language("问题"), language("問題")
    ('zh-Hans', 'zh-Hant')
    """
    simplified = traditional = 0
    # Repetition says nothing new, and a set keeps a long file cheap.
    for character in {character for character in text if character > "\u2fff"}:
        in_gb, in_big5 = holds("gb2312", character), holds("big5", character)
        simplified += in_gb and not in_big5
        traditional += in_big5 and not in_gb
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _known(encoding: str, path: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        "".encode(codec.name)  # rot13 is a codec, and no encoding
    except LookupError:
        raise RefusedInputError(
            f"{path}: there is no encoding {encoding!r}. Use one of utf-8, gb18030, big5, big5hkscs, utf-16."
        ) from None
    return codec.name


def _detect(data: bytes, path: str) -> str:
    """Find the encoding that proves itself."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in data:
        return _without_mark(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _is_damaged_utf8(data) and (legacy := _legacy(data)) is not None:
            return legacy
        raise _bad_byte(error, "utf-8", path) from None
    return "utf-8"


def _without_mark(data: bytes) -> str:
    """Recognise UTF-16 that lost its mark: its line ends hold NUL bytes, its text is Chinese."""
    best, codec = 0.5, "utf-8"  # which decodes NUL, so that the caller can say where it stands
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        likely = sum("\u3000" <= c <= "\u9fff" or c.isspace() or " " <= c < "\x7f" for c in text)
        if "\0" not in text and likely > best * len(text):
            best, codec = likely / len(text), name
    return codec


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes from an encoding that is not UTF-8 at all."""
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    bad = text.count("\ufffd")
    return bad * 10 <= beyond_ascii - bad


def _legacy(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 30 ms that a UTF-8 file need not pay

    best = from_bytes(data, cp_isolation=_LEGACY).best()
    return codecs.lookup(best.encoding).name if best is not None else None


def _strictly(data: bytes, codec: str, path: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _bad_byte(error, codec, path) from None


def _bad_byte(error: UnicodeDecodeError, codec: str, path: str) -> RefusedInputError:
    byte = error.object[error.start]
    return RefusedInputError(
        f"{path}: byte 0x{byte:02x} at offset {error.start} is not {codec}. "
        "Mend or re-export the file, or name its encoding with --encoding "
        "(utf-8, gb18030, big5, big5hkscs, utf-16)."
    )
