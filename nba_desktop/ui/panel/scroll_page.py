"""A page that scrolls up and down in the place it is given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LEAST = 36
_IN_SIGHT = 80
_COMFORTABLE_LINES = 8


class ScrollPage(QScrollArea):
    """A scroll area with one column, `body` and below it `foot`; it never scrolls sideways."""

    def __init__(self, spacing: int = 7) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        # Where room is short a page gives way first: it can be scrolled, and what stands around it cannot.
        self._least, self._held, self._roomy = _LEAST, 0, False
        self.setMinimumHeight(_LEAST)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # The page is reached by its controls; without any it scrolls by keyboard itself.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.inside = QWidget()
        self.inside.setProperty("role", "sheet")
        self.inside.setMinimumWidth(1)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(spacing)
        self.foot = QVBoxLayout()
        column.addLayout(self.body)
        column.addLayout(self.foot)
        column.addStretch(1)
        self.setWidget(self.inside)

    def set_roomy(self, roomy: bool) -> None:
        """Keep a few lines of room: where everything around the page scrolls, the page needs not give way."""
        self._roomy = roomy
        self._keep_room()

    def hold(self, height: int) -> None:
        """Keep at least this height for something in the page that is to be seen whole; 0 gives it free again."""
        self._held = height
        self._keep_room()

    def _keep_room(self) -> None:
        lines = _COMFORTABLE_LINES * self.fontMetrics().height() if self._roomy else self._least
        least = max(lines, self._held)
        if self.minimumHeight() != least:
            self.setMinimumHeight(least)

    def keep_in_sight(self) -> None:
        """Never be lower than what can be read from: where there is less room, what stands around it scrolls."""
        self._least = _IN_SIGHT
        self.setMinimumHeight(max(self.minimumHeight(), _IN_SIGHT))

    def fit_inside(self) -> None:
        """Be as high inside as the width asks for: the hints of wrapped words say more, and end in empty room."""
        self.inside.setMinimumHeight(1)

    def to_top(self) -> None:
        """Show the beginning."""
        self.verticalScrollBar().setValue(0)
