"""Features: what the models may look at, and how the values of one moment become active classes."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from nba_desktop.backend.decisioning.attributes import Attribute, Schema, Value
from nba_desktop.backend.errors import FeatureError

FeatureKind = Literal["category", "number", "bool"]

BIAS: Final = "(bias)"
MAX_CLASSES: Final = 512
_OTHER: Final = "(other)"
_MISSING: Final = "(missing)"


@dataclass(frozen=True, slots=True)
class Feature:
    """One declared feature: a category with its choices, a number with its rising edges, or a bool.

    Each class has a weight of its own, and so has a missing value. A number belongs to the class of the edges it lies
    between; an edge belongs to the class above it. A category's value that is not among the choices is one more class.
    """

    name: str
    kind: FeatureKind
    choices: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.kind == "category" and not self.choices:
            raise FeatureError(f"feature '{self.name}': a category needs its choices: list them in 'choices'")
        if self.kind == "number" and not self.edges:
            raise FeatureError(f"feature '{self.name}': a number needs its edges: list them in 'edges'")
        if self.kind != "category" and self.choices:
            raise FeatureError(f"feature '{self.name}': only a category has 'choices'")
        if self.kind != "number" and self.edges:
            raise FeatureError(f"feature '{self.name}': only a number has 'edges'")
        if len(set(self.choices)) < len(self.choices):
            raise FeatureError(f"feature '{self.name}': a choice is here twice")
        if any(not math.isfinite(edge) for edge in self.edges) or list(self.edges) != sorted(set(self.edges)):
            raise FeatureError(f"feature '{self.name}': the edges are finite numbers that rise, each once")

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of its classes, the missing one last; a changed edge or choice is another class."""
        match self.kind:
            case "category":
                parts = (*(f"={choice}" for choice in self.choices), f"={_OTHER}")
            case "bool":
                parts = ("=false", "=true")
            case "number":
                low, high = self.edges[0], self.edges[-1]
                between = zip(self.edges, self.edges[1:], strict=False)
                parts = (f"<{low:g}", *(f"={a:g}..{b:g}" for a, b in between), f">={high:g}")
        return tuple(self.name + part for part in (*parts, f"={_MISSING}"))


class Encoder:
    """Turns the values of one moment into its active classes: the bias and one class of every feature.

    Only declared features are looked at. Raises `FeatureError` when features have one name, or too many classes.
    """

    def __init__(self, features: Sequence[Feature]) -> None:
        names = [feature.name for feature in features]
        for name in names:
            if names.count(name) > 1:
                raise FeatureError(f"feature '{name}' is declared twice: keep one of them")
        classes = [BIAS]
        feature_names = [BIAS]
        tables: list[tuple[str, dict[Any, int], int]] = []
        ladders: list[tuple[str, tuple[float, ...], int, int]] = []
        for feature in features:
            first = len(classes)
            classes += feature.classes
            feature_names += [feature.name] * len(feature.classes)
            missing = len(classes) - 1
            match feature.kind:
                case "category":
                    table = {choice: first + place for place, choice in enumerate(feature.choices)}
                    tables.append((feature.name, {**table, None: missing}, missing - 1))
                case "bool":
                    tables.append((feature.name, {False: first, True: first + 1, None: missing}, missing))
                case "number":
                    ladders.append((feature.name, feature.edges, first, missing))
        if len(classes) > MAX_CLASSES:
            raise FeatureError(
                f"the features have {len(classes)} classes, at most {MAX_CLASSES} are allowed: "
                "declare fewer features, choices or edges"
            )
        self.features = tuple(features)
        self.classes = tuple(classes)
        self.feature_names = tuple(feature_names)
        self._tables = tuple(tables)
        self._ladders = tuple(ladders)

    def encode(self, values: Mapping[str, Value]) -> list[int]:
        """Return the places of the active classes, the bias first.

        Raises `FeatureError` for a number's value that is no number.
        """
        get: Callable[[str], Any] = values.get
        try:
            active = [0]
            active += [table.get(get(name), other) for name, table, other in self._tables]
            active += [
                missing if (value := get(name)) is None or value != value else first + bisect_right(edges, value)
                for name, edges, first, missing in self._ladders
            ]
        except TypeError as error:
            wrong = next(name for name, *_ in self._ladders if not isinstance(get(name), int | float | None))
            raise FeatureError(f"feature '{wrong}' is a number, its value is not") from error
        return active


def features_of(
    schema: Schema, off: Collection[str] = (), choices: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Feature, ...]:
    """Make the features that the attribute register declares, without those switched off.

    `choices` are those that a catalogue declares and not the register, such as its concerns. Raises `FeatureError` for
    an attribute that is known only after the decision, or that has no classes.
    """
    return tuple(
        feature_of(attribute, (choices or {}).get(attribute.name, attribute.choices))
        for attribute in schema.values()
        if attribute.feature and attribute.name not in off
    )


def feature_of(attribute: Attribute, choices: tuple[str, ...]) -> Feature:
    """Make a feature of an attribute with these choices; raises `FeatureError` where it cannot be one."""
    refuse_hindsight(attribute.name, attribute.known == "after")
    match attribute.type:
        case "text":
            return Feature(attribute.name, "category", choices=choices)
        case "integer" | "number":
            return Feature(attribute.name, "number", edges=tuple(attribute.edges))
        case "bool":
            return Feature(attribute.name, "bool")
    raise FeatureError(
        f"attribute '{attribute.name}' is of type '{attribute.type}' and cannot be a feature: "
        "declare the number of days or a bool instead"
    )


def refuse_hindsight(name: str, known_after: bool) -> None:
    """Raise `FeatureError` for what is known only after the decision: it would explain the past and no future."""
    if known_after:
        raise FeatureError(
            f"'{name}' is known only after the decision and cannot be a feature: take it out of the features"
        )
