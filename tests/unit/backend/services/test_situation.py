"""Who speaks, and what holds sales back: what the panel is shown then, and what may be recorded."""

from __future__ import annotations

from typing import Any

import pytest

from nba_desktop.contract.codes import (
    AuthLevel,
    CallFlag,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    NoRecommendation,
    QuietReason,
    Speaker,
    Stage,
)
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallFlagged, ConsentRecorded, SpeakerNamed
from tests.fakes.backend_calls import shown
from tests.fakes.backend_services import Services
from tests.fakes.handed_calls import HOME, Desk, call


@pytest.fixture
def desk(real: Services) -> Desk:
    """A call of the authenticated Lisa, decided by the real engine."""
    desk = call(real, real.agent)
    desk.settles()
    return desk


def said(desk: Desk, event: ConsentEventType, **changes: Any) -> ConsentRecorded:
    with desk.services.store.read() as unit:
        (wording,) = [
            one for one in unit.consents.wordings() if one.language == "de" and ConsentChannel.PHONE in one.channels
        ]
    values: dict[str, Any] = {
        "customer_id": "c-lisa",
        "purpose": ConsentPurpose.ADV_OWN,
        "channel": ConsentChannel.PHONE,
        "event": event,
        "wording_id": wording.wording_id,
        "wording_sha256": wording.text_sha256,
        "read_aloud_confirmed": True,
        "customer_words": "Ja, gern",
    }
    return ConsentRecorded(**desk.head(), **values | changes)


def reasons(view: ContactView, action_id: str) -> list[tuple[Stage, str]]:
    return [(one.stage, one.rule) for one in view.decision.why_not if one.action_id == action_id]


def test_a_call_begins_with_the_customer_and_no_flags(desk: Desk) -> None:
    assert (desk.view.speaker, desk.view.flags, desk.view.decision.quiet_because) == (Speaker.CUSTOMER, (), ())
    assert "SALES_SOLAR" in shown(desk.view)


def test_with_a_representative_service_stays_and_value_consent_and_sales_do_not(desk: Desk) -> None:
    view = desk.is_spoken_by(Speaker.REPRESENTATIVE)
    assert (view.speaker, view.auth_level) == (Speaker.REPRESENTATIVE, AuthLevel.AUTHENTICATED)
    assert view.customer is not None
    assert view.journey is not None
    assert view.value is None
    assert view.consents is not None
    assert (view.consents.may_ask, view.consents.may_not_ask_because) == (False, "representative")
    assert shown(view) == ["SRV_BILL"]
    assert reasons(view, "SALES_SOLAR") == [(Stage.LEGAL, "representative")]
    assert view.decision.quiet_because == (QuietReason.REPRESENTATIVE,)

    himself = desk.is_spoken_by(Speaker.CUSTOMER)
    assert himself.value is not None
    assert himself.consents is not None
    assert himself.consents.may_ask
    assert "SALES_SOLAR" in shown(himself)


@pytest.mark.parametrize("event", [ConsentEventType.GRANTED, ConsentEventType.REFUSED])
def test_another_person_cannot_consent_for_the_customer(desk: Desk, event: ConsentEventType) -> None:
    desk.is_spoken_by(Speaker.REPRESENTATIVE)
    (verdict,) = desk.services.events.record(desk.caller, [said(desk, event)]).verdicts
    assert verdict.problem is not None
    assert verdict.problem.code == "consent_proof_missing"
    assert verdict.problem.detail == "another person cannot consent for the customer"
    desk.is_spoken_by(Speaker.CUSTOMER)
    assert desk.refusal(said(desk, event)) == ""


def test_another_person_cannot_lift_an_objection(desk: Desk) -> None:
    desk.is_spoken_by(Speaker.REPRESENTATIVE)
    assert desk.refusal(said(desk, ConsentEventType.OBJECTION_LIFTED)) == "consent_proof_missing"


