"""Where the conversation is, in one word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.contact import Phase

translate = QCoreApplication.translate


def phase_word(phase: Phase) -> str:
    """The phase as it stands beside the state of the call."""
    match phase:
        case Phase.RINGING:
            return translate("texts", "Ringing")
        case Phase.GREETING:
            return translate("texts", "Greeting", "phase of the call")
        case Phase.IDENTIFICATION:
            return translate("texts", "Authentication", "phase of the call")
        case Phase.CONCERN:
            return translate("texts", "Concern", "phase of the call")
        case Phase.SOLUTION:
            return translate("texts", "Solution", "phase of the call")
        case Phase.BRIDGE:
            return translate("texts", "Bridge", "phase of the call")
        case Phase.NEEDS:
            return translate("texts", "Needs", "phase of the call")
        case Phase.OFFER:
            return translate("texts", "Offer", "phase of the call")
        case Phase.BENEFIT:
            return translate("texts", "Benefit", "phase of the call")
        case Phase.OBJECTION:
            return translate("texts", "Objection", "phase of the call")
        case Phase.CLOSE:
            return translate("texts", "Closing", "phase of the call")
        case Phase.CONSENT:
            return translate("texts", "Consent", "phase of the call")
        case Phase.FAREWELL:
            return translate("texts", "Farewell", "phase of the call")
        case Phase.WRAP_UP:
            return translate("texts", "Wrap-up")
