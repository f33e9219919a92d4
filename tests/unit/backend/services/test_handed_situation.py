"""Who speaks and what holds sales back goes with a call that is transferred, until the next agent says otherwise."""

from __future__ import annotations

import pytest

from nba_desktop.contract.codes import AuthLevel, CallFlag, ConsentEventType, QuietReason, Speaker
from tests.fakes.backend_calls import shown
from tests.fakes.backend_services import Services
from tests.fakes.handed_calls import HOME, MOBILE, Desk, call
from tests.unit.backend.services.test_situation import said


def handed(services: Services, *flags: CallFlag) -> Desk:
    """The next agent's part of a call in which a colleague authenticated Lisa and noticed this."""
    first = call(services, services.agent)
    first.settles()
    for flag in flags:
        first.flags(flag)
    return call(services, services.colleague, minutes=5)


def test_what_the_colleague_noticed_holds_sales_back_from_the_start(real: Services) -> None:
    second = handed(real, CallFlag.OUTAGE)
    assert second.view.auth_level is AuthLevel.CANDIDATE
    assert second.view.handover is not None
    assert second.view.handover.flags == second.view.flags == (CallFlag.OUTAGE,)
    assert second.view.decision.recommendations == ()
    view = second.settles(items_passed=())
    assert view.decision.quiet_because == (QuietReason.OUTAGE,)
    assert "SALES_SOLAR" not in shown(view)


def test_the_next_agent_may_take_back_what_the_colleague_noticed(real: Services) -> None:
    second = handed(real, CallFlag.OUTAGE, CallFlag.COMPLAINT)
    second.settles(items_passed=())
    assert second.flags(CallFlag.OUTAGE, on=False).flags == (CallFlag.COMPLAINT,)
    view = second.flags(CallFlag.COMPLAINT, on=False)
    assert (view.flags, view.decision.quiet_because) == ((), ())
    assert "SALES_SOLAR" in shown(view)


def test_where_the_colleague_does_not_vouch_his_flags_come_with_the_details(real: Services) -> None:
    call(real, real.agent, HOME).identifies()
    first = call(real, real.agent, HOME, minutes=1, source="")
    first.settles()
    first.flags(CallFlag.VULNERABLE)
    second = call(real, real.colleague, HOME, minutes=3, source="")
    assert second.view.handover is not None
    assert (second.view.handover.flags, second.view.flags) == ((), ())
    view = second.settles()
    assert view.handover is not None
    assert view.handover.details is not None
    assert view.flags == (CallFlag.VULNERABLE,)


def test_what_was_noticed_of_one_customer_is_not_told_of_another(real: Services) -> None:
    first = call(real, real.agent, HOME)
    first.settles("c-jan")
    first.flags(CallFlag.VULNERABLE)
    second = call(real, real.colleague, HOME, minutes=1)
    assert second.view.flags == (CallFlag.VULNERABLE,)
    view = second.settles("c-lisa")
    assert view.handover is not None
    assert (view.handover.flags, view.flags) == ((), ())


def test_who_spoke_without_authority_to_the_colleague_gets_a_masked_view(real: Services) -> None:
    first = call(real, real.agent)
    first.settles()
    first.is_spoken_by(Speaker.UNAUTHORISED)
    second = call(real, real.colleague, minutes=5)
    assert second.view.speaker is Speaker.UNAUTHORISED
    assert second.view.identification.vouched_by is None
    view = second.settles()
    assert (view.speaker, view.auth_level, view.customer) == (Speaker.UNAUTHORISED, AuthLevel.IDENTIFIED, None)
    assert view.handover is not None
    assert view.handover.details is None
    view = second.is_spoken_by(Speaker.CUSTOMER)
    assert (view.speaker, view.auth_level) == (Speaker.CUSTOMER, AuthLevel.AUTHENTICATED)
    assert view.customer is not None


def test_a_representative_stays_one_for_the_next_agent_until_he_says_who_speaks(real: Services) -> None:
    first = call(real, real.agent)
    first.settles()
    first.is_spoken_by(Speaker.REPRESENTATIVE)
    second = call(real, real.colleague, minutes=5)
    view = second.settles()
    assert (view.speaker, view.value) == (Speaker.REPRESENTATIVE, None)
    assert view.decision.quiet_because == (QuietReason.REPRESENTATIVE,)
    assert second.refusal(said(second, ConsentEventType.GRANTED)) == "consent_proof_missing"
    view = second.is_spoken_by(Speaker.CUSTOMER)
    assert view.speaker is Speaker.CUSTOMER
    assert view.decision.quiet_because == ()


@pytest.mark.parametrize(
    ("certain", "speaker"), [(True, Speaker.REPRESENTATIVE), (False, Speaker.CUSTOMER)], ids=["certainly", "probably"]
)
def test_who_speaks_is_carried_only_into_what_certainly_is_the_same_call(
    real: Services, certain: bool, speaker: Speaker
) -> None:
    first = call(real, real.agent, MOBILE)
    first.settles()
    first.is_spoken_by(Speaker.REPRESENTATIVE)
    other = {} if certain else {"source": "cloud", "interaction_id": "g"}
    second = call(real, real.colleague, MOBILE, minutes=5, **other)
    assert second.view.handover is not None
    assert second.view.handover.certain is certain
    assert second.view.speaker is speaker


def test_who_speaks_for_one_customer_does_not_speak_for_another(real: Services) -> None:
    first = call(real, real.agent, HOME)
    first.settles("c-jan")
    first.is_spoken_by(Speaker.REPRESENTATIVE, "c-jan")
    second = call(real, real.colleague, HOME, minutes=1)
    assert second.settles("c-lisa").speaker is Speaker.CUSTOMER
