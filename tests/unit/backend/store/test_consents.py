"""The ledger in the database: whoever writes at the same time, there is one chain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from nba_desktop.backend.consent.checking import verify
from nba_desktop.backend.consent.ledger import BEGINNING, chained
from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_site import Stores, sql_store, url_of


@pytest.fixture
def store(tmp_path: Path, each_store: Stores) -> Iterator[SqlStore]:
    with sql_store(tmp_path) as opened:
        yield opened


def append(store: SqlStore, words: str) -> None:
    with store.write() as unit:
        unit.consents.append(entry(customer_words=words))


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
    url = url_of(tmp_path)
    with closing(SqlStore(Database(url))) as one, closing(SqlStore(Database(url))) as other:
        threads = [threading.Thread(target=write, args=(process,)) for process in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
    assert failed == []
    with store.read() as unit:
        check = verify(unit.consents.batches(), unit.consents.end())
    assert (check.entries, check.broken_at) == (40, None)


def test_what_was_undone_leaves_no_gap(store: SqlStore) -> None:
    append(store, "eins")
    with store.write() as unit, suppress(ZeroDivisionError), unit.part():
        unit.consents.append(entry(customer_words="undone"))
        raise ZeroDivisionError
    with suppress(ZeroDivisionError), store.write() as unit:
        unit.consents.append(entry(customer_words="undone, too"))
        raise ZeroDivisionError
    append(store, "zwei")
    with store.write() as unit:
        placed = [unit.consents.append(entry()) for _ in range(2)]
        assert [one.position for one in placed] == [3, 4]
    with store.read() as unit:
        check = verify(unit.consents.batches(), unit.consents.end())
        assert [one.customer_words for one in unit.consents.of_customer("c-lisa")[:2]] == ["eins", "zwei"]
    assert (check.entries, check.broken_at) == (4, None)


def test_the_database_itself_lets_no_chain_fork(store: SqlStore) -> None:
    append(store, "eins")
    with store.read() as unit:
        head = unit.consents.end()
    assert head is not None
    append(store, "zwei")
    fork = chained(entry(customer_words="auch zwei"), head)
    for position in (fork.position, fork.position + 1):
        forked = chained(entry(event_id=new_id()), head)
        with pytest.raises(StoreUnavailable), store.write() as unit:
            unit.consents.append_all([replace(forked, position=position)])
