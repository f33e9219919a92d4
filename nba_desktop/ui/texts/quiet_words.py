"""Why nothing is sold in a call, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import CallFlag, QuietReason

translate = QCoreApplication.translate


def flag_word(flag: CallFlag) -> str:
    """What makes a call one in which nothing is sold, as short as a chip needs it."""
    match flag:
        case CallFlag.COMPLAINT:
            return translate("texts", "Complaint")
        case CallFlag.OUTAGE:
            return translate("texts", "Outage")
        case CallFlag.VULNERABLE:
            return translate("texts", "Vulnerable customer")


def quiet_reason(reason: QuietReason) -> str:
    """Why sales actions are held back, as a part of a sentence."""
    match reason:
        case QuietReason.COMPLAINT:
            return translate("texts", "a complaint is open")
        case QuietReason.OUTAGE:
            return translate("texts", "there is an outage")
        case QuietReason.VULNERABLE:
            return translate("texts", "the customer is vulnerable")
        case QuietReason.REPRESENTATIVE:
            return translate("texts", "a representative is speaking")


def quiet_words(reasons: Iterable[QuietReason]) -> tuple[str, str]:
    """The sentence in two parts: that nothing is sold, and why."""
    why = ", ".join(quiet_reason(reason) for reason in reasons)
    return (
        translate("texts", "Nothing is sold in this call"),
        translate("texts", "{why}. Service stays.", "why nothing is sold").format(why=why),
    )


def quiet_words_in_brief(reasons: Iterable[QuietReason]) -> tuple[str, str]:
    """The same in one short line."""
    return translate("texts", "Nothing is sold"), ", ".join(quiet_reason(reason) for reason in reasons)
