"""Follow-ups and confirmations: kept when they can be kept, refused with a reason when not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from nba_desktop.backend.contacts.promises import is_confirmed_in_text
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ClosingForm, ConsentChannel, Duty, FollowUpKind, ResponseCode
from nba_desktop.contract.events import ConfirmationRequested, FollowUpCancelled, FollowUpPlanned
from tests.fakes.backend_services import Services
from tests.fakes.handed_calls import Desk, call

DAY = date(2026, 3, 12)


@pytest.fixture
def desk(real: Services) -> Desk:
    desk = call(real, real.agent)
    desk.settles()
    return desk


def planned(desk: Desk, kind: FollowUpKind = FollowUpKind.CALLBACK, **changes: Any) -> FollowUpPlanned:
    return FollowUpPlanned(**desk.head(), **{"kind": kind, "due": DAY + timedelta(days=3)} | changes)


def of_action(desk: Desk, action_id: str = "SALES_SOLAR") -> dict[str, Any]:
    return {"decision_id": desk.view.decision.decision_id, "action_id": action_id}


def confirmation(desk: Desk, action_id: str = "SALES_SOLAR") -> ConfirmationRequested:
    return ConfirmationRequested(**desk.head(), **of_action(desk, action_id), channel=ConsentChannel.EMAIL)


def test_a_promise_is_kept_with_the_customers_words(desk: Desk) -> None:
    words = {"at_time": time(17, 30), "words": "Nach Feierabend bitte", "concern": "bill"}
    event = planned(desk, FollowUpKind.CONCERN, **words)
    assert desk.refusal(event) == ""
    with desk.services.store.read() as unit:
        kept = [one for one in unit.contacts.events_of(event.contact_id) if isinstance(one, FollowUpPlanned)]
    assert kept == [event]


@pytest.mark.parametrize(
    ("days", "refused"), [(-2, "invalid_message"), (-1, ""), (0, ""), (400, ""), (401, "invalid_message")]
)
def test_a_promise_is_due_soon_enough_and_not_before_the_contact(desk: Desk, days: int, refused: str) -> None:
    assert desk.refusal(planned(desk, due=DAY + timedelta(days=days))) == refused


def test_the_contacts_day_is_the_sites(real: Services) -> None:
    real.clock.now = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    desk = call(real, real.agent, at=real.clock.now)
    desk.settles()
    assert desk.refusal(planned(desk, due=date(2026, 3, 11))) == "invalid_message"
    assert desk.refusal(planned(desk, due=date(2026, 3, 12))) == ""


def test_a_promise_about_an_action_names_one_that_was_recommended_here(desk: Desk) -> None:
    assert desk.refusal(planned(desk, **of_action(desk))) == ""
    assert desk.refusal(planned(desk, **of_action(desk, "OTHER"))) == "invalid_message"
    assert desk.refusal(planned(desk, **of_action(desk) | {"decision_id": new_id()})) == "not_found"
    assert desk.refusal(planned(desk, action_id="SALES_SOLAR")) == "invalid_message"
    assert desk.refusal(planned(desk, decision_id=desk.view.decision.decision_id)) == "invalid_message"
    assert desk.refusal(planned(desk, FollowUpKind.CONCERN, **of_action(desk))) == "invalid_message"


def test_a_callback_without_a_day_is_accepted_from_an_older_panel(desk: Desk) -> None:
    desk.records("SRV_BILL", ResponseCode.INTEREST_CALLBACK)


def test_a_promise_is_taken_back_once_and_only_in_its_contact(desk: Desk) -> None:
    event = planned(desk)
    desk.tell(event)
    other = call(desk.services, desk.caller, minutes=1, interaction_id="other")
    assert desk.refusal(FollowUpCancelled(**other.head(), cancels=event.event_id)) == "not_found"
    assert desk.refusal(FollowUpCancelled(**desk.head(), cancels=new_id())) == "not_found"
    first = FollowUpCancelled(**desk.head(), cancels=event.event_id)
    assert desk.refusal(first) == ""
    assert desk.refusal(first) == ""
    assert desk.refusal(FollowUpCancelled(**desk.head(), cancels=event.event_id)) == "conflict"


def test_a_confirmation_is_asked_for_after_the_yes(desk: Desk) -> None:
    assert desk.refusal(confirmation(desk)) == "conflict"
    desk.records("SALES_SOLAR", ResponseCode.THINKING)
    assert desk.refusal(confirmation(desk)) == "conflict"
    desk.records("SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    assert desk.refusal(confirmation(desk)) == ""
    desk.retracts("SALES_SOLAR")
    assert desk.refusal(confirmation(desk)) == "conflict"


def test_yes_to_one_action_confirms_no_other(desk: Desk) -> None:
    desk.records("SRV_BILL", ResponseCode.ACCEPTED_DONE)
    assert desk.refusal(confirmation(desk)) == "conflict"


def test_an_action_that_owes_nothing_in_text_is_not_confirmed(desk: Desk) -> None:
    desk.records("SRV_BILL", ResponseCode.ACCEPTED_DONE)
    assert desk.refusal(confirmation(desk, "SRV_BILL")) == "invalid_message"


def test_an_action_that_was_not_recommended_is_not_confirmed(desk: Desk) -> None:
    assert desk.refusal(confirmation(desk, "OTHER")) == "invalid_message"


@pytest.mark.parametrize(
    ("form", "duties", "owed"),
    [
        (ClosingForm.TEXT_FORM, (), True),
        (ClosingForm.ON_CALL, (Duty.WITHDRAWAL_14_DAYS, Duty.CONFIRMATION_DURABLE_MEDIUM), True),
        (ClosingForm.ON_CALL, (Duty.WITHDRAWAL_14_DAYS,), False),
        (ClosingForm.PORTAL, (), False),
        (ClosingForm.SERVICE_DONE, (), False),
    ],
)
def test_what_is_confirmed_in_text_form(form: ClosingForm, duties: tuple[Duty, ...], owed: bool) -> None:
    assert is_confirmed_in_text(form, duties) is owed
