"""A page of titled sections under each other: one agent in full, or one action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.primitives.labels import Label, RichLabel, SectionHeader
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.team.arms import ArmsView
from nba_desktop.ui.team.funnel import FunnelView
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.rates import RatesView
from nba_desktop.ui.theme import current_tokens, scaled

_MARK: Final = 3
_BEFORE: Final = 8
_WIDEST: Final = 760
"""No line is longer than can be read well."""


class Paragraphs(QWidget):
    """Rich texts under each other, with some room between; their parts are made with `strong` and `plain`."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._labels: list[RichLabel] = []

    def show_paragraphs(self, texts: Sequence[str]) -> None:
        """Show texts in place of those before."""
        while len(self._labels) < len(texts):
            self._labels.append(RichLabel())
            self._column.addWidget(self._labels[-1])
        for number, label in enumerate(self._labels):
            set_text(label, texts[number] if number < len(texts) else "")
            set_shown(label, number < len(texts))

    def put_on(self, paper: Paper) -> None:
        """Put the texts on paper."""
        for label in self._labels:
            paper.label(label)


class _FocusMark(QWidget):
    """Says at the left edge that the arrow keys scroll here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(current_tokens().accent))


Content = Label | Paragraphs | FunnelView | RatesView | ArmsView
C = TypeVar("C", bound=Content)


class Sections(PageScroll):
    """Scrolls as a whole, also with the arrow keys; what stands in it goes into `column`."""

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(inner)
        # There is more to read than to operate: the keyboard gets here for that alone.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner.setProperty("role", "sheet")
        content = QWidget()
        content.setMaximumWidth(scaled(_WIDEST))
        centred = QHBoxLayout(inner)
        centred.setContentsMargins(14, 10, 14, 12)
        centred.addWidget(content)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self._mark = _FocusMark(self)
        self._sections: list[tuple[str, Content]] = []

    def put_on(self, paper: Paper) -> None:
        """Put the sections on paper, each with its heading."""
        for title, content in self._sections:
            paper.heading(title)
            if isinstance(content, Label):
                paper.label(content)
            else:
                content.put_on(paper)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_shown(self._mark, event.reason() is not Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_shown(self._mark, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark.setGeometry(0, 0, _MARK, self.height())

    def section(self, title: str, content: C) -> C:
        """Add a section under those before; returns its content."""
        self._sections.append((title, content))
        # Nearer to what it is above than to what comes before.
        self.column.addSpacing(scaled(_BEFORE))
        self.column.addWidget(SectionHeader(title))
        self.column.addWidget(content)
        return content
