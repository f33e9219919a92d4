"""The panel without a call: calm, and honest about the link that calls come by."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel import keys
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.call_words import clock_words
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.link_words import is_away

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ReadyView(QWidget):
    """Says that there is no call, whether one would be seen, and what to do when one is not."""

    search_clicked = Signal()
    sign_in_clicked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._formats = formats
        self._icon = Icon("phone", 32)
        self._icon.setProperty("variant", "muted")
        self._head = Label(role="title", wrap=True)
        self._words = Label(variant="muted", wrap=True)
        self._last = Label(role="small", variant="muted", wrap=True)
        self._sign_in = Button(self.tr("Sign in"), variant="primary", icon="user", key=keys.SIGN_IN)
        self._sign_in.clicked.connect(self.sign_in_clicked)
        question = Label(self.tr("Your telephone rings and nothing appears here?"), "small", "muted", wrap=True)
        search = Button(self.tr("Search for the customer"), icon="search", key=keys.SEARCH)
        set_named(search, self.tr("Search for the customer"), self.tr("Open a customer without a call event"))
        search.clicked.connect(self.search_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 0, 40, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._icon, 0, _CENTRE)
        for label in (self._head, self._words, self._last):
            label.setAlignment(_CENTRE)
            column.addWidget(label)
        column.addWidget(self._sign_in, 0, _CENTRE)
        column.addStretch(2)
        question.setAlignment(_CENTRE)
        column.addWidget(question)
        column.addWidget(search, 0, _CENTRE)
        column.addStretch(1)

    def sign_in(self) -> None:
        """What the key of the button does."""
        if self._sign_in.isVisible():
            self.sign_in_clicked.emit()

    def show_state(self, state: PanelState) -> None:
        """Show how the links stand."""
        link = state.telephony
        away = is_away(link)
        if link.status == "up":
            head, words = self.tr("Ready"), self.tr("No call. The next one appears here by itself.")
        elif link.status == "connecting":
            head, words = self.tr("One moment"), self.tr("The telephone system is being connected.")
        elif link.status == "off":
            head = self.tr("Ready")
            words = self.tr("No telephone system is set up. Calls appear here when another program passes them on.")
        else:
            head, words = self._lost(state)
        set_text(self._head, head)
        set_text(self._words, words)
        self._icon.set_name("phone-off" if away else "phone")
        set_variant(self._icon, "bad" if away else "muted")
        last = state.last_event_at
        said = self.tr("Last reported by the telephone system: {time}")
        set_text(self._last, said.format(time=clock_words(last, self._formats)) if last is not None else "")
        set_shown(self._last, last is not None)
        set_shown(self._sign_in, away and link.failure is FailureCode.SIGN_IN_NEEDED)

    def _lost(self, state: PanelState) -> tuple[str, str]:
        link = state.telephony
        head = self.tr("No telephone system")
        if link.since is not None:
            head = self.tr("No telephone system since {time}").format(time=clock_words(link.since, self._formats))
        if link.failure is FailureCode.SIGN_IN_NEEDED:
            return head, self.tr("You are not signed in to the telephone system. Until then no call appears by itself.")
        words = self.tr("The connection is lost and is being tried again. Until then no call appears by itself.")
        if link.failure is not None:
            words = self.tr("Reason: {why}.").format(why=failure(link.failure)) + " " + words
        return head, words
