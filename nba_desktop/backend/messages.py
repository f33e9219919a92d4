"""What batches of messages from outside have in common: each gets a verdict of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.contract.problems import FieldProblem

LARGEST: Final = 2**31 - 1
"""The largest number that every database keeps as an integer."""

_YEARS: Final = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class UnreadableEvent:
    """An event that breaks the contract; its id is all zeros where even that cannot be read."""

    event_id: UUID
    errors: tuple[FieldProblem, ...]


def check_kept(at: datetime, numbers: tuple[int, ...], values: Mapping[str, object]) -> None:
    """Raise `InvalidMessage` for what no database could keep."""
    if at.year not in _YEARS:
        raise InvalidMessage("the moment is outside of this century")
    if max(numbers, default=0) > LARGEST:
        raise InvalidMessage("a number is too large")
    if any("\x00" in text for text in _texts(values)):
        raise InvalidMessage("a text holds a NUL character")


def _texts(values: Mapping[str, object]) -> Iterator[str]:
    for value in values.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(value)
