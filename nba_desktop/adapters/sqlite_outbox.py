"""The outbox on disk: one SQLite file, one owner; what `put` has returned from survives a power cut."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from nba_desktop.contract.events import AnyEvent
from nba_desktop.domain.errors import OutboxDamaged, OutboxError, OutboxFull, OutboxUnwritable
from nba_desktop.domain.outbox import Entry, EntryState
from nba_desktop.domain.receipts import OutboxStatus

DEFAULT_RETENTION: Final = timedelta(days=7)

_SCHEMA_VERSION: Final = 1
_APPLICATION_ID: Final = 0x4E42414F  # "NBAO"
_SCHEMA: Final = (
    """
    CREATE TABLE entry (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id TEXT NOT NULL UNIQUE,
        contact_id TEXT NOT NULL,
        json TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'parked')),
        why TEXT NOT NULL DEFAULT '',
        stored_at TEXT NOT NULL,
        settled_at TEXT
    ) STRICT
    """,
    "CREATE INDEX entry_by_state ON entry (state, position)",
    f"PRAGMA application_id = {_APPLICATION_ID}",
    f"PRAGMA user_version = {_SCHEMA_VERSION}",
)
# Without it each receipt would look at every event of the retention.
_BY_END: Final = "CREATE INDEX IF NOT EXISTS entry_by_end ON entry (settled_at) WHERE state = 'accepted'"
_CACHE_KIB: Final = 256
"""Pages kept in memory: SQLite would keep two megabytes of events that nobody reads again."""

_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SqliteOutbox:
    """The durable outbox, implementing the port `Outbox`. Use it in the thread that made it.

    Only one process can have the file open: SQLite's exclusive mode holds its lock until the process ends, however it
    ends. One owner also keeps clear of the WAL-reset fault that SQLite before 3.51.3 has with several connections.

    Raises `OutboxUnwritable` when the file cannot be opened or another process has it. A damaged file is renamed,
    with its log; `set_aside` is where it is then, and a new one is begun. Accepted events stay for `retention`.
    """

    def __init__(
        self,
        path: Path,
        retention: timedelta = DEFAULT_RETENTION,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.path = path
        self.set_aside: Path | None = None
        self._retention = retention
        self._now = now
        try:
            self._db = _opened(path)
        except OutboxDamaged:
            self.set_aside = _set_aside(path, now())
            self._db = _opened(path)
        with self._transaction():
            self._purge()

    def put(self, *events: AnyEvent) -> None:
        """Store events, all or none; returns only when they are on the disk, else raises `OutboxError`.

        An event that is there already is left as it is. Raises `ValueError` for another event with the same id.
        """
        stored_at = self._now().isoformat()
        rows = [(str(e.event_id), str(e.contact_id), e.model_dump_json(), stored_at) for e in events]
        with self._transaction():
            for row in rows:
                done = self._db.execute(
                    "INSERT INTO entry (event_id, contact_id, json, stored_at) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (event_id) DO NOTHING",
                    row,
                )
                if done.rowcount == 0 and self._json_of(row[0]) != row[2]:
                    raise ValueError(f"another event with the id {row[0]} is in the outbox")

    def entries(self, state: EntryState, limit: int = -1) -> tuple[Entry, ...]:
        """The entries in one state, oldest first, at most `limit` of them. Raises `OutboxError`."""
        with _translated():
            rows = self._db.execute(
                "SELECT event_id, contact_id, position, json, state, why FROM entry"
                " WHERE state = ? ORDER BY position LIMIT ?",
                (state.value, limit),
            ).fetchall()
        return tuple(
            Entry(UUID(event_id), UUID(contact_id), position, json, EntryState(state), why)
            for event_id, contact_id, position, json, state, why in rows
        )

    def stored(self) -> tuple[str, ...]:
        """The JSON of every event in the file, accepted ones too, oldest first. Raises `OutboxError`."""
        with _translated():
            return tuple(json for (json,) in self._db.execute("SELECT json FROM entry ORDER BY position"))

    def mark_accepted(self, *event_ids: UUID) -> None:
        """Note the backend's receipts; the events stay for the retention, then they are purged."""
        self._settle("accepted", dict.fromkeys(event_ids, ""))

    def mark_parked(self, why: Mapping[UUID, str]) -> None:
        """Keep refused events for a look, each with the code that says why; they are never purged."""
        self._settle("parked", why)

    def retry_parked(self) -> int:
        """Put every parked event back in the line, once what refused it is mended; how many there were."""
        with self._transaction():
            return self._db.execute(
                "UPDATE entry SET state = 'pending', why = '', settled_at = NULL WHERE state = 'parked'"
            ).rowcount

    def status(self) -> OutboxStatus:
        """What waits and what is parked. Raises `OutboxError`."""
        with _translated():
            # Not the accepted ones: counting them takes the longer, the more there are.
            counts = dict(
                self._db.execute(
                    "SELECT state, count(*) FROM entry WHERE state IN ('pending', 'parked') GROUP BY state"
                ).fetchall()
            )
        return OutboxStatus(waiting=counts.get("pending", 0), parked=counts.get("parked", 0))

    def close(self) -> None:
        """Let go of the file."""
        with _translated():
            self._db.close()

    def _settle(self, state: str, why: Mapping[UUID, str]) -> None:
        settled_at = self._now().isoformat()
        with self._transaction():
            self._db.executemany(
                "UPDATE entry SET state = ?, why = ?, settled_at = ? WHERE event_id = ? AND state = 'pending'",
                [(state, reason, settled_at, str(event_id)) for event_id, reason in why.items()],
            )
            self._purge()

    def _purge(self) -> None:
        self._db.execute(
            "DELETE FROM entry INDEXED BY entry_by_end WHERE state = 'accepted' AND settled_at < ?",
            ((self._now() - self._retention).isoformat(),),
        )

    def _json_of(self, event_id: str) -> str:
        row = self._db.execute("SELECT json FROM entry WHERE event_id = ?", (event_id,)).fetchone()
        return str(row[0])

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with _translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk has already rolled back: another ROLLBACK would fail and hide what happened.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    failure: OutboxError
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        failure = _failure(error)
    else:
        return
    raise failure


