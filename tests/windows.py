"""What a test does to the one application of its process, undone again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete, ownedByPython

_STAYS: Final = "stays_for_the_next_test"


def stays(window: QWidget) -> None:
    """Leave a window alone that is lent to the next test too: who lends it deletes it."""
    window.setProperty(_STAYS, True)


@contextmanager
def windows_gone_afterwards() -> Iterator[None]:
    """Delete the windows, panels and translators made meanwhile, and look and speak as before.

    A style sheet is applied to every widget that is still alive, shown or not: with those of all earlier tests it takes
    seconds, and memory without end.
    """
    application = QApplication.instance()
    app = application if isinstance(application, QApplication) else None
    windows, objects = (set(_windows()), set(_children(app))) if app else (set(), set())
    look = (app.styleSheet(), app.font(), app.palette()) if app else ("", QFont(), QPalette())
    locale = QLocale()
    yield
    made = QApplication.instance()
    if not isinstance(made, QApplication):
        return
    # What was told to end at the next opportunity is not Python's any more: this is the opportunity.
    made.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for window in _windows():
        if window not in windows and not window.property(_STAYS):
            delete(window)
    for child in _children(made):
        if child not in objects:
            if isinstance(child, QTranslator):
                made.removeTranslator(child)
            delete(child)
    QLocale.setDefault(locale)
    _look(made, *look)


def _windows() -> list[QWidget]:
    """Those made here: Qt's own, such as the list below a text field, go with the widget that they belong to."""
    return [one for one in QApplication.topLevelWidgets() if one.parent() is None and ownedByPython(one)]


def _children(app: QApplication) -> list[QObject]:
    """What hangs on the application and is not Qt's own, such as its style."""
    children = app.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [one for one in children if isinstance(one, QTranslator) or type(one).__module__.startswith("nba_desktop.")]


def _look(app: QApplication, sheet: str, font: QFont, palette: QPalette) -> None:
    if app.styleSheet() != sheet:
        # One in place of another costs a panel that stays several times as much.
        app.setStyleSheet("")
        app.setStyleSheet(sheet)
    if app.font() != font:
        app.setFont(font)
    if app.palette() != palette:
        app.setPalette(palette)
