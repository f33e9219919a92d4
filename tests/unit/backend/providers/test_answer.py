"""Reading an answer: the way to a value, codes, types, and what is no such value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Value
from nba_desktop.backend.importing.cells import Unfit
from nba_desktop.backend.providers.answer import FactReader, read_answer
from nba_desktop.backend.providers.entries import FactEntry

ANSWER = {
    "offer": {"saving": 64.5, "text": "64.50", "from": "2026-04-01", "old": "01.04.2026", "empty": " "},
    "orders": [{"state": "O"}, {"state": "P", "open": True}],
    "none": None,
}
CODES = {"codes": {"O": "gas", "P": "oil"}}


@pytest.mark.parametrize(
    ("attribute", "path", "more", "value"),
    [
        ("fix_saving_eur", "offer.saving", {}, 64.5),
        ("fix_saving_eur", "$.offer.text", {}, 64.5),
        ("price_change_date", "offer.from", {}, date(2026, 4, 1)),
        ("price_change_date", "offer.old", {"format": "%d.%m.%Y"}, date(2026, 4, 1)),
        ("boiler_type", "orders.0.state", CODES, "gas"),
        ("boiler_type", "orders.1.state", CODES, "oil"),
        ("boiler_type", "offer.saving", {**CODES, "otherwise": "none"}, "none"),
        ("solar", "orders.1.open", {}, True),
        ("dunning_level", "orders.1.open", {"codes": {"true": 2}}, 2),
        # What is not there is missing and no mistake.
        ("fix_saving_eur", "offer.unheard_of.deeper", {}, None),
        ("fix_saving_eur", "orders.7.state", {}, None),
        ("fix_saving_eur", "none.deeper", {}, None),
        ("fix_saving_eur", "offer.empty", {}, None),
    ],
)
def test_a_value_is_found_by_its_path_and_read_as_its_attribute(
    attribute: str, path: str, more: dict[str, Any], value: Value
) -> None:
    found = FactReader(FactEntry(path=path, **more), ATTRIBUTES[attribute]).value(ANSWER)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("attribute", "path", "more"),
    [
        ("fix_saving_eur", "offer", {}),
        ("fix_saving_eur", "offer.from", {}),
        ("fix_saving_eur", "offer.saving.deeper", {}),
        ("fix_saving_eur", "orders.first", {}),
        ("dunning_level", "offer.saving", {}),
        ("boiler_type", "orders.0.state", {}),
        ("boiler_type", "offer.saving", CODES),
        ("solar", "offer.saving", {}),
    ],
)
def test_what_is_no_such_value_is_unfit(attribute: str, path: str, more: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        FactReader(FactEntry(path=path, **more), ATTRIBUTES[attribute]).value(ANSWER)


def test_only_what_was_asked_for_is_read_from_an_answer() -> None:
    readers = {
        name: FactReader(FactEntry(path=path), ATTRIBUTES[name])
        for name, path in (("fix_saving_eur", "offer.saving"), ("boiler_type", "offer.from"), ("solar", "none"))
    }
    found = read_answer(ANSWER, readers, ["fix_saving_eur", "boiler_type"])
    assert (found.asked, found.values, found.unfit) == (
        frozenset({"fix_saving_eur", "boiler_type"}),
        {"fix_saving_eur": 64.5},
        frozenset({"boiler_type"}),
    )
    assert read_answer(None, readers, readers).values == {}
