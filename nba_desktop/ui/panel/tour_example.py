"""The example that the tour explains: a panel in a call, painted and not shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.actions import ActionsBlock
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.content import PanelContent
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.tour import Example

_PARTS: Final[tuple[type[QWidget], ...]] = (CallBar, CustomerView, ConcernView, ActionsBlock, ResponseRow)


def example_of(state: PanelState, formats: Formats, setup: Setup, size: QSize) -> Example:
    """Paint a panel of this size in this state."""
    window = PanelSignals()
    window.setObjectName("panel")
    # Shown to Qt, so that everything is laid out, and to nobody else.
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.resize(size)
    content = PanelContent(formats, setup, window)
    content.setGeometry(window.rect())
    window.show()
    content.show_state(state)
    pictures: list[QPixmap] = []
    parts = []
    for kind in _PARTS:
        part = content.findChild(kind)
        assert part is not None
        moved = _bring_into_sight(part)
        parts.append(_seen(part, content))
        pictures.append(pictures[-1] if pictures and not moved else window.grab())
    window.hide()
    window.deleteLater()
    return Example(tuple(pictures), tuple(parts))


def _bring_into_sight(part: QWidget) -> bool:
    """Scroll to the part, where the panel is so small or the text so large that it scrolls; say whether it moved."""
    area = _area_of(part)
    if area is None:
        return False
    bar, inside = area.verticalScrollBar(), area.widget()
    before = bar.value()
    bar.setValue(part.mapTo(inside, QPoint(0, 0)).y() if inside is not None else before)
    return bar.value() != before


def _seen(part: QWidget, content: PanelContent) -> QRect:
    """Where the part can be seen in the content."""
    place = QRect(part.mapTo(content, QPoint(0, 0)), part.size())
    area = _area_of(part)
    if area is None:
        return place
    return place.intersected(QRect(area.viewport().mapTo(content, QPoint(0, 0)), area.viewport().size()))


def _area_of(part: QWidget) -> QScrollArea | None:
    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
