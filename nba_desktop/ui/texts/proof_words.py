"""Words for the proof of a consent: what happened, how, who took it down, and how long it is kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import AuthLevel, ConsentEventType
from nba_desktop.contract.consent import ConsentProofEntry
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.consent_words import wording_version

translate = QCoreApplication.translate


def proof_event(event: ConsentEventType) -> str:
    """What happened to a consent, in a word or two."""
    return {
        ConsentEventType.ASKED: translate("texts", "Asked"),
        ConsentEventType.GRANTED: translate("texts", "Granted"),
        ConsentEventType.REFUSED: translate("texts", "Refused"),
        ConsentEventType.NOT_ASKED: translate("texts", "Not asked"),
        ConsentEventType.DOI_SENT: translate("texts", "Confirmation link sent"),
        ConsentEventType.DOI_CONFIRMED: translate("texts", "Confirmed by link"),
        ConsentEventType.USED: translate("texts", "Used"),
        ConsentEventType.WITHDRAWN: translate("texts", "Withdrawn"),
        ConsentEventType.OBJECTED: translate("texts", "Marketing objection"),
        ConsentEventType.OBJECTION_LIFTED: translate("texts", "Marketing objection taken back"),
        ConsentEventType.EXPIRED: translate("texts", "Expired"),
        ConsentEventType.CORRECTED: translate("texts", "Corrected"),
    }[event]


def proof_manner(code: str) -> str:
    """In which way it was said; the code's own words when it is new."""
    match code:
        case "inbound_call":
            return translate("texts", "in a call of the customer")
        case "outbound_call":
            return translate("texts", "in a call to the customer")
        case "portal":
            return translate("texts", "in the customer portal")
        case "paper":
            return translate("texts", "on paper")
        case "email":
            return translate("texts", "by e-mail")
        case _:
            return code.replace("_", " ")


def proof_evidence(code: str) -> str:
    """What proves it; the code's own words when it is new."""
    match code:
        case "recording_ref":
            return translate("texts", "recording of the call")
        case "text_confirmation":
            return translate("texts", "confirmation in text form")
        case "doi_click":
            return translate("texts", "click on the confirmation link")
        case "signed_paper":
            return translate("texts", "signed paper")
        case "agent_record":
            return translate("texts", "entry of the agent alone (weak proof)")
        case _:
            return code.replace("_", " ")


def proof_level(level: AuthLevel) -> str:
    """How sure it was who spoke."""
    return {
        AuthLevel.NONE: translate("texts", "not known"),
        AuthLevel.CANDIDATE: translate("texts", "possible caller"),
        AuthLevel.IDENTIFIED: translate("texts", "identified"),
        AuthLevel.AUTHENTICATED: translate("texts", "authenticated"),
    }[level]


def proof_details(entry: ConsentProofEntry, formats: Formats) -> tuple[tuple[str, str], ...]:
    """Everything that proves an entry, as names and values; what is not known is left out."""
    read = translate("texts", "yes") if entry.read_aloud_confirmed else translate("texts", "not confirmed")
    manner = proof_manner(entry.manner)
    if entry.in_this_call:
        manner = translate("texts", "{manner}, this one").format(manner=manner)
    rows = (
        (translate("texts", "How"), manner),
        (translate("texts", "For"), entry.contact_point),
        (translate("texts", "Taken down by"), entry.recipient_code),
        (translate("texts", "Customer was"), proof_level(entry.auth_level)),
        (translate("texts", "In his words"), _quoted(entry.customer_words)),
        (translate("texts", "Evidence"), proof_evidence(entry.evidence_type) if entry.evidence_type else ""),
        (translate("texts", "Keep until"), formats.date(entry.keep_until) if entry.keep_until else ""),
        (translate("texts", "Read aloud"), read if entry.wording else ""),
        (translate("texts", "Wording"), wording_version(entry.wording) if entry.wording else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def _quoted(words: str) -> str:
    return translate("texts", "“{words}”").format(words=words) if words else ""
