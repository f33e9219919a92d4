"""What consents come to after the words of a practice call; as in the ledger, an e-mail is confirmed apart."""

from __future__ import annotations

from typing import Final

from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentState
from nba_desktop.contract.consent import ConsentProof, ConsentProofEntry, Consents, ConsentStatus
from nba_desktop.contract.events import ConsentRecorded

_CONFIRMED_APART: Final = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})
_STATES: Final = {
    ConsentEventType.ASKED: ConsentState.ASKED_OPEN,
    ConsentEventType.GRANTED: ConsentState.GRANTED,
    ConsentEventType.REFUSED: ConsentState.REFUSED,
    ConsentEventType.WITHDRAWN: ConsentState.WITHDRAWN,
}


def consents_after(before: Consents, said: tuple[ConsentRecorded, ...]) -> Consents:
    """Return the consents with what was said in the call."""
    statuses = {(one.purpose, one.channel): one for one in before.statuses}
    objected = before.objected
    for event in said:
        if event.event is ConsentEventType.OBJECTED:
            objected = True
        elif event.event is ConsentEventType.OBJECTION_LIFTED:
            objected = False
        state = _STATES.get(event.event)
        if state is ConsentState.GRANTED and event.channel in _CONFIRMED_APART:
            state = ConsentState.PENDING_CONFIRMATION
        if state is not None:
            key = (event.purpose, event.channel)
            statuses[key] = ConsentStatus(purpose=event.purpose, channel=event.channel, state=state, since=event.at)
    after = before.model_copy(update={"statuses": tuple(statuses.values()), "objected": objected})
    if objected:
        return after.model_copy(update={"may_ask": False, "may_not_ask_because": "objected"})
    return after


def proof_of(said: tuple[ConsentRecorded, ...], consents: Consents | None) -> ConsentProof:
    """Return what would prove the words of the call, newest first; there is no number or address of a real person."""
    wordings = {one.wording_id: one for one in consents.wordings} if consents else {}
    return ConsentProof(
        entries=tuple(
            ConsentProofEntry(
                event_id=event.event_id,
                at=event.at,
                purpose=event.purpose,
                channel=event.channel,
                event=event.event,
                manner="inbound_call",
                recipient_code="practice",
                auth_level=AuthLevel.AUTHENTICATED,
                wording=wordings.get(event.wording_id or ""),
                read_aloud_confirmed=event.read_aloud_confirmed,
                customer_words=event.customer_words,
                evidence_type="agent_record",
                in_this_call=True,
            )
            for event in reversed(said)
        ),
        intact=True,
    )
