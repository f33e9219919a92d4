"""What a catalogue declares: attributes, touchpoint types, kinds of contract, forms, security items, hints."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.contacts.masking import security_items
from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.content import written_number
from nba_desktop.backend.decisioning.customer_values import customer_values
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.decisioning.vocabulary import BUILT_IN, GENERAL
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.journey.concerns import probable_concerns
from nba_desktop.backend.journey.head import journey_head
from nba_desktop.backend.model import ContractRecord, TouchpointRecord
from nba_desktop.contract.codes import ContactChannel
from tests.fakes.decisions import NOW, SMALL_CATALOGUE, customer, request

SMALL = SMALL_CATALOGUE.read_text("utf-8")
WORDS = """
attributes:
  - {name: tariff_gb, type: integer, unit: GB, source: x, basis: service, description: a, feature: true, edges: [5, 20]}
  - {name: line_type, type: text, choices: [fibre, dsl], source: contract, basis: service, description: "line"}
  - {name: used_pct, type: integer, unit: percent, source: network, basis: "consent:profiling", description: "use"}
  - {name: sim_no, type: text, source: crm, basis: service, description: "number on the card"}
contract_kinds:
  - {code: mobile, label: {de: "Mobilfunk", en: "mobile"}}
touchpoint_types:
  - code: speed_test
    channels: [app]
    params: [measured_mbit]
    word: {de: "Tempotest", en: "Speed test"}
    sentence: {de: "Gemessen: {measured_mbit} Mbit/s", en: "Measured: {measured_mbit} Mbit/s"}
    watched: true
forms:
  - {code: porting, label: {de: "Rufnummernmitnahme", en: "Number porting"}, concern: move}
concern_hints:
  - touchpoint: speed_test
    params: {measured_mbit: 3}
    within_days: 9
    concern: bill
    weight: 70
    because: {de: "Gemessen {ago}", en: "Measured {ago}"}
