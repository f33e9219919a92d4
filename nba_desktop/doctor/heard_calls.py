"""What an Asterisk said about every call it had, whoever it was for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.flight.ring import Record

_RINGING = "5"

Role = Literal["own", "internal", "watched", "no call"]


@dataclass(slots=True)
class HeardCall:
    """One conversation as it was heard; devices are channel names without their instance, such as `PJSIP/agent1`.

    `role` is what the agent had to do with it, where the telephone system tells of his own conversations alone.
    """

    conversation: str
    source: str
    began: datetime
    ended: datetime
    caller: str = ""
    dialled: str = ""
    queue: str = ""
    tried: list[str] = field(default_factory=list)
    rung: list[str] = field(default_factory=list)
    answered_by: list[str] = field(default_factory=list)
    dial_status: dict[str, str] = field(default_factory=dict)
    abandoned: bool = False
    role: Role | None = None
    channels: set[str] = field(default_factory=set)
    positions: list[int] = field(default_factory=list)


def heard_calls(records: Iterable[Record]) -> list[HeardCall]:
    """Sort the heard messages into calls, in the order the calls began.

    `positions` are the numbers (`n`) of the records that are about the call. A channel stays with the call it was
    first heard in: Asterisk changes its Linkedid when calls are merged.
    """
    calls: dict[str, HeardCall] = {}
    homes: dict[str, str] = {}
    for record in records:
        if record["kind"] != "heard" or record.get("type") != "asterisk_ami":
            continue
        for message in AmiParser().feed(str(record["text"]).encode()):
            if isinstance(message, AmiMessage):
                _hear(message, record, calls, homes)
    return sorted(calls.values(), key=lambda call: call.began)


def device_of(channel: str) -> str:
    """The device of a channel: its name without the instance."""
    return channel.rpartition("-")[0] or channel


def _hear(message: AmiMessage, record: Record, calls: dict[str, HeardCall], homes: dict[str, str]) -> None:
    at = datetime.fromisoformat(record["at"])
    touched: dict[str, HeardCall] = {}
    for role in ("", "Dest", "Transferer", "OrigTransferer", "SecondTransferer", "Transferee"):
        uniqueid = message.get(f"{role}Uniqueid")
        if not uniqueid:
            continue
        home = homes.setdefault(uniqueid, message.get(f"{role}Linkedid") or uniqueid)
        call = calls.get(home)
        if call is None:
            call = calls[home] = HeardCall(home, str(record["source"]), at, at)
        call.channels.add(uniqueid)
        touched[home] = call
    for call in touched.values():
        call.ended = max(call.ended, at)
        call.positions.append(record["n"])
        _learn(call, message)


def _learn(call: HeardCall, message: AmiMessage) -> None:
    event = message.get("Event")
    uniqueid, called = message.get("Uniqueid"), device_of(message.get("DestChannel"))
    if event == "Newchannel" and uniqueid == call.conversation:
        call.caller, call.dialled = message.get("CallerIDNum"), message.get("Exten")
    elif event == "Newstate" and message.get("ChannelState") == _RINGING and uniqueid in call.channels:
        _add(call.rung, device_of(message.get("Channel")))
    elif event in ("AgentCalled", "DialBegin"):
        _add(call.tried, called)
    elif event == "DialState" and message.get("DialStatus") == "RINGING":
        _add(call.rung, called)
    elif event == "DialEnd":
        call.dial_status.setdefault(called, message.get("DialStatus"))
        if message.get("DialStatus") == "ANSWER":
            _add(call.answered_by, called)
    elif event == "AgentConnect":
        _add(call.answered_by, called)
    elif event == "QueueCallerAbandon":
        call.abandoned = True
    call.queue = call.queue or message.get("Queue")


def _add(names: list[str], name: str) -> None:
    # Local channels stand for a telephone and are none.
    if name and not name.startswith("Local/") and name not in names:
        names.append(name)
