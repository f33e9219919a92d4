"""The proof of the customer's consents, asked for when the agent wants to see it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from nba_desktop.contract.consent import ConsentProof
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.panel import BlockStatus, ProofState
from nba_desktop.domain.ports import Tasks
from nba_desktop.session.board import Board
from nba_desktop.session.questions import Questions


class Proofs:
    """One proof for each contact, asked for anew each time it is opened."""

    def __init__(self, board: Board, questions: Questions, tasks: Tasks) -> None:
        self._board = board
        self._questions = questions
        self._tasks = tasks

    def toggle(self, opened: bool) -> None:
        """Open the proof of the contact on the screen, or put it away."""
        contact, backend = self._board.state.contact, self._questions.backend
        if contact is None or not opened or not contact.authenticated:
            self._board.change(lambda c: replace(c, proof=ProofState()))
            return
        contact_id = contact.contact_id
        if backend is None:
            self._put(contact_id, ProofState(True, BlockStatus.FAILED, FailureCode.OFFLINE))
            return
        self._put(contact_id, ProofState(True, BlockStatus.LOADING))
        self._tasks.run(
            lambda: backend.consent_proof(contact_id),
            lambda proof: self._on_proof(contact_id, proof),
            lambda error: self._on_failure(contact_id, error),
        )

    def _on_proof(self, contact_id: UUID, proof: ConsentProof) -> None:
        self._questions.set_link("up")
        self._answer(contact_id, ProofState(True, BlockStatus.READY, None, proof))

    def _on_failure(self, contact_id: UUID, error: PanelError) -> None:
        self._questions.on_backend_failure(error)
        self._answer(contact_id, ProofState(True, BlockStatus.FAILED, error.code))

    def _answer(self, contact_id: UUID, state: ProofState) -> None:
        """Show an answer, unless it was put away or the contact has gone meanwhile."""
        contact = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        if contact is not None and contact.proof.open and contact.authenticated:
            self._put(contact_id, state)

    def _put(self, contact_id: UUID, state: ProofState) -> None:
        contact = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        if contact is not None:
            self._board.put(replace(contact, proof=state))
            self._board.show()
