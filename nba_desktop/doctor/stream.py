"""A recorded stream through the translator again: neutral events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiItem, AmiMessage, AmiParser
from nba_desktop.adapters.cti.ami_translator import AmiTranslator
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.doctor.heard_calls import device_of
from nba_desktop.domain.call_event import CallEvent


@dataclass(frozen=True, slots=True)
class Heard:
    """Bytes and when they came (UTC)."""

    at: datetime
    data: bytes


def neutral_events(
    heard: Iterable[Heard], source: str, lines: tuple[AgentLine, ...], numbers: NumberSettings
) -> Iterator[CallEvent]:
    """Translate an AMI stream for each of the `lines`; a list of channels in it counts as a snapshot."""
    parser = AmiParser()
    translators = [AmiTranslator(source, line, numbers) for line in lines]
    for part in heard:
        for item in parser.feed(part.data):
            if isinstance(item, AmiMessage):
                for translator in translators:
                    if item.get("EventList").lower() == "start":
                        translator.expect_snapshot(item.get("ActionID"))
                    yield from translator.translate(item, part.at)


def agent_lines(data: bytes, extension: str = "") -> tuple[AgentLine, ...]:
    """Find the devices of an extension in an AMI stream, or of every extension; a device names itself as it begins."""
    found: dict[str, list[str]] = {}
    items: list[AmiItem] = AmiParser().feed(data)
    for item in items:
        if not isinstance(item, AmiMessage) or item.get("Event") not in ("Newchannel", "AgentCalled", "DialBegin"):
            continue
        for role in ("", "Dest"):
            own, device = item.get(f"{role}CallerIDNum"), device_of(item.get(f"{role}Channel"))
            is_extension = own.isascii() and own.isdigit() and len(own) <= 5
            if is_extension and device and not device.startswith("Local/") and extension in ("", own):
                devices = found.setdefault(own, [])
                if device not in devices:
                    devices.append(device)
    return tuple(AgentLine(own, tuple(devices)) for own, devices in sorted(found.items()))
