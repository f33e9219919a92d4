"""The top of the panel: what the call is doing, for how long, who is on the line, and whether the links are well."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.panel import ContactState, PanelState
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.ui.fonts import tabular
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel import keys
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.labels import ElidedLabel, Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.call_words import (
    Health,
    backend_health,
    call_state,
    caller_words,
    outbox_words,
    telephony_health,
    where_from,
)


class TimerLabel(Label):
    """A running time with digits of equal width: it neither shakes nor asks for a new layout every second."""

    def __init__(self) -> None:
        super().__init__("", "strong")

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(tabular(self.font()))
        return QSize(metrics.horizontalAdvance("0" * len(self.text())) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(tabular(self.font()))
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text())


class CallBar(QWidget):
    """State, timer, number and queue; health of telephone system and backend; what waits in the outbox."""

    search_clicked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._interaction: Interaction | None = None
        self._state_icon = Icon("dot", 10)
        self._state = Label(role="strong")
        self._timer = TimerLabel()
        self._number = Label(variant="muted")
        self._queue = ElidedLabel("tiny", "muted")
        self._telephony = Chip(pad=6)
        self._backend = Chip(pad=6)
        self._search = Button(role="tool", icon="search")
        self._search.clicked.connect(self.search_clicked)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._lay_out()

    def _lay_out(self) -> None:
        caller = QVBoxLayout()
        caller.setSpacing(0)
        caller.addStretch(1)
        caller.addWidget(self._number)
        caller.addWidget(self._queue)
        caller.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self._state_icon, self._state, self._timer):
            row.addWidget(widget)
        row.addLayout(caller, 1)
        row.setSpacing(6)
        for chip in (self._telephony, self._backend, self._search):
            row.addWidget(chip)
        self.set_tight(False)

    def set_tight(self, tight: bool) -> None:
        """Take a little less height on a small screen."""
        words = self._number.sizeHint().height() + self._queue.sizeHint().height()
        self.setFixedHeight(max(34, words + 2) if tight else max(40, words + 6))

    def show_state(self, contact: ContactState | None, state: PanelState) -> None:
        """Show the call on the screen, or that there is none, and the health of the links."""
        self._interaction = contact.interaction if contact else None
        if contact is None:
            set_text(self._state, self.tr("Ready"))
            set_text(self._number, "")
            set_text(self._queue, "")
        else:
            set_text(self._state, call_state(contact.interaction))
            set_text(self._number, caller_words(contact.interaction.other, self._formats))
            set_text(self._queue, where_from(contact.interaction))
        set_shown(self._queue, bool(self._queue.text()))
        self._show_state_icon()
        self._show_time()
        _show_health(self._telephony, "phone", telephony_health(state.telephony))
        _show_health(self._backend, "backend", backend_health(state.backend), state.outbox)
        self._show_search(contact)

    def _show_state_icon(self) -> None:
        call = self._interaction
        live = call is not None and call.state is InteractionState.LIVE
        if call is not None and call.state is InteractionState.OFFERED:
            icon = "phone-incoming"
        elif call is not None and call.held:
            icon = "pause"
        else:
            icon = "dot"
        self._state_icon.set_name(icon)
        set_variant(self._state_icon, "good" if live else "accent" if icon == "phone-incoming" else "muted")

    def _show_time(self) -> None:
        call = self._interaction
        running = call is not None and call.ended_at is None
        if running != self._tick.isActive():
            (self._tick.start if running else self._tick.stop)()
        since = None if call is None else call.answered_at or call.started_at
        if since is None:
            set_shown(self._timer, False)
            return
        until: datetime = (call.ended_at if call else None) or self._formats.now()
        set_text(self._timer, self._formats.duration((until - since).total_seconds()))
        set_shown(self._timer, True)

    def _show_search(self, contact: ContactState | None) -> None:
        possible = contact is not None and not contact.authenticated
        set_enabled(self._search, possible)
        key = QKeySequence(keys.SEARCH).toString(QKeySequence.SequenceFormat.NativeText)
        words = self.tr("Search for the customer ({key})").format(key=key)
        blocked = contact is not None and contact.authenticated
        set_named(self._search, words, self.tr("The caller is authenticated already.") if blocked else words)


def _show_health(chip: Chip, icon: str, health: Health, outbox: OutboxStatus | None = None) -> None:
    """The link's mark and, for the backend, how much waits to be sent or was refused."""
    waiting = outbox_words(outbox) if outbox else ""
    count = outbox.waiting + outbox.parked if outbox else 0
    parked = bool(outbox and outbox.parked)
    chip.show_parts(
        str(count) if count else "",
        icon=icon,
        trailing="alert" if parked else health.mark,
        variant="bad" if parked else health.variant,
    )
    words = " · ".join(filter(None, (health.words, waiting)))
    set_named(chip, words, words)
