"""Decisions and what became of them: read back as they count, found by their indexes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from nba_desktop.backend.model import PastExposure, PastResponse
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.rows.decisions import (
    DecisionRow,
    ExposureRow,
    LoggedAction,
    PortalDecisionRow,
    ResponseRow,
    StoredDecision,
)
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.store.schema.decisions import shadow_decisions
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import NoRecommendation, OutcomeCode, ResponseCode
from nba_desktop.contract.events import ContactStarted, ResponseRecorded
from tests.fakes.backend_site import ANN, LISA, NOW, Stores, sql_store, started
from tests.fakes.query_plans import asked, plans_of


@pytest.fixture
def store(tmp_path: Path, each_store: Stores) -> Iterator[SqlStore]:
    with sql_store(tmp_path) as opened:
        with opened.write() as unit:
            ensure_agent(unit.access, "anna", NOW)
        yield opened


def begun(unit: Unit, **changes: Any) -> UUID:
    """A contact of Anna's."""
    start: ContactStarted = started()
    contact = ContactRecord(start.contact_id, "anna", NOW, "inbound", start.number, None, "de", **changes)
    unit.contacts.add(contact, start)
    return start.contact_id


def decided(unit: Unit, contact_id: UUID, *shown: str, at: datetime = NOW, customer_id: str | None = "c-lisa") -> UUID:
    """A decision of a contact that recommends these actions."""
    row = DecisionRow(
        decision_id=new_id(),
        contact_id=contact_id,
        customer_id=customer_id,
        decided_at=at,
        catalogue_version="v1",
        model_version="m1",
        arm="ranked",
        none_because=None if shown else NoRecommendation.NOTHING_ELIGIBLE,
        shown=shown,
        record=json.dumps({"slate": shown}),
    )
    unit.decisions.add(row)
    return row.decision_id


def in_portal(unit: Unit, *shown: str) -> UUID:
    row = PortalDecisionRow(new_id(), "c-lisa", "home", NOW, "v1", "m1", "ranked", None, shown, "{}")
    unit.decisions.add_portal(row)
    return row.decision_id


def said(
    unit: Unit, code: ResponseCode, decision: tuple[UUID, UUID] | None = None, seq: int = 1, **changes: Any
) -> ResponseRow:
    """A response to SALES, of a call's decision (contact, decision) with its event, or from elsewhere."""
    contact_id, decision_id = decision or (None, None)
    row = replace(
        ResponseRow(new_id(), None, contact_id, "c-lisa", decision_id, "SALES", code, "", NOW),
        **changes,
    )
    if contact_id is not None:
        recorded = ResponseRecorded(event_id=row.event_id, contact_id=contact_id, seq=seq, at=row.at, code=code)
        unit.contacts.add_event(recorded, recorded.model_dump_json(), "anna", NOW)
    unit.decisions.add_response(row)
    return row


def taken_back(unit: Unit, row: ResponseRow) -> None:
    unit.decisions.add_response(replace(row, event_id=new_id(), retracts=row.event_id))


def became(
    unit: Unit, code: OutcomeCode, decision_id: UUID | None, at: datetime = NOW, customer_id: str = "c-lisa"
) -> None:
    unit.outcomes.add(OutcomeRow(new_id(), "crm", decision_id, customer_id, "SALES", code, at, NOW))


def test_the_past_is_the_customers_own_and_his_households_responses_and_outcomes(store: SqlStore) -> None:
    with store.write() as unit:
        said(unit, ResponseCode.THINKING, at=NOW - timedelta(days=3))
        became(unit, OutcomeCode.TEASER_DISMISSED, None, NOW - timedelta(days=2))
        said(unit, ResponseCode.DECLINED_PRICE, customer_id="c-jan", at=NOW - timedelta(days=1))
        became(unit, OutcomeCode.REVOKED, None, customer_id="c-jan")
        became(unit, OutcomeCode.REVOKED, None, customer_id="c-ann")
        said(unit, ResponseCode.STOP_TOPIC, customer_id="c-ann")
        said(unit, ResponseCode.NO_CODE, action_id=None)
        past = unit.decisions.past_responses("c-lisa")
        nobody = unit.decisions.past_responses("c-nobody")
    assert past == (
        PastResponse("SALES", ResponseCode.THINKING, NOW - timedelta(days=3)),
        PastResponse("SALES", OutcomeCode.TEASER_DISMISSED, NOW - timedelta(days=2)),
        PastResponse("SALES", ResponseCode.DECLINED_PRICE, NOW - timedelta(days=1), household=True),
        PastResponse("SALES", OutcomeCode.REVOKED, NOW, household=True),
    )
    assert nobody == ()


