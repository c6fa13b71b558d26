"""One run at a time writes to a folder: a lock that the kernel lets go of with whoever holds it."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Self

from summarizer.errors import LockedError, SummarizerError

if TYPE_CHECKING:
    from filelock import FileLock

_NAME = ".summarizer.lock"


class Lock:
    """The right to write to a folder; it is taken when it is needed first, and the folder made then."""

    def __init__(self, directory: Path, *, waits: bool = False) -> None:
        """Remember the folder; nothing is locked yet.

        Args:
            directory: The folder.
            waits: Whether to wait for another run instead of giving way to it.
        """
        self._directory = directory
        self._waits = waits
        self._held: FileLock | None = None
        self._has_made = False  # the folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._held is None:
            return
        # Taken away while it is still held: whoever opened it meanwhile sees that it has no name any more.
        with contextlib.suppress(OSError):
            (self._directory / _NAME).unlink()
        self._held.release()
        self._held = None
        if self._has_made:
            with contextlib.suppress(OSError):  # not empty: something was written
                self._directory.rmdir()

    def hold(self) -> None:
        """Take the lock, unless this run has it already.

        Raises:
            LockedError: Another run has it.
            SummarizerError: The folder cannot be written to.
        """
        if self._held is not None:
            return
        from filelock import FileLock, Timeout  # noqa: PLC0415 - a run that writes nothing needs none

        try:
            self._has_made = not self._directory.exists()
            self._directory.mkdir(parents=True, exist_ok=True)
            # The library's other kind of lock would outlive a kill.
            lock = FileLock(self._directory / _NAME, fallback_to_soft=False)
            lock.acquire(timeout=-1 if self._waits else 0)
        except Timeout:
            raise LockedError(
                f"another run is writing to {self._directory}; wait until it has ended, or use --wait."
            ) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise SummarizerError(f"{self._directory} cannot be written to: {reason}") from error
        self._held = lock
