from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.domain.errors import OutboxDamaged, OutboxError, OutboxFull, OutboxUnwritable
from nba_desktop.domain.outbox import EntryState
from nba_desktop.domain.receipts import OutboxStatus
from tests.unit.adapters.events import AT, CONTACT, note

ROOT = Path(__file__).parents[3]


class Now:
    def __init__(self) -> None:
        self.moment = AT

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "outbox.sqlite3"


@pytest.fixture
def outbox(path: Path) -> Iterator[SqliteOutbox]:
    outbox = SqliteOutbox(path)
    yield outbox
    outbox.close()


def pending(outbox: SqliteOutbox) -> list[UUID]:
    return [entry.event_id for entry in outbox.entries(EntryState.PENDING)]


def test_events_are_there_in_their_order_after_reopening(path: Path) -> None:
    first = SqliteOutbox(path)
    events = [note(seq, "Zähler „links“ – 4 711") for seq in range(1, 6)]
    first.put(events[0])
    first.put(*events[1:])
    first.close()
    again = SqliteOutbox(path)
    stored = again.entries(EntryState.PENDING)
    assert [entry.json for entry in stored] == [event.model_dump_json() for event in events]
    assert {entry.contact_id for entry in stored} == {CONTACT}
    assert again.set_aside is None
    again.close()


def test_an_event_put_twice_is_stored_once(outbox: SqliteOutbox) -> None:
    event = note()
    outbox.put(event)
    outbox.put(event)
    assert pending(outbox) == [event.event_id]


def test_another_event_with_the_same_id_is_an_error_and_nothing_of_the_call_is_stored(outbox: SqliteOutbox) -> None:
    event = note(text="one")
    outbox.put(event)
    with pytest.raises(ValueError, match="another event"):
        outbox.put(note(), event.model_copy(update={"text": "two"}))
    assert pending(outbox) == [event.event_id]


def test_accepted_and_parked_entries_are_not_pending_any_more(outbox: SqliteOutbox) -> None:
    accepted, earlier, parked, waiting = note(1), note(2), note(3), note(4)
    outbox.put(accepted, earlier, parked, waiting)
    outbox.mark_accepted(accepted.event_id)
    outbox.mark_parked({parked.event_id: "invalid_message", earlier.event_id: "conflict"})
    assert pending(outbox) == [waiting.event_id]
    assert [(entry.event_id, entry.why) for entry in outbox.entries(EntryState.PARKED)] == [
        (earlier.event_id, "conflict"),
        (parked.event_id, "invalid_message"),
    ]
    assert outbox.status() == OutboxStatus(waiting=1, parked=2, why="invalid_message")


def test_a_late_refusal_does_not_take_a_receipt_back(outbox: SqliteOutbox) -> None:
    event = note()
    outbox.put(event)
    outbox.mark_accepted(event.event_id)
    outbox.mark_parked({event.event_id: "refused"})
    assert outbox.status() == OutboxStatus()


def test_parked_entries_can_be_put_back_in_the_line_at_their_place(outbox: SqliteOutbox) -> None:
    first, second = note(1), note(2)
    outbox.put(first, second)
    outbox.mark_parked({first.event_id: "http_403"})
    assert outbox.retry_parked() == 1
    assert pending(outbox) == [first.event_id, second.event_id]
    assert outbox.entries(EntryState.PENDING)[0].why == ""


def test_at_most_as_many_entries_are_read_as_asked_for(outbox: SqliteOutbox) -> None:
    events = [note(seq) for seq in range(1, 10)]
    outbox.put(*events)
    assert len(outbox.entries(EntryState.PENDING, 4)) == 4


def test_accepted_entries_are_purged_after_the_retention_and_no_others(path: Path) -> None:
    now = Now()
    outbox = SqliteOutbox(path, retention=timedelta(days=7), now=now)
    accepted, parked, waiting = note(1, "to be purged"), note(2), note(3)
    outbox.put(accepted, parked, waiting)
    outbox.mark_accepted(accepted.event_id)
    outbox.mark_parked({parked.event_id: "refused"})
    outbox.close()

    def kept() -> set[str]:
        with sqlite3.connect(path) as db:
            ids = {row[0] for row in db.execute("SELECT event_id FROM entry")}
        db.close()
        return ids

    now.moment += timedelta(days=6, hours=23)
    SqliteOutbox(path, retention=timedelta(days=7), now=now).close()
    assert kept() == {str(event.event_id) for event in (accepted, parked, waiting)}
    now.moment += timedelta(hours=2)
    SqliteOutbox(path, retention=timedelta(days=7), now=now).close()
    assert kept() == {str(event.event_id) for event in (parked, waiting)}
    assert b"to be purged" not in path.read_bytes()


