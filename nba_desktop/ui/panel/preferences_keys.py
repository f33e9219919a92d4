"""The list of all commands with their keys; a key is changed by pressing another one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QVBoxLayout, QWidget

from nba_desktop.domain.key_map import FIXED, GROUPS, USUAL, Command
from nba_desktop.domain.key_names import read_key
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.panel.lock_mark import LockMark
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import EvenLayout, FlowLayout, in_line
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.key_words import command_group, command_name, key_problem, native_key
from nba_desktop.ui.texts.settings_words import set_by_it

_LEAVING: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class KeyField(QKeySequenceEdit):
    """Takes the next key that is pressed, whatever it does elsewhere; Esc and Tab leave it."""

    pressed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.keySequenceChanged.connect(self._on_changed)
        line = self.findChild(QLineEdit)
        assert line is not None  # what the field is made of
        self._line = line
        # Qt's words are too long for a narrow panel.
        line.setPlaceholderText(self.tr("New key"))

    def set_words(self, name: str, words: str) -> None:
        """Say for a screen reader what is asked, and what became of it."""
        for part in (self, self._line):
            part.setAccessibleName(name)
            part.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVING and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # Before Qt takes Tab as the way to the next control.
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def _on_changed(self, sequence: QKeySequence) -> None:
        if not sequence.isEmpty():
            self.pressed.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))
            self.clear()


class KeyList(QWidget):
    """Every command with its key. `key_chosen` carries a key that can be had; another one is said to be none.

    `opened` carries what must come into sight.
    """

    key_chosen = Signal(object, str)
    keys_reset = Signal()
    opened = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setAccessibleName(self.tr("Keys"))
        self._setup = Setup()
        self._asked: Command | None = None
        self._rows: dict[Command, Button] = {}
        self._places: dict[Command, QVBoxLayout] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._lock = LockMark()
        head = FlowLayout(spacing=12, line_spacing=1)
        head.addWidget(Label(self.tr("Keys"), "section"))
        head.addWidget(self._lock)
        column.addLayout(head)
        self._how = Label(self.tr("Choose a function, then press its new key."), "small", "muted", wrap=True)
        column.addWidget(self._how)
        for group, commands in GROUPS.items():
            column.addSpacing(6)
            column.addWidget(Label(command_group(group), "smallstrong", wrap=True))
            for command in commands:
                self._places[command] = place = QVBoxLayout()
                self._rows[command] = row = self._make_row(command)
                line = EvenLayout()
                line.addWidget(row)
                place.addLayout(line)
                column.addLayout(place)
        self._reset = Button(self.tr("Reset all keys"), role="chip", icon="undo")
        self._reset.clicked.connect(self.keys_reset)
        column.addSpacing(6)
        column.addLayout(in_line(self._reset))
        self._make_asking()

    def _make_row(self, command: Command) -> Button:
        row = Button(command_name(command), role="row")
        row.clicked.connect(lambda: self.ask(None if self._asked is command else command))
        return row

    def _make_asking(self) -> None:
        """What opens below the command that is to have another key."""
        self._asking = QWidget(self)
        self._asking.setProperty("role", "plain")
        self._field = KeyField()
        self._field.pressed.connect(self._on_pressed)
        self._field.left.connect(self._on_left)
        self._words = Label(role="small", wrap=True)
        self._usual = Button(role="chip", icon="undo")
        self._usual.clicked.connect(lambda: self._take(USUAL[self._asked]) if self._asked else None)
        self._none = Button(self.tr("No key"), role="chip", icon="cross")
        self._none.clicked.connect(lambda: self._take(""))
        buttons = QWidget()
        buttons.setProperty("role", "plain")
        flow = FlowLayout(buttons)
        flow.addWidget(self._usual)
        flow.addWidget(self._none)
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._words)
        column.addWidget(buttons)
        self._asking.hide()

    def show_setup(self, setup: Setup) -> None:
        """Show which keys hold."""
        self._setup = setup
        all_locked = setup.in_force.locks("keys")
        self._lock.show_locked(all_locked)
        set_shown(self._how, not all_locked)
        for command, row in self._rows.items():
            self._show_row(command, row)
        if self._asked is not None and not self._rows[self._asked].isEnabled():
            self.ask(None)
        set_shown(self._reset, bool(setup.keys.own) and not all_locked)

    def _show_row(self, command: Command, row: Button) -> None:
        setup, key = self._setup, self._setup.keys[command]
        absent = command is Command.FORWARD and not setup.has_hotkey
        locked = setup.locks_key(command) and not absent
        row.set_key("" if absent else key)
        row.set_trailing("lock" if locked else "")
        set_enabled(row, not absent and not locked and command not in FIXED)
        words = self.tr("Key: {key}").format(key=native_key(key)) if key else self.tr("No key")
        if absent:
            words = self.tr("This desktop has no keys for the whole of it.")
        elif locked:
            words = set_by_it()
        elif command in FIXED:
            words = self.tr("{words}; it stays as it is.").format(words=words)
        set_named(row, f"{row.text()}: {native_key(key) or words}", words)

    @property
    def asked(self) -> Command | None:
        """The command that is to have another key."""
        return self._asked

    def ask(self, command: Command | None) -> None:
        """Wait for the new key of a command, or for none."""
        before, self._asked = self._asked, command
        for one in filter(None, (before, command)):
            self._rows[one].set_on(one is command)
        if command is None:
            self._asking.hide()
            return
        self._places[command].addWidget(self._asking)
        self._say(self.tr("Press the new key. Esc leaves it as it is."), "muted")
        usual = USUAL[command]
        set_shown(self._usual, self._setup.keys[command] != usual)
        self._usual.set_text(self.tr("Usual key: {key}").format(key=native_key(usual)))
        set_shown(self._none, command is Command.FORWARD and bool(self._setup.keys[command]))
        self._asking.show()
        self._field.setFocus()
        self.opened.emit(self._asking)

    def focus_on(self, command: Command) -> None:
        """Give the keyboard to a command of the list."""
        self._rows[command].setFocus()

    def _on_left(self) -> None:
        command = self._asked
        self.ask(None)
        if command is not None:
            self._rows[command].setFocus()

    def _on_pressed(self, key: str) -> None:
        self._take(read_key(key) or key)

    def _take(self, key: str) -> None:
        command = self._asked
        if command is None:
            return
        problem = self._setup.keys.problem(command, key)
        if problem is not None:
            self._say(key_problem(problem), "bad")
            return
        self._on_left()
        if key != self._setup.keys[command]:
            self.key_chosen.emit(command, key)

    def _say(self, words: str, variant: str) -> None:
        set_text(self._words, words)
        self._words.setProperty("variant", variant)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        if self._asked is not None:
            name = self.tr("New key for: {command}").format(command=command_name(self._asked))
            self._field.set_words(name, words)
