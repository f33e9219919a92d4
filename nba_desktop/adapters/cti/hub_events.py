"""The backend's call events, read and turned into the panel's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from pydantic import ValidationError

from nba_desktop.adapters.cti.sse import SseEvent
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.calls import HubCallEvent, HubEventType, HubParty
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Party

HUB: Final = "hub"
"""The one source name of all its events; legs and conversations name their telephone system themselves (`pbx:…`)."""

CALL: Final = "call"
"""What the stream names the events that are about calls."""

NEWS: Final = "news"
"""What the stream names the events that tell of something new in a running call."""

_TYPES: Final = frozenset(get_args(HubEventType))


@dataclass(frozen=True, slots=True)
class HubProblem:
    """Input that was dropped; it carries no content, which may be personal data."""

    code: Literal["line_too_long", "event_too_long", "unknown_event", "unknown_type", "malformed_event"]


def read_hub_event(event: SseEvent) -> HubCallEvent | HubProblem:
    """Return the call event that an event of the stream carries, or why it carries none."""
    if event.name != CALL:
        return HubProblem("unknown_event")
    try:
        return HubCallEvent.model_validate_json(event.data)
    except ValidationError:
        return HubProblem("unknown_type" if _has_unknown_type(event.data) else "malformed_event")


def read_news(event: SseEvent) -> OfferNews | HubProblem:
    """Return the news that an event of the stream carries, or why it carries none."""
    try:
        return OfferNews.model_validate_json(event.data)
    except ValidationError:
        return HubProblem("malformed_event")


def call_event_of(event: HubCallEvent, occurred_at: datetime, received_at: datetime) -> CallEvent:
    """Return the event as the panel knows it, at these times of the panel's own clock."""
    return CallEvent(
        event_id=event.event_id,
        source=HUB,
        type=CallEventType(event.type),
        occurred_at=occurred_at,
        received_at=received_at,
        interaction_id=event.interaction_id,
        leg_id=event.leg_id,
        source_seq=event.sequence,
        direction=event.direction,
        caller=_party(event.caller),
        called=_party(event.called),
        dialled=event.dialled,
        queue=event.queue,
        waiting=event.waiting,
        attached=Attached(customer_no=event.customer_no),
        cause=event.cause,
        legs=event.legs,
        knows_since=None if event.knows_since is None else occurred_at - (event.occurred_at - event.knows_since),
    )


class HubTimes:
    """Tells when an event occurred by this machine's clock, however wrong the backend's is.

    A snapshot is made as it is sent, so it tells the difference. A call that began before the panel did (at `begun`)
    and is told because it is still going on counts from then: events of before are taken for a replay of the past.
    """

    def __init__(self, begun: datetime) -> None:
        self._begun = begun
        self._theirs: datetime | None = None
        self._ours = begun

    def occurred_at(self, event: HubCallEvent, now: datetime) -> datetime:
        """Return when an event that came `now` occurred."""
        if event.type == "snapshot":
            self._theirs, self._ours = event.occurred_at, now
        try:
            at = event.occurred_at if self._theirs is None else self._ours + (event.occurred_at - self._theirs)
        except OverflowError:
            return now
        return min(max(at, self._begun), now)


def _has_unknown_type(data: str) -> bool:
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return False
    kind = values.get("type") if isinstance(values, dict) else None
    return isinstance(kind, str) and kind not in _TYPES


def _party(party: HubParty) -> Party:
    return Party(party.raw, party.e164, party.presentation)
