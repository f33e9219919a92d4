"""Where the agent writes his own version of a sentence, for himself alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from nba_desktop.domain.guide_words import Wording
from nba_desktop.domain.template import TemplateProblem, filled, gap_names
from nba_desktop.ui.panel.leaving import claims_escape
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.guide_problems import wording_fault

_LINES = 4

Judge = Callable[[str], TemplateProblem | None]


class WordingEditor(QWidget):
    """Opens in place below the sentence; keeps nothing that would say one customer's data to the next."""

    kept = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._judge: Judge = lambda _: None
        self._values: Mapping[str, str] = {}
        self._original = Label(role="small", variant="muted", wrap=True)
        self._gaps = Label(role="tiny", variant="muted", wrap=True)
        self._edit = _OneSentence()
        self._edit.setTabChangesFocus(True)
        set_named(self._edit, self.tr("Your own wording"))
        self._edit.textChanged.connect(self._check)
        self._edit.submitted.connect(self._on_keep)
        self._edit.cancelled.connect(self.left)
        self._words = Label(role="small", wrap=True)
        self._keep = Button(self.tr("Keep for me"), role="chip", icon="check")
        self._keep.clicked.connect(self._on_keep)
        self._reset = Button(self.tr("Reset"), role="chip", icon="undo")
        self._reset.clicked.connect(lambda: self.kept.emit(""))
        self._leave = Button(self.tr("Leave it"), role="chip")
        self._leave.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(4)
        buttons = QWidget()
        buttons.setProperty("role", "plain")
        flow = FlowLayout(buttons)
        for button in (self._keep, self._reset, self._leave):
            flow.addWidget(button)
        for widget in (self._original, self._edit, self._gaps, self._words, buttons):
            column.addWidget(widget)
        self._wording = Wording("", "")

    def open(self, wording: Wording, values: Mapping[str, str], judge: Judge) -> None:
        """Begin with the sentence in use, or with what the agent had of an older one."""
        self._wording, self._values, self._judge = wording, values, judge
        original = wording.original or ""
        set_text(self._original, self.tr("In the catalogue: {sentence}").format(sentence=original))
        gaps = ", ".join(f"{{{name}}}" for name in gap_names(original))
        set_text(self._gaps, self.tr("Filled by itself: {gaps}").format(gaps=gaps))
        set_shown(self._gaps, bool(gaps))
        set_shown(self._reset, wording.own)
        self._edit.setPlainText(wording.outdated or wording.template)
        self._edit.fit(_LINES)
        self._edit.moveCursor(QTextCursor.MoveOperation.End)
        self._check()
        self._edit.setFocus()

    def _check(self) -> None:
        text = self._edit.toPlainText().strip()
        problem = self._judge(text)
        set_enabled(self._keep, problem is None)
        if problem is not None:
            set_text(self._words, wording_fault(problem))
            self._words.setProperty("variant", "bad")
        else:
            set_text(self._words, self.tr("You say: “{sentence}”").format(sentence=filled(text, self._values)))
            self._words.setProperty("variant", "muted")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)

    def _on_keep(self) -> None:
        text = self._edit.toPlainText().strip()
        if self._judge(text) is None:
            self.kept.emit(text)


class _OneSentence(QPlainTextEdit):
    """Wraps what is one line; Return keeps it, Esc leaves it."""

    submitted = Signal()
    cancelled = Signal()

    def fit(self, lines: int) -> None:
        self.ensurePolished()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 14)

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
