"""The sealed entries beside a store: small, plain to SQLite, and unreadable for everybody but the site."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nba_desktop.adapters.cipher_db import Connection, make_durable, open_db, transaction, translated
from nba_desktop.contract.sealed import SEALED_APPLICATION, SEALED_TABLE, SEALED_VERSION
from nba_desktop.domain.errors import OutboxDamaged, OutboxUnwritable


class SealedFile:
    """Keeps entries by their ids; one owner, and every commit waits for the disk. Raises `OutboxError`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_db(path)
        with translated():
            try:
                _prepare(self._db)
            except BaseException:
                self._db.close()
                raise

    def add(self, entries: Iterable[tuple[str, str]]) -> None:
        """Keep entries, each as its id and its sealed form; all or none."""
        with transaction(self._db):
            self._db.executemany("INSERT OR REPLACE INTO sealed (event_id, jwe) VALUES (?, ?)", entries)

    def remove(self, event_ids: Iterable[str]) -> None:
        """Forget entries: the backend has them."""
        with transaction(self._db):
            self._db.executemany("DELETE FROM sealed WHERE event_id = ?", [(one,) for one in event_ids])

    def ids(self) -> frozenset[str]:
        """Which entries there are."""
        with translated():
            return frozenset(event_id for (event_id,) in self._db.execute("SELECT event_id FROM sealed"))

    def close(self) -> None:
        """Let go of the file."""
        with translated():
            self._db.close()


def _prepare(db: Connection) -> None:
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != SEALED_APPLICATION:
        raise OutboxDamaged("the file of sealed entries belongs to another program")
    if db.execute("PRAGMA user_version").fetchone()[0] > SEALED_VERSION:
        raise OutboxUnwritable("the sealed entries were written by a newer NBA Desktop; install that version again")
    make_durable(db)
    with transaction(db, "BEGIN EXCLUSIVE"):
        if not tables:
            db.execute(SEALED_TABLE)
            db.execute(f"PRAGMA application_id = {SEALED_APPLICATION}")
            db.execute(f"PRAGMA user_version = {SEALED_VERSION}")
        elif db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise OutboxDamaged
