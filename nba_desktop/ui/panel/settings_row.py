"""One setting: its name and value, below them where that comes from, and a lock where the agent cannot change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from nba_desktop.domain.settings_in_force import SettingInForce
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.settings_words import set_by_it, setting_line, setting_name, setting_value, source_words


class SettingsRow(QFrame):
    """Reached by the arrows of its list; `copied` carries its line, or its place alone, for the clipboard."""

    copied = Signal(str)

    def __init__(self, setting: SettingInForce) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self._setting = setting
        self._name = Label(role="small", wrap=True)
        self._value = Label(role="smallstrong", wrap=True)
        # A value may be one digit.
        self._value.setMinimumWidth(1)
        self._lock = Icon("lock", 13)
        self._lock.setProperty("variant", "accent")
        self._source = Label(role="tiny", variant="muted", wrap=True)
        first = FlowLayout(spacing=12, line_spacing=0, at_top=True)
        first.add_stretched(self._name, ems=9)
        first.addWidget(self._value)
        below = QWidget()
        below.setProperty("role", "plain")
        second = FlowLayout(below, spacing=4, line_spacing=0, at_top=True)
        second.addWidget(self._lock)
        second.add_stretched(self._source, ems=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 3, 4, 4)
        column.setSpacing(0)
        column.addLayout(first)
        column.addWidget(below)
        self.show_setting(setting)
        self.set_current(False)

    @property
    def setting(self) -> SettingInForce:
        """The one it shows."""
        return self._setting

    def show_setting(self, setting: SettingInForce) -> None:
        """Show another value of the same setting."""
        self._setting = setting
        source = source_words(setting.source)
        set_text(self._name, setting_name(setting.key))
        set_text(self._value, setting_value(setting))
        set_variant(self._value, "muted" if setting.source == "default" else "")
        set_text(self._source, f"{source} · {setting.where}" if setting.where else source)
        set_shown(self._lock, setting.locked)
        set_named(self, setting_line(setting), set_by_it() if setting.locked else "")

    def holds(self, words: str) -> bool:
        """Whether all of these words stand in it, in any case."""
        said = setting_line(self._setting).casefold()
        return all(word in said for word in words.casefold().split())

    def set_current(self, current: bool) -> None:
        """Be the one of the list that the tabulator comes to."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit(setting_line(self._setting))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """What can be copied of it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        line = menu.addAction(self.tr("Copy the line"))
        line.triggered.connect(lambda: self.copied.emit(setting_line(self._setting)))
        if self._setting.where:
            place = menu.addAction(self.tr("Copy the place"))
            place.triggered.connect(lambda: self.copied.emit(self._setting.where))
        return menu
