"""The local stores of this machine: which file is whose, with which key it opens, and what is done where there is none.

Encrypted and plain stores have names of their own, so that neither is ever taken for the other: a store that a missing
keyring leaves closed lies where it is, and is found again as soon as its key is there.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from nba_desktop.adapters.cipher_db import fits, remove
from nba_desktop.adapters.files import write_atomically
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.sealed import SEALED_ENDING, SealedBy
from nba_desktop.domain.errors import FailureCode, OutboxError, OutboxForbidden, PanelError
from nba_desktop.domain.panel import Notice

if TYPE_CHECKING:
    from nba_desktop.adapters.sealing import Seal
    from nba_desktop.adapters.secrets import Secrets

PLAIN_FILE: Final = "outbox.sqlite3"
ENCRYPTED_FILE: Final = "outbox.sqlcipher"
MEMORY_SEALED: Final = f"outbox-memory{SEALED_ENDING}"
"""What the store of a run without a keyring leaves on the disk."""

STORE_KEY: Final = "local store"
"""The name under which the keyring has the key of a store that is the only one of its user."""

ASIDE: Final = ("damaged", "locked", "lost")
"""Why a file is set aside, as its name says it: it is damaged, another key encrypts it, its store has lost it."""

Encryption = Literal["none", "preferred", "required"]

_AGENTS: Final = "agents"
_LAST_FILE: Final = "last"
_AGENT_DIGITS: Final = 32
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StorePlan:
    """Which store is wanted: the folder it lies in, the name of its key, and what the settings ask for.

    With the encryption “none” no keyring is asked: the backend with sample customers keeps them in plain beside it.
    """

    folder: Path
    key_name: str
    encryption: Encryption
    site_public_key: str
    retention: timedelta


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """What a store opens with; `failure` is why there is no key, `seal_failure` why nothing can be sealed."""

    key: bytes | None = field(default=None, repr=False)
    seal: Seal | None = None
    failure: PanelError | None = None
    seal_failure: PanelError | None = None


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """The store, or why there is none; `notices` say what the agent must know of it."""

    store: SqliteOutbox | None
    error: OutboxError | None = None
    notices: tuple[Notice, ...] = ()


class AgentStores:
    """Where the stores of the agents of this profile lie, when they sign in with names of their own."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / _AGENTS

    def agent_of(self, issuer: str, subject: str) -> str:
        """The name of an agent's store: it says nothing of who he is."""
        return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()[:_AGENT_DIGITS]

    def key_name(self, agent: str) -> str:
        """The name under which the keyring has the key of an agent's store."""
        return f"{STORE_KEY} {agent}"

    def folder(self, agent: str) -> Path:
        """The folder of an agent's store."""
        return self._folder / agent

    def last(self) -> str | None:
        """Whose store was the last one that was open; None where there was none yet."""
        try:
            agent = (self._folder / _LAST_FILE).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return None
        is_name = len(agent) == _AGENT_DIGITS and all(one in "0123456789abcdef" for one in agent)
        return agent if is_name else None

    def remember(self, agent: str) -> None:
        """Note whose store is to be opened at the next start; a disk that does not take it is logged."""
        try:
            write_atomically(self._folder / _LAST_FILE, agent.encode())
        except OSError as error:
            _log.warning("who was signed in last cannot be noted (%s)", error.strerror)


def read_keys(plan: StorePlan, secrets: Secrets | None = None, by: Callable[[], SealedBy] = SealedBy) -> StoreKeys:
    """What the store opens with. It blocks for as long as the keyring takes, which is seconds at most.

    `by` is asked at each entry whose it is.
    """
    if plan.encryption == "none":
        return StoreKeys()
    # Not needed before the panel is painted, and the keyring takes long to load: here nobody waits for it.
    from nba_desktop.adapters.store_key import read_or_make_key

    key, failure, seal, seal_failure = None, None, None, None
    try:
        key = read_or_make_key(plan.key_name, secrets)
    except PanelError as error:
        failure = error
    if plan.site_public_key:
        from nba_desktop.adapters.sealing import read_site_key

        try:
            seal = read_site_key(plan.site_public_key, by)
        except PanelError as error:
            seal_failure = error
    return StoreKeys(key, seal, failure, seal_failure)


def open_store(plan: StorePlan, keys: StoreKeys) -> OpenedStore:
    """Open the store in the thread that will use it, and take in what an earlier one has left."""
    notices = [Notice(keys.seal_failure.code)] if keys.seal_failure else []
    try:
        store, notice = _opened(plan, keys)
    except OutboxError as error:
        return OpenedStore(None, error, tuple(notices))
    if notice is not None:
        notices.append(Notice(notice))
    notices += _left_by(store)
    if keys.key is not None:
        for file in _earlier(plan.folder, keys.key):
            notices += _taken_in(store, file, keys.key)
    return OpenedStore(store, None, tuple(notices))


def set_aside_files(folder: Path) -> tuple[Path, ...]:
    """What lies set aside in a folder and in those of its agents, without the logs beside the files."""
    found = [path for why in ASIDE for path in folder.rglob(f"outbox*.{why}-*")]
    return tuple(sorted(path for path in found if not path.name.endswith(("-wal", "-shm", "-journal"))))


def _opened(plan: StorePlan, keys: StoreKeys) -> tuple[SqliteOutbox, FailureCode | None]:
    folder, retention = plan.folder, plan.retention
    if keys.key is not None:
        return SqliteOutbox(folder / ENCRYPTED_FILE, retention, key=keys.key, seal=keys.seal), None
    if plan.encryption == "none":
        return SqliteOutbox(folder / PLAIN_FILE, retention), None
    if plan.encryption == "preferred":
        return SqliteOutbox(folder / PLAIN_FILE, retention, seal=keys.seal), FailureCode.STORE_NOT_ENCRYPTED
    if keys.seal is None:
        raise OutboxForbidden
    in_memory = SqliteOutbox(None, retention, seal=keys.seal, sealed=folder / MEMORY_SEALED)
    return in_memory, FailureCode.STORE_IN_MEMORY


def _earlier(folder: Path, key: bytes) -> list[Path]:
    """The stores beside an encrypted one that can be taken into it, oldest first."""
    locked = [
        path
        for path in sorted(folder.glob(f"{ENCRYPTED_FILE}.locked-*"))
        if not path.name.endswith((SEALED_ENDING, "-wal", "-shm", "-journal"))
    ]
    plain = folder / PLAIN_FILE
    return [path for path in locked if fits(path, key)] + ([plain] if plain.is_file() else [])


def _taken_in(store: SqliteOutbox, file: Path, key: bytes) -> list[Notice]:
    """Take an earlier store over and remove it; what cannot be read now stays where it is, and is tried again."""
    try:
        earlier = SqliteOutbox(file, key=None if file.name == PLAIN_FILE else key)
        try:
            taken = store.take_in(earlier)
        finally:
            earlier.close()
        remove(file)
        remove(file.with_name(file.name + SEALED_ENDING))
    except OutboxError as error:
        _log.warning("an earlier store is not taken in: %s", error.code)
        return []
    _log.info("an earlier store is taken in: %d entries", taken)
    return _left_by(earlier)


def _left_by(store: SqliteOutbox) -> list[Notice]:
    """What the agent must know of a store that had something to set aside."""
    aside = [
        (store.why or FailureCode.STORE_DAMAGED, store.set_aside),
        (FailureCode.STORE_LEFT_SEALED, store.left_sealed),
    ]
    return [Notice(code, (("file", str(file)),)) for code, file in aside if file is not None]
