"""The database under the answer cache: the only door to diskcache.

diskcache pickles by default, and a pickle planted in its database runs as code when it
is read. Nothing here is ever pickled or unpickled: keys and values are JSON.
"""

import contextlib
import functools
import sqlite3
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import diskcache

Database: TypeAlias = "diskcache.Cache"

# What reading a row that is none of ours can raise; the last is JSON nested a thousand deep.
UNREADABLE = (zlib.error, ValueError, TypeError, EOFError, RecursionError)

_FILE = "cache.db"  # diskcache's own name
_MODE_PICKLE = 4
_TIMEOUT = 60  # seconds to wait for another process that holds the database


def opened(directory: Path) -> Database:
    """Open the database with settings under which nothing is ever dropped.

    The settings are stored inside the database, so a file from elsewhere would bring its own.

    Raises:
        sqlite3.Error: The database is damaged, locked or cannot be written to.
        OSError: The directory cannot be made.
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


def is_there(directory: Path) -> bool:
    """Tell whether a database was ever begun in *directory*; none is made."""
    return (directory / _FILE).exists()


def packed_keys(directory: Path) -> list[tuple[int, Any, Any]]:
    """List number, packed key and form of every row, as ``disk.get`` of an open database unpacks them.

    The rows are read past diskcache, whose iterator ends for good at the first key it cannot read.

    Raises:
        sqlite3.Error: The database cannot be read.
    """
    with contextlib.closing(sqlite3.connect(directory / _FILE, timeout=_TIMEOUT)) as connection:
        return connection.execute("SELECT rowid, key, raw FROM Cache").fetchall()


def held_too_long() -> type[Exception]:
    """The exception diskcache raises when another process holds the database too long."""
    import diskcache  # noqa: PLC0415

    return diskcache.Timeout  # type: ignore[no-any-return]


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
