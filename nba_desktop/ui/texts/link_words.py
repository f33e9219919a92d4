"""The panel's links in words: the telephone system, the backend, and what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ProblemCode
from nba_desktop.domain.panel import LinkState
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.call_words import clock_words
from nba_desktop.ui.texts.failures import failure

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Health:
    """A link's health: a mark beside its icon, a variant, and the whole sentence."""

    mark: str
    variant: str
    words: str


def is_away(link: LinkState) -> bool:
    """Whether a link that should be there is not."""
    return link.status in ("down", "refused")


def telephony_health(link: LinkState, formats: Formats) -> Health:
    """The link to the telephone system."""
    match link.status:
        case "up":
            return Health("check", "", translate("texts", "Telephone system connected"))
        case "connecting":
            return Health("dots", "muted", translate("texts", "Telephone system: connecting …"))
        case "off":
            return Health("minus", "muted", translate("texts", "No telephone system set up"))
        case "down" | "refused" if link.failure is not None:
            return Health("cross", "bad", f"{telephony_away(link, formats)}: {failure(link.failure)}")
        case "down" | "refused":
            return Health("cross", "bad", telephony_away(link, formats))


def telephony_away(link: LinkState, formats: Formats) -> str:
    """That the telephone system is not connected, and since when."""
    if link.since is None:
        return translate("texts", "Telephone system not connected")
    words = translate("texts", "No telephone system since {time}")
    return words.format(time=clock_words(link.since, formats))


def calls_may_be_missing(link: LinkState, formats: Formats) -> str:
    """What a lost telephone system means while a customer is on the line."""
    return translate("texts", "{link}: calls may be missing").format(link=telephony_away(link, formats))


def backend_health(link: LinkState, formats: Formats) -> Health:
    """The link to the backend."""
    match link.status:
        case "up":
            return Health("check", "", translate("texts", "Backend connected"))
        case "connecting":
            return Health("dots", "muted", translate("texts", "Backend: connecting …"))
        case "off":
            return Health("minus", "muted", translate("texts", "No backend set up"))
        case "down" | "refused" if link.failure is not None:
            return Health("cross", "bad", f"{backend_away(link, formats)}: {failure(link.failure)}")
        case "down" | "refused":
            return Health("cross", "bad", backend_away(link, formats))


def backend_away(link: LinkState, formats: Formats) -> str:
    """That the backend is not connected, and since when."""
    if link.since is None:
        return translate("texts", "Backend not connected")
    return translate("texts", "No backend since {time}").format(time=clock_words(link.since, formats))


def outbox_words(status: OutboxStatus) -> str:
    """What waits to be sent and what was refused; empty when nothing does."""
    parts = []
    if status.waiting == 1:
        parts.append(translate("texts", "one entry is waiting to be sent"))
    elif status.waiting:
        parts.append(translate("texts", "{count} entries are waiting to be sent").format(count=status.waiting))
    why = _refusal(status.why)
    if status.parked == 1:
        words = translate("texts", "one entry was refused and set aside")
        parts.append(f"{words}: {why}" if why else words)
    elif status.parked:
        words = translate("texts", "{count} entries were refused and set aside").format(count=status.parked)
        last = translate("texts", "{refused}, the last one: {why}").format(refused=words, why=why)
        parts.append(last if why else words)
    if status.paused is not None:
        parts.append(translate("texts", "sending is paused: {why}").format(why=failure(status.paused)))
    return " · ".join(parts)


def _refusal(why: str) -> str:
    """Why the backend refused an entry; empty where an agent can do nothing with the reason, which the doctor names."""
    match why:
        case ProblemCode.UNKNOWN_CONTACT:
            return translate("texts", "the backend does not know the call")
        case ProblemCode.UNKNOWN_CUSTOMER:
            return translate("texts", "the backend does not know the customer")
        case ProblemCode.INVALID_MESSAGE:
            return translate("texts", "the backend cannot read it")
        case ProblemCode.CONFLICT:
            return translate("texts", "it contradicts what the backend has")
        case ProblemCode.CONSENT_PROOF_MISSING:
            return translate("texts", "the proof of the consent is missing")
        case ProblemCode.FORBIDDEN:
            return translate("texts", "you may not do this")
        case ProblemCode.TOO_LARGE | "http_413":
            return translate("texts", "it is too large")
        case _:
            return ""
