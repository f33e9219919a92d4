"""What the agent must know beside the call: one line above the response row, which stays where it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from nba_desktop.domain.panel import Notice, PanelState
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.failures import notice_words


class NoticeBar(QFrame):
    """Shows what failed for the call on the screen, else the oldest notice, which can be dismissed."""

    notice_dismissed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._notice: Notice | None = None
        icon = Icon("alert")
        icon.setProperty("variant", "bad")
        self._words = Label(role="small", wrap=True)
        self._more = Label(role="small", variant="muted")
        self._dismiss = Button(self.tr("Understood"), role="link")
        self._dismiss.clicked.connect(self._on_dismissed)
        row = FlowLayout(self, spacing=8, line_spacing=0)
        row.setContentsMargins(12, 5, 8, 5)
        row.addWidget(icon)
        row.add_stretched(self._words, ems=14)
        row.addWidget(self._more)
        row.addWidget(self._dismiss)
        self.hide()

    def show_state(self, state: PanelState) -> None:
        """Show the most urgent thing, or nothing."""
        failed = state.contact.failure if state.contact else None
        self._notice = None if failed or not state.notices else state.notices[0]
        shown = Notice(failed) if failed else self._notice
        if shown is not None:
            set_text(self._words, notice_words(shown))
            more = len(state.notices) - (0 if failed else 1)
            set_text(self._more, self.tr("%n more", "", more) if more else "")
            set_shown(self._more, more > 0)
            set_shown(self._dismiss, self._notice is not None)
            set_named(self._dismiss, self.tr("Understood: {notice}").format(notice=self._words.text()))
        set_shown(self, shown is not None)

    def _on_dismissed(self) -> None:
        if self._notice is not None:
            self.notice_dismissed.emit(self._notice)
