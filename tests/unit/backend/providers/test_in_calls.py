"""Live facts in a call: what is said with them, what is held back without them, and what the record keeps."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.reason_words import why_not_words
from nba_desktop.backend.providers.asking import HttpAsking
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.reading import read_providers
from nba_desktop.backend.store.schema.decisions import decisions, portal_decisions
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Stage
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ConcernSolved
from nba_desktop.contract.recommendation import Recommendation, WhyNot
from tests.fakes.backend_calls import in_call
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE, authenticated, started
from tests.unit.backend.providers.other_systems import OtherSystems, until

SAVING = {"name": "saving_eur", "type": "number", "unit": "eur", "source": "tariff", "basis": "service"}
CARRIER = {"name": "carrier", "type": "text", "source": "logistics", "basis": "service"}
WATCHED = {"name": "app_visits", "type": "integer", "source": "app", "basis": "consent:profiling"}
SENTENCE = "Sie sparen {saving_eur} im Jahr, geliefert von {carrier}"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue with attributes of its own: one action needs the saving and asks the app, others ask nothing."""
    content = yaml.safe_load(PORTAL_CATALOGUE.read_text(encoding="utf-8"))
    content["attributes"] = [one | {"description": one["name"]} for one in (SAVING, CARRIER, WATCHED)]
    solar = next(one for one in content["actions"] if one["id"] == "SALES_SOLAR")
    solar["needs"] = ["saving_eur"]
    solar["steps"] = [{"id": "say", "text": {"de": SENTENCE, "en": SENTENCE}}]
    solar["suitability"] = [
        {"id": "NOT_WATCHED", "excludes": "app_visits > 100", "otherwise": {"de": "oft genug", "en": "often enough"}}
    ]
    file = tmp_path_factory.mktemp("catalogue") / "catalogue.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


@contextmanager
def site(folder: Path, catalogue: Path, systems: OtherSystems, timeout_ms: int = 5000) -> Iterator[Services]:
    def provider(name: str, **attributes: Any) -> dict[str, Any]:
        return {"name": name, "url": f"{systems.url}/{name}/{{customer_no}}", "attributes": attributes}

    file = folder / "providers.yaml"
    providers = [
        provider("tariffs", saving_eur="offer.saving"),
        provider("parcels", carrier="by"),
        provider("app", app_visits="visits"),
        provider("nobody_asks", boiler_year="built"),
    ]
    file.write_text(yaml.safe_dump({"timeout_ms": timeout_ms, "providers": providers}), encoding="utf-8")
    live = LiveFacts(read_providers(file, load_catalogue(catalogue)), HttpAsking, lambda: NOW)
    with open_services(folder, catalogue, live=live) as opened:
        yield opened
    live.close()


def solar(view: ContactView) -> Recommendation | None:
    return next((one for one in view.decision.recommendations if one.action_id == "SALES_SOLAR"), None)


def said(view: ContactView) -> str:
    action = solar(view)
    assert action is not None
    return action.steps[0].text


def removed(view: ContactView) -> WhyNot:
    return next(one for one in view.decision.why_not if one.action_id == "SALES_SOLAR")


def last_record(services: Services, table: Any = decisions) -> dict[str, Any]:
    with services.store._database.reading() as connection:
        row = connection.execute(select(table).order_by(table.c.decided_at, table.c.decision_id)).all()[-1]
    record: dict[str, Any] = json.loads(row.record)
    return record


def solved(services: Services, view: ContactView, seq: int = 3) -> ContactView:
    event = ConcernSolved(event_id=new_id(), contact_id=view.contact_id, seq=seq, at=NOW, solved=True)
    return services.contacts.step(services.agent, view.contact_id, event)


