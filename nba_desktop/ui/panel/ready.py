"""The panel without a call: calm, and honest about the link that calls come by."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.ready_waiting import ReadyWaiting
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.shortcuts import add_shortcut
from nba_desktop.ui.texts.call_words import clock_words
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.link_words import is_away

_CENTRE = Qt.AlignmentFlag.AlignHCenter


def _centred(button: Button) -> FlowLayout:
    row = FlowLayout(centred=True)
    row.addWidget(button)
    return row


class ReadyView(QWidget):
    """Says that there is no call, whether one would be seen, and what to do when one is not."""

    search_clicked = Signal()
    sign_in_clicked = Signal()
    day_clicked = Signal()
    due_clicked = Signal()
    answers_clicked = Signal()
    own_review_clicked = Signal()
    knowledge_clicked = Signal()
    preferences_clicked = Signal()
    help_clicked = Signal()
    tour_clicked = Signal()
    practice_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS, *, practising: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._formats = formats
        self._practising = practising
        self._icon = Icon("phone", 32)
        self._icon.setProperty("variant", "muted")
        self._head = Label(role="title", wrap=True)
        self._words = Label(variant="muted", wrap=True)
        self._last = Label(role="small", variant="muted", wrap=True)
        self._sign_in = Button(self.tr("Sign in"), variant="primary", icon="user", key=keys[Command.SIGN_IN])
        self._sign_in.clicked.connect(self.sign_in_clicked)
        question = Label(self.tr("Your telephone rings and nothing appears here?"), "small", "muted", wrap=True)
        search = Button(self.tr("Search for the customer"), icon="search", key=keys[Command.SEARCH])
        set_named(search, self.tr("Search for the customer"), self.tr("Open a customer without a call event"))
        search.clicked.connect(self.search_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._icon, 0, _CENTRE)
        for label in (self._head, self._words, self._last):
            label.setAlignment(_CENTRE)
            column.addWidget(label)
        column.addLayout(_centred(self._sign_in))
        self._waiting = ReadyWaiting(formats, keys)
        self._waiting.due_clicked.connect(self.due_clicked)
        self._waiting.answers_clicked.connect(self.answers_clicked)
        column.addWidget(self._waiting)
        # Nothing waits for anybody in a practice.
        self._waiting.setVisible(not practising)
        column.addStretch(2)
        question.setAlignment(_CENTRE)
        column.addWidget(question)
        column.addLayout(_centred(search))
        column.addWidget(self._make_links(keys))
        column.addWidget(self._make_ways(keys, practising))
        column.addStretch(1)

    def _make_links(self, keys: KeyMap) -> QWidget:
        """What can be looked at between two calls."""
        links = QWidget()
        links.setProperty("role", "plain")
        flow = FlowLayout(links, spacing=14, centred=True)
        for words, icon, command, clicked in (
            (self.tr("Today’s calls"), "calendar", Command.DAY, self.day_clicked),
            (self.tr("Knowledge"), "book", Command.KNOWLEDGE, self.knowledge_clicked),
            (self.tr("Preferences"), "pen", Command.PREFERENCES, self.preferences_clicked),
        ):
            link = Button(words, role="link", icon=icon, key=keys[command])
            link.clicked.connect(clicked)
            flow.addWidget(link)
        # In a call the same key opens the tab: this one is there only while this view is.
        add_shortcut(self, keys[Command.KNOWLEDGE], self.knowledge_clicked.emit)
        return links

    def _make_ways(self, keys: KeyMap, practising: bool) -> QWidget:
        """What shows the panel to whoever is new to it, and him what came of his work."""
        ways = QWidget()
        ways.setProperty("role", "plain")
        flow = FlowLayout(ways, spacing=14, centred=True)
        for words, icon, key, clicked in (
            (self.tr("Practise calls"), "phone", keys[Command.PRACTICE], self.practice_clicked),
            (self.tr("Tour"), "flag", "", self.tour_clicked),
            (self.tr("My review"), "user", keys[Command.OWN_REVIEW], self.own_review_clicked),
            (self.tr("Keys and help"), "question", keys[Command.HELP], self.help_clicked),
        ):
            if not practising or clicked is self.help_clicked:
                link = Button(words, role="link", icon=icon, key=key)
                link.clicked.connect(clicked)
                flow.addWidget(link)
        return ways

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
        # A practice has no telephone system that could have fallen silent.
        last = None if self._practising else state.last_event_at
        said = self.tr("Last reported by the telephone system: {time}")
        set_text(self._last, said.format(time=clock_words(last, self._formats)) if last is not None else "")
        set_shown(self._last, last is not None)
        set_shown(self._sign_in, away and link.failure is FailureCode.SIGN_IN_NEEDED)
        self._waiting.show_state(state)

    def _lost(self, state: PanelState) -> tuple[str, str]:
        link = state.telephony
        head = self.tr("No telephone system")
        if link.since is not None:
            head = self.tr("No telephone system since {time}").format(time=clock_words(link.since, self._formats))
        if link.failure is FailureCode.SIGN_IN_NEEDED:
            return head, self.tr("You are not signed in to the telephone system. Until then no call appears by itself.")
        words = self.tr("The connection is lost and is being restored. Until then no call appears by itself.")
        if link.failure is not None:
            words = self.tr("Reason: {why}.").format(why=failure(link.failure)) + " " + words
        return head, words
