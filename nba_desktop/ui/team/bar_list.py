"""A titled list: what it is, a bar, and its value in words."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.team.bars import CountBar, IntervalBar
from nba_desktop.ui.team.paper import Paper

_ON_PAPER: Final = (260, 16)
BarLine = tuple[str, IntervalBar | CountBar, str, str, str]
"""What it is, its bar, its value, what is said beside, and all of it for the ear."""


class BarList(Frame):
    """A titled list of bars with a sentence above."""

    def __init__(self, title: str) -> None:
        super().__init__("card", margins=(12, 8, 12, 10))
        self._title = title
        self._shown: list[BarLine] = []
        self._words = Label(role="small", variant="muted", wrap=True)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 2)
        self._beneath = Label(role="small", variant="muted", wrap=True)
        self._known: tuple[tuple[str, ...], ...] = ()
        self._widgets: list[QWidget] = []
        self.body.addWidget(Label(title, "strong", wrap=True))
        for widget in (self._words, self._lines, self._beneath):
            widget.hide()
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def put_on(self, paper: Paper) -> None:
        """Put the list on paper."""
        paper.heading(self._title)
        paper.label(self._words)
        paper.table(
            (escape(name), paper.drawn(bar, *_ON_PAPER), escape(value), escape(beside))
            for name, bar, value, beside, _ in self._shown
        )
        paper.label(self._beneath)

    def show_lines(self, words: str, lines: list[BarLine], beneath: str) -> None:
        """Show lines in place of those before."""
        known = tuple((name, value, beside, spoken) for name, _, value, beside, spoken in lines)
        if known == self._known and words == self._words.text():
            return
        self._known = known
        self._shown = lines
        set_text(self._words, words)
        set_text(self._beneath, beneath)
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        for number, (name, bar, value, beside, spoken) in enumerate(lines):
            title, figure, more = (
                Label(name, "small", wrap=True),
                Label(value, "small"),
                Label(beside, "small", "muted", wrap=True),
            )
            set_named(figure, f"{name}: {spoken}")
            for place, widget in enumerate((title, bar, figure, more)):
                self._grid.addWidget(
                    widget, number, place, Qt.AlignmentFlag.AlignVCenter if place == 2 else Qt.AlignmentFlag(0)
                )
                self._widgets.append(widget)
        set_shown(self._words, True)
        set_shown(self._lines, bool(lines))
        set_shown(self._beneath, bool(beneath))
