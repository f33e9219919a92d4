"""Two calls at once: a tab for each, above the call bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.domain.panel import ContactState, PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.texts.call_words import call_state, caller_words


class _CallTab(Button):
    def __init__(self) -> None:
        super().__init__(role="tab")
        self.interaction_id = ""


class CallTabs(QWidget):
    """Hidden for a single call."""

    call_selected = Signal(str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._formats = formats
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(0)
        tabs = QHBoxLayout()
        row.addLayout(tabs)
        row.addStretch(1)
        self._tabs = Pool(tabs, self._new_tab, ready=2)
        self.set_tight(False)
        self.hide()

    def set_tight(self, tight: bool) -> None:
        """Take a little less height on a small screen."""
        self.setFixedHeight(self.fontMetrics().height() + (8 if tight else 16))

    def _new_tab(self) -> _CallTab:
        tab = _CallTab()
        tab.clicked.connect(lambda: self.call_selected.emit(tab.interaction_id))
        return tab

    def show_state(self, state: PanelState) -> None:
        """Show a tab per call when there are several."""
        for tab, contact in zip(self._tabs.shown(len(state.contacts)), state.contacts, strict=True):
            call = contact.interaction
            words = f"{self._who(contact)} · {call_state(call)}"
            tab.interaction_id = call.interaction_id
            tab.set_text(words)
            tab.set_icon("pause" if call.held else "phone")
            tab.set_on(call.interaction_id == state.current)
            set_named(tab, words)
        set_shown(self, len(state.contacts) > 1)

    def _who(self, contact: ContactState) -> str:
        customer = contact.view.customer if contact.view else None
        return customer.last_name if customer else caller_words(contact.interaction.other, self._formats)
