"""Further information: on the chosen action, found in the whole catalogue, and what the agent keeps for himself."""

from __future__ import annotations

from PySide6.QtCore import Signal

from nba_desktop.contract.recommendation import Knowledge
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.library import FoundArticle, LibraryState, LibraryStatus
from nba_desktop.ui.panel.article_rows import ArticleRow, FoundRow
from nba_desktop.ui.panel.article_view import ArticleView
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import BlockMessage
from nba_desktop.ui.primitives.fields import Field, set_apart
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.texts.failures import failure

_ITEMS_READY = 3
_FOUND_READY = 6


class KnowledgePage(ScrollPage):
    """Search first; below it the action's own articles, or what was found, or one article with the agent's note."""

    knowledge_searched = Signal(str)
    knowledge_asked_again = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    favourite_toggled = Signal(str)
    own_note_written = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self._contact: ContactState | None = None
        self._library = LibraryState()
        self._search = Field()
        self._search.set_hints(self.tr("Search knowledge"), self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_typed)
        self._search.returnPressed.connect(self._on_return)
        self.body.addWidget(set_apart(self._search))
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self.knowledge_asked_again)
        self.body.addWidget(self._message)
        self._article = ArticleView()
        self._article.closed.connect(self.article_closed)
        self._article.favourite_toggled.connect(self.favourite_toggled)
        self._article.note_written.connect(self.own_note_written)
        self.body.addWidget(self._article)
        self._rows = Pool(self.body, self._make_row, _ITEMS_READY)
        self._empty = Label(self.tr("There is no further information on this action."), "small", "muted", wrap=True)
        self.body.addWidget(self._empty)
        self._kept = SectionHeader(self.tr("Favourites and notes"))
        self.foot.setContentsMargins(0, 8, 0, 0)
        self.foot.setSpacing(6)
        self.foot.addWidget(self._kept)
        self._found = Pool(self.foot, self._make_found, _FOUND_READY)
        self._show()

    def show_library(self, library: LibraryState) -> None:
        """Take what was found, what is open and what the agent keeps."""
        if library is not self._library:
            opened, self._library = self._library.opened, library
            self._show()
            if library.opened is not opened:
                self.to_top()

    def show_state(self, contact: ContactState) -> None:
        """Show what is known about the chosen action."""
        before, self._contact = self._contact, contact
        if before is None or contact.action is not before.action:
            self._show()

    def focus_search(self) -> None:
        """Put the cursor into the search, as the agent asked for this page by key."""
        self._search.setFocus()
        self._search.selectAll()

    def _show(self) -> None:
        library = self._library
        searching = bool(library.query.strip())
        if not self._search.hasFocus() and self._search.text().strip() != library.query:
            self._search.blockSignals(True)
            self._search.setText(library.query)
            self._search.blockSignals(False)
        opened = library.opened
        set_shown(self._article, opened is not None)
        if opened is not None:
            self._article.show_article(opened, library)
        plain = opened is None and not searching
        action = self._contact.action if self._contact else None
        items = action.knowledge if action and plain else ()
        for row, item in zip(self._rows.shown(len(items)), items, strict=True):
            row.show_item(item, library.own)
        set_shown(self._empty, plain and action is not None and not items)
        listed = library.found if searching and opened is None else self._kept_elsewhere(items) if plain else ()
        set_shown(self._kept, plain and bool(listed))
        for found_row, found in zip(self._found.shown(len(listed)), listed, strict=True):
            found_row.show_found(found, library.own)
        self._show_message(searching and opened is None, bool(listed))

    @property
    def _has_no_action(self) -> bool:
        return self._contact is None or self._contact.action is None

    def _kept_elsewhere(self, items: tuple[Knowledge, ...]) -> tuple[FoundArticle, ...]:
        """Favourites and noted articles that do not stand above already."""
        here = {item.article_id for item in items}
        return tuple(found for found in self._library.kept if found.article.article_id not in here)

    def _show_message(self, searching: bool, found: bool) -> None:
        library = self._library
        words, icon, retry = "", "info", False
        if library.failure is not None and library.status is not LibraryStatus.FAILED:
            words = self.tr("Your note or favourite was not kept: {reason}.").format(reason=failure(library.failure))
            icon = "alert"
        elif searching and library.status is LibraryStatus.LOADING:
            words, icon = self.tr("The information is being fetched …"), "dots"
        elif searching and library.status is LibraryStatus.FAILED and library.failure is not None:
            words = self.tr("The information could not be fetched: {reason}.").format(reason=failure(library.failure))
            icon, retry = "alert", True
        elif searching and library.status is LibraryStatus.EMPTY:
            words = self.tr("The catalogue holds no further information.")
        elif not searching and self._library.opened is None and self._has_no_action and not found:
            words = self.tr("Search the whole catalogue. Your favourites and notes are listed here.")
        elif searching and not found:
            words = self.tr("Nothing found for “{words}”. Fewer words find more.").format(words=library.query)
        set_shown(self._message, bool(words))
        if words:
            self._message.show_message(icon, words, retry)

    def _on_typed(self, text: str) -> None:
        self.knowledge_searched.emit(text.strip())

    def _on_return(self) -> None:
        if self._library.query and self._library.found and self._library.opened is None:
            self.article_opened.emit(self._library.found[0].article.article_id)

    def _make_row(self) -> ArticleRow:
        row = ArticleRow()
        row.favourite_toggled.connect(self.favourite_toggled)
        row.opened.connect(self.article_opened)
        return row

    def _make_found(self) -> FoundRow:
        row = FoundRow()
        row.opened.connect(self.article_opened)
        return row
