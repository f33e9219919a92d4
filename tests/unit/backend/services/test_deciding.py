"""Around a decision: version, arm, load, agent, seed and record; the same for calls and for the portal."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.decisions.deciding import installation_salt
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.backend.rows.learning import SnapshotRow
from nba_desktop.backend.store.schema.decisions import decisions, portal_decisions, shadow_decisions
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Load, NoRecommendation, ResponseCode
from nba_desktop.contract.events import ActionAddressed, ActionsShown, ConcernSolved
from tests.fakes.backend_calls import in_call, response, shown, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE, started


def rows(services: Services, table: Any) -> list[Any]:
    with services.store._database.reading() as connection:
        return list(connection.execute(select(table)).all())


def submit(services: Services, files: dict[str, str], *steps: tuple[str, int | None]) -> str:
    """Put another version into the store and take it through steps that people took."""
    version = catalogue_version(files)
    with services.store.write() as unit:
        unit.catalogues.add(VersionRow(version, files, NOW, "carla", ""))
        for step, percent in (("submitted", None), ("approved", None), *steps):
            actor = "dora" if step == "approved" else "carla"
            unit.catalogues.append_step(StepRow(version, step, actor, NOW, percent, ""))
    return version


def changed(**changes: str) -> dict[str, str]:
    """The catalogue with texts replaced: `old=new` by what they begin with."""
    ((name, text),) = files_at(PORTAL_CATALOGUE).items()
    for old, new in changes.items():
        line = next(one for one in text.splitlines() if one.startswith(f"{old}:"))
        text = text.replace(line, f"{old}: {new}")
    return {name: text}


NOBODY_RANKED = "{ranked: 0, without_levers: 0, random: 0, nothing: 100}"


def test_a_decision_keeps_everything_it_was_made_with(real: Services) -> None:
    view = in_call(real)
    _, row = rows(real, decisions)
    record = json.loads(row.record)
    assert record["decision_id"] == str(view.decision.decision_id)
    assert record["contact_id"] == str(view.contact_id)
    assert (record["customer_id"], record["arm"], record["load"], record["channel"]) == (
        "c-lisa",
        "ranked",
        "normal",
        "call",
    )
    assert (row.arm, row.model_version, row.catalogue_version) == (
        "ranked",
        record["model_version"],
        record["catalogue_version"],
    )
    assert record["slate"] == shown(view)
    assert {one["action_id"] for one in record["candidates"]} >= set(shown(view))


def test_the_list_is_drawn_by_the_contact_so_that_it_does_not_change_by_itself(services: Services) -> None:
    view = in_call(services)
    assert {one.seed for one in services.decide.asked} == {str(view.contact_id)}


def test_skills_and_authority_of_the_agent_reach_the_decision(services: Services) -> None:
    in_call(services)
    assert (services.decide.asked[-1].agent_skills, services.decide.asked[-1].authority) == (frozenset(), None)
    with services.store.write() as unit:
        unit.access.set_profile(AgentProfile("anna", "Anna", frozenset({"charging"}), "senior"))
    in_call(services)
    assert (services.decide.asked[-1].agent_skills, services.decide.asked[-1].authority) == (
        frozenset({"charging"}),
        "senior",
    )


def test_an_action_that_asks_for_a_skill_is_shown_to_who_has_it(real: Services) -> None:
    assert "SALES_BOX" not in shown(in_call(real))
    with real.store.write() as unit:
        unit.access.set_profile(AgentProfile("anna", None, frozenset({"charging"}), None))
    assert "SALES_BOX" in shown(in_call(real))


def test_what_was_shown_and_addressed_before_reaches_the_decision(services: Services) -> None:
    view = in_call(services)
    fact = {"contact_id": view.contact_id, "at": NOW, "decision_id": view.decision.decision_id}
    tell(
        services,
        ActionsShown(event_id=new_id(), seq=3, action_ids=("SRV_BILL",), **fact),
        ActionAddressed(event_id=new_id(), seq=4, action_id="SRV_BILL", **fact),
    )
    solved = ConcernSolved(event_id=new_id(), contact_id=view.contact_id, seq=5, at=NOW, solved=True)
    services.contacts.step(services.agent, view.contact_id, solved)
    assert not services.decide.asked[-1].exposures, "what goes on in a call counts against itself"
    in_call(services)
    last = services.decide.asked[-1]
    assert [(one.action_id, one.fact) for one in last.exposures] == [
        ("SRV_BILL", "addressed"),
        ("SRV_BILL", "shown"),
    ]
    services.decide.asked.clear()
    services.contacts.start(services.agent, started("+4915112345678"))
    assert services.decide.asked[-1].exposures == ()


def test_the_telephone_system_says_how_busy_the_queue_is_else_the_setting_does(real: Services) -> None:
    lead = real.agent
    assert real.load.read().load is Load.NORMAL
    assert real.load.read().since is None

    def load_of_the_last() -> str:
        loads = [json.loads(row.record)["load"] for row in rows(real, decisions)]
        return str(loads[-1])

    in_call(real)
    assert load_of_the_last() == "normal"
    assert real.load.set(lead, Load.LOW).load is Load.LOW
    in_call(real)
    assert load_of_the_last() == "low"
    view = in_call(real, waiting=5)
    assert load_of_the_last() == "high"
    assert shown(view) == ["SRV_BILL"]
    in_call(real, waiting=4)
    assert load_of_the_last() == "normal"
    assert real.load.set(lead, Load.HIGH).since == NOW
    in_call(real)
    assert load_of_the_last() == "high"


def test_arms_are_of_customers_and_withhold_no_service(tmp_path: Path) -> None:
    ((name, text),) = changed(arms=NOBODY_RANKED).items()
    (tmp_path / name).write_text(text, encoding="utf-8")
    with open_services(tmp_path, tmp_path / name) as services:
        view = in_call(services)
        assert shown(view) == ["SRV_BILL"]
        ringing, settled = rows(services, decisions)
        # Nobody is known yet: no customer, no arm.
        assert (ringing.arm, settled.arm) == ("ranked", "nothing")
        assert services.teasers.teasers(services.portal, "c-lisa", "home", None).teasers[0].action_id == "SRV_BILL"
        (teased,) = rows(services, portal_decisions)
        assert teased.arm == "nothing"


def test_the_arm_is_drawn_anew_with_the_period(services: Services) -> None:
    seen = set()
    for quarter in range(60):
        services.clock.now = NOW + timedelta(days=92 * quarter)
        in_call(services)
        in_call(services)
        first, again = [one.arm for one in services.decide.asked[-3::2]]
        assert first is again
        seen.add(first)
    assert Arm.RANKED in seen
    assert len(seen) > 1


def test_an_installation_keeps_its_salt(services: Services, tmp_path_factory: pytest.TempPathFactory) -> None:
    with services.store.write() as unit:
        salt = installation_salt(unit, NOW)
    with services.store.write() as unit:
        assert installation_salt(unit, NOW + timedelta(days=1)) == salt
    with open_services(tmp_path_factory.mktemp("other")) as other, other.store.write() as unit:
        assert installation_salt(unit, NOW) != salt


def test_a_version_that_goes_live_decides_the_next_call(real: Services) -> None:
    before = in_call(real).decision.catalogue_version
    version = submit(real, changed(arms=NOBODY_RANKED), ("activated", None))
    view = in_call(real)
    assert (view.decision.catalogue_version, shown(view)) == (version, ["SRV_BILL"])
    with real.store.write() as unit:
        unit.catalogues.append_step(StepRow(version, "rolled_back", "carla", NOW, None, ""))
    assert in_call(real).decision.catalogue_version == before


def test_a_ramped_version_decides_for_its_share_of_the_customers_only(real: Services) -> None:
    live = in_call(real).decision.catalogue_version
    version = submit(real, changed(arms=NOBODY_RANKED), ("ramped", 50))
    found = {customer: in_call(real, customer).decision.catalogue_version for customer in ("c-lisa", "c-ann")}
    with real.store.read() as unit:
        expected = {customer: real.catalogues.for_customer(unit, customer).version for customer in found}
    assert found == expected
    assert set(found.values()) <= {live, version}
    assert real.contacts.start(real.agent, started(None)).decision.catalogue_version == live


def test_a_version_in_shadow_decides_beside_the_live_one_and_is_not_shown(real: Services) -> None:
    version = submit(real, changed(arms=NOBODY_RANKED), ("shadowed", None))
    view = in_call(real)
    assert "SALES_SOLAR" in shown(view)
    (row,) = rows(real, shadow_decisions)
    assert (row.decision_id, row.catalogue_version) == (view.decision.decision_id, version)
    record = json.loads(row.record)
    assert (record["catalogue_version"], record["decision_id"], record["customer_id"]) == (
        version,
        str(view.decision.decision_id),
        "c-lisa",
    )
    assert "SRV_BILL" in record["slate"]


def test_a_shadow_is_judged_by_its_own_caps(real: Services) -> None:
    ((name, text),) = files_at(PORTAL_CATALOGUE).items()
    capped = f"{text}\ncaps:\n  - {{target: action/SALES_SOLAR, at_most: 1, days: 30}}\n"
    submit(real, {name: capped}, ("shadowed", None))
    view = in_call(real)
    fact = {"contact_id": view.contact_id, "at": NOW, "decision_id": view.decision.decision_id}
    tell(real, ActionAddressed(event_id=new_id(), seq=3, action_id="SALES_SOLAR", **fact))
    assert "SALES_SOLAR" in shown(in_call(real))
    judged = [json.loads(row.record) for row in rows(real, shadow_decisions)]
    assert ["SALES_SOLAR" in one["slate"] for one in judged] == [True, False]
    (out,) = [one for one in judged[-1]["removed"] if one["action_id"] == "SALES_SOLAR"]
    assert out["rule"] == "cap_reached"


@pytest.mark.expected_log(r"version \w+ failed in shadow: ZeroDivisionError")
def test_a_shadow_that_fails_does_not_break_the_call(services: Services) -> None:
    submit(services, changed(arms=NOBODY_RANKED), ("shadowed", None))
    view = in_call(services)
    assert shown(view) == ["SRV_BILL", "SRV_MOVE"]
    assert rows(services, shadow_decisions) == []


@pytest.mark.expected_log(r"snapshot 1 of the model is left out")
def test_a_shadow_whose_model_is_damaged_decides_from_what_the_log_has(real: Services) -> None:
    with real.store.write() as unit:
        unit.learning.add_snapshot(SnapshotRow(0, 0, "beta", "beta-1@0", NOW, b"damaged"))
    version = submit(real, changed(learning="{mode: beta}"), ("shadowed", None))
    assert "SALES_SOLAR" in shown(in_call(real))
    assert [row.catalogue_version for row in rows(real, shadow_decisions)] == [version]


def test_a_clock_that_goes_back_makes_no_wait_longer_and_forgets_none(real: Services) -> None:
    view = in_call(real)
    assert tell(real, response(view, "SALES_SOLAR", ResponseCode.DECLINED_NO_NEED)) == ["accepted"]
    real.clock.now = NOW - timedelta(days=30)
    earlier = in_call(real)
    (out,) = [one for one in earlier.decision.why_not if one.action_id == "SALES_SOLAR"]
    assert (out.rule, out.params["days_left"]) == ("cool_down", 180)


def test_a_customer_without_data_gets_what_needs_none(real: Services) -> None:
    view = in_call(real, "c-jan")
    assert shown(view) == ["SRV_BILL"]
    assert view.decision.none_because is None
    unknown = real.contacts.start(real.agent, started(None))
    assert unknown.decision.none_because is NoRecommendation.UNKNOWN_CUSTOMER
