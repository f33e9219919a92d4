"""The practice's band in one line, for windows in which the whole of it would leave the panel too little room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import ElidedLabel
from nba_desktop.ui.setters import set_named, set_shown, set_text

_EDGE = 2
"""Below the band, as in the style sheet."""
_EMS = 2.0
"""Of the words; what is cut of them is in the tooltip."""


class _Words(ElidedLabel):
    """Leaves the tooltip to the line, which says more than what is cut."""

    def _tell(self) -> None:
        pass


class PracticeLine(QWidget):
    """Which call it is and how far it is, the button that leads on, and the way out."""

    go_on_clicked = Signal()
    end_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._words = _Words(role="strong")
        self._go_on = Button(variant="primary")
        self._go_on.clicked.connect(self.go_on_clicked)
        self._end = Button(role="tool", icon="cross")
        self._end.clicked.connect(self.end_clicked)
        line = FlowLayout(self)
        line.setContentsMargins(8, 6, 8, 6)
        line.add_stretched(self._words, ems=_EMS)
        line.addWidget(self._go_on)
        line.addWidget(self._end)

    def show_line(self, words: str, told: str, button: str, name: str, how: str) -> None:
        """Fill the line; `told` is all that the whole band says.

        `name` and `how` are what a screen reader says of the button; without words there is none.
        """
        set_text(self._words, words)
        self._words.setAccessibleDescription(told)
        self.setToolTip(told)
        set_shown(self._go_on, bool(button))
        self._go_on.set_text(button)
        set_named(self._go_on, name, how)

    def height_at(self, width: int) -> int:
        """The height of the line at this width; narrower than it can be it goes on in a second one."""
        layout = self.layout()
        if layout is None:
            return 0
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        layout.invalidate()
        # In the wrap-up there is no button: the panel below stays where it is.
        margins = layout.contentsMargins()
        button = self._go_on.sizeHint().height() + margins.top() + margins.bottom()
        return max(button, layout.heightForWidth(width)) + _EDGE

    def name_end(self, name: str, description: str) -> None:
        """Say what the way out is called."""
        set_named(self._end, name, description)
