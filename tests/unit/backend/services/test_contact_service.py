"""A contact from the ring to the whole view: masked first, complete only once the caller is authenticated."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from nba_desktop.backend.errors import Conflict, Forbidden, InvalidMessage, UnknownContact, UnknownCustomer
from nba_desktop.backend.store.schema.decisions import decision_actions, decisions
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, NoRecommendation
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerNumber, ConcernChosen, ConcernSolved, ContactStarted
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import ANN, JOURNEY, LISA, NOW, authenticated, started

SECRETS = (LISA.customer_no, LISA.postcode, LISA.city, LISA.street, "1991", "lisa@example.org", "V-20019")


def assert_masked(view: ContactView) -> None:
    assert (view.customer, view.value, view.journey, view.consents, view.concerns) == (None, None, None, None, ())
    text = view.model_dump_json()
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_number_of_one_customer_makes_one_masked_candidate(services: Services) -> None:
    view = services.contacts.start(services.agent, started("+4915112345678"))
    assert view.auth_level is AuthLevel.CANDIDATE
    assert view.identification.status == "one"
    (candidate,) = view.identification.candidates
    assert (candidate.customer_id, candidate.display_name, candidate.match) == ("c-lisa", "Lisa Müller", "phone_mobile")
    assert [item.code for item in candidate.security_items] == [
        "customer_no",
        "birth_date",
        "iban_last4",
        "meter_no",
        "street",
    ]
    assert view.identification.security_items_required == 2
    assert view.customer_id is None
    assert_masked(view)


def test_a_number_of_several_people_makes_several_candidates(services: Services) -> None:
    view = services.contacts.start(services.agent, started("+493511234567"))
    assert view.identification.status == "several"
    assert [one.customer_id for one in view.identification.candidates] == ["c-jan", "c-lisa"]
    assert_masked(view)


def test_an_unknown_number_is_said_to_be_unknown(services: Services) -> None:
    view = services.contacts.start(services.agent, started("+4930999999"))
    assert (view.identification.status, view.auth_level) == ("unknown", AuthLevel.NONE)
    assert view.decision.none_because is NoRecommendation.UNKNOWN_CUSTOMER


def test_a_withheld_number_is_said_to_be_withheld(services: Services) -> None:
    view = services.contacts.start(services.agent, started(None))
    assert (view.identification.status, view.identification.candidates) == ("withheld", ())


def test_a_number_that_is_withheld_but_known_to_the_telephone_system_identifies_nobody(services: Services) -> None:
    number = CallerNumber(raw="+4915112345678", e164="+4915112345678", presentation="restricted")
    view = services.contacts.start(services.agent, started(number=number))
    assert view.identification.status == "withheld"


def test_a_customer_number_from_the_telephone_system_makes_a_candidate(services: Services) -> None:
    view = services.contacts.start(services.agent, started(None, customer_no="k 104 233"))
    assert [(one.customer_id, one.match) for one in view.identification.candidates] == [("c-lisa", "attached")]
    assert_masked(view)


def test_one_customer_by_two_ways_is_one_candidate(services: Services) -> None:
    view = services.contacts.start(services.agent, started("+4915112345678", customer_no="K-104233"))
    assert [(one.customer_id, one.match) for one in view.identification.candidates] == [("c-lisa", "attached")]


def test_a_decision_is_recorded_before_authentication_too(services: Services) -> None:
    view = services.contacts.start(services.agent, started("+4915112345678"))
    with services.store._database.reading() as connection:
        row = connection.execute(select(decisions)).one()
    assert row.decision_id == view.decision.decision_id
    assert row.none_because == "not_authenticated"
    assert (row.customer_id, json.loads(row.record)["customer_id"]) == (None, None)


def test_the_authenticated_customer_fills_the_panel(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id))
    assert view.auth_level is AuthLevel.AUTHENTICATED
    assert view.customer is not None
    assert (view.customer.customer_no, view.customer.open_cases) == (LISA.customer_no, 0)
    assert [contract.contract_no for contract in view.customer.contracts] == ["V-20019"]
    assert view.value is not None
    assert (view.value.low_eur, view.value.high_eur) == (600, 900)
    assert view.journey is not None
    assert [one.touchpoint_id for one in view.journey.touchpoints] == ["t-3", "t-2", "t-1"]
    assert view.consents is not None
    assert view.consents.may_ask
    assert {wording.language for wording in view.consents.wordings} == {"de"}
    assert [one.action_id for one in view.decision.recommendations] == ["SRV_BILL", "SRV_MOVE"]
    assert view.identification.candidates[0].security_items == ()


def test_the_wording_is_in_the_customers_language_whatever_the_panels(services: Services) -> None:
    start = started(language="de")
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id, "c-ann"))
    assert view.consents is not None
    assert {wording.language for wording in view.consents.wordings} == {"en"}
    assert view.language == "de"


def test_a_shown_decision_is_recorded_with_its_actions(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id))
    with services.store._database.reading() as connection:
        rows = connection.execute(
            select(decision_actions.c.rank, decision_actions.c.action_id)
            .where(decision_actions.c.decision_id == view.decision.decision_id)
            .order_by(decision_actions.c.rank)
        ).all()
        row = connection.execute(select(decisions).where(decisions.c.decision_id == view.decision.decision_id)).one()
    assert [tuple(one) for one in rows] == [(1, "SRV_BILL"), (2, "SRV_MOVE")]
    with services.store.read() as unit:
        version = services.catalogues.in_force(unit).live.version
    assert (row.customer_id, row.catalogue_version, row.none_because) == ("c-lisa", version, None)
    assert json.loads(row.record)["slate"] == ["SRV_BILL", "SRV_MOVE"]


def test_a_caller_who_is_only_identified_stays_masked(services: Services) -> None:
    start = started("+493511234567")
    services.contacts.start(services.agent, start)
    chosen = authenticated(start.contact_id, level=AuthLevel.IDENTIFIED, items_passed=())
    view = services.contacts.step(services.agent, start.contact_id, chosen)
    assert (view.auth_level, view.customer_id) == (AuthLevel.IDENTIFIED, "c-lisa")
    assert view.identification.candidates[0].customer_id == "c-lisa"
    assert_masked(view)


def test_a_customer_chosen_by_search_can_be_asked_for_proof(services: Services) -> None:
    start = started(None)
    services.contacts.start(services.agent, start)
    chosen = authenticated(start.contact_id, level=AuthLevel.IDENTIFIED, items_passed=())
    view = services.contacts.step(services.agent, start.contact_id, chosen)
    (candidate,) = view.identification.candidates
    assert candidate.match == "search"
    assert candidate.security_items


@pytest.mark.parametrize(
    "items",
    [(), ("customer_no",), ("customer_no", "customer_no"), ("customer_no", "postcode"), ("customer_no", "made_up")],
)
def test_too_little_proof_authenticates_nobody(services: Services, items: tuple[str, ...]) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    with pytest.raises(InvalidMessage):
        services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id, items_passed=items))
    assert_masked(services.contacts.start(services.agent, start))


def test_an_item_that_failed_does_not_count_as_passed(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    both = authenticated(start.contact_id, items_failed=("birth_date",))
    with pytest.raises(InvalidMessage):
        services.contacts.step(services.agent, start.contact_id, both)


def test_an_item_that_cannot_be_asked_of_a_customer_proves_nothing(services: Services) -> None:
    start = started("+493511234567")
    services.contacts.start(services.agent, start)
    guessed = authenticated(start.contact_id, "c-jan", items_passed=("customer_no", "iban_last4"))
    with pytest.raises(InvalidMessage):
        services.contacts.step(services.agent, start.contact_id, guessed)


def test_an_unknown_customer_cannot_be_settled_on(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    with pytest.raises(UnknownCustomer):
        services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id, "c-nobody"))


def test_the_concern_reaches_the_decision(services: Services) -> None:
    start = started("+4915112345678")
    contact_id = start.contact_id
    services.contacts.start(services.agent, start)
    services.contacts.step(services.agent, contact_id, authenticated(contact_id))
    chosen = ConcernChosen(event_id=new_id(), contact_id=contact_id, seq=3, at=NOW, concern="bill")
    services.contacts.step(services.agent, contact_id, chosen)
    solved = ConcernSolved(event_id=new_id(), contact_id=contact_id, seq=4, at=NOW, solved=True)
    services.contacts.step(services.agent, contact_id, solved)
    assert [(one.concern, one.concern_solved) for one in services.decide.asked[-3:]] == [
        (None, None),
        ("bill", None),
        ("bill", True),
    ]
    assert services.decide.asked[-1].touchpoints == tuple(reversed(JOURNEY))


def test_nothing_of_a_customer_reaches_the_decision_before_authentication(services: Services) -> None:
    services.contacts.start(services.agent, started("+4915112345678"))
    (request,) = services.decide.asked
    assert (request.authenticated, request.touchpoints, request.past) == (False, (), ())


def test_starting_again_with_the_same_event_gives_the_view_again(services: Services) -> None:
    start = started("+4915112345678")
    first = services.contacts.start(services.agent, start)
    again = services.contacts.start(services.agent, start)
    assert again.identification == first.identification
    assert again.decision.decision_id != first.decision.decision_id


def test_a_contact_begins_once(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    other = ContactStarted(**{**start.model_dump(), "event_id": new_id()})
    with pytest.raises(Conflict):
        services.contacts.start(services.agent, other)


def test_the_address_and_the_event_must_be_of_one_contact(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    with pytest.raises(Conflict):
        services.contacts.step(services.agent, new_id(), authenticated(start.contact_id))


def test_a_contact_that_never_began_is_unknown(services: Services) -> None:
    contact_id = new_id()
    with pytest.raises(UnknownContact):
        services.contacts.step(services.agent, contact_id, authenticated(contact_id))


def test_a_colleague_sees_nothing_of_the_contact(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    step = authenticated(start.contact_id)
    services.contacts.step(services.agent, start.contact_id, step)
    with pytest.raises(Forbidden):
        services.contacts.start(services.colleague, start)
    with pytest.raises(Forbidden):
        services.contacts.step(services.colleague, start.contact_id, step)


def test_a_case_counts_as_open_by_its_newest_touchpoint(services: Services) -> None:
    reopened = replace(JOURNEY[0], touchpoint_id="t-9", at=NOW, case_open=True)
    with services.store.write() as unit:
        unit.customers.add([], [reopened])
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id))
    assert view.customer is not None
    assert view.customer.open_cases == 1


def test_a_customer_with_an_open_complaint_is_not_asked_for_consent(services: Services) -> None:
    start = started("+493511234567")
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id, "c-jan"))
    assert view.consents is not None
    assert (view.consents.may_ask, view.consents.may_not_ask_because) == (False, "open_complaint")


def test_the_customers_own_contracts_are_his(services: Services) -> None:
    start = started()
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id, "c-ann"))
    assert view.customer is not None
    assert [contract.contract_no for contract in view.customer.contracts] == [ANN.contracts[0].contract_no]


@pytest.mark.expected_log(r"the engine failed with version \w+: ZeroDivisionError$")
def test_a_decision_that_fails_takes_nothing_else_from_the_call_and_is_recorded(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    step = authenticated(start.contact_id)

    services.decide.fails = True
    view = services.contacts.step(services.agent, start.contact_id, step)
    assert view.auth_level is AuthLevel.AUTHENTICATED
    assert view.customer is not None
    assert (view.decision.recommendations, view.decision.none_because) == ((), NoRecommendation.FAILED)
    with services.store.read() as unit:
        stored = unit.decisions.stored(view.decision.decision_id)
    assert stored is not None
    assert json.loads(stored.record)["none_because"] == "failed"
    (verdict,) = services.events.record(services.agent, [step]).verdicts
    assert verdict.verdict == "duplicate"

    services.decide.fails = False
    view = services.contacts.step(services.agent, start.contact_id, step)
    assert view.decision.none_because is None


def test_several_concerns_are_one_decision_that_waits_for_all_of_them(services: Services) -> None:
    start = started("+4915112345678")
    contact_id = start.contact_id
    services.contacts.start(services.agent, start)
    services.contacts.step(services.agent, contact_id, authenticated(contact_id))
    said: list[ConcernChosen | ConcernSolved] = [
        ConcernChosen(event_id=new_id(), contact_id=contact_id, seq=3, at=NOW, concern="bill"),
        ConcernSolved(event_id=new_id(), contact_id=contact_id, seq=4, at=NOW, solved=True),
        ConcernChosen(event_id=new_id(), contact_id=contact_id, seq=5, at=NOW, concern="move"),
        ConcernSolved(event_id=new_id(), contact_id=contact_id, seq=6, at=NOW, solved=False, follow_up=True),
    ]
    for event in said:
        services.contacts.step(services.agent, contact_id, event)
    assert [(one.concern, one.concern_solved) for one in services.decide.asked[-4:]] == [
        ("bill", None),
        ("bill", True),
        ("move", None),
        ("move", False),
    ]


def test_a_contact_goes_on_in_another_language_when_it_is_asked_for(real: Services) -> None:
    start = started("+4915112345678", language="de")
    contact_id = start.contact_id
    real.contacts.start(real.agent, start)
    before = real.contacts.step(real.agent, contact_id, authenticated(contact_id))
    titles = {one.action_id: one.title for one in before.decision.recommendations}
    assert (before.language, titles["SALES_SOLAR"]) == ("de", "Solardach")

    view = real.contacts.start(real.agent, start.model_copy(update={"language": "en"}))
    titles = {one.action_id: one.title for one in view.decision.recommendations}
    assert (view.language, titles["SALES_SOLAR"], view.auth_level) == ("en", "Solar roof", AuthLevel.AUTHENTICATED)
    # The wordings stay the customer's own.
    assert view.consents is not None
    assert {wording.language for wording in view.consents.wordings} == {"de"}

    # The outbox delivers the event as it was, and takes nothing back with it.
    (verdict,) = real.events.record(real.agent, [start]).verdicts
    assert verdict.verdict == "duplicate"
    solved = ConcernSolved(event_id=new_id(), contact_id=contact_id, seq=3, at=NOW, solved=True)
    assert real.contacts.step(real.agent, contact_id, solved).language == "en"


def test_only_the_language_of_a_contact_may_be_another_than_before(services: Services) -> None:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    with pytest.raises(Conflict):
        services.contacts.start(services.agent, start.model_copy(update={"language": "en", "queue": "other"}))
