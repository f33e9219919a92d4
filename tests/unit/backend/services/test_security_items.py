"""Items that were answered wrongly: they stay wrong, and too many of them end all asking."""

from __future__ import annotations

import pytest

from nba_desktop.backend.contacts.identification import SecurityPolicy
from nba_desktop.backend.errors import Conflict, Forbidden, InvalidMessage, UnknownCustomer
from nba_desktop.contract.codes import AuthLevel, Speaker
from nba_desktop.contract.customer import Identification
from nba_desktop.contract.events import SecurityItemFailed
from tests.fakes.backend_services import Services
from tests.fakes.handed_calls import HOME, call


def told(identification: Identification) -> tuple[tuple[str, ...], int, bool]:
    return (identification.failed_items, identification.security_items_failed_most, identification.locked)


def test_an_item_that_failed_is_told_and_cannot_be_passed_any_more(services: Services) -> None:
    desk = call(services, services.agent)
    assert told(desk.view.identification) == ((), 2, False)
    desk.fails("birth_date")
    assert told(desk.looks_again().identification) == (("birth_date",), 2, False)
    with pytest.raises(InvalidMessage):
        desk.settles(items_passed=("birth_date", "customer_no"))
    view = desk.settles(items_passed=("street", "customer_no"))
    assert view.auth_level is AuthLevel.AUTHENTICATED
    assert view.identification.failed_items == ("birth_date",)


def test_what_one_person_failed_another_may_know(services: Services) -> None:
    desk = call(services, services.agent, HOME)
    desk.fails("birth_date", "c-lisa")
    assert desk.looks_again().identification.failed_items == ()
    with pytest.raises(InvalidMessage):
        desk.settles("c-lisa", items_passed=("birth_date", "customer_no"))
    view = desk.settles("c-jan", items_passed=("birth_date", "customer_no"))
    assert (view.auth_level, view.identification.failed_items) == (AuthLevel.AUTHENTICATED, ())


def test_whoever_tries_one_customer_after_the_other_is_locked_out_as_soon(services: Services) -> None:
    desk = call(services, services.agent, HOME)
    desk.fails("birth_date", "c-lisa")
    desk.fails("birth_date", "c-jan")
    assert not desk.looks_again().identification.locked
    desk.fails("street", "c-jan")
    assert told(desk.looks_again().identification) == (("birth_date", "street"), 2, True)


def test_the_failures_of_both_events_count_together(services: Services) -> None:
    desk = call(services, services.agent)
    desk.fails("birth_date")
    desk.fails("street")
    with pytest.raises(Forbidden):
        desk.settles(items_passed=("customer_no", "meter_no"), items_failed=("iban_last4",))
    # Refused, and so not kept: the panel's own event of the failure is what counts.
    assert told(desk.looks_again().identification) == (("birth_date", "street"), 2, False)


def test_with_too_many_failures_nobody_is_authenticated_in_the_contact(services: Services) -> None:
    desk = call(services, services.agent)
    for item in ("birth_date", "street", "iban_last4"):
        desk.fails(item)
    assert told(desk.looks_again().identification) == (("birth_date", "iban_last4", "street"), 2, True)
    for customer_id in ("c-lisa", "c-jan"):
        with pytest.raises(Forbidden):
            desk.settles(customer_id, items_passed=("customer_no", "meter_no"))
    view = desk.identifies()
    assert (view.auth_level, view.customer, view.identification.locked) == (AuthLevel.IDENTIFIED, None, True)


def test_one_item_twice_is_one_failure(services: Services) -> None:
    desk = call(services, services.agent)
    for _ in range(3):
        desk.fails("birth_date")
    assert not desk.looks_again().identification.locked


def test_a_failure_that_is_told_late_counts_for_what_comes_after_it(services: Services) -> None:
    desk = call(services, services.agent)
    head = desk.head()
    desk.settles(items_passed=("street", "customer_no"))
    desk.tell(SecurityItemFailed(**head, customer_id="c-lisa", item="birth_date"))
    view = desk.looks_again()
    assert (view.auth_level, view.identification.failed_items) == (AuthLevel.AUTHENTICATED, ("birth_date",))


