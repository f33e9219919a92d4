"""The tabs at the top of the window: the lead's teams, actions over all teams, or the whole site."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.review import View
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_shown


class Views(QWidget):
    """Which page is wished for goes out as a signal; the state that comes back shows it."""

    chosen = Signal(object)

    def __init__(self, *, own: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        row = FlowLayout(self, spacing=4, line_spacing=0)
        row.setContentsMargins(16, 4, 16, 0)
        titles = {
            View.TEAM: self.tr("My figures") if own else self.tr("Team"),
            View.ACTIONS: self.tr("Actions of all teams"),
            View.SITE: self.tr("Site"),
            View.OWN_LOG: self.tr("My log"),
        }
        self._tabs = {view: Button(title, role="tab") for view, title in titles.items()}
        for view, tab in self._tabs.items():
            tab.clicked.connect(lambda _=False, one=view: self.chosen.emit(one))
            row.addWidget(tab)

    def show_views(self, there: tuple[View, ...], opened: View) -> None:
        """Show the tabs where there is more than one page, and which of them is open."""
        set_shown(self, len(there) > 1)
        for view, tab in self._tabs.items():
            set_shown(tab, view in there)
            tab.set_on(view is opened)

    def take_focus(self) -> None:
        """Have the keyboard on the tab of the page that is open."""
        for tab in self._tabs.values():
            if tab.on and tab.isVisible():
                tab.setFocus()
