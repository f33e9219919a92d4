"""The closed loop as a real process: a call, a reminder in the portal, a completion a week later, and it is over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import FeedbackReason, FollowUpKind, OutcomeCode, ResponseCode, TeaserState
from nba_desktop.contract.events import FollowUpPlanned, RecommendationQuestioned, ResponseRecorded
from nba_desktop.contract.feedback import OpenFeedbacks, OwnFeedback
from nba_desktop.contract.follow_up import FollowUps
from nba_desktop.contract.outcome import OutcomeReported
from tests.e2e.backend.test_decisions import call, clients, shown, teasers, token, two_customers
from tests.e2e.backend.test_process import backend
from tests.e2e.calls import authenticated_call
from tests.fakes.backend_site import PORTAL_CATALOGUE, Client

WEEK = timedelta(days=7)


def states(machine: Client, customer_id: str) -> dict[str, TeaserState]:
    return {one.action_id: one.state for one in teasers(machine, customer_id).teasers}


def told(client: Client, *messages: dict[str, Any]) -> list[str]:
    answer = client.send("POST", "/v1/events", json={"events": list(messages)})
    assert answer.status_code == 200, answer.text
    return [one["verdict"] for one in answer.json()["verdicts"]]


def test_a_call_becomes_a_reminder_then_a_completion_and_everything_knows(tmp_path: Path) -> None:
    site = ("--data", str(tmp_path), "--port", "0", "--catalogue", str(PORTAL_CATALOGUE), "--samples")
    with backend(*site) as running:
        agent, machine = clients(running, tmp_path)
        number, caller = two_customers(tmp_path)[0]
        a_week_ago = now_utc() - WEEK
        view = authenticated_call(agent, number, caller, a_week_ago)
        decision_id = view.decision.decision_id
        assert "SALES_SOLAR" in shown(view)
        assert states(machine, caller)["SALES_SOLAR"] is TeaserState.OFFER

        head = {"contact_id": view.contact_id, "decision_id": decision_id, "action_id": "SALES_SOLAR"}
        yes = ResponseRecorded(event_id=new_id(), seq=3, at=a_week_ago, code=ResponseCode.ACCEPTED_PENDING, **head)
        promise = FollowUpPlanned(
            event_id=new_id(), seq=4, at=a_week_ago, kind=FollowUpKind.CALLBACK, due=a_week_ago.date(), **head
        )
        wrong = RecommendationQuestioned(
            event_id=new_id(), seq=5, at=a_week_ago, reason=FeedbackReason.OUT_OF_DATE, note="alter Preis", **head
        )
        assert [one["verdict"] for one in agent.post_events(yes, promise, wrong)] == ["accepted"] * 3

        # Accepted is not sold: the portal reminds, and no call offers it meanwhile.
        reminder = teasers(machine, caller).teasers[0]
        assert (reminder.action_id, reminder.state, reminder.pending_decision_id) == (
            "SALES_SOLAR",
            TeaserState.CONFIRM,
            decision_id,
        )
        assert "SALES_SOLAR" not in shown(call(agent, number, caller))

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
        owner = Client(running.hello["url"], token(tmp_path, "olga", "action_owner"))
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
