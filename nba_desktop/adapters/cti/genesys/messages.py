"""What comes down a notification channel: conversations, heartbeats, the warning before it closes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from nba_desktop.adapters.cti.genesys.payload import Conversation, read_conversation


class Talk(Enum):
    """What is not about calls."""

    NOTHING = "nothing"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Problem:
    """Input that could not be understood; `code` is all that is said of it."""

    code: str


def read_json(data: bytes | str) -> dict[str, Any] | Problem:
    """Read the JSON object that every message is."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return Problem("not_json")
    return values if isinstance(values, dict) else Problem("not_a_message")


def read_message(data: bytes | str, user_id: str) -> Conversation | Talk | Problem:
    """Read one message; of conversations, only the user's own topic counts."""
    values = read_json(data)
    if isinstance(values, Problem):
        return values
    topic = values.get("topicName")
    if topic == f"v2.users.{user_id}.conversations":
        return read_conversation(values.get("eventBody")) or Problem("not_a_conversation")
    return Talk.CLOSING if topic == "v2.system.socket_closing" else Talk.NOTHING
