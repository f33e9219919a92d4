"""What a customer asks for his own data, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import DataField
from nba_desktop.contract.wish import Wish

translate = QCoreApplication.translate


def data_field(field: DataField) -> str:
    """What is to be corrected, in a word."""
    match field:
        case DataField.ADDRESS:
            return translate("texts", "Address")
        case DataField.NAME:
            return translate("texts", "Name")
        case DataField.EMAIL:
            return translate("texts", "E-mail address")
        case DataField.TELEPHONE:
            return translate("texts", "Telephone number")
        case DataField.BANK_DETAILS:
            return translate("texts", "Bank details")
        case DataField.OTHER:
            return translate("texts", "Other data")


def wish_words(field: DataField | None) -> str:
    """What is asked for; without a field the erasure."""
    if field is None:
        return translate("texts", "Erasure of all data")
    return translate("texts", "Correction: {field}").format(field=data_field(field))


def wish_outcome(wish: Wish) -> str:
    """What became of it, as far as it was answered."""
    if wish.done is None:
        return ""
    return translate("texts", "carried out") if wish.done else translate("texts", "not carried out")
