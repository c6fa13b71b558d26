"""Requests to the answers bought before: the only door to diskcache.

diskcache pickles by default, and a pickle planted in its database runs as code when it
is read. Nothing here is ever pickled or unpickled: keys and values are JSON, and each
value carries a digest of what it holds, because SQLite does not notice a flipped bit.
A damaged value is a miss that is said aloud, never an answer.
"""

import functools
import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import SummarizerError
from summarizer.provenance import canonical_json
from summarizer.values import Request

if TYPE_CHECKING:
    import diskcache

_FORMAT = "v1"  # another Disk class finds no keys in this directory, so the format is in the path
_MODE_PICKLE = 4


class AnswerCache:
    """The answers of one machine, each stored the moment it arrives.

    The directory is made when the first value is stored, and opened when the first is wanted.
    """

    def __init__(self, directory: Path, warn: Callable[[str], None]) -> None:
        """Remember where the answers are; nothing is opened yet.

        Args:
            directory: The cache's own directory; the format's version is a directory in it.
            warn: Told of everything that was damaged, in whole sentences.
        """
        self._directory = directory
        self._warn = warn
        self._store: diskcache.Cache | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; a later use opens it again."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def get(self, key: str) -> dict[str, Any] | None:
        """Look up the raw answer to a request.

        Args:
            key: The digest of the request and its attempt.

        Returns:
            The chat completion as it was stored, or None if there is none or it is damaged.

        Raises:
            SummarizerError: The database cannot be read.
        """
        record = self._read("answer", key)
        return None if record is None else record["response"]

    def put(self, key: str, request: Request, response: dict[str, Any]) -> None:
        """Store the raw answer to a request; it is on the disk when this returns.

        Args:
            key: The digest of the request and its attempt.
            request: What was asked.
            response: The chat completion as it came back.

        Raises:
            SummarizerError: The disk is full or the directory cannot be written to.
        """
        self._write("answer", key, {"request": asdict(request), "response": response})

    def get_request(self, key: str) -> Request | None:
        """Look up a request that was exported to a batch file.

        Args:
            key: The digest of the request and its attempt.

        Returns:
            The request, or None if there is none or it is damaged.

        Raises:
            SummarizerError: The database cannot be read.
        """
        record = self._read("request", key)
        if record is None:
            return None
        fields = record["request"]
        return Request(**{**fields, "units": tuple(fields["units"])})

    def put_request(self, key: str, request: Request) -> None:
        """Store a request that goes to a batch file, so that the import can check its answer.

        Args:
            key: The digest of the request and its attempt.
            request: What will be asked.

        Raises:
            SummarizerError: The disk is full or the directory cannot be written to.
        """
        self._write("request", key, {"request": asdict(request)})

    def _read(self, kind: str, key: str) -> dict[str, Any] | None:
        """Read one record; its digest covers ``response`` of an answer, ``request`` of a request."""
        if self._store is None and not (self._directory / _FORMAT / "cache.db").exists():
            return None  # looking for an answer makes no directory
        try:
            record = self._opened().get(f"{kind}/{key}")
            if record is None:
                return None
            fault = _fault(kind, key, record)
        except (zlib.error, ValueError, EOFError) as error:
            fault = str(error)
        except (sqlite3.Error, _timeout(), OSError) as error:
            raise SummarizerError(self._unusable(error)) from error
        if fault is None:
            return dict(record)
        self._warn(
            f"the stored {kind} {key} is damaged ({fault}) and is passed over; it will be asked for again"
        )
        return None

    def _write(self, kind: str, key: str, content: dict[str, Any]) -> None:
        """Store one record under its kind and key, over whatever stands there."""
        digest = _digest(content["response" if kind == "answer" else "request"])
        try:
            self._opened()[f"{kind}/{key}"] = {"v": 1, "key": key, "sha256": digest, **content}
        except (sqlite3.Error, _timeout(), OSError) as error:
            raise SummarizerError(self._unusable(error)) from error

    def _opened(self) -> "diskcache.Cache":
        """Open the database at first use; a broken one is moved aside and a new one begun."""
        if self._store is None:
            fault = ""
            try:
                self._store = _open(self._directory / _FORMAT)
            except sqlite3.OperationalError:
                raise  # locked, full or not writable: the answers in it are sound
            except sqlite3.DatabaseError as error:
                fault = str(error)
            # Out of the handler, so that the broken database's file is let go of before it is moved.
            if self._store is None:
                aside = self._move_aside()
                self._warn(
                    f"the cache {self._directory} is damaged ({fault}) and was moved to {aside}; "
                    f"a new one is begun, and answers that only the old one held will be asked for again"
                )
                self._store = _open(self._directory / _FORMAT)
        return self._store

    def _move_aside(self) -> Path:
        """Give the damaged directory the lowest number that is free."""
        number = 1
        while (aside := self._directory.with_name(f"{self._directory.name}.corrupt-{number}")).exists():
            number += 1
        return self._directory.rename(aside)

    def _unusable(self, error: Exception) -> str:
        """Say what is wrong with the cache and what to do."""
        return (
            f"the cache {self._directory} cannot be used: {error or type(error).__name__}; "
            f"free disk space, wait for other runs, or move the directory away"
        )


