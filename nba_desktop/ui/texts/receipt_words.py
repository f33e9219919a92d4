"""Words for how far an event has come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.receipts import Receipt

translate = QCoreApplication.translate


def receipt(reached: Receipt) -> str:
    """Every step an event has come, each with its tick in the same line; a refusal says what became of it."""
    return _steps(reached).replace(" ✓", "\u00a0✓").replace(" ✗", "\u00a0✗")


def _steps(reached: Receipt) -> str:
    if reached is Receipt.STORED:
        return translate("texts", "stored ✓")
    if reached is Receipt.SENT:
        return translate("texts", "stored ✓ sent ✓")
    if reached is Receipt.ACCEPTED:
        return translate("texts", "stored ✓ sent ✓ accepted ✓")
    return translate("texts", "stored ✓ sent ✓ refused ✗ – kept for inspection")
