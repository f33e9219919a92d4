"""The first-run tour: five short hints, one at a time, each beside the part of an example panel that it explains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.help_said import say
from nba_desktop.ui.panel.keys import shown
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_text
from nba_desktop.ui.shortcuts import add_shortcut
from nba_desktop.ui.theme import current_tokens

HINTS: Final = 5

_EDGE: Final = 12
_GAP: Final = 10
_WIDEST: Final = 380
_DIMMED: Final = 150
_ANEW_MS: Final = 100
_BORDER: Final = 2
"""Of the bubble, as in the style sheet."""


@dataclass(frozen=True, slots=True)
class Example:
    """Pictures of a panel in a call, and where in each of them the part is that it is about; one for each hint."""

    pictures: tuple[QPixmap, ...]
    parts: tuple[QRect, ...]


MakeExample = Callable[[QSize], Example]
"""Paints an example of the size that is asked for."""


class Tour(Overlay):
    """Covers the panel while there is no call. `ended` says that it was seen to its end or skipped.

    The hint at which it was left for a call is the one it opens with.
    """

    ended = Signal()

    def __init__(self, keys: KeyMap, parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = keys
        self._make: MakeExample | None = None
        self._example: Example | None = None
        # Dragging a window's edge asks for many sizes in a row.
        self._anew = QTimer(self, singleShot=True, interval=_ANEW_MS)
        self._anew.timeout.connect(self._paint_example)
        self._hint = 0
        self._bubble: HintBubble | None = None
        self.setAccessibleName(self.tr("Tour of the panel"))
        # A click beside the hint would take the keyboard to where the tour's keys are not heard.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.closed.connect(self._end)
        for key, pressed in (("Right", self._forwards), ("Left", self._back)):
            add_shortcut(self, key, pressed, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return not self.isHidden()

    def open(self, make_example: MakeExample) -> None:
        """Begin, or go on where it was left, over an example."""
        self._make = make_example
        if self._bubble is None:
            self._bubble = HintBubble(self)
            self._bubble.next_clicked.connect(self._forwards)
            self._bubble.back_clicked.connect(self._back)
            self._bubble.skip_clicked.connect(self._end)
        self.remember(self.window().focusWidget())
        self.show()
        self.raise_()
        self._paint_example()
        self._show_hint()
        self._bubble.take_keyboard()

    def leave(self) -> None:
        """Go at once, for a call; the hint is kept for later."""
        if self.is_open:
            self.hide()
            self._anew.stop()
            self._make = self._example = None
            (self.before or self.window()).setFocus()

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator passes a widget by: the tour covers everything."""
        if not self.is_open or widget is None or widget is self:
            return False
        return not self.isAncestorOf(widget) and not widget.isAncestorOf(self)

    # ---- from hint to hint

    def _forwards(self) -> None:
        if self._hint + 1 == HINTS:
            self._end()
        else:
            self._hint += 1
            self._show_hint()

    def _back(self) -> None:
        if self._hint:
            self._hint -= 1
            self._show_hint()

    def _end(self) -> None:
        self._hint = 0
        self.leave()
        self.ended.emit()

    def _show_hint(self) -> None:
        if self._bubble is not None:
            title, words = self._words()[self._hint]
            self._bubble.show_hint(title, words, self._hint)
            say(self, f"{title}. {words}")
            self._place_bubble()
            self.update()

    def _words(self) -> tuple[tuple[str, str], ...]:
        confirm, solved, first, undo, help_key = (
            shown(self._keys[command])
            for command in (Command.CONFIRM_CALLER, Command.SOLVED, Command.DIGIT_1, Command.UNDO, Command.HELP)
        )
        who = self.tr("Tick what the caller answered correctly, then confirm ({key}). Only then you see more.")
        concern = self.tr("Why does he call? Say when it is solved ({key}): only then there is room for an offer.")
        response = self.tr("One click or key ({first} …) records it at once, {undo} takes it back. {help}: all keys.")
        return (
            (
                self.tr("The call"),
                self.tr("Calls appear here by themselves. They never take the keyboard from your other programs."),
            ),
            (self.tr("Who is calling"), who.format(key=confirm)),
            (self.tr("The concern"), concern.format(key=solved)),
            (
                self.tr("Next best actions"),
                self.tr("Up to three, each with a reason. Guide, benefits and answers to objections stand below."),
            ),
            (self.tr("The response"), response.format(first=first, undo=undo, help=help_key)),
        )

    # ---- places and painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_open:
            self._example = None
            self._anew.start()
        self._place_bubble()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.is_open:
            self._anew.start()

    def _paint_example(self) -> None:
        if self._make is not None:
            self._example = self._make(self.size())
            self._place_bubble()
            self.update()

    def _part(self) -> QRect:
        return self._example.parts[self._hint] if self._example else QRect()

    def _place_bubble(self) -> None:
        """Below the part, or above it, or at the far end of the panel where neither has room."""
        bubble, part = self._bubble, self._part()
        if bubble is None:
            return
        width = min(_WIDEST, self.width() - 2 * _EDGE)
        height = bubble.height_at(width)
        top = part.bottom() + _GAP
        if top + height + _EDGE > self.height():
            top = part.top() - _GAP - height
        if top < _EDGE:
            far_below = max(0, self.height() - height - _EDGE)
            top = _EDGE if part.center().y() > self.height() // 2 else far_below
        bubble.setGeometry((self.width() - width) // 2, top, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = current_tokens()
        if self._example is None:
            return
        painter.drawPixmap(0, 0, self._example.pictures[self._hint])
        part = self._part()
        dark = QColor(tokens.ground)
        dark.setAlpha(_DIMMED)
        painter.fillRect(QRect(0, 0, self.width(), part.top()), dark)
        painter.fillRect(QRect(0, part.bottom() + 1, self.width(), self.height() - part.bottom()), dark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent), 3))
        painter.drawRoundedRect(QRectF(part).adjusted(2, 1, -2, -1), 6, 6)


