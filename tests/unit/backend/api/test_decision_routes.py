"""Teasers, outcomes, load and reasons over HTTP, as the contract's models."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Load, OutcomeCode, ResponseCode, Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import BatchVerdict, ResponseRecorded
from nba_desktop.contract.explanation import DecisionExplanation
from nba_desktop.contract.load import LoadState
from nba_desktop.contract.outcome import OutcomeBatch, OutcomeReported
from nba_desktop.contract.recommendation import WhyNot
from nba_desktop.contract.teaser import Teasers
from tests.fakes.backend_site import Client, authenticated, started
from tests.unit.backend.api.conftest import Backend

NO_ID = "00000000-0000-0000-0000-000000000000"


def call(portal: Backend) -> ContactView:
    start = started("+4915112345678")
    portal.agent.post("/v1/contacts", start)
    answer = portal.agent.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id))
    return ContactView.model_validate(answer.json())


def teasers(machine: Client, customer: str = "c-lisa") -> Teasers:
    answer = machine.send("GET", "/v1/teasers", params={"customer": customer, "placement": "home"})
    assert answer.status_code == 200, answer.text
    return Teasers.model_validate(answer.json())


def outcome(code: OutcomeCode, decision_id: UUID | None, action_id: str = "SALES_SOLAR") -> OutcomeReported:
    return OutcomeReported(
        event_id=new_id(),
        source="portal",
        at=now_utc(),
        customer_id="c-ann",
        decision_id=decision_id,
        action_id=action_id,
        code=code,
    )


def report(machine: Client, *outcomes: Any) -> BatchVerdict:
    body = {"outcomes": [one.model_dump(mode="json") if hasattr(one, "model_dump") else one for one in outcomes]}
    answer = machine.send("POST", "/v1/outcomes", json=body)
    assert answer.status_code == 200, answer.text
    return BatchVerdict.model_validate(answer.json())


def test_a_no_in_a_call_and_a_teaser_that_is_dismissed_count_for_each_other(portal: Backend) -> None:
    machine = portal.client(Role.MACHINE)
    view = call(portal)
    no = ResponseRecorded(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=3,
        at=now_utc(),
        decision_id=view.decision.decision_id,
        action_id="SALES_SOLAR",
        code=ResponseCode.DECLINED_NO_NEED,
    )
    assert "SALES_SOLAR" in {one.action_id for one in teasers(machine).teasers}
    assert [one["verdict"] for one in portal.agent.post_events(no)] == ["accepted"]
    assert "SALES_SOLAR" not in {one.action_id for one in teasers(machine).teasers}
    shown = teasers(machine, "c-ann")
    assert [one.verdict for one in report(machine, outcome(OutcomeCode.TEASER_DISMISSED, shown.decision_id)).verdicts]
    assert "SALES_SOLAR" not in {one.action_id for one in teasers(machine, "K-200111").teasers}


def test_a_broken_outcome_is_refused_alone(portal: Backend) -> None:
    good = outcome(OutcomeCode.COMPLETED, None)
    raw = good.model_dump(mode="json")
    broken = [
        raw | {"event_id": str(new_id()), "code": "ACCEPTED_DONE"},
        raw | {"event_id": str(new_id()), "customer_no": "K-104233"},
        {"event_id": "no id"},
    ]
    answer = report(portal.client(Role.MACHINE), *broken, 7, None, good, good)
    assert [one.verdict for one in answer.verdicts] == [*["refused"] * 5, "accepted", "duplicate"]
    assert [str(one.event_id) for one in answer.verdicts[2:5]] == [NO_ID] * 3
    assert {one.problem.code.value for one in answer.verdicts if one.problem} == {"invalid_message"}


def test_what_the_contract_writes_is_what_the_backend_reads(portal: Backend) -> None:
    body = OutcomeBatch(outcomes=(outcome(OutcomeCode.COMPLETED, None),)).model_dump_json()
    machine = portal.client(Role.MACHINE)
    answer = machine.send("POST", "/v1/outcomes", data=body, headers={"Content-Type": "application/json"})
    assert [one.verdict for one in BatchVerdict.model_validate(answer.json()).verdicts] == ["accepted"]


def test_the_load_is_read_and_set(portal: Backend) -> None:
    lead = portal.client(Role.TEAM_LEAD)
    assert LoadState.model_validate(lead.send("GET", "/v1/load").json()) == LoadState(load=Load.NORMAL)
    answer = LoadState.model_validate(lead.send("PUT", "/v1/load", json={"load": "high"}).json())
    assert answer.load is Load.HIGH
    assert answer.since is not None
    machine = portal.client(Role.MACHINE)
    assert LoadState.model_validate(machine.send("GET", "/v1/load").json()) == answer
    assert machine.send("PUT", "/v1/load", json={"load": "normal"}).status_code == 200


def test_an_agent_asks_why_and_why_not(portal: Backend) -> None:
    view = call(portal)
    path = f"/v1/decisions/{view.decision.decision_id}"
    for language, title in (("de", "Rechnung erklären"), ("en", "Explain the bill")):
        answer = portal.agent.send("GET", f"{path}/why", params={"language": language})
        explained = DecisionExplanation.model_validate(answer.json())
        assert explained.shown[0].title == title
    missing = WhyNot.model_validate(portal.agent.send("GET", f"{path}/why-not/SALES_BOX").json())
    assert (missing.rule, missing.title) == ("skill_missing", "Ladebox")
    assert portal.agent.send("GET", f"{path}/why-not/SRV_BILL").status_code == 422
    assert portal.client(Role.AGENT, agent_id="ben").send("GET", f"{path}/why").status_code == 403


def test_an_analyst_says_why_he_reads(portal: Backend) -> None:
    path = f"/v1/decisions/{call(portal).decision.decision_id}/why"
    analyst = portal.client(Role.ANALYST, agent_id="rita")
    assert analyst.send("GET", path).json()["code"] == "reason_required"
    answer = analyst.send("GET", path, params={"reason": "Prüfung"})
    assert answer.status_code == 200
    assert "c-lisa" not in answer.text


def test_readiness_and_reasons_name_the_live_version(portal: Backend) -> None:
    version = portal.agent.send("GET", "/readyz").json()["catalogue_version"]
    assert portal.agent.send("GET", "/v1/catalogue").json()["version"] == version
    assert call(portal).decision.catalogue_version == version
