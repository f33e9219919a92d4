"""Events from the outbox: each once, none refused because of another, what was clicked is never lost or doubled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from nba_desktop.backend.errors import MalformedHook, Refused
from nba_desktop.backend.messages import UnreadableEvent
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.decisions import exposures, responses
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ProblemCode, ResponseCode
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerNumber,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ContactNoteWritten,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
)
from nba_desktop.contract.problems import FieldProblem
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW, authenticated, started

pytestmark = pytest.mark.usefixtures("each_store")


def fact(contact_id: UUID, seq: int) -> dict[str, Any]:
    return {"event_id": new_id(), "contact_id": contact_id, "seq": seq, "at": NOW}


def note(contact_id: UUID, seq: int = 2, text: str = "Notiz") -> ContactNoteWritten:
    return ContactNoteWritten(**fact(contact_id, seq), text=text)


def verdicts(services: Services, *batch: AnyEvent | UnreadableEvent) -> list[str]:
    """Each verdict, with the code of a refusal."""
    answer = services.events.record(services.agent, batch)
    assert [one.event_id for one in answer.verdicts] == [one.event_id for one in batch]
    return [one.problem.code.value if one.problem else one.verdict for one in answer.verdicts]


def rows(services: Services, table: Any) -> int:
    with services.store._database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def in_call(services: Services) -> tuple[UUID, UUID]:
    """A call of the authenticated Lisa: the ids of contact and decision."""
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id))
    return start.contact_id, view.decision.decision_id


def test_an_event_is_accepted_once_and_then_known(services: Services) -> None:
    start = started()
    later = note(start.contact_id)
    assert verdicts(services, start, later) == ["accepted", "accepted"]
    assert verdicts(services, start, later, later) == ["duplicate", "duplicate", "duplicate"]
    assert rows(services, events) == 2


def test_an_event_twice_in_one_batch_counts_once(services: Services) -> None:
    start = started()
    assert verdicts(services, start, start) == ["accepted", "duplicate"]


def test_the_same_event_by_both_ways_counts_once(services: Services) -> None:
    start = started("+4915112345678")
    caller = authenticated(start.contact_id)
    concern = ConcernChosen(**fact(start.contact_id, 3), concern="bill")
    services.contacts.start(services.agent, start)
    services.contacts.step(services.agent, start.contact_id, caller)
    services.contacts.step(services.agent, start.contact_id, concern)
    assert verdicts(services, start, caller, concern) == ["duplicate"] * 3
    services.contacts.step(services.agent, start.contact_id, concern)
    assert rows(services, events) == 3


def test_another_event_under_a_known_id_is_a_conflict(services: Services) -> None:
    start = started()
    first = note(start.contact_id)
    other = first.model_copy(update={"text": "etwas anderes"})
    assert verdicts(services, start, first, other) == ["accepted", "accepted", "conflict"]


def test_an_event_of_a_contact_that_never_began_is_refused(services: Services) -> None:
    assert verdicts(services, note(new_id())) == ["unknown_contact"]
    assert rows(services, events) == 0


def test_a_contact_begins_with_one_event(services: Services) -> None:
    start = started()
    again = start.model_copy(update={"event_id": new_id()})
    assert verdicts(services, start, again) == ["accepted", "conflict"]


def test_one_bad_event_refuses_none_of_the_others(services: Services) -> None:
    start = started()
    unreadable = UnreadableEvent(new_id(), (FieldProblem(where="text", message="missing"),))
    batch = (start, note(new_id()), unreadable, note(start.contact_id))
    assert verdicts(services, *batch) == ["accepted", "unknown_contact", "invalid_message", "accepted"]
    assert rows(services, events) == 2


def test_what_a_refused_event_wrote_is_undone(services: Services) -> None:
    contact_id, decision_id = in_call(services)
    before = rows(services, events)
    strange = ActionsShown(**fact(contact_id, 3), decision_id=decision_id, action_ids=("SRV_BILL", "OTHER"))
    assert verdicts(services, strange, note(contact_id, 4)) == ["invalid_message", "accepted"]
    assert (rows(services, exposures), rows(services, events)) == (0, before + 1)


def test_a_colleagues_contact_takes_no_events(services: Services) -> None:
    start = started()
    services.events.record(services.colleague, [start])
    assert verdicts(services, note(start.contact_id)) == ["forbidden"]


def test_late_events_come_to_the_same_contact(services: Services) -> None:
    start = started()
    late = note(start.contact_id, 2, "früher geschrieben")
    last = note(start.contact_id, 5, "zuletzt geschrieben")
    end = ContactEnded(**fact(start.contact_id, 4), cause="normal", duration_s=95)
    assert verdicts(services, start, last, end, late) == ["accepted"] * 4
    with services.store._database.reading() as connection:
        row = connection.execute(select(contacts)).one()
    assert (row.note, row.end_cause, row.duration_s) == ("zuletzt geschrieben", "normal", 95)


def test_concern_and_caller_are_kept_with_the_contact(services: Services) -> None:
    contact_id, _ = in_call(services)
    chosen = ConcernChosen(**fact(contact_id, 3), concern="bill")
    solved = ConcernSolved(**fact(contact_id, 4), solved=True)
    assert verdicts(services, chosen, solved) == ["accepted", "accepted"]
    with services.store._database.reading() as connection:
        row = connection.execute(select(contacts)).one()
    assert (row.auth_level, row.customer_id) == ("authenticated", "c-lisa")
    assert (row.concern, row.concern_solved) == ("bill", True)


def test_shown_addressed_and_objected_are_facts_apart(services: Services) -> None:
    contact_id, decision_id = in_call(services)
    batch = (
        ActionsShown(**fact(contact_id, 3), decision_id=decision_id, action_ids=("SRV_BILL", "SRV_MOVE")),
        ActionAddressed(**fact(contact_id, 4), decision_id=decision_id, action_id="SRV_MOVE"),
        ObjectionRaised(**fact(contact_id, 5), decision_id=decision_id, action_id="SRV_MOVE", objection_id="too_early"),
    )
    assert verdicts(services, *batch) == ["accepted"] * 3
    with services.store._database.reading() as connection:
        found = connection.execute(select(exposures)).all()
    assert {(row.fact, row.action_id, row.objection_id, row.customer_id) for row in found} == {
        ("shown", "SRV_BILL", None, "c-lisa"),
        ("shown", "SRV_MOVE", None, "c-lisa"),
        ("addressed", "SRV_MOVE", None, "c-lisa"),
        ("objection", "SRV_MOVE", "too_early", "c-lisa"),
    }


def test_an_action_shown_twice_in_one_event_is_one_fact(services: Services) -> None:
    contact_id, decision_id = in_call(services)
    twice = ActionsShown(**fact(contact_id, 3), decision_id=decision_id, action_ids=("SRV_BILL", "SRV_BILL"))
    assert verdicts(services, twice) == ["accepted"]
    assert rows(services, exposures) == 1


def test_exposure_of_another_contacts_decision_is_refused(services: Services) -> None:
    contact_id, _ = in_call(services)
    _, other_decision = in_call(services)
    shown = ActionsShown(**fact(contact_id, 3), decision_id=other_decision, action_ids=("SRV_BILL",))
    assert verdicts(services, shown) == ["not_found"]


def test_a_response_counts_until_it_is_retracted_and_is_never_deleted(services: Services) -> None:
    contact_id, decision_id = in_call(services)
    response = ResponseRecorded(
        **fact(contact_id, 3), decision_id=decision_id, action_id="SRV_BILL", code=ResponseCode.THINKING
    )
    assert verdicts(services, response) == ["accepted"]
    with services.store.read() as unit:
        (past,) = unit.decisions.past_responses("c-lisa")
    assert (past.action_id, past.code, past.at) == ("SRV_BILL", ResponseCode.THINKING, NOW)

    retraction = ResponseRetracted(**fact(contact_id, 4), retracts=response.event_id)
    assert verdicts(services, retraction) == ["accepted"]
    with services.store.read() as unit:
        assert unit.decisions.past_responses("c-lisa") == ()
    assert rows(services, responses) == 2


def test_past_responses_reach_the_next_decision(services: Services) -> None:
    contact_id, decision_id = in_call(services)
    response = ResponseRecorded(
        **fact(contact_id, 3), decision_id=decision_id, action_id="SRV_BILL", code=ResponseCode.DECLINED_NO_NEED
    )
    verdicts(services, response)
    in_call(services)
    assert [one.code for one in services.decide.asked[-1].past] == [ResponseCode.DECLINED_NO_NEED]


def test_a_response_is_retracted_once(services: Services) -> None:
    contact_id, _ = in_call(services)
    response = ResponseRecorded(**fact(contact_id, 3), code=ResponseCode.NOT_ADDRESSED_TIME)
    first = ResponseRetracted(**fact(contact_id, 4), retracts=response.event_id)
    second = ResponseRetracted(**fact(contact_id, 5), retracts=response.event_id)
    assert verdicts(services, response, first, second) == ["accepted", "accepted", "conflict"]


def test_a_retraction_itself_cannot_be_retracted(services: Services) -> None:
    contact_id, _ = in_call(services)
    response = ResponseRecorded(**fact(contact_id, 3), code=ResponseCode.NOT_ADDRESSED_TIME)
    first = ResponseRetracted(**fact(contact_id, 4), retracts=response.event_id)
    second = ResponseRetracted(**fact(contact_id, 5), retracts=first.event_id)
    assert verdicts(services, response, first, second) == ["accepted", "accepted", "not_found"]


def test_only_a_response_of_the_same_contact_can_be_retracted(services: Services) -> None:
    one, _ = in_call(services)
    other, _ = in_call(services)
    response = ResponseRecorded(**fact(one, 3), code=ResponseCode.NOT_ADDRESSED_TIME)
    verdicts(services, response)
    assert verdicts(services, ResponseRetracted(**fact(other, 3), retracts=response.event_id)) == ["not_found"]


def test_a_response_to_an_action_that_was_not_recommended_is_refused(services: Services) -> None:
    contact_id, decision_id = in_call(services)
    response = ResponseRecorded(
        **fact(contact_id, 3), decision_id=decision_id, action_id="OTHER", code=ResponseCode.THINKING
    )
    assert verdicts(services, response) == ["invalid_message"]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "mit \x00 darin"},
        {"seq": 2**31},
        {"at": datetime(1999, 12, 31, tzinfo=UTC)},
        {"at": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_no_database_keeps_is_refused_with_a_reason(services: Services, changes: dict[str, Any]) -> None:
    start = started()
    assert verdicts(services, start, note(start.contact_id).model_copy(update=changes)) == [
        "accepted",
        "invalid_message",
    ]


def test_a_nul_in_a_nested_text_is_found(services: Services) -> None:
    assert verdicts(services, started(number=CallerNumber(raw="1\x002"))) == ["invalid_message"]


def test_a_wrong_clock_of_a_year_is_no_reason_to_refuse(services: Services) -> None:
    start = started(at=NOW - timedelta(days=365))
    assert verdicts(services, start, note(start.contact_id)) == ["accepted", "accepted"]


def test_a_refusal_names_its_reason_and_nothing_that_was_said(services: Services) -> None:
    answer = services.events.record(services.agent, [note(new_id(), text="Frau Müller rief an")])
    (verdict,) = answer.verdicts
    assert verdict.problem is not None
    assert verdict.problem.code is ProblemCode.UNKNOWN_CONTACT
    assert verdict.problem.status == 404
    assert "Müller" not in answer.model_dump_json()


def test_every_refusal_is_told_from_the_others_by_its_code_and_status() -> None:
    # A telephone system is told no more than that its message was wrong.
    kinds = [kind for kind in Refused.__subclasses__() if kind is not MalformedHook]
    assert len({(kind.code, kind.status) for kind in kinds}) == len(kinds)
    # What may succeed later is no fault of whoever asked.
    assert all(400 <= kind.status < 500 or kind.status == 503 for kind in kinds)
