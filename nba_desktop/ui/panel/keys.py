"""The keys of the panel: on its controls and in its shortcuts the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence

from nba_desktop.contract.codes import ResponseGroup
from nba_desktop.domain.panel import Tab

SEARCH: Final = "Ctrl+F"
CONFIRM_CALLER: Final = "Alt+A"
TIMELINE: Final = "Alt+J"
CONCERN: Final = "Alt+C"
SOLVED: Final = "Alt+S"
NOT_SOLVED: Final = "Alt+X"
WHY: Final = "Alt+W"
CONSENT: Final = "Alt+E"
NOTE: Final = "Alt+N"
UNDO: Final = "Alt+U"
CLOSE: Final = "Esc"
NEXT_CALL: Final = "Ctrl+Tab"
PREVIOUS_CALL: Final = "Ctrl+Shift+Tab"
HANDOVER: Final = "Alt+H"
FINISH: Final = "Alt+F"
END_BY_HAND: Final = "Alt+Q"
SIGN_IN: Final = "Alt+L"
COLLAPSE: Final = "Alt+Z"
WINDOW_MENU: Final = "Alt+D"
TABS: Final = {Tab.GUIDE: "Alt+G", Tab.BENEFITS: "Alt+B", Tab.OBJECTIONS: "Alt+O", Tab.KNOWLEDGE: "Alt+K"}
ACTIONS: Final = ("Ctrl+1", "Ctrl+2", "Ctrl+3")
DIGITS: Final = ("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+6")
"""Without an open group the group in this place; with one its reason in this place."""
GROUPS: Final = dict(zip(ResponseGroup, DIGITS, strict=False))


def shown(sequence: str) -> str:
    """A key as the platform writes it: Strg+1 in German."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
