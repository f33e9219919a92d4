"""The panel without a call: calm, and honest about the link that calls come by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_text


class ReadyView(QWidget):
    """Says that there is no call, and whether one would be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._icon = Icon("phone", 32)
        self._icon.setProperty("variant", "muted")
        self._head = Label(role="title")
        self._words = Label(variant="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 0, 40, 0)
        column.setSpacing(10)
        middle = QHBoxLayout()
        middle.addWidget(self._icon)
        column.addStretch(2)
        column.addLayout(middle)
        for label in (self._head, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)

    def show_state(self, state: PanelState) -> None:
        """Show how the links stand."""
        if state.telephony.status == "up":
            head, words = self.tr("Ready"), self.tr("No call. The next one appears here by itself.")
        elif state.telephony.status == "connecting":
            head, words = self.tr("One moment"), self.tr("The telephone system is being connected.")
        elif state.telephony.status == "off":
            head = self.tr("Ready")
            words = self.tr("No telephone system is set up. Calls appear here when another program passes them on.")
        else:
            head = self.tr("No telephone system")
            words = self.tr("The connection is lost and is being tried again. Until then no call appears by itself.")
        set_text(self._head, head)
        set_text(self._words, words)
