"""Call events by hand, and the recorded calls of the telephone system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.cti.ami_translator import AgentLine, AmiTranslator
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party

RECORDINGS = Path(__file__).parents[2] / "resources" / "telephony" / "asterisk"
START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
CALLER = Party("+4930123456", "+4930123456", "allowed")
OTHER_CALLER = Party("+4940987654", "+4940987654", "allowed")

_serial = count(1)


def call_event(type_: CallEventType, leg: str = "leg-1", call: str = "call-1", at: float = 0, **more: Any) -> CallEvent:
    """One event `at` seconds after the start; every one has an id of its own unless given."""
    moment = START + timedelta(seconds=at)
    values: dict[str, Any] = {
        "event_id": f"event-{next(_serial)}",
        "source": "test",
        "type": type_,
        "occurred_at": moment,
        "received_at": moment,
        "interaction_id": call,
        "leg_id": leg,
        "caller": CALLER,
        **more,
    }
    return CallEvent(**values)


def recordings() -> list[Path]:
    """Every recorded call, in order."""
    return sorted(RECORDINGS.glob("*.ami.txt"))


def recording(number: str) -> bytes:
    """The bytes of one recorded call, such as "01"."""
    return next(RECORDINGS.glob(f"{number}_*.ami.txt")).read_bytes()


def translator(extension: str = "201", numbers: NumberSettings | None = None) -> AmiTranslator:
    """A translator for the agent with this extension in the recordings' laboratory."""
    line = AgentLine(extension, (f"PJSIP/agent{extension[-1]}",))
    return AmiTranslator("asterisk", line, numbers or NumberSettings())


def call_events(chunks: Iterable[bytes], extension: str = "201") -> list[CallEvent]:
    """What an agent's panel makes of an AMI byte stream that arrives in these pieces."""
    parser, words = AmiParser(), translator(extension)
    items = [item for chunk in chunks for item in parser.feed(chunk)]
    return [event for item in items if isinstance(item, AmiMessage) for event in words.translate(item, START)]
