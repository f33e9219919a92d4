"""Whose store is which, with what key it opens, and what is done where there is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from nba_desktop.adapters.agent_stores import (
    ENCRYPTED_FILE,
    MEMORY_SEALED,
    PLAIN_FILE,
    AgentStores,
    Encryption,
    OpenedStore,
    StorePlan,
    open_store,
    read_keys,
    set_aside_files,
)
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.events import ContactNoteWritten
from nba_desktop.domain.errors import FailureCode, OutboxForbidden
from nba_desktop.domain.outbox import EntryState
from tests.fakes.keyrings import KeptSecrets
from tests.fakes.site_keys import PUBLIC, opened
from tests.unit.adapters.events import note

ROOT = Path(__file__).parents[3]
CANARY = "Kanarienvogel Zwitscherling"


def plan(folder: Path, encryption: Encryption = "preferred", site_public_key: str = "", name: str = "k") -> StorePlan:
    return StorePlan(folder, name, encryption, site_public_key, timedelta(days=7))


def open_planned(wanted: StorePlan, secrets: KeptSecrets) -> OpenedStore:
    return open_store(wanted, read_keys(wanted, secrets))


def store_of(found: OpenedStore) -> SqliteOutbox:
    assert found.store is not None
    return found.store


def codes(found: OpenedStore) -> list[FailureCode]:
    return [notice.code for notice in found.notices]


def pending(outbox: SqliteOutbox) -> list[UUID]:
    return [entry.event_id for entry in outbox.entries(EntryState.PENDING)]


def put_and_close(found: OpenedStore, *events: ContactNoteWritten) -> None:
    store_of(found).put(*events)
    store_of(found).close()


def assert_nothing_in_plain(folder: Path) -> None:
    for file in folder.rglob("*"):
        assert file.is_dir() or CANARY.encode() not in file.read_bytes(), file


def test_a_key_is_made_once_and_what_is_stored_is_there_again(tmp_path: Path) -> None:
    secrets, event = KeptSecrets(), note(text=CANARY)
    put_and_close(open_planned(plan(tmp_path), secrets), event)
    assert_nothing_in_plain(tmp_path)
    key = secrets.by_name["k"]
    found = open_planned(plan(tmp_path), secrets)
    assert (pending(store_of(found)), found.notices, secrets.by_name) == ([event.event_id], (), {"k": key})
    store_of(found).close()


KEYRINGS = [
    FailureCode.KEYRING_MISSING,
    FailureCode.KEYRING_NOT_ALLOWED,
    FailureCode.KEYRING_LOCKED,
    FailureCode.KEYRING_SILENT,
    FailureCode.KEYRING_NO_TOKEN,
]
"""Missing, plain, locked, hung, and one that keeps nothing."""


@pytest.mark.parametrize("failure", KEYRINGS)
def test_without_a_keyring_that_can_be_used_the_settings_decide(tmp_path: Path, failure: FailureCode) -> None:
    secrets = KeptSecrets(failure)
    preferred = open_planned(plan(tmp_path / "a"), secrets)
    put_and_close(preferred, note())
    assert codes(preferred) == [FailureCode.STORE_NOT_ENCRYPTED]
    assert [file.name for file in (tmp_path / "a").iterdir()] == [PLAIN_FILE]
    sealed = open_planned(plan(tmp_path / "b", "required", PUBLIC), secrets)
    assert codes(sealed) == [FailureCode.STORE_IN_MEMORY]
    put_and_close(sealed, note(text=CANARY))
    assert [file.name for file in (tmp_path / "b").iterdir()] == [MEMORY_SEALED]
    assert len(opened(tmp_path / "b" / MEMORY_SEALED)) == 1
    assert_nothing_in_plain(tmp_path / "b")
    forbidden = open_planned(plan(tmp_path / "c", "required"), secrets)
    assert forbidden.store is None
    assert isinstance(forbidden.error, OutboxForbidden)
    assert not (tmp_path / "c").exists()


def test_what_a_run_in_memory_left_sealed_is_kept_and_said_at_the_next_one(tmp_path: Path) -> None:
    secrets, wanted = KeptSecrets(FailureCode.KEYRING_LOCKED), plan(tmp_path, "required", PUBLIC)
    put_and_close(open_planned(wanted, secrets), note())
    found = open_planned(wanted, secrets)
    store_of(found).close()
    assert codes(found) == [FailureCode.STORE_IN_MEMORY, FailureCode.STORE_LEFT_SEALED]
    (left,) = set_aside_files(tmp_path)
    assert dict(found.notices[1].params) == {"file": str(left)}
    assert len(opened(left)) == 1


def test_the_store_of_the_own_backend_is_plain_and_asks_no_keyring(tmp_path: Path) -> None:
    found = open_planned(plan(tmp_path, "none", PUBLIC), KeptSecrets(FailureCode.KEYRING_SILENT))
    put_and_close(found, note())
    assert found.notices == ()
    assert [file.name for file in tmp_path.iterdir()] == [PLAIN_FILE]


def test_what_lies_in_plain_is_taken_in_as_soon_as_there_is_a_key(tmp_path: Path) -> None:
    older = SqliteOutbox(tmp_path / PLAIN_FILE)
    accepted, parked, waiting = note(1, CANARY), note(2, CANARY), note(3, CANARY)
    older.put(accepted, parked, waiting)
    older.mark_accepted(accepted.event_id)
    older.mark_parked({parked.event_id: "invalid_message"})
    older.close()
    found = open_planned(plan(tmp_path, site_public_key=PUBLIC), KeptSecrets())
    store = store_of(found)
    assert pending(store) == [waiting.event_id]
    assert [(one.event_id, one.why) for one in store.entries(EntryState.PARKED)] == [
        (parked.event_id, "invalid_message")
    ]
    assert len(store.stored()) == 3
    store.close()
    assert found.notices == ()
    assert {file.name for file in tmp_path.iterdir()} == {ENCRYPTED_FILE, f"{ENCRYPTED_FILE}.sealed"}
    assert_nothing_in_plain(tmp_path)
    assert len(opened(tmp_path / f"{ENCRYPTED_FILE}.sealed")) == 2


def test_a_day_without_keyring_leaves_the_encrypted_store_alone_and_is_taken_in_later(tmp_path: Path) -> None:
    secrets, (before, meanwhile) = KeptSecrets(), (note(1), note(2))
    put_and_close(open_planned(plan(tmp_path), secrets), before)
    content = (tmp_path / ENCRYPTED_FILE).read_bytes()
    secrets.failure = FailureCode.KEYRING_LOCKED
    put_and_close(open_planned(plan(tmp_path), secrets), meanwhile)
    assert (tmp_path / ENCRYPTED_FILE).read_bytes() == content
    secrets.failure = None
    found = open_planned(plan(tmp_path), secrets)
    assert pending(store_of(found)) == [before.event_id, meanwhile.event_id]
    store_of(found).close()
    assert [file.name for file in tmp_path.iterdir()] == [ENCRYPTED_FILE]


def test_a_lost_key_sets_the_store_aside_and_the_key_that_turns_up_again_brings_it_back(tmp_path: Path) -> None:
    secrets, (lost, new) = KeptSecrets(), (note(1), note(2))
    put_and_close(open_planned(plan(tmp_path), secrets), lost)
    key = secrets.by_name.pop("k")
    found = open_planned(plan(tmp_path), secrets)
    put_and_close(found, new)
    assert codes(found) == [FailureCode.STORE_KEY_LOST]
    (aside,) = set_aside_files(tmp_path)
    assert dict(found.notices[0].params) == {"file": str(aside)}
    secrets.by_name["k"] = key
    back = open_planned(plan(tmp_path), secrets)
    assert codes(back) == [FailureCode.STORE_KEY_LOST]
    assert pending(store_of(back)) == [lost.event_id]
    store_of(back).close()
    assert len(set_aside_files(tmp_path)) == 1


def test_a_damaged_store_of_before_is_set_aside_and_said_and_the_new_one_works(tmp_path: Path) -> None:
    (tmp_path / PLAIN_FILE).write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    found = open_planned(plan(tmp_path), KeptSecrets())
    put_and_close(found, note())
    assert codes(found) == [FailureCode.STORE_DAMAGED]
    assert len(list(tmp_path.glob(f"{PLAIN_FILE}.damaged-*"))) == 1


@pytest.mark.expected_log("an earlier store is not taken in")
def test_a_store_that_an_older_program_has_open_is_taken_in_at_another_start(tmp_path: Path) -> None:
    secrets, event = KeptSecrets(), note()
    running = SqliteOutbox(tmp_path / PLAIN_FILE)
    running.put(event)
    found = open_planned(plan(tmp_path), secrets)
    assert pending(store_of(found)) == []
    store_of(found).close()
    running.close()
    found = open_planned(plan(tmp_path), secrets)
    assert pending(store_of(found)) == [event.event_id]
    store_of(found).close()


def test_a_key_of_the_site_that_cannot_be_used_is_said_and_stops_nothing(tmp_path: Path) -> None:
    found = open_planned(plan(tmp_path, site_public_key="/nowhere.jwk"), KeptSecrets())
    put_and_close(found, note())
    assert codes(found) == [FailureCode.SITE_KEY_UNUSABLE]
    required = open_planned(plan(tmp_path / "b", "required", "/nowhere.jwk"), KeptSecrets(FailureCode.KEYRING_LOCKED))
    assert required.store is None


def test_what_the_keyring_has_in_the_keys_place_and_is_none_is_never_written_over(tmp_path: Path) -> None:
    secrets = KeptSecrets()
    secrets.by_name["k"] = "somebody's password"
    found = open_planned(plan(tmp_path), secrets)
    store_of(found).close()
    assert codes(found) == [FailureCode.STORE_NOT_ENCRYPTED]
    assert secrets.by_name == {"k": "somebody's password"}


# ---- two agents


def test_each_agent_has_a_store_and_a_key_of_his_own(tmp_path: Path) -> None:
    agents, secrets = AgentStores(tmp_path), KeptSecrets()
    anna, ben = (agents.agent_of("https://login.example.com", who) for who in ("anna", "ben"))
    events = {}
    for agent in (anna, ben):
        events[agent] = note(text=CANARY)
        wanted = plan(agents.folder(agent), name=agents.key_name(agent))
        put_and_close(open_planned(wanted, secrets), events[agent])
    assert len(set(secrets.by_name.values())) == 2
    for agent in (anna, ben):
        found = open_planned(plan(agents.folder(agent), name=agents.key_name(agent)), secrets)
        assert pending(store_of(found)) == [events[agent].event_id]
        store_of(found).close()
    # Under the other's key it is not even opened.
    wrong = open_planned(plan(agents.folder(anna), name=agents.key_name(ben)), secrets)
    assert codes(wrong) == [FailureCode.STORE_KEY_LOST]
    assert store_of(wrong).stored() == ()
    store_of(wrong).close()
    assert all("anna" not in str(file) and "ben" not in str(file) for file in tmp_path.rglob("*"))
    assert_nothing_in_plain(tmp_path)


def test_who_was_there_last_is_remembered_and_nothing_else_is_taken_for_him(tmp_path: Path) -> None:
    agents = AgentStores(tmp_path)
    assert agents.last() is None
    agent = agents.agent_of("https://login.example.com", "anna")
    assert agent != agents.agent_of("https://login.example.org", "anna")
    agents.remember(agent)
    assert AgentStores(tmp_path).last() == agent
    for wrong in ("../../etc", "", "x" * 32, "é"):
        (tmp_path / "agents" / "last").write_text(wrong, encoding="utf-8")
        assert agents.last() is None


# ---- kill -9 while a plain store becomes an encrypted one


TAKE_IN = """
import os, signal, sys, threading, time
from pathlib import Path
from nba_desktop.adapters.agent_stores import StoreKeys, open_store
from nba_desktop.adapters.sealing import read_site_key
from tests.unit.adapters.test_agent_stores import plan
seal = read_site_key(sys.argv[2])
for after_ms in map(float, sys.argv[3:]):
    child = os.fork()
    if child == 0:
        open_store(plan(Path(sys.argv[1])), StoreKeys(b"k" * 32, seal)).store.close()
        os._exit(0)
    time.sleep(after_ms / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_kill_9_at_any_moment_of_the_taking_in_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    older = SqliteOutbox(tmp_path / PLAIN_FILE)
    events = [note(seq, "x" * 300) for seq in range(1, 151)]
    older.put(*events)
    older.close()
    moments = [str(moment) for moment in (1, 2, 4, 6, 8, 10, 13, 17, 22, 28, 36, 46, 60, 80, 100)]
    done = subprocess.run(
        [sys.executable, "-c", TAKE_IN, str(tmp_path), PUBLIC, *moments],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    secrets = KeptSecrets()
    secrets.by_name["k"] = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    found = open_planned(plan(tmp_path, site_public_key=PUBLIC), secrets)
    assert pending(store_of(found)) == [event.event_id for event in events]
    assert (found.notices, set_aside_files(tmp_path)) == ((), ())
    store_of(found).close()
    assert not (tmp_path / PLAIN_FILE).exists()
    sealed = opened(tmp_path / f"{ENCRYPTED_FILE}.sealed")
    assert {json.loads(one.event)["event_id"] for one in sealed} == {str(event.event_id) for event in events}
