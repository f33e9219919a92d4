"""Batches are read one by one, so that a broken message is refused without the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from pydantic import ValidationError, ValidatorFunctionWrapHandler

from nba_desktop.backend.api.problems import field_problems
from nba_desktop.backend.messages import UnreadableEvent

NO_ID: Final = UUID(int=0)
"""What a verdict names when not even the event's id can be read; its place in the batch says which it is."""


def read_alone(raw: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read one message of a batch; what cannot be read becomes an `UnreadableEvent`."""
    try:
        return read(raw)
    except ValidationError as error:
        return UnreadableEvent(_id_of(raw), field_problems(error.errors(include_url=False, include_input=False)))


def _id_of(raw: object) -> UUID:
    try:
        return UUID(str(raw["event_id"])) if isinstance(raw, Mapping) else NO_ID
    except (KeyError, ValueError):
        return NO_ID