def test_a_saving_that_a_provider_knows_is_said_and_recorded_with_its_moment(
    tmp_path: Path, catalogue: Path, systems: OtherSystems
) -> None:
    systems.say("tariffs", {"offer": {"saving": 64.5}})
    systems.say("parcels", {"by": "Elbe-Kurier"})
    with site(tmp_path, catalogue, systems) as services:
        start = started("+4915112345678")
        services.contacts.start(services.agent, start)
        assert systems.paths() == [], "nobody is authenticated yet"
        view = services.contacts.step(services.agent, start.contact_id, authenticated(start.contact_id))
        record = last_record(services)
        told = services.why.why(services.agent, view.decision.decision_id, "de", "")
        solved(services, view)
    # Neither who needs a consent nor whom no action asks for; and within the call the answers are at hand.
    assert sorted(systems.paths()) == ["/parcels/K-104233", "/tariffs/K-104233"]
    assert said(view) == "Sie sparen 64,50\u00a0€ im Jahr, geliefert von Elbe-Kurier"
    assert (record["inputs"]["saving_eur"], record["inputs"]["carrier"]) == (64.5, "Elbe-Kurier")
    assert record["live"] == [
        {"attribute": "app_visits", "provider": "app", "state": "not_asked", "at": None},
        {"attribute": "carrier", "provider": "parcels", "state": "answered", "at": NOW.isoformat()},
        {"attribute": "saving_eur", "provider": "tariffs", "state": "answered", "at": NOW.isoformat()},
    ]
    assert told.live == view.decision.live
    assert [(one.attribute, one.state, one.at, one.value) for one in told.live] == [
        ("app_visits", "not_asked", None, None),
        ("carrier", "answered", NOW, "Elbe-Kurier"),
        ("saving_eur", "answered", NOW, 64.5),
    ]


def test_a_late_value_holds_the_action_back_and_is_there_for_the_next_ranking(
    tmp_path: Path, catalogue: Path, systems: OtherSystems
) -> None:
    gate = threading.Event()
    systems.say("tariffs", {"offer": {"saving": 64}}, gate=gate)
    systems.say("parcels", {"by": "Elbe-Kurier"})
    with site(tmp_path, catalogue, systems, timeout_ms=150) as services:
        view = in_call(services)
        assert solar(view) is None
        out = removed(view)
        assert (out.stage, out.rule, out.params) == (Stage.ELIGIBILITY, "value_missing", {"attribute": "saving_eur"})
        states = {one["attribute"]: one["state"] for one in last_record(services)["live"]}
        assert (states["app_visits"], states["saving_eur"]) == ("not_asked", "late")
        explained = services.why.why_not(services.agent, view.decision.decision_id, "SALES_SOLAR", "de", "")
        assert explained == out
        assert why_not_words(out, "de") == "der Wert saving_eur fehlt und wird gebraucht"
        gate.set()
        until(lambda: services.live.health()["tariffs"].counts["answered"] == 1)
        assert said(solved(services, view)).startswith("Sie sparen 64")
    assert systems.paths().count("/tariffs/K-104233") == 1


@pytest.mark.parametrize(("status", "state"), [(404, "nothing"), (500, "failed")])
def test_a_missing_value_that_no_action_needs_leaves_a_marked_gap(
    tmp_path: Path, catalogue: Path, systems: OtherSystems, status: int, state: str
) -> None:
    systems.say("tariffs", {"offer": {"saving": 64}})
    systems.say("parcels", status=status)
    with site(tmp_path, catalogue, systems) as services:
        assert said(in_call(services)) == "Sie sparen 64\u00a0€ im Jahr, geliefert von […]"
        states = {one["attribute"]: one["state"] for one in last_record(services)["live"]}
    assert states == {"app_visits": "not_asked", "carrier": state, "saving_eur": "answered"}


def test_nobody_else_waits_while_a_provider_is_waited_for(
    tmp_path: Path, catalogue: Path, systems: OtherSystems
) -> None:
    gate = threading.Event()
    systems.say("tariffs", {"offer": {"saving": 64}}, gate=gate)
    with site(tmp_path, catalogue, systems) as services:
        views: list[ContactView] = []
        call = threading.Thread(target=lambda: views.append(in_call(services)))
        call.start()
        until(lambda: "/tariffs/K-104233" in systems.paths())
        other = services.contacts.start(services.colleague, started("+4935198765432"))
        assert (other.identification.status, views) == ("one", [])
        gate.set()
        call.join()
    assert solar(views[0]) is not None


def test_the_portal_says_what_a_provider_knows(tmp_path: Path, catalogue: Path, systems: OtherSystems) -> None:
    with site(tmp_path, catalogue, systems) as services:
        held_back = services.teasers.teasers(services.portal, "c-lisa", "home", None)
        assert "SALES_SOLAR" not in [one.action_id for one in held_back.teasers]
    systems.say("tariffs", {"offer": {"saving": 64}})
    (tmp_path / "again").mkdir()
    with site(tmp_path / "again", catalogue, systems) as services:
        answer = services.teasers.teasers(services.portal, "c-lisa", "home", None)
        record = last_record(services, portal_decisions)
    assert "SALES_SOLAR" in [one.action_id for one in answer.teasers]
    assert record["inputs"]["saving_eur"] == 64
