"""The review over HTTP: refusals say why, and answers are the contract's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReviewMode, Role
from nba_desktop.contract.review import (
    ActionReview,
    AgentReview,
    CoachingNote,
    OwnReview,
    ReviewChoices,
    TeamReview,
)
from tests.fakes.backend_site import Client
from tests.unit.backend.api.conftest import Backend

PERIOD = {"first": "2026-02-16", "last": "2026-03-15"}


@pytest.fixture
def lead(backend: Backend) -> Client:
    """Who leads a team with one agent."""
    client = backend.client(Role.TEAM_LEAD, agent_id="lea")
    backend.client(Role.AGENT, agent_id="tom")
    with backend.store.write() as unit:
        if unit.teams.add(TeamRow("strom", "Strom", now_utc())):
            unit.teams.set_lead("strom", "lea", leads=True)
            unit.teams.set_member(MemberRow("tom", now_utc().date() - timedelta(days=365), "strom"))
    return client


@pytest.fixture
def coaching(backend: Backend) -> Iterator[None]:
    def set_mode(mode: ReviewMode) -> None:
        now = now_utc()
        until = now.date() + timedelta(days=9)
        with backend.store.write() as unit:
            unit.review_log.add_mode(ReviewModeRow(mode, "BV", until, now, "carla"))

    set_mode(ReviewMode.COACHING)
    yield
    set_mode(ReviewMode.TEAM_ONLY)


def asked(**changes: Any) -> dict[str, Any]:
    return {"team_id": "strom", "filter": {"period": PERIOD}, "reason": "data_check"} | changes


def tom(backend: Backend) -> str:
    with backend.store.read() as unit:
        return unit.access.recipient_code("tom") or ""


def test_a_lead_asks_and_the_council_sees_that_he_did(backend: Backend, lead: Client) -> None:
    choices = ReviewChoices.model_validate_json(lead.send("GET", "/v1/review/choices?language=en").text)
    assert [one.code for one in choices.teams] == ["strom"]
    answer = lead.send("POST", "/v1/review/team?language=en", json=asked())
    assert answer.status_code == 200
    review = TeamReview.model_validate_json(answer.text)
    assert (review.head.team, review.head.mode, review.total.calls) == ("Strom", ReviewMode.TEAM_ONLY, 0)
    assert review.head.notice.startswith("Not for pay")
    council = backend.client(Role.WORKS_COUNCIL, agent_id="wanda")
    (access,) = council.send("GET", "/v1/review/accesses").json()
    assert (access["by"], access["reason"], access["agent"]) == ("lea", "data_check", None)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (asked(filter={"period": {"first": "2026-02-16", "last": "2026-03-14"}}), 422, "invalid_message"),
        (asked(filter={"period": {"first": "2026-03-14", "last": "2026-02-16"}}), 422, "invalid_message"),
        (asked(filter={"period": {"first": "2099-02-16", "last": "2099-03-29"}}), 422, "invalid_message"),
        (asked(team_id="gas"), 404, "not_found"),
        (asked(reason=None), 422, "invalid_message"),
        (asked(reason="curiosity"), 422, "invalid_message"),
    ],
)
def test_what_may_not_be_asked_is_a_problem(
    backend: Backend, lead: Client, body: dict[str, Any], status: int, code: str
) -> None:
    answer = lead.send("POST", "/v1/review/team", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_one_person_is_a_problem_without_an_agreement(backend: Backend, lead: Client) -> None:
    answer = lead.send("POST", "/v1/review/agent", json=asked(agent=tom(backend)))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "works agreement" in answer.json()["detail"]


@pytest.mark.usefixtures("coaching")
def test_with_one_lead_and_agent_see_the_same(backend: Backend, lead: Client) -> None:
    seen = lead.send("POST", "/v1/review/agent", json=asked(agent=tom(backend), reason="coaching_talk"))
    review = AgentReview.model_validate_json(seen.text)
    note = {"note_id": str(new_id()), "agent": tom(backend), "text": "Erst Nutzen nennen."}
    CoachingNote.model_validate_json(lead.send("POST", "/v1/review/notes", json=note).text)
    agent = backend.client(Role.AGENT, agent_id="tom")
    own = OwnReview.model_validate_json(agent.send("POST", "/v1/review/me", json={"filter": {"period": PERIOD}}).text)
    assert own.review is not None
    assert own.review.row == review.row
    assert [one.text for one in own.review.notes] == ["Erst Nutzen nennen."]
    assert own.accesses[0].agent == tom(backend)
    assert agent.send("GET", "/v1/review/accesses").json()[0]["agent"] == tom(backend)


def test_an_action_owner_sees_an_action(backend: Backend) -> None:
    owner = backend.client(Role.ACTION_OWNER, agent_id="olga")
    choices = ReviewChoices.model_validate_json(owner.send("GET", "/v1/review/choices").text)
    assert (choices.teams, choices.may_see_actions) == ((), True)
    answer = owner.send("POST", "/v1/review/actions/SRV_BILL?language=en", json={"period": PERIOD})
    assert ActionReview.model_validate_json(answer.text).title == "Explain the bill"
    missing = owner.send("POST", "/v1/review/actions/NO_SUCH", json={"period": PERIOD})
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
