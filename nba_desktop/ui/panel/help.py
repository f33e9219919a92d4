"""F1: all keys by what they do, and a line on each part of the panel."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.key_map import GROUPS, Command, KeyMap
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.help_words import part_lines
from nba_desktop.ui.panel.keys import shown
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, SectionHeader, plain, strong
from nba_desktop.ui.setters import set_enabled
from nba_desktop.ui.texts.key_words import command_group, command_name


class HelpSheet(Overlay):
    """Lies over the page; what is in it is made when it is opened first. It is left by Esc, and by a call."""

    tour_clicked = Signal()
    practice_clicked = Signal()

    def __init__(self, keys: KeyMap, parent: QWidget, *, practising: bool = False) -> None:
        super().__init__(parent)
        self._keys = keys
        self._practising = practising
        self._idle = True
        self._ways: tuple[Button, ...] = ()
        self._page: ScrollPage | None = None
        self.setAccessibleName(self.tr("Keys and help"))
        self.closed.connect(self.leave)

    @property
    def is_open(self) -> bool:
        """Whether the agent sees it."""
        return not self.isHidden()

    def toggle(self) -> None:
        """What F1 does."""
        if self.is_open:
            self.leave()
        else:
            self.open()

    def open(self) -> None:
        """Come to the front with the keyboard on the page."""
        page = self._page or self._make()
        self.remember(self.window().focusWidget())
        page.to_top()
        self.show()
        self.raise_()
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go, and give the keyboard back to where it was."""
        if not self.is_open:
            return
        window = self.window()
        holder: QWidget | None = window.focusWidget()
        self.hide()
        if holder is not None and self.isAncestorOf(holder):
            (self.before or window).setFocus()

    def show_idle(self, idle: bool) -> None:
        """Say whether there is time for the tour and the practice."""
        self._idle = idle
        for way in self._ways:
            set_enabled(way, idle)

    def place(self, page: QRect, bottom: int) -> None:
        """Lie over the page as far as `bottom`, where the response row begins."""
        self.setGeometry(page.left(), page.top(), page.width(), max(0, bottom - page.top()))

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator passes a widget by: it lies under the open help."""
        return widget is not None and lies_under(widget, self)

    # ---- what is in it

    def _make(self) -> ScrollPage:
        close = Button(self.tr("Close"), role="link", icon="cross", key=self._keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        head = QVBoxLayout()
        head.setContentsMargins(12, 4, 12, 0)
        head.addWidget(SectionHeader(self.tr("Keys and help"), close))
        page = self._page = ScrollPage(spacing=10)
        page.setAccessibleName(self.tr("Keys and help"))
        if not self._practising:
            page.body.addWidget(self._make_ways())
        page.body.addWidget(self._parts())
        for group, commands in GROUPS.items():
            page.body.addWidget(self._group(command_group(group), commands))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(page, 1)
        return page

    def _make_ways(self) -> QWidget:
        """What shows the panel at work."""
        ways = QWidget()
        row = FlowLayout(ways)
        tour = Button(self.tr("Show the tour"), icon="flag")
        tour.clicked.connect(self.tour_clicked)
        practice = Button(self.tr("Practise calls"), icon="phone", key=self._keys[Command.PRACTICE])
        practice.clicked.connect(self.practice_clicked)
        self._ways = (tour, practice)
        for way in self._ways:
            set_enabled(way, self._idle)
            row.addWidget(way)
        return ways

    def _parts(self) -> QWidget:
        box, column = _box(self.tr("The parts of the panel"))
        for name, words in part_lines(self._keys):
            line = RichLabel("small")
            line.setText(f"{strong(name)}: {plain(words)}")
            column.addWidget(line)
        return box

    def _group(self, title: str, commands: tuple[Command, ...]) -> QWidget:
        box, column = _box(title)
        for command in commands:
            line = QWidget()
            flow = FlowLayout(line, spacing=12, line_spacing=0)
            flow.add_stretched(Label(command_name(command), role="small", wrap=True), ems=7.0)
            flow.addWidget(Label(shown(self._keys[command]) or "–", role="smallstrong"))
            column.addWidget(line)
        return box


def _box(title: str) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(SectionHeader(title))
    return box, column
