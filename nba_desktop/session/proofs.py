"""The proof of the customer's consents, asked for when the agent wants to see it."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.contract.consent import ConsentProof
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.consent_draft import ProofState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.ports import Clock, Tasks
from nba_desktop.session.board import Board
from nba_desktop.session.questions import SLOW_AFTER_MS, TOO_LATE_AFTER_MS, Questions


class Proofs:
    """One proof for each contact, asked for anew each time it is opened."""

    def __init__(self, board: Board, questions: Questions, tasks: Tasks, clock: Clock) -> None:
        self._board = board
        self._questions = questions
        self._tasks = tasks
        self._clock = clock
        self._asked = 0

    def toggle(self, opened: bool) -> None:
        """Open the proof of the contact on the screen, or put it away."""
        contact, backend = self._board.state.contact, self._questions.backend
        if contact is None or not opened or not contact.authenticated:
            self._board.change(lambda c: replace(c, proof=ProofState()))
            return
        if backend is None:
            failed = ProofState(True, BlockStatus.FAILED, FailureCode.OFFLINE)
            self._board.change(lambda c: replace(c, proof=failed))
            return
        self._asked += 1
        contact_id, asked = contact.contact_id, self._asked
        self._board.change(lambda c: replace(c, proof=ProofState(True, BlockStatus.LOADING, asked=asked)))
        self._clock.call_later(SLOW_AFTER_MS, lambda: self._on_slow(asked))
        self._clock.call_later(TOO_LATE_AFTER_MS, lambda: self._on_too_late(asked))
        self._tasks.run(
            lambda: backend.consent_proof(contact_id),
            lambda proof: self._on_proof(asked, proof),
            lambda error: self._on_failure(asked, error),
        )

    def _on_proof(self, asked: int, proof: ConsentProof) -> None:
        self._questions.set_link("up")
        self._answer(asked, BlockStatus.READY, None, proof)

    def _on_failure(self, asked: int, error: PanelError) -> None:
        self._questions.on_backend_failure(error)
        self._answer(asked, BlockStatus.FAILED, error.code)

    def _on_slow(self, asked: int) -> None:
        contact = self._asking(asked)
        if contact is not None and contact.proof.status is BlockStatus.LOADING:
            self._answer(asked, BlockStatus.SLOW)

    def _on_too_late(self, asked: int) -> None:
        contact = self._asking(asked)
        if contact is not None and contact.proof.status in (BlockStatus.LOADING, BlockStatus.SLOW):
            self._answer(asked, BlockStatus.FAILED, FailureCode.TOO_LATE)

    def _asking(self, asked: int) -> ContactState | None:
        """The contact of a question, unless it is gone, is authenticated no more or has put the question away."""
        asking = (one for one in self._board.state.contacts if one.proof.asked == asked and one.authenticated)
        return next(asking, None)

    def _answer(
        self, asked: int, status: BlockStatus, failure: FailureCode | None = None, proof: ConsentProof | None = None
    ) -> None:
        contact = self._asking(asked)
        if contact is not None:
            self._board.put(replace(contact, proof=ProofState(True, status, failure, proof, asked)))
            self._board.show()
