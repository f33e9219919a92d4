"""Promises as a list: whose they are, when they are due, that they were kept, and a calendar about nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from nba_desktop.backend.contacts.calendar import calendar
from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.backend.errors import Conflict, Forbidden, NotFound
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import FollowUpKind
from nba_desktop.contract.events import FollowUpCancelled, FollowUpPlanned
from nba_desktop.contract.follow_up import FollowUp
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW
from tests.fakes.handed_calls import Desk, call

pytestmark = pytest.mark.usefixtures("each_store")
DAY = date(2026, 3, 12)


def service(services: Services) -> FollowUpService:
    return FollowUpService(services.store, services.catalogues, services.clock)


def promise(desk: Desk, days: int = 0, **changes: Any) -> UUID:
    values = {"kind": FollowUpKind.CALLBACK, "due": DAY + timedelta(days=days)} | changes
    event = FollowUpPlanned(**desk.head(), **values)
    desk.tell(event)
    return event.event_id


@pytest.fixture
def desk(real: Services) -> Desk:
    desk = call(real, real.agent)
    desk.settles()
    return desk


def test_a_promise_is_listed_masked_with_its_action_and_its_words(desk: Desk) -> None:
    decision: dict[str, Any] = {"decision_id": desk.view.decision.decision_id, "action_id": "SALES_SOLAR"}
    made = promise(desk, at_time=time(17, 30), words="Nach Feierabend", **decision)
    listed = service(desk.services).open(desk.caller, None, "de")
    (one,) = listed.follow_ups
    assert (listed.day, listed.until, listed.more) == (DAY, DAY, False)
    assert (one.follow_up_id, one.contact_id, one.kind) == (made, desk.start.contact_id, FollowUpKind.CALLBACK)
    assert (one.due, one.at_time, one.words) == (DAY, time(17, 30), "Nach Feierabend")
    assert (one.caller, one.customer_no_masked) == ("L. Müller", "K-104 •••")
    assert (one.action_id, one.title, one.late) == ("SALES_SOLAR", "Solardach", False)


def test_a_promise_to_nobody_known_is_listed_with_his_number_and_with_no_candidate(real: Services) -> None:
    desk = call(real, real.agent)
    assert desk.view.identification.candidates
    promise(desk)
    (one,) = service(real).open(desk.caller, None, "de").follow_ups
    assert (one.caller, one.customer_no_masked, one.number) == ("", "", desk.start.number.e164)
    desk.settles()
    (one,) = service(real).open(desk.caller, None, "de").follow_ups
    assert (one.caller, one.number) == ("L. Müller", "")


def test_only_what_is_due_is_listed_and_what_is_due_first_stands_first(desk: Desk) -> None:
    tomorrow, noon, morning = promise(desk, 1), promise(desk, at_time=time(12)), promise(desk, at_time=time(9))
    any_time = promise(desk)
    listed = service(desk.services)
    assert [one.follow_up_id for one in listed.open(desk.caller, None, "de").follow_ups] == [morning, noon, any_time]
    assert [one.follow_up_id for one in listed.open(desk.caller, DAY + timedelta(days=1), "de").follow_ups] == [
        morning,
        noon,
        any_time,
        tomorrow,
    ]


def test_each_agent_sees_his_own(desk: Desk) -> None:
    promise(desk)
    assert service(desk.services).open(desk.services.colleague, None, "de").follow_ups == ()


def test_a_promise_without_a_customer_names_nobody(real: Services) -> None:
    desk = call(real, real.agent, None)
    promise(desk, kind=FollowUpKind.CONCERN, concern="bill")
    (one,) = service(real).open(real.agent, None, "de").follow_ups
    assert (one.caller, one.customer_no_masked, one.concern) == ("", "", "bill")


def test_who_is_settled_on_later_is_whom_it_was_promised_to(real: Services) -> None:
    desk = call(real, real.agent)
    promise(desk)
    desk.settles()
    (one,) = service(real).open(real.agent, None, "de").follow_ups
    assert one.caller == "L. Müller"


def test_what_was_cancelled_is_gone(desk: Desk) -> None:
    made = promise(desk)
    desk.tell(FollowUpCancelled(**desk.head(), cancels=made))
    assert service(desk.services).open(desk.caller, None, "de").follow_ups == ()
    with pytest.raises(Conflict):
        service(desk.services).done(desk.caller, made, "de")


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_done_is_kept_once_and_says_whether_it_was_in_time(desk: Desk, days: int, late: bool) -> None:
    made = promise(desk)
    listed = service(desk.services)
    # Half past ten in the evening of UTC is the next day in Berlin.
    desk.services.clock.now = datetime(2026, 3, 12, 22, 30 if days == 0 else 59, tzinfo=UTC) + timedelta(hours=days)
    done = listed.done(desk.caller, made, "de")
    assert (done.done_at, done.late) == (desk.services.clock.now, late)
    desk.services.clock.now += timedelta(days=30)
    assert listed.done(desk.caller, made, "de") == done
    assert listed.open(desk.caller, date.max, "de").follow_ups == ()


def test_what_is_open_behind_its_day_is_late(desk: Desk) -> None:
    promise(desk)
    desk.services.clock.now = NOW + timedelta(days=1)
    (one,) = service(desk.services).open(desk.caller, None, "de").follow_ups
    assert one.late


def test_an_agent_ends_his_own_and_another_system_any(desk: Desk) -> None:
    made = promise(desk, kind=FollowUpKind.SEND_INFORMATION)
    listed = service(desk.services)
    with pytest.raises(Forbidden):
        listed.done(desk.services.colleague, made, "de")
    with pytest.raises(NotFound):
        listed.done(desk.caller, new_id(), "de")
    assert listed.done(desk.services.portal, made, "de").done_at is not None
    with desk.services.store.read() as unit:
        row = unit.follow_ups.by_id(made)
    assert row is not None
    assert (row.done_by, row.is_open) == ("portal", False)


def test_the_calendar_says_when_and_a_reference_and_nobodys_name(desk: Desk) -> None:
    timed = promise(desk, 3, at_time=time(17, 30), words="Müller anrufen")
    all_day = promise(desk, 5, kind=FollowUpKind.SEND_INFORMATION)
    text = service(desk.services).calendar(desk.caller, "de")
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert lines.count("BEGIN:VEVENT") == 2
    assert {"DTSTART:20260315T163000Z", "DTEND:20260315T164500Z", f"UID:{timed}@nba-desktop"} <= set(lines)
    assert {"DTSTART;VALUE=DATE:20260317", "DTEND;VALUE=DATE:20260318"} <= set(lines)
    assert f"SUMMARY:Rückruf – {timed.hex[-8:].upper()}" in lines
    assert f"SUMMARY:Unterlagen senden – {all_day.hex[-8:].upper()}" in lines
    assert not any(word in text for word in ("Müller", "Lisa", "104233", "K-104"))
    assert "Callback" in service(desk.services).calendar(desk.caller, "en")


def test_lines_of_a_calendar_are_cut_between_characters() -> None:
    long_name = FollowUp(
        follow_up_id=new_id(), contact_id=new_id(), kind=FollowUpKind.SPECIALIST, due=DAY, planned_at=NOW
    )
    text = calendar([long_name] * 3, "de", UTC, NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
