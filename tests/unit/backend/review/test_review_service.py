"""A lead asks about his team: what he is told, what he is not, and that it is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import ValidationError

from nba_desktop.backend.errors import Forbidden, NotFound
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import (
    OutcomeCode,
    ResponseCode,
    ReviewMode,
    ReviewReason,
    ReviewStatement,
    Role,
)
from nba_desktop.contract.outcome import OutcomeReported
from nba_desktop.contract.review import ActionAsked, OwnAsked, Period, ReviewFilter
from tests.fakes.backend_review import FIRST, LAST, PERIOD, Call, Said, Site, open_site
from tests.fakes.backend_site import NOW

LEAST = 7
YES = ResponseCode.ACCEPTED_DONE
NO = ResponseCode.DECLINED_PRICE


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The store of a site whose agents all took calls; made once, because they take the longest of a test."""
    folder = tmp_path_factory.mktemp("at-work")
    with open_site(folder) as opened:
        opened.keep(everybody(opened))
    return (folder / "backend.sqlite3").read_bytes()


@pytest.fixture
def busy(tmp_path: Path, at_work: bytes) -> Iterator[Site]:
    """A site where everybody took his calls of the first day."""
    with open_site(tmp_path, content=at_work) as opened:
        yield opened


def some(agent: Caller, yes: int, no: int, **changes: object) -> list[Call]:
    """Calls of an agent with so many acceptances and declines of the bill's explanation."""
    return [
        Call(agent, (Said("SRV_BILL", code),), **changes)  # type: ignore[arg-type]
        for code in [YES] * yes + [NO] * no
    ]


def everybody(site: Site, yes: int = 10, no: int = 30) -> list[Call]:
    return [call for agent in site.agents for call in some(agent, yes, no)]


def test_a_call_through_the_panel_s_messages_is_counted(site: Site) -> None:
    for agent in site.agents:
        site.call(agent, Said("SRV_BILL", YES))
        site.call(agent, reason=ResponseCode.NOT_ADDRESSED_TIME)
        site.call(agent, Said("SRV_BILL", NO), end=False)
    total = site.review.team(site.lead, site.team_asked(), "de").total
    assert (total.calls, total.opportunities) == (16, 16)
    assert (total.presentation.successes, total.presentation.trials) == (8, 16)
    assert (total.coverage.successes, total.coverage.trials) == (16, 16)


def test_without_a_works_agreement_no_person_is_shown(busy: Site) -> None:
    review = busy.review.team(busy.lead, busy.team_asked(), "de")
    assert (review.head.mode, review.head.agreement, review.agents) == (ReviewMode.TEAM_ONLY, None, ())
    assert (review.total.acceptance.successes, review.total.acceptance.trials) == (80, 320)
    with pytest.raises(Forbidden, match="no works agreement in force"):
        busy.review.agent(busy.lead, busy.agent_asked(busy.agents[0]), "de")


def test_under_an_agreement_each_agent_is_shown_by_his_pseudonym_in_its_order_where_no_name_is_known(
    busy: Site,
) -> None:
    busy.coaching()
    review = busy.review.team(busy.lead, busy.team_asked(), "de")
    assert (review.head.agreement, review.head.until) == ("BV 2026/07", date(2026, 12, 31))
    codes = [row.agent for row in review.agents]
    assert codes == sorted(agent.recipient_code for agent in busy.agents)
    assert {row.comparison.statement for row in review.agents} == {ReviewStatement.NO_RELIABLE_DIFFERENCE}


def test_after_the_agreement_s_last_day_persons_are_gone_by_themselves(busy: Site) -> None:
    busy.mode(ReviewMode.COACHING, "BV", date(2026, 4, 20))
    assert busy.review.team(busy.lead, busy.team_asked(), "de").agents
    busy.services.clock.now += timedelta(days=1)
    review = busy.review.team(busy.lead, busy.team_asked(), "de")
    assert (review.head.mode, review.agents) == (ReviewMode.TEAM_ONLY, ())


