"""The register of attributes: what is declared of each, and what the learning model may never look at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Attribute, Value, describe_register

FEATURES = [one for one in ATTRIBUTES.values() if one.feature]
IDENTIFYING = {"full_name", "email_or_mobile", "has_email", "moving_to", "move_date", "boiler_year", "wallbox_year"}
PROTECTED = {"age", "language", "dunning_level", "consent_profiling"}


@pytest.mark.parametrize("attribute", FEATURES, ids=lambda one: one.name)
def test_a_feature_identifies_nobody_and_is_known_before_the_decision(attribute: Attribute) -> None:
    assert attribute.type in {"bool", "integer", "number", "text"}
    assert attribute.known == "before"
    assert attribute.name not in IDENTIFYING | PROTECTED
    # A text without choices could say anything about a person; the concern is a code of the catalogue.
    assert attribute.type != "text" or attribute.choices or attribute.name == "concern"


@pytest.mark.parametrize("attribute", ATTRIBUTES.values(), ids=lambda one: one.name)
def test_numbers_that_are_features_have_classes_and_nothing_else_has(attribute: Attribute) -> None:
    assert bool(attribute.edges) == (attribute.feature and attribute.type in {"integer", "number"})
    assert all(low < high for low, high in pairwise(attribute.edges))


@pytest.mark.parametrize("attribute", ATTRIBUTES.values(), ids=lambda one: one.name)
def test_every_attribute_says_what_it_is_and_how_long_it_holds(attribute: Attribute) -> None:
    assert attribute.description
    assert attribute.freshness_days is None or attribute.freshness_days > 0


def test_the_register_has_a_row_for_every_attribute() -> None:
    rows = {row.name: row for row in describe_register(ATTRIBUTES)}
    assert list(rows) == list(ATTRIBUTES)
    assert rows["kwh_year"]._asdict() == {
        "name": "kwh_year",
        "type": "integer",
        "source": "billing",
        "basis": "service",
        "freshness_days": 400,
        "unit": "kwh",
        "choices": (),
        "feature": True,
        "description": "electricity in the last billing year",
    }


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("move_date", date(2026, 1, 1), True),
        ("move_date", datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None), False),
        ("age", 3, True),
        ("age", True, False),
        ("age", 3.5, False),
        ("fix_ct", 3, True),
        ("churn_class", "huge", False),
        ("churn_class", None, True),
        ("above_below", ("above",), True),
    ],
)
def test_a_value_must_have_the_declared_type(name: str, value: Value, fits: bool) -> None:
    assert ATTRIBUTES[name].accepts(value) is fits
