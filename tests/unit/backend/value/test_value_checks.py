"""What a catalogue may say of lifetime values, and what is said of mistakes."""

from __future__ import annotations

import pytest

from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.errors import CatalogueErrors
from tests.fakes.decisions import SMALL_CATALOGUE

LISTED = """
touchpoint_types:
  - code: looked
    channels: [app]
    params: [amount_eur]
    watched: true
    word: {de: Blick, en: Look}
    sentence: {de: Blick, en: Look}
"""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("margins: {powr: {eur_year: 3}}", "unknown kind of contract 'powr'"),
        (
            "margins: {gas: {per_unit: {gas_kwh_yer: 1}}}",
            "unknown attribute 'gas_kwh_yer' – did you mean 'gas_kwh_year'?",
        ),
        ("margins: {gas: {per_unit: {wallbox: 1}}}", "'wallbox' is of type bool – name one of type number"),
        (
            "margins: {gas: {per_unit: {app_logins_30d: 1}}}",
            "'app_logins_30d' may be used with the customer's consent only",
        ),
        ("margins: {gas: {per_unit: {open_cases: 1}}}", "'open_cases' is only known within a contact"),
        ("notice: kwh_year", "'kwh_year' is of type integer – name one of type bool"),
        ("purchases: {touchpoint: paymen, amount: eur, margin: 0.3}", "unknown touchpoint type 'paymen'"),
        ("purchases: {touchpoint: payment, amount: eur, margin: 0.3}", "'payment' has no value 'eur'"),
        ("purchases: {touchpoint: looked, amount: amount_eur, margin: 0.3}", "with the customer's consent only"),
        ("class_from_eur: {a: 100, b: 600}", "the limits of the classes fall from a to c"),
    ],
)
def test_a_mistake_names_the_way_out(value: str, said: str) -> None:
    text = SMALL_CATALOGUE.read_text("utf-8") + f"{LISTED}value:\n  {value}\n"
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue_files({"catalogue.yaml": text})
    (error,) = caught.value.errors
    assert said in str(error)
    assert error.line >= text[: text.index("value:\n")].count("\n")
