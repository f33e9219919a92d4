"""What is the agent's own, as a file in his data folder: readable by him alone, never sent, never logged."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from nba_desktop.adapters.cipher_db import Connection, key_for, make_durable, open_db, rename, transaction, translated
from nba_desktop.adapters.files import disk_failure, write_atomically
from nba_desktop.domain.errors import FailureCode, OutboxDamaged, OutboxError, OwnStoreError
from nba_desktop.domain.own import Own

_log: Final = logging.getLogger(__name__)

_PURPOSE: Final = "own file"
_ENCRYPTED: Final = ".sqlcipher"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    form: Literal[1] = 1
    own: Own


class OwnFile:
    """Implements the port `OwnStore` with one small file whose content is replaced as a whole.

    Until it is opened nothing is kept: what was kept before is not known yet. With a key the file is an encrypted one,
    whose name ends with `.sqlcipher`.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._plain = path
        self._key: bytes | None = None
        self.set_aside: Path | None = None
        """Where a file went that could not be read as one of ours, so that nothing of it is lost."""

    def open(self, path: Path, key: bytes | None = None) -> None:
        """Keep it there from now on, encrypted with a key of 32 bytes where there is one."""
        self._plain, self._key = path, None if key is None else key_for(key, _PURPOSE)

    def load(self) -> Own:
        """What was kept last, or nothing yet; a damaged file is set aside. Raises `OwnStoreError`.

        What was kept in plain while there was no key is encrypted now, over what was kept before.
        """
        plain, path = self._paths()
        own = self._read(path)
        if path != plain and plain.exists():
            own = self._read(plain).over(own)
            self.save(own)
            _remove(plain)
        return own

    def save(self, own: Own) -> None:
        """Keep it in place of what was there. Raises `OwnStoreError`; what was kept before then stays."""
        _, path = self._paths()
        content = _Kept(own=own).model_dump_json(indent=1)
        with _as_own_error("written"):
            if self._key is None:
                write_atomically(path, content.encode())
                return
            try:
                _encrypt(path, self._key, content)
            except OutboxDamaged:
                self._aside(path)
                _encrypt(path, self._key, content)

    def _paths(self) -> tuple[Path, Path]:
        """Where it is in plain, and where it is kept."""
        if self._plain is None:
            raise OwnStoreError("the agent's own file is not open yet", FailureCode.DISK_UNWRITABLE)
        return self._plain, self._plain if self._key is None else self._plain.with_suffix(_ENCRYPTED)

    def _read(self, path: Path) -> Own:
        with _as_own_error("read"):
            try:
                content = self._content(path)
            except OutboxDamaged:
                return self._aside(path)
        if content is None:
            return Own()
        try:
            return _Kept.model_validate_json(content).own
        except ValidationError:
            # The error's text repeats what is in the file, which is nobody else's.
            return self._aside(path)

    def _content(self, path: Path) -> str | bytes | None:
        if self._key is not None and path.suffix == _ENCRYPTED:
            return _decrypted(path, self._key)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def _aside(self, path: Path) -> Own:
        place = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        with _as_own_error("set aside"):
            # An encrypted one goes with its log.
            rename(path, place)
        self.set_aside = place
        _log.info("the agent's own file was no sound one and is set aside")
        return Own()


def _encrypt(path: Path, key: bytes, content: str) -> None:
    with _opened(path, key) as db, transaction(db):
        db.execute("INSERT OR REPLACE INTO own (position, json) VALUES (1, ?)", (content,))


def _decrypted(path: Path, key: bytes) -> str | None:
    if not path.exists():
        return None
    with _opened(path, key) as db:
        row = db.execute("SELECT json FROM own").fetchone()
    return None if row is None else str(row[0])


@contextlib.contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Connection]:
    with contextlib.closing(open_db(path, key)) as db, translated():
        make_durable(db)
        db.execute("CREATE TABLE IF NOT EXISTS own (position INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT")
        yield db


def _remove(path: Path) -> None:
    with _as_own_error("removed"):
        # A damaged one was set aside.
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _as_own_error(what: str) -> Iterator[None]:
    """Tell a failure of the disk, or of the encrypted file, without a word of what is in it."""
    try:
        yield
    except OSError as error:
        why, code = error.strerror, disk_failure(error)
    except OutboxError as error:
        why, code = error.code.value, error.code
    else:
        return
    raise OwnStoreError(f"the agent's own file cannot be {what} ({why})", code)
