"""The knowledge of the catalogue and what the agent keeps for himself: found offline, kept on this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nba_desktop.contract.knowledge import Article, KnowledgeBase
from nba_desktop.domain.errors import FailureCode, OwnStoreError, PanelError
from nba_desktop.domain.guide_words import original_of
from nba_desktop.domain.library import LibraryState, LibraryStatus, Shelf
from nba_desktop.domain.own import Own
from nba_desktop.domain.ports import Backend, OwnStore, Tasks
from nba_desktop.domain.stems import stem_of
from nba_desktop.session.board import Board


class Library:
    """Every public method is an event or a command and ends in `show`; nothing here becomes an event for the backend.

    Without a `store` what is the agent's lasts as long as the panel runs.
    """

    def __init__(
        self, board: Board, tasks: Tasks, store: OwnStore | None, keep: Callable[[KnowledgeBase], None]
    ) -> None:
        self._board = board
        self._tasks = tasks
        self._store = store
        self._keep = keep
        self._shelf: Shelf | None = None
        self._backend: Backend | None = None
        self._asking = ""
        self._is_fresh = False

    @property
    def state(self) -> LibraryState:
        """The library as it is now."""
        return self._board.state.library

    # ---- the catalogue's knowledge

    def use(self, backend: Backend) -> None:
        """Take the backend into use."""
        self._backend = backend

    def want(self, version: str) -> None:
        """The catalogue in force is this version: its knowledge is asked for unless it is there."""
        shelf, backend, language = self._shelf, self._backend, self._board.state.language
        there = shelf is not None and (shelf.version, shelf.language) == (version, language)
        if backend is None or there or self._asking == version:
            return
        self._asking = version
        if shelf is None:
            self._set(status=LibraryStatus.LOADING, failure=None)
        self._tasks.run(lambda: backend.knowledge(language), self.on_knowledge, self._on_failed)

    def forget_language(self) -> None:
        """Another language is spoken: its knowledge takes the place of this one when it comes."""
        self._asking = ""
        self._is_fresh = False

    def retry(self) -> None:
        """Ask again for the knowledge that did not come."""
        self.want(self._asking_anew())

    def on_knowledge(self, base: KnowledgeBase, fresh: bool = True) -> None:
        """Take the knowledge, from the backend or (not fresh) from the cache; the index is made in the background."""
        if fresh:
            self._keep(base)
        self._tasks.run(
            lambda: Shelf(base, stem_of(base.language)), lambda shelf: self._on_shelf(shelf, fresh), self._on_failed
        )

    def _on_shelf(self, shelf: Shelf, fresh: bool) -> None:
        if (self._is_fresh and not fresh) or shelf.language != self._board.state.language:
            return  # the cache's, which took longer than the backend's, or of the language before
        self._shelf, self._is_fresh = shelf, fresh
        if fresh:
            self._asking = ""
        self._set(status=LibraryStatus.EMPTY if shelf.is_empty else LibraryStatus.READY)
        self._refill()

    def _on_failed(self, error: PanelError) -> None:
        self._asking = ""
        if self._shelf is None:
            self._set(status=LibraryStatus.FAILED, failure=error.code)

    def _asking_anew(self) -> str:
        asked, self._asking = self._asking, ""
        return asked or "unknown"

    # ---- found and opened

    def search(self, query: str) -> None:
        """Search the whole knowledge, on this machine; an empty query shows what the agent kept."""
        self._set(query=query, opened=None)
        self._refill()

    def open(self, article_id: str) -> None:
        """Open an article with the agent's note on it; one the catalogue dropped is opened with its title."""
        article = self._article(article_id)
        if article is not None:
            self._set(opened=article)

    def close(self) -> None:
        """Go back to the list."""
        self._set(opened=None)

    def _refill(self) -> None:
        shelf, state = self._shelf, self.state
        if shelf is not None:
            self._set(found=shelf.search(state.query), kept=shelf.kept(state.own))

    def _article(self, article_id: str) -> Article | None:
        shelved = self._shelf.article(article_id) if self._shelf else None
        if shelved is not None:
            return shelved
        contact, own = self._board.state.contact, self.state.own
        items = contact.action.knowledge if contact and contact.action else ()
        for item in items:
            if item.article_id == article_id:
                return Article(article_id=article_id, title=item.title, text=item.text)
        title = own.titles.get(article_id)
        return None if title is None else Article(article_id=article_id, title=title, text="")

    # ---- what is the agent's own

    def on_own(self, own: Own) -> None:
        """Take what was kept before."""
        self._set(own=own)
        self._refill()

    def toggle_favourite(self, article_id: str) -> None:
        """Make an article a favourite, or no more."""
        article = self._article(article_id)
        if article is not None:
            self._keep_own(self.state.own.toggled(article_id, article.title))

    def write_note(self, article_id: str, text: str) -> None:
        """Keep a note on an article; an empty one takes it away."""
        article = self._article(article_id)
        if article is not None and text.strip() != self.state.own.note_on(article_id):
            self._keep_own(self.state.own.noted(article_id, article.title, text))

    def word(self, part: str, text: str) -> None:
        """Keep the agent's version of a sentence of the chosen action's guide; an empty one resets it."""
        state = self._board.state
        action = state.contact.action if state.contact else None
        original = original_of(action, part) if action else None
        if action is not None and original is not None:
            language = state.contact.view.language if state.contact and state.contact.view else state.language
            self._keep_own(self.state.own.worded(action.action_id, part, language, original, text))

    def set_compact(self, compact: bool) -> None:
        """Show guides compact, or in detail."""
        self._keep_own(replace(self.state.own, compact=compact))

    def keep_own(self, own: Own) -> FailureCode | None:
        """Keep what is the agent's own, which is shown as such once it is on the disk; say why it is not."""
        try:
            if self._store is not None:
                self._store.save(own)
        except OwnStoreError as error:
            return error.code
        self._set(own=own)
        return None

    def _keep_own(self, own: Own) -> None:
        failure = self.keep_own(own)
        self._set(failure=failure)
        if failure is None:
            self._refill()

    def _set(self, **changes: object) -> None:
        state = self._board.state
        self._board.set(replace(state, library=replace(state.library, **changes)))  # type: ignore[arg-type]
