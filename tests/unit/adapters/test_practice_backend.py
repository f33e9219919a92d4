"""The backend of the practice answers as the real one does, and needs nobody to do so."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from nba_desktop import paths
from nba_desktop.adapters.practice_backend import PracticeBackend
from nba_desktop.adapters.practice_consents import proof_of
from nba_desktop.adapters.practice_recording import Recording, load_recording
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import (
    AuthLevel,
    CallFlag,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ConsentState,
    FollowUpKind,
    QuietReason,
    ResponseCode,
    Speaker,
)
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    CallerAuthenticated,
    CallerNumber,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ConsentRecorded,
    ContactEvent,
    ContactStarted,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    ResponseRetracted,
    SecurityItemCorrected,
    SpeakerNamed,
)
from nba_desktop.domain.errors import BackendRefusal

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HELMUT = "helmut-brandt"


@pytest.fixture(scope="module")
def recording() -> Recording:
    return load_recording(paths.resource("practice"), "de")


@pytest.fixture
def backend(recording: Recording) -> PracticeBackend:
    return PracticeBackend(recording, lambda: NOW)


class Call:
    """One call as the panel tells of it."""

    def __init__(self, backend: PracticeBackend, number: str) -> None:
        self.backend = backend
        self.contact_id = new_id()
        self._seq = itertools.count(1)
        started = ContactStarted(
            **self.head(), number=CallerNumber(raw=number, e164=number), interaction_id="1", queue="Service"
        )
        self.view = backend.start_contact(started)

    def head(self) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": self.contact_id, "seq": next(self._seq), "at": NOW}

    def authenticate(self, customer: str = HELMUT, items: int = 2) -> ContactView:
        candidates = self.view.identification.candidates
        known = next((one for one in candidates if one.customer_id == customer), None)
        codes = tuple(item.code for item in known.security_items[:items]) if known else ()
        return self.backend.settle_caller(
            CallerAuthenticated(**self.head(), customer_id=customer, level=AuthLevel.AUTHENTICATED, items_passed=codes)
        )

    def send(self, event: ContactEvent) -> str:
        return self.backend.send((event.model_dump_json(),)).verdicts[0].verdict


@pytest.fixture
def call(backend: PracticeBackend) -> Call:
    return Call(backend, "+493512805504")


def test_before_authentication_nothing_of_the_customer_is_told(call: Call) -> None:
    assert call.view.contact_id == call.contact_id
    assert call.view.auth_level is AuthLevel.CANDIDATE
    assert [one.customer_id for one in call.view.identification.candidates] == [HELMUT]
    assert call.view.customer is None
    assert call.view.journey is None
    assert call.view.decision.recommendations == ()


def test_too_few_security_items_do_not_authenticate(call: Call) -> None:
    assert call.authenticate(items=1).auth_level is not AuthLevel.AUTHENTICATED
    assert call.authenticate(items=2).auth_level is AuthLevel.AUTHENTICATED


def test_too_many_wrong_items_lock_the_contact(call: Call) -> None:
    wrong = tuple(item.code for item in call.view.identification.candidates[0].security_items[2:5])
    view = call.backend.settle_caller(
        CallerAuthenticated(**call.head(), customer_id=HELMUT, level=AuthLevel.CANDIDATE, items_failed=wrong)
    )
    assert view.identification.locked
    assert call.authenticate().auth_level is not AuthLevel.AUTHENTICATED
    call.send(SecurityItemCorrected(**call.head(), customer_id=HELMUT, item=wrong[0]))
    assert call.authenticate().auth_level is AuthLevel.AUTHENTICATED


def test_a_solved_concern_ranks_the_actions_anew(call: Call) -> None:
    call.authenticate()
    chosen = call.backend.settle_concern(ConcernChosen(**call.head(), concern="price_change"))
    solved = call.backend.settle_concern(ConcernSolved(**call.head(), concern="price_change", solved=True))
    quiet = [[one.quiet for one in view.decision.recommendations] for view in (chosen, solved)]
    assert any(quiet[0])
    assert not any(quiet[1])
    assert chosen.decision.decision_id != solved.decision.decision_id
    assert solved.decision.decided_at == NOW


def test_a_concern_that_was_not_recorded_is_answered_as_none(call: Call) -> None:
    call.authenticate()
    view = call.backend.settle_concern(ConcernChosen(**call.head(), concern="heating"))
    assert len(view.decision.recommendations) == 3


def test_an_unknown_caller_is_found_by_name_or_number_and_then_authenticated(backend: PracticeBackend) -> None:
    call = Call(backend, "+4930231250999")
    assert call.view.identification.status == "unknown"
    (hit,) = backend.search("sommer lisa", call.contact_id).hits
    assert backend.search("k-318204", None).hits[0].customer_id == hit.customer_id
    assert backend.search("nobody", None).hits == backend.search("", None).hits == ()
    call.view = backend.settle_caller(
        CallerAuthenticated(**call.head(), customer_id=hit.customer_id, level=AuthLevel.IDENTIFIED)
    )
    assert call.view.identification.candidates[0].match == "search"
    view = call.authenticate(hit.customer_id)
    assert view.customer is not None
    assert view.customer.last_name == "Sommer"


def test_a_flag_or_a_representative_keeps_the_call_quiet(call: Call) -> None:
    call.authenticate()
    flagged = call.backend.settle_situation(CallFlagged(**call.head(), flag=CallFlag.VULNERABLE, on=True))
    assert flagged.decision.quiet_because == (QuietReason.VULNERABLE,)
    assert {one.kind for one in flagged.decision.recommendations} == {"service"}
    calm = call.backend.settle_situation(CallFlagged(**call.head(), flag=CallFlag.VULNERABLE, on=False))
    assert calm.decision.quiet_because == ()
    spoken = SpeakerNamed(**call.head(), customer_id=HELMUT, speaker=Speaker.REPRESENTATIVE)
    represented = call.backend.settle_situation(spoken)
    assert represented.value is None
    assert represented.consents is not None
    assert not represented.consents.may_ask


def test_an_unauthorised_speaker_sees_the_masked_view_again(call: Call) -> None:
    call.authenticate()
    spoken = SpeakerNamed(**call.head(), customer_id=HELMUT, speaker=Speaker.UNAUTHORISED)
    view = call.backend.settle_situation(spoken)
    assert view.customer is None
    assert view.speaker is Speaker.UNAUTHORISED


def consent(call: Call, event: ConsentEventType, channel: ConsentChannel = ConsentChannel.EMAIL) -> ConsentRecorded:
    return ConsentRecorded(
        **call.head(), customer_id=HELMUT, purpose=ConsentPurpose.ADV_OWN, channel=channel, event=event
    )


def test_a_consent_shows_in_the_next_answer_and_in_the_proof(call: Call) -> None:
    call.authenticate()
    said = consent(call, ConsentEventType.GRANTED)
    assert call.send(said) == "accepted"
    view = call.backend.settle_concern(ConcernChosen(**call.head(), concern="price_change"))
    assert view.consents is not None
    states = {(one.purpose, one.channel): one.state for one in view.consents.statuses}
    assert states[ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL] is ConsentState.PENDING_CONFIRMATION
    entry, *before = call.backend.consent_proof(call.contact_id).entries
    assert not any(one.in_this_call for one in before)
    assert (entry.event_id, entry.in_this_call) == (said.event_id, True)


def test_an_objection_overrides_everything(call: Call) -> None:
    call.authenticate()
    call.send(consent(call, ConsentEventType.OBJECTED, ConsentChannel.ANY))
    view = call.backend.settle_concern(ConcernChosen(**call.head(), concern="price_change"))
    assert view.consents is not None
    assert view.consents.objected
    assert view.consents.may_not_ask_because == "objected"


def test_a_response_is_accepted_once_and_stands_in_the_day_until_it_is_taken_back(call: Call) -> None:
    view = call.authenticate()
    action = view.decision.recommendations[0]
    event = ResponseRecorded(
        **call.head(),
        decision_id=view.decision.decision_id,
        action_id=action.action_id,
        code=ResponseCode.THINKING,
    )
    assert [call.send(event), call.send(event)] == ["accepted", "duplicate"]
    (contact,) = call.backend.today().contacts
    assert [(one.title, one.codes) for one in contact.responses] == [(action.title, action.responses)]
    assert contact.responses[0].follow_ups == ()
    promised = FollowUpPlanned(
        **call.head(),
        kind=FollowUpKind.CALLBACK,
        due=event.at.date(),
        decision_id=event.decision_id,
        action_id=action.action_id,
    )
    call.send(promised)
    assert [one.event_id for one in call.backend.today().contacts[0].responses[0].follow_ups] == [promised.event_id]
    call.send(FollowUpCancelled(**call.head(), cancels=promised.event_id))
    assert call.backend.today().contacts[0].responses[0].follow_ups == ()
    call.send(ResponseRetracted(**call.head(), retracts=event.event_id))
    assert call.backend.today().contacts[0].responses == ()


def test_the_older_part_of_the_journey_is_paged(call: Call) -> None:
    view = call.authenticate()
    assert view.journey is not None
    touchpoints = view.journey.touchpoints
    page = call.backend.journey(call.contact_id, touchpoints[1].touchpoint_id, 2)
    assert page.touchpoints == touchpoints[2:4]
    assert page.more
    assert not call.backend.journey(call.contact_id, touchpoints[-1].touchpoint_id, 2).more


def test_what_the_recording_does_not_know_is_refused(backend: PracticeBackend, call: Call) -> None:
    with pytest.raises(BackendRefusal):
        backend.search("Brandt", UUID("01980000-0000-7000-8000-000000000009"))
    with pytest.raises(BackendRefusal):
        backend.knowledge("en")
    with pytest.raises(BackendRefusal):
        call.authenticate("somebody-else")
    assert backend.catalogue("de").concerns
    assert backend.knowledge("de").articles


def test_the_proof_fits_the_statuses_that_the_customer_came_with(recording: Recording) -> None:
    fitting = {
        ConsentState.REFUSED: ConsentEventType.REFUSED,
        ConsentState.GRANTED: ConsentEventType.GRANTED,
        ConsentState.PENDING_CONFIRMATION: ConsentEventType.DOI_SENT,
    }
    for customer in recording.customers.values():
        consents = customer.view.consents
        assert consents is not None
        entries = proof_of((), consents, recording.at).entries
        newest = {(one.purpose, one.channel): one.event for one in reversed(entries)}
        for one in consents.statuses:
            if one.since is not None:
                assert newest[one.purpose, one.channel] is fitting[one.state]
        objected = ConsentEventType.OBJECTED in newest.values()
        assert objected == consents.objected
        assert entries == tuple(sorted(entries, key=lambda one: one.at, reverse=True))
        assert len({one.event_id for one in entries}) == len(entries)
