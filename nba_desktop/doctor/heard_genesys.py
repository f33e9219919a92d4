"""What Genesys Cloud said about every conversation of the agent, whatever the panel made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from nba_desktop.adapters.cti.genesys.addresses import is_withheld, number_of
from nba_desktop.adapters.cti.genesys.messages import Problem, read_json
from nba_desktop.adapters.cti.genesys.payload import Conversation, Participant, read_conversation, read_listing
from nba_desktop.adapters.cti.genesys.reading import queue_of
from nba_desktop.adapters.cti.genesys.settings import SOURCE as GENESYS
from nba_desktop.adapters.flight.ring import Record
from nba_desktop.doctor.heard_calls import HeardCall, Role

_TOPIC: Final = re.compile(r"v2\.users\.(.+)\.conversations")


def heard_conversations(records: Iterable[Record]) -> list[HeardCall]:
    """Sort the notifications into conversations, in the order they began; lists of conversations are left out."""
    calls: dict[str, HeardCall] = {}
    for record in records:
        values = _message(record)
        topic = _TOPIC.fullmatch(str(values.get("topicName")))
        conversation = read_conversation(values.get("eventBody"))
        if topic is not None and conversation is not None:
            _hear(calls, record, conversation, topic[1])
    return list(calls.values())


def listed_only(record: Record, conversations: set[str]) -> Record | None:
    """A record of a list of conversations with no others in it than these; None for any other record."""
    values = _message(record)
    if read_listing(values) is None:
        return None
    entities = [one for one in values["entities"] if isinstance(one, dict) and one.get("id") in conversations]
    return {**record, "text": json.dumps({"entities": entities})}


def lists_any(record: Record) -> bool:
    """Whether a record that `listed_only` returned has a conversation in it."""
    return bool(read_listing(_message(record)))


def _message(record: Record) -> dict[str, Any]:
    if record["kind"] != "heard" or record.get("type") != GENESYS:
        return {}
    values = read_json(str(record["text"]))
    return {} if isinstance(values, Problem) else values


def _hear(calls: dict[str, HeardCall], record: Record, conversation: Conversation, user: str) -> None:
    at = datetime.fromisoformat(record["at"])
    known = conversation.conversation_id
    call = calls.setdefault(known, HeardCall(known, str(record["source"]), at, at))
    call.positions.append(record["n"])
    own = [one for one in conversation.participants if one.user_id == user]
    if any(one.is_there for one in own):
        # What is told after the agent hung up is about his wrap-up, or about others.
        call.ended = max(call.ended, at)
    customer = next((one for one in conversation.participants if one.is_customer), None)
    number = number_of(customer.address) if customer is not None else ""
    call.caller = call.caller or ("" if is_withheld(number) else number)
    for one in own:
        call.queue = call.queue or queue_of(one, conversation) or ""
    call.role = _role(own, customer)


def _role(own: list[Participant], customer: Participant | None) -> Role:
    if not any(one.calls for one in own):
        return "no call"
    if all(one.watches for one in own):
        return "watched"
    return "internal" if customer is None else "own"
