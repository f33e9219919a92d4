"""The facts follow what is recorded, late or early, and the packed weeks follow the facts; on each kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from nba_desktop.backend.consent.reports import ConsentReports
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.backend.store.schema.review_facts import review_calls
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ResponseCode, Role
from nba_desktop.contract.consent import ConsentReported
from nba_desktop.contract.events import ContactEnded, ResponseRecorded
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_review import FIRST, TEAM, Call, Said, Site, head, open_site
from tests.fakes.backend_site import NOW

pytestmark = pytest.mark.usefixtures("each_store")
YES = (Said("SRV_BILL", ResponseCode.ACCEPTED_DONE),)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path, agents=2) as opened:
        yield opened


def facts(site: Site) -> dict[UUID, Any]:
    with site.services.store._database.reading() as connection:
        return {row.contact_id: row for row in connection.execute(select(review_calls))}


def waiting(site: Site) -> int:
    with site.services.store.read() as unit:
        return unit.review.waiting()[0]


def test_a_call_has_facts_when_it_has_ended(site: Site) -> None:
    view = site.call(site.agents[0], *YES, end=False)
    assert waiting(site) == 0
    site.tell(
        site.agents[0],
        ContactEnded(**head(view.contact_id, 50, NOW), cause="normal", duration_s=60),
    )
    assert waiting(site) == 1
    assert site.catching_up.run() == 1
    (row,) = facts(site).values()
    assert (row.agent, row.team_id, row.day, row.week) == (site.agents[0].recipient_code, TEAM, FIRST, FIRST)
    assert (row.opportunity, row.accepted, row.talk_s, row.hold_s) == (True, True, 60, None)
    assert waiting(site) == 0


def test_what_arrives_after_the_end_changes_the_facts(site: Site) -> None:
    view = site.call(site.agents[0])
    site.catching_up.run()
    assert not facts(site)[view.contact_id].accepted
    late = ResponseRecorded(
        **head(view.contact_id, 40, NOW),
        decision_id=view.decision.decision_id,
        action_id="SRV_BILL",
        code=ResponseCode.ACCEPTED_DONE,
    )
    site.tell(site.agents[0], late)
    site.catching_up.run()
    assert facts(site)[view.contact_id].accepted


@pytest.mark.parametrize("what", ["doi_confirmed", "expired", "lapsed"])
def test_what_becomes_of_a_consent_later_counts_for_its_call(site: Site, what: Any) -> None:
    (contact_id,) = site.keep([Call(site.agents[0], customer_id="c-lisa")])
    reports = ConsentReports(site.services.store, site.services.catalogues, site.services.clock)
    mail, at = "lisa@example.org", datetime(FIRST.year, FIRST.month, FIRST.day, 10, 1, tzinfo=UTC)
    with site.services.store.write() as unit:
        unit.consents.append(
            entry(channel=ConsentChannel.EMAIL, contact_point=mail, at=at, call_id=contact_id, customer_id="c-lisa")
        )
    assert waiting(site) == 0
    if what == "lapsed":
        assert reports.expire(at + timedelta(days=60)) == 1
    else:
        report = ConsentReported(
            event_id=new_id(),
            source="portal",
            at=at + timedelta(days=1),
            customer_id="c-lisa",
            contact_point=mail,
            purpose=ConsentPurpose.ADV_OWN,
            channel=ConsentChannel.EMAIL,
            event=what,
            manner="email",
            evidence_type="doi_click",
        )
        caller = Caller("portal", "M-1", frozenset({Role.MACHINE}))
        assert [one.verdict for one in reports.record(caller, [report]).verdicts] == ["accepted"]
    assert waiting(site) == 1


def test_a_change_that_arrives_while_facts_are_made_is_not_lost(site: Site) -> None:
    (contact_id,) = site.keep([Call(site.agents[0], YES)])
    with site.services.store.write() as unit:
        unit.review.changed(contact_id, NOW)
        (pending,) = unit.review.pending(10)
        # Another process is faster, and something new comes in its place.
        unit.review.done([pending])
        unit.review.changed(contact_id, NOW + timedelta(seconds=1))
        assert unit.review.still_pending([pending]) == []
    assert waiting(site) == 1


def test_a_telephone_that_only_rang_has_no_facts(site: Site) -> None:
    site.call(site.agents[0], cause="missed", duration_s=0)
    site.catching_up.run()
    assert facts(site) == {}


def test_a_call_counts_for_the_team_he_was_in_then(site: Site) -> None:
    anna = site.agents[0]
    before, after = site.keep([Call(anna, YES), Call(anna, YES, day=FIRST + timedelta(days=8))])
    with site.services.store.write() as unit:
        unit.teams.add(TeamRow("gas", "Gas", NOW))
        since = FIRST + timedelta(days=7)
        unit.teams.set_member(MemberRow(anna.agent_id, since, "gas"))
        unit.review.changed_agent(anna.agent_id, datetime(since.year, since.month, since.day, tzinfo=UTC), NOW)
    site.catching_up.run()
    found = facts(site)
    assert (found[before].team_id, found[after].team_id) == (TEAM, "gas")


def test_who_is_in_no_team_has_facts_without_one(site: Site) -> None:
    (lone,) = site.add_agents(1, team_id=None)
    (contact_id,) = site.keep([Call(lone, YES)])
    assert facts(site)[contact_id].team_id == ""


def test_the_customer_s_next_call_for_the_same_concern_is_a_repeat(site: Site) -> None:
    anna, ben = site.agents
    first, other, second, late = site.keep(
        [
            Call(anna, customer_id="c-lisa"),
            Call(anna, customer_id="c-lisa", concern="move"),
            Call(ben, customer_id="c-lisa", day=FIRST + timedelta(days=6)),
            Call(ben, customer_id="c-lisa", day=FIRST + timedelta(days=20)),
        ]
    )
    found = facts(site)
    assert {one: found[one].repeated_by for one in (first, other, second, late)} == {
        first: second,
        other: None,
        second: None,
        late: None,
    }


def test_a_repeat_that_is_told_late_reaches_the_call_before(site: Site) -> None:
    (first,) = site.keep([Call(site.agents[0], customer_id="c-lisa")])
    assert facts(site)[first].repeated_by is None
    (second,) = site.keep([Call(site.agents[1], customer_id="c-lisa", day=FIRST + timedelta(days=2))])
    assert facts(site)[first].repeated_by == second


def test_a_week_is_packed_anew_when_its_facts_change(site: Site) -> None:
    weeks = Weeks(site.services.store, lambda: 0.0)
    site.keep([Call(site.agents[0], YES)])
    (before,) = weeks.read(TEAM, FIRST, FIRST)
    (same,) = weeks.read(TEAM, FIRST, FIRST)
    assert same is before
    site.keep([Call(site.agents[1], YES)])
    (after,) = weeks.read(TEAM, FIRST, FIRST)
    assert (len(before.segment.calls["agent"]), len(after.segment.calls["agent"])) == (1, 2)
    # Another process reads what was packed here.
    (read,) = Weeks(site.services.store, lambda: 0.0).read(TEAM, FIRST, FIRST)
    assert {name: column.tolist() for name, column in read.segment.calls.items()} == {
        name: column.tolist() for name, column in after.segment.calls.items()
    }
    assert read.segment.names == after.segment.names


def test_weeks_are_packed_in_the_background_now_and_then(site: Site) -> None:
    moment = [0.0]
    weeks = Weeks(site.services.store, lambda: moment[0])
    site.keep([Call(site.agents[0], YES), Call(site.agents[0], YES, day=FIRST + timedelta(days=7))])
    assert [weeks.pack_next() for _ in range(3)] == [True, True, False]
    site.keep([Call(site.agents[1], YES)])
    assert not weeks.pack_next()
    moment[0] = 61.0
    assert weeks.pack_next()


def test_no_more_weeks_stay_in_memory_than_allowed(site: Site) -> None:
    weeks = Weeks(site.services.store, lambda: 0.0, most_bytes=0)
    site.keep([Call(site.agents[0], YES)])
    assert len(weeks.read(TEAM, FIRST, FIRST)) == 1
    assert weeks._held == {}


def test_everything_can_be_worked_out_anew(site: Site) -> None:
    site.keep([Call(site.agents[0], YES), Call(site.agents[1])])
    before = facts(site)
    with site.services.store.write() as unit:
        unit.review.changed_all(NOW)
    another = CatchingUp(site.services.store, site.services.catalogues, site.services.clock)
    assert another.run() == 2
    assert facts(site) == before


def test_an_answer_says_until_when_everything_is_counted(site: Site) -> None:
    assert site.catching_up.counted_until() == site.services.clock.now
    with site.services.store.write() as unit:
        unit.review.changed(new_id(), NOW)
    assert site.catching_up.counted_until() == NOW


def test_facts_outlive_their_contact(site: Site) -> None:
    (contact_id,) = site.keep([Call(site.agents[0], YES)])
    gone = new_id()
    with site.services.store.write() as unit:
        unit.review.changed(gone, NOW)
    site.catching_up.run()
    assert set(facts(site)) == {contact_id}
    assert waiting(site) == 0
