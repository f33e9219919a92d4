"""Which kind of customer somebody is to speak with; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nba_desktop.backend.decisioning.attributes import Schema, Value
from nba_desktop.backend.decisioning.complaints import Complain
from nba_desktop.backend.decisioning.conditions import Condition, parse_condition
from nba_desktop.backend.decisioning.entries.customer_personas import CustomerPersonaEntry
from nba_desktop.backend.errors import ConditionError
from nba_desktop.backend.journey.types import TouchpointType


@dataclass(frozen=True, slots=True)
class CustomerPersona:
    """A kind of customer with its compiled condition."""

    entry: CustomerPersonaEntry
    when: Condition


def compiled_customer_personas(
    entries: Iterable[CustomerPersonaEntry],
    schema: Schema,
    types: Mapping[str, TouchpointType],
    complain: Complain,
) -> tuple[CustomerPersona, ...]:
    """Compile every persona; one with a mistake in its condition is complained of and left out."""
    found: list[CustomerPersona] = []
    for place, one in enumerate(entries):
        try:
            found.append(CustomerPersona(one, parse_condition(one.when, schema, types)))
        except ConditionError as error:
            complain.inside(("customer_personas", place, "when"), error)
    return tuple(found)


def persona_of(personas: Iterable[CustomerPersona], values: Mapping[str, Value]) -> CustomerPersonaEntry | None:
    """Return the first persona that the values meet; what may not be used of a customer is not among them."""
    return next((one.entry for one in personas if one.when(values) is True), None)
