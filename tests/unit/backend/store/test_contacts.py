"""Contacts of one call, of one number, of one customer: found by their indexes, and each call once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import ActionsShown, CallerNumber, ContactNoteWritten
from tests.fakes.backend_site import NOW, Stores, sql_store, started
from tests.fakes.postgresql_stores import PostgresqlStores
from tests.fakes.query_plans import asked, plans_of

NUMBER = "+493511234567"
THIS = ContactRecord(
    contact_id=new_id(),
    agent_id="anna",
    started_at=NOW,
    direction="inbound",
    number=CallerNumber(raw=NUMBER, e164=NUMBER, presentation="allowed"),
    attached_customer_no=None,
    language="de",
    queue="billing",
    interaction_id="i",
    source="pbx",
    ivr_path="main/bill",
    ivr_level=AuthLevel.IDENTIFIED,
)


@pytest.fixture
def store(tmp_path: Path, each_store: Stores) -> Iterator[SqlStore]:
    with sql_store(tmp_path) as opened:
        with opened.write() as unit:
            for agent in ("anna", "ben"):
                ensure_agent(unit.access, agent, NOW)
        yield opened


def add(unit: Unit, minutes: float = 0, state: dict[str, Any] | None = None, **changes: Any) -> ContactRecord:
    """A contact so many minutes before this one, about which a note was written."""
    contact = rang(unit, minutes, **changes)
    note = ContactNoteWritten(event_id=new_id(), contact_id=contact.contact_id, seq=2, at=NOW, text="-")
    unit.contacts.add_event(note, note.model_dump_json(), contact.agent_id, NOW)
    if state is not None:
        unit.contacts.set_state(contact.contact_id, state)
    return contact


def rang(unit: Unit, minutes: float, end_cause: str | None = None, **changes: Any) -> ContactRecord:
    """A contact so many minutes before this one, at a telephone that nobody picked up."""
    contact = replace(THIS, contact_id=new_id(), started_at=NOW - timedelta(minutes=minutes), **changes)
    unit.contacts.add(contact, started())
    painted = ActionsShown(
        event_id=new_id(), contact_id=contact.contact_id, seq=1, at=NOW, decision_id=new_id(), action_ids=()
    )
    unit.contacts.add_event(painted, painted.model_dump_json(), contact.agent_id, NOW)
    if end_cause is not None:
        unit.contacts.set_state(contact.contact_id, {"end_cause": end_cause})
    return contact


def proved(customer_id: str = "c-lisa", concern: str | None = "bill") -> dict[str, Any]:
    return {"auth_level": "authenticated", "customer_id": customer_id, "concern": concern}


def test_a_contact_is_read_back_as_it_began(store: SqlStore) -> None:
    with store.write() as unit:
        unit.contacts.add(THIS, started())
        assert unit.contacts.by_id(THIS.contact_id) == THIS
        plain = replace(THIS, contact_id=new_id(), source="", ivr_path=None, ivr_level=None, queue=None)
        unit.contacts.add(plain, started())
        assert unit.contacts.by_id(plain.contact_id) == plain


def test_contacts_of_one_call_are_those_of_its_source_and_id_that_began_before(store: SqlStore) -> None:
    with store.write() as unit:
        older, newer = add(unit, 10), add(unit, 5)
        add(unit, 61)
        add(unit, -1)
        for others in ({"source": "other"}, {"interaction_id": "j"}, {"source": ""}):
            add(unit, 3, None, **others)
        found = unit.contacts.of_interaction(THIS, NOW - timedelta(hours=1), 8)
    assert list(found) == [newer, older]


@pytest.mark.parametrize("asked", ["of_interaction", "around"])
def test_telephones_that_only_rang_take_nobodys_place(store: SqlStore, asked: str) -> None:
    with store.write() as unit:
        done = add(unit, 30, agent_id="ben")
        passed_on = rang(unit, 29, "transferred", agent_id="ben")
        for end_cause in ("elsewhere", "missed", "normal", None):
            rang(unit, 20, end_cause, agent_id="ben")
        add(unit, 20, {"end_cause": "elsewhere"}, agent_id="ben")
        since = NOW - timedelta(hours=1)
        if asked == "around":
            found = unit.contacts.around(THIS, since, NOW, 2)
        else:
            found = unit.contacts.of_interaction(THIS, since, 2)
    assert list(found) == [passed_on, done]


def test_contacts_of_one_call_have_its_number_where_both_have_one(store: SqlStore) -> None:
    absent = CallerNumber()
    with store.write() as unit:
        same, none = add(unit, 10), add(unit, 9, number=absent)
        other = add(unit, 8, number=CallerNumber(e164="+4930123456"))
        since = NOW - timedelta(hours=1)
        assert list(unit.contacts.of_interaction(THIS, since, 2)) == [none, same]
        assert list(unit.contacts.of_interaction(replace(THIS, number=absent), since, 3)) == [other, none, same]


def test_without_a_source_no_contacts_are_of_one_call(store: SqlStore) -> None:
    with store.write() as unit:
        add(unit, 5, source="")
        assert unit.contacts.of_interaction(replace(THIS, source=""), NOW - timedelta(hours=1), 8) == []


def test_contacts_around_are_colleagues_that_still_run_or_just_ended(store: SqlStore) -> None:
    withheld = CallerNumber(raw="", e164=NUMBER, presentation="restricted")
    with store.write() as unit:
        running = add(unit, 30, agent_id="ben")
        ended = add(unit, 20, {"ended_at": NOW - timedelta(minutes=1)}, agent_id="ben")
        add(unit, 20, {"ended_at": NOW - timedelta(minutes=3)}, agent_id="ben")
        add(unit, 20)
        add(unit, 20, agent_id="ben", number=withheld)
        add(unit, 90, agent_id="ben")
        found = unit.contacts.around(THIS, NOW - timedelta(hours=1), NOW - timedelta(minutes=2), 8)
    assert list(found) == [ended, running]


def test_what_calls_were_about_counts_once_for_a_call_and_only_for_whom_it_was(store: SqlStore) -> None:
    with store.write() as unit:
        add(unit, 50, proved(concern="bill"), interaction_id="a")
        add(unit, 49, proved(concern="bill"), interaction_id="a")
        add(unit, 48, proved(concern="move"), interaction_id="a")
        add(unit, 40, proved(concern="bill"), source="", interaction_id="")
        add(unit, 30, proved(concern="bill"), source="", interaction_id="")
        add(unit, 20, proved(concern="move"), interaction_id="mistaken")
        add(unit, 19, proved("c-jan", "move"), interaction_id="mistaken")
        add(unit, 10, {**proved(), "auth_level": "identified"}, interaction_id="b")
        add(unit, 9, proved(concern=None), interaction_id="c")
        found = unit.contacts.concerns_of("c-lisa", NOW, 200)
    assert [(one.code, (NOW - one.at) // timedelta(minutes=1)) for one in found] == [
        ("bill", 30),
        ("bill", 40),
        ("move", 48),
        ("bill", 49),
    ]


def test_no_more_calls_of_a_number_are_read_than_asked_for(store: SqlStore) -> None:
    with store.write() as unit:
        for minutes in range(1, 8):
            add(unit, minutes, proved(), interaction_id=str(minutes))
        found = unit.contacts.calls_from(NUMBER, NOW, 5)
    assert [one.interaction_id for one in found] == ["1", "2", "3", "4", "5"]


def test_calls_that_tell_nothing_take_no_calls_place(store: SqlStore) -> None:
    withheld = CallerNumber(raw="", e164=NUMBER, presentation="restricted")
    with store.write() as unit:
        add(unit, 30, proved(), interaction_id="told")
        for minutes in range(5):
            rang(unit, 20 + minutes, "elsewhere")
        add(unit, 10, {**proved(), "auth_level": "identified"})
        add(unit, 9, proved(), direction="outbound")
        add(unit, 8, proved(), number=withheld)
        found = unit.contacts.calls_from(NUMBER, NOW, 1)
    assert [one.interaction_id for one in found] == ["told"]


def test_a_switchboard_is_not_looked_at_without_end(store: SqlStore) -> None:
    with store.write() as unit:
        add(unit, 30, proved())
        for minutes in range(1, 11):
            rang(unit, minutes)
        assert unit.contacts.calls_from(NUMBER, NOW, 1) == []


def test_what_a_ringing_call_asks_is_found_by_indexes(store: SqlStore, each_store: Stores) -> None:
    with asked(store._database) as questions, store.read() as unit:
        unit.contacts.of_interaction(THIS, NOW, 8)
        unit.contacts.around(THIS, NOW, NOW, 8)
        unit.contacts.calls_from(NUMBER, NOW, 200)
        unit.contacts.concerns_of("c-lisa", NOW, 200)
        unit.contacts.of_agent("anna", NOW, NOW)
        unit.contacts.events_of_several([THIS.contact_id])
    with store._database.reading() as connection:
        plans = plans_of(connection, questions)
    # What was limited before is gone through.
    assert set(plans.whole) <= {"newest"}
    expected = [
        "ix_contacts_source_interaction_id",
        "ix_events_contact_id_seq",
        "ix_contacts_number_e164_started_at",
        "ix_events_contact_id_seq",
        "ix_contacts_number_e164_started_at",
        "ix_contacts_customer_id",
        "ix_contacts_source_interaction_id",
        "ix_contacts_agent_id_started_at",
        "ix_events_contact_id_seq",
    ]
    assert len(plans.lookups) == len(expected)
    if not isinstance(each_store, PostgresqlStores):
        # PostgreSQL weighs indexes by what is in the tables, and here is nothing.
        assert plans.lookups == expected


def test_an_agents_contacts_are_his_own_from_the_begin_to_before_the_end(store: SqlStore) -> None:
    with store.write() as unit:
        first, last = add(unit, 60), add(unit, 0)
        for minutes in (61, -1):
            add(unit, minutes)
        add(unit, 30, agent_id="ben")
        found = unit.contacts.of_agent("anna", NOW - timedelta(minutes=60), NOW + timedelta(minutes=1))
        events = unit.contacts.events_of_several([first.contact_id, last.contact_id, THIS.contact_id])
    assert [one.contact_id for one in found] == [last.contact_id, first.contact_id]
    assert [[one.seq for one in events[contact]] for contact in (first.contact_id, THIS.contact_id)] == [[1, 2], []]
