"""A checked condition, ready to be asked for one customer; many of them fused into one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from nba_desktop.backend.decisioning.attributes import Schema, Value
from nba_desktop.backend.decisioning.conditions.expression import Expression
from nba_desktop.backend.decisioning.conditions.journey_queries import JourneyQuery
from nba_desktop.backend.decisioning.conditions.language import read_condition
from nba_desktop.backend.decisioning.conditions.python_code import Truth, answer_function, truths_function
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES, TouchpointType


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition; `names` are the attributes it asks, `queries` what it asks of the touchpoints."""

    source: str
    names: frozenset[str]
    queries: frozenset[JourneyQuery]
    expression: Expression
    _answer: Callable[[Mapping[str, Value]], Truth] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_answer", answer_function(self.expression))

    def __call__(self, values: Mapping[str, Value]) -> Truth:
        """Answer for one customer: true, false, or unknown (None); what is not in `values` is missing."""
        return self._answer(values)

    @property
    def keys(self) -> frozenset[str]:
        """Every key of `values` it looks at: attributes and queries."""
        return self.names | {query.key for query in self.queries}


def parse_condition(source: str, schema: Schema, types: Mapping[str, TouchpointType] = TOUCHPOINT_TYPES) -> Condition:
    """Check `source` against `schema` and the `types` of touchpoints, and compile it.

    Raises `ConditionError` at the first mistake.
    """
    found = read_condition(source, schema, types)
    return Condition(source, found.names, found.queries, found.expression)


def fuse(conditions: Sequence[Condition]) -> Callable[[Mapping[str, Value]], tuple[bool, ...]]:
    """One function that says of each condition, in order, whether it is true; unknown is not true."""
    return truths_function([one.expression for one in conditions])
