"""A contact opens its customer to its own agent alone, and not for longer than it takes to finish it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from nba_desktop.backend.access.contacts import LONGEST_CONTACT
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.store.schema.contacts import events
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import CallFlag, FollowUpKind, Role
from nba_desktop.contract.events import CallFlagged, ConcernChosen, ContactEnded, ContactStarted, FollowUpPlanned
from tests.fakes.backend_site import NOW, Client, authenticated, started
from tests.unit.backend.api.conftest import Backend, published


class Call:
    """Anna's call, with Lisa authenticated and something promised."""

    def __init__(self, backend: Backend) -> None:
        self.store = backend.store
        self.anna = backend.agent
        self.start: ContactStarted = started("+4915112345678")
        self.contact_id = self.start.contact_id
        self.path = f"/v1/contacts/{self.contact_id}"
        self.caller = authenticated(self.contact_id)
        self.anna.post("/v1/contacts", self.start)
        view = self.anna.post(f"{self.path}/caller", self.caller).json()
        self.decision_id = view["decision"]["decision_id"]
        self.promised = FollowUpPlanned(**self.fact(5), kind=FollowUpKind.CALLBACK, due=now_utc().date())
        (verdict,) = self.anna.post_events(self.promised)
        assert verdict["verdict"] == "accepted"

    def fact(self, seq: int) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": self.contact_id, "seq": seq, "at": NOW}

    def ends(self) -> None:
        (verdict,) = self.anna.post_events(ContactEnded(**self.fact(9), cause="normal", duration_s=9))
        assert verdict["verdict"] == "accepted"

    def was_heard_of(self, ago: timedelta) -> None:
        """Let everything have come so long ago."""
        with self.store._database.writing() as connection:
            connection.execute(
                update(events).where(events.c.contact_id == self.contact_id).values(received_at=now_utc() - ago)
            )


@pytest.fixture
def call(backend: Backend) -> Call:
    return Call(backend)


Ask = Callable[[Call, Client], int]
IN_CONTACT: dict[tuple[str, str], Ask] = {
    ("POST", "/v1/contacts"): lambda call, who: who.post("/v1/contacts", call.start).status_code,
    ("POST", "/v1/contacts/{contact_id}/caller"): lambda call, who: (
        who.post(f"{call.path}/caller", call.caller).status_code
    ),
    ("POST", "/v1/contacts/{contact_id}/concern"): lambda call, who: (
        who.post(f"{call.path}/concern", ConcernChosen(**call.fact(3), concern="bill")).status_code
    ),
    ("POST", "/v1/contacts/{contact_id}/situation"): lambda call, who: (
        who.post(f"{call.path}/situation", CallFlagged(**call.fact(4), flag=CallFlag.COMPLAINT, on=True)).status_code
    ),
    ("GET", "/v1/contacts/{contact_id}/journey"): lambda call, who: who.send("GET", f"{call.path}/journey").status_code,
    ("GET", "/v1/contacts/{contact_id}/consents/proof"): lambda call, who: (
        who.send("GET", f"{call.path}/consents/proof").status_code
    ),
    ("GET", "/v1/customers"): lambda call, who: (
        who.send("GET", "/v1/customers", params={"q": "Müller", "contact_id": str(call.contact_id)}).status_code
    ),
}
"""What is asked because of a contact."""
OF_CONTACT: dict[tuple[str, str], Ask] = {
    ("GET", "/v1/decisions/{decision_id}/why"): lambda call, who: (
        who.send("GET", f"/v1/decisions/{call.decision_id}/why").status_code
    ),
    ("GET", "/v1/decisions/{decision_id}/why-not/{action_id}"): lambda call, who: (
        who.send("GET", f"/v1/decisions/{call.decision_id}/why-not/SRV_MOVE").status_code
    ),
    ("POST", "/v1/follow-ups/{follow_up_id}/done"): lambda call, who: (
        who.send("POST", f"/v1/follow-ups/{call.promised.event_id}/done").status_code
    ),
}
"""What came of a contact: a decision may be read later, for a reason; a promise is to be kept."""


def names_a_contact() -> set[tuple[str, str]]:
    return {
        (method.upper(), path)
        for path, operations in published().items()
        for method, operation in operations.items()
        if any(one["name"] == "contact_id" for one in operation.get("parameters", ()))
    }


def test_every_route_that_names_a_contact_is_looked_at() -> None:
    assert names_a_contact() <= set(IN_CONTACT)


@pytest.mark.parametrize("route", [*IN_CONTACT, *OF_CONTACT], ids=" ".join)
def test_a_colleagues_contact_opens_nothing(backend: Backend, call: Call, route: tuple[str, str]) -> None:
    ask = (IN_CONTACT | OF_CONTACT)[route]
    assert ask(call, backend.client(Role.AGENT, agent_id="ben")) == 403
    assert ask(call, call.anna) not in (401, 403)


@pytest.mark.parametrize("route", IN_CONTACT, ids=" ".join)
def test_a_contact_that_is_over_opens_nothing(call: Call, route: tuple[str, str]) -> None:
    call.ends()
    assert IN_CONTACT[route](call, call.anna) == 200
    call.was_heard_of(timedelta(minutes=61))
    assert IN_CONTACT[route](call, call.anna) == 403


def test_a_contact_whose_end_never_came_is_over_after_a_day_and_no_event_opens_it_again(call: Call) -> None:
    call.was_heard_of(LONGEST_CONTACT + timedelta(minutes=1))
    (verdict,) = call.anna.post_events(ConcernChosen(**call.fact(6), concern="bill"))
    # What was recorded is taken in, whenever it comes.
    assert verdict["verdict"] == "accepted"
    assert call.anna.send("GET", f"{call.path}/journey").status_code == 403


def test_what_is_left_to_do_stays_possible_and_a_decision_needs_a_reason(call: Call) -> None:
    call.ends()
    call.was_heard_of(timedelta(days=2))
    why = f"/v1/decisions/{call.decision_id}/why"
    assert call.anna.send("GET", why).json()["code"] == "reason_required"
    assert call.anna.send("GET", why, params={"reason": "Rückfrage der Kundin"}).status_code == 200
    listed = call.anna.send("GET", "/v1/follow-ups").json()["follow_ups"]
    assert str(call.promised.event_id) in [one["follow_up_id"] for one in listed]
    assert call.anna.send("POST", f"/v1/follow-ups/{call.promised.event_id}/done").status_code == 200
    assert call.anna.send("GET", "/v1/contacts/today").status_code == 200


def test_a_colleague_who_takes_the_call_over_has_a_contact_of_his_own(backend: Backend, call: Call) -> None:
    ben = backend.client(Role.AGENT, agent_id="ben")
    own = started("+4915112345678")
    assert ben.post("/v1/contacts", own).status_code == 200
    answer = ben.post(f"/v1/contacts/{own.contact_id}/caller", authenticated(own.contact_id))
    assert answer.json()["customer"]["last_name"] == "Müller"
    assert UUID(answer.json()["contact_id"]) != call.contact_id
