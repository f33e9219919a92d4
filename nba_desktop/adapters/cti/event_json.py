"""Neutral call events as JSON, for recordings and for reading along."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from nba_desktop.domain.call_event import CallEvent, LinkState


def event_values(event: CallEvent) -> dict[str, Any]:
    """Return the event as JSON values, without what is empty; times in ISO 8601."""
    values = asdict(event)
    values["type"] = event.type.value
    values["occurred_at"] = event.occurred_at.isoformat()
    values["received_at"] = event.received_at.isoformat()
    if event.knows_since is not None:
        values["knows_since"] = event.knows_since.isoformat()
    for part in ("caller", "called", "attached"):
        values[part] = {key: value for key, value in values[part].items() if value not in (None, "")}
    values["legs"] = list(event.legs)
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def event_of(values: dict[str, Any]) -> CallEvent:
    """Return the event that `event_values` wrote. Raises `ValueError` for anything else."""
    # What is empty was left out; an event of the link has no id.
    return TypeAdapter(CallEvent).validate_python({"event_id": "", **values})


def link_values(link: LinkState) -> dict[str, Any]:
    """Return a link's state as JSON values, without what is empty."""
    return {key: value for key, value in asdict(link).items() if value not in (None, "")}
