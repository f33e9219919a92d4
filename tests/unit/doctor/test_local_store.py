"""The doctor on what lies here of what was recorded."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nba_desktop.adapters.agent_stores import ENCRYPTED_FILE, MEMORY_SEALED, STORE_KEY, AgentStores
from nba_desktop.adapters.flight.recorder import FOLDER, FlightRecorder
from nba_desktop.adapters.sealing import read_site_key
from nba_desktop.adapters.settings import BackendSettings, Settings, SignInSettings
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.adapters.store_key import read_or_make_key
from nba_desktop.doctor.checks import check_recorder
from nba_desktop.doctor.local_store import (
    LocalStore,
    check_outbox,
    check_sealed,
    check_set_aside,
    check_store,
    local_store,
)
from nba_desktop.domain.errors import FailureCode
from tests.fakes.keyrings import KeptSecrets
from tests.fakes.site_keys import PUBLIC
from tests.unit.adapters.events import note

SITE = BackendSettings(mode="site", url="https://nba.example.com")


def test_an_outbox_that_nobody_wrote_to_is_well(tmp_path: Path) -> None:
    assert check_outbox(LocalStore(tmp_path / "new")).ok


def test_what_waits_and_what_was_refused_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "outbox.sqlite3"
    SqliteOutbox(file).close()
    assert check_outbox(LocalStore(tmp_path)).says == "0 event(s) wait to be sent"
    with closing(sqlite3.connect(file)) as database:
        database.executemany(
            "INSERT INTO entry (event_id, contact_id, json, state, why, stored_at) VALUES (?, 'c', '{}', ?, ?, '2026')",
            [
                ("1", "pending", ""),
                ("2", "pending", ""),
                ("3", "parked", "unknown_contact"),
                ("4", "parked", "http_413"),
                ("5", "parked", "words of Anna Beispiel"),
            ],
        )
        database.commit()
    finding = check_outbox(LocalStore(tmp_path))
    assert not finding.ok
    assert finding.says == (
        "2 event(s) wait, 3 were refused by the backend and are kept "
        "(another reason: 1, http_413: 1, unknown_contact: 1)"
    )


def test_the_outbox_of_a_running_panel_is_well(tmp_path: Path) -> None:
    with closing(SqliteOutbox(tmp_path / "outbox.sqlite3")):
        finding = check_outbox(LocalStore(tmp_path))
    assert finding.ok
    assert "running panel" in finding.says


def test_a_damaged_outbox_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "outbox.sqlite3"
    file.write_bytes(b"this was a database " * 100)
    assert "damaged" in check_outbox(LocalStore(tmp_path)).says
    assert file.read_bytes().startswith(b"this was")


def test_an_encrypted_store_is_counted_with_its_key_and_left_alone_without(tmp_path: Path) -> None:
    secrets, settings = KeptSecrets(), Settings(backend=SITE, site_public_key=PUBLIC)
    assert check_store(local_store(tmp_path, settings, secrets), settings).says.startswith("the next start")
    outbox = SqliteOutbox(tmp_path / ENCRYPTED_FILE, key=read_or_make_key(STORE_KEY, secrets))
    outbox.put(note(1), note(2))
    with closing(outbox):
        store = local_store(tmp_path, settings, secrets)
        assert "running panel" in check_outbox(store).says
    assert check_outbox(store).says == "2 event(s) wait to be sent"
    finding = check_store(store, settings)
    assert finding.ok
    assert finding.says == "encrypted, its key is in the keyring; sealed to the site"
    secrets.by_name.clear()
    without = local_store(tmp_path, settings, secrets)
    assert "without its key" in check_outbox(without).says
    finding = check_store(without, settings)
    assert not finding.ok
    assert "bring the keyring" in finding.way_out
    assert secrets.by_name == {}


@pytest.mark.parametrize(("encryption", "ok"), [("preferred", True), ("required", False)])
def test_without_a_keyring_the_way_out_is_named(tmp_path: Path, encryption: str, ok: bool) -> None:
    settings = Settings.model_validate({"backend": SITE, "outbox_encryption": encryption})
    store = local_store(tmp_path, settings, KeptSecrets(FailureCode.KEYRING_LOCKED))
    finding = check_store(store, settings)
    assert finding.ok is ok
    assert "unlock the keyring" in finding.way_out


def test_a_key_of_the_site_that_cannot_be_used_is_a_problem(tmp_path: Path) -> None:
    settings = Settings(backend=SITE, site_public_key=str(tmp_path / "none.jwk"))
    finding = check_store(local_store(tmp_path, settings, KeptSecrets()), settings)
    assert not finding.ok
    assert "none.jwk cannot be read" in finding.says


def test_a_key_of_another_store_in_the_keyring_is_no_damage(tmp_path: Path) -> None:
    SqliteOutbox(tmp_path / ENCRYPTED_FILE, key=bytes(32)).close()
    store, settings = LocalStore(tmp_path, bytes([1]) * 32), Settings(backend=SITE)
    kept, outbox = check_store(store, settings), check_outbox(store)
    assert (kept.ok, outbox.ok) == (False, False)
    assert "the key in the keyring is not the one of this file" in kept.says
    assert "nothing says that it is damaged" in outbox.says


def test_the_own_backends_store_needs_no_keyring(tmp_path: Path) -> None:
    settings = Settings()
    store = local_store(tmp_path, settings, KeptSecrets(FailureCode.KEYRING_SILENT))
    assert store.failure is None
    assert check_store(store, settings).ok


def test_where_agents_sign_in_the_last_ones_store_is_looked_at(tmp_path: Path) -> None:
    signing_in = SignInSettings(method="openid", issuer="https://login.example.com", client_id="panel")
    settings, secrets, agents = Settings(backend=SITE, sign_in=signing_in), KeptSecrets(), AgentStores(tmp_path)
    assert local_store(tmp_path, settings, secrets).folder == tmp_path
    agent = agents.agent_of("https://login.example.com", "anna")
    agents.remember(agent)
    key = read_or_make_key(agents.key_name(agent), secrets)
    store = local_store(tmp_path, settings, secrets)
    assert (store.folder, store.key) == (agents.folder(agent), key)


def test_what_was_set_aside_is_named_with_the_way_to_take_it_in(tmp_path: Path) -> None:
    assert check_set_aside(tmp_path) is None
    for name in ("outbox.sqlcipher.locked-20260302T093000Z", "outbox.sqlcipher.locked-20260302T093000Z.sealed"):
        (tmp_path / name).write_bytes(b"")
    finding = check_set_aside(tmp_path)
    assert finding is not None
    assert not finding.ok
    assert "outbox.sqlcipher.locked-20260302T093000Z.sealed" in finding.says
    assert "backend recover" in finding.way_out
    assert "sealed or set-aside" in check_outbox(LocalStore(tmp_path)).says


def test_what_a_panel_in_memory_has_left_sealed_is_counted_once_it_has_ended(tmp_path: Path) -> None:
    assert check_sealed(tmp_path) is None
    file = tmp_path / MEMORY_SEALED
    with closing(SqliteOutbox(None, seal=read_site_key(PUBLIC), sealed=file)) as outbox:
        outbox.put(note(1), note(2))
        finding = check_sealed(tmp_path)
        assert finding is not None
        assert (finding.ok, finding.says) == (True, f"{MEMORY_SEALED} is in use by the running panel")
    before = file.read_bytes()
    finding = check_sealed(tmp_path)
    assert finding is not None
    assert not finding.ok
    assert finding.says.startswith(f"2 event(s) of a panel that has ended wait in {MEMORY_SEALED}")
    assert "backend recover" in finding.way_out
    assert file.read_bytes() == before
    assert "sealed or set-aside" in check_outbox(LocalStore(tmp_path)).says
    file.write_bytes(b"this was a database " * 100)
    finding = check_sealed(tmp_path)
    assert finding is not None
    assert "damaged" in finding.says


def test_a_panel_in_memory_that_has_sent_everything_left_nothing(tmp_path: Path) -> None:
    SqliteOutbox(None, seal=read_site_key(PUBLIC), sealed=tmp_path / MEMORY_SEALED).close()
    assert check_sealed(tmp_path) is None
    assert check_outbox(LocalStore(tmp_path)).says == "nothing was stored yet"


def test_records_without_their_key_are_counted_as_closed(tmp_path: Path) -> None:
    recorder = FlightRecorder(tmp_path / FOLDER, 100_000, key=b"k" * 32)
    recorder.started(type="none")
    recorder.close()
    assert "1 records" in check_recorder(tmp_path / FOLDER, Settings(), b"k" * 32).says
    assert "cannot be read without the store's key" in check_recorder(tmp_path / FOLDER, Settings()).says
