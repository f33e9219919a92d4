"""The call and the panel's links in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.panel import LinkState
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.failures import failure

translate = QCoreApplication.translate


def call_state(interaction: Interaction) -> str:
    """The state of a call."""
    match interaction.state:
        case InteractionState.OFFERED if interaction.direction == "outbound":
            return translate("texts", "Dialling")
        case InteractionState.OFFERED:
            return translate("texts", "Ringing")
        case InteractionState.LIVE if interaction.held:
            return translate("texts", "On hold")
        case InteractionState.LIVE:
            return translate("texts", "In call")
        case InteractionState.WRAP_UP:
            return translate("texts", "Wrap-up")
        case InteractionState.CLOSED | InteractionState.WITHDRAWN:
            return translate("texts", "Ended")


def where_from(interaction: Interaction) -> str:
    """The queue the call came by, and whether the telephone system can still be asked about it."""
    queue = interaction.queue or ""
    if not interaction.unconfirmed:
        return queue
    unconfirmed = translate("texts", "unconfirmed")
    return f"{queue} · {unconfirmed}" if queue else unconfirmed


def caller_words(party: Party, formats: Formats) -> str:
    """The caller's number, or that there is none to see."""
    if party.presentation == "restricted":
        return translate("texts", "Number withheld")
    return formats.phone(party.raw, party.e164) or translate("texts", "No number")


@dataclass(frozen=True, slots=True)
class Health:
    """A link's health: a mark beside its icon, a variant, and the whole sentence."""

    mark: str
    variant: str
    words: str


def telephony_health(link: LinkState) -> Health:
    """The link to the telephone system."""
    match link.status:
        case "up":
            return Health("check", "", translate("texts", "Telephone system connected"))
        case "connecting":
            return Health("dots", "muted", translate("texts", "Telephone system: connecting …"))
        case "off":
            return Health("minus", "muted", translate("texts", "No telephone system set up"))
        case "down" | "refused" if link.failure is not None:
            words = translate("texts", "Telephone system not connected: {why}")
            return Health("cross", "bad", words.format(why=failure(link.failure)))
        case "down" | "refused":
            return Health("cross", "bad", translate("texts", "Telephone system not connected"))


def backend_health(link: LinkState) -> Health:
    """The link to the backend."""
    match link.status:
        case "up":
            return Health("check", "", translate("texts", "Backend connected"))
        case "connecting":
            return Health("dots", "muted", translate("texts", "Backend: connecting …"))
        case "off":
            return Health("minus", "muted", translate("texts", "No backend set up"))
        case "down" | "refused" if link.failure is not None:
            words = translate("texts", "Backend not connected: {why}")
            return Health("cross", "bad", words.format(why=failure(link.failure)))
        case "down" | "refused":
            return Health("cross", "bad", translate("texts", "Backend not connected"))


def outbox_words(status: OutboxStatus) -> str:
    """What waits to be sent and what was refused; empty when nothing does."""
    parts = []
    if status.waiting == 1:
        parts.append(translate("texts", "one entry is waiting to be sent"))
    elif status.waiting:
        parts.append(translate("texts", "{count} entries are waiting to be sent").format(count=status.waiting))
    if status.parked == 1:
        parts.append(translate("texts", "one entry was refused and set aside"))
    elif status.parked:
        parts.append(translate("texts", "{count} entries were refused and set aside").format(count=status.parked))
    if status.paused is not None:
        parts.append(translate("texts", "sending is paused: {why}").format(why=failure(status.paused)))
    return " · ".join(parts)
