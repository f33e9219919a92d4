"""The closed loop as a real process: a call, a reminder in the portal, a completion a week later, and it is over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import database_url, now_utc
from nba_desktop.backend.review.asking import Asking
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import (
    FeedbackReason,
    FollowUpKind,
    OutcomeCode,
    ResponseCode,
    ReviewMode,
    ReviewReason,
    Role,
    TeaserState,
)
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    ContactEnded,
    FollowUpPlanned,
    RecommendationQuestioned,
    ResponseRecorded,
    WrapUpFinished,
)
from nba_desktop.contract.feedback import OpenFeedbacks, OwnFeedback
from nba_desktop.contract.follow_up import FollowUps
from nba_desktop.contract.outcome import OutcomeReported
from nba_desktop.contract.review import Duration, Figures, Period, ReviewFilter, TeamAsked
from tests.e2e.backend.test_decisions import call, shown, teasers, two_customers
from tests.e2e.backend.test_process import backend
from tests.e2e.calls import authenticated_call
from tests.e2e.processes import make_site
from tests.fakes.backend_site import PORTAL_CATALOGUE, Client

WEEK = timedelta(days=7)


def states(machine: Client, customer_id: str) -> dict[str, TeaserState]:
    return {one.action_id: one.state for one in teasers(machine, customer_id).teasers}


def told(client: Client, *messages: dict[str, Any]) -> list[str]:
    answer = client.send("POST", "/v1/events", json={"events": list(messages)})
    assert answer.status_code == 200, answer.text
    return [one["verdict"] for one in answer.json()["verdicts"]]


def catalogue(folder: Path) -> Path:
    """The portal's catalogue, with a review of as few agents as may be, that waits for no confirmation."""
    path = folder / "catalogue.yaml"
    rules = "review: {least_group: 5, confirm_days: 0}\n"
    path.write_text(PORTAL_CATALOGUE.read_text(encoding="utf-8") + rules, encoding="utf-8")
    return path


TEAM = ("anna", "bea", "carl", "dora", "emil")
ROLES = {"lea": Role.TEAM_LEAD, "portal": Role.MACHINE, "olga": Role.ACTION_OWNER}


def clients(data: Path, url: str) -> dict[str, Client]:
    """Everybody of the site: a team, its lead, another system, and who answers for actions."""
    with closing(Database(database_url(BackendConfig(data=data, resources=data)))) as database:
        store = SqlStore(database)
        tokens = TokenService(store, now_utc)
        roles = dict.fromkeys(TEAM, Role.AGENT) | ROLES
        found = {name: Client(url, tokens.create(name, frozenset({role}))) for name, role in roles.items()}
        with store.write() as unit:
            unit.teams.add(TeamRow("strom", "Team Strom", now_utc()))
            unit.teams.set_lead("strom", "lea", leads=True)
            for name in TEAM:
                unit.teams.set_member(MemberRow(name, date(2020, 1, 1), "strom"))
            # Of five agents none is shown by himself.
            unit.review_log.add_mode(ReviewModeRow(ReviewMode.TEAM_ONLY, None, None, now_utc(), "admin"))
    return found


def call_of_a_week_ago(agent: Client, customer: tuple[str, str], action_id: str, code: ResponseCode) -> ContactView:
    """A call that came to a word of the customer's on a recommendation, with what it took."""
    at = now_utc() - WEEK
    view = authenticated_call(agent, *customer, at)
    assert action_id in shown(view)
    about = {"contact_id": view.contact_id, "at": at}
    said = ResponseRecorded(
        event_id=new_id(), seq=3, decision_id=view.decision.decision_id, action_id=action_id, code=code, **about
    )
    ended = ContactEnded(event_id=new_id(), seq=20, cause="normal", duration_s=300, held_s=60, waited_s=9, **about)
    finished = WrapUpFinished(event_id=new_id(), seq=21, seconds=40, **about)
    assert [one["verdict"] for one in agent.post_events(said, ended, finished)] == ["accepted"] * 3
    assert [one["verdict"] for one in agent.post_events(finished)] == ["duplicate"]
    return view


def reviewed(data: Path) -> Figures:
    """What the lead is told of these days as soon as the four weeks that they are in are over."""
    today = now_utc().date()
    period = Period(first=today - timedelta(days=27), last=today)
    asked = TeamAsked(team_id="strom", filter=ReviewFilter(period=period), reason=ReviewReason.DATA_CHECK)
    with closing(Database(database_url(BackendConfig(data=data, resources=data)))) as database:
        store, catalogues = SqlStore(database), LiveCatalogues()
        with store.read() as unit:
            lead = Caller("lea", unit.access.recipient_code("lea") or "", frozenset({Role.TEAM_LEAD}))
        weeks, catching_up = Weeks(store, monotonic), CatchingUp(store, catalogues, now_utc)
        later = now_utc() + timedelta(weeks=8)
        service = ReviewService(store, catalogues, catching_up, Asking(weeks), weeks, lambda: later)
        return service.team(lead, asked, "de").total


