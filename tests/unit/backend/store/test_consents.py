"""The ledger in the database: whoever writes at the same time, there is one chain."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from nba_desktop.backend.consent.ledger import BEGINNING, chained, verify
from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_site import sql_store


def append(store: SqlStore, words: str) -> None:
    with store.write() as unit:
        unit.consents.append(chained(entry(customer_words=words), unit.consents.head()))


def test_an_entry_comes_back_as_it_went_in(tmp_path: Path) -> None:
    store = sql_store(tmp_path)
    one = chained(entry(), BEGINNING)
    with store.write() as unit:
        unit.consents.append(one)
    with store.read() as unit:
        assert unit.consents.of_customer("c-lisa") == (one,)
        assert unit.consents.of_customer("c-ann") == ()


def test_processes_that_write_at_the_same_time_make_one_chain(tmp_path: Path) -> None:
    # Each has its own connections and its own lock, as two processes have.
    here = sql_store(tmp_path)
    there = SqlStore(type(here._database)(here._database._engine.url))
    failed: list[BaseException] = []

    def write(store: SqlStore, name: str) -> None:
        try:
            for number in range(20):
                append(store, f"{name} {number}")
        except StoreUnavailable as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(store, str(id(store)))) for store in (here, there)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    assert failed == []
    with here.read() as unit:
        entries = list(unit.consents.all())
        assert verify(entries, unit.consents.head()).broken_at is None
    assert len(entries) == 40
    there.close()


def test_the_database_itself_lets_no_chain_fork(tmp_path: Path) -> None:
    store = sql_store(tmp_path)
    append(store, "eins")
    with store.read() as unit:
        head = unit.consents.head()
    append(store, "zwei")
    fork = chained(entry(customer_words="auch zwei"), head)
    for position in (fork.position, fork.position + 1):
        forked = chained(entry(event_id=new_id()), head)
        with pytest.raises(StoreUnavailable), store.write() as unit:
            unit.consents.append(replace(forked, position=position))