def _open(directory: Path) -> "diskcache.Cache":
    """Open the database with settings under which nothing is ever dropped.

    The settings are stored inside the database, so a file from elsewhere would bring its own.
    """
    import diskcache  # noqa: PLC0415 - a run that stores and finds nothing must not pay for it

    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)  # transcripts may be under embargo; mkdir leaves an old mode as it is
    return diskcache.Cache(
        str(directory),
        disk=_no_pickle_disk(),
        disk_compress_level=6,
        eviction_policy="none",
        cull_limit=0,
        size_limit=2**40,
        sqlite_synchronous=2,  # FULL: what is acknowledged survives kill -9 and a power cut
        statistics=0,
        timeout=60,
    )


@functools.cache
def _no_pickle_disk() -> type:
    """Build the Disk class that refuses every pickle (CVE-2025-69872), also a planted one."""
    import diskcache  # noqa: PLC0415

    class NoPickleDisk(diskcache.JSONDisk):  # type: ignore[misc]
        """JSON in, JSON out; JSONDisk alone still unpickles a planted row."""

        def get(self, key: Any, raw: Any) -> Any:
            """Refuse a pickled key."""
            if not raw:
                raise ValueError("a pickled key is refused")
            return super().get(key, raw)

        def fetch(self, mode: Any, filename: Any, value: Any, read: Any) -> Any:
            """Refuse a pickled value."""
            if mode == _MODE_PICKLE:
                raise ValueError("a pickled value is refused")
            return super().fetch(mode, filename, value, read)

    return NoPickleDisk


def _timeout() -> type[Exception]:
    """The exception diskcache raises when another process holds the database too long."""
    import diskcache  # noqa: PLC0415

    return diskcache.Timeout  # type: ignore[no-any-return]


def _fault(kind: str, key: str, record: Any) -> str | None:
    """Say in what a record differs from one that :meth:`AnswerCache._write` stored."""
    if not isinstance(record, dict) or record.get("v") != 1:
        return "not a record of this version"
    if record.get("key") != key:
        return f"it is the record of {record.get('key')!r}"
    content = record.get("response" if kind == "answer" else "request")
    if not isinstance(content, dict):
        return "it holds no JSON object"
    if (found := _digest(content)) != record.get("sha256"):
        return f"its sha256 is {found}, expected {record.get('sha256')}"
    return None


def _digest(content: Any) -> str:
    """The sha256 of the canonical JSON; a model may answer with half a surrogate pair."""
    return hashlib.sha256(canonical_json(content).encode("utf-8", "surrogatepass")).hexdigest()
