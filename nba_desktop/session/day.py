"""The agent's day: what he recorded in calls that are over, and its correction until the day ends."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from uuid import UUID

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.day import AgentDay, DayContact, DayResponse
from nba_desktop.contract.events import AnyEvent, FollowUpCancelled, ResponseRecorded, ResponseRetracted
from nba_desktop.domain import follow_ups
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.follow_ups import codes_to_choose, stays_with
from nba_desktop.domain.panel import DayState
from nba_desktop.domain.pen import Head
from nba_desktop.domain.ports import Clock, Tasks
from nba_desktop.domain.receipts import Receipt
from nba_desktop.session.board import Board
from nba_desktop.session.questions import SLOW_AFTER_MS, TOO_LATE_AFTER_MS, Questions


class Day:
    """Asks the backend for the day, and records each correction as a counter-entry and a new entry."""

    def __init__(self, board: Board, questions: Questions, tasks: Tasks, clock: Clock) -> None:
        self._board = board
        self._questions = questions
        self._tasks = tasks
        self._clock = clock
        self._asked = 0

    @property
    def state(self) -> DayState:
        """The day as it is shown."""
        return self._board.state.day

    def toggle(self, opened: bool) -> None:
        """Open the day, which asks for it anew, or put it away."""
        self._asked += 1
        if not opened:
            self._set(DayState())
            return
        asked, backend = self._asked, self._questions.backend
        if backend is None:
            self._set(replace(self.state, open=True, status=BlockStatus.FAILED, failure=FailureCode.OFFLINE))
            return
        self._set(DayState(open=True, status=BlockStatus.LOADING))
        self._clock.call_later(SLOW_AFTER_MS, lambda: self._on_slow(asked))
        self._clock.call_later(TOO_LATE_AFTER_MS, lambda: self._on_too_late(asked))
        self._tasks.run(
            backend.today, lambda day: self._on_day(asked, day), lambda error: self._on_failure(asked, error)
        )

    def on_backend(self) -> None:
        """The backend is there (again): ask for a day that is open and could not be had."""
        if self.state.open and self.state.status is BlockStatus.FAILED:
            self.toggle(True)

    def correct(self, contact_id: UUID, event_id: UUID, code: ResponseCode) -> None:
        """Replace a response of the day by another code, and cancel what that one does not promise.

        A response that counts no more has the day asked for anew.
        """
        contact = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        if self._board.is_retracted(event_id):
            self.toggle(True)
            return
        if contact is not None and any(one.event_id == event_id for one in contact.live_responses):
            step = follow_ups.correct(contact, self._clock.now(), event_id, code)
            if step.events and self._board.record(contact, step) is not None:
                self._replaced(event_id, step.contact.responses[-1].event_id, code)
            return
        found = self._found(contact_id, event_id)
        if found is None or found[1].code is code or code not in codes_to_choose(found[1]):
            return
        events, recorded = self._correction(*found, code)
        failure = self._board.append(*events, recorded)
        if failure is not None:
            self._set(replace(self.state, failure=failure))
            return
        self._replaced(event_id, recorded.event_id, code)

    def cancel(self, contact_id: UUID, event_id: UUID) -> None:
        """Take back what was promised for a concern of the day."""
        on_screen = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        if on_screen is not None and any(one.event_id == event_id for one in on_screen.live_follow_ups):
            step = follow_ups.cancel(on_screen, self._clock.now(), event_id)
            if self._board.record(on_screen, step) is not None:
                self._without(event_id)
            return
        contacts = self.state.day.contacts if self.state.day else ()
        found = next((one for one in contacts if one.contact_id == contact_id), None)
        if found is None or self._board.is_retracted(event_id):
            self.toggle(True)
            return
        seq = max(found.last_seq, self._board.last_seq(contact_id)) + 1
        failure = self._board.append(
            FollowUpCancelled(event_id=new_id(), contact_id=contact_id, seq=seq, at=self._clock.now(), cancels=event_id)
        )
        if failure is not None:
            self._set(replace(self.state, failure=failure))
            return
        self._without(event_id)

    def _without(self, event_id: UUID) -> None:
        """Show the day without a promise that was taken back."""
        day = self.state.day
        if day is not None:
            day = day.model_copy(update={"contacts": tuple(_less(one, event_id) for one in day.contacts)})
        self._set(replace(self.state, day=day, failure=None))

    def _correction(
        self, contact: DayContact, response: DayResponse, code: ResponseCode
    ) -> tuple[tuple[AnyEvent, ...], ResponseRecorded]:
        """What takes a response back with all that falls with it, and the one that takes its place."""
        contact_id, now = contact.contact_id, self._clock.now()
        seqs = count(max(contact.last_seq, self._board.last_seq(contact_id)) + 1)

        def head() -> Head:
            return {"event_id": new_id(), "contact_id": contact_id, "seq": next(seqs), "at": now}

        fallen = [one for one in response.follow_ups if not stays_with(one.kind, code)]
        cancelled = [FollowUpCancelled(**head(), cancels=one.event_id) for one in fallen]
        retracted = ResponseRetracted(**head(), retracts=response.event_id)
        recorded = ResponseRecorded(**head(), decision_id=response.decision_id, action_id=response.action_id, code=code)
        return (*cancelled, retracted), recorded

    def on_receipt(self, event_id: UUID, receipt: Receipt) -> None:
        """Show how far a correction has come."""
        corrected = tuple((*one[:3], receipt) if one[2] == event_id else one for one in self.state.corrected)
        if corrected != self.state.corrected:
            self._set(replace(self.state, corrected=corrected))

    def _replaced(self, old: UUID, new: UUID, code: ResponseCode) -> None:
        """Show the new entry in the old one's place, so that it can be corrected again."""
        day = self.state.day
        if day is not None:
            contacts = tuple(_with_code(one, old, new, code) for one in day.contacts)
            day = day.model_copy(update={"contacts": contacts})
        others = tuple(one for one in self.state.corrected if one[2] != old)
        corrected = (*others, (old, code, new, Receipt.STORED))
        self._set(replace(self.state, day=day, corrected=corrected, failure=None))

    def _found(self, contact_id: UUID, event_id: UUID) -> tuple[DayContact, DayResponse] | None:
        for contact in self.state.day.contacts if self.state.day else ():
            for response in contact.responses:
                if contact.contact_id == contact_id and response.event_id == event_id:
                    # What was cancelled in its call since the day came is no more to be cancelled.
                    standing = tuple(one for one in response.follow_ups if not self._board.is_retracted(one.event_id))
                    return contact, response.model_copy(update={"follow_ups": standing})
        return None

    def _on_day(self, asked: int, day: AgentDay) -> None:
        if asked == self._asked:
            self._set(replace(self.state, status=BlockStatus.READY, failure=None, day=day))
        # Last: a link that comes up has a day that failed asked for anew.
        self._questions.set_link("up")

    def _on_slow(self, asked: int) -> None:
        if asked == self._asked and self.state.status is BlockStatus.LOADING:
            self._set(replace(self.state, status=BlockStatus.SLOW))

    def _on_too_late(self, asked: int) -> None:
        if asked == self._asked and self.state.status in (BlockStatus.LOADING, BlockStatus.SLOW):
            self._set(replace(self.state, status=BlockStatus.FAILED, failure=FailureCode.TOO_LATE))

    def _on_failure(self, asked: int, error: PanelError) -> None:
        self._questions.on_backend_failure(error)
        if asked == self._asked:
            self._set(replace(self.state, status=BlockStatus.FAILED, failure=error.code))

    def _set(self, day: DayState) -> None:
        self._board.set(replace(self._board.state, day=day))


def _with_code(contact: DayContact, old: UUID, new: UUID, code: ResponseCode) -> DayContact:
    if all(one.event_id != old for one in contact.responses):
        return contact
    changed = tuple(_as(one, new, code) if one.event_id == old else one for one in contact.responses)
    return contact.model_copy(update={"responses": changed})


def _less(contact: DayContact, event_id: UUID) -> DayContact:
    kept = tuple(one for one in contact.follow_ups if one.event_id != event_id)
    return contact if kept == contact.follow_ups else contact.model_copy(update={"follow_ups": kept})


def _as(response: DayResponse, new: UUID, code: ResponseCode) -> DayResponse:
    kept = tuple(one for one in response.follow_ups if stays_with(one.kind, code))
    return response.model_copy(update={"event_id": new, "code": code, "follow_ups": kept})
