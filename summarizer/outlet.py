"""Text to whoever may still be listening: a stream that a closed pipe or a poor encoding cannot break."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from summarizer.totals import escaped

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Outlet:
    """A text stream that cannot fail: once it is closed or broken, what is written is dropped.

    It is a file as far as rich asks for one; rich itself would end the process at a broken pipe.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.encoding: str = getattr(stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> int:
        """Write *text*; what the stream's encoding lacks is written as JSON escapes it."""
        with self._forgiven():
            if (stream := self._stream) is not None:
                try:
                    stream.write(text)
                except UnicodeEncodeError:  # a ValueError, but no reason to fall silent
                    stream.write(_NOT_ASCII.sub(escaped, text))
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        with self._forgiven():
            if (stream := self._stream) is not None:
                stream.flush()

    def isatty(self) -> bool:
        """Whether a terminal listens."""
        with self._forgiven():
            return self._stream is not None and self._stream.isatty()
        return False

    def say(self, line: str) -> None:
        """Write one line at once."""
        self.write(line + "\n")
        self.flush()

    @contextmanager
    def _forgiven(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError):  # BrokenPipeError; "I/O operation on closed file"
            self._stream = None
