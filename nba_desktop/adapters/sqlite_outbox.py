"""The outbox on disk: one SQLite file, one owner; what `put` has returned from survives a power cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from nba_desktop.adapters.cipher_db import Connection, make_durable, open_db, rename, transaction, translated
from nba_desktop.adapters.sealed_file import SealedFile
from nba_desktop.contract.events import AnyEvent
from nba_desktop.contract.sealed import SEALED_ENDING
from nba_desktop.domain.errors import FailureCode, OutboxDamaged, OutboxError, OutboxUnwritable
from nba_desktop.domain.outbox import Entry, EntryState
from nba_desktop.domain.receipts import OutboxStatus

if TYPE_CHECKING:
    from nba_desktop.adapters.sealing import Seal

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
_KEPT: Final = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"
_AT_A_TIME: Final = 500
"""How many entries are sealed at once: all that wait may be too many for the memory."""
_COLUMNS: Final = "event_id, contact_id, json, state, why, stored_at, settled_at"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SqliteOutbox:
    """The durable outbox, implementing the port `Outbox`. Use it in the thread that made it.

    With a `key` of 32 bytes the file is encrypted; without a `path` it lives in memory. Whoever has the file open is
    its only owner: SQLite's exclusive mode holds its lock until the process ends, however it ends.

    With a `seal` each event that is not accepted yet also lies sealed to the site in `sealed`, a file beside this one:
    `put` returns when both are on the disk.

    Raises `OutboxUnwritable` when the file cannot be opened or another process has it. A damaged file, or one that
    another key encrypts, is renamed with its log and what was sealed beside it; `set_aside` is where it is then, `why`
    says which of the two it was, and a new one is begun. Sealed events that the file has never heard of – it lost them
    – are kept as `left_sealed`. Accepted events stay for `retention`.
    """

    def __init__(
        self,
        path: Path | None,
        retention: timedelta = DEFAULT_RETENTION,
        now: Callable[[], datetime] = _utc_now,
        *,
        key: bytes | None = None,
        seal: Seal | None = None,
        sealed: Path | None = None,
    ) -> None:
        self.path = path
        self.set_aside: Path | None = None
        self.why: FailureCode | None = None
        self.left_sealed: Path | None = None
        self.keeps_secrets = key is not None or path is None
        """Whether what `keep` takes lies nowhere in plain."""
        self._retention = retention
        self._now = now
        self._seal = seal
        self._sealed_path = sealed or (None if path is None else path.with_name(path.name + SEALED_ENDING))
        try:
            self._db = _opened(path, key)
        except OutboxDamaged as error:
            if path is None:
                raise
            self.set_aside, self.why = self._put_aside(path, error), error.code
            self._db = _opened(path, key)
        try:
            with self._transaction():
                self._purge()
            self._sealed = self._open_sealed()
        except BaseException:
            self._db.close()
            raise

    def put(self, *events: AnyEvent) -> None:
        """Store events, all or none; returns only when they are on the disk, else raises `OutboxError`.

        An event that is there already is left as it is. Raises `ValueError` for another event with the same id.
        """
        at = self._now()
        rows = [(str(e.event_id), str(e.contact_id), e.model_dump_json(), at.isoformat()) for e in events]
        new = []
        with self._transaction():
            for row in rows:
                done = self._db.execute(
                    "INSERT INTO entry (event_id, contact_id, json, stored_at) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (event_id) DO NOTHING",
                    row,
                )
                if done.rowcount:
                    new.append((row[0], row[2]))
                elif self._json_of(row[0]) != row[2]:
                    raise ValueError(f"another event with the id {row[0]} is in the outbox")
        try:
            self._add_sealed((event_id, json, at) for event_id, json in new)
        except OutboxError:
            # Where it cannot be taken back it is stored, and sealed at the next start.
            if self._taken_back(event_id for event_id, _ in new):
                raise

    def entries(self, state: EntryState, limit: int = -1) -> tuple[Entry, ...]:
        """The entries in one state, oldest first, at most `limit` of them. Raises `OutboxError`."""
        with translated():
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
        with translated():
            return tuple(json for (json,) in self._db.execute("SELECT json FROM entry ORDER BY position"))

    def mark_accepted(self, *event_ids: UUID) -> None:
        """Note the backend's receipts; the events stay for the retention, then they are purged."""
        if self._sealed is not None:
            # Before the receipt is noted: an entry that loses its seal only is sealed again, and nothing is left over.
            self._sealed.remove(map(str, event_ids))
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
        with translated():
            # Not the accepted ones: counting them takes the longer, the more there are.
            counts = dict(
                self._db.execute(
                    "SELECT state, count(*) FROM entry WHERE state IN ('pending', 'parked') GROUP BY state"
                ).fetchall()
            )
            newest = self._db.execute(
                "SELECT why FROM entry WHERE state = 'parked' ORDER BY position DESC LIMIT 1"
            ).fetchone()
        why = newest[0] if newest else ""
        return OutboxStatus(waiting=counts.get("pending", 0), parked=counts.get("parked", 0), why=why)

    def take_in(self, other: SqliteOutbox) -> int:
        """Take over what another outbox holds, behind what is here already; how many entries were new here.

        Taken in once more, it changes nothing. Raises `OutboxError`; then nothing of it is here.
        """
        with self._transaction():
            before = self._count()
            self._db.executemany(
                f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING",
                other._db.execute(f"SELECT {_COLUMNS} FROM entry ORDER BY position"),
            )
            self._db.executemany(
                "INSERT INTO kept (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                other._db.execute("SELECT name, value FROM kept"),
            )
            taken = self._count() - before
        self._seal_missing()
        return taken

    def kept(self, name: str) -> str | None:
        """What was kept under a name; None if there is nothing. Raises `OutboxError`."""
        with translated():
            row = self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def keep(self, name: str, value: str | None) -> None:
        """Keep a text that nobody may read in plain, such as a token, or forget it. Raises `OutboxError`."""
        if not self.keeps_secrets:
            raise ValueError("this outbox is not encrypted: nothing secret may be kept in it")
        with self._transaction():
            if value is None:
                self._db.execute("DELETE FROM kept WHERE name = ?", (name,))
            else:
                self._db.execute("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Let go of the files."""
        if self._sealed is not None:
            self._sealed.close()
        with translated():
            self._db.close()

    # ---- what is sealed

    def _open_sealed(self) -> SealedFile | None:
        """The sealed entries, brought in line with the outbox; what it has lost is left to the site."""
        path = self._sealed_path
        # Without a seal those of before still go as their receipts come.
        if path is None or (self._seal is None and not path.exists()):
            return None
        try:
            sealed = SealedFile(path)
        except OutboxDamaged:
            self.left_sealed = _free_name(path, "damaged", self._now())
            rename(path, self.left_sealed)
            sealed = SealedFile(path)
        lost = sealed.ids() - self._ids("1")
        if lost:
            sealed.close()
            self.left_sealed = _free_name(path, "lost", self._now())
            rename(path, self.left_sealed)
            sealed = SealedFile(path)
        try:
            sealed.remove(sealed.ids() - self._ids("state <> 'accepted'"))
            self._seal_missing(sealed)
        except BaseException:
            sealed.close()
            raise
        return sealed

    def _seal_missing(self, sealed: SealedFile | None = None) -> None:
        sealed = sealed or self._sealed
        if sealed is None or self._seal is None:
            return
        missing = sorted(self._ids("state <> 'accepted'") - sealed.ids())
        for start in range(0, len(missing), _AT_A_TIME):
            some = missing[start : start + _AT_A_TIME]
            with translated():
                rows = self._db.execute(
                    f"SELECT event_id, json, stored_at FROM entry WHERE event_id IN ({', '.join('?' * len(some))})"
                    " ORDER BY position",
                    some,
                ).fetchall()
            self._add_sealed(((one, json, datetime.fromisoformat(at)) for one, json, at in rows), sealed)

    def _add_sealed(self, entries: Iterable[tuple[str, str, datetime]], sealed: SealedFile | None = None) -> None:
        sealed = sealed or self._sealed
        if sealed is not None and self._seal is not None:
            sealed.add([(event_id, self._seal.sealed(json, at)) for event_id, json, at in entries])

    def _put_aside(self, path: Path, error: OutboxDamaged) -> Path:
        target = _free_name(path, "locked" if error.code is FailureCode.STORE_KEY_LOST else "damaged", self._now())
        # What is sealed first: if this ends in between, it still lies beside one of the two under its own name.
        for suffix in (SEALED_ENDING, ""):
            rename(path.with_name(path.name + suffix), target.with_name(target.name + suffix))
        return target

    def _taken_back(self, event_ids: Iterable[str]) -> bool:
        try:
            with self._transaction():
                self._db.executemany("DELETE FROM entry WHERE event_id = ?", [(one,) for one in event_ids])
        except OutboxError:
            return False
        return True

    # ---- the file

    def _settle(self, state: str, why: Mapping[UUID, str]) -> None:
        settled_at = self._now().isoformat()
        with self._transaction():
            self._db.executemany(
                "UPDATE entry SET state = ?, why = ?, settled_at = ? WHERE event_id = ? AND state = 'pending'",
                [(state, reason, settled_at, str(event_id)) for event_id, reason in why.items()],
            )
            self._purge()

    def _purge(self) -> None:
        # Receipts that were noted while the clock was ahead would stay that much longer.
        self._db.execute(
            "UPDATE entry INDEXED BY entry_by_end SET settled_at = ?1 WHERE state = 'accepted' AND settled_at > ?1",
            (self._now().isoformat(),),
        )
        self._db.execute(
            "DELETE FROM entry INDEXED BY entry_by_end WHERE state = 'accepted' AND settled_at < ?",
            ((self._now() - self._retention).isoformat(),),
        )

    def _json_of(self, event_id: str) -> str:
        row = self._db.execute("SELECT json FROM entry WHERE event_id = ?", (event_id,)).fetchone()
        return str(row[0])

    def _count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def _ids(self, where: str) -> frozenset[str]:
        with translated():
            return frozenset(one for (one,) in self._db.execute(f"SELECT event_id FROM entry WHERE {where}"))

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._db)


def _opened(path: Path | None, key: bytes | None) -> Connection:
    db = open_db(path, key)
    try:
        with translated():
            _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: Connection) -> None:
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    # Asked before anything is written: a file that is not ours must stay as it is.
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise OutboxDamaged("the outbox file belongs to another program")
    if db.execute("PRAGMA user_version").fetchone()[0] > _SCHEMA_VERSION:
        raise OutboxUnwritable("the outbox was written by a newer NBA Desktop; install that version again")
    make_durable(db)
    # The lock is taken here and kept until the connection closes.
    with transaction(db, "BEGIN EXCLUSIVE"):
        if not tables:
            for statement in _SCHEMA:
                db.execute(statement)
        elif db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise OutboxDamaged
        db.execute(_BY_END)
        db.execute(_KEPT)


def _free_name(path: Path, why: str, now: datetime) -> Path:
    """A name that says why a file is set aside, and that nothing has yet; what is sealed keeps its ending."""
    stem, ending = path.name.removesuffix(SEALED_ENDING), SEALED_ENDING if path.name.endswith(SEALED_ENDING) else ""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{stem}.{why}-{stamp}{ending}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{stem}.{why}-{stamp}-{number}{ending}")
    return target
