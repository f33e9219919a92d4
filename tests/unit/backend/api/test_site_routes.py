"""The site's figures over HTTP, by all who may see them."""

from __future__ import annotations

from datetime import date

import pytest

from nba_desktop.adapters.http_review import HttpReview
from nba_desktop.contract.codes import Role
from nba_desktop.contract.review import JourneyFlow, Period, SiteFigures, TalkTime
from tests.unit.backend.api.conftest import Backend

DAYS = "from=2026-02-18&to=2026-03-20"


@pytest.mark.parametrize(
    "role", [Role.TEAM_LEAD, Role.ACTION_OWNER, Role.ANALYST, Role.ADMIN, Role.WORKS_COUNCIL], ids=lambda one: one.value
)
def test_the_site_s_figures_are_of_the_whole_weeks_around_the_days(backend: Backend, role: Role) -> None:
    client = backend.client(role)
    weeks = SiteFigures.model_validate_json(client.send("GET", f"/v1/site/weeks?{DAYS}").content)
    talk = TalkTime.model_validate_json(client.send("GET", f"/v1/site/talk-time?{DAYS}").content)
    flow = JourneyFlow.model_validate_json(client.send("GET", f"/v1/site/journey-flow?{DAYS}").content)
    for period in (weeks.period, talk.period, flow.period):
        assert (period.first.isoformat(), period.last.isoformat()) == ("2026-02-16", "2026-03-22")
    assert client.send("GET", "/v1/review/choices").json()["may_see_site"] is True


def test_the_window_reads_them_as_they_are_answered(backend: Backend) -> None:
    analyst = backend.client(Role.ANALYST)
    review = HttpReview(backend.url, analyst.token or "", "de")
    period = Period(first=date(2026, 2, 18), last=date(2026, 3, 20))
    for found in (review.site_weeks(period), review.talk_time(period), review.journey_flow(period)):
        assert found.period.first == date(2026, 2, 16)
    found = review.site_weeks(None)
    assert (found.period.last - found.period.first).days + 1 == 26 * 7


def test_an_agent_sees_none_of_them(backend: Backend) -> None:
    assert backend.agent.send("GET", "/v1/site/weeks").status_code == 403
    assert backend.agent.send("GET", "/v1/review/choices").json()["may_see_site"] is False


@pytest.mark.parametrize("asked", ["from=2026-02-18&to=2026-02-19", "from=2020-01-01&to=2026-01-01", "from=soon"])
def test_days_that_are_no_period_are_refused(backend: Backend, asked: str) -> None:
    answer = backend.client(Role.ANALYST).send("GET", f"/v1/site/weeks?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_message")
