"""The search for a customer: of the call on the screen, or before there is one, or of somebody the CRM has named."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.ports import Tasks
from nba_desktop.session.board import Board
from nba_desktop.session.questions import Questions


class Finder:
    """Puts each answer to the search it is of; an older one is dropped."""

    def __init__(self, board: Board, questions: Questions, tasks: Tasks) -> None:
        self._board = board
        self._questions = questions
        self._tasks = tasks

    def search(self, query: str) -> None:
        """Search for a customer, for the call on the screen or before there is one; an empty query clears it."""
        contact, text = self._board.state.contact, query.strip()
        shown = contact.search if contact else self._board.state.search
        if text:
            self._ask(SearchState(text, BlockStatus.LOADING, named=shown.named and shown.query == text))
        else:
            self._put_search(contact.interaction.interaction_id if contact else None, SearchState())

    def name(self, customer_no: str) -> None:
        """Look up whom the CRM has named; while there is a call he is offered, and what is on the screen stays."""
        if self._board.state.contact:
            self._board.change(lambda c: replace(c, named=customer_no))
        else:
            self._ask(SearchState(customer_no, BlockStatus.LOADING, named=True))

    def look_up_named(self) -> None:
        """Look up whom the CRM has named during the call on the screen."""
        contact = self._board.state.contact
        if contact and contact.named is not None:
            self._ask(SearchState(contact.named, BlockStatus.LOADING, named=True))

    def put_named_away(self) -> None:
        """Take back the offer of whom the CRM has named."""
        self._board.change(lambda c: replace(c, named=None))

    def on_backend(self) -> None:
        """There is a backend now: ask for whom the CRM has named before."""
        search = self._board.state.search
        if search.named and search.failure is FailureCode.OFFLINE and self._board.state.contact is None:
            self._ask(SearchState(search.query, BlockStatus.LOADING, named=True))

    def _ask(self, search: SearchState) -> None:
        """Ask for the call on the screen, or before there is one."""
        contact, backend, query = self._board.state.contact, self._questions.backend, search.query
        interaction_id = contact.interaction.interaction_id if contact else None
        contact_id = contact.contact_id if contact else None
        if backend is None:
            offline = replace(search, status=BlockStatus.FAILED, failure=FailureCode.OFFLINE)
            self._put_search(interaction_id, offline)
            return
        outside = search.named and contact_id is None
        self._put_search(interaction_id, search)
        self._tasks.run(
            lambda: backend.look_up(query) if outside else backend.search(query, contact_id),
            lambda answer: self._finish_search(interaction_id, _found(search, answer)),
            lambda error: self._finish_search(
                interaction_id, replace(search, status=BlockStatus.FAILED, failure=error.code)
            ),
        )

    def _finish_search(self, interaction_id: str | None, search: SearchState) -> None:
        if interaction_id is None and not self._board.state.search.query:
            # A call that came meanwhile has taken the search over.
            asked = (search.query, BlockStatus.LOADING)
            waiting = (c for c in self._board.state.contacts if (c.search.query, c.search.status) == asked)
            interaction_id = next((c.interaction.interaction_id for c in waiting), None)
        contact = self._board.state.contact_of(interaction_id) if interaction_id else None
        shown = contact.search if contact else self._board.state.search if interaction_id is None else None
        if shown is not None and shown.query == search.query:
            self._put_search(interaction_id, search)

    def _put_search(self, interaction_id: str | None, search: SearchState) -> None:
        if interaction_id is None:
            self._board.set(replace(self._board.state, search=search))
            return
        contact = self._board.state.contact_of(interaction_id)
        if contact:
            # Whoever is being looked up need not be offered any more.
            named = None if search.query == contact.named else contact.named
            self._board.put(replace(contact, search=search, named=named))
            self._board.show()


def _found(search: SearchState, answer: SearchAnswer) -> SearchState:
    """The search with what came; whom the CRM has named is found by his number alone."""
    hits = tuple(hit for hit in answer.hits if not search.named or hit.match == "customer_no")
    return replace(search, status=BlockStatus.READY, hits=hits, truncated=answer.truncated and not search.named)
