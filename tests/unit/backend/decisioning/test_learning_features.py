"""Features: declared values become classes, and what is known too late is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Attribute, Value
from nba_desktop.backend.decisioning.learning.features import Encoder, Feature, FeatureKind, features_of
from nba_desktop.backend.errors import FeatureError
from tests.unit.backend.decisioning.learning_world import FEATURES, values

ENCODER = Encoder(FEATURES)


def classes(**known: Value) -> list[str]:
    return [ENCODER.classes[place] for place in ENCODER.encode(known)]


def test_each_feature_has_one_active_class() -> None:
    assert classes(heating="oil", age_of_boiler=7, solar=True) == [
        "(bias)",
        "heating=oil",
        "solar=true",
        "age_of_boiler=5..15",
    ]


def test_what_is_missing_is_a_class_of_its_own() -> None:
    assert classes() == ["(bias)", "heating=(missing)", "solar=(missing)", "age_of_boiler=(missing)"]
    assert classes(age_of_boiler=math.nan) == classes()


def test_a_choice_nobody_declared_is_the_other_class() -> None:
    assert classes(heating="peat")[1] == "heating=(other)"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(-1, "<5"), (4.99, "<5"), (5, "=5..15"), (14, "=5..15"), (15, ">=15"), (10**9, ">=15")],
)
def test_an_edge_belongs_to_the_class_above_it(number: float, expected: str) -> None:
    assert classes(age_of_boiler=number)[-1] == f"age_of_boiler{expected}"


@given(values())
def test_whatever_is_known_every_feature_has_exactly_one_class(known: dict[str, Value]) -> None:
    active = ENCODER.encode(known)
    assert sorted(ENCODER.feature_names[place] for place in active) == sorted(
        ["(bias)", *(feature.name for feature in FEATURES)]
    )


def test_what_is_not_declared_is_not_looked_at() -> None:
    assert ENCODER.encode({"favourite_colour": "blue"}) == ENCODER.encode({})


def test_a_number_that_is_none_is_named() -> None:
    with pytest.raises(FeatureError, match="'age_of_boiler' is a number, its value is not"):
        ENCODER.encode({"age_of_boiler": "old"})


@pytest.mark.parametrize(
    ("kind", "choices", "edges", "message"),
    [
        ("category", (), (), "needs its choices"),
        ("number", (), (), "needs its edges"),
        ("bool", ("a",), (), "only a category has 'choices'"),
        ("bool", (), (1.0,), "only a number has 'edges'"),
        ("category", ("a", "a"), (), "a choice is here twice"),
        ("number", (), (2.0, 1.0), "numbers that rise"),
        ("number", (), (1.0, 1.0), "numbers that rise"),
        ("number", (), (math.inf,), "finite numbers"),
    ],
)
def test_a_feature_that_cannot_be_one_is_refused(
    kind: FeatureKind, choices: tuple[str, ...], edges: tuple[float, ...], message: str
) -> None:
    with pytest.raises(FeatureError, match=message):
        Feature("one", kind, choices, edges)


def test_two_features_of_one_name_are_refused() -> None:
    with pytest.raises(FeatureError, match="'solar' is declared twice"):
        Encoder((Feature("solar", "bool"), Feature("solar", "bool")))


def test_more_classes_than_anyone_can_learn_are_refused() -> None:
    many = Feature("postcode", "category", choices=tuple(str(place) for place in range(600)))
    with pytest.raises(FeatureError, match="603 classes, at most 512"):
        Encoder((many,))


def test_an_attribute_known_only_after_the_decision_is_refused() -> None:
    late = replace(ATTRIBUTES["solar"], name="talk_seconds", known="after", feature=True)
    with pytest.raises(FeatureError, match="'talk_seconds' is known only after the decision"):
        features_of({"talk_seconds": late})


@pytest.mark.parametrize("kind", ["date", "words"])
def test_an_attribute_without_classes_is_refused(kind: str) -> None:
    odd: Attribute = replace(ATTRIBUTES["solar"], name="odd", type=kind, feature=True)  # type: ignore[arg-type]
    with pytest.raises(FeatureError, match=f"'odd' is of type '{kind}'"):
        features_of({"odd": odd})


def test_the_register_gives_its_features_without_those_switched_off() -> None:
    concerns = {"concern": ("bill", "move")}
    features = features_of(ATTRIBUTES, off=("solar",), choices=concerns)
    names = {feature.name for feature in features}
    assert "solar" not in names
    assert names == {one.name for one in ATTRIBUTES.values() if one.feature} - {"solar"}
    assert next(one.choices for one in features if one.name == "concern") == ("bill", "move")
    assert len(Encoder(features).classes) <= 320
