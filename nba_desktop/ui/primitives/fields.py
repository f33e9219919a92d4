"""Lines to type in: filled by the keyboard, by assistive technology or by the state, and whose hint is never cut."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nba_desktop.ui.theme import scaled

_EDGES: Final = 20


class Line(QLineEdit):
    """Knows who filled it; the state does with `show_text`.

    `typed` follows every other change. `put` comes after it when the keyboard is elsewhere: assistive technology puts a
    text in as a whole, without a key that would end it.
    """

    typed = Signal(str)
    put = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = self._keyed = False
        self.textChanged.connect(self._on_changed)

    def show_text(self, text: str) -> None:
        """Show a text that nobody typed."""
        if text != self.text():
            self._showing = True
            self.setText(text)
            self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyed = True
        super().keyPressEvent(event)
        self._keyed = False

    def _on_changed(self, text: str) -> None:
        if self._showing:
            return
        self.setModified(True)
        self.typed.emit(text)
        if not self._keyed and not self.hasFocus():
            self.put.emit()


def set_apart(line: Line) -> QWidget:
    """A place for a line alone, which leaves the accessible tree with it: Qt's own face of a line cannot be changed."""
    place = QWidget()
    place.setProperty("role", "plain")
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(line)
    return place


class Field(Line):
    """Shows the longest of its hints that fits; the longest is its tooltip, and its name for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[str, ...] = ()

    def set_hints(self, *hints: str) -> None:
        """Give the hints, the longest first; where none fits the field is empty."""
        self._hints = hints
        longest = hints[0] if hints else ""
        self.setToolTip(longest)
        if not self.accessibleName():
            self.setAccessibleName(longest)
        self._show_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._show_hint()

    def _show_hint(self) -> None:
        room = self.width() - scaled(_EDGES)
        fitting = (hint for hint in self._hints if self.fontMetrics().horizontalAdvance(hint) <= room)
        shown = next(fitting, "")
        if self.placeholderText() != shown:
            self.setPlaceholderText(shown)
