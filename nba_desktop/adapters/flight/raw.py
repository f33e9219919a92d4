"""How the bytes of each kind of source are cut into whole messages, and how a message is masked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from nba_desktop.adapters.cti.genesys.masking import mask_genesys
from nba_desktop.adapters.flight.hub import SseCutter, masked_hub_event
from nba_desktop.adapters.flight.masking import AmiCutter, Masking


class Cutter(Protocol):
    """Cuts one connection's bytes, so that a number split between two packets is masked too."""

    def feed(self, data: bytes) -> list[str]:
        """Take the next bytes and return the messages they completed."""
        ...


class WholeCutter:
    """For sources that hand over one message at a time."""

    def feed(self, data: bytes) -> list[str]:
        """Return the message."""
        return [data.decode("utf-8", "replace")]


@dataclass(frozen=True, slots=True)
class RawForm:
    """What the recorder must know of a kind of source: `masked` takes one message as the cutter gave it."""

    cutter: Callable[[], Cutter]
    masked: Callable[[Masking, str], str]


RAW_FORMS: Final[Mapping[str, RawForm]] = {
    "asterisk_ami": RawForm(AmiCutter, Masking.ami_message),
    "call_url": RawForm(WholeCutter, Masking.call_url),
    "genesys_cloud": RawForm(WholeCutter, lambda masking, text: mask_genesys(text.encode(), masking)),
    "hub": RawForm(SseCutter, masked_hub_event),
}
"""By the kind of source, as the settings call it."""