def test_a_receipt_takes_no_more_work_after_a_week_of_events(outbox: SqliteOutbox) -> None:
    def work_of_one() -> int:
        steps: list[None] = []
        event = note()
        outbox.put(event)
        outbox._db.set_progress_handler(lambda: steps.append(None), 1)
        outbox.mark_accepted(event.event_id)
        assert outbox.status().waiting == 0
        outbox._db.set_progress_handler(None, 0)
        return len(steps)

    first = work_of_one()
    events = [note(seq) for seq in range(2, 1000)]
    outbox.put(*events)
    outbox.mark_accepted(*(event.event_id for event in events))
    assert work_of_one() < 2 * first


def test_a_file_made_before_the_index_of_the_receipts_gets_it(path: Path) -> None:
    outbox = SqliteOutbox(path)
    event = note()
    outbox.put(event)
    outbox._db.execute("DROP INDEX entry_by_end")
    outbox.close()
    outbox = SqliteOutbox(path)
    indexes = {name for _, name, *_ in outbox._db.execute("PRAGMA index_list(entry)")}
    assert "entry_by_end" in indexes
    assert pending(outbox) == [event.event_id]


def test_the_settings_that_make_a_commit_durable_are_on(outbox: SqliteOutbox) -> None:
    def pragma(name: str) -> object:
        return outbox._db.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("locking_mode")) == ("wal", 2, "exclusive")


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_the_files_are_readable_by_this_user_only(outbox: SqliteOutbox, path: Path) -> None:
    outbox.put(note())
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_second_owner_is_refused_and_harms_nothing(outbox: SqliteOutbox, path: Path) -> None:
    event = note()
    outbox.put(event)
    with pytest.raises(OutboxUnwritable, match="another running NBA Desktop"):
        SqliteOutbox(path)
    assert pending(outbox) == [event.event_id]
    assert not list(path.parent.glob("*damaged*"))


def test_a_killed_owner_leaves_no_lock_behind(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from nba_desktop.adapters.sqlite_outbox import SqliteOutbox\n"
        "outbox = SqliteOutbox(Path(sys.argv[1]))\n"
        "sys.stdout.write('open\\n'); sys.stdout.flush(); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        with pytest.raises(OutboxUnwritable, match="another running NBA Desktop"):
            SqliteOutbox(path)
        child.kill()
    outbox = SqliteOutbox(path)
    assert outbox.set_aside is None
    outbox.close()


def test_using_it_in_another_thread_is_a_defect_and_not_a_storage_error(outbox: SqliteOutbox) -> None:
    caught: list[BaseException] = []

    def use() -> None:
        try:
            outbox.status()
        except outbox._db.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1


# ---- damage


def damage_nothing_like_sqlite(path: Path) -> None:
    path.write_bytes(b"this was an outbox once\n" * 400)


def damage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * 16)


def damage_pages(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(4096 * 2))


