"""Calls of a telephone system that reports to the backend, as they reach one agent's panel."""

from __future__ import annotations

from typing import Literal

from nba_desktop.contract.base import Answer, Count, Moment

HubEventType = Literal[
    "ringing", "answered", "held", "resumed", "transferred", "joined", "left", "data", "ended", "snapshot"
]
HubCause = Literal["normal", "missed", "elsewhere", "transferred", "failed", "unknown"]


class HubParty(Answer):
    """A number as it came and as the backend understood it by the source's number format."""

    raw: str = ""
    e164: str | None = None
    presentation: Literal["allowed", "restricted", "unknown"] = "unknown"


class HubCallEvent(Answer):
    """One neutral call event for one agent; `sequence` counts up for that agent and is the stream's event id.

    A `snapshot` names in `legs` every leg that is still alive; the panel ends the others, but for those of before
    `knows_since`, of which the backend has forgotten everything (it was restarted).
    """

    sequence: Count
    event_id: str
    source: str
    type: HubEventType
    occurred_at: Moment
    received_at: Moment
    interaction_id: str = ""
    leg_id: str = ""
    direction: Literal["inbound", "outbound", "internal"] = "inbound"
    caller: HubParty = HubParty()
    called: HubParty = HubParty()
    dialled: str = ""
    diverted_from: str | None = None
    queue: str | None = None
    waiting: Count | None = None
    customer_no: str | None = None
    cause: HubCause | None = None
    legs: tuple[str, ...] = ()
    knows_since: Moment | None = None


class HubSource(Answer):
    """A telephone system that reports to the backend; `mine` is how many of its users stand for the agent who asks."""

    source: str
    dialect: str
    mine: Count


class HubSources(Answer):
    """Every telephone system that reports to the backend, by name."""

    agent_id: str
    sources: tuple[HubSource, ...]
