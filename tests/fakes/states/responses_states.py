"""Responses with what belongs to them, the consents with their proof, and the day in which both can be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ConsentState,
    FollowUpKind,
    ResponseCode,
    ResponseGroup,
)
from nba_desktop.contract.consent import ConsentProof, ConsentProofEntry, ConsentStatus, ConsentWording
from nba_desktop.contract.day import AgentDay, DayContact, DayFollowUp, DayResponse
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft, ProofState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ConfirmationEntry, FollowUpDraft, FollowUpEntry, ResponseEntry
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import DayState, PanelState
from nba_desktop.domain.receipts import Receipt
from tests.fakes.states.contacts import helmut_contact, panel
from tests.fakes.states.moments import NOW, interaction, said, utc

ADV = ConsentPurpose.ADV_OWN
FIXED = "RET_FIX12"


def responded(
    contact: ContactState, code: ResponseCode, action_id: str = FIXED, receipt: Receipt = Receipt.SENT, note: str = ""
) -> ContactState:
    """The contact with one response, to its chosen action."""
    entry = ResponseEntry(UUID(int=71), action_id, code, NOW, receipt, note=note)
    addressed = contact.addressed | {action_id}
    return replace(contact, action_id=action_id, responses=(entry,), addressed=addressed)


def promise(language: Language, action_id: str | None = FIXED, receipt: Receipt = Receipt.STORED) -> FollowUpEntry:
    """A callback on Friday afternoon, in the customer's words."""
    words = said(language, "Freitag nach der Arbeit", "Friday after work")
    due = NOW.date() + timedelta(days=3)
    return FollowUpEntry(UUID(int=72), FollowUpKind.CALLBACK, due, receipt, time(16, 30), words, action_id=action_id)


def confirmation(receipt: Receipt = Receipt.ACCEPTED) -> ConfirmationEntry:
    """The confirmation in text form by e-mail, as it was asked for."""
    return ConfirmationEntry(UUID(int=73), FIXED, ConsentChannel.EMAIL, receipt)


def response_states(language: Language = "de") -> dict[str, PanelState]:
    """Each situation of a response, by name."""
    helmut = helmut_contact(language)
    fixed = replace(helmut, action_id=FIXED, responses=())
    accepted = responded(helmut, ResponseCode.ACCEPTED_PENDING)
    callback = responded(helmut, ResponseCode.INTEREST_CALLBACK)
    wrapping = interaction(InteractionState.WRAP_UP)
    contacts = {
        "text_form_needed": fixed,
        "reasons_declined": replace(fixed, open_group=ResponseGroup.DECLINED),
        "reasons_interest": replace(fixed, open_group=ResponseGroup.INTEREST),
        "reasons_not_raised": replace(fixed, open_group=ResponseGroup.NOT_ADDRESSED),
        "day_asked": replace(
            fixed, follow_up_draft=FollowUpDraft(FollowUpKind.CALLBACK, ResponseCode.INTEREST_CALLBACK)
        ),
        "text_form_due": accepted,
        "text_form_sent": replace(accepted, confirmations=(confirmation(),)),
        "day_promised": replace(callback, follow_ups=(promise(language),)),
        "wrap_up_owed": replace(accepted, interaction=wrapping),
        "wrap_up_promised": replace(responded(helmut, ResponseCode.INTEREST_INFO), interaction=wrapping, follow_ups=()),
        "reasons_accepted": replace(fixed, open_group=ResponseGroup.ACCEPTED),
        "noted": responded(helmut, ResponseCode.THINKING, note=said(language, "Fragt seine Frau", "Asks his wife")),
        **_consents(helmut, language),
        "wrap_up_planned": replace(callback, interaction=wrapping, follow_ups=(promise(language),)),
    }
    return {name: panel(language, contact) for name, contact in contacts.items()} | _days(language)


def _consents(helmut: ContactState, language: Language) -> dict[str, ContactState]:
    """The consents of two purposes, and their proof in each of its states."""
    assert helmut.view is not None
    assert helmut.view.consents is not None
    consents = helmut.view.consents
    wordings = (*consents.wordings, usage_wording(language))
    weak = ConsentStatus(
        purpose=ADV, channel=ConsentChannel.PHONE, state=ConsentState.GRANTED, since=NOW, weak_proof=True
    )
    statuses = (weak, *(status for status in consents.statuses if status.channel is not ConsentChannel.PHONE))
    two = with_consents(helmut, statuses=statuses, wordings=wordings)
    asked = replace(
        two,
        consent=ConsentDraft(
            open=True,
            read_aloud=frozenset({consents.wordings[0].text_sha256}),
            answers=(
                (ADV, ConsentChannel.SMS, ConsentAnswer.YES),
                (ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY, ConsentAnswer.NO),
            ),
            customer_words=said(language, "Ja, gern", "Yes, please"),
        ),
    )
    spoken_for = with_consents(helmut, may_ask=False, may_not_ask_because="representative")
    opened = replace(two, consent=ConsentDraft(open=True))

    def proven(state: ProofState) -> ContactState:
        return replace(opened, proof=state)

    proof = consent_proof(language)
    return {
        "consent_one_unread": asked,
        "consent_resting": resting(opened),
        "consent_representative": replace(spoken_for, consent=ConsentDraft(open=True)),
        "consent_objecting": replace(opened, consent=ConsentDraft(open=True, objection_asked=True)),
        "proof": proven(ProofState(open=True, status=BlockStatus.READY, proof=proof)),
        "proof_broken": proven(
            ProofState(open=True, status=BlockStatus.READY, proof=proof.model_copy(update={"intact": False}))
        ),
        "proof_loading": proven(ProofState(open=True, status=BlockStatus.LOADING)),
        "proof_failed": proven(ProofState(open=True, status=BlockStatus.FAILED, failure=FailureCode.OFFLINE)),
        "proof_empty": proven(
            ProofState(open=True, status=BlockStatus.READY, proof=ConsentProof(entries=(), intact=True))
        ),
    }


