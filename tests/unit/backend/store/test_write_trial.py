"""Whether writes get through: cheap to ask, and never told ready while each one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import NOW, Files


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(Files().fresh(tmp_path))) as opened:
        yield opened


def may_only_be_read(database: Database, how: str) -> None:
    with database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA query_only = {how}")


def writes(store: SqlStore) -> str:
    try:
        store.check_writes()
    except StoreUnavailable as error:
        return error.reason
    return "ready"


def test_a_store_that_takes_no_writes_is_not_ready_until_it_does_again(database: Database) -> None:
    clock = Clock()
    store = SqlStore(database, clock)
    refused = "the database refused: attempt to write a readonly database"

    # Nobody has written yet: the first who asks has it tried.
    may_only_be_read(database, "ON")
    assert writes(store) == refused
    may_only_be_read(database, "OFF")
    clock.now += 9
    assert writes(store) == refused
    clock.now += 1
    assert writes(store) == "ready"

    # Between two trials a write that is refused tells.
    may_only_be_read(database, "ON")
    assert writes(store) == "ready"
    with pytest.raises(StoreUnavailable), store.write() as unit:
        unit.settings.put(SettingRow("load", "", NOW, "anna"))
    assert writes(store) == refused


def test_however_often_it_is_asked_a_write_is_tried_every_half_minute(database: Database) -> None:
    clock = Clock()
    store = SqlStore(database, clock)
    changes = []
    for second in range(60):
        clock.now = second
        assert writes(store) == "ready"
        with database.reading() as connection:
            changes.append(connection.exec_driver_sql("SELECT total_changes()").scalar_one())
    assert [at for at in range(1, 60) if changes[at] != changes[at - 1]] == [30]