def test_a_call_becomes_a_reminder_then_a_completion_and_everything_knows(tmp_path: Path) -> None:
    make_site(tmp_path)
    site = ("--data", str(tmp_path), "--port", "0", "--catalogue", str(catalogue(tmp_path)))
    with backend(*site) as running:
        people = clients(tmp_path, running.hello["url"])
        agent, machine = people["anna"], people["portal"]
        (number, caller), other = two_customers(tmp_path)
        for colleague in TEAM[1:]:
            call_of_a_week_ago(people[colleague], other, "SRV_BILL", ResponseCode.THINKING)
        a_week_ago = now_utc() - WEEK
        assert states(machine, caller)["SALES_SOLAR"] is TeaserState.OFFER
        view = call_of_a_week_ago(agent, (number, caller), "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
        decision_id = view.decision.decision_id

        head = {"contact_id": view.contact_id, "decision_id": decision_id, "action_id": "SALES_SOLAR"}
        promise = FollowUpPlanned(
            event_id=new_id(), seq=4, at=a_week_ago, kind=FollowUpKind.CALLBACK, due=a_week_ago.date(), **head
        )
        wrong = RecommendationQuestioned(
            event_id=new_id(), seq=5, at=a_week_ago, reason=FeedbackReason.OUT_OF_DATE, note="alter Preis", **head
        )
        assert [one["verdict"] for one in agent.post_events(promise, wrong)] == ["accepted"] * 2

        # Accepted is not sold: the portal reminds, and no call offers it meanwhile.
        reminder = teasers(machine, caller).teasers[0]
        assert (reminder.action_id, reminder.state, reminder.pending_decision_id) == (
            "SALES_SOLAR",
            TeaserState.CONFIRM,
            decision_id,
        )
        assert "SALES_SOLAR" not in shown(call(agent, number, caller))
        before = reviewed(tmp_path)
        assert (before.conversion.successes, before.conversion.trials) == (0, 5)
        assert (before.acceptance.successes, before.acceptance.trials) == (1, 5)
        assert before.with_action.handling == Duration(calls=5, mean_s=340.0)

        # A week later the back office says that it is done – twice, and to the agent's token, which may not.
        completed = OutcomeReported(
            event_id=new_id(),
            source="crm",
            at=now_utc(),
            customer_id=caller,
            action_id="SALES_SOLAR",
            code=OutcomeCode.COMPLETED,
        ).model_dump(mode="json")
        assert told(agent, completed) == ["refused"]
        assert told(machine, completed, completed | {"event_id": "nonsense"}) == ["accepted", "refused"]
        assert told(machine, completed) == ["duplicate"]

        assert "SALES_SOLAR" not in states(machine, caller)
        assert reviewed(tmp_path) == before.model_copy(update={"conversion": rate(1, 5)})
        after = call(agent, number, caller)
        assert "SALES_SOLAR" not in shown(after)
        (why_not,) = [one for one in after.decision.why_not if one.action_id == "SALES_SOLAR"]
        assert (why_not.rule, why_not.params["code"]) == ("already_accepted", "COMPLETED")

        # The promise waits in the agent's list until it is kept.
        listed = FollowUps.model_validate(agent.send("GET", "/v1/follow-ups").json())
        assert [(one.follow_up_id, one.late) for one in listed.follow_ups] == [(promise.event_id, True)]
        calendar = agent.send("GET", "/v1/follow-ups.ics")
        assert calendar.headers["content-type"].startswith("text/calendar")
        assert f"UID:{promise.event_id}@nba-desktop" in calendar.text
        assert machine.send("GET", "/v1/follow-ups").status_code == 403
        assert agent.send("POST", f"/v1/follow-ups/{promise.event_id}/done").status_code == 200
        assert agent.send("GET", "/v1/follow-ups").json()["follow_ups"] == []

        # The owner answers the agent.
        owner = people["olga"]
        waiting = OpenFeedbacks.model_validate(owner.send("GET", "/v1/feedback").json())
        assert [(one.feedback_id, one.note) for one in waiting.feedback] == [(wrong.event_id, "alter Preis")]
        answer = owner.send("POST", f"/v1/feedback/{wrong.event_id}/answer", json={"answer": "Berichtigt"})
        assert answer.status_code == 200, answer.text
        own = OwnFeedback.model_validate(agent.send("GET", "/v1/feedback/mine").json())
        assert [one.answer for one in own.feedback] == ["Berichtigt"]
        assert agent.send("GET", "/v1/feedback").status_code == 403

    with closing(sqlite3.connect(tmp_path / "backend.sqlite3")) as database:
        counted = database.execute("SELECT code, decision_id FROM outcomes").fetchall()
        assert counted == [("COMPLETED", decision_id.hex)]
        # The yes was learnt once: the completion says the same.
        assert database.execute("SELECT sum(sign), sum(sign * label) FROM learning_log").fetchone() == (1, 1.0)
