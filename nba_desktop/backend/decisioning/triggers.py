"""Triggers ready to be asked: which touchpoints raise which actions, and by how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from nba_desktop.backend.decisioning.attributes import Attribute, AttributeType, Schema, Value
from nba_desktop.backend.decisioning.complaints import Complain, check_words
from nba_desktop.backend.decisioning.conditions import Condition, parse_condition
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.targets import aims_at
from nba_desktop.backend.decisioning.entries.triggers import TriggerEntry
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import ConditionError
from nba_desktop.backend.journey.params import fits, param_kind
from nba_desktop.backend.journey.types import TouchpointType
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.codes import ContactChannel, Experience

_DOTTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|\btouchpoint\.(?=[A-Za-z_])")
_PREFIX: Final = "touchpoint_"
_TYPES: Final[Mapping[str, AttributeType]] = {"number": "number", "date": "date", "text": "text"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger with its compiled conditions; `raises` is in percent by the action's id."""

    entry: TriggerEntry
    on: Condition
    when: Condition | None
    raises: Mapping[str, int]

    def is_met_by(self, touchpoint: TouchpointRecord, arrived_at: datetime) -> bool:
        """Whether a touchpoint that arrives at a moment is one that it waits for; unknown is no."""
        age = arrived_at - touchpoint.at
        if age > timedelta(days=self.entry.within_days) or self.expires_at(touchpoint.at) <= arrived_at:
            return False
        return self.on(touchpoint_values(touchpoint)) is True

    def expires_at(self, at: datetime) -> datetime:
        """Return when what a touchpoint of that moment raised is over."""
        return at.astimezone(UTC) + timedelta(days=self.entry.expires_days)


def compiled_triggers(
    entry: CatalogueEntry, schema: Schema, types: Mapping[str, TouchpointType], complain: Complain
) -> tuple[Trigger, ...]:
    """Compile every trigger; one with a mistake in a condition is complained of and left out."""
    asked = touchpoint_schema(types.values())
    found: list[Trigger] = []
    for place, one in enumerate(entry.triggers):
        path: KeyPath = ("triggers", place)
        on = _condition(_undotted(one.on), asked, types, (*path, "on"), complain)
        when = None if one.when is None else _condition(one.when, schema, types, (*path, "when"), complain)
        check_words(one.why, (*path, "why"), schema, complain, told_later=True)
        if on is None or (one.when is not None and when is None):
            continue
        raises = {
            action.id: sum(raised.weight for raised in one.raises if aims_at(raised.target, action))
            for action in entry.actions
        }
        found.append(Trigger(one, on, when, {action: percent for action, percent in raises.items() if percent}))
    return tuple(found)


def touchpoint_schema(types: Iterable[TouchpointType]) -> Schema:
    """Return what a trigger may ask of a touchpoint, as `touchpoint_…`."""
    kinds = list(types)
    found = [
        _attribute("type", "text", tuple(kind.code for kind in kinds)),
        _attribute("channel", "text", tuple(channel.value for channel in ContactChannel)),
        _attribute("experience", "text", tuple(experience.value for experience in Experience)),
        _attribute("case_open", "bool"),
    ]
    taken = {one.name for one in found}
    for name in sorted({name for kind in kinds for name in kind.params}):
        if f"{_PREFIX}{name}" not in taken:
            found.append(_attribute(name, _TYPES[param_kind(name)]))
    return {one.name: one for one in found}


def touchpoint_values(touchpoint: TouchpointRecord) -> dict[str, Value]:
    """Return what a touchpoint answers; a value of the wrong kind is missing."""
    values: dict[str, Value] = {}
    for name, value in touchpoint.params.items():
        if value is not None and fits(name, value):
            is_day = param_kind(name) == "date" and isinstance(value, str)
            values[f"{_PREFIX}{name}"] = date.fromisoformat(str(value)) if is_day else value
    return values | {
        f"{_PREFIX}type": touchpoint.type,
        f"{_PREFIX}channel": touchpoint.channel.value,
        f"{_PREFIX}experience": touchpoint.experience.value,
        f"{_PREFIX}case_open": touchpoint.case_open,
    }


def _attribute(name: str, kind: AttributeType, choices: tuple[str, ...] = ()) -> Attribute:
    return Attribute(f"{_PREFIX}{name}", kind, "service", "of the touchpoint that arrives", "journey", choices=choices)


def _undotted(source: str) -> str:
    """Write `touchpoint.type` as a name; of the same length, so that places in messages stay right."""
    return _DOTTED.sub(lambda found: _PREFIX if found[0] == "touchpoint." else found[0], source)


def _condition(
    source: str, schema: Schema, types: Mapping[str, TouchpointType], path: KeyPath, complain: Complain
) -> Condition | None:
    try:
        return parse_condition(source, schema, types)
    except ConditionError as error:
        dotted = [text.replace(_PREFIX, "touchpoint.") for text in (error.message, error.suggestion)]
        complain.inside(path, ConditionError(dotted[0], error.line, error.column, dotted[1]))
        return None
