"""Conversations as Genesys Cloud writes them, read with care: what is not as documented is left out.

The shapes are those of `v2.users.{id}.conversations` (ConversationEventTopicConversation) and of
`GET /api/v2/conversations` (Conversation), which differ little: https://developer.genesys.cloud.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

ENDED: Final = frozenset({"disconnected", "terminated"})
RINGING: Final = frozenset({"alerting", "dialing", "contacting", "offering"})
CONNECTED: Final = "connected"

_CUSTOMERS: Final = frozenset({"customer", "external"})
_COLLEAGUES: Final = frozenset({"agent", "user"})
_WATCHES: Final = ("monitoredParticipantId", "coachedParticipantId", "bargedParticipantId")
_LONGEST: Final = 256
_MOST_PARTICIPANTS: Final = 200


@dataclass(frozen=True, slots=True)
class Call:
    """One communication of a participant. `state` and `disconnect` are in small letters, with dots."""

    call_id: str
    state: str
    held: bool
    confined: bool
    outbound: bool
    disconnect: str
    hold_at: datetime | None
    own_address: str
    other_address: str

    @property
    def is_over(self) -> bool:
        return self.state in ENDED

    @property
    def is_free(self) -> bool:
        """Whether this side talks and hears."""
        return self.state == CONNECTED and not self.held and not self.confined


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody, or something, in a conversation; `consults` names the participant he is asked about."""

    participant_id: str
    user_id: str
    purpose: str
    name: str
    address: str
    dialled: str
    queue_id: str
    queue_name: str
    consults: str
    watches: bool
    calls: tuple[Call, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_customer(self) -> bool:
        return self.purpose in _CUSTOMERS

    @property
    def is_colleague(self) -> bool:
        return self.purpose in _COLLEAGUES and not self.watches

    @property
    def is_there(self) -> bool:
        """Whether one of his calls is not over."""
        return any(not call.is_over for call in self.calls)

    @property
    def is_connected(self) -> bool:
        return any(call.state == CONNECTED for call in self.calls)

    @property
    def is_free(self) -> bool:
        return any(call.is_free for call in self.calls)

    @property
    def is_put_aside(self) -> bool:
        """Whether he is connected, but hears music or nothing."""
        return self.is_connected and not self.is_free


@dataclass(frozen=True, slots=True)
class Conversation:
    """One snapshot of a conversation, participants in their order."""

    conversation_id: str
    participants: tuple[Participant, ...]


def read_conversation(body: object) -> Conversation | None:
    """Return the conversation in `body`, parsed JSON; None when it is not one."""
    if not isinstance(body, dict):
        return None
    conversation_id, participants = _text(body, "id"), body.get("participants")
    if not conversation_id or not isinstance(participants, list):
        return None
    read = (_participant(one) for one in participants[:_MOST_PARTICIPANTS] if isinstance(one, dict))
    return Conversation(conversation_id, tuple(one for one in read if one.participant_id))


def read_listing(body: object) -> list[Conversation] | None:
    """Return the conversations of an answer to `GET /api/v2/conversations`; None when it is not one."""
    entities = body.get("entities") if isinstance(body, dict) else None
    if not isinstance(entities, list):
        return None
    return [one for one in map(read_conversation, entities) if one is not None]


def _participant(values: dict[str, Any]) -> Participant:
    user = values.get("user")
    attributes = values.get("attributes")
    calls = values.get("calls")
    return Participant(
        participant_id=_text(values, "id"),
        user_id=_text(values, "userId") or (_text(user, "id") if isinstance(user, dict) else ""),
        purpose=_text(values, "purpose").lower(),
        name=_text(values, "name"),
        address=_text(values, "address") or _text(values, "ani"),
        dialled=_text(values, "dnis"),
        queue_id=_text(values, "queueId"),
        queue_name=_text(values, "queueName"),
        consults=_text(values, "consultParticipantId"),
        watches=any(_text(values, key) for key in _WATCHES),
        calls=tuple(_calls(calls)) if isinstance(calls, list) else (),
        attributes={
            key: _clean(value)
            for key, value in (attributes.items() if isinstance(attributes, dict) else ())
            if isinstance(value, str)
        },
    )


def _calls(values: list[Any]) -> Iterator[Call]:
    for one in values[:_MOST_PARTICIPANTS]:
        call_id = _text(one, "id") if isinstance(one, dict) else ""
        if call_id:
            yield Call(
                call_id=call_id,
                state=_text(one, "state").lower(),
                held=one.get("held") is True,
                confined=one.get("confined") is True,
                outbound=_text(one, "direction").lower() == "outbound",
                disconnect=_text(one, "disconnectType").lower().replace("_", "."),
                hold_at=_time(_text(one, "startHoldTime")),
                own_address=_address(one.get("self")),
                other_address=_address(one.get("other")),
            )


def _address(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    return _text(value, "addressNormalized") or _text(value, "addressRaw")


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    # JSON can hold halves of characters, which nothing behind this can write down.
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
