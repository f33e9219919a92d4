"""One article in full, and the agent's own note on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from nba_desktop.contract.knowledge import Article
from nba_desktop.domain.library import LibraryState
from nba_desktop.domain.own import LONGEST_NOTE
from nba_desktop.ui.panel.article_rows import StarButton
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text

_NOTE_LINES = 4


class ArticleView(QWidget):
    """A note is kept as soon as the cursor leaves it; it stays on this machine."""

    closed = Signal()
    favourite_toggled = Signal(str)
    note_written = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._article_id = ""
        self._kept = ""
        self._back = Button(self.tr("Back to the list"), role="link", icon="chevron-left")
        self._back.clicked.connect(self._on_back)
        self._star = StarButton()
        self._star.clicked.connect(lambda: self.favourite_toggled.emit(self._article_id))
        self._title = Label(role="strong", wrap=True)
        self._topic = Label(role="tiny", variant="muted", wrap=True)
        self._text = Label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._heading = Label(self.tr("Your note"), "smallstrong")
        self._note = _Note()
        self._note.left.connect(self._on_left)
        set_named(self._note, self.tr("Your note on this article"))
        self._private = Label(self.tr("Only on this computer, for you alone."), "tiny", "muted", wrap=True)
        head = FlowLayout()
        head.addWidget(self._back)
        head.add_right(self._star)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for widget in (self._title, self._topic, self._text, self._heading, self._note, self._private):
            column.addWidget(widget)

    def show_article(self, article: Article, library: LibraryState) -> None:
        """Show the article; a note that is being written is left alone."""
        other = article.article_id != self._article_id
        if other:
            self._on_left()
        self._article_id = article.article_id
        set_text(self._title, article.title)
        set_text(self._topic, self.tr("On the action: {title}").format(title=article.topic))
        set_shown(self._topic, bool(article.topic))
        set_text(self._text, article.text or self.tr("This is no longer in the catalogue."))
        self._star.show_star(article.title, library.own.is_favourite(article.article_id))
        note = library.own.note_on(article.article_id)
        if other or note != self._kept:
            self._kept = note
            if other or not self._note.hasFocus():
                self._note.setPlainText(note)
        self._note.fit(_NOTE_LINES)

    def _on_back(self) -> None:
        self._on_left()
        self.closed.emit()

    def _on_left(self) -> None:
        text = self._note.toPlainText().strip()[:LONGEST_NOTE]
        if self._article_id and text != self._kept:
            self._kept = text
            self.note_written.emit(self._article_id, text)


class _Note(QPlainTextEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def fit(self, lines: int) -> None:
        self.ensurePolished()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 14)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
