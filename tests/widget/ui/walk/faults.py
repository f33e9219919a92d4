"""What is wrong with a picture of the panel: cut words, widgets over each other, out of reach, too small to hit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QLayout,
    QLineEdit,
    QWidget,
)

from nba_desktop.ui.panel.call_tab import CallTab
from nba_desktop.ui.panel.handover import HandoverLine
from nba_desktop.ui.panel.step_mark import StepMark
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.labels import ElidedLabel

ELIDING: Final = (ElidedLabel, CallTab, HandoverLine)
"""One line of data of any length; the whole of it is in the tooltip."""
SMALLEST_CONTROL: Final = 24
_SLACK: Final = 1
_FIELD_ROOM: Final = 18
_LEAST_WORDS: Final = 72
"""Less width than this leaves no room for broken words."""

Kind = Literal["clipped", "overlapping", "outside", "small", "nameless"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a person would stumble over."""

    kind: Kind
    what: str


def faults_in(root: QWidget, text_scale: float = 1.0) -> list[Fault]:
    """Everything wrong with `root` as it stands on the screen now."""
    found = []
    shown = list(_shown(root))
    for widget in shown:
        found += [Fault("clipped", f"{_name(widget)}: {why}") for why in _clipped(widget)]
        found += [Fault("outside", f"{_name(widget)} {why}") for why in _outside(widget, root)]
        if isinstance(widget, QAbstractButton | QLineEdit):
            if text_scale == 1.0 and min(widget.width(), widget.height()) < SMALLEST_CONTROL:
                found.append(Fault("small", f"{_name(widget)} is {widget.width()} × {widget.height()}"))
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            if not named:
                found.append(Fault("nameless", _name(widget)))
    found += [Fault("overlapping", what) for what in _overlapping([root, *shown])]
    return found


def _shown(root: QWidget) -> Iterator[QWidget]:
    """Every widget on the screen; what a list, a scroll bar or a field is made of is Qt's own affair."""
    for child in root.children():
        if not isinstance(child, QWidget) or child.isHidden() or child.isWindow():
            continue
        yield child
        if not isinstance(child, QAbstractItemView | QLineEdit):
            yield from _shown(child)


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit | Chip) else ""
    words = words or widget.accessibleName() or widget.objectName()
    owner = widget.parentWidget()
    within = f" in {type(owner).__name__}" if owner is not None else ""
    return f"{type(widget).__name__} {re.sub('<[^>]*>', '', words)!r}{within} {widget.width()}×{widget.height()}"


def _clipped(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, ELIDING):
        if not widget.toolTip() and widget.text() and _elides(widget):
            yield "elided without a tooltip"
    elif isinstance(widget, QLabel):
        yield from _label_clipped(widget)
    elif isinstance(widget, StepMark):
        return
    elif isinstance(widget, Button | Chip):
        needed = max(widget.heightForWidth(widget.width()), widget.minimumSizeHint().height())
        if needed > widget.height() + _SLACK:
            yield f"needs a height of {needed}"
        if widget.width() < min(_LEAST_WORDS, widget.sizeHint().width()):
            yield f"needs a width of {widget.sizeHint().width()}"
    elif isinstance(widget, QLineEdit):
        words = widget.placeholderText()
        if not widget.text() and widget.fontMetrics().horizontalAdvance(words) > widget.width() - _FIELD_ROOM:
            yield f"the placeholder {words!r} is cut"
    elif (clipped := getattr(widget, "clipped", None)) is not None:
        yield from clipped()


def _elides(widget: QWidget) -> bool:
    return not isinstance(widget, ElidedLabel) or widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width()


def _label_clipped(label: QLabel) -> Iterator[str]:
    words = label.text()
    if not words:
        return
    room = label.contentsRect()
    if not label.wordWrap():
        hint = label.sizeHint()
        if hint.width() > label.width() + _SLACK or hint.height() > label.height() + _SLACK:
            yield f"needs {hint.width()} × {hint.height()}"
        return
    needed, widest = wrapped_size(label, room.width())
    if needed > room.height() + _SLACK:
        yield f"needs a height of {needed}"
    if widest > room.width() + _SLACK:
        yield f"a word needs a width of {widest}"


def wrapped_size(label: QLabel, width: int) -> tuple[int, int]:
    """Height and widest line of a wrapping label's words at a width, as they are painted."""
    painted = QLabel.text(label)
    if label.textFormat() is Qt.TextFormat.RichText:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(label.font())
        document.setDefaultTextOption(_word_wrap())
        document.setHtml(painted)
        document.setTextWidth(width)
        return round(document.size().height()), round(document.idealWidth())
    box = label.fontMetrics().boundingRect(QRect(0, 0, width, 100_000), int(Qt.TextFlag.TextWordWrap), painted)
    return box.height(), box.width()


def _word_wrap() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    return option


def _outside(widget: QWidget, root: QWidget) -> Iterator[str]:
    """A widget must lie within its parent; what can be scrolled to may lie below or above."""
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractScrollArea) or not widget.width() or not widget.height():
        return
    place, room = widget.geometry(), parent.rect()
    scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea)
    if place.left() < room.left() - _SLACK or place.right() > room.right() + _SLACK:
        yield f"reaches from {place.left()} to {place.right()} of {room.width()}"
    elif not scrolls and (place.top() < room.top() - _SLACK or place.bottom() > room.bottom() + _SLACK):
        yield f"reaches from {place.top()} down to {place.bottom()} of {room.height()}"
    if parent is root and not root.rect().contains(place.center()):
        yield "lies outside the window"


def _overlapping(shown: list[QWidget]) -> Iterator[str]:
    for siblings in _laid_out(shown):
        places = [(one, one.geometry()) for one in siblings]
        for index, (one, place) in enumerate(places):
            for other, its_place in places[index + 1 :]:
                shared = place.intersected(its_place)
                if shared.width() > _SLACK and shared.height() > _SLACK:
                    yield f"{_name(one)} and {_name(other)} share {shared.width()} × {shared.height()}"


def _laid_out(shown: list[QWidget]) -> Iterator[list[QWidget]]:
    """The visible children of each widget that a layout places.

    What is placed by hand lies over the rest by design, and is left again.
    """
    for parent in shown:
        layout = parent.layout()
        if layout is not None:
            yield list(dict.fromkeys(_placed(layout)))


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None and widget is None else None
        if inner is not None:
            yield from _placed(inner)
        elif widget is not None and not widget.isHidden() and widget.width() and widget.height():
            yield widget
