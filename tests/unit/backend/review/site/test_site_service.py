"""The site week by week: what each figure counts, and what nobody may be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.site.service import SiteService
from nba_desktop.backend.rows.site_figures import QueueCallRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, ResponseCode, Role
from nba_desktop.contract.events import ActionsShown, ContactEnded
from nba_desktop.contract.outcome import OutcomeReported
from nba_desktop.contract.review import SiteWeek
from tests.fakes.backend_review import FIRST, LAST, Call, Said, Site, head, open_site

YES, NO = ResponseCode.ACCEPTED_DONE, ResponseCode.DECLINED_PRICE
NEXT = FIRST + timedelta(days=7)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as opened:
        yield opened


def service(site: Site) -> SiteService:
    services = site.services
    weeks = Weeks(services.store, monotonic)
    return SiteService(services.store, services.catalogues, site.catching_up, weeks, services.clock)


def weeks_of(site: Site) -> dict[date, SiteWeek]:
    return {week.monday: week for week in service(site).weeks(FIRST, LAST).weeks}


def of_everybody(site: Site, **changes: Any) -> list[Call]:
    return [Call(agent, (Said("SRV_BILL", NO),), **changes) for agent in site.agents]


def test_each_week_counts_its_calls_and_their_times(site: Site) -> None:
    site.keep(of_everybody(site, duration_s=100) + of_everybody(site, duration_s=200))
    site.keep(of_everybody(site, day=NEXT, duration_s=400))
    weeks = weeks_of(site)
    assert [(day, one.calls, one.handling.talk.mean_s) for day, one in weeks.items()] == [
        (FIRST, 16, 150.0),
        (NEXT, 8, 400.0),
    ]
    # Nobody measures holding and after-call work: there is no sum of them.
    assert weeks[FIRST].handling.handling.mean_s is None


@pytest.mark.parametrize(("others", "told"), [(6, False), (7, True)])
def test_who_is_shown_all_but_too_few_one_by_one_is_not_told_the_sum_of_all(
    site: Site, others: int, told: bool
) -> None:
    site.coaching()
    site.add_agents(others, team_id=None)
    site.keep(of_everybody(site, duration_s=100))
    (week,) = service(site).weeks(FIRST, LAST, site.lead).weeks
    assert (week.handling.talk.mean_s is not None, week.consent_asked.hidden) == (told, not told)
    bins = service(site).talk_time(FIRST, LAST, site.lead).bins
    assert any(one.acceptance.trials for one in bins) is told
    # Of those who see no person it is nobody's but theirs.
    (week,) = service(site).weeks(FIRST, LAST, replace(site.lead, roles=frozenset({Role.ANALYST}))).weeks
    assert week.handling.talk.mean_s == 100


def test_a_solved_contact_that_comes_again_soon_was_none(site: Site) -> None:
    site.keep(of_everybody(site))
    for agent, day in ((site.agents[0], FIRST), (site.agents[1], FIRST + timedelta(days=3))):
        site.call(agent, Said("SRV_BILL", NO), day=day, customer_id="c-lisa")
    resolution = weeks_of(site)[FIRST].first_contact_resolution
    assert (resolution.successes, resolution.trials) == (9, 10)


def test_whether_contacts_come_again_is_not_said_before_the_time_for_it_is_over(site: Site) -> None:
    site.keep(of_everybody(site))
    site.services.clock.now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert weeks_of(site)[FIRST].first_contact_resolution.trials is None
    site.services.clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert weeks_of(site)[FIRST].first_contact_resolution.trials == 8


def test_identified_calls_without_a_recommendation_lower_the_availability(site: Site) -> None:
    site.keep(of_everybody(site) + [Call(agent, shown=()) for agent in site.agents] + of_everybody(site, arm="nothing"))
    availability = weeks_of(site)[FIRST].decision_availability
    assert (availability.successes, availability.trials) == (8, 24 - 8)


def test_the_slowest_view_of_a_call_counts_for_its_latency(site: Site) -> None:
    for number, agent in enumerate(site.agents):
        view = site.call(agent, end=False)
        at = datetime(FIRST.year, FIRST.month, FIRST.day, 10, 1, tzinfo=UTC)
        about = {"decision_id": view.decision.decision_id, "action_ids": ("SRV_BILL",)}
        site.tell(
            agent,
            ActionsShown(**head(view.contact_id, 90, at), **about, painted_ms=900),
            ActionsShown(**head(view.contact_id, 91, at), **about, painted_ms=400 if number else 2000),
            ActionsShown(**head(view.contact_id, 92, at), **about),
            ContactEnded(**head(view.contact_id, 93, at), cause="normal", duration_s=60),
        )
    assert weeks_of(site)[FIRST].panel_latency_p95_ms == pytest.approx(900 + 0.65 * 1100)


def test_calls_without_a_measured_view_have_no_latency(site: Site) -> None:
    site.keep(of_everybody(site))
    assert weeks_of(site)[FIRST].panel_latency_p95_ms is None


def test_the_uplift_is_what_the_shown_complete_more_than_the_control(site: Site) -> None:
    agents = list(enumerate(site.agents)) * 5
    site.keep([Call(agent, (Said("SRV_BILL", YES if n < 4 else NO),)) for n, agent in agents])
    site.keep([Call(agent, arm="nothing") for _, agent in agents])
    week = weeks_of(site)[FIRST]
    assert week.uplift == pytest.approx(50.0)
    assert week.uplift_low is not None
    assert week.uplift_high is not None
    assert week.uplift_low < 50.0 < week.uplift_high


def test_what_a_customer_does_by_himself_counts_in_both_groups(site: Site) -> None:
    several = [Call(agent, (Said("SRV_BILL", NO),), customer_id="c-lisa") for agent in site.agents]
    site.keep(several)
    site.keep([Call(agent, arm="nothing", customer_id="c-lisa") for agent in site.agents])
    at = datetime(FIRST.year, FIRST.month, FIRST.day, 18, tzinfo=UTC)
    completed = OutcomeReported(
        event_id=new_id(), source="crm", customer_id="c-lisa", action_id="SRV_BILL", code=OutcomeCode.COMPLETED, at=at
    )
    assert [one.verdict for one in site.outcomes.record([completed]).verdicts] == ["accepted"]
    site.catching_up.run()
    (segment,) = (one.segment for one in Weeks(site.services.store, monotonic).read(None, FIRST, FIRST))
    assert segment.action_bit("completed_anyhow").sum() == 2 * len(several)
    assert segment.action_bit("completed").sum() == len(several)


def test_what_was_accepted_in_another_call_counts_for_each_call_shortly_before(site: Site) -> None:
    first, second = site.agents[:2]
    site.call(first, Said("SRV_BILL"))
    site.call(second, Said("SRV_BILL", ResponseCode.ACCEPTED_PENDING), day=FIRST + timedelta(days=1))
    site.catching_up.run()
    at = datetime(FIRST.year, FIRST.month, FIRST.day, 18, tzinfo=UTC) + timedelta(days=2)
    completed = OutcomeReported(
        event_id=new_id(), source="crm", customer_id="c-lisa", action_id="SRV_BILL", code=OutcomeCode.COMPLETED, at=at
    )
    assert [one.verdict for one in site.outcomes.record([completed]).verdicts] == ["accepted"]
    site.catching_up.run()
    (segment,) = (one.segment for one in Weeks(site.services.store, monotonic).read(None, FIRST, FIRST))
    assert segment.action_bit("completed").sum() == 1
    assert segment.action_bit("completed_anyhow").sum() == 2


def test_what_the_control_is_shown_as_well_cannot_tell(site: Site) -> None:
    # The move is withheld nowhere here: whoever completes it would have done so in either group.
    site.keep([Call(agent, (Said("SRV_MOVE", YES),)) for agent in site.agents * 5])
    site.keep([Call(agent, arm="nothing", shown=("SRV_BILL",)) for agent in site.agents * 5])
    assert weeks_of(site)[FIRST].uplift == pytest.approx(0.0)


def test_of_too_few_cases_in_one_group_no_uplift_is_said(site: Site) -> None:
    site.keep([Call(agent, (Said("SRV_BILL", YES),)) for agent in site.agents])
    site.keep([Call(agent, arm="nothing") for agent in site.agents])
    assert weeks_of(site)[FIRST].uplift is None


def test_a_week_of_too_few_agents_is_left_out_and_counted(site: Site) -> None:
    site.keep(of_everybody(site))
    site.keep([Call(agent, day=NEXT) for agent in site.agents[:6]])
    figures = service(site).weeks(FIRST, LAST)
    assert [one.monday for one in figures.weeks] == [FIRST]
    assert figures.left_out_weeks == 1


def test_what_a_lead_knows_of_his_team_leaves_no_few_others(site: Site) -> None:
    few = site.add_agents(6, team_id=None)
    site.keep(of_everybody(site)[:8] + [Call(agent) for agent in few])
    assert weeks_of(site)[FIRST].calls == 8
    one_more = site.add_agents(1, team_id=None)
    site.keep([Call(agent) for agent in one_more])
    assert weeks_of(site)[FIRST].calls == 15


def test_service_level_and_abandonment_are_of_the_calls_the_telephone_system_reported(site: Site) -> None:
    site.keep(of_everybody(site))
    assert weeks_of(site)[FIRST].service_level.value is None
    at = datetime(2026, 2, 17, 9, tzinfo=UTC)
    after = timedelta

    def offered(answered: timedelta | None = None, abandoned: bool = False, over: bool = True) -> QueueCallRow:
        return QueueCallRow(
            new_id(),
            "sipgate",
            "strom",
            at,
            None if answered is None else at + answered,
            at + after(minutes=3) if over else None,
            abandoned,
        )

    calls = [
        offered(after(seconds=5)),
        offered(after(seconds=20)),
        offered(after(seconds=20, milliseconds=1)),
        offered(abandoned=True),
        offered(over=False),
        offered(after(seconds=7), over=False),
    ]
    with site.services.store.write() as unit:
        unit.site.add_queue_calls(calls)
    week = weeks_of(site)[FIRST]
    # What became of the fifth nobody heard.
    assert (week.service_level.successes, week.service_level.trials) == (3, 5)
    assert (week.abandoned.successes, week.abandoned.trials) == (1, 5)


def test_the_last_half_year_is_answered_where_no_days_are_named(site: Site) -> None:
    figures = service(site).weeks()
    assert figures.period.last == date(2026, 4, 19)
    assert (figures.period.last - figures.period.first).days + 1 == 26 * 7
    assert figures.weeks == ()


@pytest.mark.parametrize("last", [FIRST - timedelta(days=1), FIRST + timedelta(days=20), FIRST + timedelta(days=1000)])
def test_days_that_are_no_period_are_refused(site: Site, last: date) -> None:
    with pytest.raises(InvalidMessage, match="no period of 4 to 106 weeks"):
        service(site).weeks(FIRST, last)


def test_talk_time_is_in_bins_with_their_acceptance(site: Site) -> None:
    yes = (Said("SRV_BILL", YES),)
    site.keep([Call(agent, yes, duration_s=299) for agent in site.agents] + of_everybody(site, duration_s=299))
    site.keep([Call(agent, yes, duration_s=300) for agent in site.agents] + of_everybody(site, duration_s=5000))
    bins = service(site).talk_time(FIRST, LAST).bins
    assert [(one.from_minutes, one.to_minutes, one.acceptance.successes, one.acceptance.trials) for one in bins] == [
        (0, 5, 8, 16),
        (5, 10, 8, 8),
        (10, 15, 0, 0),
        (15, 20, 0, 0),
        (20, None, 0, 8),
    ]


def test_a_bin_of_too_few_agents_is_hidden_and_another_with_it(site: Site) -> None:
    site.keep(
        of_everybody(site, duration_s=60) + of_everybody(site, duration_s=60) + of_everybody(site, duration_s=400)
    )
    site.keep([Call(site.agents[0], duration_s=5000)])
    bins = service(site).talk_time(FIRST, LAST).bins
    assert [one.from_minutes for one in bins if one.acceptance.hidden] == [5, 20]


def test_the_choices_say_who_may_see_the_site(site: Site) -> None:
    assert site.review.choices(site.lead, "de").may_see_site
    assert not site.review.choices(site.agents[0], "de").may_see_site