@pytest.mark.parametrize(
    ("speaker", "note"),
    [
        (Speaker.CUSTOMER, ""),
        (Speaker.REPRESENTATIVE, "said by a representative of the customer"),
        (Speaker.UNAUTHORISED, "said by somebody without the customer's authority"),
    ],
)
def test_a_withdrawal_counts_whoever_says_it_and_who_did_is_noted(desk: Desk, speaker: Speaker, note: str) -> None:
    desk.is_spoken_by(speaker)
    desk.tell(said(desk, ConsentEventType.WITHDRAWN))
    desk.tell(said(desk, ConsentEventType.OBJECTED, channel=ConsentChannel.ANY))
    with desk.services.store.read() as unit:
        entries = unit.consents.of_customer("c-lisa")
    assert [one.note for one in entries] == [note, note]


def test_without_authority_the_contact_is_masked_like_before(desk: Desk) -> None:
    view = desk.is_spoken_by(Speaker.UNAUTHORISED)
    assert (view.speaker, view.auth_level, view.customer_id) == (
        Speaker.UNAUTHORISED,
        AuthLevel.IDENTIFIED,
        "c-lisa",
    )
    assert (view.customer, view.value, view.journey, view.consents, view.concerns) == (None, None, None, None, ())
    assert view.decision.none_because is NoRecommendation.NOT_AUTHENTICATED
    assert view.identification.candidates[0].security_items

    himself = desk.is_spoken_by(Speaker.CUSTOMER)
    assert (himself.speaker, himself.customer) == (Speaker.CUSTOMER, None)
    assert desk.settles().customer is not None


def test_the_speaker_speaks_for_the_contacts_customer(desk: Desk) -> None:
    other = SpeakerNamed(**desk.head(), customer_id="c-jan", speaker=Speaker.UNAUTHORISED)
    assert desk.refusal(other) == "conflict"
    nobody = SpeakerNamed(**desk.head(), customer_id="c-nobody", speaker=Speaker.UNAUTHORISED)
    assert desk.refusal(nobody) == "unknown_customer"


def test_the_other_person_on_the_number_is_his_own_speaker(real: Services) -> None:
    desk = call(real, real.agent, HOME)
    desk.is_spoken_by(Speaker.REPRESENTATIVE)
    assert desk.settles("c-jan", items_passed=("customer_no", "birth_date")).speaker is Speaker.CUSTOMER


@pytest.mark.parametrize("flag", CallFlag)
def test_what_the_agent_notices_holds_sales_back_until_it_is_taken_back(desk: Desk, flag: CallFlag) -> None:
    view = desk.flags(flag)
    assert (view.flags, view.decision.quiet_because) == ((flag,), (QuietReason(flag.value),))
    assert shown(view) == ["SRV_BILL"]
    assert reasons(view, "SALES_SOLAR") == [(Stage.APPLICABILITY, f"quiet_{flag.value}")]
    view = desk.flags(flag, on=False)
    assert (view.flags, view.decision.quiet_because) == ((), ())
    assert "SALES_SOLAR" in shown(view)


def test_a_complaint_in_the_call_closes_the_consent_questions(desk: Desk) -> None:
    consents = desk.flags(CallFlag.COMPLAINT).consents
    assert consents is not None
    assert (consents.may_ask, consents.may_not_ask_because) == (False, "open_complaint")


def test_the_flags_of_the_data_and_of_the_agent_are_shown_together(real: Services) -> None:
    desk = call(real, real.agent, HOME)
    assert desk.flags(CallFlag.OUTAGE).flags == (CallFlag.OUTAGE,)
    view = desk.settles("c-jan", items_passed=("customer_no", "birth_date"))
    assert view.flags == (CallFlag.COMPLAINT, CallFlag.OUTAGE)
    assert view.decision.quiet_because == (QuietReason.COMPLAINT, QuietReason.OUTAGE)
    # What the data say is not the agent's to take back.
    assert desk.flags(CallFlag.COMPLAINT, on=False).flags == (CallFlag.COMPLAINT, CallFlag.OUTAGE)


def test_a_flag_may_come_by_the_outbox_too(desk: Desk) -> None:
    event = CallFlagged(**desk.head(), flag=CallFlag.VULNERABLE, on=True)
    desk.steps(event)
    (verdict,) = desk.services.events.record(desk.caller, [event]).verdicts
    assert verdict.verdict == "duplicate"
    desk.tell(CallFlagged(**desk.head(), flag=CallFlag.OUTAGE, on=True))
    assert desk.looks_again().flags == (CallFlag.OUTAGE, CallFlag.VULNERABLE)