class HintBubble(Frame):
    """One hint with its three buttons."""

    next_clicked = Signal()
    back_clicked = Signal()
    skip_clicked = Signal()

    def __init__(self, parent: Tour) -> None:
        super().__init__("bubble", margins=(14, 12, 14, 12))
        self.setParent(parent)
        self._count = Label(role="small", variant="muted")
        self._title = Label(role="title", wrap=True)
        self._words = Label(wrap=True)
        self._next = Button(variant="primary", key="→")
        self._back = Button(self.tr("Back"), key="←")
        skip = Button(self.tr("Skip the tour"), role="link", key="Esc")
        self._next.clicked.connect(self.next_clicked)
        self._back.clicked.connect(self.back_clicked)
        skip.clicked.connect(self.skip_clicked)
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self._next, self._back, skip):
            row.addWidget(button)
        self.body.setSpacing(6)
        for part in (self._count, self._title, self._words, buttons):
            self.body.addWidget(part)

    def show_hint(self, title: str, words: str, index: int) -> None:
        """Fill the bubble."""
        set_text(self._count, self.tr("Hint {number} of {count}").format(number=index + 1, count=HINTS))
        set_text(self._title, title)
        set_text(self._words, words)
        self.setAccessibleName(f"{self._count.text()}: {title}")
        self._next.set_text(self.tr("Next") if index + 1 < HINTS else self.tr("Done"))
        # The keyboard stays there: whoever listens hears the hint with it.
        self._next.setAccessibleDescription(f"{title}. {words}")
        set_enabled(self._back, index > 0)
        self.show()

    def take_keyboard(self) -> None:
        """Put the keyboard on the way forward."""
        self._next.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def height_at(self, width: int) -> int:
        """The height in which everything can be read at this width."""
        # Before they are shown for the first time they have not got the fonts of their roles.
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.heightForWidth(width - 2 * _BORDER) + 2 * _BORDER
