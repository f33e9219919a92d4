"""Call events by hand, and the recorded calls of the telephone system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.cti.ami_translator import AmiTranslator
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


def translator(extension: str = "201", numbers: NumberSettings | None = None, **more: Any) -> AmiTranslator:
    """A translator for the agent with this extension in the recordings' laboratory."""
    line = AgentLine(extension, (f"PJSIP/agent{extension[-1]}",))
    return AmiTranslator("asterisk", line, numbers or NumberSettings(), **more)


WITHHELD = {
    "06": ("PJSIP/trunk-0000000d", "PJSIP/agent1-0000000e"),
    "22": ("PJSIP/trunk-0000003b", "PJSIP/agent1-0000003c"),
}
"""The channels of a call whose caller does not want his number shown; Asterisk says so when asked, not by itself."""


def heard(messages: Iterable[AmiMessage], words: AmiTranslator, withheld: Sequence[str] = ()) -> list[CallEvent]:
    """What a translator makes of these messages; what it asks is answered at once: all but `withheld` may be shown."""
    events = []
    for message in messages:
        events += words.translate(message, START)
        for question in words.questions():
            hides = question.channel in withheld
            events += words.answer(question, "prohib_not_screened" if hides else "allowed_not_screened", START)
    return events


def call_events(
    chunks: Iterable[bytes], extension: str = "201", *, withheld: Sequence[str] | None = None, **more: Any
) -> list[CallEvent]:
    """What an agent's panel makes of an AMI byte stream that arrives in these pieces.

    With `withheld` the panel asks whether numbers may be shown: all but those of these channels.
    """
    parser, words = AmiParser(), translator(extension, asks=withheld is not None, **more)
    items = [item for chunk in chunks for item in parser.feed(chunk)]
    return heard((item for item in items if isinstance(item, AmiMessage)), words, withheld or ())
