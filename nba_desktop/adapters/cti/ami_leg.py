"""One channel of the agent at an Asterisk, and whose channels are meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from nba_desktop.adapters.cti.ami_protocol import AmiMessage
from nba_desktop.domain.call_event import CallEvent, EndCause

PRESENTATION: Final = "CALLERID(num-pres)"
"""What says, on the caller's channel, whether the number may be shown."""
OTHER_PRESENTATION: Final = "CONNECTEDLINE(num-pres)"
"""The same about the other end, on the agent's own channel."""

_ANSWERED_ELSEWHERE: Final = "26"
_NETWORK_CAUSES: Final = frozenset({"27", "34", "38", "41", "42", "44", "47"})
_FAILED_DIALS: Final = frozenset({"CHANUNAVAIL", "CONGESTION"})


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Whose calls are meant: the agent's extensions and the channel technology's name of each of his devices.

    `extension` is the one shown as his; `more_extensions` are others that ring him. An interface is what a channel's
    name begins with, such as `PJSIP/agent1`; a queue member written as `Local/201@from-queue/n` is one, too.
    """

    extension: str
    interfaces: tuple[str, ...]
    more_extensions: tuple[str, ...] = ()

    def device_of(self, channel: str) -> str | None:
        """Return the interface that a channel belongs to, None when it is not the agent's."""
        if channel.startswith("Local/"):
            channel, _, half = channel.partition(";")
            if half != "1":
                # The second half of a Local channel is the dialplan's side, not a telephone.
                return None
        interface, dash, _unique = channel.rpartition("-")
        if not dash:
            return None
        return next((one for one in self.interfaces if _without_options(one) == interface), None)

    def is_own(self, number: str) -> bool:
        """Whether `number` is one of the agent's extensions."""
        return number == self.extension or number in self.more_extensions


@dataclass(slots=True)
class AmiLeg:
    """One channel of the agent. The conversation keeps the Linkedid it began with: Asterisk changes it silently.

    `asked` means that nobody needs to ask any more whether the number may be shown; while the answer is on its way,
    `silent` is true and what happens is `kept`. `unproven` means that there was no answer.
    """

    leg_id: str
    channel: str
    conversation: str
    device: str
    outbound: bool
    originated: bool = False
    queue: str | None = None
    caller: str = ""
    withheld: bool = False
    dialled: str = ""
    ringing: bool = False
    dial_answered: bool = False
    answered: bool = False
    held: bool = False
    elsewhere: bool = False
    dial_status: str = ""
    asked: bool = False
    silent: bool = False
    unproven: bool = False
    kept: list[CallEvent] = field(default_factory=list)
    hidden: bool | None = None
    bridge: str = ""
    conference: bool = False


def end_cause(leg: AmiLeg, code: str) -> EndCause:
    """Why a leg ended, from the Q.850 cause of its hangup and what its dial said."""
    if leg.answered:
        return "failed" if code in _NETWORK_CAUSES else "normal"
    if leg.elsewhere or code == _ANSWERED_ELSEWHERE:
        return "elsewhere"
    return "failed" if leg.dial_status in _FAILED_DIALS else "missed"


def presentation_mark(message: AmiMessage) -> str:
    """What the caller's channel says about its number (`channelvars=CALLERID(num-pres)`); empty when nothing."""
    head = f"{PRESENTATION}="
    return next((value[len(head) :] for value in message.all("ChanVariable") if value.startswith(head)), "")


def _without_options(interface: str) -> str:
    if not interface.startswith("Local/"):
        return interface
    head, _, _options = interface.removeprefix("Local/").partition("/")
    return f"Local/{head}"