def test_a_failure_of_an_unknown_customer_is_refused(services: Services) -> None:
    desk = call(services, services.agent)
    event = SecurityItemFailed(**desk.head(), customer_id="c-nobody", item="birth_date")
    assert desk.refusal(event) == UnknownCustomer.code


def test_what_failed_at_the_colleagues_failed_in_this_call(services: Services) -> None:
    first = call(services, services.agent)
    for item in ("birth_date", "street"):
        first.fails(item)
    first.ends()
    second = call(services, services.colleague, minutes=1)
    assert told(second.view.identification) == (("birth_date", "street"), 2, False)
    with pytest.raises(InvalidMessage):
        second.settles(items_passed=("birth_date", "customer_no"))
    second.fails("iban_last4")
    assert second.looks_again().identification.locked
    with pytest.raises(Forbidden):
        second.settles(items_passed=("customer_no", "meter_no"))


def test_a_slip_is_corrected_where_it_was_made_and_the_call_is_open_again(services: Services) -> None:
    first = call(services, services.agent)
    for item in ("birth_date", "street", "iban_last4"):
        first.fails(item)
    first.corrects("birth_date")
    assert told(first.looks_again().identification) == (("iban_last4", "street"), 2, False)
    first.ends()
    second = call(services, services.colleague, minutes=1)
    # What a colleague noted is not this contact's to correct.
    second.corrects("street")
    assert second.looks_again().identification.failed_items == ("iban_last4", "street")
    assert second.settles(items_passed=("birth_date", "customer_no")).auth_level is AuthLevel.AUTHENTICATED


def test_what_failed_in_what_only_may_be_this_call_is_not_held_against_it(services: Services) -> None:
    first = call(services, services.agent)
    first.fails("birth_date")
    second = call(services, services.colleague, minutes=1, source="")
    assert second.view.handover is not None
    assert second.view.identification.failed_items == ()
    assert second.settles().auth_level is AuthLevel.AUTHENTICATED


def test_whom_a_colleague_vouches_for_stays_vouched_for(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    for item in ("street", "iban_last4", "meter_no"):
        first.fails(item)
    first.ends()
    second = call(services, services.colleague, minutes=1)
    assert (second.view.identification.vouched_by, second.view.identification.locked) == ("colleague", False)
    assert second.settles(items_passed=()).auth_level is AuthLevel.AUTHENTICATED


def test_a_colleague_vouches_for_nobody_when_somebody_else_spoke_last(services: Services) -> None:
    for speaker in (Speaker.REPRESENTATIVE, Speaker.UNAUTHORISED):
        first = call(services, services.agent, interaction_id=f"i-{speaker}")
        first.settles()
        first.is_spoken_by(speaker)
        first.ends()
        second = call(services, services.colleague, minutes=1, interaction_id=f"i-{speaker}")
        assert second.view.identification.vouched_by is None
        with pytest.raises(InvalidMessage):
            second.settles(items_passed=())


def test_who_was_vouched_for_is_asked_anew_after_somebody_without_authority(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.ends()
    second = call(services, services.colleague, minutes=1)
    second.settles(items_passed=())
    assert second.is_spoken_by(Speaker.UNAUTHORISED).identification.vouched_by is None
    with pytest.raises(Conflict):
        second.settles()
    second.is_spoken_by(Speaker.CUSTOMER)
    with pytest.raises(InvalidMessage):
        second.settles(items_passed=())
    assert second.settles().auth_level is AuthLevel.AUTHENTICATED


@pytest.mark.parametrize(("failed", "locked"), [(0, False), (2, False), (3, True)])
def test_more_than_the_most_lock(failed: int, locked: bool) -> None:
    policy = SecurityPolicy(("a", "b", "c", "d"), 2, 2, False)
    assert policy.is_locked_by({("c-lisa", item) for item in "abc"[:failed]}) is locked
