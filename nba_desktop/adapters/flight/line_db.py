"""Lines in an encrypted file, bounded in size: the oldest lines go first."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from nba_desktop.adapters.cipher_db import Connection, open_db, reading, remove, transaction, translated
from nba_desktop.domain.errors import OutboxDamaged, OutboxError

_PAGE: Final = 4096
_LEAST_PAGES: Final = 16
_LOG_SHARE: Final = 8
"""One part in so many is left to the log beside the file."""
_STEP: Final = 32
"""One line in so many goes at once where there is no room."""
_CACHE_KIB: Final = 256

_log: Final = logging.getLogger(__name__)


class LineDb:
    """Keeps the last lines, about `limit` bytes of them with the log; other processes read them meanwhile.

    A killed process loses no line it has appended; a power cut may take the last ones. A file that is damaged or that
    another key encrypts is begun anew: nobody can read it. Use it in one thread at a time. Raises `OutboxError`.
    """

    def __init__(self, path: Path, key: bytes, limit: int) -> None:
        self._path = path
        self._key = key
        share = limit // _LOG_SHARE
        self._pages = max((limit - share) // _PAGE, _LEAST_PAGES)
        # The log is emptied at half its share, so that one large commit still fits.
        self._log_pages = max(share // 2 // _PAGE, 1)
        try:
            self._db = self._opened()
        except OutboxDamaged:
            self._db = self._anew()

    def append(self, lines: Sequence[bytes]) -> None:
        """Keep lines behind what is there, then remove what is too old to be kept."""
        try:
            self._insert(lines)
        except OutboxDamaged:
            with contextlib.suppress(OutboxError):
                self.close()
            self._db = self._anew()
            self._insert(lines)

    def close(self) -> None:
        """Let go of the file."""
        with translated():
            self._db.close()

    def _insert(self, lines: Sequence[bytes]) -> None:
        with transaction(self._db):
            self._db.executemany("INSERT INTO line (content) VALUES (?)", [(line,) for line in lines])
            while self._used() > self._pages:
                self._db.execute(
                    "DELETE FROM line WHERE position <="
                    f" (SELECT min(position) + (max(position) - min(position)) / {_STEP} FROM line)"
                )

    def _used(self) -> int:
        pages, free = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
        return int(pages) - int(free)

    def _opened(self) -> Connection:
        db = open_db(self._path, self._key, shared=True)
        try:
            with translated():
                # Gives room back when the limit is lowered; it has to be said before the first table.
                db.execute("PRAGMA auto_vacuum = FULL")
                db.execute("PRAGMA journal_mode = WAL")
                # Only the log's being emptied waits for the disk: a power cut leaves a sound file, if a shorter one.
                db.execute("PRAGMA synchronous = NORMAL")
                db.execute(f"PRAGMA wal_autocheckpoint = {self._log_pages}")
                db.execute(f"PRAGMA journal_size_limit = {self._log_pages * _PAGE}")
                db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                db.execute(
                    "CREATE TABLE IF NOT EXISTS line (position INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT"
                )
        except BaseException:
            db.close()
            raise
        return db

    def _anew(self) -> Connection:
        _log.info("%s was damaged or of another key, and is begun anew", self._path.name)
        remove(self._path)
        return self._opened()


def lines_of(path: Path, key: bytes) -> Iterator[bytes]:
    """The lines of a file, oldest first. Raises `OutboxError`, in the midst of it too where the file is damaged."""
    with reading(path, key) as db:
        for (line,) in db.execute("SELECT content FROM line ORDER BY position"):
            yield line
