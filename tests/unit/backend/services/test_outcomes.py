"""What other systems say: each once, of the right recommendation, and the model learns what finally holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.messages import UnreadableEvent
from nba_desktop.backend.store.schema.learning import learning_log
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ActionsShown, ConcernChosen
from nba_desktop.contract.problems import FieldProblem
from tests.fakes.backend_calls import in_call, outcome, report, response, retraction, tell
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW

pytestmark = pytest.mark.usefixtures("each_store")

LATER = NOW + timedelta(days=9)
TEASED = (OutcomeCode.TEASER_SEEN, OutcomeCode.TEASER_CLICKED, OutcomeCode.TEASER_DISMISSED)


def kept(services: Services) -> list[tuple[OutcomeCode, UUID | None]]:
    with services.store._database.reading() as connection:
        rows = connection.execute(select(outcomes).order_by(outcomes.c.at, outcomes.c.event_id)).all()
    return [(OutcomeCode(row.code), row.decision_id) for row in rows]


def learnt(services: Services) -> list[tuple[str, int, float]]:
    """Every update of the model: action, sign and label."""
    with services.store._database.reading() as connection:
        rows = connection.execute(select(learning_log).order_by(learning_log.c.position)).all()
    return [(row.action_id, row.sign, row.label) for row in rows]


def standing(services: Services) -> list[float]:
    """The labels of the updates that were not taken back."""
    labels: list[float] = []
    for _, sign, label in learnt(services):
        labels.append(label) if sign > 0 else labels.remove(label)
    return labels


def accepted(services: Services, code: ResponseCode = ResponseCode.ACCEPTED_PENDING) -> ContactView:
    view = in_call(services)
    assert tell(services, response(view, "SALES_SOLAR", code)) == ["accepted"]
    return view


def test_a_completion_days_later_belongs_to_its_recommendation(real: Services) -> None:
    view = accepted(real)
    assert report(real, outcome(LATER, OutcomeCode.COMPLETED, view.decision.decision_id)) == ["accepted"]
    assert kept(real) == [(OutcomeCode.COMPLETED, view.decision.decision_id)]
    assert standing(real) == [1.0]


@pytest.mark.parametrize("code", [OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER, OutcomeCode.PENDING_LAPSED])
def test_a_yes_that_did_not_hold_is_unlearnt_and_learnt_as_a_no(real: Services, code: OutcomeCode) -> None:
    view = accepted(real)
    assert standing(real) == [1.0]
    assert report(real, outcome(LATER, code, view.decision.decision_id)) == ["accepted"]
    assert standing(real) == [0.0]


def test_an_outcome_without_decision_belongs_to_the_newest_acceptance_that_stands(real: Services) -> None:
    first = accepted(real)
    real.clock.now = NOW + timedelta(days=400)
    second = in_call(real)
    unsaid = response(second, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    assert tell(real, unsaid, retraction(second, unsaid)) == ["accepted", "accepted"]
    third = in_call(real)
    tell(
        real,
        response(third, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE),
        response(third, "SALES_SOLAR", ResponseCode.DECLINED_PRICE, 4),
    )
    assert report(real, outcome(real.clock.now, OutcomeCode.COMPLETED)) == ["accepted"]
    assert kept(real) == [(OutcomeCode.COMPLETED, first.decision.decision_id)]


def test_of_two_acceptances_the_one_before_the_outcome_counts(real: Services) -> None:
    first = accepted(real)
    real.clock.now = NOW + timedelta(days=400)
    second = accepted(real)
    late, today = outcome(LATER, OutcomeCode.COMPLETED), outcome(real.clock.now, OutcomeCode.COMPLETED)
    assert report(real, late, today) == ["accepted", "accepted"]
    assert [decision for _, decision in kept(real)] == [first.decision.decision_id, second.decision.decision_id]


def test_a_date_without_its_hour_still_finds_the_acceptance_of_that_day(real: Services) -> None:
    view = accepted(real)
    assert report(real, outcome(NOW.replace(hour=0, minute=0), OutcomeCode.COMPLETED)) == ["accepted"]
    assert kept(real) == [(OutcomeCode.COMPLETED, view.decision.decision_id)]


def test_an_outcome_of_no_recommendation_is_kept_and_not_learnt(real: Services) -> None:
    assert report(real, outcome(NOW, OutcomeCode.COMPLETED)) == ["accepted"]
    assert kept(real) == [(OutcomeCode.COMPLETED, None)]
    assert learnt(real) == []


def test_the_customer_is_named_by_id_or_by_number(real: Services) -> None:
    by_number = outcome(NOW, OutcomeCode.COMPLETED, customer_id=None, customer_no="k-104 233")
    assert report(real, by_number) == ["accepted"]
    with real.store.read() as unit:
        row = unit.outcomes.by_id(by_number.event_id)
    assert row is not None
    assert (row.customer_id, row.source, row.received_at) == ("c-lisa", "crm", NOW)


@pytest.mark.parametrize("keys", [{"customer_id": None}, {"customer_no": "K-104233"}, {"customer_id": ""}])
def test_an_outcome_names_one_customer_in_one_way(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        outcome(NOW, OutcomeCode.COMPLETED, **keys)


def decided_again(services: Services, view: ContactView) -> ContactView:
    concern = ConcernChosen(event_id=new_id(), contact_id=view.contact_id, seq=3, at=services.clock.now, concern="bill")
    again = services.contacts.step(services.agent, view.contact_id, concern)
    assert again.decision.decision_id != view.decision.decision_id
    return again


@pytest.mark.parametrize("yes_first", [True, False])
def test_a_call_that_is_decided_again_comes_to_one_example(real: Services, yes_first: bool) -> None:
    first = in_call(real)
    second = decided_again(real, first)
    yes = response(first, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE, 4)
    no = response(second, "SALES_SOLAR", ResponseCode.DECLINED_PRICE, 5)
    assert tell(real, *((yes, no) if yes_first else (no, yes))) == ["accepted", "accepted"]
    assert standing(real) == [0.0]
    assert tell(real, retraction(second, no, 6)) == ["accepted"]
    assert standing(real) == [1.0]
    assert tell(real, retraction(first, yes, 7)) == ["accepted"]
    assert standing(real) == []


@pytest.mark.parametrize("accepted_first", [True, False])
def test_a_yes_under_one_decision_is_revoked_under_another_of_its_call(real: Services, accepted_first: bool) -> None:
    first = in_call(real)
    second = decided_again(real, first)
    said, undone = (first, second) if accepted_first else (second, first)
    assert tell(real, response(said, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING, 4)) == ["accepted"]
    assert report(real, outcome(LATER, OutcomeCode.REVOKED, undone.decision.decision_id)) == ["accepted"]
    assert standing(real) == [0.0]


@pytest.mark.parametrize("completed_first", [True, False])
def test_of_outcomes_of_the_same_moment_the_revocation_counts(real: Services, completed_first: bool) -> None:
    decision_id = accepted(real).decision.decision_id
    ids = sorted((new_id(), new_id()), key=lambda one: one.hex, reverse=not completed_first)
    codes = (OutcomeCode.COMPLETED, OutcomeCode.REVOKED)
    same = [outcome(LATER, code, decision_id, event_id=one) for code, one in zip(codes, ids, strict=True)]
    assert report(real, *same) == ["accepted", "accepted"]
    assert standing(real) == [0.0]


def test_an_outcome_that_comes_again_counts_once_and_is_learnt_once(real: Services) -> None:
    view = accepted(real)
    done = outcome(LATER, OutcomeCode.REVOKED, view.decision.decision_id)
    found = outcome(LATER, OutcomeCode.PENDING_LAPSED)
    assert report(real, done, done, found) == ["accepted", "duplicate", "accepted"]
    before = learnt(real)
    assert report(real, found, done) == ["duplicate", "duplicate"]
    assert learnt(real) == before
    assert len(kept(real)) == 2


def test_another_outcome_under_a_known_id_is_a_conflict(real: Services) -> None:
    view = accepted(real)
    done = outcome(LATER, OutcomeCode.COMPLETED, view.decision.decision_id)
    others: list[dict[str, Any]] = [
        {"code": OutcomeCode.REVOKED},
        {"at": NOW},
        {"source": "other"},
        {"action_id": "SRV_BILL"},
        {"decision_id": new_id()},
        {"customer_id": "c-ann"},
    ]
    assert report(real, done, *(done.model_copy(update=one) for one in others)) == ["accepted", *["conflict"] * 6]
    assert len(kept(real)) == 1


def test_an_id_is_of_an_outcome_or_of_an_event_of_a_contact(real: Services) -> None:
    view = in_call(real)
    said = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_DONE)
    done = outcome(NOW, OutcomeCode.COMPLETED)
    assert report(real, done) == ["accepted"]
    assert tell(real, said.model_copy(update={"event_id": done.event_id}), said) == ["conflict", "accepted"]
    assert report(real, done.model_copy(update={"event_id": said.event_id})) == ["conflict"]


def test_an_outcome_must_be_of_what_was_recommended_to_that_customer(real: Services) -> None:
    view = accepted(real)
    decision_id = view.decision.decision_id
    assert report(
        real,
        outcome(NOW, OutcomeCode.COMPLETED, new_id()),
        outcome(NOW, OutcomeCode.COMPLETED, decision_id, customer_id="c-ann"),
        outcome(NOW, OutcomeCode.COMPLETED, decision_id, action_id="SALES_BOX"),
        outcome(NOW, OutcomeCode.COMPLETED, customer_id="c-nobody"),
    ) == ["not_found", "invalid_message", "invalid_message", "unknown_customer"]
    assert kept(real) == []


def test_an_action_that_no_catalogue_has_and_nobody_was_offered_is_refused_with_a_guess(real: Services) -> None:
    typed, nonsense = (outcome(NOW, OutcomeCode.COMPLETED, action_id=one) for one in ("SALES_SOLLAR", "NOPE"))
    verdicts = real.outcomes.record((typed, nonsense)).verdicts
    details = [one.problem.detail for one in verdicts if one.problem is not None]
    assert [one.verdict for one in verdicts] == ["refused", "refused"]
    assert "did you mean 'SALES_SOLAR'? Report it by its id" in (details[0] or "")
    assert (details[1] or "").endswith("recommended to this customer: Report it by its id in the catalogue")
    assert kept(real) == []


def test_an_action_of_an_older_version_of_the_catalogue_is_known(real: Services) -> None:
    with real.store.write() as unit:
        (now,) = unit.catalogues.versions()
        old = {name: text.replace("SALES_SOLAR", "SALES_SUN") for name, text in now.files.items()}
        for files in (old, {"one.yaml": "actions: [SALES_MOON]"}):
            unit.catalogues.add(replace(now, version=catalogue_version(files), files=files))
    codes = ("SALES_SUN", "SALES_MOON", "SALES_STAR")
    assert report(real, *(outcome(NOW, OutcomeCode.COMPLETED, action_id=one) for one in codes)) == [
        "accepted", "accepted", "invalid_message",
    ]  # fmt: skip


@pytest.mark.parametrize("code", TEASED)
def test_what_became_of_a_teaser_needs_the_decision_that_showed_it(real: Services, code: OutcomeCode) -> None:
    view = in_call(real)
    teased = real.teasers.teasers(real.portal, "c-lisa", "bill_page", None).decision_id
    assert report(
        real,
        outcome(NOW, code),
        outcome(NOW, code, view.decision.decision_id),
        outcome(NOW, code, teased),
        outcome(NOW, code, teased, action_id="SRV_BILL"),
    ) == ["invalid_message", "invalid_message", "invalid_message", "accepted"]


def test_a_teaser_that_is_dismissed_teaches_a_little_and_one_that_is_seen_nothing(real: Services) -> None:
    teased = real.teasers.teasers(real.portal, "c-lisa", "home", None).decision_id
    report(real, *(outcome(NOW, code, teased) for code in TEASED[:2]))
    assert learnt(real) == []
    report(real, outcome(NOW, OutcomeCode.TEASER_DISMISSED, teased))
    assert learnt(real) == [("SALES_SOLAR", 1, 0.0)]
    report(real, outcome(LATER, OutcomeCode.COMPLETED, teased))
    assert standing(real) == [1.0]


@pytest.mark.parametrize("at", [datetime(1999, 12, 31, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)])
def test_what_no_database_keeps_is_refused_alone(real: Services, at: datetime) -> None:
    unreadable = UnreadableEvent(new_id(), (FieldProblem(where="code", message="missing"),))
    answer = real.outcomes.record([outcome(at, OutcomeCode.COMPLETED), unreadable, outcome(NOW, OutcomeCode.COMPLETED)])
    assert [one.verdict for one in answer.verdicts] == ["refused", "refused", "accepted"]
    assert [one.problem.code.value for one in answer.verdicts if one.problem] == ["invalid_message"] * 2


def test_a_refusal_repeats_nothing_that_was_said(real: Services) -> None:
    answer = real.outcomes.record([outcome(NOW, OutcomeCode.COMPLETED, customer_id="Frau-Müller")])
    assert "Müller" not in answer.model_dump_json()


def test_answers_and_outcomes_are_kept_with_the_group_of_their_decision(real: Services) -> None:
    view = accepted(real)
    shown = ActionsShown(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=9,
        at=NOW,
        decision_id=view.decision.decision_id,
        action_ids=("SALES_SOLAR",),
    )
    assert tell(real, shown) == ["accepted"]
    named = outcome(LATER, OutcomeCode.COMPLETED, view.decision.decision_id)
    assert report(real, named, outcome(LATER, OutcomeCode.REVOKED)) == ["accepted", "accepted"]
    # Who says it again does not know the group either.
    assert report(real, named) == ["duplicate"]
    with real.store.read() as unit:
        past = unit.decisions.past_responses("c-lisa")
        (seen,) = unit.decisions.past_exposures("c-lisa", NOW)
    assert [one.group for one in past] == ["solar"] * 3
    assert (seen.action_id, seen.group) == ("SALES_SOLAR", "solar")


def test_a_partners_yes_that_was_revoked_does_not_rest_the_household(real: Services) -> None:
    accepted(real)
    assert report(real, outcome(LATER, OutcomeCode.REVOKED)) == ["accepted"]
    with real.store.read() as unit:
        past = unit.decisions.past_responses("c-jan")
    assert [(one.code, one.household) for one in past] == [
        (ResponseCode.ACCEPTED_PENDING, True),
        (OutcomeCode.REVOKED, True),
    ]
