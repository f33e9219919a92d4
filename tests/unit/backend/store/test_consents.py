"""The ledger in the database: whoever writes at the same time, there is one chain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from nba_desktop.backend.consent.ledger import BEGINNING, chained, verify
from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_site import sql_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with sql_store(tmp_path) as opened:
        yield opened


def append(store: SqlStore, words: str) -> None:
    with store.write() as unit:
        unit.consents.append(chained(entry(customer_words=words), unit.consents.head()))


def test_an_entry_comes_back_as_it_went_in(store: SqlStore) -> None:
    one = chained(entry(), BEGINNING)
    with store.write() as unit:
        unit.consents.append(one)
    with store.read() as unit:
        assert unit.consents.of_customer("c-lisa") == (one,)
        assert unit.consents.of_customer("c-ann") == ()


def test_processes_that_write_at_the_same_time_make_one_chain(store: SqlStore, tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def write(process: SqlStore) -> None:
        try:
            for number in range(20):
                append(process, f"{id(process)} {number}")
        except StoreUnavailable as error:
            failed.append(error)

    # Each has its own connections and its own lock, as two processes have.
    url = URL.create("sqlite", database=str(tmp_path / "backend.sqlite3"))
    with closing(SqlStore(Database(url))) as one, closing(SqlStore(Database(url))) as other:
        threads = [threading.Thread(target=write, args=(process,)) for process in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
    assert failed == []
    with store.read() as unit:
        entries = list(unit.consents.all())
        assert verify(entries, unit.consents.head()).broken_at is None
    assert len(entries) == 40


def test_the_database_itself_lets_no_chain_fork(store: SqlStore) -> None:
    append(store, "eins")
    with store.read() as unit:
        head = unit.consents.head()
    append(store, "zwei")
    fork = chained(entry(customer_words="auch zwei"), head)
    for position in (fork.position, fork.position + 1):
        forked = chained(entry(event_id=new_id()), head)
        with pytest.raises(StoreUnavailable), store.write() as unit:
            unit.consents.append(replace(forked, position=position))
