"""Messages of Genesys Cloud without the people in them, for the flight recorder: unknown keys are left out."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from nba_desktop.adapters.cti.genesys.addresses import is_withheld, number_of
from nba_desktop.adapters.flight.masking import LONGEST_MESSAGE, REMOVED, Masking

_CONTAINERS: Final = frozenset({"eventBody", "participants", "calls", "entities", "self", "other", "metadata", "user"})
_IDS: Final = frozenset(
    {
        "id",
        "userId",
        "queueId",
        "consultParticipantId",
        "monitoredParticipantId",
        "coachedParticipantId",
        "bargedParticipantId",
        "peerId",
        "CorrelationId",
    }
)
_ADDRESSES: Final = frozenset({"address", "ani", "dnis", "addressNormalized", "addressRaw"})
_WORDS: Final = frozenset({"purpose", "state", "direction", "disconnectType", "version", "provider"})
_TIMES: Final = frozenset({"connectedTime", "disconnectedTime", "endTime", "startHoldTime", "startTime"})
_FLAGS: Final = frozenset({"held", "confined", "muted"})
_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ID: Final = re.compile(rf"{_UUID}|[A-Za-z-]{{1,64}}")
_TOPIC: Final = re.compile(rf"v2\.users\.({_UUID}|[A-Za-z-]{{1,64}})\.conversations|channel\.metadata|v2\.system\.\w+")
_WORD: Final = re.compile(r"[A-Za-z._]{1,40}|[0-9.]{1,5}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z")
_ATTRIBUTE: Final = re.compile(r"[A-Za-z_][A-Za-z_. -]{0,63}")
_SERVICE_WORDS: Final = frozenset({"WebSocket Heartbeat", "pong"})


def mask_genesys(data: bytes, masking: Masking) -> str:
    """Mask one message, or one list of conversations, as it came; what is neither is removed.

    What stays is enough to be translated again: ids, states, times, masked numbers, the names of queues and of
    attributes. Names of people, the values of attributes and every key that is not known are gone.
    """
    if len(data) > LONGEST_MESSAGE:
        return REMOVED
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return REMOVED
    return json.dumps(_masked(values, masking)) if isinstance(values, dict) else REMOVED


def _masked(values: dict[str, Any], masking: Masking) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in values.items():
        if key in _CONTAINERS:
            kept[key] = _inside(value, masking)
        elif key == "attributes" and isinstance(value, dict):
            kept[key] = {
                name: REMOVED if one else one
                for name, one in value.items()
                if isinstance(one, str) and _ATTRIBUTE.fullmatch(name)
            }
        elif key in _FLAGS and isinstance(value, bool):
            kept[key] = value
        elif isinstance(value, str) and (text := _text(key, value, values, masking)) is not None:
            kept[key] = text
    return kept


def _inside(value: Any, masking: Masking) -> Any:
    if isinstance(value, dict):
        return _masked(value, masking)
    return [_masked(one, masking) for one in value if isinstance(one, dict)] if isinstance(value, list) else None


def _text(key: str, value: str, around: dict[str, Any], masking: Masking) -> str | None:
    """What stays of a text under a known key; None under an unknown one."""
    if key in _ADDRESSES:
        return _address(value, masking)
    if key == "name":
        return masking.text(value) if around.get("purpose") == "acd" else None
    if key == "queueName":
        return masking.text(value)
    if key == "message":
        return value if value in _SERVICE_WORDS else None
    for keys, pattern in ((_IDS, _ID), (_WORDS, _WORD), (_TIMES, _TIME), (frozenset({"topicName"}), _TOPIC)):
        if key in keys:
            return value if not value or pattern.fullmatch(value) else REMOVED
    return None


def _address(value: str, masking: Masking) -> str:
    number = number_of(value)
    if not number:
        return ""
    return "anonymous" if is_withheld(number) else masking.number(number)
