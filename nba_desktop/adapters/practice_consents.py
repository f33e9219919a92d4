"""What consents come to after the words of a practice call; as in the ledger, an e-mail is confirmed apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import ConsentProof, ConsentProofEntry, Consents, ConsentStatus
from nba_desktop.contract.events import ConsentRecorded

_CONFIRMED_APART: Final = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})
_STATES: Final = {
    ConsentEventType.ASKED: ConsentState.ASKED_OPEN,
    ConsentEventType.GRANTED: ConsentState.GRANTED,
    ConsentEventType.REFUSED: ConsentState.REFUSED,
    ConsentEventType.WITHDRAWN: ConsentState.WITHDRAWN,
}
_RECORDED_FOR: Final = {
    ConsentState.ASKED_OPEN: (ConsentEventType.ASKED,),
    ConsentState.REFUSED: (ConsentEventType.REFUSED,),
    ConsentState.PENDING_CONFIRMATION: (ConsentEventType.DOI_SENT, ConsentEventType.GRANTED),
    ConsentState.GRANTED: (ConsentEventType.GRANTED,),
    ConsentState.WITHDRAWN: (ConsentEventType.WITHDRAWN,),
    ConsentState.EXPIRED: (ConsentEventType.EXPIRED, ConsentEventType.GRANTED),
}
"""What was recorded last, newest first; the statuses themselves do not say when what came before it was."""
_OBJECTED_BEFORE: Final = timedelta(days=20)
"""As the sample customers have it; the consents say that there is an objection, not since when."""


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


def proof_of(said: tuple[ConsentRecorded, ...], consents: Consents | None, day: datetime) -> ConsentProof:
    """Return what would prove the words of the call and, before them, what the customer's statuses come from.

    Newest first; there is no number or address of a real person. `consents` are those from before the call, as they
    were recorded on `day`.
    """
    wordings = {one.wording_id: one for one in consents.wordings} if consents else {}
    before = sorted(_entries_before(consents, day), key=lambda one: one.at, reverse=True) if consents else []
    return ConsentProof(
        entries=(
            *(
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
            *before,
        ),
        intact=True,
    )


def _entries_before(consents: Consents, day: datetime) -> Iterator[ConsentProofEntry]:
    """What must have been recorded for each of the statuses, as the sample site keeps it: on paper."""
    for status in consents.statuses:
        for event in _RECORDED_FOR.get(status.state, ()):
            yield _on_paper(status.purpose, status.channel, event, status.since or day)
    if consents.objected:
        yield _on_paper(ConsentPurpose.ADV_OWN, ConsentChannel.ANY, ConsentEventType.OBJECTED, day - _OBJECTED_BEFORE)


def _on_paper(
    purpose: ConsentPurpose, channel: ConsentChannel, event: ConsentEventType, at: datetime
) -> ConsentProofEntry:
    return ConsentProofEntry(
        event_id=uuid5(NAMESPACE_OID, f"{purpose}/{channel}/{event}/{at.isoformat()}"),
        at=at,
        purpose=purpose,
        channel=channel,
        event=event,
        manner="paper",
        recipient_code="practice",
        auth_level=AuthLevel.NONE,
        evidence_type="signed_paper",
    )
