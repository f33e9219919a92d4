"""Files of sealed entries, as workstations leave them: read, opened with the site's key, and never changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey
from pydantic import ValidationError

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.contract.events import EVENT_ADAPTER, AnyEvent
from nba_desktop.contract.sealed import (
    SEALED_ALGORITHM,
    SEALED_APPLICATION,
    SEALED_ENCRYPTION,
    SEALED_VERSION,
    SealedEntry,
)

_ALGORITHMS: Final = [SEALED_ALGORITHM, SEALED_ENCRYPTION]


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of a file; without an `entry` no key at hand opens it, without an `event` it breaks the contract."""

    event_id: str
    entry: SealedEntry | None = None
    event: AnyEvent | None = None
    wants: str = ""
    """The `kid` of the key that it was sealed to, where no key at hand opens it."""


def read_sealed(path: Path, keys: Sequence[ECKey | OKPKey]) -> tuple[Found, ...]:
    """Every entry of a file, in the order in which they were sealed; raises `ConfigurationError`."""
    return tuple(_opened(event_id, sealed, keys) for event_id, sealed in _rows(path))


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        raise ConfigurationError(f"there is no file {path}")
    try:
        # A copy: SQLite takes the log beside the file in, and the file of a workstation stays as it is.
        with tempfile.TemporaryDirectory(prefix="nba-recover-") as folder:
            copy = Path(folder) / "sealed"
            for suffix in ("", "-wal"):
                part = path.with_name(path.name + suffix)
                if part.is_file():
                    shutil.copyfile(part, copy.with_name(copy.name + suffix))
            with closing(sqlite3.connect(copy)) as database:
                _check(path, database)
                yield from database.execute("SELECT event_id, jwe FROM sealed ORDER BY rowid")
    except sqlite3.DatabaseError:
        raise ConfigurationError(
            f"{path} is damaged or cut off, or no file of sealed entries: was {path.name}-wal copied too?"
        ) from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None


def _check(path: Path, database: sqlite3.Connection) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not application and not tables:
        # As a file looks whose entries are all still in the log beside it.
        raise ConfigurationError(f"{path} is empty or cut off: was {path.name}-wal copied too?")
    if application != SEALED_APPLICATION:
        raise ConfigurationError(f"{path} is no file of sealed entries: their names end with .sealed")
    if version > SEALED_VERSION:
        raise ConfigurationError(f"{path} was written by a newer panel: bring the backend up to date first")


def _opened(event_id: str, sealed: str, keys: Sequence[ECKey | OKPKey]) -> Found:
    for key in keys:
        try:
            text = jwe.decrypt_compact(sealed, key, algorithms=_ALGORITHMS).plaintext
        except (JoseError, ValueError, TypeError):
            continue
        break
    else:
        return Found(event_id, wants=_wanted(sealed))
    try:
        entry = SealedEntry.model_validate_json(text or b"")
    except ValidationError:
        return Found(event_id)
    try:
        return Found(event_id, entry, EVENT_ADAPTER.validate_json(entry.event))
    except ValidationError:
        return Found(event_id, entry)


def _wanted(sealed: str) -> str:
    head = sealed.partition(".")[0]
    try:
        kid = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]
    except (ValueError, TypeError, KeyError):
        return ""
    # Anybody may have written it, and it is shown.
    return kid if isinstance(kid, str) and kid.isprintable() else ""
