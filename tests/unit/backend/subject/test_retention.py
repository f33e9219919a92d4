"""What is old goes, in small steps, and each run says what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from nba_desktop.backend.errors import Conflict, StoreUnavailable
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.rows.audit import LookRow
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.backend.rows.site_figures import QueueCallRow
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.subject.records import Removed, RetentionKind, RetentionReport
from nba_desktop.backend.subject.retention import RetentionService
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode, ReviewMode, Role
from tests.fakes.backend_calls import in_call, response, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import JOURNEY, NOW, Stores, started
from tests.fakes.backend_subject import NOTE, everything_of_lisa

Kind = RetentionKind


@pytest.fixture
def services(tmp_path: Path, with_rules: Path) -> Iterator[Services]:
    with open_services(tmp_path, with_rules) as opened:
        yield opened


def retention(services: Services) -> RetentionService:
    return RetentionService(services.store, services.catalogues, services.clock)


def after(services: Services, days: int) -> dict[RetentionKind, Removed]:
    """What a run does so many days after the beginning."""
    services.clock.now = NOW + timedelta(days=days)
    return by_kind(retention(services).run("test"))


def by_kind(reports: tuple[RetentionReport, ...]) -> dict[RetentionKind, Removed]:
    return {one.kind: one.removed for one in reports}


def rows(services: Services, table: str) -> list[dict[str, Any]]:
    with services.store.read() as unit:
        found = unit._connection.execute(select(metadata.tables[table])).mappings()
        return [dict(row) for row in found]


def test_each_kind_goes_when_its_time_has_come(tmp_path: Path, with_rules: Path, each_store: Stores) -> None:
    with open_services(tmp_path, with_rules) as services:
        everything_of_lisa(services)
        withheld = started(None, at=NOW)
        services.contacts.start(services.agent, withheld)
        with services.store.write() as unit:
            unit.site.add_queue_calls([QueueCallRow(new_id(), "pbx", "strom", NOW, NOW, NOW)])
        assert not any(one.number for one in after(services, 20).values())
        assert after(services, 40)[Kind.WITHHELD_CALLS] == Removed(1, NOW.date(), NOW.date())
        done = after(services, 110)
        assert done[Kind.QUEUE_CALLS] == Removed()
        assert done[Kind.TOUCHPOINTS] == Removed(3, date(2026, 3, 1), date(2026, 3, 3))
        assert (done[Kind.TEASERS].number, done[Kind.READINGS].number, done[Kind.CONTACTS].number) == (1, 4, 0)
        assert rows(services, "touchpoints") == rows(services, "portal_decisions") == []
        done = after(services, 210)
        assert done[Kind.QUEUE_CALLS] == Removed(1, NOW.date(), NOW.date())
        assert done[Kind.DECISION_INPUTS].number == 2
        assert rows(services, "queue_calls") == []
        assert all(not any(json.loads(one["record"])["inputs"].values()) for one in rows(services, "decisions"))
        assert all(not any(json.loads(one["record"])["inputs"].values()) for one in rows(services, "shadow_decisions"))
        assert after(services, 310)[Kind.CONTACTS].number == 1
        for table in ("contacts", "events", "decisions", "decision_actions", "shadow_decisions", "exposures"):
            assert rows(services, table) == [], table
        assert not any(one.number for one in after(services, 311).values())


def test_a_reading_of_several_customers_goes_as_one(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.backend.subject.retention._AT_A_TIME", 1)
    for _ in range(2):
        services.search.search(services.agent, "Müller", None, "Rückfrage", "de")
        services.clock.now += timedelta(minutes=1)
    assert after(services, 110)[Kind.READINGS] == Removed(4, NOW.date(), NOW.date())
    assert rows(services, "readings") == []


def test_who_looked_at_the_log_goes_when_the_log_does(services: Services) -> None:
    with services.store.write() as unit:
        unit.audit.add_look(LookRow(new_id(), NOW, "dana", Role.CONSENT_OFFICER, "Beschwerde 17", "anna"))
    assert after(services, 90)[Kind.AUDIT_LOOKS] == Removed()
    assert after(services, 110)[Kind.AUDIT_LOOKS] == Removed(1, NOW.date(), NOW.date())


def test_a_never_again_outlives_its_call(services: Services) -> None:
    view = in_call(services)
    said = response(view, "SRV_BILL", ResponseCode.STOP_TOPIC).model_copy(update={"note": NOTE})
    assert tell(services, said) == ["accepted"]
    assert after(services, 310)[Kind.CONTACTS].number == 1
    (kept,) = rows(services, "responses")
    assert (kept["customer_id"], kept["code"], kept["note"], kept["contact_id"]) == ("c-lisa", "STOP_TOPIC", "", None)
    with services.store.read() as unit:
        assert [one.code for one in unit.decisions.past_responses("c-lisa")] == [ResponseCode.STOP_TOPIC]


def test_a_decision_without_its_inputs_is_still_explained(services: Services) -> None:
    view = in_call(services)
    shown = [one.action_id for one in view.decision.recommendations]
    assert after(services, 210)[Kind.DECISION_INPUTS].number > 0
    with services.store.write() as unit:
        stored = unit.decisions.stored(view.decision.decision_id)
    assert stored is not None
    assert "2400" not in stored.record
    owner = replace(services.agent, roles=frozenset({Role.ANALYST}))
    explained = services.why.why(owner, view.decision.decision_id, "de", "Prüfung")
    assert [one.action_id for one in explained.shown] == shown


def test_nobody_can_tell_after_a_while_which_agent_took_a_call(services: Services) -> None:
    contact_id = everything_of_lisa(services)
    facts = catching_up(services)
    services.clock.now = NOW + timedelta(days=1)
    view = in_call(services)
    with services.store.write() as unit:
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, "BV 1", date(2027, 12, 31), NOW, "ada"))
    done = after(services, 97)
    assert done[Kind.AGENTS].number == 2
    agents = {one["contact_id"]: one["agent_id"] for one in rows(services, "contacts")}
    assert "anna" not in agents.values()
    assert {one["agent_id"] for one in rows(services, "events")} == set(agents.values())
    # Of one run an agent's calls belong together; what the key was, nobody knows.
    assert len(set(agents.values())) == 1
    with services.store.read() as unit:
        assert {one.agent_id for one in unit.access.profiles()} == {"anna", "ben", "dana", "portal"}
    # Nor by whom the customer was read because of the call.
    read = [one for one in rows(services, "readings") if one["contact_id"] is not None]
    assert read
    assert {one["agent_id"] for one in read} == set(agents.values())
    (fact,) = rows(services, "review_calls")
    assert fact["agent"] == services.agent.recipient_code
    assert fact["contact_id"] not in (contact_id, view.contact_id)
    for table in ("review_actions", "review_follow_ups"):
        assert {one["contact_id"] for one in rows(services, table)} == {fact["contact_id"]}, table
    (segment,) = rows(services, "review_segments")
    assert segment["revision"] > facts["revision"]


def catching_up(services: Services) -> dict[str, Any]:
    """The week of the facts, once they are worked out."""
    CatchingUp(services.store, services.catalogues, services.clock).run()
    (segment,) = rows(services, "review_segments")
    return segment


def test_facts_that_are_worked_out_anew_do_not_come_back_under_a_stand_in(services: Services) -> None:
    everything_of_lisa(services)
    catching_up(services)
    after(services, 97)
    before = rows(services, "review_calls")
    with services.store.write() as unit:
        unit.review.changed_all(services.clock.now)
    CatchingUp(services.store, services.catalogues, services.clock).run()
    assert rows(services, "review_calls") == before


def test_another_run_puts_another_in_the_place_of_the_same_agent(services: Services) -> None:
    in_call(services)
    after(services, 97)
    first = {one["agent_id"] for one in rows(services, "contacts")}
    view = in_call(services)
    after(services, 97 + 97)
    assert {
        one["agent_id"] for one in rows(services, "contacts") if one["contact_id"] == view.contact_id
    } & first == set()


def test_the_facts_of_the_review_go_when_its_agreement_has_ended(services: Services) -> None:
    everything_of_lisa(services)
    catching_up(services)
    with services.store.write() as unit:
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, "BV 1", date(2026, 6, 30), NOW, "ada"))
    assert Kind.REVIEW not in after(services, 100)
    assert after(services, 120)[Kind.REVIEW] == Removed(1, NOW.date(), NOW.date())
    assert rows(services, "review_calls") == rows(services, "review_actions") == []


@pytest.mark.parametrize("meanwhile", [ReviewMode.TEAM_ONLY, ReviewMode.OFF])
def test_facts_outlast_another_mode_until_the_day_the_agreement_ends(services: Services, meanwhile: ReviewMode) -> None:
    everything_of_lisa(services)
    catching_up(services)
    with services.store.write() as unit:
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, "BV 0", date(2026, 3, 31), NOW, "ada"))
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, "BV 1", date(2026, 8, 31), NOW, "ada"))
        unit.review_log.add_mode(ReviewModeRow(meanwhile, None, None, NOW + timedelta(days=1), "ada"))
    assert Kind.REVIEW not in after(services, 130)
    assert len(rows(services, "review_calls")) == 1
    assert after(services, 190)[Kind.REVIEW].number == 1


def test_facts_stay_where_there_never_was_an_agreement(services: Services) -> None:
    everything_of_lisa(services)
    catching_up(services)
    assert Kind.REVIEW not in after(services, 400)
    assert len(rows(services, "review_calls")) == 1


def test_proofs_that_may_go_are_counted_and_stay_in_the_chain(services: Services) -> None:
    everything_of_lisa(services)
    assert after(services, 0)[Kind.CONSENT_PROOF].number == 0
    assert len(rows(services, "consent_events")) > 0


def test_a_trial_says_the_same_and_changes_nothing(services: Services) -> None:
    everything_of_lisa(services)
    services.contacts.start(services.agent, started(None, at=NOW))
    services.contacts.start(services.agent, started(None, at=NOW + timedelta(days=200)))
    services.clock.now = NOW + timedelta(days=310)
    before = {name: rows(services, name) for name in metadata.tables}
    tried = by_kind(retention(services).run("test", dry_run=True))
    assert {name: rows(services, name) for name in metadata.tables} == before
    assert by_kind(retention(services).run("test")) == tried


def test_more_than_one_step_is_reported_as_one(services: Services) -> None:
    many = [
        replace(JOURNEY[0], touchpoint_id=f"many-{number}", at=NOW - timedelta(days=200, minutes=number))
        for number in range(450)
    ]
    with services.store.write() as unit:
        unit.customers.add([], many)
    done = after(services, 0)[Kind.TOUCHPOINTS]
    assert (done.number, done.newest) == (450, date(2025, 8, 24))
    found = [one for one in retention(services).reports() if one.kind is Kind.TOUCHPOINTS]
    assert [one.removed for one in found] == [done]
    assert found[0].ended_at == services.clock.now


def test_what_a_run_did_before_it_was_cut_short_is_reported(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        replace(JOURNEY[0], touchpoint_id=f"many-{number}", at=NOW - timedelta(days=200, minutes=number))
        for number in range(250)
    ]
    with services.store.write() as unit:
        unit.customers.add([], many)
    service = retention(services)
    steps = []
    step = RetentionService._step

    def breaks(self: RetentionService, unit: Any, run: Any, rule: Any) -> Removed:
        if rule.kind is Kind.TOUCHPOINTS:
            steps.append(rule)
            if len(steps) == 2:
                raise StoreUnavailable("the store is busy with another write")
        return step(self, unit, run, rule)

    monkeypatch.setattr(RetentionService, "_step", breaks)
    with pytest.raises(StoreUnavailable):
        service.run("test")
    (cut,) = [one for one in service.reports() if one.kind is Kind.TOUCHPOINTS]
    assert (cut.removed.number, cut.ended_at) == (200, None)
    # The next one goes on at once, and does the rest.
    assert by_kind(service.run("test"))[Kind.TOUCHPOINTS].number == 50


def test_one_run_at_a_time(services: Services) -> None:
    with services.store.write() as unit:
        unit.settings.put(SettingRow("retention_running", "another", NOW, "another"))
    with pytest.raises(Conflict, match="another run"):
        retention(services).run("test")
    # Of a process that is gone nobody waits for ever.
    services.clock.now = NOW + timedelta(minutes=11)
    assert retention(services).run("test")


def test_the_server_runs_it_once_a_day_from_the_hour_on(services: Services) -> None:
    service = retention(services)

    def at(moment: str) -> bool:
        services.clock.now = datetime.fromisoformat(moment)
        return bool(service.run_if_due("server"))

    # Three o'clock in Berlin is two o'clock in UTC.
    assert at("2026-03-12T09:30:00+00:00")
    assert not at("2026-03-13T01:59:00+00:00")
    assert at("2026-03-13T02:00:00+00:00")
    assert not at("2026-03-13T23:00:00+00:00")
    assert at("2026-03-16T12:00:00+00:00")
