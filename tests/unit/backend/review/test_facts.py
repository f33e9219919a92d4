"""What a call comes to, by cases, and in whatever order its events arrive."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.review.facts import call_fact
from nba_desktop.backend.review.records import ActionFact, CallFact, DecidedThen, FollowUpFact, Material
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    FollowUpKind,
    OutcomeCode,
    ResponseCode,
)
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerAuthenticated,
    CallerNumber,
    ConcernChosen,
    ConcernSolved,
    ConsentRecorded,
    ContactEnded,
    FollowUpCancelled,
    FollowUpPlanned,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
    WrapUpFinished,
)
from tests.fakes.backend_site import NOW

BERLIN = ZoneInfo("Europe/Berlin")
CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("facts.yaml").read_text(encoding="utf-8"))
CUSTOMER = "c-lisa"
TODAY = NOW.date()


def material(case: dict[str, Any]) -> Material:
    contact_id = new_id()
    decisions = [_decision(place, one) for place, one in enumerate(case.get("decisions", [{"shown": ["A", "B", "C"]}]))]
    contact = ContactRecord(contact_id, "anna", NOW, "inbound", CallerNumber(), None, "de", queue="strom")
    outcomes = {action: [OutcomeCode(code) for code in codes] for action, codes in case.get("outcomes", {}).items()}
    anyway = {action: [OutcomeCode(code) for code in codes] for action, codes in case.get("anyway", {}).items()}
    events = _events(contact_id, decisions[-1].decision_id, case)
    return Material(
        contact=contact,
        agent="A-ANNA",
        team_id="strom",
        events=events,
        decisions=decisions,
        outcomes=outcomes,
        anyway=anyway,
        confirmed=frozenset((ConsentPurpose.ADV_OWN, ConsentChannel(one)) for one in case.get("confirmed", [])),
        done_at={
            one.event_id: NOW + timedelta(days=case["done"][one.action_id or "-"])
            for one in events
            if isinstance(one, FollowUpPlanned) and (one.action_id or "-") in case.get("done", {})
        },
    )


def _decision(place: int, one: dict[str, Any]) -> DecidedThen:
    record = {
        "candidates": [{"action_id": action} for action in one.get("candidates", one["shown"])],
        "removed": one.get("removed", []),
        "inputs": {"channels_missing": one.get("channels_missing", [])},
    }
    return DecidedThen(
        new_id(),
        NOW + timedelta(seconds=place),
        one.get("customer", CUSTOMER),
        one.get("arm", "ranked"),
        tuple(one["shown"]),
        json.dumps(record),
    )


def _events(contact_id: UUID, decision_id: UUID, case: dict[str, Any]) -> list[AnyEvent]:
    events: list[AnyEvent] = []

    def head() -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": contact_id, "seq": len(events) + 2, "at": NOW}

    level = AuthLevel(case.get("level", "authenticated"))
    events.append(CallerAuthenticated(**head(), customer_id=CUSTOMER, level=level))
    events.append(ConcernChosen(**head(), concern="bill"))
    if case.get("solved", True) is not None:
        events.append(ConcernSolved(**head(), solved=case.get("solved", True)))
    for line in case["events"]:
        events.append(_event(line.split(), head(), decision_id, events))
    if case.get("cause", "normal") is not None:
        duration_s = 0 if case.get("cause") == "missed" else 240
        ended = head() | {"duration_s": duration_s, "held_s": case.get("held_s")}
        events.append(ContactEnded(cause=case.get("cause", "normal"), **ended))
    return events


def _event(words: list[str], head: dict[str, Any], decision_id: UUID, before: list[AnyEvent]) -> AnyEvent:
    match words:
        case ["shown", *actions]:
            return ActionsShown(**head, decision_id=decision_id, action_ids=tuple(actions))
        case ["raised", action]:
            return ActionAddressed(**head, decision_id=decision_id, action_id=action)
        case ["objection", action, objection]:
            return ObjectionRaised(**head, decision_id=decision_id, action_id=action, objection_id=objection)
        case ["said", "-", code]:
            return ResponseRecorded(**head, code=ResponseCode(code))
        case ["said", action, code]:
            return ResponseRecorded(**head, decision_id=decision_id, action_id=action, code=ResponseCode(code))
        case ["wrapped", seconds]:
            return WrapUpFinished(**head, seconds=int(seconds))
        case ["promised", action, days]:
            about = {} if action == "-" else {"decision_id": decision_id, "action_id": action}
            return FollowUpPlanned(**head, **about, kind=FollowUpKind.CALLBACK, due=TODAY + timedelta(days=int(days)))
        case ["unpromised"]:
            promised = [one for one in before if isinstance(one, FollowUpPlanned)]
            return FollowUpCancelled(**head, cancels=promised[-1].event_id)
        case ["unsaid"]:
            said = [one for one in before if isinstance(one, ResponseRecorded)]
            return ResponseRetracted(**head, retracts=said[-1].event_id)
        case ["consent", channel, event]:
            return ConsentRecorded(
                **head,
                customer_id=CUSTOMER,
                purpose=ConsentPurpose.ADV_OWN,
                channel=ConsentChannel(channel),
                event=ConsentEventType(event),
            )
        case _:
            raise AssertionError(words)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [asdict(one) if isinstance(one, FollowUpFact) else one for one in value]
    return value


def _found(fact: CallFact | ActionFact, names: dict[str, object]) -> dict[str, object]:
    return {name: _plain(getattr(fact, name)) for name in names}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_call_comes_to_its_facts(case: dict[str, Any]) -> None:
    fact = call_fact(material(case), BERLIN)
    if case.get("none"):
        assert fact is None
        return
    assert fact is not None
    assert _found(fact, case.get("expect", {})) == case.get("expect", {})
    actions = {one.action_id: one for one in fact.actions}
    for action_id in [key for key in case if len(key) == 1]:
        assert _found(actions[action_id], case[action_id]) == case[action_id], action_id


def test_a_call_belongs_to_the_site_s_day() -> None:
    known = material(CASES[0])
    late = replace(known.contact, started_at=NOW.replace(hour=23, minute=30))
    fact = call_fact(replace(known, contact=late), BERLIN)
    assert fact is not None
    assert (fact.day, fact.talk_s, fact.hold_s, fact.after_s) == (date(2026, 3, 13), 240, None, None)


@given(case=st.sampled_from(CASES), random=st.randoms(use_true_random=False))
def test_the_facts_are_the_same_in_whatever_order_events_arrive(case: dict[str, Any], random: Any) -> None:
    known = material(case)
    events, decisions = list(known.events), list(known.decisions)
    random.shuffle(events)
    random.shuffle(decisions)
    assert call_fact(replace(known, events=events, decisions=decisions), BERLIN) == call_fact(known, BERLIN)
