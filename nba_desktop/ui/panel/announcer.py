"""Says to a screen reader what happens, without the keyboard having to be there."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.announcements import announcements


class Announcer:
    """Speaks for one window; while no screen reader listens it costs nothing."""

    def __init__(self, window: QWidget, formats: Formats) -> None:
        self._window = window
        self._formats = formats
        self._before = PanelState()

    def use_formats(self, formats: Formats) -> None:
        """Speak another language from now on."""
        self._formats = formats

    def show_state(self, state: PanelState) -> None:
        """Say what has changed since the state before."""
        before, self._before = self._before, state
        if before is state or not QAccessible.isActive():
            return
        for said in announcements(before, state, self._formats):
            event = QAccessibleAnnouncementEvent(self._window, said.words)
            urgent = QAccessible.AnnouncementPoliteness.Assertive
            event.setPoliteness(urgent if said.urgent else QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)
