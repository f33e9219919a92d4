"""Half a year of made-up calls: the same by its seed, as valid as recorded ones, and counted as they were meant."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.checking import verify
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.contacts.promises import check_confirmation, check_planned
from nba_desktop.backend.contacts.state import state_of
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.record import read_record
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.half_year.loading import Made, Order, make_half_year
from nba_desktop.backend.half_year.site import AGREEMENT
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.samples.half_year import truth
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.decisions import decision_actions, decisions, exposures, responses
from nba_desktop.backend.store.schema.follow_ups import follow_ups
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.backend.store.schema.review_facts import (
    review_actions,
    review_calls,
    review_follow_ups,
    review_objections,
    review_segments,
)
from nba_desktop.backend.store.schema.site_figures import queue_calls
from nba_desktop.backend.store.schema.teams import team_leads, team_members
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.codes import FollowUpKind, ReviewMode
from nba_desktop.contract.events import (
    EVENT_ADAPTER,
    AnyEvent,
    ConfirmationRequested,
    FollowUpPlanned,
    ResponseRetracted,
)
from tests.fakes.decisions import RESOURCES, SAMPLE_CATALOGUE
from tests.fakes.postgresql_stores import PostgresqlStores

NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
ORDER = Order(calls=600, agents=12, teams=2, weeks=4)
FACTS = (review_calls, review_actions, review_objections, review_follow_ups)


@dataclass(frozen=True, slots=True)
class Site:
    """A backend with its half-year."""

    database: Database
    made: Made
    told: list[tuple[int, int]]

    @property
    def store(self) -> SqlStore:
        return SqlStore(self.database)

    def rows(self, table: Table) -> list[Any]:
        with self.database.reading() as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key.columns)))

    def events(self) -> dict[Any, list[AnyEvent]]:
        found: dict[Any, list[AnyEvent]] = defaultdict(list)
        with self.database.reading() as connection:
            for row in connection.execute(select(events).order_by(events.c.contact_id, events.c.seq)):
                found[row.contact_id].append(EVENT_ADAPTER.validate_json(row.body))
        return found


def make(database: Database, order: Order = ORDER) -> Site:
    migrate(database)
    told: list[tuple[int, int]] = []
    made = make_half_year(
        database, RESOURCES, SAMPLE_CATALOGUE, order, NOW, lambda done, calls: told.append((done, calls))
    )
    return Site(database, made, told)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = make(Database(f"sqlite:///{tmp_path_factory.mktemp('site')}/site.sqlite3"))
    with closing(made.database):
        yield made


def test_as_many_calls_as_ordered_on_working_days_of_whole_weeks(site: Site) -> None:
    rows = site.rows(contacts)
    days = Counter(row.started_at.date() for row in rows)
    assert len(rows) == ORDER.calls == site.told[-1][0]
    assert (site.made.first, site.made.last) == (date(2026, 6, 15), date(2026, 7, 11))
    assert min(days) >= site.made.first
    assert max(days) <= site.made.last
    assert not any(day.weekday() == 6 for day in days)
    assert all(row.ended_at < NOW for row in rows)


def test_every_event_keeps_the_contract_and_every_contact_is_what_its_events_come_to(site: Site) -> None:
    of_contacts = site.events()
    for row in site.rows(contacts):
        told = of_contacts[row.contact_id]
        assert [one.seq for one in told] == list(range(1, len(told) + 1))
        assert [one.at for one in told] == sorted(one.at for one in told)
        for name, value in state_of(told).columns().items():
            assert getattr(row, name) == value, name


def test_nobody_has_two_calls_at_a_time(site: Site) -> None:
    last: dict[str, datetime] = {}
    for row in sorted(site.rows(contacts), key=lambda one: one.started_at):
        assert last.get(row.agent_id, row.started_at) <= row.started_at
        last[row.agent_id] = row.ended_at


def test_nothing_is_said_of_an_action_that_was_not_decided(site: Site) -> None:
    shown: dict[Any, list[str]] = defaultdict(list)
    for row in site.rows(decision_actions):
        shown[row.decision_id].append(row.action_id)
    for row in (*site.rows(exposures), *site.rows(responses)):
        if row.decision_id is not None:
            assert row.action_id in shown[row.decision_id]
            assert row.group_id
    in_events = Counter(one.type for told in site.events().values() for one in told)
    answers = [row for row in site.rows(responses) if row.contact_id is not None]
    assert len(answers) == in_events["response_recorded"] + in_events["response_retracted"]
    assert sum(one.retracts is not None for one in answers) == in_events["response_retracted"]
    facts = Counter(row.fact for row in site.rows(exposures))
    assert (facts["addressed"], facts["objection"]) == (in_events["action_addressed"], in_events["objection_raised"])


def test_promises_are_such_as_the_backend_takes(site: Site) -> None:
    catalogues = LiveCatalogues()
    with site.store.read() as unit:
        actions = DecidedActions(unit, catalogues, "de")
        zone = catalogues.in_force(unit).live.zone
        checked: Counter[str] = Counter()
        for contact_id, told in site.events().items():
            for place, event in enumerate(told):
                if isinstance(event, ConfirmationRequested):
                    check_confirmation(unit, told[:place], actions, event)
                elif isinstance(event, FollowUpPlanned):
                    contact = unit.contacts.by_id(contact_id)
                    assert contact is not None
                    check_planned(unit, contact, zone, event)
                checked[event.type] += 1
    assert min(checked["confirmation_requested"], checked["follow_up_planned"]) > 10


def test_promises_are_kept_late_and_open_as_often_as_is_true(site: Site) -> None:
    rows = site.rows(follow_ups)
    planned = {one.event_id: one for told in site.events().values() for one in told if isinstance(one, FollowUpPlanned)}
    assert {row.follow_up_id for row in rows} == set(planned)
    assert {row.kind for row in rows} == {kind.value for kind in FollowUpKind}
    for row in rows:
        event = planned[row.follow_up_id]
        assert (row.kind, row.due, row.at_time, row.action_id) == (
            event.kind.value,
            event.due,
            event.at_time,
            event.action_id,
        )
        assert row.due > row.planned_at.date()
        assert row.done_at is None or row.planned_at < row.done_at < NOW
        assert (row.done_by is None) == (row.done_at is None)
    over = [row for row in site.rows(review_follow_ups) if row.due < NOW.date()]
    assert sum(row.kept for row in over) / len(over) == pytest.approx(truth.PROMISE_KEPT, abs=0.1)
    late = [row for row in rows if row.done_at is not None and row.done_at.date() > row.due]
    assert late
    assert len(late) < len([row for row in rows if row.done_at is not None]) / 3


def test_records_can_be_read_and_say_what_was_shown(site: Site) -> None:
    shown: dict[Any, list[str]] = defaultdict(list)
    for row in site.rows(decision_actions):
        shown[row.decision_id].append(row.action_id)
    with site.store.read() as unit:
        schema = LiveCatalogues().in_force(unit).live.schema
        for row in site.rows(decisions):
            stored = unit.decisions.stored(row.decision_id)
            assert stored is not None
            record = read_record(json.loads(row.record), schema)
            assert list(record.slate) == shown[row.decision_id]
            assert record.decided_at == row.decided_at
            assert (record.customer_id, record.arm.value) == (row.customer_id, row.arm)
            slate = [one for one in record.candidates if one.action_id in record.slate]
            assert all(0 < one.shown_probability <= 1 for one in slate)
            assert 0 < record.slate_probability <= 1


def test_the_review_counts_what_was_meant(site: Site) -> None:
    """What was written beside the calls is what the review works out from what is kept of them."""
    before = [site.rows(table) for table in FACTS]
    assert counted_anew(site) == before
    assert len(site.rows(review_calls)) == ORDER.calls


def counted_anew(site: Site) -> list[list[Any]]:
    """What the review works out, where what was there is not; all is put back as it was."""
    with site.store.write() as unit:
        assert unit.review.waiting()[0] == 0
        unit.review.changed_all(NOW)
        ids = [row.contact_id for row in site.rows(contacts)]
        unit.review.put([], ids)
    catching_up = CatchingUp(site.store, LiveCatalogues(), lambda: NOW)
    while catching_up.run():
        pass
    return [site.rows(table) for table in FACTS]


def test_calls_are_kept_in_postgresql_as_in_a_file(postgresql_stores: PostgresqlStores, tmp_path: Path) -> None:
    with closing(Database(postgresql_stores.fresh(tmp_path))) as database:
        site = make(database, Order(calls=60, agents=4, teams=2, weeks=1))
        before = [site.rows(table) for table in FACTS]
        assert counted_anew(site) == before
        of_contacts = site.events()
        for row in site.rows(contacts):
            told = of_contacts[row.contact_id]
            assert {name: getattr(row, name) for name in state_of(told).columns()} == state_of(told).columns()
    postgresql_stores.test_ended()


def test_every_week_is_packed(site: Site) -> None:
    rows = site.rows(review_segments)
    assert len(rows) == ORDER.teams * ORDER.weeks
    assert all(row.content for row in rows)


def test_the_calls_have_what_a_review_looks_at(site: Site) -> None:
    calls, actions = site.rows(review_calls), site.rows(review_actions)
    assert {row.arm for row in calls if row.arm} == {arm.value for arm in Arm}
    for name in ("solved", "opportunity", "presented", "accepted", "needs_reason", "repeated_by", "transferred"):
        share = sum(bool(getattr(row, name)) for row in calls) / len(calls)
        assert 0.02 < share < 0.95, name
    for name in ("consent_missing", "consent_asked", "consent_granted", "consent_pending", "consent_confirmed"):
        assert any(getattr(row, name) for row in calls), name
    assert {row.completion for row in actions} == {None, "pending", "completed", "lapsed", "undone"}
    assert any(row.withheld and row.completed_anyhow for row in actions)
    assert any(row.shown and row.completed_anyhow and not row.accepted for row in actions)
    assert all(row.painted_ms for row in calls if row.needs_reason)
    assert all(row.talk_s and row.after_s and row.hold_s is not None for row in calls)
    assert 0.1 < sum(row.hold_s > 0 for row in calls) / len(calls) < 0.6
    assert site.rows(review_objections)
    assert all(row.at < NOW for row in site.rows(outcomes))
    assert any(isinstance(one, ResponseRetracted) for told in site.events().values() for one in told)


def test_every_call_was_offered_once_and_some_callers_gave_up(site: Site) -> None:
    rows, calls = site.rows(queue_calls), site.rows(contacts)
    answered = [row for row in rows if row.answered_at is not None]
    given_up = [row for row in rows if row.abandoned]
    assert len(answered) == len({row.interaction_id for row in calls})
    assert len(answered) + len(given_up) == len(rows)
    assert 0.02 < len(given_up) / len(rows) < 0.1
    assert 0.6 < sum(row.waited_ms <= 20_000 for row in answered) / len(rows) < 0.95
    assert {row.queue for row in rows} == {row.queue for row in calls}
    assert all(row.offered_at < (row.answered_at or row.ended_at) <= row.ended_at < NOW for row in rows)


def test_consents_stand_in_an_unbroken_ledger_with_the_wordings_they_were_asked_with(site: Site) -> None:
    with site.store.read() as unit:
        named = {(one.wording_id, one.text_sha256) for one in unit.consents.wordings()}
        said = [
            one
            for customer_id in unit.consents.customer_ids()
            for one in unit.consents.of_customer(customer_id)
            if one.call_id is not None
        ]
        check = verify(unit.consents.batches(), unit.consents.end())
    assert check.reason == ""
    assert check.entries > len(said)
    assert said
    assert all((one.wording_id, one.wording_sha256) in named for one in said if one.wording_id is not None)


def test_the_named_customers_are_left_alone(site: Site) -> None:
    assert all((row.customer_id or "sample-").startswith("sample-") for row in site.rows(contacts))


def test_the_effects_are_those_declared(site: Site) -> None:
    for one in site.made.truths:
        assert one.opportunities > 0
        points = one.agent.effect.points
        assert (one.gain > 0, one.gain < 0) == (points > 0, points < 0)
    declared = {one.number for one in truth.EFFECTS}
    assert {one.agent.effect for one in site.made.truths} >= set(truth.EFFECTS)
    assert not declared & truth.EASY_MIX


def test_the_site_reviews_persons_by_a_made_up_agreement_and_has_leads(site: Site) -> None:
    with site.store.read() as unit:
        (mode,) = unit.review_log.modes()
    assert (mode.mode, mode.agreement) == (ReviewMode.COACHING, AGREEMENT)
    assert mode.until is not None
    assert mode.until > NOW.date() + timedelta(days=180)
    leads = {(row.team_id, row.agent_id) for row in site.rows(team_leads)}
    assert leads == {("team_1", "panel"), ("team_2", "sample-lead")}
    assert {row.agent_id for row in site.rows(team_members)} >= {one.agent.agent_id for one in site.made.truths}


def test_a_backend_with_calls_keeps_them_and_says_why(site: Site) -> None:
    before = site.rows(contacts)
    with pytest.raises(ConfigurationError, match="there are calls already"):
        make_half_year(site.database, RESOURCES, SAMPLE_CATALOGUE, ORDER, NOW, lambda _done, _calls: None)
    assert site.rows(contacts) == before


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (Order(calls=100_000, agents=5, weeks=2), "5 agents take at most 3360 calls in 2 weeks"),
        (Order(calls=10, agents=2, teams=3), "at least one each, with an agent in every team"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, order: Order, reason: str) -> None:
    database = Database(f"sqlite:///{tmp_path}/site.sqlite3")
    migrate(database)
    with closing(database), pytest.raises(ConfigurationError, match=reason):
        make_half_year(database, RESOURCES, SAMPLE_CATALOGUE, order, NOW, lambda _done, _calls: None)
