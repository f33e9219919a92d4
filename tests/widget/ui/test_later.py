"""Views that are made when they are first needed."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.ui.panel.later import Later


def test_a_view_is_made_once_and_heard_of(qtbot: QtBot) -> None:
    heard: list[str] = []
    view = Later(QWidget, lambda: heard.append("made"))
    assert (view.made, view.is_shown) == (None, False)
    view.hide()
    assert view.made is None
    made = view.get()
    qtbot.addWidget(made)
    assert view.get() is made
    assert heard == ["made"]
    made.show()
    assert view.is_shown
    view.hide()
    assert not view.is_shown


def test_the_tabulator_comes_to_it_where_it_stands(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inside = QWidget()
    whole, column = QVBoxLayout(window), QVBoxLayout(inside)
    first, foot = QPushButton("first"), QPushButton("foot")
    column.addWidget(first)
    whole.addWidget(inside)
    whole.addWidget(foot)

    def make() -> QPushButton:
        button = QPushButton("later")
        column.addWidget(button)
        return button

    made = Later(make).get()
    assert first.nextInFocusChain() is made
    assert made.nextInFocusChain() is foot
