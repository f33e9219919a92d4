"""What the backend's stream of one agent looks like, without a server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from nba_desktop.contract.calls import HubCallEvent, HubParty

AT: Final = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
CALLER: Final = HubParty(raw="4930600000001", e164="+4930600000001", presentation="allowed")
HELLO: Final = b"retry: 1000\n\n"


def hub_event(kind: Any, sequence: int, call: str = "", **changes: Any) -> HubCallEvent:
    """One event of an agent's call `call` at the source `pbx`; without a call, of the hub itself."""
    values: dict[str, Any] = {
        "sequence": sequence,
        "event_id": f"e-{sequence}",
        "source": "pbx" if call else "hub",
        "type": kind,
        "occurred_at": AT,
        "received_at": AT,
        "interaction_id": f"pbx:{call}" if call else "",
        "leg_id": f"pbx:{call}" if call else "",
        "caller": CALLER if call else HubParty(),
    }
    return HubCallEvent(**values | changes)


def block(event: HubCallEvent) -> bytes:
    """An event as the backend writes it."""
    return b"event: call\nid: %d\ndata: %b\n\n" % (event.sequence, event.model_dump_json().encode())


def stream(*events: HubCallEvent) -> bytes:
    """A stream with these events."""
    return HELLO + b"".join(map(block, events))
