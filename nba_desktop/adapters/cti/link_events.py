"""That the line to a telephone system came up or went down, as a call event."""

from __future__ import annotations

from datetime import datetime

from nba_desktop.domain.call_event import CallEvent, CallEventType


def link_event(source: str, type_: CallEventType, at: datetime, detail: str = "") -> CallEvent:
    """Make `LINK_UP` or `LINK_DOWN`; `at` is UTC, `detail` a code of `LinkState`."""
    return CallEvent(event_id="", source=source, type=type_, occurred_at=at, received_at=at, detail=detail)