common_concerns: [move]
"""
SECURITY = "security: {items: [customer_no, meter_no, birth_date], required: 2}"
OWN_SECURITY = """security:
  items: [customer_no, sim_no]
  required: 2
  declared: [{attribute: sim_no, label: {de: "SIM-Kartennummer", en: "SIM card number"}, characters: 4}]"""


def loaded(words: str = WORDS, asked: str = "tariff_gb > 10 and has_mobile", site: str = SMALL) -> Catalogue:
    text = site.replace("kwh_year > 1000", asked).replace(SECURITY, OWN_SECURITY)
    return load_catalogue_files({"site.yaml": text, "words.yaml": words})


def mistakes(words: str = WORDS, asked: str = "kwh_year > 1") -> list[str]:
    with pytest.raises(CatalogueErrors) as error:
        loaded(words, asked)
    return [str(one) for one in error.value.errors]


def test_conditions_sentences_and_the_model_use_what_the_catalogue_declares() -> None:
    catalogue = loaded(asked='tariff_gb > 10 and line_type == "dsl" and has_mobile and days_since("speed_test") < 9')
    assert catalogue.schema["tariff_gb"].feature
    assert catalogue.vocabulary.contract_kinds == BUILT_IN.contract_kinds | {"mobile"}
    (query,) = catalogue.queries
    assert (query.key, query.basis) == ('days_since("speed_test")', "consent:profiling")
    contracts = (ContractRecord("M-1", "Mobil", "mobile", NOW.date()),)
    someone = customer(contracts=contracts, facts={"tariff_gb": 20, "used_pct": 90, "sim_no": "8949123"})
    found = customer_values(request(someone), someone, catalogue, NOW.date())
    assert (found.values["tariff_gb"], found.values["has_mobile"], found.values["has_gas"]) == (20, True, False)
    # Usage data need consent; what proves who calls is for nothing else.
    assert "used_pct" in found.withheld
    assert "sim_no" not in {*found.values, *found.unfit, *catalogue.schema}
    assert "sim_no" in catalogue.vocabulary.attributes


def test_a_trade_of_its_own_has_no_words_of_an_energy_utility() -> None:
    assert {"kwh_year", "has_gas", "boiler_age"} <= BUILT_IN.attributes.keys() - GENERAL.attributes.keys()
    assert "meter_reading" not in GENERAL.touchpoint_types
    general = loaded(
        "trade: general\n" + WORDS,
        "tariff_gb > 1",
        SMALL.replace("kwh_year", "tariff_gb").replace("boiler_year", "tariff_gb"),
    )
    assert not {"kwh_year", "has_gas"} & general.schema.keys()
    someone = customer(facts={"boiler_year": 2009, "tariff_gb": 5})
    found = customer_values(request(someone), someone, general, NOW.date())
    assert found.unfit == {"boiler_year"}
    assert found.values["tariff_gb"] == 5
    assert found.values.keys() <= general.schema.keys() | {query.key for query in general.queries}


def test_a_unit_that_is_not_built_in_is_written_as_it_is() -> None:
    assert written_number(20, "GB", "de") == "20\u00a0GB"
    assert written_number(1000, "Mbit/s", "en") == "1,000\u00a0Mbit/s"


def test_a_declared_touchpoint_a_form_and_a_hint_go_to_the_panel_in_words() -> None:
    catalogue = loaded()
    ago = NOW - timedelta(days=2)
    tested = TouchpointRecord("t-1", "c", ago, ContactChannel.APP, "speed_test", {"measured_mbit": 3})
    broken_off = TouchpointRecord("t-2", "c", ago, ContactChannel.PORTAL, "portal_form_abandoned", {"form": "porting"})
    head = journey_head((tested, broken_off), NOW, catalogue.site_words("de"))
    form, test = head.touchpoints
    assert (test.word, test.sentence) == ("Tempotest", "Gemessen: {measured_mbit} Mbit/s")
    assert (form.word, form.params["form"]) == (None, "Rufnummernmitnahme")
    found = probable_concerns((tested, broken_off), {"supply_outage": True}, NOW, (), catalogue.concern_rules("en"))
    # A concern that the site does not have, such as an outage, is never named.
    assert [(one.code, one.because, one.sentence) for one in found] == [
        ("move", "form_abandoned", None),
        ("bill", "touchpoint", "Measured {ago}"),
    ]
    late = probable_concerns((tested,), {}, NOW + timedelta(days=20), (), catalogue.concern_rules("en"))
    assert [(one.code, one.because) for one in late] == [("move", "common")]


def test_a_declared_security_item_is_asked_masked_by_its_label() -> None:
    policy = loaded().entry.security
    for value, hint in (("894920001234", "••• 1234"), ("8949", "••• 9"), ("8", "•••")):
        items = security_items(customer(facts={"sim_no": value}), policy.items, "de", policy.declared)
        assert [(one.code, one.label) for one in items] == [("customer_no", None), ("sim_no", "SIM-Kartennummer")]
        assert items[1].hint == hint
    without = security_items(customer(facts={}), policy.items, "de", policy.declared)
    assert [one.code for one in without] == ["customer_no"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: tariff_gb,", "name: kwh_year,", "words.yaml:3:12: the attribute 'kwh_year' is built in"),
        ("name: tariff_gb,", "name: count,", "'count' has a meaning in conditions"),
        ("name: tariff_gb,", "name: Tariff,", "words.yaml:3:12: "),
        ("name: used_pct,", "name: has_mobile,", "the attribute 'has_mobile' is built in"),
        ("source: network", "source: journey", "what comes from 'journey' is worked out here"),
        (", edges: [5, 20]", "", "a number that is a feature needs edges"),
        ("edges: [5, 20]", "edges: [20, 5]", "the edges rise"),
        ("choices: [fibre, dsl]", "unit: GB", "only a number has a unit"),
        ("code: mobile,", "code: gas,", "words.yaml:8:12: 'gas' is built in"),
        ("code: speed_test", "code: complaint", "the touchpoint type 'complaint' is built in"),
        (
            'de: "Gemessen: {measured_mbit}',
            'de: "Gemessen: {mbit}',
            "words.yaml:14:21: a gap that nothing fills: '{mbit}'",
        ),
        ('de: "Tempotest"', 'de: "Geschwindigkeitsmessung"', "longer than the 12 characters of the strip"),
        ("concern: move}", "concern: porting}", "unknown concern 'porting'"),
        ("touchpoint: speed_test", "touchpoint: speed_tests", "unknown type of touchpoint 'speed_tests' – did you"),
        ("params: {measured_mbit: 3}", "params: {mbit: 3}", "a touchpoint 'speed_test' has no 'mbit'"),
        ("{ago}", "{before}", "a gap that nothing fills: '{before}'"),
        ("common_concerns: [move]", "common_concerns: [moove]", "unknown concern 'moove'"),
        ("name: sim_no, type: text", "name: sim_no, type: integer", "'sim_no' is not a free text"),
        ("name: sim_no,", "name: card_no,", "the catalogue declares no attribute 'sim_no'"),
        ("name: used_pct,", "name: tariff_gb,", "the attribute 'tariff_gb' is here twice"),
    ],
)
def test_a_mistake_in_what_is_declared_is_said_with_its_place(old: str, new: str, said: str) -> None:
    assert old in WORDS
    found = mistakes(WORDS.replace(old, new))
    assert [one for one in found if said in one], found


def test_a_security_item_that_nobody_knows_or_asks_is_a_mistake() -> None:
    for old, new, said in (
        ("items: [customer_no, sim_no]", "items: [customer_no, sim_number]", "unknown security item 'sim_number'"),
        ("items: [customer_no, sim_no]", "items: [customer_no, birth_date]", "'sim_no' is never asked"),
    ):
        text = SMALL.replace(SECURITY, OWN_SECURITY.replace(old, new))
        with pytest.raises(CatalogueErrors, match=said):
            load_catalogue_files({"site.yaml": text, "words.yaml": WORDS})


def test_no_condition_asks_what_proves_who_calls() -> None:
    assert any("unknown attribute 'sim_no'" in one for one in mistakes(asked='sim_no == "1"'))


def test_what_is_built_in_stays_built_in() -> None:
    plain = load_catalogue_files({"site.yaml": SMALL})
    assert plain.vocabulary.attributes == ATTRIBUTES
    assert plain.schema == ATTRIBUTES
