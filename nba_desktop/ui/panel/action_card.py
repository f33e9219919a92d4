"""One recommended action on its card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMargins, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.codes import RESPONSE_GROUPS, ResponseCode, ResponseGroup
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.action_words import action_kind, closing_form, minutes
from nba_desktop.ui.texts.response_words import response_code, response_group

_RANK: Final = 24


class ActionCard(QFrame):
    """Rank, title, kind and closing form, minutes, and the one reason that can be said to the customer.

    Folded it shows the title line alone; quiet it can be read but does not invite.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._action_id = ""
        self.setProperty("role", "card")
        self.setProperty("on", "false")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._rank = Label(role="rank")
        self._rank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._minutes = Label(role="tiny", variant="muted")
        self._title = Label(role="strong", wrap=True)
        self._chip = Chip()
        self._reason = Label(role="small", variant="muted", wrap=True)

        # As wide with a rank alone as with the longest time below it, so that all titles start at one line.
        self._side = QWidget()
        self._side.setProperty("role", "plain")
        left = QVBoxLayout(self._side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(1)
        left.addWidget(self._rank, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addWidget(self._minutes, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addStretch(1)
        top = FlowLayout(line_spacing=2)
        top.add_stretched(self._title, ems=9)
        top.addWidget(self._chip)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addLayout(top)
        right.addWidget(self._reason)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._side)
        self._row.addLayout(right, 1)

    @property
    def on(self) -> bool:
        """Whether this is the chosen action."""
        return str(self.property("on")) == "true"

    def choose(self) -> None:
        """What a click on the card does."""
        self.chosen.emit(self._action_id)

    def show_action(
        self,
        action: Recommendation,
        on: bool,
        folded: bool,
        addressed: bool,
        answer: ResponseCode | None,
        tight: bool = False,
    ) -> None:
        """Fill the card; `answer` is the response recorded for the action, if any."""
        self._action_id = action.action_id
        set_text(self._rank, str(action.rank))
        set_text(self._minutes, minutes(action.minutes))
        self._measure()
        set_text(self._title, action.title)
        set_text(self._reason, action.reason)
        set_shown(self._reason, not folded)
        set_shown(self._minutes, not folded)
        self._turn(on)
        set_variant(self._title, "muted" if action.quiet else "")
        self._show_chip(action, addressed, answer)
        # The frame of the chosen card is one pixel thicker; what is on it must not jump.
        edge, height = (0, 0) if on else (1, 1)
        vertical = (1 if folded else 4 if tight else 7) + height
        margins = QMargins(8 + edge, vertical, 8 + edge, vertical)
        if self._row.contentsMargins() != margins:
            self._row.setContentsMargins(margins)
        name = f"{action.rank} {action.title}, {self._chip.text()}, {minutes(action.minutes)}"
        set_named(self, name, action.reason)

    def _turn(self, on: bool) -> None:
        if self.on != on:
            set_variant(self, "true" if on else "false", "on")
            # By this alone a frame hears how wide its border is now.
            QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Rank and time as wide as their widest, in the size of their text."""
        self._rank.ensurePolished()
        self._minutes.ensurePolished()
        side = max(_RANK, self._rank.fontMetrics().height() + 8)
        if self._rank.minimumWidth() != side:
            self._rank.setFixedSize(side, side)
        width = max(side, self._minutes.fontMetrics().horizontalAdvance(minutes(99)))
        if self._side.minimumWidth() != width:
            self._side.setFixedWidth(width)

    def _show_chip(self, action: Recommendation, addressed: bool, answer: ResponseCode | None) -> None:
        if answer is not None:
            group = next((g for g, codes in RESPONSE_GROUPS.items() if answer in codes), None)
            word = response_group(group) if group else response_code(answer)
            variant = {ResponseGroup.ACCEPTED: "good", ResponseGroup.DECLINED: "bad"}.get(group, "") if group else ""
            self._chip.show_parts(word, icon="check", variant=variant)
            return
        kind = f"{action_kind(action.kind)} · {closing_form(action.closing_form)}"
        self._chip.show_parts(kind, icon="speak" if addressed else "", variant="muted" if action.quiet else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.choose()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        else:
            super().keyPressEvent(event)
