"""SQLite files of the panel, encrypted or plain: the one place that knows the driver and its errors."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nba_desktop.domain.errors import (
    OutboxDamaged,
    OutboxError,
    OutboxFull,
    OutboxInUse,
    OutboxKeyLost,
    OutboxUnwritable,
)

if TYPE_CHECKING:
    # The driver has the interface of the standard library's and no types of its own.
    import sqlite3 as driver
else:
    import sqlcipher3 as driver

Connection = driver.Connection

VERSION: Final[str] = driver.sqlite_version
"""The SQLite that the panel's files are written with; not the standard library's."""

KEY_BYTES: Final = 32
PARTS: Final = ("-wal", "-shm", "-journal", "")
"""The ends of the names of what belongs to one database, the file itself last."""

_CACHE_KIB: Final = 256
"""Pages kept in memory: SQLite would keep two megabytes of entries that nobody reads again."""
_SALT_BYTES: Final = 16
_FILE_HEAD: Final = b"SQLite format 3\x00"
_DAMAGED: Final = frozenset({driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB})
_IN_USE: Final = frozenset({driver.SQLITE_BUSY, driver.SQLITE_LOCKED})


def open_db(path: Path | None, key: bytes | None = None, *, shared: bool = False) -> Connection:
    """The database at `path`, made if there is none, readable by this user only; None is one in memory.

    With a `key` of 32 bytes every page is encrypted and authenticated (AES-256 and HMAC-SHA-512). Every commit waits
    for the disk. This connection is the only one that has the file: nobody else can open it while it is open. A
    `shared` one can be read by others meanwhile, and used in another thread than this one, though in one at a time.
    Raises `OutboxError`; `OutboxKeyLost` for a file that another key encrypts.
    """
    if path is not None:
        _make(path)
        if key is not None and is_of_another_key(path, key):
            raise OutboxKeyLost
    with translated():
        db = driver.connect(
            ":memory:" if path is None else path, isolation_level=None, timeout=0.5, check_same_thread=not shared
        )
        try:
            _unlock(db, key)
            if not shared:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("PRAGMA temp_store = MEMORY")
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            db.close()
            raise
    return db


@contextlib.contextmanager
def reading(path: Path, key: bytes | None = None) -> Iterator[Connection]:
    """A database that is only looked at; whoever has it open goes on. Raises `OutboxError`, `OutboxInUse` for that."""
    with translated(), contextlib.closing(_read_only(path, "mode=ro")) as db:
        _unlock(db, key)
        yield db


def make_durable(db: Connection) -> None:
    """Have every commit wait for the disk, and overwrite what is deleted; to be called before the first write."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


@contextlib.contextmanager
def transaction(db: Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """All of it or none; raises `OutboxError`."""
    with translated():
        db.execute(begin)
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            # A full disk has already rolled back: another ROLLBACK would fail and hide what happened.
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Tell the driver's errors as `OutboxError`; a use from another thread is a defect and stays one."""
    failure: OutboxError
    try:
        yield
    except driver.ProgrammingError:
        raise
    except driver.DatabaseError as error:
        failure = _failure(error)
    else:
        return
    raise failure


def key_for(key: bytes, purpose: str) -> bytes:
    """Another key of 32 bytes, for this purpose alone: neither tells the other.

    Two files of one key would have one salt too, and a page of one would pass for a page of the other.
    """
    return hmac.digest(key, f"NBA Desktop, {purpose}".encode(), "sha256")


def is_plain(path: Path) -> bool:
    """Whether there is a database that can be read without a key. Raises `OutboxUnwritable`."""
    return _head(path) == _FILE_HEAD


def fits(path: Path, key: bytes) -> bool:
    """Whether a file says that it is encrypted with this key. Raises `OutboxUnwritable`."""
    return _head(path) == _salt(key)


def is_of_another_key(path: Path, key: bytes) -> bool:
    """Whether a file is encrypted with another key, and not just damaged. Raises `OutboxUnwritable`."""
    if _head(path) in (b"", _salt(key), _FILE_HEAD):
        return False
    # A damaged first byte is no other key. Not even the log is looked at: a file that is not ours stays as it is.
    with contextlib.closing(_read_only(path, "immutable=1")) as db:
        try:
            _unlock(db, key)
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except driver.DatabaseError:
            return True
    return False


def rename(path: Path, target: Path) -> None:
    """Give a database that nobody has open another name, with its log. Raises `OutboxUnwritable`."""
    try:
        for suffix in PARTS:
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(target.with_name(target.name + suffix))
    except OSError as error:
        raise OutboxUnwritable(f"{path.name} cannot be set aside ({error.strerror})") from None


def remove(path: Path) -> None:
    """Delete a database that nobody has open, with its log. Raises `OutboxUnwritable`."""
    try:
        # The file first: a log without its file says nothing.
        for suffix in reversed(PARTS):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise OutboxUnwritable(f"{path.name} cannot be removed ({error.strerror})") from None


def _salt(key: bytes) -> bytes:
    """The first bytes of a file that this key encrypts: they tell a lost key from a damaged file, and nothing of it."""
    return hashlib.sha256(b"NBA Desktop, the key of a file" + key).digest()[:_SALT_BYTES]


def _unlock(db: Connection, key: bytes | None) -> None:
    # The driver would write its own words about a wrong key to standard error.
    db.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        db.execute(f"PRAGMA key = \"x'{key.hex()}{_salt(key).hex()}'\"")
        # The settings of the fourth format, whatever the defaults of a later driver are.
        db.execute("PRAGMA cipher_compatibility = 4")


def _read_only(path: Path, how: str) -> Connection:
    return driver.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=0, isolation_level=None)


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made before SQLite makes it, so that it and the log beside it are this user's alone.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise OutboxUnwritable(f"the outbox cannot be written ({error.strerror})") from None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_SALT_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise OutboxUnwritable(f"the outbox cannot be read ({error.strerror})") from None


def _failure(error: driver.DatabaseError) -> OutboxError:
    code = _code(error)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == driver.SQLITE_FULL:
        return OutboxFull()
    if code in _DAMAGED:
        return OutboxDamaged(f"the outbox file is damaged ({name})")
    if code in _IN_USE:
        return OutboxInUse()
    return OutboxUnwritable(f"the outbox cannot be written ({name})")


def _code(error: driver.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", driver.SQLITE_ERROR)) & 0xFF
