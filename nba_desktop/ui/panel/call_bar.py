"""The top of the panel: what the call is doing, for how long, who is on the line, and whether the links are well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_by_hand import ends_by_hand
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.ui.fonts import tabular
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import ElidedLabel, Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.call_words import (
    call_icon,
    call_state,
    caller_icon,
    caller_kind,
    caller_words,
    consult_words,
    is_by_hand,
    where_from,
)
from nba_desktop.ui.texts.link_words import (
    Health,
    backend_away,
    backend_health,
    calls_may_be_missing,
    is_away,
    outbox_words,
    telephony_away,
    telephony_health,
)
from nba_desktop.ui.texts.phase_words import phase_word

_SMALL: Final = 12
_MARGIN: Final = 12
_GAP: Final = 4
_EMS_FOR_ONE_LINE: Final = 26
_EMS_OF_STATE: Final = 10.75
"""The longest state in both languages with its icon and a timer, in text heights."""


class TimerLabel(Label):
    """A running time with digits of equal width: it neither shakes nor asks for a new layout every second."""

    _steady: tuple[QFont, QFontMetrics] | None = None

    def __init__(self) -> None:
        super().__init__("", "strong")

    def changeEvent(self, event: QEvent) -> None:
        self._steady = None
        super().changeEvent(event)

    def _with_font(self) -> tuple[QFont, QFontMetrics]:
        if self._steady is None:
            font = tabular(self.font())
            self._steady = font, QFontMetrics(font)
        return self._steady

    def sizeHint(self) -> QSize:
        _, metrics = self._with_font()
        return QSize(metrics.horizontalAdvance("0" * len(self.text())) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._with_font()[0])
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text())


class DetailLine(ElidedLabel):
    """Words in parts, of which the least important leave before anything else is cut."""

    _ever_less: tuple[str, ...] = ("",)

    def __init__(self) -> None:
        super().__init__("tiny", "muted")

    def show_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Show words, each with its weight: the lightest leave first, the heaviest never."""
        there = [(words, weight) for words, weight in parts if words]
        least = sorted({weight for _, weight in there}) or [0]
        self._ever_less = tuple(" · ".join(words for words, weight in there if weight >= floor) for floor in least)
        set_text(self, self._ever_less[0])

    @property
    def said(self) -> str:
        """The words that there is room for."""
        return self._fitting()

    def _fitting(self) -> str:
        metrics, room = self.fontMetrics(), self.width()
        whole = (words for words in self._ever_less if metrics.horizontalAdvance(words) <= room)
        last = metrics.elidedText(self._ever_less[-1], Qt.TextElideMode.ElideRight, room)
        return next(whole, last)


