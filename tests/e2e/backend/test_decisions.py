"""The decision engine as a real process on the sample site: calls and portal are one memory, which outlives a kill."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ResponseRecorded
from nba_desktop.contract.explanation import DecisionExplanation
from nba_desktop.contract.outcome import OutcomeReported
from nba_desktop.contract.teaser import Teasers
from tests.e2e.backend.test_process import Running, backend, embedded
from tests.e2e.calls import authenticated_call
from tests.e2e.processes import make_site, run_here
from tests.fakes.backend_site import PORTAL_CATALOGUE, Client


def call(agent: Client, number: str, customer_id: str) -> ContactView:
    return authenticated_call(agent, number, customer_id, now_utc())


def shown(view: ContactView) -> set[str]:
    return {one.action_id for one in view.decision.recommendations}


def teasers(machine: Client, customer_id: str) -> Teasers:
    answer = machine.send("GET", "/v1/teasers", params={"customer": customer_id, "placement": "home"})
    assert answer.status_code == 200, answer.text
    return Teasers.model_validate(answer.json())


def decline(agent: Client, view: ContactView, action_id: str, seq: int = 3) -> ResponseRecorded:
    no = ResponseRecorded(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=seq,
        at=now_utc(),
        decision_id=view.decision.decision_id,
        action_id=action_id,
        code=ResponseCode.DECLINED_NO_NEED,
    )
    assert [one["verdict"] for one in agent.post_events(no)] == ["accepted"]
    return no


def report(machine: Client, **values: Any) -> str:
    said = OutcomeReported(event_id=new_id(), source="portal", at=now_utc(), **values)
    answer = machine.send("POST", "/v1/outcomes", json={"outcomes": [said.model_dump(mode="json")]})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["verdicts"][0]["verdict"])


def two_customers(data: Path) -> list[tuple[str, str]]:
    """A number and its only customer, twice, of customers in different households without anything that stops sales."""
    with closing(sqlite3.connect(data / "backend.sqlite3")) as database:
        return database.execute(
            "SELECT min(e164), customer_id FROM customers JOIN customer_phones USING (customer_id)"
            " WHERE NOT open_complaint"
            """ AND facts NOT LIKE '%"vulnerable": true%' AND facts NOT LIKE '%_outage": true%'"""
            " AND customer_id NOT IN (SELECT customer_id FROM responses WHERE customer_id IS NOT NULL)"
            " AND customer_id NOT IN (SELECT customer_id FROM consent_events WHERE event = 'objected')"
            " GROUP BY household_id HAVING count(DISTINCT customer_id) = 1 ORDER BY customer_id LIMIT 2"
        ).fetchall()


def token(data: Path, agent: str, role: str) -> str:
    made = run_here("backend", "token", "create", "--data", str(data), "--agent", agent, "--role", role)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def clients(running: Running, data: Path) -> tuple[Client, Client]:
    url = running.hello["url"]
    return Client(url, token(data, "anna", "agent")), Client(url, token(data, "portal", "machine"))


def test_calls_and_portal_are_one_memory(tmp_path: Path) -> None:
    make_site(tmp_path)
    site = ("--data", str(tmp_path), "--port", "0", "--catalogue", str(PORTAL_CATALOGUE))
    with backend(*site) as running:
        agent, machine = clients(running, tmp_path)
        (number, caller), (other_number, visitor) = two_customers(tmp_path)

        # A "no" on the phone changes the next teaser …
        view = call(agent, number, caller)
        assert "SALES_SOLAR" in shown(view)
        assert "SALES_SOLAR" in {one.action_id for one in teasers(machine, caller).teasers}
        decline(agent, view, "SALES_SOLAR")
        assert "SALES_SOLAR" not in {one.action_id for one in teasers(machine, caller).teasers}

        # … and a teaser that is closed changes the next call.
        teased = teasers(machine, visitor)
        assert "SALES_SOLAR" in {one.action_id for one in teased.teasers}
        dismissed = {"decision_id": teased.decision_id, "action_id": "SALES_SOLAR", "customer_id": visitor}
        assert report(machine, code=OutcomeCode.TEASER_DISMISSED, **dismissed) == "accepted"
        after = call(agent, other_number, visitor)
        assert "SALES_SOLAR" not in shown(after)
        (why_not,) = [one for one in after.decision.why_not if one.action_id == "SALES_SOLAR"]
        assert why_not.params["code"] == "TEASER_DISMISSED"

        path = f"/v1/decisions/{view.decision.decision_id}/why"
        explained = DecisionExplanation.model_validate(agent.send("GET", path, params={"language": "en"}).json())
        assert {one.action_id for one in explained.shown} == shown(view)
        assert machine.send("GET", path).status_code == 403

        assert machine.send("PUT", "/v1/load", json={"load": "high"}).status_code == 200
        assert machine.send("GET", "/v1/load").json()["load"] == "high"


def test_what_was_learnt_outlives_a_kill(tmp_path: Path) -> None:
    make_site(tmp_path)
    site = embedded(tmp_path, "--catalogue", str(PORTAL_CATALOGUE))
    with backend(*site) as running:
        (number, caller), (other_number, other) = two_customers(tmp_path)
        before = _propensity(running.client, other_number, other)
        no = decline(running.client, call(running.client, number, caller), "SALES_SOLAR")
        learnt = _propensity(running.client, other_number, other)
        assert learnt < before
        running.process.send_signal(signal.SIGTERM if not hasattr(signal, "SIGKILL") else signal.SIGKILL)
        running.process.wait(20)
    with backend(*site) as running:
        # The outbox did not see the answer, and delivers again: learnt once.
        assert [one["verdict"] for one in running.client.post_events(no)] == ["duplicate"]
        assert abs(_propensity(running.client, other_number, other) - learnt) < 1e-6
        with closing(sqlite3.connect(tmp_path / "backend.sqlite3")) as database:
            assert database.execute("SELECT count(*) FROM learning_log").fetchone() == (1,)


def _propensity(agent: Client, number: str, customer_id: str) -> float:
    """How likely the solar roof is held to be for a customer."""
    recommendations = call(agent, number, customer_id).decision.recommendations
    (factors,) = [one.factors for one in recommendations if one.action_id == "SALES_SOLAR"]
    assert factors is not None
    return factors.propensity
