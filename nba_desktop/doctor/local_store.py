"""What lies on this workstation of what was recorded: how it is kept, what waits, and what was set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nba_desktop.adapters.agent_stores import (
    ENCRYPTED_FILE,
    MEMORY_SEALED,
    PLAIN_FILE,
    STORE_KEY,
    AgentStores,
    set_aside_files,
)
from nba_desktop.adapters.cipher_db import is_of_another_key, reading
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.store_key import read_key
from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.sealed import SEALED_ENDING
from nba_desktop.doctor.checks import KEYRING_WAYS_OUT, Finding
from nba_desktop.domain.errors import FailureCode, OutboxError, OutboxInUse, SecretsError, SiteKeyError

_REASONS: Final = frozenset({code.value for code in ProblemCode} | {"refused"})
_STATUS: Final = re.compile(r"http_[0-9]{3}")
_KEY: Final = "bring the keyring's earlier entry back; else the next start sets the store aside and begins a new one"


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The folder of the store of who works here, and its key; `failure` is why there is none."""

    folder: Path
    key: bytes | None = field(default=None, repr=False)
    failure: SecretsError | None = None

    @property
    def is_encrypted(self) -> bool:
        """Whether there is an encrypted store."""
        return (self.folder / ENCRYPTED_FILE).exists()

    @property
    def is_of_another_key(self) -> bool:
        """Whether the store is encrypted with another key than the one at hand. Raises `OutboxError`."""
        return self.key is not None and self.is_encrypted and is_of_another_key(self.file, self.key)

    @property
    def file(self) -> Path:
        """The store that the panel opens."""
        return self.folder / (ENCRYPTED_FILE if self.is_encrypted else PLAIN_FILE)


def local_store(data_dir: Path, settings: Settings | None, secrets: Secrets) -> LocalStore:
    """The store that the panel would open; its key is only read, never made."""
    folder, name = data_dir, STORE_KEY
    own_backend = settings is not None and settings.backend.mode == "embedded"
    if own_backend and not LocalStore(folder).is_encrypted:
        return LocalStore(folder)
    if settings is not None and settings.sign_in.method == "openid":
        agents = AgentStores(data_dir)
        agent = agents.last()
        if agent is not None:
            folder, name = agents.folder(agent), agents.key_name(agent)
    try:
        return LocalStore(folder, read_key(name, secrets))
    except SecretsError as error:
        return LocalStore(folder, failure=error)


def check_store(store: LocalStore, settings: Settings) -> Finding:
    """Whether what is recorded is kept as the settings ask for."""
    if settings.backend.mode == "embedded":
        return Finding("store", True, "not encrypted, like the own backend's sample customers beside it")
    if problem := _site_key_problem(settings.site_public_key):
        says = f"{problem}; the panel records all the same, not sealed to the site"
        return Finding("store", False, says, "name the public key that `backend site-key create` has printed")
    sealed = "sealed to the site" if settings.site_public_key else "not sealed to the site"
    try:
        of_another_key = store.is_of_another_key
    except OutboxError as error:
        return Finding("store", False, f"{store.file} cannot be read: {error}", "make it readable for this user")
    if of_another_key:
        says = f"encrypted, and the key in the keyring is not the one of this file; {sealed}"
        return Finding("store", False, says, _KEY)
    if store.failure is None:
        return Finding("store", True, f"encrypted, its key is in the keyring; {sealed}")
    if store.failure.code is FailureCode.KEYRING_NO_TOKEN:
        if store.is_encrypted:
            return Finding(
                "store",
                False,
                f"encrypted, and its key is not in the keyring any more; {sealed}",
                "bring the keyring's entry back; else the next start sets the store aside and begins a new one",
            )
        return Finding("store", True, f"the next start of the panel makes a key; {sealed}")
    required = settings.outbox_encryption == "required"
    kept = "nothing may be kept in plain" if required else "what is recorded is kept in plain"
    way_out = KEYRING_WAYS_OUT.get(store.failure.code, "repair the keyring")
    return Finding("store", not required, f"not encrypted: {store.failure}; {kept}; {sealed}", way_out)


