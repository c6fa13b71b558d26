"""Requests to the answers bought before.

A damaged record is a miss that is said aloud, never an answer.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from summarizer import database
from summarizer.errors import RefusedInputError, SummarizerError
from summarizer.records import Stored, fault_of, record_of, request_named
from summarizer.values import Request

_FORMAT = "v1"  # another Disk class finds no keys in this directory, so the format is in the path


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
        self._store: database.Database | None = None

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
        except (sqlite3.Error, database.held_too_long(), OSError) as error:
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
        return self._store is None and not database.is_there(self._directory / _FORMAT)

    def _names(self) -> list[tuple[str, str]]:
        """List the kind and key of every row in order; one that cannot be read is said and passed over."""
        if self._is_missing():
            return []
        try:
            disk = self._opened().disk
            rows = database.packed_keys(self._directory / _FORMAT)
        except (sqlite3.Error, database.held_too_long(), OSError) as error:
            raise SummarizerError(self._unusable(error)) from error
        names = set()
        for number, packed, raw in rows:
            try:
                kind, _, key = disk.get(packed, raw).partition("/")
            except (*database.UNREADABLE, AttributeError) as error:  # the last: a key that is no string
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
        except database.UNREADABLE as error:
            fault = str(error)
        except (sqlite3.Error, database.held_too_long(), OSError) as error:
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
        except (sqlite3.Error, database.held_too_long(), OSError) as error:
            raise SummarizerError(self._unusable(error)) from error

    def _opened(self) -> database.Database:
        """Open the database at first use; a broken one is moved aside and a new one begun."""
        if self._store is None:
            fault = ""
            try:
                self._store = database.opened(self._directory / _FORMAT)
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
                self._store = database.opened(self._directory / _FORMAT)
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