class CallBar(QWidget):
    """Two lines: state, timer, number and the links; below them the queue, an enquiry, or a link that is lost.

    The second line is always there, so that nothing moves when a link is lost while the customer talks.
    """

    search_clicked = Signal()
    end_clicked = Signal()
    menu_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._formats = formats
        self._interaction: Interaction | None = None
        self._state_icon = Icon("dot", _SMALL)
        self._state = Label(role="strong")
        self._timer = TimerLabel()
        self._caller_icon = Icon("", _SMALL)
        self._caller_icon.setProperty("variant", "muted")
        self._number = ElidedLabel(variant="muted")
        self._detail_icon = Icon("", _SMALL)
        self._detail = DetailLine()
        self._phase = Label(role="tiny", variant="muted")
        self._end = Button(self.tr("End"), role="chip", key=keys[Command.END_BY_HAND])
        words = self.tr("End this conversation and go on to its wrap-up; it hangs up no telephone.")
        set_named(self._end, self.tr("End conversation"), words)
        self._end.clicked.connect(self.end_clicked)
        self._telephony = Chip(pad=4)
        # Nearly every click is counted here for a moment, until it is sent.
        self._backend = Chip(pad=4, keeps="0")
        self._search = Button(role="tool", icon="search")
        words = self.tr("Search for the customer ({key})").format(key=shown(keys[Command.SEARCH]))
        set_named(self._search, words, words)
        self._search.clicked.connect(self.search_clicked)
        self._menu = Button(role="tool", icon="dots")
        words = self.tr("Menu of the panel ({key})").format(key=shown(keys[Command.WINDOW_MENU]))
        set_named(self._menu, words, words)
        self._menu.clicked.connect(self.menu_clicked)
        self._who = _together(self._state_icon, self._state, self._timer, self._caller_icon)
        self._tools = _together(self._telephony, self._backend, self._search, self._menu)
        self._tight = False
        self._number_below = self._narrow = False
        self._shown: tuple[ContactState | None, PanelState] | None = None
        self._number_words = ""
        self._said: object = None
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._lay_out()

    def _lay_out(self) -> None:
        first = FlowLayout(spacing=4, line_spacing=0)
        first.addWidget(self._who)
        first.add_stretched(self._number, ems=3)
        first.add_right(self._end)
        first.add_right(self._tools)
        second = QHBoxLayout()
        second.setSpacing(4)
        second.addWidget(self._detail_icon)
        second.addWidget(self._detail, 1)
        second.addWidget(self._phase)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)
        column.addStretch(1)

    def set_menu(self, there: bool) -> None:
        """Show the button of the panel's menu, or not."""
        set_shown(self._menu, there)
        self._keep_height()

    def set_tight(self, tight: bool) -> None:
        """Take a little less height on a small screen."""
        self._tight = tight
        self._keep_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_height()

    def _keep_height(self) -> None:
        """The height that the longest words need, whatever is said now: what comes and goes moves nothing."""
        for widget in (self._state, self._number, self._telephony, self._search, self._detail, self._end):
            widget.ensurePolished()
        line = max(self._telephony.sizeHint().height(), self._search.sizeHint().height())
        room = self.width() - 2 * _MARGIN
        state = round(_EMS_OF_STATE * self._state.fontMetrics().height())
        tools = self._tools.sizeHint().width() + _GAP
        end = 0 if self._end.isHidden() else self._end.sizeHint().width() + _GAP
        number = self._number.fontMetrics().horizontalAdvance(self._number_words) + _GAP
        who = self._who.sizeHint().width() + _GAP
        before = (self._number_below, self._narrow)
        self._number_below = bool(end) or room < who + number + tools
        # In a narrow window the button that ends a call has its line before it is there.
        narrow = self._narrow = room < _EMS_FOR_ONE_LINE * self._state.fontMetrics().height()
        together = not narrow and (who if end else state) + end + tools <= room
        lines = 1 if together else 2 if end + tools <= room or not end else 3
        height = lines * line + self._detail.sizeHint().height() + (4 if self._tight else 8)
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)
        if self._shown is not None and (self._number_below, self._narrow) != before:
            self._show_number(*self._shown)

    def show_state(self, contact: ContactState | None, state: PanelState) -> None:
        """Show the call on the screen, or that there is none, and the health of the links."""
        self._shown = (contact, state)
        # Most states leave the call as it is, and what waits to be sent changes with nearly all of them.
        said = (_said_of(contact), state.telephony, state.backend, self._formats.today())
        if said != self._said:
            self._said = said
            self._show_call(contact, state)
        self._show_time()
        _show_health(self._telephony, "phone", telephony_health(state.telephony, self._formats))
        _show_health(self._backend, "backend", backend_health(state.backend, self._formats), state.outbox)
        self._keep_height()

    def _show_call(self, contact: ContactState | None, state: PanelState) -> None:
        self._interaction = contact.interaction if contact else None
        self._number_words = self._number_of(contact) if contact else ""
        if contact is None:
            away = is_away(state.telephony)
            ready = self.tr("Not signed in") if state.sign_in.has_page else self.tr("Ready")
            set_text(self._state, self.tr("Not connected") if away else ready)
            self._caller_icon.set_name("")
        else:
            set_text(self._state, call_state(contact.interaction))
            self._caller_icon.set_name(caller_icon(caller_kind(contact)))
        set_shown(self._end, contact is not None and ends_by_hand(contact.interaction))
        phase = contact.phase if contact else None
        # Beside the state of the call only what it does not say by itself.
        said = phase in (None, Phase.RINGING, Phase.WRAP_UP)
        set_text(self._phase, "" if phase is None or said else phase_word(phase))
        self._show_state_icon(state)
        self._show_number(contact, state)

    def _show_number(self, contact: ContactState | None, state: PanelState) -> None:
        """The number beside the state, or, where there is no room for it, at the beginning of the second line."""
        number = self._number_words
        set_text(self._number, "" if self._number_below else number)
        self._show_detail(contact, state, number if self._number_below else "")

    def _number_of(self, contact: ContactState) -> str:
        return "" if is_by_hand(contact) else caller_words(contact.interaction.other, self._formats)

    def end(self) -> None:
        """What the key of the button does."""
        if self._end.isVisible():
            self.end_clicked.emit()

    def _show_state_icon(self, state: PanelState) -> None:
        call = self._interaction
        if call is None:
            icon, variant = ("phone-off", "bad") if is_away(state.telephony) else ("dot", "muted")
        else:
            icon = call_icon(call)
            # The usual state is calm: a dot as in the picture, not one more telephone.
            icon = "dot" if icon == "phone" else icon
            offered, live = call.state is InteractionState.OFFERED, call.state is InteractionState.LIVE
            variant = "good" if live else "accent" if offered else "muted"
        self._state_icon.set_name(icon)
        set_variant(self._state_icon, variant)

    def _show_detail(self, contact: ContactState | None, state: PanelState, number: str) -> None:
        """Where there is no room for everything the queue leaves first, then the number; what is lost stays whole."""
        consult = contact.consult if contact is not None else None
        asking = consult_words(consult, self._formats) if consult is not None and consult.is_open else ""
        # Without a call the whole page says it.
        lost = is_away(state.telephony) and contact is not None
        bad = lost or is_away(state.backend)
        parts = [(number, 1 if bad else 2)]
        if lost:
            words = telephony_away if asking else calls_may_be_missing
            parts.append((words(state.telephony, self._formats), 2))
        parts.append((asking, 2))
        if is_away(state.backend):
            parts.append((backend_away(state.backend, self._formats), 2))
        if contact is not None:
            # Without a loss the queue is cut where it must be, as it may be of any length.
            parts.append((where_from(contact.interaction), 0 if bad else 2))
        self._detail.show_parts(parts)
        set_shown(self._detail, contact is not None or bool(self._detail.text()))
        # In a narrow window what is lost has the line to itself.
        set_shown(self._phase, bool(self._phase.text()) and not (bad and self._narrow))
        self._detail_icon.set_name("phone-off" if lost else "users" if asking else "alert" if bad else "")
        variant = "bad" if bad else "accent" if asking else "muted"
        set_variant(self._detail_icon, variant)
        set_variant(self._detail, variant)

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


def _said_of(contact: ContactState | None) -> tuple[object, ...] | None:
    """What of a contact the bar says."""
    if contact is None:
        return None
    return contact.interaction, contact.consult, contact.phase, caller_kind(contact)


def _together(*parts: QWidget) -> QWidget:
    """Parts that stay in one line."""
    group = QWidget()
    group.setProperty("role", "plain")
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for part in parts:
        row.addWidget(part)
    return group


def _show_health(chip: Chip, icon: str, health: Health, outbox: OutboxStatus | None = None) -> None:
    """The link's mark and, for the backend, how much waits to be sent or was refused."""
    waiting = outbox_words(outbox) if outbox else ""
    count = outbox.waiting + outbox.parked if outbox else 0
    refused = bool(outbox and (outbox.parked or outbox.paused is FailureCode.FORBIDDEN))
    chip.show_parts(
        str(count) if count else "",
        icon=icon,
        trailing="alert" if refused else health.mark,
        variant="bad" if refused else health.variant,
    )
    words = " · ".join(filter(None, (health.words, waiting)))
    set_named(chip, words, words)
