"""The search for a customer: of the call on the screen, or before there is one."""

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
        contact, backend, text = self._board.state.contact, self._questions.backend, query.strip()
        interaction_id = contact.interaction.interaction_id if contact else None
        contact_id = contact.contact_id if contact else None
        if not text:
            self._put_search(interaction_id, SearchState())
        elif backend is None:
            self._put_search(interaction_id, SearchState(text, BlockStatus.FAILED, FailureCode.OFFLINE))
        else:
            self._put_search(interaction_id, SearchState(text, BlockStatus.LOADING))
            self._tasks.run(
                lambda: backend.search(text, contact_id),
                lambda answer: self._on_found(interaction_id, text, answer),
                lambda error: self._finish_search(interaction_id, SearchState(text, BlockStatus.FAILED, error.code)),
            )

    def _on_found(self, interaction_id: str | None, query: str, answer: SearchAnswer) -> None:
        self._finish_search(interaction_id, SearchState(query, BlockStatus.READY, None, answer.hits, answer.truncated))

    def _finish_search(self, interaction_id: str | None, search: SearchState) -> None:
        if interaction_id is None and not self._board.state.search.query:
            # A call that came meanwhile has taken the search over.
            waiting = (
                c for c in self._board.state.contacts if c.search == SearchState(search.query, BlockStatus.LOADING)
            )
            interaction_id = next((c.interaction.interaction_id for c in waiting), None)
        contact = self._board.state.contact_of(interaction_id) if interaction_id else None
        asked = contact.search if contact else self._board.state.search if interaction_id is None else None
        if asked is not None and asked.query == search.query:
            self._put_search(interaction_id, search)

    def _put_search(self, interaction_id: str | None, search: SearchState) -> None:
        if interaction_id is None:
            self._board.set(replace(self._board.state, search=search))
            return
        contact = self._board.state.contact_of(interaction_id)
        if contact:
            self._board.put(replace(contact, search=search))
            self._board.show()
