"""The portal's forms by name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def form_word(code: str) -> str:
    """The name of a portal form, as it begins a sentence; the code's words when the form is new."""
    match code:
        case "instalment":
            return translate("texts", "Instalment")
        case "meter_reading":
            return translate("texts", "Meter reading")
        case "move":
            return translate("texts", "Move")
        case "bank_details":
            return translate("texts", "Bank details")
        case "contact_data":
            return translate("texts", "Contact data")
        case "termination":
            return translate("texts", "Notice")
        case _:
            return code.replace("_", " ")