def test_the_past_knows_the_groups_of_then(store: SqlStore) -> None:
    with store.write() as unit:
        said(unit, ResponseCode.STOP_TOPIC, group_id="heating")
        unit.outcomes.add(
            OutcomeRow(new_id(), "crm", None, "c-jan", "GONE", OutcomeCode.COMPLETED, NOW, NOW, group_id="roof")
        )
        past = unit.decisions.past_responses("c-lisa")
    assert {(one.action_id, one.group, one.household) for one in past} == {
        ("SALES", "heating", False),
        ("GONE", "roof", True),
    }


def test_what_was_taken_back_counts_for_nobody(store: SqlStore) -> None:
    with store.write() as unit:
        taken_back(unit, said(unit, ResponseCode.THINKING))
        taken_back(unit, said(unit, ResponseCode.THINKING, customer_id="c-jan"))
        assert unit.decisions.past_responses("c-lisa") == ()


def test_customers_without_a_household_are_strangers(store: SqlStore) -> None:
    lonely = [
        replace(ANN, customer_id=f"c-{n}", customer_no=f"K-{n}", household_id="", contracts=(), phones=())
        for n in range(2)
    ]
    with store.write() as unit:
        unit.customers.add(lonely, [])
        said(unit, ResponseCode.THINKING, customer_id="c-0")
        assert unit.decisions.past_responses("c-1") == ()


def test_the_past_is_found_by_indexes(store: SqlStore) -> None:
    with asked(store._database) as questions, store.write() as unit:
        unit.decisions.past_responses("c-lisa")
        unit.decisions.past_exposures("c-lisa", NOW)
        unit.decisions.codes(new_id(), "SALES")
        unit.decisions.answers("c-lisa", "SALES")
        unit.decisions.logged_actions([new_id()])
    with store._database.reading() as connection:
        plans = plans_of(connection, questions)
    assert plans.whole == []
    assert len(plans.lookups) >= 10


