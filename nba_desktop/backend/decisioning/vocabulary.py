"""The words of one site: which attributes, touchpoints and kinds of contract there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Schema
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES, TouchpointType

CONTRACT_KINDS: Final = frozenset({"electricity", "gas", "heat", "charging", "service"})
"""What an energy utility supplies; a catalogue may name others."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be delivered of a customer: attributes and touchpoint types by their names, kinds of contract."""

    attributes: Schema
    touchpoint_types: Mapping[str, TouchpointType]
    contract_kinds: frozenset[str]


BUILT_IN: Final = Vocabulary(ATTRIBUTES, TOUCHPOINT_TYPES, CONTRACT_KINDS)
"""What every catalogue knows without naming it."""
