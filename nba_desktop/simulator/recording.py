"""A recorded call: its messages, their pace, the points it can stop at, and fresh ids for every repetition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal
from uuid import uuid4

Phase = Literal["ringing", "answered", "ended"]
Gate = Literal["offered", "answered", "ended"]
Field = tuple[str, str]

_TIMELINE_EVENT: Final = re.compile(r"^ *([0-9.]+) AMI ([A-Za-z]+)")
_UNIQUEID: Final = re.compile(r"[0-9]{10}\.[0-9]+")
_CHANNEL: Final = re.compile(r"([A-Z]+/[A-Za-z0-9_]+)-([0-9a-f]{8})")
_BEGINS_THE_END: Final = ("HangupRequest", "BlindTransfer", "AttendedTransfer", "AgentRingNoAnswer", "Hangup")

WITHHELD: Final = frozenset({"06", "22"})
"""The recordings whose first caller does not want his number shown, which only shows when the channel is asked."""


class RecordingError(Exception):
    """A recording that is missing or not one; the message names the file."""


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded message: `at` seconds after the call began, `phase` when this message tells the agent's panel so.

    `gate` names what must not begin before somebody lets it: the answer or the end of the call, or (where callers wait
    in a queue) the ringing.
    """

    at: float
    fields: tuple[Field, ...]
    phase: Phase | None = None
    gate: Gate | None = None

    def get(self, key: str) -> str:
        """Return the first value of `key`, empty when there is none."""
        return next((value for name, value in self.fields if name == key), "")

    def encode(self) -> bytes:
        """Return the bytes as Asterisk sends them."""
        return ("".join(f"{key}: {value}\r\n" for key, value in self.fields) + "\r\n").encode()


def load(folder: Path, number: str, agent: str) -> tuple[Step, ...]:
    """Read recording `number` ("01") of `folder` as `agent` ("PJSIP/agent1") lives it. Raises `RecordingError`."""
    found = sorted(folder.glob(f"{number}_*.ami.txt")) if re.fullmatch("[0-9]{2}", number) else []
    if not found:
        raise RecordingError(f"no recording {number[:8]!r} in {folder}; there are 01 to 22, see its README.md")
    path = found[0]
    messages = _messages(path.read_bytes())
    times = _times(path.with_name(path.name.replace(".ami.txt", ".timeline.txt")))
    if len(messages) != len(times):
        raise RecordingError(f"{path.name} has {len(messages)} events, its timeline {len(times)}")
    begin = times[0]
    steps = [Step(at - begin, fields) for at, fields in zip(times, messages, strict=True)]
    return tuple(_with_phases(steps, agent))


def renew(steps: tuple[Step, ...], caller: str | None, serial: Callable[[], int], epoch: int) -> tuple[Step, ...]:
    """Return the call with ids no call had before and, when given, with `caller` as the first caller's number.

    `serial` counts channels, `epoch` is the time in seconds that Asterisk's unique ids begin with.
    """
    recorded = next((step.get("CallerIDNum") for step in steps if step.get("Event") == "Newchannel"), "")
    known: dict[str, str] = {}

    def fresh(match: re.Match[str]) -> str:
        if match[0] not in known:
            known[match[0]] = f"{epoch}.{serial()}" if match.re is _UNIQUEID else f"{match[1]}-{serial():08x}"
        return known[match[0]]

    def renewed(key: str, value: str) -> str:
        if key.endswith(("Uniqueid", "Linkedid")) and not key.endswith("BridgeUniqueid"):
            return _UNIQUEID.sub(fresh, value)
        if key.endswith("BridgeUniqueid"):
            return known.setdefault(value, str(uuid4()))
        if key.endswith("Channel"):
            return _CHANNEL.sub(fresh, value)
        if caller is not None and value == recorded and key.endswith(("CallerIDNum", "ConnectedLineNum")):
            return caller
        return value

    return tuple(
        replace(step, fields=tuple((key, renewed(key, value)) for key, value in step.fields)) for step in steps
    )


def _messages(data: bytes) -> list[tuple[Field, ...]]:
    blocks = (block.split("\r\n") for block in data.decode("utf-8").split("\r\n\r\n"))
    messages = [tuple(_field(line) for line in block if ": " in line) for block in blocks]
    return [message for message in messages if message and message[0][0] == "Event"]


def _field(line: str) -> Field:
    key, _, value = line.partition(": ")
    return key, value


def _times(path: Path) -> list[float]:
    if not path.exists():
        raise RecordingError(f"{path.name} is missing beside its recording")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [float(match[1]) for line in lines if (match := _TIMELINE_EVENT.match(line))]


def _with_phases(steps: list[Step], agent: str) -> Iterator[Step]:
    waiting: list[Phase] = ["ringing", "answered", "ended"]
    up = ending = False
    for step in steps:
        phase = _phase(step, agent)
        gate: Gate | None = None
        rang = "ringing" not in waiting
        if (
            rang
            and not up
            and step.get("Event") == "Newstate"
            and _is_of(step, agent)
            and step.get("ChannelState") == "6"
        ):
            up = True
            gate = "answered"
        elif rang and not ending and step.get("Event") in _BEGINS_THE_END:
            ending = True
            gate = "ended"
        if phase in waiting:
            waiting.remove(phase)
        else:
            phase = None
        yield replace(step, phase=phase, gate=gate)


def _phase(step: Step, agent: str) -> Phase | None:
    event = step.get("Event")
    if _enters_state(step, agent, "5"):
        return "ringing"
    if (event == "AgentConnect" and _is_of(step, agent, "Dest")) or (event == "BridgeEnter" and _is_of(step, agent)):
        return "answered"
    return "ended" if event == "Hangup" and _is_of(step, agent) else None


def _is_of(step: Step, agent: str, prefix: str = "") -> bool:
    return step.get(f"{prefix}Channel").rpartition("-")[0] == agent


def _enters_state(step: Step, agent: str, state: str) -> bool:
    return step.get("Event") == "Newstate" and _is_of(step, agent) and step.get("ChannelState") == state
