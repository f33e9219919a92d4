"""What calls took, what promises were kept, and what counts once for a customer, as the review says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.backend.review.export.lines import team_lines
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.site.service import SiteService
from nba_desktop.contract.codes import FollowUpKind, ResponseCode
from nba_desktop.contract.events import ContactEnded, FollowUpPlanned, ResponseRecorded, ResponseRetracted
from nba_desktop.contract.review import ActionAsked, Handling, Period, Rate
from tests.fakes.backend_review import FIRST, LAST, Call, Said, Site, head, open_site

DONE = ResponseCode.ACCEPTED_DONE
NO = ResponseCode.DECLINED_PRICE
DAY = timedelta(days=1)

HANDLING = {
    "all of it is known": ((60, 40), (240.0, 60.0, 40.0, 340.0)),
    "holding that nobody told of is in the talk": ((None, 40), (300.0, None, 40.0, 340.0)),
    "without the work after the call there is no sum": ((60, None), (240.0, 60.0, None, None)),
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as opened:
        yield opened


def _means(handling: Handling) -> tuple[float | None, ...]:
    return tuple(part.mean_s for part in (handling.talk, handling.hold, handling.after_call_work, handling.handling))


def test_the_handling_time_is_said_with_and_without_an_action(site: Site) -> None:
    calls = [Call(agent, held_s=0, after_s=10, queue=case) for case in HANDLING for agent in site.agents]
    for case, ((held_s, after_s), _) in HANDLING.items():
        about: dict[str, Any] = {"queue": case, "held_s": held_s, "after_s": after_s}
        calls += [Call(agent, (Said("SRV_BILL", NO),), **about) for agent in site.agents]
    site.keep(calls)
    for case, (_, expected) in HANDLING.items():
        review = site.review.team(site.lead, site.team_asked(queue=case), "de")
        assert _means(review.total.with_action) == expected, case
        assert _means(review.total.without_action) == (300.0, 0.0, 10.0, 310.0), case
        exported = next(team_lines(review))
        assert (exported["with_action"], exported["without_action"]) == (expected[-1], 310.0), case


def test_the_site_s_handling_time_is_of_all_calls(site: Site) -> None:
    for held_s, after_s in ((60, 40), (None, 20), (30, None)):
        site.keep([Call(agent, held_s=held_s, after_s=after_s) for agent in site.agents])
    weeks = Weeks(site.services.store, monotonic)
    service = SiteService(site.services.store, site.services.catalogues, site.catching_up, weeks, site.services.clock)
    (week,) = service.weeks(FIRST, LAST).weeks
    assert _means(week.handling) == (270.0, 45.0, 30.0, 330.0)


# Due so many days after the first Monday, and done so many days after that, or not at all.
PROMISES = ((1, 0), (1, 1), (9, -1), (9, None), (20, None))


@pytest.mark.usefixtures("each_store")
def test_a_promise_counts_in_the_period_of_its_day_and_as_kept_until_then(site: Site) -> None:
    clock = site.services.clock
    service = FollowUpService(site.services.store, site.services.catalogues, clock)
    for agent in site.agents:
        view = site.call(agent, Said("SRV_BILL", ResponseCode.INTEREST_CALLBACK))
        at = datetime(FIRST.year, FIRST.month, FIRST.day, 10, tzinfo=UTC)
        for place, (due, done) in enumerate(PROMISES):
            planned = FollowUpPlanned(
                **head(view.contact_id, 50 + place, at), kind=FollowUpKind.CALLBACK, due=FIRST + due * DAY
            )
            site.tell(agent, planned)
            if done is not None:
                clock.now = at + (due + done) * DAY
                service.done(agent, planned.event_id, "de")
    clock.now = datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC) + 28 * DAY
    # Of the weeks in which too few worked nothing is counted.
    assert _kept(site, FIRST) == (8, 16)
    site.keep([Call(agent, day=FIRST + days * DAY) for agent in site.agents for days in (7, 14)])
    assert _kept(site, FIRST) == (16, 40)
    assert _kept(site, FIRST, queue="gas") == (None, None)
    assert _kept(site, FIRST, queue="strom") == (16, 40)


def _kept(site: Site, first: date, **sieve: str) -> tuple[int | None, int | None]:
    period = Period(first=first, last=first + 27 * DAY)
    rate = site.review.team(site.lead, site.team_asked(period=period, **sieve), "de").total.follow_up_kept
    return rate.successes, rate.trials


def test_a_customer_counts_once_in_the_arm_of_his_first_opportunity_of_the_period(site: Site) -> None:
    calls = []
    for number, agent in enumerate(site.agents * 3):
        customer: dict[str, Any] = {"customer_id": f"c-{number}", "shown": ("SRV_BILL",)}
        calls.append(Call(agent, arm="nothing", **customer))
        # The arms are drawn anew meanwhile, and he calls twice more.
        calls += [Call(agent, (Said("SRV_BILL", DONE),), day=FIRST + days * DAY, **customer) for days in (28, 29)]
    site.keep(calls)
    later = Period(first=FIRST + 28 * DAY, last=LAST + 28 * DAY)
    assert _arms(site, Period(first=FIRST, last=later.last)) == {"nothing": (0, 24)}
    assert _arms(site, later) == {"ranked": (24, 24)}


def _arms(site: Site, period: Period) -> dict[str, tuple[int | None, int | None]]:
    def counts(rate: Rate) -> tuple[int | None, int | None]:
        return rate.successes, rate.trials

    arms = site.actions.review(site.lead, "SRV_BILL", ActionAsked(period=period), "de").arms
    return {one.arm: counts(one.rate) for one in arms}


@pytest.mark.parametrize(("days", "retracted", "completed"), [(1, False, 2), (1, True, 1), (40, False, 1)])
def test_what_is_done_in_a_later_call_completes_what_was_recommended_before(
    site: Site, days: int, retracted: bool, completed: int
) -> None:
    first, second = site.agents[:2]
    site.call(first, Said("SRV_BILL", ResponseCode.THINKING))
    site.catching_up.run()
    view = site.call(second, day=FIRST + days * DAY, end=False)
    at = datetime(FIRST.year, FIRST.month, FIRST.day, 11, tzinfo=UTC) + days * DAY
    done = ResponseRecorded(
        **head(view.contact_id, 60, at), decision_id=view.decision.decision_id, action_id="SRV_BILL", code=DONE
    )
    site.tell(second, done)
    if retracted:
        site.tell(second, ResponseRetracted(**head(view.contact_id, 61, at), retracts=done.event_id))
    site.tell(second, ContactEnded(**head(view.contact_id, 70, at), cause="normal", duration_s=60))
    site.catching_up.run()
    segments = [one.segment for one in Weeks(site.services.store, monotonic).read(None, FIRST, LAST + 28 * DAY)]
    assert sum(int(one.action_bit("completed_anyhow").sum()) for one in segments) == completed - retracted
