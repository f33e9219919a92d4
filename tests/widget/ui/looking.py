"""Looking at widgets as a person would: what can be read, what is cut off, what has no name."""

from __future__ import annotations

import re
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.labels import ElidedLabel

W = TypeVar("W", bound=QObject)


def part(root: QWidget, kind: type[W]) -> W:
    """The one part of this kind."""
    found = root.findChildren(kind)
    assert len(found) == 1, f"{len(found)} × {kind.__name__}"
    return found[0]


def settle() -> None:
    """Let every layout finish: a change deep inside asks its parents one after the other."""
    for _ in range(8):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


def seen(root: QWidget) -> list[str]:
    """Every text on the screen, markup taken away."""
    texts = []
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and isinstance(widget, QLabel | QAbstractButton | Chip):
            texts.append(re.sub(r"<[^>]*>", "", widget.text()).replace("\u00a0", " "))
    return [text for text in texts if text]


def has(root: QWidget, words: str) -> bool:
    """Whether the words stand in one text on the screen."""
    return any(words in text for text in seen(root))


def button(root: QWidget, words: str) -> QAbstractButton:
    """The one visible button whose text or accessible name is, or else holds, the words."""
    shown = [one for one in root.findChildren(QAbstractButton) if one.isVisibleTo(root)]
    found = [one for one in shown if words in (one.text(), one.accessibleName())]
    found = found or [one for one in shown if words in one.text() or words in one.accessibleName()]
    assert len(found) == 1, f"{words!r} names {len(found)} buttons of {[b.text() for b in found]}"
    return found[0]


def cut_off(root: QWidget) -> list[str]:
    """The texts that do not fit into their widgets."""
    cut = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        if isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.text() and not _label_fits(widget):
            cut.append(f"label {widget.text()!r} {widget.size().toTuple()}")
        elif isinstance(widget, WordButton):
            if widget.heightForWidth(widget.width()) > widget.height():
                cut.append(f"row {widget.text()!r}")
        elif isinstance(widget, Button | Chip) and widget.sizeHint().width() > widget.width():
            cut.append(f"button or chip {widget.text()!r}")
        elif (
            isinstance(widget, QLineEdit)
            and widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > widget.width() - 18
        ):
            cut.append(f"placeholder {widget.placeholderText()!r}")
    return cut


def outside(root: QWidget) -> list[str]:
    """The widgets that reach over the right edge, where nothing can be scrolled to."""
    beyond = []
    for widget in root.findChildren(QWidget):
        readable = isinstance(widget, QLabel | QAbstractButton | QLineEdit | Chip)
        if readable and widget.isVisibleTo(root) and widget.width():
            right = widget.mapTo(root, widget.rect().topRight()).x()
            if right >= root.width():
                beyond.append(f"{type(widget).__name__} {widget.accessibleName()!r} ends at {right}")
    return beyond


def nameless(root: QWidget) -> list[str]:
    """The controls that a screen reader could not name."""
    controls = [w for w in root.findChildren(QWidget) if isinstance(w, QAbstractButton | QLineEdit)]
    return [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for control in controls
        if control.isVisibleTo(root)
        and not control.accessibleName()
        and not (isinstance(control, QAbstractButton) and control.text())
    ]


def _label_fits(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height()
    hint = label.sizeHint()
    return hint.width() <= label.width() and hint.height() <= label.height()
