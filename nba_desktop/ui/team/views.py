"""The tabs at the top of the window: the lead's teams, or the whole site."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_shown


class Views(QWidget):
    """Which page is wished for goes out as a signal; the state that comes back shows it."""

    site_opened = Signal()
    site_closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        row = FlowLayout(self, spacing=4, line_spacing=0)
        row.setContentsMargins(16, 4, 16, 0)
        self._team = Button(self.tr("Team"), role="tab")
        self._site = Button(self.tr("Site"), role="tab")
        self._team.clicked.connect(lambda: self.site_closed.emit())
        self._site.clicked.connect(lambda: self.site_opened.emit())
        row.addWidget(self._team)
        row.addWidget(self._site)

    def show_state(self, *, there: bool, in_site: bool) -> None:
        """Show the tabs where there are two pages, and which of them is open."""
        set_shown(self, there)
        self._team.set_on(not in_site)
        self._site.set_on(in_site)
