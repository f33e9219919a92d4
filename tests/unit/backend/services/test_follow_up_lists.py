"""Lists are read some at a time, in order, each once, and every page of them is kept as read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.decisions.follow_up_lists import FollowUpLists, ListRow
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import ConsentChannel, FollowUpKind, ResponseCode, Role
from nba_desktop.contract.events import FollowUpCancelled, FollowUpPlanned
from tests.fakes.backend_calls import in_call, response, tell
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW
from tests.fakes.handed_calls import Desk, call

pytestmark = pytest.mark.usefixtures("each_store")
DAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.backend.decisions.follow_up_lists._AT_A_TIME", 1)
    monkeypatch.setattr("nba_desktop.backend.decisions.follow_up_lists._ASKED_AT_A_TIME", 1)


def lists(services: Services) -> FollowUpLists:
    permissions = PermissionService(services.store, services.catalogues, services.clock)
    return FollowUpLists(services.store, services.catalogues, permissions, services.clock)


def promise(desk: Desk, days: int, kind: FollowUpKind = FollowUpKind.CALLBACK) -> FollowUpPlanned:
    event = FollowUpPlanned(**desk.head(), kind=kind, due=DAY + timedelta(days=days))
    desk.tell(event)
    return event


def reads(services: Services) -> int:
    return len(kept(services.store, "follow-ups export"))


def test_open_promises_of_a_kind_come_by_their_day(real: Services) -> None:
    desk = call(real, real.agent)
    desk.settles()
    last, first, second = promise(desk, 2), promise(desk, 0), promise(desk, 0)
    promise(desk, 0, FollowUpKind.SPECIALIST)
    gone = promise(desk, 1)
    desk.tell(FollowUpCancelled(**desk.head(), cancels=gone.event_id))
    with real.store.write() as unit:
        unit.follow_ups.set_done(second.event_id, NOW, "anna")
    found = lists(real).promised(real.agent, "Liste", FollowUpKind.CALLBACK, DAY + timedelta(days=2), "de")
    assert [one.reference for one in found] == [str(first.event_id), str(last.event_id)]
    assert reads(real) == 2
    today = lists(real).promised(real.agent, "Liste", FollowUpKind.CALLBACK, None, "de")
    assert [one.customer_no for one in today] == ["K-104233"]


def think(services: Services, customer_id: str) -> None:
    said = response(in_call(services, customer_id), "SALES_SOLAR", ResponseCode.THINKING)
    assert tell(services, said) == ["accepted"]


def test_a_campaign_finds_each_customer_once(real: Services) -> None:
    for customer_id in ("c-lisa", "c-ann", "c-lisa"):
        think(real, customer_id)
    caller = Caller("anna", "R-1", frozenset({Role.MACHINE}))
    found: list[ListRow] = list(lists(real).campaign(caller, "Liste", "SALES_SOLAR", ConsentChannel.POST, "en"))
    assert [(one.customer_no, one.title) for one in found] == [("K-200111", "Solar roof"), ("K-104233", "Solar roof")]
    assert reads(real) == 2
    assert len({one.reference for one in found}) == 2
