"""Random customers, conditions and features for the speed figures; both sides get the same ones."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Final

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Attribute, Schema, Value
from nba_desktop.backend.decisioning.learning.features import Feature

CONDITIONS: Final = 100
ATOMS: Final = 6

_ASKED: Final = {"integer": 8, "number": 4, "bool": 8, "text": 4}
# What rules look like: mostly everything has to hold, with an alternative or an exception here and there.
_SHAPES: Final = (
    "{} and {} and {} and {} and {} and {}",
    "{} and {} and {} and {} and ({} or {})",
    "{} and {} and {} and not ({} and {} or {})",
)
_HIGHEST: Final = 100


def asked_attributes() -> Schema:
    """The register's first attributes of each type; no dates, which the rival has no whole days for."""
    chosen: dict[str, Attribute] = {}
    for kind, number in _ASKED.items():
        fitting = [one for one in ATTRIBUTES.values() if one.type == kind and (kind != "text" or one.choices)]
        chosen |= {one.name: one for one in fitting[:number]}
    return chosen


def customers(schema: Schema, number: int, seed: int) -> list[dict[str, Value]]:
    """Customers of whom everything is known, since the rival has no unknown."""
    chance = random.Random(seed)
    return [{name: _value(attribute, chance) for name, attribute in schema.items()} for _ in range(number)]


def conditions(schema: Schema, seed: int) -> list[str]:
    """Random conditions of six atoms each, in the product's language."""
    chance = random.Random(seed)
    attributes = list(schema.values())
    return [
        chance.choice(_SHAPES).format(*(_atom(chance.choice(attributes), chance) for _ in range(ATOMS)))
        for _ in range(CONDITIONS)
    ]


def in_cel(condition: str) -> str:
    """The same condition as CEL writes it; no text among the attributes' choices holds one of these words."""
    return condition.replace(" and ", " && ").replace(" or ", " || ").replace("not ", "!")


def features() -> list[Feature]:
    """32 features of all kinds."""
    edges = tuple(range(10, _HIGHEST, 10))
    choices = tuple("abcdefgh")
    return [
        *(Feature(f"number_{place}", "number", edges=edges) for place in range(16)),
        *(Feature(f"category_{place}", "category", choices=choices) for place in range(8)),
        *(Feature(f"flag_{place}", "bool") for place in range(8)),
    ]


def featured_customers(declared: Sequence[Feature], number: int, seed: int) -> list[dict[str, Value]]:
    """Customers with a value for every feature."""
    chance = random.Random(seed)

    def value(feature: Feature) -> Value:
        match feature.kind:
            case "category":
                return chance.choice(feature.choices)
            case "bool":
                return chance.random() < 0.5
            case "number":
                return round(chance.random() * _HIGHEST, 2)

    return [{feature.name: value(feature) for feature in declared} for _ in range(number)]


def as_columns(declared: Sequence[Feature], customer: Mapping[str, Value], one_hot: bool) -> list[float]:
    """A customer as numbers from 0 to 1, for a rival that takes nothing else.

    A column for each feature, where words are numbered; `one_hot` gives words a column for each choice instead, as a
    linear model needs it to tell them apart.
    """
    columns: list[float] = []
    for feature in declared:
        value = customer[feature.name]
        match value:
            case str() if one_hot:
                columns += [float(value == choice) for choice in feature.choices]
            case str():
                columns.append(feature.choices.index(value) / len(feature.choices))
            case bool():
                columns.append(float(value))
            case int() | float():
                columns.append(value / _HIGHEST)
    return columns


def _value(attribute: Attribute, chance: random.Random) -> Value:
    match attribute.type:
        case "integer":
            return chance.randint(0, _HIGHEST)
        case "number":
            return round(chance.random() * _HIGHEST, 2)
        case "bool":
            return chance.random() < 0.5
    return chance.choice(attribute.choices)


def _atom(attribute: Attribute, chance: random.Random) -> str:
    name = attribute.name
    match attribute.type:
        case "integer":
            return f"{name} {chance.choice(('<', '<=', '>', '>=', '=='))} {chance.randint(0, _HIGHEST)}"
        case "number":
            return f"{name} {chance.choice(('<', '>'))} {chance.random() * _HIGHEST:.2f}"
        case "bool":
            return chance.choice((name, f"not {name}"))
    few = chance.sample(attribute.choices, min(2, len(attribute.choices)))
    return chance.choice(
        (f'{name} == "{few[0]}"', f'{name} != "{few[0]}"', f"{name} in {str(few).replace(chr(39), chr(34))}")
    )
