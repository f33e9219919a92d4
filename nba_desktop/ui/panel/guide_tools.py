"""Below the guide: back, own wording, detailed or compact, and what is wrong with the action."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_named, set_shown


class GuideTools(QWidget):
    """One row of quiet buttons; in both languages it may break into two."""

    back_clicked = Signal()
    wording_toggled = Signal(bool)
    compact_chosen = Signal(bool)
    question_clicked = Signal()

    def __init__(self, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._wording = self._compact = False
        self._back = Button(self.tr("Back"), role="chip", icon="undo", key=keys[Command.GUIDE_BACK])
        set_named(self._back, self.tr("Back: undo the last choice and what hung on it"))
        self._back.clicked.connect(self.back_clicked)
        self._word = Button(self.tr("Own wording"), role="link", icon="pen")
        self._word.clicked.connect(lambda: self.wording_toggled.emit(not self._wording))
        self._density = Button(role="link")
        self._density.clicked.connect(lambda: self.compact_chosen.emit(not self._compact))
        self._question = Button(self.tr("Report: wrong or outdated"), role="link", variant="muted", icon="flag")
        why = self.tr("Say what is wrong ({key})").format(key=shown(keys[Command.QUESTION]))
        set_named(self._question, self._question.text(), why)
        self._question.clicked.connect(self.question_clicked)
        flow = FlowLayout(self)
        for button in (self._back, self._density, self._word, self._question):
            flow.addWidget(button)

    def back(self) -> None:
        """What the key of the way back does."""
        if not self._back.isHidden():
            self.back_clicked.emit()

    def show_tools(self, may_go_back: bool, wording: bool, compact: bool, questioned: bool = False) -> None:
        """Show what can be done now; the words of the last button say what it leads to."""
        self._wording, self._compact = wording, compact
        set_shown(self._back, may_go_back)
        self._word.set_on(wording)
        self._question.set_icon("check" if questioned else "flag")
        self._density.set_text(self.tr("Detailed") if compact else self.tr("Compact"))
        self._density.set_icon("plus" if compact else "minus")
