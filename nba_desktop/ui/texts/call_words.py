"""The call in words: its state, who is at the other end, and what is said beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.customer import Candidate
from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_by_hand import MANUAL
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.formats import Formats

translate = QCoreApplication.translate

CallerKind = Literal["known", "unknown", "withheld", "missing", "by_hand"]


def is_by_hand(contact: ContactState) -> bool:
    """Whether no telephone system knows of this conversation."""
    return contact.interaction.source == MANUAL


def call_state(interaction: Interaction) -> str:
    """The state of a call."""
    match interaction.state:
        case InteractionState.OFFERED if interaction.direction == "outbound":
            return translate("texts", "Dialling")
        case InteractionState.OFFERED:
            return translate("texts", "Ringing")
        case InteractionState.LIVE if interaction.held:
            return translate("texts", "On hold")
        case InteractionState.LIVE if interaction.conference:
            return translate("texts", "Conference")
        case InteractionState.LIVE:
            return translate("texts", "In call")
        case InteractionState.WRAP_UP if interaction.cause == "transferred":
            return translate("texts", "Transferred")
        case InteractionState.WRAP_UP:
            return translate("texts", "Wrap-up")
        case InteractionState.CLOSED | InteractionState.WITHDRAWN:
            return translate("texts", "Ended")


def call_icon(interaction: Interaction) -> str:
    """The icon that goes with the state of a call."""
    match interaction.state:
        case InteractionState.OFFERED:
            return "phone-outgoing" if interaction.direction == "outbound" else "phone-incoming"
        case InteractionState.LIVE if interaction.held:
            return "pause"
        case InteractionState.LIVE if interaction.conference:
            return "conference"
        case InteractionState.LIVE:
            return "phone"
        case InteractionState.WRAP_UP if interaction.cause == "transferred":
            return "transferred"
        case InteractionState.WRAP_UP:
            return "pen"
        case InteractionState.CLOSED | InteractionState.WITHDRAWN:
            return "dot"


def contact_state(contact: ContactState) -> str:
    """The state of a contact's call in one or two words, for its tab."""
    call = contact.interaction
    if is_by_hand(contact) and call.state is InteractionState.LIVE:
        return translate("texts", "Without a call event")
    if call.is_open and call.unconfirmed:
        return translate("texts", "Unconfirmed")
    if call.consult_of is not None or _is_asking(contact):
        return translate("texts", "Enquiry")
    return call_state(call)


def contact_icon(contact: ContactState) -> str:
    """The icon that goes with the state of a contact's call."""
    call = contact.interaction
    if call.is_open and call.unconfirmed:
        return "phone-off"
    if is_by_hand(contact) and call.state is InteractionState.LIVE:
        return "user"
    if call.consult_of is not None or _is_asking(contact):
        return "users"
    return call_icon(call)


def _is_asking(contact: ContactState) -> bool:
    consult = contact.consult
    return consult is not None and consult.is_open and not contact.interaction.conference


def consult_words(consult: Interaction, formats: Formats) -> str:
    """Whom the agent asks about the call, and how far that is."""
    return translate("texts", "asking {who} · {state}").format(
        who=_asked(consult, formats), state=_consult_state(consult)
    )


def _asked(consult: Interaction, formats: Formats) -> str:
    # The agent calls the colleague, whatever direction the telephone system gives to a call inside the house.
    outgoing = consult.direction != "inbound" and (consult.called.raw or consult.called.e164)
    party = consult.called if outgoing else consult.other
    return formats.phone(party.raw, party.e164) or consult.dialled or translate("texts", "a colleague")


def _consult_state(consult: Interaction) -> str:
    match consult.state:
        case InteractionState.OFFERED:
            return translate("texts", "dialling")
        case InteractionState.LIVE if consult.held:
            return translate("texts", "on hold")
        case InteractionState.LIVE:
            return translate("texts", "in call")
        case _:
            return translate("texts", "ended")


def where_from(interaction: Interaction) -> str:
    """The queue the call came by, and whether the telephone system can still be asked about it."""
    if interaction.source == MANUAL:
        return translate("texts", "Opened without a call event")
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


def caller_kind(contact: ContactState) -> CallerKind:
    """What is known of the caller by his number, as long as nobody has settled who he is."""
    caller = contact.interaction.other
    if contact.view is not None and contact.view.customer is not None:
        return "known"
    if is_by_hand(contact):
        return "by_hand"
    if caller.presentation == "restricted":
        return "withheld"
    if not (caller.raw or caller.e164):
        return "missing"
    return "unknown" if contact.view is not None and not contact.candidates else "known"


def caller_icon(kind: CallerKind) -> str:
    """The icon that goes with what is known of the caller; empty when there is nothing special to say."""
    return {
        "known": "",
        "by_hand": "",
        "unknown": "question",
        "withheld": "number-withheld",
        "missing": "minus",
    }[kind]


def tab_name(contact: ContactState, formats: Formats) -> str:
    """Who is at the other end, as short as a tab needs it."""
    customer = contact.view.customer if contact.view else None
    if customer is not None:
        return customer.last_name
    candidate: Candidate | None = contact.candidate
    if is_by_hand(contact):
        return candidate.display_name if candidate else translate("texts", "No number")
    number = caller_words(contact.interaction.other, formats)
    if caller_kind(contact) == "unknown":
        return translate("texts", "Unknown · {number}").format(number=number)
    return number


def clock_words(moment: datetime, formats: Formats) -> str:
    """A moment of today as its time, any other with its day."""
    time = formats.time(moment)
    local = formats.local_day(moment)
    return time if local == formats.today() else f"{formats.plain_day(local)}, {time}"