def usage_wording(language: Language) -> ConsentWording:
    """The wording of the one consent that has no channel."""
    return ConsentWording(
        wording_id="profile-usage",
        purpose=ConsentPurpose.PROFILE_USAGE,
        channels=(ConsentChannel.ANY,),
        language=language,
        text=said(
            language,
            "Dürfen wir Ihren Verbrauch auswerten, um Ihnen passende Angebote zu machen?",
            "May we look at your consumption to make you offers that fit?",
        ),
        text_sha256="c" * 64,
        version=2,
    )


def with_consents(contact: ContactState, **changes: object) -> ContactState:
    """The contact with its consents changed."""
    assert contact.view is not None
    assert contact.view.consents is not None
    consents = contact.view.consents.model_copy(update=changes)
    return replace(contact, view=contact.view.model_copy(update={"consents": consents}))


def resting(contact: ContactState) -> ContactState:
    """The contact with its refused e-mail and a withdrawn consent for text messages left alone."""
    assert contact.view is not None
    assert contact.view.consents is not None
    left_alone: dict[ConsentChannel, dict[str, object]] = {
        ConsentChannel.EMAIL: {"rests": "refused_recently", "rests_until": date(2027, 1, 22)},
        ConsentChannel.SMS: {"rests": "withdrawn", "state": ConsentState.WITHDRAWN},
    }
    statuses = tuple(one.model_copy(update=left_alone.get(one.channel, {})) for one in contact.view.consents.statuses)
    return with_consents(contact, statuses=statuses)


def consent_proof(language: Language) -> ConsentProof:
    """Two entries: a consent by telephone a while ago, and a refusal by e-mail."""
    granted = ConsentProofEntry(
        event_id=UUID(int=81),
        at=utc(2026, 3, 12, 14, 5),
        purpose=ADV,
        channel=ConsentChannel.PHONE,
        event=ConsentEventType.GRANTED,
        manner="inbound_call",
        recipient_code="KB-4711",
        auth_level=AuthLevel.AUTHENTICATED,
        contact_point="0351 •••5504",
        wording=usage_wording(language),
        read_aloud_confirmed=True,
        customer_words=said(language, "Ja, gern", "Yes, please"),
        evidence_type="agent_record",
        keep_until=NOW.date().replace(year=2031),
    )
    refused = granted.model_copy(
        update={
            "event_id": UUID(int=82),
            "channel": ConsentChannel.EMAIL,
            "event": ConsentEventType.REFUSED,
            "contact_point": "",
            "customer_words": "",
            "in_this_call": True,
        }
    )
    return ConsentProof(entries=(refused, granted), intact=True)


def agent_day(language: Language) -> AgentDay:
    """A day with two calls: one with a response, one in which nothing was raised."""
    response = DayResponse(
        event_id=UUID(int=91),
        at=NOW,
        code=ResponseCode.THINKING,
        codes=(ResponseCode.ACCEPTED_PENDING, ResponseCode.INTEREST_INFO, ResponseCode.THINKING),
        action_id=FIXED,
        title=said(language, "Preisgarantie 12 Monate", "Fixed price for 12 months"),
        follow_ups=(
            DayFollowUp(
                event_id=UUID(int=94), kind=FollowUpKind.CALLBACK, due=NOW.date() + timedelta(days=3), at_time=time(16)
            ),
        ),
    )
    first = DayContact(
        contact_id=UUID(int=92),
        started_at=NOW - timedelta(hours=1),
        last_seq=9,
        caller="Brandt, H.",
        queue="Privatkunden Strom",
        concern="instalment",
        responses=(response,),
        follow_ups=(DayFollowUp(event_id=UUID(int=95), kind=FollowUpKind.CONCERN, due=NOW.date() + timedelta(days=7)),),
    )
    second = DayContact(contact_id=UUID(int=93), started_at=NOW - timedelta(hours=2), last_seq=2)
    return AgentDay(day=NOW.date(), contacts=(first, second))


def _days(language: Language) -> dict[str, PanelState]:
    """Today's calls in each of their states."""
    ready = DayState(open=True, status=BlockStatus.READY, day=agent_day(language))
    corrected = ((UUID(int=90), ResponseCode.THINKING, UUID(int=91), Receipt.SENT),)
    states = {
        "day": ready,
        "day_corrected": replace(ready, corrected=corrected),
        "day_not_stored": replace(ready, failure=FailureCode.DISK_FULL),
        "day_loading": DayState(open=True, status=BlockStatus.LOADING),
        "day_late": DayState(open=True, status=BlockStatus.SLOW),
        "day_failed": DayState(open=True, status=BlockStatus.FAILED, failure=FailureCode.SERVER_FAULT),
        "day_offline": DayState(open=True, status=BlockStatus.FAILED, failure=FailureCode.OFFLINE),
        "day_empty": DayState(open=True, status=BlockStatus.READY, day=AgentDay(day=NOW.date(), contacts=())),
    }
    return {name: replace(panel(language), day=day) for name, day in states.items()}
