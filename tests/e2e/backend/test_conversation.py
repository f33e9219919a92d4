"""A conversation with the backend as a real process: who speaks, what is promised, what is proved, what the day was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import (
    CallFlag,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    FollowUpKind,
    QuietReason,
    ResponseCode,
    Speaker,
)
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import (
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ConfirmationRequested,
    ConsentRecorded,
    ContactEvent,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    SpeakerNamed,
)
from tests.e2e.calls import authenticated_call
from tests.e2e.processes import site_backend
from tests.fakes.backend_site import Client

HELMUT, GERDA = ("+493512805504", "helmut-brandt"), ("+492214710058", "gerda-hoffmann")


class Call:
    """One authenticated call of the sample site."""

    def __init__(self, agent: Client, number: str, customer_id: str) -> None:
        self._agent = agent
        self._seq = 2
        self.customer_id = customer_id
        self.view = authenticated_call(agent, number, customer_id, now_utc())
        self._path = f"/v1/contacts/{self.view.contact_id}"

    def head(self) -> dict[str, Any]:
        self._seq += 1
        return {"event_id": new_id(), "contact_id": self.view.contact_id, "seq": self._seq, "at": now_utc()}

    def step(self, route: str, event: Any) -> ContactView:
        answer = self._agent.post(f"{self._path}/{route}", event)
        assert answer.status_code == 200, answer.text
        self.view = ContactView.model_validate(answer.json())
        return self.view

    def tell(self, *events: ContactEvent) -> list[str]:
        raw = [event.model_dump(mode="json") for event in events]
        return [one["verdict"] for one in self._agent.post_events(*raw)]

    def shown(self) -> set[str]:
        return {one.action_id for one in self.view.decision.recommendations}

    def proof(self) -> ConsentProof:
        return ConsentProof.model_validate(self._agent.send("GET", f"{self._path}/consents/proof").json())


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with site_backend(tmp_path_factory.mktemp("site")) as site:
        yield Client(site.url, site.token)


def test_a_conversation_from_the_first_concern_to_the_end_of_the_day(agent: Client) -> None:
    call = Call(agent, *HELMUT)
    call.step("concern", ConcernChosen(**call.head(), concern="instalment"))
    call.step("concern", ConcernSolved(**call.head(), concern="instalment", solved=True))
    assert "RET_FIX12" in call.shown()

    # Quiet as long as somebody else speaks, or something is wrong.
    flag = call.step("situation", CallFlagged(**call.head(), flag=CallFlag.COMPLAINT, on=True))
    assert flag.decision.quiet_because == (QuietReason.COMPLAINT,)
    assert call.shown() == {"SRV_INSTALMENT", "SRV_COMPLAINT"}
    call.step("situation", CallFlagged(**call.head(), flag=CallFlag.COMPLAINT, on=False))
    named = {"customer_id": call.customer_id}
    call.step("situation", SpeakerNamed(**call.head(), **named, speaker=Speaker.REPRESENTATIVE))
    assert "RET_FIX12" not in call.shown()
    call.step("situation", SpeakerNamed(**call.head(), **named, speaker=Speaker.CUSTOMER))

    # A yes, its confirmation, a promise and another one that is taken back.
    decided = {"decision_id": call.view.decision.decision_id, "action_id": "RET_FIX12"}
    later = now_utc().date() + timedelta(days=7)
    promised = FollowUpPlanned(**call.head(), kind=FollowUpKind.CONCERN, due=later, concern="bill")
    assert (
        call.tell(
            ResponseRecorded(**call.head(), **decided, code=ResponseCode.ACCEPTED_PENDING),
            ConfirmationRequested(**call.head(), **decided, channel=ConsentChannel.EMAIL),
            FollowUpPlanned(**call.head(), kind=FollowUpKind.SEND_INFORMATION, due=later, **decided),
            promised,
            FollowUpCancelled(**call.head(), cancels=promised.event_id),
        )
        == ["accepted"] * 5
    )

    # The proof of what Helmut said years ago, and of what he takes back now.
    withdrawn = ConsentRecorded(
        **call.head(),
        **named,
        purpose=ConsentPurpose.ADV_OWN,
        channel=ConsentChannel.POST,
        event=ConsentEventType.WITHDRAWN,
    )
    assert call.tell(withdrawn) == ["accepted"]
    proof = call.proof()
    assert proof.intact
    assert [(one.event, one.in_this_call) for one in proof.entries] == [
        (ConsentEventType.WITHDRAWN, True),
        (ConsentEventType.REFUSED, False),
        (ConsentEventType.GRANTED, False),
    ]
    assert "Wachwitzer Weg" not in proof.model_dump_json()

    day = AgentDay.model_validate(agent.send("GET", "/v1/contacts/today").json())
    (contact,) = day.contacts
    assert (contact.caller, contact.concern) == ("H. Brandt", "instalment")
    (response,) = contact.responses
    assert (response.code, response.action_id) == (ResponseCode.ACCEPTED_PENDING, "RET_FIX12")
    assert response.title


def test_a_customer_who_needs_special_protection_is_sold_nothing(agent: Client) -> None:
    call = Call(agent, *GERDA)
    call.step("concern", ConcernSolved(**call.head(), concern="meter_reading", solved=True))
    assert call.view.flags == (CallFlag.VULNERABLE,)
    assert call.view.decision.quiet_because == (QuietReason.VULNERABLE,)
    kinds = {one.kind.value for one in call.view.decision.recommendations}
    assert kinds == {"service"}
    assert "quiet_vulnerable" in {one.rule for one in call.view.decision.why_not}
