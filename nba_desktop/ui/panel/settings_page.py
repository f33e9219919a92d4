"""Every setting that is in force, and where it comes from: to be read, searched, and copied for the help desk."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop import __version__
from nba_desktop.domain.settings_in_force import SettingInForce, SettingsInForce
from nba_desktop.ui.panel.leaving import Leaving
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.problem_box import ProblemBox
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.settings_row import SettingsRow
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.settings_words import group_of, policy_words, setting_groups, settings_text

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class _List(ScrollPage):
    """Leaves the arrows to what it is in, which goes through the rows with them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _Group(QWidget):
    """The settings of one part under their heading."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.rows: list[SettingsRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(SectionHeader(heading))

    def add(self, row: SettingsRow) -> None:
        self._column.addWidget(row)
        self.rows.append(row)


class SettingsPage(Leaving):
    """Problems of the policy first, then the settings in groups; the arrows go through them.

    `left` is the wish to go back to where it was opened from.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self.setAccessibleName(self.tr("Settings in force"))
        self._in_force = SettingsInForce()
        self._rows: dict[str, SettingsRow] = {}
        self._groups: dict[str, _Group] = {}
        self._current: SettingsRow | None = None
        self._policy = Label(role="small", wrap=True)
        self._none = Label(self.tr("No setting holds these words."), "small", "muted", wrap=True)
        self._page = _List(spacing=10)
        self._page.fit_inside()
        # Its rows have the keyboard.
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        problems = QVBoxLayout()
        problems.setSpacing(6)
        self._page.body.addLayout(self._make_tools())
        self._page.body.addWidget(self._policy)
        self._page.body.addLayout(problems)
        self._page.body.addWidget(self._none)
        self._problems = Pool(problems, ProblemBox, ready=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(Rule())
        column.addWidget(self._page, 1)
        column.addWidget(Rule())
        column.addWidget(self._make_foot())
        self._filter()

    def _make_head(self) -> FlowLayout:
        self._back = Button(self.tr("Back"), role="link", icon="chevron-left", key="Esc")
        self._back.clicked.connect(self.left)
        head = FlowLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.add_stretched(Label(self.tr("Settings in force"), "title", wrap=True))
        head.add_right(self._back)
        return head

    def _make_tools(self) -> FlowLayout:
        """They scroll with the list: in large text they would leave too little of it in sight."""
        self._field = Field()
        self._field.setAccessibleName(self.tr("Search the settings"))
        self._field.set_hints(self.tr("Search name, value or source"), self.tr("Search"))
        self._field.textChanged.connect(self._filter)
        self._only = Button(self.tr("Only what IT has set"), role="chip", icon="lock")
        self._only.set_on(False)
        self._only.clicked.connect(self._on_only_clicked)
        copy = Button(self.tr("Copy"), role="chip", icon="copy")
        set_named(copy, self.tr("Copy all settings"), self.tr("For the help desk, as text"))
        copy.clicked.connect(lambda: self._copy(settings_text(self._in_force, __version__)))
        tools = FlowLayout()
        tools.add_stretched(self._field, ems=18)
        tools.addWidget(self._only)
        tools.addWidget(copy)
        return tools

    def _make_foot(self) -> QWidget:
        """How to go on by keyboard, and what has been copied; always in sight."""
        foot = QWidget()
        foot.setProperty("role", "plain")
        self._said = Label(self._hint(), "tiny", "muted", wrap=True)
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self._said)
        return foot

    def _hint(self) -> str:
        return self.tr("The arrow keys choose a line, Ctrl+C copies it.")

    # ---- state in

    def show_settings(self, in_force: SettingsInForce) -> None:
        """Show what is in force."""
        if in_force == self._in_force and self._rows:
            return
        self._in_force = in_force
        set_text(self._policy, policy_words(in_force))
        for box, problem in zip(self._problems.shown(len(in_force.problems)), in_force.problems, strict=True):
            box.show_problem(problem)
        for setting in in_force.settings:
            row = self._rows.get(setting.key)
            if row is None:
                self._rows[setting.key] = self._make_row(setting)
            else:
                row.show_setting(setting)
        set_shown(self._only, any(one.locked for one in in_force.settings))
        self._filter()

    def _make_row(self, setting: SettingInForce) -> SettingsRow:
        row = SettingsRow(setting)
        row.copied.connect(self._copy)
        name = group_of(setting.key)
        if name not in self._groups:
            self._groups[name] = group = _Group(setting_groups().get(name, name))
            self._page.body.addWidget(group)
        self._groups[name].add(row)
        return row

    def open(self) -> None:
        """Begin at the top, with the keyboard in the search."""
        set_text(self._said, self._hint())
        self._page.to_top()
        self._field.setFocus()

    # ---- searching

    def _on_only_clicked(self) -> None:
        self._only.set_on(not self._only.on)
        self._filter()

    def _filter(self) -> None:
        words, only = self._field.text(), self._only.on and not self._only.isHidden()
        for key, row in self._rows.items():
            there = key in self._in_force.by_key and row.holds(words) and (row.setting.locked or not only)
            set_shown(row, there)
        for group in self._groups.values():
            set_shown(group, any(not row.isHidden() for row in group.rows))
        places = self._places()
        set_shown(self._none, bool(self._rows) and not places)
        self._make_current(places[0] if places else None)

    def _places(self) -> list[SettingsRow]:
        """What the arrows go through, from top to bottom."""
        return [row for group in self._groups.values() for row in group.rows if not row.isHidden()]

    def _make_current(self, row: SettingsRow | None) -> None:
        if self._current is not None:
            self._current.set_current(False)
        self._current = row
        if row is not None:
            row.set_current(True)

    # ---- by keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._move(step)

    def _move(self, step: int) -> None:
        places = self._places()
        if not places:
            return
        here = next((place for place, row in enumerate(places) if row.hasFocus()), None)
        if here == 0 and step < 0:
            self._field.setFocus()
            self._page.to_top()
            return
        there = 0 if here is None else max(0, min(len(places) - 1, here + step))
        self._make_current(places[there])
        places[there].setFocus(Qt.FocusReason.TabFocusReason)
        self._page.ensureWidgetVisible(places[there])

    # ---- out

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        said = self.tr("It is on the clipboard.")
        set_text(self._said, said)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
