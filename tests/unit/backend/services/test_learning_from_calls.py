"""Responses teach once, in the transaction that keeps them, and only what finally holds of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.decisions.teaching import learn_or_say
from nba_desktop.backend.store.schema.catalogues import catalogue_steps, catalogue_versions
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from tests.fakes.backend_calls import in_call, response, retraction, tell
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW
from tests.unit.backend.services.test_outcomes import learnt, standing

pytestmark = pytest.mark.usefixtures("each_store")


def propensity(services: Services) -> float:
    """How likely the solar roof is held to be, as the next call of Lisa's neighbour is told."""
    view = in_call(services, "c-ann")
    explained = services.why.why(services.agent, view.decision.decision_id, "de", "")
    (found,) = [one.factors.propensity for one in explained.shown if one.action_id == "SALES_SOLAR"]
    return found


def test_the_next_decision_knows_what_the_last_response_taught(real: Services) -> None:
    before = propensity(real)
    tell(real, response(in_call(real), "SALES_SOLAR", ResponseCode.ACCEPTED_DONE))
    raised = propensity(real)
    assert raised > before
    tell(real, response(in_call(real, "c-ann"), "SALES_SOLAR", ResponseCode.DECLINED_PRICE))
    real.clock.now = NOW + timedelta(days=1)
    assert propensity(real) < raised


def test_a_response_that_is_delivered_again_is_learnt_once(real: Services) -> None:
    said = response(in_call(real), "SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    assert tell(real, said, said) == ["accepted", "duplicate"]
    assert tell(real, said) == ["duplicate"]
    assert learnt(real) == [("SALES_SOLAR", 1, 1.0)]


def test_a_response_that_is_taken_back_is_unlearnt(real: Services) -> None:
    before = propensity(real)
    view = in_call(real)
    said = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    assert tell(real, said, retraction(view, said)) == ["accepted", "accepted"]
    assert learnt(real) == [("SALES_SOLAR", 1, 1.0), ("SALES_SOLAR", -1, 1.0)]
    assert propensity(real) == pytest.approx(before)


def test_of_contradicting_responses_the_last_that_stands_counts(real: Services) -> None:
    view = in_call(real)
    yes = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE, 3)
    # A clock that was set back between the two does not make the second the first.
    no = response(view, "SALES_SOLAR", ResponseCode.DECLINED_PRICE, 4, NOW - timedelta(hours=2))
    tell(real, yes, no)
    assert standing(real) == [0.0]
    tell(real, retraction(view, no, 5))
    assert standing(real) == [1.0]


@pytest.mark.parametrize("first", [0, 1])
def test_the_order_of_delivery_does_not_change_what_is_learnt(real: Services, first: int) -> None:
    view = in_call(real)
    said = [
        response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE, 3),
        response(view, "SALES_SOLAR", ResponseCode.DECLINED_PRICE, 4),
    ]
    assert tell(real, said[first], said[1 - first]) == ["accepted", "accepted"]
    assert standing(real) == [0.0]


@pytest.mark.parametrize(
    "code",
    [
        ResponseCode.NOT_ADDRESSED_MOOD,
        ResponseCode.NOT_ADDRESSED_TIME,
        ResponseCode.NOT_ADDRESSED_UNSUITABLE,
        ResponseCode.CALL_DROPPED,
        ResponseCode.NO_CODE,
        ResponseCode.THINKING,
    ],
)
def test_what_says_nothing_about_the_wish_teaches_nothing(real: Services, code: ResponseCode) -> None:
    assert tell(real, response(in_call(real), "SALES_SOLAR", code)) == ["accepted"]
    assert learnt(real) == []


def test_a_response_of_an_unknown_decision_is_refused_and_teaches_nothing(real: Services) -> None:
    view = in_call(real)
    said = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    assert tell(
        real,
        said.model_copy(update={"decision_id": new_id()}),
        said.model_copy(update={"event_id": new_id(), "action_id": "SALES_BOX"}),
    ) == ["not_found", "invalid_message"]
    assert learnt(real) == []
    assert real.learn.told == []


def test_a_response_without_decision_or_action_is_kept_and_teaches_nothing(real: Services) -> None:
    view = in_call(real)
    said = response(view, "SALES_SOLAR", ResponseCode.NO_CODE)
    assert tell(
        real,
        said.model_copy(update={"decision_id": None}),
        said.model_copy(update={"event_id": new_id(), "action_id": None}),
    ) == ["accepted", "accepted"]
    assert real.learn.told == []


@pytest.mark.expected_log(r"nothing was learnt of decision .*: there is no version")
def test_an_answer_whose_version_is_gone_is_not_refused_and_the_log_says_so(real: Services) -> None:
    view = in_call(real)
    with real.store.write() as unit:
        unit._connection.execute(delete(catalogue_steps))
        unit._connection.execute(delete(catalogue_versions))
        learner = Learner(real.store, LiveCatalogues().of_version, real.clock)
        learn_or_say(learner, unit, view.decision.decision_id, "SALES_SOLAR", new_id())
