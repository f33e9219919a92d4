"""The promises that were made before there was a list of them are in it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.unit import SqlUnit
from nba_desktop.backend.store.upgrade import downgrade
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import FollowUpKind
from nba_desktop.contract.events import AnyEvent, FollowUpCancelled, FollowUpPlanned
from tests.fakes.backend_site import NOW, Stores, started

START = started()
DECISION = new_id()


@pytest.fixture
def database(tmp_path: Path, each_store: Stores) -> Iterator[Database]:
    with closing(Database(each_store.empty(tmp_path))) as opened:
        migrate(opened)
        yield opened


def head(seq: int) -> dict[str, Any]:
    at = NOW + timedelta(seconds=seq)
    return {"event_id": new_id(), "contact_id": START.contact_id, "seq": seq, "at": at}


def tell(unit: SqlUnit, event: AnyEvent) -> None:
    unit.contacts.add_event(event, event.model_dump_json(), "anna", NOW)


def test_promises_from_before_come_from_their_events(database: Database) -> None:
    timed = FollowUpPlanned(
        **head(2),
        kind=FollowUpKind.CALLBACK,
        due=date(2026, 3, 15),
        at_time=time(17, 30),
        words="Nach „Feierabend“",
        decision_id=DECISION,
        action_id="SALES_SOLAR",
    )
    plain = FollowUpPlanned(**head(3), kind=FollowUpKind.CONCERN, due=date(2026, 3, 16), concern="bill")
    cancelled = FollowUpCancelled(**head(4), cancels=plain.event_id)
    downgrade(database, "0006")
    with database.writing() as connection:
        unit = SqlUnit(connection)
        ensure_agent(unit.access, "anna", NOW)
        contact = ContactRecord(START.contact_id, "anna", NOW, "inbound", START.number, None, "de")
        unit.contacts.add(contact, START)
        for event in (timed, plain, cancelled):
            tell(unit, event)
    migrate(database)
    with database.reading() as connection:
        unit = SqlUnit(connection)
        first, second = unit.follow_ups.by_id(timed.event_id), unit.follow_ups.by_id(plain.event_id)
        assert [one.follow_up_id for one in unit.follow_ups.open_of("anna", date.max, 10)] == [timed.event_id]
    assert first is not None
    assert (first.kind, first.due, first.at_time, first.words) == (
        FollowUpKind.CALLBACK,
        date(2026, 3, 15),
        time(17, 30),
        "Nach „Feierabend“",
    )
    assert (first.decision_id, first.action_id, first.planned_at) == (DECISION, "SALES_SOLAR", timed.at)
    assert (first.contact_id, first.agent_id, first.cancelled_at) == (START.contact_id, "anna", None)
    assert second is not None
    assert (second.concern, second.at_time, second.decision_id, second.words) == ("bill", None, None, "")
    assert second.cancelled_at == cancelled.at

    with database.writing() as connection:
        SqlUnit(connection).follow_ups.set_done(timed.event_id, NOW, "anna")
    with pytest.raises(ConfigurationError, match=r"no place for what is in follow_ups \(done_at\)"):
        downgrade(database, "0006")