def test_exposures_since_a_moment_are_shown_and_addressed_ones(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        decision_id = decided(unit, contact_id, "SALES")
        for seq, (fact, at) in enumerate(
            [
                ("shown", NOW - timedelta(days=8)),
                ("shown", NOW - timedelta(days=7)),
                ("objection", NOW),
                ("addressed", NOW),
            ]
        ):
            row = said(unit, ResponseCode.THINKING, (contact_id, decision_id), seq + 1)
            unit.decisions.add_exposures(
                [ExposureRow(row.event_id, "SALES", fact, None, decision_id, contact_id, "c-lisa", at)]  # type: ignore[arg-type]
            )
        found = unit.decisions.past_exposures("c-lisa", NOW - timedelta(days=7))
    assert found == (
        PastExposure("SALES", "shown", NOW - timedelta(days=7)),
        PastExposure("SALES", "addressed", NOW),
    )


def test_a_teaser_that_was_seen_was_shown_once_for_its_decision(store: SqlStore) -> None:
    with store.write() as unit:
        first, second = in_portal(unit, "SALES"), in_portal(unit, "SALES")
        became(unit, OutcomeCode.TEASER_SEEN, first, NOW - timedelta(days=8))
        became(unit, OutcomeCode.TEASER_SEEN, first, NOW - timedelta(days=2))
        became(unit, OutcomeCode.TEASER_SEEN, first, NOW - timedelta(days=1))
        became(unit, OutcomeCode.TEASER_CLICKED, first, NOW)
        became(unit, OutcomeCode.TEASER_SEEN, second, NOW)
        became(unit, OutcomeCode.TEASER_SEEN, in_portal(unit, "SALES"), customer_id="c-jan")
        found = unit.decisions.past_exposures("c-lisa", NOW - timedelta(days=7))
    assert found == (
        PastExposure("SALES", "shown", NOW - timedelta(days=2)),
        PastExposure("SALES", "shown", NOW),
    )


def test_the_codes_of_a_recommendation_are_in_the_order_of_the_call_whatever_the_clock_says(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        decision_id = decided(unit, contact_id, "SALES", "OTHER")
        first = said(unit, ResponseCode.ACCEPTED_PENDING, (contact_id, decision_id), 5, at=NOW)
        said(unit, ResponseCode.DECLINED_PRICE, (contact_id, decision_id), 7, at=NOW - timedelta(hours=1))
        said(unit, ResponseCode.THINKING, (contact_id, decision_id), 6, action_id="OTHER")
        for stranger in ("c-ann", None):
            other = decided(unit, contact_id, "SALES", customer_id=stranger)
            said(unit, ResponseCode.STOP_TOPIC, (contact_id, other), 8)
        elsewhere = begun(unit)
        said(unit, ResponseCode.STOP_TOPIC, (elsewhere, decided(unit, elsewhere, "SALES")), 9)
        became(unit, OutcomeCode.REVOKED, decision_id, NOW + timedelta(days=9))
        became(unit, OutcomeCode.COMPLETED, decision_id, NOW - timedelta(hours=9))
        assert unit.decisions.codes(decision_id, "SALES") == (
            ResponseCode.ACCEPTED_PENDING,
            ResponseCode.DECLINED_PRICE,
            OutcomeCode.COMPLETED,
            OutcomeCode.REVOKED,
        )
        taken_back(unit, first)
        assert unit.decisions.codes(decision_id, "SALES")[0] is ResponseCode.DECLINED_PRICE
        assert unit.decisions.codes(new_id(), "SALES") == ()


def test_the_codes_of_a_call_are_of_all_its_decisions(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        second = decided(unit, contact_id, "SALES", at=NOW + timedelta(minutes=1))
        first = decided(unit, contact_id, "SALES")
        said(unit, ResponseCode.DECLINED_PRICE, (contact_id, second), 5)
        said(unit, ResponseCode.ACCEPTED_PENDING, (contact_id, first), 4)
        became(unit, OutcomeCode.REVOKED, first, NOW + timedelta(days=2))
        became(unit, OutcomeCode.COMPLETED, second, NOW + timedelta(days=1))
        teasers = in_portal(unit, "SALES"), in_portal(unit, "SALES")
        became(unit, OutcomeCode.TEASER_SEEN, teasers[0])
        assert unit.decisions.same_call(second) == [first, second]
        assert unit.decisions.same_call(teasers[1]) == [teasers[1]]
        for one in (first, second):
            assert unit.decisions.codes(one, "SALES") == (
                ResponseCode.ACCEPTED_PENDING,
                ResponseCode.DECLINED_PRICE,
                OutcomeCode.COMPLETED,
                OutcomeCode.REVOKED,
            )
        assert unit.decisions.codes(teasers[1], "SALES") == ()


def test_outcomes_of_the_same_moment_have_an_order_of_their_own(store: SqlStore) -> None:
    in_order = (
        OutcomeCode.TEASER_SEEN,
        OutcomeCode.TEASER_CLICKED,
        OutcomeCode.TEASER_DISMISSED,
        OutcomeCode.COMPLETED,
        OutcomeCode.PENDING_LAPSED,
        OutcomeCode.CANCELLED_BY_CUSTOMER,
        OutcomeCode.REVOKED,
    )
    assert set(in_order) == set(OutcomeCode)
    with store.write() as unit:
        # Ids are sortable by time: neither of the two orders is that of the ids.
        for codes in (in_order, in_order[::-1]):
            decision_id = in_portal(unit, "SALES")
            for code in codes:
                became(unit, code, decision_id)
            assert unit.decisions.codes(decision_id, "SALES") == in_order


def test_the_answers_of_a_customer_to_an_action_are_those_that_stand(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        decision_id = decided(unit, contact_id, "SALES")
        gone = said(unit, ResponseCode.ACCEPTED_DONE, (contact_id, decision_id), 3)
        taken_back(unit, gone)
        kept = said(unit, ResponseCode.THINKING, (contact_id, decision_id), 4)
        elsewhere = said(unit, ResponseCode.THINKING)
        assert unit.decisions.answers("c-lisa", "SALES") == [elsewhere, kept]


def test_a_decision_of_a_call_or_of_the_portal_is_read_back(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        call, portal = decided(unit, contact_id, "SALES"), in_portal(unit, "SALES", "OTHER")
        assert unit.decisions.stored(call) == StoredDecision(
            call, contact_id, "c-lisa", NOW, "v1", json.dumps({"slate": ["SALES"]})
        )
        assert unit.decisions.stored(portal) == StoredDecision(portal, None, "c-lisa", NOW, "v1", "{}")
        assert unit.decisions.stored(new_id()) is None
        assert unit.decisions.shown_teasers(portal) == ("SALES", "OTHER")
        assert unit.decisions.shown_teasers(call) is None
        arm, model = unit._connection.execute(text("SELECT arm, model_version FROM decisions")).one()
        assert (arm, model) == ("ranked", "m1")


def test_the_log_is_the_calls_of_a_time_in_order(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        in_portal(unit, "SALES")
        late, early, before, after = (
            decided(unit, contact_id, "SALES", at=NOW + timedelta(hours=hours)) for hours in (2, 1, -1, 3)
        )
        found = [one.decision_id for one in unit.decisions.log(NOW, NOW + timedelta(hours=3))]
    assert found == [early, late]
    assert {before, after}.isdisjoint(found)


def test_shown_addressed_response_and_completion_stay_four_facts(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        decision_id = decided(unit, contact_id, "A", "SALES", "C")
        row = said(unit, ResponseCode.ACCEPTED_PENDING, (contact_id, decision_id), 3)
        silent = said(unit, ResponseCode.NO_CODE, (contact_id, decision_id), 4, action_id="C")
        for event_id, action_id, fact in (
            (row.event_id, "A", "shown"),
            (row.event_id, "SALES", "shown"),
            (silent.event_id, "SALES", "addressed"),
        ):
            unit.decisions.add_exposures(
                [ExposureRow(event_id, action_id, fact, None, decision_id, contact_id, "c-lisa", NOW)]  # type: ignore[arg-type]
            )
        became(unit, OutcomeCode.COMPLETED, decision_id)
        nothing = decided(unit, contact_id)
        found = unit.decisions.logged_actions([decision_id, nothing, new_id()])
    assert found == [
        LoggedAction(decision_id, "A", shown=True, addressed=False, codes=()),
        LoggedAction(
            decision_id,
            "SALES",
            shown=True,
            addressed=True,
            codes=(ResponseCode.ACCEPTED_PENDING, OutcomeCode.COMPLETED),
        ),
        LoggedAction(decision_id, "C", shown=False, addressed=False, codes=(ResponseCode.NO_CODE,)),
    ]


def test_many_decisions_are_read_in_more_than_one_question(store: SqlStore) -> None:
    with store.write() as unit:
        contact_id = begun(unit)
        ids = [decided(unit, contact_id, "SALES") for _ in range(3)]
        strangers = [new_id() for _ in range(1200)]
        found = unit.decisions.logged_actions([*ids[:1], *strangers, *ids[1:]])
    assert {one.decision_id for one in found} == set(ids)


def test_what_shadows_decided_is_kept_beside_the_decision(store: SqlStore) -> None:
    with store.write() as unit:
        decision_id = decided(unit, begun(unit), "SALES")
        unit.decisions.add_shadow(decision_id, "v3", "{3}")
        unit.decisions.add_shadow(decision_id, "v2", "{2}")
        kept = unit._connection.execute(select(shadow_decisions).order_by(shadow_decisions.c.catalogue_version)).all()
    assert kept == [(decision_id, "v2", "{2}"), (decision_id, "v3", "{3}")]


def test_an_agent_has_no_skills_until_they_are_said(store: SqlStore) -> None:
    profile = AgentProfile("anna", "Anna Beck", frozenset({"charging", "heat"}), "senior")
    with store.write() as unit:
        assert unit.access.profile("anna") == AgentProfile("anna", None, frozenset(), None)
        assert unit.access.profile("nobody") is None
        unit.access.set_profile(profile)
        ensure_agent(unit.access, "ben", NOW)
    with store.read() as unit:
        assert unit.access.profile("anna") == profile
        assert unit.access.profiles() == [profile, AgentProfile("ben", None, frozenset(), None)]


def test_callers_waiting_and_the_day_of_the_facts_are_read_back(store: SqlStore) -> None:
    dated = replace(LISA, customer_id="c-new", customer_no="K-9", contracts=(), phones=(), facts_as_of=date(2026, 3, 1))
    with store.write() as unit:
        contact_id = begun(unit, waiting=7)
        unit.customers.add([dated], [])
    with store.read() as unit:
        contact, customer, undated = (
            unit.contacts.by_id(contact_id),
            unit.customers.by_id("c-new"),
            unit.customers.by_id("c-lisa"),
        )
    assert contact is not None
    assert customer is not None
    assert undated is not None
    assert (contact.waiting, customer.facts_as_of, undated.facts_as_of) == (7, date(2026, 3, 1), None)


def test_moments_come_back_in_utc(store: SqlStore) -> None:
    with store.write() as unit:
        decision_id = decided(unit, begun(unit), "SALES")
        stored = unit.decisions.stored(decision_id)
    assert stored is not None
    assert stored.decided_at.tzinfo is UTC
