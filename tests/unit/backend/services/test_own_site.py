"""A site of another trade is files and nothing else: resources/telecom loads, is taken in, and fills whole calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.personas import run_personas
from nba_desktop.backend.importing.data_file import look_through
from nba_desktop.backend.importing.fields import KINDS, KindName
from nba_desktop.backend.importing.mapping import read_mapping
from nba_desktop.backend.importing.service import SiteImport
from nba_desktop.backend.subject.export import ExportService
from nba_desktop.backend.subject.page import as_page
from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import ReadOperation
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ConcernChosen
from nba_desktop.demo.own_site import callers_of, of_today
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, authenticated, started
from tests.fakes.decisions import RESOURCES

TELECOM = RESOURCES / "telecom"
ENERGY = re.compile(
    r"kwh|strom|\bgas\b|zähler|abschlag|energie|heizung|wallbox|solar|netzentgelt|enwg"
    r"|\bmeter|electric|energy|boiler",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(TELECOM / "catalogue")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("telecom")
    with open_services(folder, TELECOM / "catalogue") as services:
        for kind in KINDS:
            take_in(services, kind, folder)
        yield services


def take_in(services: Services, kind: KindName, folder: Path) -> None:
    file = folder / f"{kind}.csv"
    file.write_text(of_today((TELECOM / "data" / file.name).read_text("utf-8"), NOW.date()), "utf-8")
    mapping = read_mapping(TELECOM / "mapping" / f"{kind}.yaml")
    importing = SiteImport(services.store, services.catalogues, services.clock, kind, mapping)
    result = importing.run(look_through(file, kind, mapping.entry), folder / f"{kind}.verdicts.csv", lambda _: None)
    lines = file.read_text("utf-8").count("\n") - 1
    assert (result.progress.accepted, result.progress.refused) == (lines, 0), result.tally.reasons()


def call(site: Services, number: str, language: Language) -> tuple[ContactView, ContactView]:
    """The view while the first who may be calling is a candidate, and once he is authenticated."""
    begin = started(number, language=language)
    first = site.contacts.start(site.agent, begin)
    candidate = first.identification.candidates[0]
    items = tuple(item.code for item in candidate.security_items[:2])
    step = authenticated(begin.contact_id, candidate.customer_id, items_passed=items)
    return first, site.contacts.step(site.agent, begin.contact_id, step)


def test_the_catalogue_has_all_a_call_needs_and_its_personas_see_what_they_must(catalogue: Catalogue) -> None:
    assert [one.complaints for one in run_personas(catalogue)] == [()] * len(catalogue.entry.personas)
    for action in catalogue.actions:
        entry = action.entry
        assert entry.benefits, entry.id
        assert entry.objections, entry.id
        assert entry.knowledge, entry.id
        assert entry.bridge.de.endswith("?"), entry.id
        assert entry.bridge.en.endswith("?"), entry.id


def test_no_word_of_the_energy_trade_is_in_its_catalogue_or_its_register(catalogue: Catalogue) -> None:
    words = "\n".join(file.read_text("utf-8") for file in (TELECOM / "catalogue").glob("[!w]*.yaml"))
    assert ENERGY.findall(words) == []
    said = [f"{one.name} {one.description}" for one in catalogue.vocabulary.attributes.values()]
    assert [one for one in said if ENERGY.search(one)] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_of_its_customers_fills_the_panel_in_its_own_words(site: Services, language: Language) -> None:
    for number in callers_of(TELECOM)[:-1]:
        first, view = call(site, number, language)
        for shown in (first, view):
            text = shown.model_dump_json()
            assert ENERGY.findall(text) == []
            # Whatever a sentence says is known.
            assert "[…]" not in text
        assert view.customer is not None
        assert view.journey is not None
        assert view.concerns
        assert view.decision.recommendations, number


def test_the_call_of_the_demo_is_about_the_form_that_was_left_half_done(site: Services) -> None:
    first, view = call(site, callers_of(TELECOM)[0], "de")
    items = {item.code: (item.label, item.hint) for item in first.identification.candidates[0].security_items}
    assert items["sim_no"] == ("SIM-Kartennummer", "••• 5617")
    assert [one.code for one in view.concerns] == ["porting", "contract_end", "bill"]
    assert view.concerns[1].sentence == "Hinweis auf das Vertragsende, {ago}"
    assert view.journey is not None
    said = {one.type: (one.word, one.sentence) for one in view.journey.touchpoints}
    assert said["extension_notice"][0] == "Vertragsende"
    assert said["call_solved"] == (None, None)
    form = view.journey.touchpoints[0].params["form"]
    assert form == "Rufnummernmitnahme"
    chosen = ConcernChosen(event_id=new_id(), contact_id=view.contact_id, seq=3, at=NOW, concern="porting")
    after = site.contacts.step(site.agent, view.contact_id, chosen)
    assert [one.action_id for one in after.decision.recommendations][:2] == ["KN_PORTING", "KN_BEST_TARIFF"]


def test_who_asks_for_his_data_is_answered_in_the_words_of_the_site(site: Services) -> None:
    exports = ExportService(site.store, site.catalogues, site.clock)
    with exports.export(site.officer, ReadOperation.EXPORT_CUSTOMER, "KN-2207318", "Auskunft", "de") as export:
        page = "".join(as_page(export))
    for word in ("Mobilfunk", "Vertragsende", "Rufnummernmitnahme", "Nummer auf der SIM-Karte"):
        assert word in page
    assert "extension_notice" not in page


def test_a_fault_is_helped_with_and_nothing_is_sold(site: Services) -> None:
    _, view = call(site, callers_of(TELECOM)[1], "de")
    assert view.concerns[0].code == "fault"
    assert {one.kind.value for one in view.decision.recommendations} == {"service"}
