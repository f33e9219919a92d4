"""Articles in a list: those of the chosen action in full, those found with the words that were searched for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import Knowledge
from nba_desktop.domain.library import FoundArticle
from nba_desktop.domain.own import Own
from nba_desktop.domain.text_index import Span
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text


class StarButton(Button):
    """Makes an article a favourite, or no more; full and empty, not only by colour."""

    def __init__(self) -> None:
        super().__init__(role="tool", icon="star")

    def show_star(self, title: str, favourite: bool) -> None:
        """Show whether the article is a favourite."""
        self.set_icon("star-full" if favourite else "star")
        self.set_on(favourite)
        words = self.tr("No favourite any more: {title}") if favourite else self.tr("Make a favourite: {title}")
        set_named(self, words.format(title=title))


class ArticleRow(QWidget):
    """One of the chosen action's articles: title, text, the agent's note."""

    favourite_toggled = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._article_id = ""
        self._title = Label(role="strong", wrap=True)
        self._star = StarButton()
        self._star.clicked.connect(lambda: self.favourite_toggled.emit(self._article_id))
        self._pen = Button(role="tool", icon="pen")
        self._pen.clicked.connect(lambda: self.opened.emit(self._article_id))
        self._text = Label(role="small", wrap=True)
        self._note = Label(role="small", variant="accent", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title, 1)
        head.addWidget(self._star, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._pen, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._note)

    def show_item(self, item: Knowledge, own: Own) -> None:
        """Show an article; one that the backend gave no name cannot be kept."""
        self._article_id = item.article_id
        set_text(self._title, item.title)
        set_text(self._text, item.text)
        set_shown(self._star, bool(item.article_id))
        set_shown(self._pen, bool(item.article_id))
        self._star.show_star(item.title, own.is_favourite(item.article_id))
        set_named(self._pen, self.tr("Your note on: {title}").format(title=item.title))
        note = own.note_on(item.article_id)
        set_text(self._note, self.tr("Your note: {text}").format(text=note))
        set_shown(self._note, bool(note))


class FoundRow(QWidget):
    """A found article: its title to click, and the piece of its text in which the words stand."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._article_id = ""
        self._title = WordButton()
        self._title.clicked.connect(lambda: self.opened.emit(self._article_id))
        self._topic = Label(role="tiny", variant="muted", wrap=True)
        self._excerpt = RichLabel(role="small", variant="muted")
        indented = QVBoxLayout()
        indented.setContentsMargins(26, 0, 0, 4)
        indented.setSpacing(1)
        indented.addWidget(self._excerpt)
        indented.addWidget(self._topic)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addLayout(indented)

    def show_found(self, found: FoundArticle, own: Own) -> None:
        """Show one article of a list; one that the catalogue dropped says so."""
        article = found.article
        self._article_id = article.article_id
        favourite = own.is_favourite(article.article_id)
        self._title.show_words(article.title, icon="star-full" if favourite else "book", on=False)
        set_named(self._title, self.tr("Open: {title}").format(title=article.title))
        gone = self.tr("This is no longer in the catalogue.")
        set_text(self._excerpt, marked(found.excerpt, found.marks) if article.text else plain(gone))
        notes = (
            self.tr("On the action: {title}").format(title=article.topic) if article.topic else "",
            self.tr("with your note") if own.note_on(article.article_id) else "",
        )
        set_text(self._topic, " · ".join(note for note in notes if note))
        set_shown(self._topic, any(notes))


def marked(text: str, marks: Sequence[Span]) -> str:
    """A rich text in which the marks are strong."""
    pieces, end = [], 0
    for start, stop in marks:
        pieces += [plain(text[end:start]), strong(text[start:stop])]
        end = stop
    return "".join([*pieces, plain(text[end:])])
