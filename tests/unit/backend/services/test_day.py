"""An agent's own day: what he recorded, as it counts now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.contacts.day import DayService
from nba_desktop.backend.contacts.masking import mask_name
from nba_desktop.contract.codes import RESPONSE_GROUPS, FollowUpKind, ResponseCode
from nba_desktop.contract.events import FollowUpCancelled, ResponseRecorded
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import JAN, LISA, NOW, PORTAL_CATALOGUE
from tests.fakes.handed_calls import Desk, call


def days_of(services: Services) -> DayService:
    return DayService(services.store, services.catalogues, services.clock)


def new_call(services: Services, minutes: float, name: str = "") -> Desk:
    return call(services, services.agent, minutes=minutes, interaction_id=name or f"i-{minutes}")


def test_a_day_without_calls_is_empty(services: Services) -> None:
    day = days_of(services).today(services.agent)
    assert (day.day, day.contacts) == (date(2026, 3, 12), ())


def test_the_newest_contact_comes_first_with_who_and_what(real: Services) -> None:
    first = new_call(real, 0)
    first.settles()
    first.chooses("bill")
    first.records("SALES_SOLAR", ResponseCode.THINKING)
    first.ends("normal")
    second = call(real, real.agent, None, minutes=10, interaction_id="i-2", queue="Umzug")

    newest, oldest = days_of(real).today(real.agent).contacts
    assert (newest.contact_id, newest.caller, newest.queue, newest.concern) == (
        second.start.contact_id,
        "",
        "Umzug",
        None,
    )
    assert (newest.last_seq, newest.responses) == (1, ())
    assert (oldest.contact_id, oldest.started_at, oldest.last_seq) == (first.start.contact_id, NOW, 5)
    assert (oldest.caller, oldest.concern) == ("L. Müller", "bill")
    (response,) = oldest.responses
    assert (response.event_id, response.code) == (first.responses["SALES_SOLAR"], ResponseCode.THINKING)
    assert (response.action_id, response.title) == ("SALES_SOLAR", "Solardach")
    assert response.decision_id == first.view.decision.decision_id
    assert response.codes[0] is ResponseCode.ACCEPTED_DONE
    assert ResponseCode.THINKING in response.codes


def test_the_title_is_in_the_contacts_language(real: Services) -> None:
    desk = call(real, real.agent, language="en")
    desk.settles()
    desk.records("SALES_SOLAR", ResponseCode.THINKING)
    (contact,) = days_of(real).today(real.agent).contacts
    assert contact.responses[0].title == "Solar roof"


def test_the_title_is_the_one_of_the_version_that_decided(real: Services, tmp_path: Path) -> None:
    desk = new_call(real, 0)
    desk.settles()
    desk.records("SALES_SOLAR", ResponseCode.THINKING)
    changed = tmp_path / "changed.yaml"
    text = PORTAL_CATALOGUE.read_text("utf-8")
    changed.write_text(text.replace("Solardach", "Dach"), encoding="utf-8")
    (tmp_path / "other").mkdir()
    with open_services(tmp_path / "other", changed) as other:
        later = call(other, other.agent)
        later.settles()
        later.records("SALES_SOLAR", ResponseCode.THINKING)
        assert days_of(other).today(other.agent).contacts[0].responses[0].title == "Dach"
    assert days_of(real).today(real.agent).contacts[0].responses[0].title == "Solardach"


def test_a_correction_is_what_counts(real: Services) -> None:
    desk = new_call(real, 0)
    desk.settles()
    desk.records("SALES_SOLAR", ResponseCode.THINKING)
    desk.ends("normal")
    desk.retracts("SALES_SOLAR")
    desk.records("SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    (contact,) = days_of(real).today(real.agent).contacts
    assert [one.code for one in contact.responses] == [ResponseCode.ACCEPTED_DONE]
    assert contact.last_seq == desk.seq


def test_a_response_tells_what_stands_promised_with_it(real: Services) -> None:
    desk = new_call(real, 0)
    desk.settles()
    desk.records("SALES_SOLAR", ResponseCode.THINKING)
    kept, taken_back, of_the_concern = (
        desk.promises(FollowUpKind.CALLBACK, "SALES_SOLAR"),
        desk.promises(FollowUpKind.SEND_INFORMATION, "SALES_SOLAR"),
        desk.promises(FollowUpKind.CONCERN),
    )
    desk.tell(FollowUpCancelled(**desk.head(), cancels=taken_back))
    (contact,) = days_of(real).today(real.agent).contacts
    (response,) = contact.responses
    assert [(one.event_id, one.kind) for one in response.follow_ups] == [(kept, FollowUpKind.CALLBACK)]
    assert of_the_concern not in [one.event_id for one in response.follow_ups]


def test_a_call_that_ended_without_a_code_can_be_given_one(real: Services) -> None:
    desk = new_call(real, 0)
    desk.settles()
    desk.records("SALES_SOLAR", ResponseCode.NO_CODE)
    (contact,) = days_of(real).today(real.agent).contacts
    (response,) = contact.responses
    assert response.code is ResponseCode.NO_CODE
    assert ResponseCode.NO_CODE not in response.codes
    assert response.codes


def test_an_action_that_cannot_be_read_is_told_by_its_id_and_may_have_offered_any_code(services: Services) -> None:
    desk = new_call(services, 0)
    desk.settles()
    desk.records("SRV_MOVE", ResponseCode.THINKING)
    desk.tell(ResponseRecorded(**desk.head(), code=ResponseCode.NOT_ADDRESSED_TIME))
    (contact,) = days_of(services).today(services.agent).contacts
    unread, nameless = contact.responses
    assert unread.title == "SRV_MOVE"
    assert set(unread.codes) == {code for codes in RESPONSE_GROUPS.values() for code in codes}
    assert (nameless.action_id, nameless.title, nameless.codes) == (None, "", ())


@pytest.mark.parametrize(("cause", "listed"), [("missed", False), ("elsewhere", False), ("normal", True)])
def test_a_call_that_nobody_took_is_none_of_his(services: Services, cause: str, listed: bool) -> None:
    new_call(services, 0).ends(cause)
    assert bool(days_of(services).today(services.agent).contacts) is listed


def test_the_colleagues_contacts_are_his_own(services: Services) -> None:
    mine = new_call(services, 0)
    his = call(services, services.colleague, minutes=1)
    days = days_of(services)
    for caller, desk in ((services.agent, mine), (services.colleague, his)):
        assert [one.contact_id for one in days.today(caller).contacts] == [desk.start.contact_id]


def test_the_day_ends_at_the_sites_midnight(services: Services) -> None:
    midnight = datetime(2026, 3, 12, 23, 0, tzinfo=UTC)
    before, at = (
        call(services, services.agent, at=moment, interaction_id=name)
        for name, moment in (("before", midnight - timedelta(seconds=1)), ("at", midnight))
    )
    days = days_of(services)
    found = {}
    for moment in (midnight - timedelta(seconds=1), midnight):
        services.clock.now = moment
        day = days.today(services.agent)
        found[day.day] = [one.contact_id for one in day.contacts]
    assert found == {date(2026, 3, 12): [before.start.contact_id], date(2026, 3, 13): [at.start.contact_id]}


def test_a_name_is_shown_by_its_initial() -> None:
    assert [mask_name(one, "de") for one in (LISA, JAN)] == ["L. Müller", "J. Müller"]
