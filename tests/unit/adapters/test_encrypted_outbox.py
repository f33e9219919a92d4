"""The outbox encrypted and sealed: nothing is readable without a key, and no key that is lost takes an entry along."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from nba_desktop.adapters.sealing import Seal, read_site_key
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.events import ContactNoteWritten
from nba_desktop.contract.sealed import SealedBy
from nba_desktop.domain.errors import FailureCode, OutboxFull, SiteKeyError
from nba_desktop.domain.outbox import EntryState
from tests.fakes.site_keys import PUBLIC, SITE_KEY, opened
from tests.unit.adapters.events import AT, note

ROOT = Path(__file__).parents[3]
KEY = bytes(range(32))
OTHER = bytes(reversed(range(32)))
CANARY = "Kanarienvogel Zwitscherling"

if os.name != "posix":
    pytest.skip("the faults are made with what POSIX has", allow_module_level=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "outbox.sqlcipher"


@pytest.fixture
def seal() -> Seal:
    return read_site_key(PUBLIC, lambda: SealedBy(issuer="https://login.example.com", subject="7"))


@pytest.fixture
def outbox(path: Path, seal: Seal) -> Iterator[SqliteOutbox]:
    outbox = SqliteOutbox(path, key=KEY, seal=seal, now=lambda: AT)
    yield outbox
    outbox.close()


def sealed_of(path: Path) -> Path:
    return path.with_name(path.name + ".sealed")


def pending(outbox: SqliteOutbox) -> list[UUID]:
    return [entry.event_id for entry in outbox.entries(EntryState.PENDING)]


def sealed_ids(file: Path) -> list[UUID]:
    return [ContactNoteWritten.model_validate_json(one.event).event_id for one in opened(file)]


def crashed(outbox: SqliteOutbox, tmp_path: Path) -> Path:
    """The files as a power cut leaves them."""
    assert outbox.path is not None
    copy = tmp_path / "crashed"
    shutil.copytree(outbox.path.parent, copy)
    return copy / outbox.path.name


def test_what_is_stored_is_there_again_with_the_key_and_readable_in_no_file(
    outbox: SqliteOutbox, path: Path, tmp_path: Path
) -> None:
    events = [note(seq, CANARY) for seq in (1, 2)]
    outbox.put(*events)
    outbox.keep("sign-in", CANARY)
    left = crashed(outbox, tmp_path)
    assert {file.name for file in left.parent.iterdir()} >= {left.name, f"{left.name}-wal", f"{left.name}.sealed"}
    for file in left.parent.iterdir():
        assert CANARY.encode() not in file.read_bytes()
        assert b"SQLite" not in file.read_bytes()[:16] or "sealed" in file.name
    again = SqliteOutbox(left, key=KEY)
    assert pending(again) == [event.event_id for event in events]
    assert again.kept("sign-in") == CANARY
    again.close()


def test_what_waits_lies_sealed_to_the_site_until_the_backend_has_it(outbox: SqliteOutbox, path: Path) -> None:
    events = [note(seq, CANARY) for seq in (1, 2, 3)]
    outbox.put(*events)
    outbox.put(events[0])
    outbox.mark_accepted(events[0].event_id)
    outbox.mark_parked({events[1].event_id: "refused"})
    outbox.close()
    (parked, waiting) = opened(sealed_of(path))
    assert ContactNoteWritten.model_validate_json(waiting.event) == events[2]
    assert parked.by == SealedBy(issuer="https://login.example.com", subject="7")
    assert parked.stored_at == AT


def test_entries_of_before_the_site_had_a_key_are_sealed_at_the_next_start(path: Path, seal: Seal) -> None:
    outbox = SqliteOutbox(path, key=KEY)
    events = [note(seq) for seq in (1, 2, 3)]
    outbox.put(*events)
    outbox.mark_accepted(events[0].event_id)
    outbox.close()
    assert not sealed_of(path).exists()
    SqliteOutbox(path, key=KEY, seal=seal).close()
    assert sealed_ids(sealed_of(path)) == [event.event_id for event in events[1:]]
    # Where the key is taken out of the settings, what was sealed still goes with its receipt.
    outbox = SqliteOutbox(path, key=KEY)
    outbox.mark_accepted(*pending(outbox))
    outbox.close()
    assert opened(sealed_of(path)) == []


def test_a_store_of_another_key_is_set_aside_whole_and_opens_again_with_its_own(
    outbox: SqliteOutbox, tmp_path: Path, seal: Seal
) -> None:
    events = [note(seq) for seq in (1, 2)]
    outbox.put(*events)
    path = crashed(outbox, tmp_path)
    before = path.read_bytes()
    new = SqliteOutbox(path, key=OTHER, seal=seal, now=lambda: AT)
    assert new.why is FailureCode.STORE_KEY_LOST
    aside = new.set_aside
    assert aside == path.with_name(f"{path.name}.locked-20260302T093000Z")
    assert aside.read_bytes() == before
    assert sealed_ids(sealed_of(aside)) == [event.event_id for event in events]
    own = note()
    new.put(own)
    assert pending(new) == [own.event_id]
    earlier = SqliteOutbox(aside, key=KEY)
    assert new.take_in(earlier) == 2
    assert new.take_in(earlier) == 0
    earlier.close()
    assert pending(new) == [own.event_id, *(event.event_id for event in events)]
    new.close()
    assert sealed_ids(sealed_of(path)) == pending_ids(path)


def pending_ids(path: Path) -> list[UUID]:
    outbox = SqliteOutbox(path, key=OTHER)
    ids = pending(outbox)
    outbox.close()
    return ids


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def first_page(path: Path) -> None:
    flip(path, 100)


def later_page(path: Path) -> None:
    flip(path, 4096 * 3 + 1000)


def half_a_file(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


@pytest.mark.parametrize("damage", [first_page, later_page, half_a_file], ids=lambda damage: damage.__name__)
def test_a_damaged_store_is_told_from_a_lost_key_and_keeps_what_is_sealed(
    path: Path, seal: Seal, damage: Callable[[Path], None]
) -> None:
    outbox = SqliteOutbox(path, key=KEY, seal=seal)
    events = [note(seq, "x" * 300) for seq in range(1, 60)]
    outbox.put(*events)
    outbox.close()
    damage(path)
    new = SqliteOutbox(path, key=KEY, seal=seal)
    assert new.why is FailureCode.STORE_DAMAGED
    assert new.set_aside is not None
    assert sealed_ids(sealed_of(new.set_aside)) == [event.event_id for event in events]
    assert pending(new) == []
    new.close()


def test_a_flipped_bit_in_its_salt_harms_nothing(path: Path) -> None:
    outbox = SqliteOutbox(path, key=KEY)
    outbox.put(note())
    outbox.close()
    flip(path, 3)
    again = SqliteOutbox(path, key=KEY)
    assert (len(pending(again)), again.set_aside) == (1, None)
    again.close()


def test_a_log_that_was_cut_off_loses_nothing_that_is_sealed_and_that_is_noticed(
    outbox: SqliteOutbox, tmp_path: Path, seal: Seal
) -> None:
    events = [note(seq, "x" * 300) for seq in range(1, 30)]
    for event in events:
        outbox.put(event)
    path = crashed(outbox, tmp_path)
    log = path.with_name(f"{path.name}-wal")
    os.truncate(log, log.stat().st_size // 3)
    again = SqliteOutbox(path, key=KEY, seal=seal)
    there = pending(again)
    assert 0 < len(there) < len(events)
    assert again.left_sealed is not None
    assert sealed_ids(again.left_sealed) == [event.event_id for event in events]
    again.close()
    # What is still there goes on as before, sealed anew.
    assert sealed_ids(sealed_of(path)) == there
    assert SqliteOutbox(path, key=KEY, seal=seal).left_sealed is None


def test_a_store_that_somebody_deleted_is_begun_anew_and_what_was_sealed_stays(
    outbox: SqliteOutbox, path: Path, tmp_path: Path, seal: Seal
) -> None:
    event = note()
    outbox.put(event)
    left = crashed(outbox, tmp_path)
    for suffix in ("", "-wal", "-shm"):
        left.with_name(left.name + suffix).unlink(missing_ok=True)
    new = SqliteOutbox(left, key=KEY, seal=seal)
    assert new.left_sealed is not None
    assert sealed_ids(new.left_sealed) == [event.event_id]
    new.close()


def test_a_damaged_file_of_sealed_entries_is_set_aside_and_sealed_anew(path: Path, seal: Seal) -> None:
    outbox = SqliteOutbox(path, key=KEY, seal=seal)
    event = note()
    outbox.put(event)
    outbox.close()
    sealed_of(path).write_bytes(b"no database\n" * 400)
    again = SqliteOutbox(path, key=KEY, seal=seal)
    assert again.left_sealed is not None
    assert "damaged" in again.left_sealed.name
    again.close()
    assert sealed_ids(sealed_of(path)) == [event.event_id]


def test_what_cannot_be_sealed_is_not_stored_either(outbox: SqliteOutbox) -> None:
    kept = note()
    outbox.put(kept)
    assert outbox._sealed is not None
    outbox._sealed._db.execute("PRAGMA max_page_count = 4")
    with pytest.raises(OutboxFull):
        outbox.put(*(note(seq, "x" * 400) for seq in range(2, 60)))
    assert pending(outbox) == [kept.event_id]


def test_a_store_in_memory_leaves_its_sealed_entries_only(tmp_path: Path, seal: Seal) -> None:
    file = tmp_path / "outbox-memory.sealed"
    outbox = SqliteOutbox(None, seal=seal, sealed=file)
    sent, waiting = note(1, CANARY), note(2, CANARY)
    outbox.put(sent, waiting)
    outbox.mark_accepted(sent.event_id)
    outbox.keep("sign-in", "token")
    outbox.close()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    assert CANARY.encode() not in file.read_bytes()
    again = SqliteOutbox(None, seal=seal, sealed=file)
    assert (pending(again), again.kept("sign-in")) == ([], None)
    assert again.left_sealed is not None
    assert sealed_ids(again.left_sealed) == [waiting.event_id]
    again.close()


def test_a_store_in_plain_keeps_no_secrets(tmp_path: Path) -> None:
    outbox = SqliteOutbox(tmp_path / "outbox.sqlite3")
    with pytest.raises(ValueError, match="not encrypted"):
        outbox.keep("sign-in", "token")
    outbox.close()


def test_what_is_kept_can_be_replaced_and_forgotten(outbox: SqliteOutbox) -> None:
    outbox.keep("sign-in", "one")
    outbox.keep("sign-in", "two")
    assert outbox.kept("sign-in") == "two"
    outbox.keep("sign-in", None)
    assert outbox.kept("sign-in") is None


def test_receipts_purge_what_is_encrypted_too(path: Path, seal: Seal) -> None:
    outbox = SqliteOutbox(path, timedelta(0), key=KEY, seal=seal)
    event = note()
    outbox.put(event)
    outbox.mark_accepted(event.event_id)
    outbox.close()
    again = SqliteOutbox(path, timedelta(0), key=KEY, seal=seal)
    assert again.stored() == ()
    assert again.left_sealed is None
    again.close()


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("/nowhere/site.jwk", "cannot be read"),
        ("{broken", "it is no JSON Web Key"),
        ("{}", "it is no JSON Web Key"),
        ('{"kty":"oct","k":"c2VjcmV0"}', "no key for sealing"),
        (json.dumps(SITE_KEY.as_dict(private=True)), "it is the private key"),
    ],
)
def test_a_key_that_nothing_can_be_sealed_to_is_refused_without_repeating_it(setting: str, problem: str) -> None:
    with pytest.raises(SiteKeyError, match=problem) as caught:
        read_site_key(setting)
    assert str(SITE_KEY.as_dict(private=True)["d"]) not in str(caught.value)


def test_the_sites_key_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "site.jwk"
    file.write_text(PUBLIC, encoding="utf-8")
    assert read_site_key(str(file)).key_id == read_site_key(PUBLIC).key_id == SITE_KEY.kid


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_was_acknowledged_survives_kill_9_encrypted_and_sealed(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.adapters.kill_rounds", str(path), "25", "--encrypted"],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["lost"] == []
    assert result["set_aside"] == 0
    assert result["acknowledged"] > 25
