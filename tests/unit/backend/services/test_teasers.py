"""The portal shows what the engine decides, under the policies of the calls."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from nba_desktop.backend.errors import InvalidMessage, UnknownCustomer
from nba_desktop.backend.store.schema.decisions import decisions, portal_decisions
from nba_desktop.contract.codes import NoRecommendation, OutcomeCode, ResponseCode, TeaserState
from nba_desktop.contract.teaser import Teasers
from tests.fakes.backend_calls import in_call, objection, outcome, report, response, shown, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW


def actions(answer: Teasers) -> list[str]:
    assert [one.slot for one in answer.teasers] == list(range(1, len(answer.teasers) + 1))
    return [one.action_id for one in answer.teasers]


def test_teasers_are_in_the_customers_language_or_in_the_one_that_is_named(real: Services) -> None:
    answer = real.teasers.teasers(real.portal, "c-lisa", "home", None)
    assert (answer.language, answer.teasers[0].title, answer.teasers[0].text) == (
        "de",
        "Rechnung erklären",
        "Rechnung verstehen",
    )
    assert real.teasers.teasers(real.portal, "c-ann", "home", None).teasers[0].text == "Understand your bill"
    assert real.teasers.teasers(real.portal, "c-lisa", "home", "en").teasers[0].text == "Understand your bill"


def test_a_customer_is_named_by_id_or_by_number(real: Services) -> None:
    by_id, by_number = (real.teasers.teasers(real.portal, key, "home", None) for key in ("c-lisa", "k 104 233"))
    assert actions(by_id) == actions(by_number) == ["SRV_BILL", "SALES_SOLAR", "SALES_BOX"]


def test_a_placement_has_its_slots_and_its_actions(real: Services) -> None:
    assert actions(real.teasers.teasers(real.portal, "c-lisa", "bill_page", None)) == ["SRV_BILL"]


def test_every_answer_is_recorded_apart_from_the_calls(real: Services) -> None:
    answer = real.teasers.teasers(real.portal, "c-lisa", "home", None)
    with real.store._database.reading() as connection:
        (row,) = connection.execute(select(portal_decisions)).all()
        assert connection.execute(select(decisions)).all() == []
    assert (row.decision_id, row.customer_id, row.placement) == (answer.decision_id, "c-lisa", "home")
    assert json.loads(row.shown) == actions(answer)
    record = json.loads(row.record)
    assert (record["channel"], record["placement"], record["decision_id"]) == ("portal", "home", str(row.decision_id))


def test_the_list_stays_as_it_is_all_day(real: Services) -> None:
    real.teasers.teasers(real.portal, "c-lisa", "home", None)
    real.teasers.teasers(real.portal, "c-lisa", "home", None)
    real.clock.now = NOW + timedelta(days=1)
    real.teasers.teasers(real.portal, "c-lisa", "home", None)
    with real.store._database.reading() as connection:
        records = connection.execute(select(portal_decisions.c.record)).scalars()
        assert len({json.loads(record)["seed"] for record in records}) == 2


def test_who_objects_to_advertising_sees_service_only(real: Services) -> None:
    view = in_call(real)
    assert tell(real, objection(view)) == ["accepted"]
    assert actions(real.teasers.teasers(real.portal, "c-lisa", "home", None)) == ["SRV_BILL"]


def test_nothing_to_show_is_said_with_its_reason(real: Services) -> None:
    view = in_call(real)
    tell(real, objection(view), response(view, "SRV_BILL", ResponseCode.DECLINED_NO_NEED, 4))
    answer = real.teasers.teasers(real.portal, "c-lisa", "home", None)
    assert (answer.teasers, answer.none_because) == ((), NoRecommendation.NOTHING_ELIGIBLE)


@pytest.mark.parametrize("key", ["c-nobody", "K-999", " ", "104"])
def test_an_unknown_customer_is_refused(real: Services, key: str) -> None:
    with pytest.raises(UnknownCustomer):
        real.teasers.teasers(real.portal, key, "home", None)


def test_an_unknown_placement_is_refused_with_those_there_are(real: Services) -> None:
    with pytest.raises(InvalidMessage, match="it has home, bill_page") as refused:
        real.teasers.teasers(real.portal, "c-lisa", "start", None)
    assert refused.value.errors[0].where == "query.placement"


def test_a_catalogue_without_placements_says_so(tmp_path: Path) -> None:
    with open_services(tmp_path) as services, pytest.raises(InvalidMessage, match="it has none"):
        services.teasers.teasers(services.portal, "c-lisa", "home", None)


def test_a_no_on_the_phone_changes_the_next_teaser(real: Services) -> None:
    assert "SALES_SOLAR" in actions(real.teasers.teasers(real.portal, "c-lisa", "home", None))
    tell(real, response(in_call(real), "SALES_SOLAR", ResponseCode.DECLINED_NO_NEED))
    assert "SALES_SOLAR" not in actions(real.teasers.teasers(real.portal, "c-lisa", "home", None))


def test_a_teaser_that_was_dismissed_changes_the_next_call(real: Services) -> None:
    assert "SALES_SOLAR" in shown(in_call(real))
    teasers = real.teasers.teasers(real.portal, "c-lisa", "home", None)
    assert report(real, outcome(NOW, OutcomeCode.TEASER_DISMISSED, teasers.decision_id)) == ["accepted"]
    view = in_call(real)
    assert "SALES_SOLAR" not in shown(view)
    (out,) = [one for one in view.decision.why_not if one.action_id == "SALES_SOLAR"]
    assert (out.rule, out.params["code"]) == ("cool_down", "TEASER_DISMISSED")


def test_a_no_of_the_household_changes_the_next_teaser_of_the_others(real: Services) -> None:
    view = in_call(real)
    tell(real, response(view, "SALES_SOLAR", ResponseCode.DECLINED_NO_NEED))
    assert "SALES_SOLAR" not in actions(real.teasers.teasers(real.portal, "c-jan", "home", None))
    assert "SALES_SOLAR" in actions(real.teasers.teasers(real.portal, "c-ann", "home", None))


def accept(services: Services, code: ResponseCode = ResponseCode.ACCEPTED_PENDING) -> UUID:
    view = in_call(services)
    assert tell(services, response(view, "SALES_SOLAR", code)) == ["accepted"]
    return view.decision.decision_id


def states(answer: Teasers) -> dict[str, TeaserState]:
    return {one.action_id: one.state for one in answer.teasers}


def test_what_was_accepted_and_not_confirmed_is_a_reminder_that_takes_the_first_slot(real: Services) -> None:
    decision_id = accept(real)
    answer = real.teasers.teasers(real.portal, "c-lisa", "home", None)
    first = answer.teasers[0]
    assert (first.slot, first.action_id, first.state) == (1, "SALES_SOLAR", TeaserState.CONFIRM)
    assert (first.text, first.pending_decision_id) == ("Jetzt bestätigen", decision_id)
    assert real.teasers.teasers(real.portal, "c-lisa", "home", "en").teasers[0].text == "Confirm now"
    assert actions(answer) == ["SALES_SOLAR", "SRV_BILL", "SALES_BOX"]
    with real.store.read() as unit:
        assert unit.decisions.shown_teasers(answer.decision_id) == ("SRV_BILL", "SALES_BOX")


def test_a_placement_that_is_full_of_reminders_makes_no_offer(real: Services) -> None:
    view = in_call(real)
    yes = response(view, "SRV_BILL", ResponseCode.ACCEPTED_PENDING)
    assert tell(real, yes) == ["accepted"]
    answer = real.teasers.teasers(real.portal, "c-lisa", "bill_page", None)
    assert states(answer) == {"SRV_BILL": TeaserState.CONFIRM}
    assert answer.none_because is None


def test_nobody_else_of_the_household_confirms_it(real: Services) -> None:
    accept(real)
    assert TeaserState.CONFIRM not in states(real.teasers.teasers(real.portal, "c-jan", "home", None)).values()


def test_who_objects_to_advertising_is_not_reminded_of_a_sale(real: Services) -> None:
    view = in_call(real)
    tell(real, response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING), objection(view, 4))
    assert actions(real.teasers.teasers(real.portal, "c-lisa", "home", None)) == ["SRV_BILL"]