def test_switched_off_nothing_is_shown(busy: Site) -> None:
    busy.mode(ReviewMode.OFF)
    with pytest.raises(Forbidden, match="switched off"):
        busy.review.team(busy.lead, busy.team_asked(), "de")
    with pytest.raises(Forbidden, match="switched off"):
        busy.actions.review(busy.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de")
    own = busy.review.me(busy.agents[0], OwnAsked(filter=ReviewFilter(period=PERIOD)), "de")
    assert (own.mode, own.review) == (ReviewMode.OFF, None)


def test_whoever_leads_no_such_team_is_told_there_is_none(site: Site) -> None:
    stranger = Caller("sam", "A-SAM", frozenset({Role.TEAM_LEAD}))
    with pytest.raises(NotFound, match="you lead no team"):
        site.review.team(stranger, site.team_asked(), "de")


def test_an_agent_of_another_team_is_not_shown(site: Site) -> None:
    site.coaching()
    (other,) = site.add_agents(1, team_id=None)
    with pytest.raises(NotFound, match="no agent by that pseudonym"):
        site.review.agent(site.lead, site.agent_asked(other), "de")


@pytest.mark.parametrize("decided", [29, 30])
def test_an_agent_is_shown_from_thirty_decided_presentations_on(site: Site, decided: int) -> None:
    site.coaching()
    few, also_few, *rest = site.agents
    site.keep(some(few, 0, decided) + some(also_few, 0, 20) + [one for agent in rest for one in some(agent, 10, 30)])
    rows = {row.agent: row for row in site.review.team(site.lead, site.team_asked(), "de").agents}
    row = rows[few.recipient_code]
    if decided == 30:
        assert row.figures.acceptance.trials == 30
        assert [one.figures.opportunities for one in rows.values()].count(None) == 1
    else:
        assert row.figures.opportunities is None
        assert row.figures.per_opportunity.hidden
        assert row.comparison.statement is ReviewStatement.TOO_FEW


def test_an_agent_of_too_few_counts_nowhere_so_that_the_total_less_the_others_is_not_his(site: Site) -> None:
    site.coaching()
    few, *rest = site.agents
    site.keep(some(few, 3, 7) + [one for n, agent in enumerate(rest) for one in some(agent, 10, 30 + n)])
    review = site.review.team(site.lead, site.team_asked(), "de")
    shown = [row.figures.opportunities for row in review.agents if row.figures.opportunities is not None]
    assert {row.agent for row in review.agents if row.figures.opportunities is None} == {few.recipient_code}
    assert review.total.opportunities == sum(shown) == sum(40 + n for n in range(len(rest)))


def test_where_persons_are_shown_a_team_has_what_its_lines_have(site: Site) -> None:
    """What is of all less the lines would be of somebody in one block or the other: so nothing is."""
    site.coaching()
    site.keep([call for agent in site.agents for call in some(agent, 5, 5)])
    review = site.review.team(site.lead, site.team_asked(), "de")
    assert {row.figures.acceptance.hidden for row in review.agents} == {True}
    assert (review.total.calls, review.total.acceptance.hidden) == (None, True)
    assert review.actions[0].figures.acceptance.hidden
    more = site.agents[:2]
    site.keep([call for agent in more for call in some(agent, 10, 20)])
    review = site.review.team(site.lead, site.team_asked(), "de")
    assert (review.total.acceptance.successes, review.total.acceptance.trials) == (30, 80)
    assert next(row for row in review.actions if row.action_id == "SRV_BILL").figures.acceptance.trials == 80


def test_an_action_of_which_no_person_is_shown_is_that_of_all_lines(site: Site) -> None:
    site.coaching()
    site.keep([call for agent in site.agents for call in some(agent, 5, 20)])
    site.keep([Call(agent, (Said("SRV_MOVE", NO),)) for agent in site.agents for _ in range(15)])
    review = site.review.team(site.lead, site.team_asked(), "de")
    assert {row.action_id: row.figures.acceptance.trials for row in review.actions} == {
        "SRV_BILL": 200,
        "SRV_MOVE": 120,
    }
    alone = site.review.agent(site.lead, site.agent_asked(site.agents[0]), "de")
    assert {row.figures.acceptance.trials for row in alone.actions} == {None}


def test_a_period_that_begins_later_does_not_tell_an_agent_s_first_weeks(site: Site) -> None:
    """His first two blocks make one cell: without the first he counts from the third on, and the page says so."""
    site.coaching()
    few, *rest = site.agents
    begins = [FIRST + timedelta(weeks=4 * after) for after in range(3)]
    last = begins[-1] + timedelta(days=27)
    site.services.clock.now += timedelta(weeks=4)
    calls = [call for day in begins for agent in rest for call in some(agent, 10, 30, day=day)]
    calls += [
        call for day, no in zip(begins, (10, 25, 40), strict=True) for call in some(few, 0, no, day=day, queue="gas")
    ]
    site.keep(calls)

    def asked(first: date) -> tuple[int | None, tuple[Period, ...], int | None]:
        period = Period(first=first, last=last)
        review = site.review.team(site.lead, site.team_asked(period=period), "de")
        assert review.head.filter.period == period
        row = next(one for one in review.agents if one.agent == few.recipient_code)
        assert site.review.agent(site.lead, site.agent_asked(few, period=period), "de").row == row
        return row.figures.opportunities, row.counted, review.total.opportunities

    assert asked(begins[0]) == (75, (), 75 + 120 * len(rest))
    # Neither the difference of his lines nor that of the totals is his ten of the first block.
    assert asked(begins[1]) == (40, (Period(first=begins[2], last=last),), 40 + 80 * len(rest))
    assert asked(begins[2]) == (40, (), 40 + 40 * len(rest))


def test_an_agent_s_action_counts_in_the_cells_that_may_show_it(busy: Site) -> None:
    busy.coaching()
    agent = busy.agents[0]
    earlier = FIRST - timedelta(weeks=4)
    busy.keep(
        some(agent, 20, 20, day=earlier)
        + [Call(agent, (Said("SRV_MOVE", NO),), day=day) for day in (earlier, *[FIRST] * 2) for _ in range(20)]
    )
    both = Period(first=earlier, last=LAST)
    found = {}
    for period in (both, PERIOD):
        review = busy.review.agent(busy.lead, busy.agent_asked(agent, period=period), "de")
        found[period] = {row.action_id: (row.figures.acceptance.trials, row.counted) for row in review.actions}
        # The filter of an action shows the same.
        for row in review.actions:
            asked = busy.agent_asked(agent, period=period, action_id=row.action_id)
            alone = busy.review.agent(busy.lead, asked, "de").row
            assert (alone.figures.acceptance.trials, alone.counted) == found[period][row.action_id]
    # Of the earlier sixty neither is told: with twenty of the one the other would follow.
    assert found[both] == {"SRV_BILL": (40, (PERIOD,)), "SRV_MOVE": (40, (PERIOD,))}
    assert found[PERIOD] == {"SRV_BILL": (40, ()), "SRV_MOVE": (40, ())}


@pytest.mark.parametrize(("agents", "told"), [(6, False), (7, True)])
def test_a_team_is_shown_from_seven_agents_on(tmp_path: Path, agents: int, told: bool) -> None:
    with open_site(tmp_path, agents=agents) as site:
        site.keep(everybody(site, 3, 7))
        review = site.review.team(site.lead, site.team_asked(), "de")
        assert (review.total.opportunities is not None and review.total.opportunities > 0) is told
        assert any(row.figures.opportunities for row in review.actions) is told


def test_a_filter_does_not_show_a_team_less_one(busy: Site) -> None:
    """One agent alone takes the calls about gas: what is left is the team less him."""
    busy.keep(some(busy.agents[0], 4, 6, queue="gas"))
    asked = busy.review.team(busy.lead, busy.team_asked(queue="strom"), "de")
    assert asked.total.opportunities is None
    assert busy.review.team(busy.lead, busy.team_asked(queue="gas"), "de").total.opportunities is None
    assert busy.review.team(busy.lead, busy.team_asked(), "de").total.opportunities == 330


def test_a_filter_does_not_show_an_agent_s_few_by_subtraction(busy: Site) -> None:
    busy.coaching()
    agent = busy.agents[0]
    busy.keep(some(agent, 4, 6, queue="gas"))

    def row(**sieve: str) -> int | None:
        review = busy.review.team(busy.lead, busy.team_asked(**sieve), "de")
        return next(one.figures.opportunities for one in review.agents if one.agent == agent.recipient_code)

    assert row() == 50
    assert row(queue="gas") is None
    assert row(queue="strom") is None


def test_a_week_in_which_few_worked_does_not_tell_by_another_period(busy: Site) -> None:
    alone = some(busy.agents[0], 5, 5, day=LAST + timedelta(days=2))
    busy.keep(alone)
    longer = Period(first=FIRST, last=LAST + timedelta(days=7))
    review = busy.review.team(busy.lead, busy.team_asked(period=longer), "de")
    assert (review.total.opportunities, review.head.left_out_weeks) == (320, 1)


def test_a_period_is_the_blocks_of_four_weeks_around_it_that_are_over(busy: Site) -> None:
    some_day = Period(first=FIRST + timedelta(days=2), last=LAST + timedelta(days=2))
    review = busy.review.team(busy.lead, busy.team_asked(period=some_day), "de")
    assert review.head.filter.period == Period(first=FIRST, last=LAST + timedelta(days=28))
    with pytest.raises(ValidationError, match="28 days or longer"):
        Period(first=FIRST, last=LAST - timedelta(days=1))


def test_a_true_difference_is_found_and_the_others_are_not_blamed(site: Site) -> None:
    site.coaching()
    best, *rest = site.agents
    site.keep(some(best, 42, 18) + [one for agent in rest for one in some(agent, 10, 40)])
    rows = {row.agent: row for row in site.review.team(site.lead, site.team_asked(), "de").agents}
    found = rows[best.recipient_code].comparison
    assert found.statement is ReviewStatement.ABOVE
    assert found.expected == pytest.approx(0.2)
    assert found.difference == pytest.approx(0.5)
    assert found.low is not None
    assert found.low > 0.3
    others = {rows[agent.recipient_code].comparison.statement for agent in rest}
    assert others == {ReviewStatement.NO_RELIABLE_DIFFERENCE}


def test_who_works_on_harder_calls_is_compared_with_those(site: Site) -> None:
    site.coaching()
    hard, *rest = site.agents
    calls = some(hard, 4, 36, concern="move")
    for agent in rest:
        calls += some(agent, 18, 2) + some(agent, 2, 18, concern="move")
    site.keep(calls)
    row = next(
        one for one in site.review.team(site.lead, site.team_asked(), "de").agents if one.agent == hard.recipient_code
    )
    assert row.comparison.expected == pytest.approx(0.1)
    assert row.comparison.statement is ReviewStatement.NO_RELIABLE_DIFFERENCE


def test_the_arm_that_shows_nothing_is_no_chance_to_lose(busy: Site) -> None:
    busy.keep([Call(agent, arm="nothing", shown=("SRV_BILL",)) for agent in busy.agents])
    total = busy.review.team(busy.lead, busy.team_asked(), "de").total
    assert total.opportunities == 328
    assert (total.per_opportunity.successes, total.per_opportunity.trials) == (80, 320)


def test_a_completion_a_week_later_changes_the_conversion(site: Site) -> None:
    pending = [Call(agent, (Said("SRV_BILL", ResponseCode.ACCEPTED_PENDING),)) for agent in site.agents]
    first = Call(site.agents[0], (Said("SRV_BILL", ResponseCode.ACCEPTED_PENDING),), customer_id="c-lisa")
    site.keep([*pending, first])
    before = site.review.team(site.lead, site.team_asked(), "de").total.conversion
    assert (before.successes, before.trials) == (0, 9)
    reported = OutcomeReported(
        event_id=new_id(),
        source="crm",
        at=NOW,
        customer_id="c-lisa",
        decision_id=_decision_of(site, "c-lisa"),
        action_id="SRV_BILL",
        code=OutcomeCode.COMPLETED,
    )
    assert site.outcomes.record([reported]).verdicts[0].verdict == "accepted"
    after = site.review.team(site.lead, site.team_asked(), "de").total.conversion
    assert (after.successes, after.trials) == (1, 9)


def _decision_of(site: Site, customer_id: str) -> UUID:
    with site.services.store.read() as unit:
        decided = unit.decisions.log(NOW - timedelta(days=90), NOW + timedelta(days=90))
        return next(one.decision_id for one in decided if one.customer_id == customer_id)


def test_what_is_too_young_to_be_confirmed_is_no_conversion_yet(site: Site) -> None:
    site.keep([Call(agent, (Said("SRV_BILL", YES),), day=date(2026, 4, 8)) for agent in site.agents])
    late = Period(first=date(2026, 3, 16), last=date(2026, 4, 12))
    total = site.review.team(site.lead, site.team_asked(period=late), "de").total
    assert (total.acceptance.successes, total.conversion.trials) == (8, 0)


def test_every_look_is_written_down_and_seen_by_those_it_is_about(busy: Site) -> None:
    busy.coaching()
    anna, ben = busy.agents[:2]
    busy.review.team(busy.lead, busy.team_asked(queue="strom"), "de")
    busy.review.agent(busy.lead, busy.agent_asked(anna).model_copy(update={"note": "Gespräch am Freitag"}), "de")
    council = Caller("wanda", "A-WANDA", frozenset({Role.WORKS_COUNCIL}))
    seen = busy.log.accesses(council)
    assert [(one.by, one.role, one.agent, one.queue, one.note) for one in seen] == [
        ("lea", Role.TEAM_LEAD, anna.recipient_code, None, "Gespräch am Freitag"),
        ("lea", Role.TEAM_LEAD, None, "strom", ""),
    ]
    assert {(one.reason, one.period) for one in seen} == {(ReviewReason.COACHING_TALK, PERIOD)}
    assert busy.log.accesses(anna) == seen
    assert busy.log.accesses(ben) == seen[1:]
    assert busy.review.me(anna, OwnAsked(filter=ReviewFilter(period=PERIOD)), "de").accesses == seen


def test_a_look_that_is_refused_is_not_written_down_as_one(site: Site) -> None:
    with pytest.raises(Forbidden):
        site.review.agent(site.lead, site.agent_asked(site.agents[0]), "de")
    assert site.log.accesses(Caller("wanda", "A-W", frozenset({Role.WORKS_COUNCIL}))) == ()


def test_an_agent_sees_what_his_lead_sees_of_him(busy: Site) -> None:
    busy.coaching()
    agent = busy.agents[3]
    lead_s = busy.review.agent(busy.lead, busy.agent_asked(agent), "de")
    own = busy.review.me(agent, OwnAsked(filter=ReviewFilter(period=PERIOD)), "de").review
    assert own is not None
    assert own.model_copy(update={"head": lead_s.head}) == lead_s
    assert lead_s.row == next(
        row for row in busy.review.team(busy.lead, busy.team_asked(), "de").agents if row.agent == agent.recipient_code
    )


def test_whoever_exports_is_named_as_agents_are(site: Site) -> None:
    with site.services.store.write() as unit:
        unit.access.set_profile(AgentProfile(site.lead.agent_id, "Thea Lind", frozenset(), None))
    assert site.review.name_of(site.lead) == "Thea Lind"
    nobody = replace(site.lead, recipient_code="A-22222222")
    assert site.review.name_of(nobody) == "A-22222222"


def test_an_export_needs_the_site_s_leave(busy: Site) -> None:
    with pytest.raises(Forbidden, match="does not allow to export"):
        busy.review.team(busy.lead, busy.team_asked(), "de", exported_at=NOW)


def test_which_objections_precede_declines_and_is_that_reliable(site: Site) -> None:
    site.coaching()
    one, *rest = site.agents
    calls = [Call(one, (Said("SRV_BILL", NO, ("known",)),)) for _ in range(40)]
    for agent in rest:
        calls += [Call(agent, (Said("SRV_BILL", code, ("known",)),)) for code in [YES] * 32 + [NO] * 8]
    site.keep(calls)
    (row,) = site.review.agent(site.lead, site.agent_asked(one), "en").objections
    assert (row.title, row.raised) == ("I know it.", 40)
    assert (row.declined.successes, row.declined.trials) == (40, 40)
    assert (row.others.successes, row.others.trials) == (56, 280)
    assert row.comparison.statement is ReviewStatement.ABOVE


def test_an_objection_of_few_calls_is_told_of_nobody_neither_as_his_own_nor_as_another_s(site: Site) -> None:
    site.coaching()
    one, *rest = site.agents
    calls = [Call(agent, (Said("SRV_BILL", NO, ("known",)),)) for agent in site.agents for _ in range(30)]
    calls += [Call(one, (Said("SRV_BILL", YES, ("price",)),)) for _ in range(LEAST - 1)]
    calls += [Call(rest[0], (Said("SRV_BILL", YES, ("price",)),)) for _ in range(LEAST)]
    site.keep(calls)
    of_one, of_another = (site.review.agent(site.lead, site.agent_asked(agent), "de") for agent in (one, rest[0]))
    assert [(row.objection_id, row.raised) for row in of_one.objections] == [("known", 30)]
    price = next(row for row in of_another.objections if row.objection_id == "price")
    assert (price.raised, price.others.hidden) == (LEAST, True)


def test_the_reasons_for_not_raising_anything_are_counted_once_for_a_call(busy: Site) -> None:
    busy.coaching()
    agent = busy.agents[0]
    said = [
        Call(agent, reason=ResponseCode.NOT_ADDRESSED_MOOD),
        Call(agent, (Said("SRV_MOVE", ResponseCode.NOT_ADDRESSED_UNSUITABLE, addressed=False),)),
        Call(agent, (Said("SRV_BILL", YES), Said("SRV_MOVE", ResponseCode.NOT_ADDRESSED_TIME, addressed=False))),
    ]
    busy.keep(said)
    reasons = busy.review.agent(busy.lead, busy.agent_asked(agent), "de").not_addressed
    assert dict(reasons.counts) == {
        "NOT_ADDRESSED_MOOD": 1,
        "NOT_ADDRESSED_UNSUITABLE": 1,
        "NOT_ADDRESSED_TIME": 1,
    }


def test_an_action_is_reviewed_over_all_teams_without_a_person(busy: Site) -> None:
    new = busy.add_agents(7, team_id=None)
    busy.keep([call for agent in new for call in some(agent, 10, 30)])
    review = busy.actions.review(busy.lead, "SRV_BILL", ActionAsked(period=PERIOD), "en")
    assert (review.title, review.figures.acceptance.successes, review.figures.acceptance.trials) == (
        "Explain the bill",
        150,
        600,
    )
    assert (review.funnel.addressed, review.funnel.accepted, review.left_out_teams) == (600, 150, 0)
    assert dict(review.declined.counts) == {"DECLINED_PRICE": 450}
    assert busy.agents[0].recipient_code not in review.model_dump_json()


@pytest.mark.parametrize("working", [3, 8])
def test_an_action_over_all_teams_does_not_tell_what_a_team_s_page_hides(site: Site, working: int) -> None:
    """Of another team too few worked, or too few had a decision: over all teams less this one it would be theirs."""
    others = site.add_agents(8, team_id=None)
    own = site.agents[:8]
    site.keep([call for agent in own for call in some(agent, 3, 7)])
    site.keep([call for agent in others[:3] for call in some(agent, 1, 3)])
    site.keep([Call(agent) for agent in others[:working]])
    review = site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de")
    assert (review.figures.acceptance.successes, review.figures.acceptance.trials) == (24, 80)
    assert review.left_out_teams == 1


def test_where_no_team_may_be_shown_an_action_is_over_all_of_them(tmp_path: Path) -> None:
    with open_site(tmp_path, agents=6) as site:
        site.add_agents(6, team_id=None)
        site.keep(everybody(site, 3, 7))
        review = site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de")
        assert (review.figures.acceptance.trials, review.left_out_teams) == (120, 0)


def test_an_action_that_few_had_an_answer_to_is_not_told(site: Site) -> None:
    """Three were decided, none accepted: to say none would be to say all three declined."""
    site.keep([Call(agent) for agent in site.agents for _ in range(2)])
    site.keep([call for agent in site.agents[:3] for call in some(agent, 0, 1, day=FIRST)])
    review = site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de")
    assert review.figures.acceptance.hidden
    assert (review.funnel.shown, review.funnel.decided) == (None, None)
    total = site.review.team(site.lead, site.team_asked(), "de").total
    assert (total.calls, total.acceptance.hidden, total.conversion.hidden) == (19, True, True)


def test_what_follows_a_step_of_too_few_is_not_told_either(site: Site) -> None:
    site.keep(everybody(site, 0, 10))
    site.keep([call for agent in site.agents[:3] for call in some(agent, 1, 0)])
    funnel = site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de").funnel
    assert (funnel.shown, funnel.decided, funnel.accepted, funnel.completed) == (83, 83, None, None)


def test_an_action_s_arms_are_compared_with_the_one_that_shows_nothing(site: Site) -> None:
    calls = [one for agent in site.agents for one in some(agent, 20, 20)]
    calls += [Call(agent, arm="nothing", shown=("SRV_BILL",)) for agent in site.agents for _ in range(10)]
    site.keep(calls)
    arms = {one.arm: one for one in site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de").arms}
    assert (arms["nothing"].rate.successes, arms["nothing"].rate.trials, arms["nothing"].lift) == (0, 80, None)
    assert (arms["ranked"].rate.successes, arms["ranked"].rate.trials) == (160, 320)
    assert arms["ranked"].lift == pytest.approx(0.5)
    assert arms["ranked"].low is not None
    assert arms["ranked"].low > 0.4


def test_a_filter_of_what_never_occurred_shows_no_calls(busy: Site) -> None:
    busy.coaching()
    for sieve in ({"action_id": "NO_SUCH"}, {"queue": "nowhere"}, {"concern": "nothing"}):
        review = busy.review.team(busy.lead, busy.team_asked(**sieve), "de")
        assert review.total.calls == 0
        assert {row.figures.opportunities for row in review.agents} == {None}


def test_an_action_that_nobody_knows_is_not_found(site: Site) -> None:
    with pytest.raises(NotFound, match="no action by that id"):
        site.actions.review(site.lead, "NO_SUCH", ActionAsked(period=PERIOD), "de")
    nothing_yet = site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=PERIOD), "de")
    assert (nothing_yet.figures.calls, nothing_yet.figures.acceptance.trials) == (0, None)


def test_the_choices_are_what_whoever_asks_may_see(busy: Site) -> None:
    busy.keep(some(busy.agents[0], 1, 1, queue="gas"))
    choices = busy.review.choices(busy.lead, "en")
    assert [(one.code, one.title) for one in choices.teams] == [("strom", "Team Strom Dresden")]
    assert choices.queues == ("gas", "strom")
    assert (choices.first_day, choices.last_day) == (FIRST, FIRST + timedelta(days=6))
    assert [one.code for one in choices.concerns] == ["bill", "move"]
    assert busy.review.choices(busy.agents[0], "en").teams == ()
