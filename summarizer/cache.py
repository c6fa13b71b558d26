"""Requests to the answers bought before: the only door to diskcache.

diskcache pickles by default, and a pickle planted in its database runs as code when it
is read. Nothing here is ever pickled or unpickled: keys and values are JSON, and each
value carries a digest of what it holds, because SQLite does not notice a flipped bit.
A damaged value is a miss that is said aloud, never an answer.
"""

import contextlib
import functools
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import RefusedInputError, SummarizerError
from summarizer.records import Stored, fault_of, record_of, request_named
from summarizer.values import Request

if TYPE_CHECKING:
    import diskcache

_FORMAT = "v1"  # another Disk class finds no keys in this directory, so the format is in the path
_MODE_PICKLE = 4
_TIMEOUT = 60  # seconds to wait for another process that holds the database
# What reading a row that is none of ours can raise; the last is JSON nested a thousand deep.
_UNREADABLE = (zlib.error, ValueError, TypeError, EOFError, RecursionError)


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

    def put(
        self, key: str, request: Request, response: dict[str, Any], sent: dict[str, Any] | None = None
    ) -> None:
        """Store the raw answer to a request; it is on the disk when this returns.

        Args:
            key: The digest of the request and its attempt.
            request: What was asked.
            response: The chat completion as it came back.
            sent: The body that was really sent, where the endpoint could not read the request's own.

        Raises:
            SummarizerError: The disk is full or the directory cannot be written to.
        """
        content = {"request": asdict(request), "response": response}
        self._write("answer", key, content | ({"sent": sent} if sent else {}))

    def add(self, key: str, request: Request, response: dict[str, Any]) -> bool:
        """Store the raw answer to a request unless a sound one is there; a damaged one is replaced.

        Args:
            key: The digest of the request and its attempt.
            request: What was asked.
            response: The chat completion as it came back.

        Returns:
            Whether it was stored.

        Raises:
            SummarizerError: The disk is full or the directory cannot be written to.
        """
        try:
            # In one transaction, so that the answer a run stores meanwhile is not overwritten either.
            with self._opened().transact():
                if self.get(key) is not None:
                    return False
                self.put(key, request, response)
        except (sqlite3.Error, _timeout(), OSError) as error:
            raise SummarizerError(self._unusable(error)) from error
        return True

    def stored(self) -> Iterator[Stored]:
        """Give everything the cache holds, the answers before the requests, each sorted by key.

        What is damaged is said and passed over, also an answer whose own request is: :meth:`get` finds
        that one by its key all the same, but nobody can tell any more what it answers.

        Returns:
            What was there at the first step; a missing cache holds nothing, and no directory is made.

        Raises:
            SummarizerError: The database cannot be read.
        """
        for kind, key in self._names():
            record = self._read(kind, key, listed=True)
            if record is None:
                continue
            try:
                request = request_named(key, record.get("request"))
            except RefusedInputError as error:
                self._warn(f"the stored {kind} {key} is passed over: {error}")
                continue
            yield Stored(key, request, record["response"] if kind == "answer" else None)

    def size(self) -> int:
        """Give the bytes that the cache's files hold; 0 if there is no cache.

        Raises:
            SummarizerError: A directory of the cache cannot be read.
        """
        total = 0
        try:
            for path in (self._directory / _FORMAT).rglob("*"):
                with contextlib.suppress(FileNotFoundError):  # SQLite removes its journal at any time
                    total += 0 if path.is_dir() else path.lstat().st_size
        except OSError as error:
            raise SummarizerError(self._unusable(error)) from error
        return total

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

    def _is_missing(self) -> bool:
        """Tell whether there is nothing to open; looking for an answer makes no directory."""
        return self._store is None and not (self._directory / _FORMAT / "cache.db").exists()

    def _names(self) -> list[tuple[str, str]]:
        """List the kind and key of every row in order; one that cannot be read is said and passed over.

        The rows are read past diskcache, whose iterator ends for good at the first key it cannot read.
        """
        if self._is_missing():
            return []
        try:
            disk = self._opened().disk
            database = self._directory / _FORMAT / "cache.db"
            with contextlib.closing(sqlite3.connect(database, timeout=_TIMEOUT)) as connection:
                rows = connection.execute("SELECT rowid, key, raw FROM Cache").fetchall()
        except (sqlite3.Error, _timeout(), OSError) as error:
            raise SummarizerError(self._unusable(error)) from error
        names = set()
        for number, packed, raw in rows:
            try:
                kind, _, key = disk.get(packed, raw).partition("/")
            except (*_UNREADABLE, AttributeError) as error:  # the last: a key that is no string
                self._warn(f"row {number} of the cache has a damaged key ({error}) and is passed over")
                continue
            if kind in {"answer", "request"}:
                names.add((kind, key))
            else:
                self._warn(f"row {number} of the cache is neither an answer nor a request and is passed over")
        return sorted(names)

    def _read(self, kind: str, key: str, *, listed: bool = False) -> dict[str, Any] | None:
        """Read one record, or nothing where it is damaged.

        Where its key is *listed*, to find nothing is damage too: the file that held the value is gone.
        """
        if self._is_missing():
            return None
        try:
            record = self._opened().get(f"{kind}/{key}")
            if record is None and not listed:
                return None
            fault = fault_of(kind, key, record)
        except _UNREADABLE as error:
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
        record = record_of(kind, key, content)
        try:
            self._opened()[f"{kind}/{key}"] = record
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
        timeout=_TIMEOUT,
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
