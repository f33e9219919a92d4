"""The place of the consent drawer over the lower half, and what has the keyboard meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.leaving import first_control, usable
from nba_desktop.ui.panel.page_scroll import PageScroll


class DrawerPlace(PageScroll):
    """The place of the consent drawer; it scrolls where it cannot hold the drawer."""

    def __init__(self, drawer: ConsentDrawer, parent: QWidget) -> None:
        super().__init__(drawer, parent, beside=True)
        self.drawer = drawer
        self._before: QWidget | None = None

    def take_keyboard(self) -> None:
        """Take the keyboard to the first control of the drawer; `before` remembers where it was."""
        self._before = self.window().focusWidget()
        (first_control(self.drawer) or self.drawer).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def before(self) -> QWidget | None:
        """Where the keyboard goes back to; None where that is gone."""
        return usable(self._before)

    def forget(self) -> None:
        """Forget where the keyboard was: there is another call."""
        self._before = None