def _failure(error: sqlite3.DatabaseError) -> OutboxError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_FULL:
        return OutboxFull()
    if code in _DAMAGED:
        return OutboxDamaged(f"the outbox file is damaged ({name})")
    if code in _IN_USE:
        return OutboxUnwritable("another running NBA Desktop of this user has the outbox open; close that one first")
    return OutboxUnwritable(f"the outbox cannot be written ({name})")


def _opened(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made before SQLite makes it, so that it and the log beside it are this user's alone.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise OutboxUnwritable(f"the outbox cannot be written ({error.strerror})") from None
    with _translated():
        db = sqlite3.connect(path, isolation_level=None, timeout=0.5)
        try:
            _prepare(db)
        except BaseException:
            db.close()
            raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    # Asked before anything is written: a file that is not ours must stay as it is.
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise OutboxDamaged("the outbox file belongs to another program")
    if db.execute("PRAGMA user_version").fetchone()[0] > _SCHEMA_VERSION:
        raise OutboxUnwritable("the outbox was written by a newer NBA Desktop; install that version again")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # The lock is taken here and kept until the connection closes.
    db.execute("BEGIN EXCLUSIVE")
    try:
        if not tables:
            for statement in _SCHEMA:
                db.execute(statement)
        elif db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise OutboxDamaged
        db.execute(_BY_END)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _set_aside(path: Path, now: datetime) -> Path:
    """Rename the damaged file and its log to a free name; raises `OutboxUnwritable` when that is not possible."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    try:
        for suffix in ("-wal", "-shm", "-journal", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(target.with_name(target.name + suffix))
    except OSError as error:
        raise OutboxUnwritable(f"the damaged outbox cannot be set aside ({error.strerror})") from None
    return target
