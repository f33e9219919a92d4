"""A mapping that cannot be used says where, what and the way out."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nba_desktop.backend.decisioning.customer_values import customer_values
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.vocabulary import BUILT_IN
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.importing.fields import FOLLOWS, KINDS, KindName, fields_of, is_delivered
from nba_desktop.backend.importing.mapping import read_mapping
from nba_desktop.backend.importing.reading import compile_reader
from tests.fakes.decisions import SAMPLE_CATALOGUE, TODAY, customer, request

SAMPLES = Path(__file__).parents[4] / "resources" / "sample" / "import"
WHOLE = """source: crm
fields:
  customer_no: Nr
  last_name: Name
  since: Seit
"""


def mistakes(folder: Path, text: str, kind: KindName = "customers") -> str:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueErrors) as wrong:
        compile_reader(kind, read_mapping(path), BUILT_IN, ZoneInfo("Europe/Berlin"), TODAY)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fields: {customer_no: Nr}\n", "map.yaml:1:1: 'source' is missing"),
        (WHOLE + "zone: Mitteleuropa\n", "unknown time zone 'Mitteleuropa', for example Europe/Berlin"),
        (WHOLE + "encoding: ansi-de\n", "unknown encoding 'ansi-de', for example utf-8 or cp1252"),
        (WHOLE + "delimeter: ;\n", "map.yaml:6:1: unknown key 'delimeter' – did you mean 'delimiter'?"),
        (WHOLE + "  first_nme: Vorname\n", "map.yaml:6:3: customers have no field 'first_nme' – did you mean"),
        (WHOLE.replace("  customer_no: Nr\n", ""), "the field 'customer_no' is missing"),
        (WHOLE + "  city: {}\n", "map.yaml:6:9: write either 'column: NAME' or 'value: WHAT ALL ROWS HAVE'"),
        (WHOLE + "  city: {column: Ort, otherwise: x}\n", "'otherwise' goes with 'codes'"),
        (WHOLE + "  tone: {value: loud}\n", "map.yaml:6:17: 'loud' is none of brief, calm, neutral, warm"),
        (WHOLE + "  salutation: {column: A, codes: {Herr: mister}}\n", "'mister' is none of family, mr, ms, none"),
        (WHOLE + "  value_class: W\n", "a customer's value lacks value_low_eur, value_high_eur, value_trend"),
        (WHOLE + "  value_model: M\n", "map.yaml:6:3: a customer's value lacks value_class, value_low_eur"),
        (
            WHOLE + "attributes:\n  kwh_yaer: V\n",
            "map.yaml:7:3: there is no attribute 'kwh_yaer' – did you mean 'kwh_y",
        ),
        (WHOLE + "attributes:\n  has_gas: V\n", "'has_gas' follows from something else and is not delivered"),
        (WHOLE + "attributes:\n  boiler_type: {value: coal}\n", "'coal' is none of district, gas, heat_pump"),
        (WHOLE + 'date_format: "%Q"\n', "map.yaml:6:15: no date can be read as '%Q', for example %d.%m.%Y"),
        (WHOLE + "absent: end\n", "customers do not end because a file lacks them"),
        (WHOLE + "params:\n  topic: T\n", "only touchpoints have params"),
        (WHOLE + "numbers: {region: XX}\n", "the region is not a two-letter country code such as DE"),
    ],
)
def test_a_mistake_names_its_place_and_the_way_out(tmp_path: Path, text: str, said: str) -> None:
    assert said in mistakes(tmp_path, text)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    said = mistakes(tmp_path, WHOLE + "  ort: Ort\nattributes:\n  gas: G\n").splitlines()
    assert len(said) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_mappings_fit_their_kind(kind: KindName) -> None:
    mapping = read_mapping(SAMPLES / f"{kind}.map.yaml")
    reader = compile_reader(kind, mapping, BUILT_IN, ZoneInfo("Europe/Berlin"), TODAY)
    assert reader.columns


def test_what_follows_from_something_else_is_exactly_what_is_not_delivered() -> None:
    delivered = {name: one for name, one in BUILT_IN.attributes.items() if is_delivered(one, BUILT_IN)}
    examples = {"integer": 2010, "number": 1.5, "bool": True, "date": TODAY, "text": "x"}
    facts = {name: one.choices[0] if one.choices else examples[one.type] for name, one in delivered.items()}
    known = customer_values(request(customer(facts)), customer(facts), load_catalogue(SAMPLE_CATALOGUE), TODAY).values
    declared = {name for name in known if name in BUILT_IN.attributes}
    assert not (declared - facts.keys()) & delivered.keys()
    assert declared >= FOLLOWS
    assert {"kwh_year", "boiler_type", "move_date"} <= delivered.keys()


def test_kinds_of_contract_are_those_of_the_site() -> None:
    assert fields_of("contracts", BUILT_IN)["kind"].choices == tuple(sorted(BUILT_IN.contract_kinds))
