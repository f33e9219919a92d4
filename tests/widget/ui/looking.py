"""Looking at widgets as a person would: what can be read, what is cut off, what has no name."""

from __future__ import annotations

import re
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from nba_desktop.ui.primitives.chips import Chip
from tests.widget.ui.walk.faults import faults_in

W = TypeVar("W", bound=QObject)


def part(root: QWidget, kind: type[W]) -> W:
    """The one part of this kind."""
    found = root.findChildren(kind)
    assert len(found) == 1, f"{len(found)} × {kind.__name__}"
    return found[0]


def sees(root: QWidget, kind: type[QWidget]) -> bool:
    """Whether a part of this kind is on the screen; what was never needed is not even made."""
    return any(one.isVisible() for one in root.findChildren(kind))


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
    return _faults(root, "clipped")


def outside(root: QWidget) -> list[str]:
    """The widgets that reach out of their place, where nothing can be scrolled to, or lie over each other."""
    return _faults(root, "outside", "overlapping")


def nameless(root: QWidget) -> list[str]:
    """The controls that a screen reader could not name."""
    return _faults(root, "nameless")


def _faults(root: QWidget, *kinds: str) -> list[str]:
    return [fault.what for fault in faults_in(root) if fault.kind in kinds]
