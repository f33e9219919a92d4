"""Why these and why not those: from the record, to whom it concerns, with no effect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from nba_desktop.backend.errors import Forbidden, InvalidMessage, NotFound, ReasonRequired
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.decisions import DecisionRow
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import NoRecommendation, Role, Stage
from nba_desktop.contract.events import ContactEnded
from tests.fakes.backend_calls import in_call, objection, tell
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import LISA, NOW, started
from tests.unit.backend.services.test_deciding import NOBODY_RANKED, changed, submit


def reader(services: Services, *roles: Role) -> Caller:
    with services.store.write() as unit:
        return Caller("rita", ensure_agent(unit.access, "rita", NOW), frozenset(roles))


def counts(services: Services) -> dict[str, int]:
    with services.store._database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_an_agent_asks_why_in_his_own_call_and_only_that_is_written(real: Services) -> None:
    view = in_call(real)
    before = counts(real)
    explained = real.why.why(real.agent, view.decision.decision_id, "de", "")
    assert [one.action_id for one in explained.shown] == ["SRV_BILL", "SALES_SOLAR"]
    assert explained.shown[0].title == "Rechnung erklären"
    assert [(one.action_id, one.rule) for one in explained.not_shown] == [("SALES_BOX", "skill_missing")]
    real.why.why(real.agent, view.decision.decision_id, "de", "")
    assert counts(real) == before | {"readings": before["readings"] + 1}


def test_the_answer_comes_in_both_languages(real: Services) -> None:
    decision_id = in_call(real).decision.decision_id
    assert real.why.why(real.agent, decision_id, "en", "").shown[0].title == "Explain the bill"
    assert real.why.why_not(real.agent, decision_id, "SALES_BOX", "en", "").title == "Charging box"


def test_it_is_what_the_panel_was_told(real: Services) -> None:
    view = in_call(real)
    explained = real.why.why(real.agent, view.decision.decision_id, "de", "")
    assert [(one.action_id, one.because, one.factors) for one in explained.shown] == [
        (one.action_id, one.because, one.factors) for one in view.decision.recommendations
    ]
    assert explained.not_shown == view.decision.why_not


def test_one_action_is_explained_alone(real: Services) -> None:
    view = in_call(real)
    tell(real, objection(view))
    again = in_call(real)
    missing = real.why.why_not(real.agent, again.decision.decision_id, "SALES_SOLAR", "de", "")
    assert (missing.stage, missing.rule) == (Stage.LEGAL, "advertising_objection")


def test_a_shown_action_has_no_why_not(real: Services) -> None:
    decision_id = in_call(real).decision.decision_id
    with pytest.raises(InvalidMessage, match="ask why"):
        real.why.why_not(real.agent, decision_id, "SRV_BILL", "de", "")
    with pytest.raises(NotFound, match="did not look at"):
        real.why.why_not(real.agent, decision_id, "MADE_UP", "de", "")


def test_before_authentication_there_is_only_the_reason_for_none(real: Services) -> None:
    start = started("+4915112345678")
    decision_id = real.contacts.start(real.agent, start).decision.decision_id
    explained = real.why.why(real.agent, decision_id, "de", "")
    assert (explained.shown, explained.none_because) == ((), NoRecommendation.NOT_AUTHENTICATED)
    with pytest.raises(NotFound):
        real.why.why_not(real.agent, decision_id, "SRV_BILL", "de", "")


def test_a_colleagues_call_and_the_portal_are_not_an_agents_to_ask_about(real: Services) -> None:
    in_a_call = in_call(real).decision.decision_id
    in_the_portal = real.teasers.teasers(real.portal, "c-lisa", "home", None).decision_id
    for decision_id in (in_a_call, in_the_portal):
        with pytest.raises(Forbidden):
            real.why.why(real.colleague, decision_id, "de", "Neugier")
    with pytest.raises(NotFound):
        real.why.why(real.agent, new_id(), "de", "")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ACTION_OWNER])
def test_analysts_and_action_owners_read_any_decision_and_the_reading_is_kept(real: Services, role: Role) -> None:
    caller = reader(real, role)
    decision_id = in_call(real).decision.decision_id
    with pytest.raises(ReasonRequired):
        real.why.why(caller, decision_id, "de", " ")
    answer = real.why.why(caller, decision_id, "de", "Beschwerde 17 ")
    assert answer.shown
    teased = real.teasers.teasers(real.portal, "c-lisa", "home", None)
    assert real.why.why(caller, teased.decision_id, "de", "Prüfung").placement == "home"
    assert [(row.agent_id, row.role, row.reason, row.customer_id) for row in kept(real.store, "read_why")] == [
        ("rita", role.value, "Beschwerde 17", "c-lisa"),
        ("rita", role.value, "Prüfung", "c-lisa"),
    ]


def test_an_agent_asks_without_a_reason_while_the_contact_is_open(real: Services) -> None:
    view = in_call(real)
    real.why.why(real.agent, view.decision.decision_id, "de", "")
    tell(real, ContactEnded(event_id=new_id(), contact_id=view.contact_id, seq=9, at=NOW, cause="normal", duration_s=9))
    real.clock.now = NOW + timedelta(minutes=60)
    with pytest.raises(ReasonRequired):
        real.why.why(real.agent, view.decision.decision_id, "de", "")
    real.why.why(real.agent, view.decision.decision_id, "de", "Rückfrage der Kundin")
    rows = kept(real.store, "read_why")
    assert [(row.basis, row.reason) for row in rows] == [("contact", ""), ("reason", "Rückfrage der Kundin")]


def test_the_answer_names_no_customer(real: Services) -> None:
    text = real.why.why(reader(real, Role.ANALYST), in_call(real).decision.decision_id, "de", "Prüfung")
    secrets = (LISA.customer_id, LISA.customer_no, LISA.last_name, LISA.street, "lisa@example.org", "+4915112345678")
    assert [secret for secret in secrets if secret in text.model_dump_json()] == []


def test_an_old_decision_is_explained_by_the_version_that_decided(real: Services) -> None:
    before = in_call(real)
    submit(real, changed(arms=NOBODY_RANKED), ("activated", None))
    explained = real.why.why(real.agent, before.decision.decision_id, "de", "")
    assert explained.catalogue_version == before.decision.catalogue_version
    assert [one.action_id for one in explained.shown] == ["SRV_BILL", "SALES_SOLAR"]


def test_a_decision_whose_version_is_not_kept_cannot_be_explained(real: Services) -> None:
    view = in_call(real)
    values: dict[str, Any] = {"customer_id": None, "decided_at": NOW, "model_version": "m", "arm": "ranked"}
    old = DecisionRow(
        decision_id=new_id(),
        contact_id=view.contact_id,
        catalogue_version="gone",
        none_because=None,
        shown=(),
        record="{}",
        **values,
    )
    with real.store.write() as unit:
        unit.decisions.add(old)
    with pytest.raises(NotFound, match="no version gone"):
        real.why.why(real.agent, old.decision_id, "de", "")
