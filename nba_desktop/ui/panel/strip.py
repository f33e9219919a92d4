"""The panel folded away: a strip of 48 pixels that still says what the call does, how long, and with whom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton

from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.window_place import STRIP_WIDTH
from nba_desktop.ui.fonts import tabular
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import paint_icon, window_icon
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.setters import set_named
from nba_desktop.ui.texts.call_words import contact_icon, contact_state, tab_name
from nba_desktop.ui.texts.due_words import due_now
from nba_desktop.ui.texts.link_words import is_away
from nba_desktop.ui.theme import current_tokens, scaled

_ICON: Final = 20
_GAP: Final = 12
_MARGIN: Final = 2
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Strip(QAbstractButton):
    """A window that is one button: pressed by mouse or key it asks for the panel. Its title never names a caller."""

    expand_requested = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._formats, self._keys = formats, keys
        self._state = PanelState()
        self._contact: ContactState | None = None
        self._icon, self._words, self._who, self._time = "dot", "", "", ""
        self._others = 0
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName("strip")
        self.setWindowTitle("NBA Desktop")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(STRIP_WIDTH, STRIP_WIDTH)
        self.clicked.connect(self.expand_requested)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._fill()

    @property
    def words(self) -> tuple[str, str, str]:
        """State, time and name as they are shown; the time is empty without a call."""
        return self._words, self._time, self._who

    @property
    def counts_seconds(self) -> bool:
        """Whether the time runs; nobody sees it while the strip is hidden."""
        return self._tick.isActive()

    def show_state(self, state: PanelState) -> None:
        """Show the call on the screen, or that there is none; then a promise whose time has come is named quietly.

        Beside the open panel nobody sees the strip: it is filled when it is shown.
        """
        self._state = state
        self._contact = state.contact
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        state, contact = self._state, self._contact
        if contact is None:
            away = is_away(state.telephony)
            now = due_now(state.due, self._formats)
            self._icon, self._who = ("phone-off" if away else "clock" if now else "dot"), ""
            ready = self.tr("Not signed in") if state.sign_in.has_page else now or self.tr("Ready")
            self._words = self.tr("Not connected") if away else ready
        else:
            self._icon, self._who = contact_icon(contact), tab_name(contact, self._formats)
            self._words = contact_state(contact)
        self._others = max(0, len(state.contacts) - 1)
        self._show_time()

    def renew(self, formats: Formats, keys: KeyMap) -> None:
        """Say the same in another language, or with another key."""
        self._formats, self._keys = formats, keys
        self._fill()

    def sizeHint(self) -> QSize:
        return QSize(STRIP_WIDTH, 320)

    def _show_time(self) -> None:
        call = self._contact.interaction if self._contact else None
        running = call is not None and call.ended_at is None and self.isVisible()
        if running != self._tick.isActive():
            (self._tick.start if running else self._tick.stop)()
        since = None if call is None else call.answered_at or call.started_at
        if call is None or since is None:
            self._time = ""
        else:
            until = call.ended_at or self._formats.now()
            self._time = self._formats.duration((until - since).total_seconds())
        # Without the time, or a screen reader would be told of it every second.
        more = self.tr("%n more", "", self._others) if self._others else ""
        name = " · ".join(filter(None, (self._words, self._who, more)))
        words = self.tr("Open the panel ({key})").format(key=shown(self._keys[Command.COLLAPSE]))
        set_named(self, name, f"{name}\n{words}")
        self.update()

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        call = self._contact.interaction if self._contact else None
        ringing = call is not None and call.state is InteractionState.OFFERED
        live = call is not None and call.state is InteractionState.LIVE
        ground = tokens.accent if ringing else tokens.window
        text = QColor(tokens.on_accent if ringing else tokens.text)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ground))
        painter.setPen(QColor(tokens.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(tokens.on_accent if ringing else tokens.accent))
            painter.drawRect(self.rect().adjusted(2, 2, -3, -3))
        mark = text if ringing or not live else QColor(tokens.good)
        y = _GAP
        icon = min(scaled(_ICON), self.width() - 2 * _MARGIN)
        paint_icon(painter, self._icon, mark, (self.width() - icon) // 2, y, icon)
        y += icon + _GAP // 2
        painter.setPen(text)
        y = self._paint_time(painter, y)
        if self._others:
            font = self._font(QFont.Weight.Normal)
            painter.setFont(font)
            height = QFontMetrics(font).height()
            painter.drawText(QRect(0, y, self.width(), height), Qt.AlignmentFlag.AlignCenter, f"+{self._others}")
            y += height
        words = " · ".join(filter(None, (self._who, self._words)))
        self._paint_upright(painter, words, self._font(QFont.Weight.DemiBold), y + _GAP)

    def _paint_time(self, painter: QPainter, y: int) -> int:
        """Paint the time and return where it ends; what is too wide for the strip stands upright."""
        if not self._time:
            return y
        font = tabular(self._font(QFont.Weight.DemiBold))
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(self._time) > self.width() - 2 * _MARGIN:
            return self._paint_upright(painter, self._time, font, y + _GAP // 2)
        painter.setFont(font)
        painter.drawText(QRect(0, y, self.width(), metrics.height()), Qt.AlignmentFlag.AlignCenter, self._time)
        return y + metrics.height()

    def _paint_upright(self, painter: QPainter, words: str, font: QFont, y: int) -> int:
        """Paint words that run downwards, elided where the strip ends; return where they end."""
        metrics = QFontMetrics(font)
        across, room = self.width(), self.height() - y - _GAP
        fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.save()
        painter.setFont(font)
        painter.translate(across, y)
        painter.rotate(90)
        painter.drawText(QRect(0, 0, room, across), Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.restore()
        return y + metrics.horizontalAdvance(fitting)

    def _font(self, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setWeight(weight)
        return font

    # ---- the window itself

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_time()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate, QEvent.Type.PaletteChange):
            self.update()
        return super().event(event)