def damage_length(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def another_programs_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()


@pytest.mark.parametrize(
    "damage",
    [damage_nothing_like_sqlite, damage_header, damage_pages, damage_length, another_programs_database],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_file_is_set_aside_as_it_is_and_a_new_one_begun(path: Path, damage: Callable[[Path], None]) -> None:
    outbox = SqliteOutbox(path)
    for seq in range(1, 200):
        outbox.put(note(seq, "x" * 300))
    outbox.close()
    damage(path)
    before = path.read_bytes()
    outbox = SqliteOutbox(path, now=Now())
    assert outbox.set_aside == path.with_name("outbox.sqlite3.damaged-20260302T093000Z")
    assert outbox.set_aside.read_bytes() == before
    assert outbox.status() == OutboxStatus()
    event = note()
    outbox.put(event)
    outbox.close()
    again = SqliteOutbox(path)
    assert pending(again) == [event.event_id]
    assert again.set_aside is None
    again.close()


def test_two_damaged_files_of_one_second_are_both_kept(path: Path) -> None:
    for text in ("one", "two"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text * 1000)
        SqliteOutbox(path, now=Now()).close()
    names = sorted(file.name for file in path.parent.glob("*damaged*"))
    assert names == ["outbox.sqlite3.damaged-20260302T093000Z", "outbox.sqlite3.damaged-20260302T093000Z-2"]


@pytest.mark.parametrize("damage", [damage_header, damage_nothing_like_sqlite, damage_pages])
def test_events_in_the_log_of_a_damaged_file_are_kept_with_it(
    outbox: SqliteOutbox, path: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    for seq in range(1, 100):
        outbox.put(note(seq, "x" * 300))
    outbox._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    outbox.put(note(100, "the last words"))
    crashed = tmp_path / "crashed" / "outbox.sqlite3"
    shutil.copytree(path.parent, crashed.parent)
    damage(crashed)
    again = SqliteOutbox(crashed)
    assert again.set_aside is not None
    again.close()
    kept = list(crashed.parent.glob("*damaged*"))
    assert any(b"the last words" in file.read_bytes() for file in kept)


def test_damage_found_while_running_is_said_and_nothing_is_overwritten(path: Path) -> None:
    outbox = SqliteOutbox(path)
    for seq in range(1, 400):
        outbox.put(note(seq, "x" * 300))
    outbox.mark_accepted(*pending(outbox)[:1])
    outbox.close()
    outbox = SqliteOutbox(path)
    damage_pages(path)
    outbox._db.execute("PRAGMA cache_size = 1")
    with pytest.raises(OutboxDamaged):
        outbox.entries(EntryState.PENDING)
    outbox.close()
    again = SqliteOutbox(path)
    assert again.set_aside is not None
    again.close()


def test_an_outbox_of_a_newer_version_is_left_alone(path: Path) -> None:
    SqliteOutbox(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(OutboxUnwritable, match="newer"):
        SqliteOutbox(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


# ---- places that cannot be written


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(OutboxUnwritable):
        SqliteOutbox(tmp_path / "data" / "outbox.sqlite3")


def test_a_folder_in_the_files_place_is_said_and_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(OutboxUnwritable):
        SqliteOutbox(path)
    assert path.is_dir()


def test_a_file_that_became_read_only_is_said(path: Path) -> None:
    outbox = SqliteOutbox(path)
    outbox._db.execute("PRAGMA query_only = ON")
    with pytest.raises(OutboxUnwritable):
        outbox.put(note())
    outbox.close()


# ---- full disks


def put_until_it_fails(outbox: SqliteOutbox) -> tuple[list[UUID], OutboxError]:
    acknowledged: list[UUID] = []
    for seq in range(1, 20_000):
        event = note(seq, "x" * 480)
        try:
            outbox.put(event)
        except OutboxError as error:
            return acknowledged, error
        acknowledged.append(event.event_id)
    raise AssertionError("the disk never got full")


def test_a_full_disk_is_said_and_what_was_acknowledged_stays(outbox: SqliteOutbox) -> None:
    outbox._db.execute("PRAGMA max_page_count = 40")
    acknowledged, error = put_until_it_fails(outbox)
    assert isinstance(error, OutboxFull)
    assert pending(outbox) == acknowledged
    outbox._db.execute("PRAGMA max_page_count = 4000")
    event = note()
    outbox.put(event)
    assert pending(outbox) == [*acknowledged, event.event_id]


def test_a_call_that_does_not_fit_as_a_whole_stores_nothing(outbox: SqliteOutbox) -> None:
    outbox._db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(OutboxFull):
        outbox.put(*(note(seq, "x" * 480) for seq in range(1, 500)))
    assert pending(outbox) == []


WRITE_WITHIN_A_LIMIT = """
import json, resource, sys
from pathlib import Path
from tests.unit.adapters.test_sqlite_outbox import put_until_it_fails
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
outbox = SqliteOutbox(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
acknowledged, error = put_until_it_fails(outbox)
sys.stdout.write(json.dumps([type(error).__name__, [str(event_id) for event_id in acknowledged]]))
sys.stdout.flush()
import os
os._exit(0)
"""


def test_a_file_that_may_not_grow_is_said_and_what_was_acknowledged_stays(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITE_WITHIN_A_LIMIT, str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    error, acknowledged = json.loads(done.stdout)
    assert error in ("OutboxFull", "OutboxUnwritable")
    outbox = SqliteOutbox(path)
    assert [str(event_id) for event_id in pending(outbox)][: len(acknowledged)] == acknowledged
    outbox.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)], capture_output=True, check=False, timeout=10
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True, timeout=10)


def test_a_really_full_disk_is_said_and_a_little_room_is_enough_to_go_on(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 64 * 1024)
    outbox = SqliteOutbox(small_disk / "outbox.sqlite3")
    acknowledged, error = put_until_it_fails(outbox)
    assert isinstance(error, OutboxFull)
    assert pending(outbox) == acknowledged
    ballast.unlink()
    event = note()
    outbox.put(event)
    outbox.close()
    again = SqliteOutbox(small_disk / "outbox.sqlite3")
    assert pending(again) == [*acknowledged, event.event_id]
    again.close()


def test_an_outbox_cannot_be_begun_on_a_full_disk_and_says_so(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (small_disk / "ballast").write_bytes(b"x" * 1024 * 1024)
    with pytest.raises(OutboxError) as caught:
        SqliteOutbox(small_disk / "outbox.sqlite3")
    assert not isinstance(caught.value, OutboxDamaged)


# ---- kill -9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_was_acknowledged_survives_kill_9_at_any_moment(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.adapters.kill_rounds", str(path), "40"],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["lost"] == []
    assert result["set_aside"] == 0
    assert result["acknowledged"] > 40


def test_receipts_of_a_clock_that_was_ahead_are_purged_like_any_other(tmp_path: Path) -> None:
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    path, sent = tmp_path / "outbox.sqlite3", note(1)
    ahead = SqliteOutbox(path, now=lambda: at + timedelta(days=365))
    ahead.put(sent)
    ahead.mark_accepted(sent.event_id)
    ahead.close()
    SqliteOutbox(path, now=lambda: at).close()
    later = SqliteOutbox(path, now=lambda: at + timedelta(days=8))
    assert later.stored() == ()
    later.close()
