"""Words for how far an event has come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.receipts import Receipt

translate = QCoreApplication.translate


def receipt(reached: Receipt) -> str:
    """Every step an event has come, each with its tick in the same line; a refusal says what became of it."""
    return _steps(reached).replace(" ✓", "\u00a0✓").replace(" ✗", "\u00a0✗")


def last_step(reached: Receipt) -> str:
    """The step an event has come to, where there is no room for all."""
    words = {
        Receipt.STORED: translate("texts", "stored ✓"),
        Receipt.SENT: translate("texts", "sent ✓"),
        Receipt.ACCEPTED: translate("texts", "accepted ✓"),
    }
    last = words.get(reached) or translate("texts", "refused ✗ – kept for inspection")
    return last.replace(" ✓", "\u00a0✓").replace(" ✗", "\u00a0✗")


def _steps(reached: Receipt) -> str:
    if reached is Receipt.STORED:
        return translate("texts", "stored ✓")
    if reached is Receipt.SENT:
        return translate("texts", "stored ✓ sent ✓")
    if reached is Receipt.ACCEPTED:
        return translate("texts", "stored ✓ sent ✓ accepted ✓")
    return translate("texts", "stored ✓ sent ✓ refused ✗ – kept for inspection")