def check_outbox(store: LocalStore) -> Finding:
    """What waits to be sent, and what was refused."""
    if not store.file.exists():
        return Finding("outbox", True, without_store(store))
    if store.is_encrypted and store.key is None:
        return Finding("outbox", True, "it cannot be looked into without its key")
    try:
        if store.is_of_another_key:
            says = f"the key in the keyring is not that of {store.file}; nothing says that it is damaged"
            return Finding("outbox", False, says, _KEY)
        counts, refusals = outbox_counts(store), outbox_refusals(store)
    except OutboxInUse:
        return Finding("outbox", True, "in use by the running panel, which shows what waits")
    except OutboxError:
        return Finding(
            "outbox",
            False,
            f"{store.file} is damaged or cannot be opened",
            "start the panel: it sets a damaged file aside, tells where, and begins a new one",
        )
    waiting, parked = counts.get("pending", 0), counts.get("parked", 0)
    if parked:
        reasons = ", ".join(f"{why}: {count}" for why, count in refusals.items())
        return Finding(
            "outbox",
            False,
            f"{waiting} event(s) wait, {parked} were refused by the backend and are kept ({reasons})",
            "each start of the panel sends them once more; if they stay, show this to the backend's administrator",
        )
    return Finding("outbox", True, f"{waiting} event(s) wait to be sent")


def without_store(store: LocalStore) -> str:
    """What is said of a folder in which no store lies."""
    if check_sealed(store.folder) is not None or set_aside_files(store.folder):
        return "there is no store here, but there are sealed or set-aside entries"
    return "nothing was stored yet"


def check_sealed(data_dir: Path) -> Finding | None:
    """What panels without a keyring have left sealed to the site; None where nothing waits there."""
    waiting, running, unreadable = [], [], []
    for file in sorted(data_dir.rglob(MEMORY_SEALED)):
        name = str(file.relative_to(data_dir))
        try:
            with reading(file) as database:
                count = database.execute("SELECT count(*) FROM sealed").fetchone()[0]
        except OutboxInUse:
            running.append(f"{name} is in use by the running panel")
        except OutboxError:
            unreadable.append(f"{name} is damaged or cannot be opened")
        else:
            if count:
                waiting.append(f"{count} event(s) of a panel that has ended wait in {name}, sealed to the site")
    if waiting or unreadable:
        return Finding(
            "sealed",
            False,
            f"{'; '.join((*waiting, *unreadable, *running))} in {data_dir}",
            "keep the file, and tell whoever runs the backend: `nba-desktop backend recover` takes in what is in it",
        )
    return Finding("sealed", True, "; ".join(running)) if running else None


def check_set_aside(data_dir: Path) -> Finding | None:
    """What was set aside and may hold entries that nobody has sent; None where there is nothing."""
    files = set_aside_files(data_dir)
    if not files:
        return None
    names = ", ".join(str(path.relative_to(data_dir)) for path in files)
    sealed = any(path.name.endswith(SEALED_ENDING) for path in files)
    recover = "; `nba-desktop backend recover` takes in what is in those that end with .sealed" if sealed else ""
    way_out = f"keep them, and tell whoever runs the backend{recover}"
    return Finding("set-aside", False, f"{names} in {data_dir}", way_out)


def outbox_counts(store: LocalStore) -> Mapping[str, int]:
    """How many events are in each state. Raises `OutboxError`."""
    return dict(_asked(store, "SELECT state, count(*) FROM entry GROUP BY state"))


def outbox_refusals(store: LocalStore) -> Mapping[str, int]:
    """How many events were refused for which reason of the contract. Raises `OutboxError`."""
    reasons: Counter[str] = Counter()
    for why, count in _asked(store, "SELECT why, count(*) FROM entry WHERE state = 'parked' GROUP BY why"):
        reasons[why if why in _REASONS or _STATUS.fullmatch(why) else "another reason"] += count
    return dict(sorted(reasons.items()))


def _asked(store: LocalStore, query: str) -> Sequence[tuple[str, int]]:
    with reading(store.file, store.key if store.is_encrypted else None) as database:
        return database.execute(query).fetchall()


def _site_key_problem(setting: str) -> SiteKeyError | None:
    if not setting:
        return None
    from nba_desktop.adapters.sealing import read_site_key

    try:
        read_site_key(setting)
    except SiteKeyError as error:
        return error
    return None
