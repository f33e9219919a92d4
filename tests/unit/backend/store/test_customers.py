"""Customers come back from the store as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.model import FactValue, Phone
from nba_desktop.backend.store.schema.arrivals import touchpoints
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import ANN, JAN, JOURNEY, LISA, Stores, sql_store


@pytest.fixture
def store(tmp_path: Path, each_store: Stores) -> Iterator[SqlStore]:
    with sql_store(tmp_path) as opened:
        yield opened


def test_a_customer_comes_back_as_he_went_in(store: SqlStore) -> None:
    with store.read() as unit:
        assert [unit.customers.by_id(one.customer_id) for one in (LISA, JAN, ANN)] == [LISA, JAN, ANN]
        assert unit.customers.by_id("c-nobody") is None


def test_a_customer_asked_for_before_he_was_there_is_found_afterwards(store: SqlStore) -> None:
    new = replace(LISA, customer_id="c-new", customer_no="K-2", contracts=(), phones=())
    with store.write() as unit:
        assert unit.customers.by_id("c-new") is None
        unit.customers.add([new], [])
        assert unit.customers.by_id("c-new") == new


def test_facts_keep_their_types(store: SqlStore) -> None:
    facts: dict[str, FactValue] = {
        "text": "ü ' \" {date}",
        "whole": 3,
        "number": 2.5,
        "yes": True,
        "day": date(2026, 2, 28),
        "missing": None,
    }
    odd = replace(
        LISA,
        customer_id="c-odd",
        customer_no="K-1",
        facts=facts,
        contracts=(),
        phones=(),
        last_spoken_with="Frau Kurz",
        last_spoken_at=datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=1))),
    )
    with store.write() as unit:
        unit.customers.add([odd], [])
    with store.read() as unit:
        back = unit.customers.by_id("c-odd")
    assert back == odd
    assert back is not None
    assert {name: type(value) for name, value in back.facts.items()} == {
        name: type(value) for name, value in facts.items()
    }
    assert back.last_spoken_at is not None
    assert back.last_spoken_at.tzinfo is UTC


def test_the_journey_comes_back_newest_first(store: SqlStore) -> None:
    with store.read() as unit:
        assert unit.customers.touchpoints("c-lisa") == tuple(reversed(JOURNEY))
        assert unit.customers.touchpoints("c-jan") == ()


def test_who_shares_a_number_is_found_by_name(store: SqlStore) -> None:
    with store.read() as unit:
        found = unit.customers.by_phone("+493511234567", 10)
        assert [(one.customer_id, kind) for one, kind in found] == [("c-jan", "phone_home"), ("c-lisa", "phone_home")]
        assert len(unit.customers.by_phone("+493511234567", 1)) == 1


def test_a_customer_number_is_found_however_it_is_written(store: SqlStore) -> None:
    with store.read() as unit:
        for written in ("K-104233", "k 104233", "K104 233"):
            assert unit.customers.by_customer_no(written) == LISA
        assert unit.customers.by_customer_no("") is None


def test_a_number_that_is_taken_adds_nobody(store: SqlStore) -> None:
    fresh = replace(LISA, customer_id="c-new", customer_no="K-9", contracts=(), phones=(Phone("+491", "phone_other"),))
    double = replace(fresh, customer_id="c-double")
    with pytest.raises(StoreUnavailable), store.write() as unit:
        unit.customers.add([fresh, double], [])
    with store.read() as unit:
        assert unit.customers.by_id("c-new") is None


def test_an_empty_store_has_nobody(tmp_path: Path) -> None:
    with sql_store(tmp_path, customers=False) as store, store.read() as unit:
        assert not unit.customers.any()


def test_customers_are_read_in_the_order_asked_for_without_those_that_there_are_not(store: SqlStore) -> None:
    with store.read() as unit:
        assert list(unit.customers.ids()) == sorted(one.customer_id for one in (LISA, JAN, ANN))
        assert unit.customers.several(["c-lisa", "c-nobody", "c-jan"]) == [LISA, JAN]
        assert unit.customers.several([]) == []


def test_a_moment_without_zone_is_not_stored(store: SqlStore) -> None:
    naive = replace(JOURNEY[0], touchpoint_id="t-naive", at=datetime(2026, 3, 1, 9, 0))  # noqa: DTZ001
    with pytest.raises(Exception, match="time zone"), store.write() as unit:
        unit.customers.add([], [naive])


def test_moments_are_utc_in_the_database(store: SqlStore) -> None:
    with store.write() as unit:
        elsewhere = datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=5)))
        unit.customers.add([], [replace(JOURNEY[0], touchpoint_id="t-far", at=elsewhere)])
    with store.read() as unit:
        raw = unit._connection.exec_driver_sql("SELECT at FROM touchpoints WHERE touchpoint_id = 't-far'").scalar()
        back = unit._connection.execute(select(touchpoints.c.at).where(touchpoints.c.touchpoint_id == "t-far")).scalar()
    assert str(raw).startswith("2026-02-28 19:30:00")
    assert back == elsewhere
