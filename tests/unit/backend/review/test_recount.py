"""The figures are what a slow, straightforward count of the events comes to, under every filter."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, ResponseCode
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ObjectionRaised,
    ResponseRecorded,
    WrapUpFinished,
)
from nba_desktop.contract.review import Figures, Rate
from tests.fakes.backend_review import FIRST, Call, Said, Site, open_site

ACCEPTED = {ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING}
UNRAISED = {
    ResponseCode.NOT_ADDRESSED_MOOD,
    ResponseCode.NOT_ADDRESSED_TIME,
    ResponseCode.NOT_ADDRESSED_UNSUITABLE,
}
CODES = [
    ResponseCode.ACCEPTED_DONE,
    ResponseCode.ACCEPTED_PENDING,
    ResponseCode.DECLINED_PRICE,
    ResponseCode.DECLINED_NO_NEED,
    ResponseCode.THINKING,
    ResponseCode.CALL_DROPPED,
    ResponseCode.NO_CODE,
    ResponseCode.NOT_ADDRESSED_TIME,
    None,
]


@dataclass(frozen=True)
class Taken:
    """A call that was taken, and by whom."""

    agent: str
    queue: str | None
    contact_id: UUID


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("recount"), agents=6) as opened:
        # As small as the rules allow, so that as much as possible is shown.
        opened.coaching()
        yield opened


@pytest.fixture(scope="module")
def calls(site: Site) -> Sequence[Taken]:
    """Hundreds of random calls."""
    chance = random.Random(7)
    calls = []
    for agent in site.agents:
        for _ in range(130):
            said = tuple(
                Said(
                    action_id,
                    chance.choice(CODES),
                    tuple(chance.sample(["no_time", "known"], chance.randint(0, 2))) if chance.random() < 0.4 else (),
                )
                for action_id in ("SRV_BILL", "SRV_MOVE")
                if chance.random() < 0.7
            )
            calls.append(
                Call(
                    agent,
                    said,
                    day=FIRST + timedelta(days=chance.randrange(28)),
                    solved=chance.random() < 0.8,
                    concern=chance.choice(["bill", "move"]),
                    queue=chance.choice(["strom", "gas"]),
                    reason=None if said or chance.random() < 0.5 else ResponseCode.NOT_ADDRESSED_MOOD,
                    held_s=chance.choice([None, 0, 45]),
                    after_s=chance.choice([None, 20, 70]),
                )
            )
    ids = site.keep(calls)
    return [Taken(one.agent.recipient_code, one.queue, contact_id) for one, contact_id in zip(calls, ids, strict=True)]


@dataclass
class Tally:
    """A pair of counts for each rate, and of seconds and calls for each handling time."""

    presentation: tuple[int, int] = (0, 0)
    offer: tuple[int, int] = (0, 0)
    acceptance: tuple[int, int] = (0, 0)
    per_opportunity: tuple[int, int] = (0, 0)
    coverage: tuple[int, int] = (0, 0)
    with_action: tuple[int, int] = (0, 0)
    without_action: tuple[int, int] = (0, 0)
    opportunities: int = 0
    calls: int = 0

    def count(self, name: str, trial: bool, success: bool) -> None:
        successes, trials = getattr(self, name)
        setattr(self, name, (successes + int(trial and success), trials + int(trial)))


def recount(
    site: Site, calls: Sequence[Taken], agent: str | None = None, queue: str | None = None, action: str | None = None
) -> Tally:
    """Read every event and count, one call after the other."""
    tally = Tally()
    with site.services.store.read() as unit:
        for call in calls:
            if (agent is not None and call.agent != agent) or (queue is not None and call.queue != queue):
                continue
            events = unit.contacts.events_of(call.contact_id)
            solved = next(one.solved for one in events if isinstance(one, ConcernSolved))
            assert any(isinstance(one, ConcernChosen) for one in events)
            shown = {id for one in events if isinstance(one, ActionsShown) for id in one.action_ids}
            clicked = {one.action_id for one in events if isinstance(one, ActionAddressed)}
            objected = {one.action_id for one in events if isinstance(one, ObjectionRaised)}
            codes = {one.action_id: one.code for one in events if isinstance(one, ResponseRecorded)}
            raised = {
                id
                for id in shown
                if id in objected
                or (codes.get(id) not in {None, *NOT_ADDRESSED_CODES})
                or (id in clicked and codes.get(id) not in UNRAISED)
            }
            accepted = {id for id in raised if codes.get(id) in ACCEPTED}
            about = shown if action is None else shown & {action}
            if not about:
                continue
            tally.calls += 1
            for after in (one for one in events if isinstance(one, WrapUpFinished)):
                kind = "with_action" if raised & about else "without_action"
                seconds, timed = getattr(tally, kind)
                lasted = next(one.duration_s for one in events if isinstance(one, ContactEnded))
                setattr(tally, kind, (seconds + lasted + after.seconds, timed + 1))
            tally.opportunities += solved
            tally.count("presentation", solved, bool(raised & about))
            tally.count("per_opportunity", solved, bool(accepted & about))
            for id in raised & about:
                code = codes.get(id)
                decided = code is not None and code not in NOT_ADDRESSED_CODES
                early = code in {ResponseCode.DECLINED_NO_NEED, ResponseCode.DECLINED_HAS_OTHER}
                tally.count("offer", True, id in objected or (decided and not early))
                tally.count("acceptance", decided, code in ACCEPTED)
                tally.count("coverage", True, code not in {None, ResponseCode.NO_CODE})
            if action is None and not raised:
                said_why = any(code in NOT_ADDRESSED_CODES - {ResponseCode.NO_CODE} for code in codes.values())
                tally.count("coverage", True, said_why)
    return tally


def pair(rate: Rate) -> tuple[int | None, int | None]:
    return rate.successes, rate.trials


def check(figures: Figures, tally: Tally) -> None:
    assert (figures.calls, figures.opportunities) == (tally.calls, tally.opportunities)
    for name in ("presentation", "offer", "acceptance", "per_opportunity", "coverage"):
        assert pair(getattr(figures, name)) == getattr(tally, name), name
    for kind in ("with_action", "without_action"):
        (seconds, timed), found = getattr(tally, kind), getattr(figures, kind).handling
        assert (found.calls, found.mean_s) == (timed, pytest.approx(seconds / timed) if timed else None), kind


def test_every_agent_s_figures_are_the_recount(site: Site, calls: Sequence[Taken]) -> None:
    review = site.review.team(site.lead, site.team_asked(), "de")
    assert [row.agent for row in review.agents] == sorted({one.agent for one in calls})
    for row in review.agents:
        check(row.figures, recount(site, calls, agent=row.agent))


def test_under_a_filter_of_the_queue_they_are_too(site: Site, calls: Sequence[Taken]) -> None:
    review = site.review.team(site.lead, site.team_asked(queue="gas"), "de")
    shown = [row for row in review.agents if row.figures.calls is not None]
    for row in shown:
        check(row.figures, recount(site, calls, agent=row.agent, queue="gas"))
    assert all((row.figures.acceptance.trials or 0) >= 30 for row in shown)


@pytest.mark.parametrize("action", ["SRV_BILL", "SRV_MOVE"])
def test_under_a_filter_of_the_action_they_are_too(site: Site, calls: Sequence[Taken], action: str) -> None:
    review = site.review.team(site.lead, site.team_asked(action_id=action), "de")
    shown = [row for row in review.agents if row.figures.calls is not None]
    assert shown
    for row in shown:
        check(row.figures, recount(site, calls, agent=row.agent, action=action))


def test_a_rate_is_its_successes_by_its_trials_within_its_interval(site: Site, calls: Sequence[Taken]) -> None:
    rate = site.review.team(site.lead, site.team_asked(), "de").agents[0].figures.per_opportunity
    assert rate.successes is not None
    assert rate.trials is not None
    assert rate.value == rate.successes / rate.trials
    assert rate.low is not None
    assert rate.high is not None
    assert rate.low < rate.value < rate.high


def test_the_funnel_only_narrows(site: Site, calls: Sequence[Taken]) -> None:
    funnel = site.review.agent(site.lead, site.agent_asked(site.agents[0]), "de").funnel
    steps = [funnel.shown, funnel.addressed, funnel.decided, funnel.accepted, funnel.completed]
    assert None not in steps
    assert steps == sorted(steps, key=lambda one: -(one or 0))
    assert steps[-1]


def test_the_objections_of_an_agent_are_the_recount(site: Site, calls: Sequence[Taken]) -> None:
    agent = site.agents[2]
    raised: dict[str, int] = {}
    declined: dict[str, int] = {}
    with site.services.store.read() as unit:
        for call in calls:
            if call.agent != agent.recipient_code:
                continue
            events = unit.contacts.events_of(call.contact_id)
            codes = {one.action_id: one.code for one in events if isinstance(one, ResponseRecorded)}
            for one in {(e.action_id, e.objection_id) for e in events if isinstance(e, ObjectionRaised)}:
                raised[one[1]] = raised.get(one[1], 0) + 1
                code = codes.get(one[0])
                declined[one[1]] = declined.get(one[1], 0) + (code is not None and code.value.startswith("DECLINED"))
    rows = site.review.agent(site.lead, site.agent_asked(agent), "de").objections
    assert {row.objection_id: (row.raised, row.declined.successes) for row in rows} == {
        name: (raised[name], declined[name]) for name in raised
    }
    assert [row.title for row in rows if row.objection_id == "known"] == ["Kenne ich schon."]
