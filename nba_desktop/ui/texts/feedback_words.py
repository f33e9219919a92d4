"""What an agent says against a recommendation, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import FeedbackReason

translate = QCoreApplication.translate


def feedback_reason(reason: FeedbackReason) -> str:
    """What is wrong with a recommendation, in a few words."""
    match reason:
        case FeedbackReason.WRONG:
            return translate("texts", "Does not fit this customer")
        case FeedbackReason.OUT_OF_DATE:
            return translate("texts", "Out of date")
        case FeedbackReason.ALREADY_DONE:
            return translate("texts", "Done already")
        case FeedbackReason.NOT_UNDERSTANDABLE:
            return translate("texts", "Cannot be understood")
        case FeedbackReason.OTHER:
            return translate("texts", "Something else")
