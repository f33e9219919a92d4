"""One batch for agents and for other systems: each entry is judged by itself, and by who says it."""

from __future__ import annotations

from uuid import UUID

import pytest

from nba_desktop.backend.decisions.intake import Intake
from nba_desktop.backend.messages import UnreadableEvent
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, ResponseCode, Role
from nba_desktop.contract.problems import FieldProblem
from tests.fakes.backend_calls import in_call, outcome, response
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW

CRM = Caller("crm", "R-1", frozenset({Role.MACHINE}))


@pytest.fixture
def intake(real: Services) -> Intake:
    return Intake(real.store, real.events, real.outcomes)


def verdicts(intake: Intake, caller: Caller, *entries: object) -> list[str]:
    said = intake.record(caller, entries)  # type: ignore[arg-type]
    return [one.problem.code.value if one.problem else one.verdict for one in said.verdicts]


def test_other_systems_report_outcomes_each_once(real: Services, intake: Intake) -> None:
    completed = outcome(NOW, OutcomeCode.COMPLETED)
    assert verdicts(intake, CRM, completed) == ["accepted"]
    assert verdicts(intake, CRM, completed) == ["duplicate"]
    assert verdicts(intake, CRM, completed.model_copy(update={"code": OutcomeCode.REVOKED})) == ["conflict"]


def test_who_says_what_decides_and_nothing_is_refused_because_of_its_neighbour(real: Services, intake: Intake) -> None:
    view = in_call(real)
    said = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
    completed = outcome(NOW, OutcomeCode.COMPLETED)
    broken = UnreadableEvent(UUID(int=7), (FieldProblem(where="type", message="unknown"),))
    assert verdicts(intake, real.agent, completed, broken, said) == ["forbidden", "invalid_message", "accepted"]
    other = response(view, "SALES_BOX", ResponseCode.ACCEPTED_PENDING, 4)
    assert verdicts(intake, CRM, other, completed, broken) == ["forbidden", "accepted", "invalid_message"]


def test_whoever_is_both_may_say_both_in_their_order(real: Services, intake: Intake) -> None:
    both = Caller(real.agent.agent_id, real.agent.recipient_code, frozenset({Role.AGENT, Role.MACHINE}))
    view = in_call(real)
    yes = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
    done = outcome(NOW, OutcomeCode.COMPLETED, view.decision.decision_id)
    assert verdicts(intake, both, yes, done) == ["accepted", "accepted"]
    with real.store.read() as unit:
        assert unit.decisions.codes(view.decision.decision_id, "SALES_SOLAR") == (
            ResponseCode.ACCEPTED_PENDING,
            OutcomeCode.COMPLETED,
        )


def test_an_id_is_used_once_for_either(real: Services, intake: Intake) -> None:
    view = in_call(real)
    yes = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
    assert verdicts(intake, real.agent, yes) == ["accepted"]
    assert verdicts(intake, CRM, outcome(NOW, OutcomeCode.COMPLETED, event_id=yes.event_id)) == ["conflict"]
    assert verdicts(intake, CRM, outcome(NOW, OutcomeCode.COMPLETED, event_id=new_id())) == ["accepted"]
