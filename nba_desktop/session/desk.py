"""Calls on the agent's line become contacts on his screen: opened, followed, wrapped up, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerAuthenticated, ContactStarted
from nba_desktop.domain import caller, commands
from nba_desktop.domain.blocks import Block, SearchState
from nba_desktop.domain.call import Calls, Interaction, InteractionState, close, on_event, time_out
from nba_desktop.domain.call_by_hand import (
    MANUAL,
    RINGS_FOR,
    begin_by_hand,
    end_by_hand,
    ends_by_hand,
    ring_out,
    talk_by_hand,
)
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.owed import owed
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.pen import Step
from nba_desktop.domain.ports import Backend, Clock
from nba_desktop.session.after_call import AfterCall
from nba_desktop.session.board import Board
from nba_desktop.session.questions import ALL_BLOCKS, Question, Questions

UNCONFIRMED_FOR_MS: Final = 5 * 60 * 1000
_TRY_AGAIN_MS: Final = 10_000
_LINK_EVENTS: Final = (CallEventType.LINK_UP, CallEventType.LINK_DOWN)
_TOUCH_COUNTS_AFTER: Final = timedelta(seconds=5)
"""A wrap-up that is being worked on is put off in steps, not with each key."""


class CallDesk:
    """Binds each call to its contact for good. A wrap-up closes by itself `closes_after` its last touch, or never.

    `on_left` hears that the last contact has left the screen.
    """

    def __init__(
        self,
        board: Board,
        questions: Questions,
        clock: Clock,
        closes_after: timedelta | None,
        on_left: Callable[[], None] = lambda: None,
    ) -> None:
        self._board = board
        self._questions = questions
        self._clock = clock
        self._closes_after = closes_after
        self._on_left = on_left
        self._after_call = AfterCall(clock)
        self._starts: dict[str, ContactStarted] = {}
        self._is_looking = False
        self.calls = Calls(since=clock.now())

    # ---- what the telephone system says

    def on_call_event(self, event: CallEvent) -> None:
        """Move the calls on; open, update, withdraw or end contacts accordingly."""
        if event.type not in _LINK_EVENTS:
            self._board.state = replace(self._board.state, last_event_at=event.received_at)
        self._move(on_event(self.calls, event))
        if event.type is CallEventType.LINK_DOWN:
            self._clock.call_later(UNCONFIRMED_FOR_MS + 1, self._end_unconfirmed)

    def _end_unconfirmed(self) -> None:
        """Calls that no telephone system has confirmed since its link went down are over for this panel."""
        self._move(time_out(self.calls, self._clock.now(), timedelta(milliseconds=UNCONFIRMED_FOR_MS)))

    def _move(self, calls: Calls) -> None:
        if calls is self.calls:
            return
        self.calls = calls
        if _is_talking(calls):
            self._after_call.pause()
        for interaction in calls.interactions:
            contact = self._board.state.contact_of(interaction.interaction_id)
            on_the_line = interaction.state in (InteractionState.OFFERED, InteractionState.LIVE)
            if contact is None:
                if on_the_line and not interaction.consult_of:
                    self._open(interaction)
            elif contact.interaction != interaction:
                self._follow(contact, interaction)
        self._show_consultations()

    def _show_consultations(self) -> None:
        asked = {one.consult_of: one for one in self.calls.interactions if one.consult_of and one.is_open}
        for contact in self._board.state.contacts:
            consult = asked.get(contact.interaction.interaction_id)
            if contact.consult != consult:
                self._board.put(replace(contact, consult=consult))
                self._board.show()

    def _open(self, interaction: Interaction) -> None:
        contact, started = self._begin(interaction)
        self._ask_anew(contact, started)
        if ends_by_hand(interaction):
            self._clock.call_later(round(RINGS_FOR.total_seconds() * 1000) + 1, self._ring_out)

    def _ring_out(self) -> None:
        self._move(ring_out(self.calls, self._clock.now()))

    def _ask_anew(self, contact: ContactState, started: ContactStarted) -> None:
        self._questions.ask(contact, Question(lambda backend: backend.start_contact(started)))

    def _begin(self, interaction: Interaction) -> tuple[ContactState, ContactStarted]:
        board = self._board
        # Who was looked for before the call came is most likely its caller.
        search = board.state.search if board.state.current is None else SearchState()
        contact = ContactState(interaction=interaction, contact_id=new_id(), search=search)
        # The agent may be typing the last call's note: a ringing call waits in a tab beside it.
        current = board.state.current or interaction.interaction_id
        contacts = (*board.state.contacts, contact)
        board.set(replace(board.state, contacts=contacts, current=current, search=SearchState()))
        step = commands.start(contact, self._clock.now(), board.state.language)
        started = step.events[0]
        assert isinstance(started, ContactStarted)
        self._starts[interaction.interaction_id] = started
        return self._keep(contact, step), started

    def _keep(self, contact: ContactState, step: Step) -> ContactState:
        kept = self._board.keep(contact, step)
        if kept.failure is not None:
            self._clock.call_later(_TRY_AGAIN_MS, self._try_again)
        return kept

    def _try_again(self) -> None:
        if self._board.save_rest() is not None:
            self._clock.call_later(_TRY_AGAIN_MS, self._try_again)

    def _follow(self, contact: ContactState, interaction: Interaction) -> None:
        if _is_another_person(contact, interaction):
            # Nobody was known until now: the customer who is now at the other end is a contact of his own.
            self._ask_anew(*self._begin_anew(contact, interaction))
            return
        was, contact = contact.interaction.state, replace(contact, interaction=interaction)
        self._board.put(contact)
        if interaction.state is InteractionState.WITHDRAWN:
            self._leave(contact)
        elif interaction.state is InteractionState.WRAP_UP and was is not InteractionState.WRAP_UP:
            ended = self._keep(contact, commands.end(contact, self._clock.now()))
            self._after_call.begin(ended.contact_id)
            if _is_talking(self.calls):
                self._after_call.pause()
            self._close_later(ended)
        self._board.show()

    def _leave(self, contact: ContactState) -> None:
        """End a contact and take it off the screen; what could not be kept is said beside it."""
        failure = self._keep(contact, commands.leave(contact, self._clock.now())).failure
        if failure is not None:
            self._board.notice(Notice(failure))
        self._drop(contact.interaction.interaction_id)

    def _begin_anew(self, contact: ContactState, interaction: Interaction) -> tuple[ContactState, ContactStarted]:
        """Another person is on the same line: he is a contact of his own, in the place of the one before."""
        interaction_id = contact.interaction.interaction_id
        chosen = self._board.state.current == interaction_id
        self._leave(contact)
        begun = self._begin(interaction)
        if chosen:
            self.select(interaction_id)
        return begun

    def select(self, interaction_id: str) -> None:
        """Bring another call's tab to the front."""
        if self._board.state.contact_of(interaction_id):
            self._board.set(replace(self._board.state, current=interaction_id))

    # ---- what the agent says

    def talking(self) -> ContactState | None:
        """Return the contact that the agent works on; where only he can know, he thereby says that he talks."""
        contact = self._board.state.contact
        if contact is None:
            return None
        self._move(talk_by_hand(self.calls, contact.interaction.interaction_id, self._clock.now()))
        return self._board.kept(contact)

    def attach(self, customer_id: str) -> None:
        """Bind a customer found by search to the call on the screen.

        Without a call, one is opened by hand: the agent's telephone rang and no event came. Where another customer is
        authenticated, that conversation is closed first, or left to its wrap-up; nothing of it passes to the new one.
        """
        contact = self.talking()
        if contact is not None and not contact.authenticated:
            self.settle_caller(contact, caller.attach_customer(contact, self._clock.now(), customer_id))
            return
        if contact is None or not contact.interaction.is_open:
            self.calls, interaction = begin_by_hand(self.calls, f"{MANUAL}-{new_id()}", self._clock.now())
            contact, started = self._begin(interaction)
            self.select(interaction.interaction_id)
        else:
            contact, started = self._begin_anew(contact, contact.interaction)
        step = caller.attach_customer(contact, self._clock.now(), customer_id)
        event = step.events[0]
        assert isinstance(event, CallerAuthenticated)
        recorded = self._board.record(contact, step)
        if recorded is None:
            self._ask_anew(self._board.kept(contact), started)
            return

        def work(backend: Backend) -> ContactView:
            # One after the other: the backend knows nobody in a contact that has not begun.
            backend.start_contact(started)
            return backend.settle_caller(event)

        self._questions.ask(recorded, Question(work, told=event.event_id))

    def settle_caller(self, contact: ContactState, step: Step) -> None:
        """Record who is calling, and ask what may be seen of him."""
        event = step.events[0]
        assert isinstance(event, CallerAuthenticated)
        recorded = self._board.record(contact, step)
        if recorded is not None:
            self._questions.ask(recorded, Question(lambda backend: backend.settle_caller(event), told=event.event_id))

    def end_by_hand(self) -> None:
        """The agent says that the call on the screen is over; no telephone system will."""
        contact = self._board.state.contact
        if contact is not None:
            self._move(end_by_hand(self.calls, contact.interaction.interaction_id, self._clock.now()))

    def refresh(self, interaction_id: str, blocks: tuple[Block, ...]) -> None:
        """Ask again for a call as it stands; that leaves the agent at the action he looks at."""
        contact, started = self._board.state.contact_of(interaction_id), self._starts.get(interaction_id)
        if contact and started:
            question = Question(lambda backend: backend.start_contact(started), blocks, quietly=True)
            self._questions.ask(contact, question)

    def speak(self, language: Language) -> None:
        """Ask for every call in another language; the same event in it says nothing new, and is not recorded again."""
        for interaction_id, started in tuple(self._starts.items()):
            self._starts[interaction_id] = started.model_copy(update={"language": language})
            self.refresh(interaction_id, ALL_BLOCKS)

    # ---- the wrap-up

    def finish(self, contact: ContactState, *, by_itself: bool = False) -> bool:
        """Close a contact in its wrap-up; it leaves the screen only when all it needs is on the disk."""
        if contact.interaction.state is not InteractionState.WRAP_UP:
            return False
        failure = self._board.save_rest()
        if failure is not None:
            self._board.put(replace(contact, failure=failure))
            self._board.show()
            return False
        worked = self._after_call.worked(contact.contact_id, till_touch=by_itself)
        if self._board.record(contact, commands.finish_wrap_up(contact, self._clock.now(), worked)) is None:
            return False
        interaction_id = contact.interaction.interaction_id
        self.calls = close(self.calls, interaction_id)
        self._drop(interaction_id)
        self._board.show()
        return True

    def stop(self) -> None:
        """The program ends: what the agent has typed or left open is recorded as if he had finished.

        A call that goes on without the panel ends for it here: no contact stays open. Started again within the call,
        the panel has what was settled before.
        """
        now = self._clock.now()
        for contact in self._board.state.contacts:
            if contact.interaction.state is not InteractionState.WRAP_UP:
                self._board.keep(contact, commands.leave(contact, now, "panel_closed"))
            elif not self.finish(contact) and contact.note.draft.strip():
                self._board.record(contact, commands.write_note(contact, self._clock.now(), contact.note.draft))

    def touch(self) -> None:
        """The agent works in the panel: the wrap-up on the screen closes later."""
        contact = self._board.state.contact
        if contact is not None:
            self._after_call.touch(contact.contact_id)
        closes_at = contact.closes_at if contact else None
        if contact is None or closes_at is None or self._closes_after is None:
            return
        later = self._clock.now() + self._closes_after
        if later - closes_at > _TOUCH_COUNTS_AFTER:
            self._board.put(replace(contact, closes_at=later))
            self._board.show()

    def _close_later(self, contact: ContactState) -> None:
        if self._closes_after is None:
            return
        closes_at = self._clock.now() + self._closes_after
        self._board.put(replace(contact, closes_at=closes_at))
        if not self._is_looking:
            self._look_again(self._closes_after)

    def _look_again(self, after: timedelta) -> None:
        # Once for all of them: a wrap-up that the agent finishes leaves no timer behind.
        self._is_looking = True
        self._clock.call_later(round(after.total_seconds() * 1000), self._close_due)

    def _close_due(self) -> None:
        """Close each wrap-up whose time is over, and look again when the next one's is."""
        now = self._clock.now()
        for contact in self._board.state.contacts:
            if contact.closes_at is None or contact.closes_at > now:
                continue
            if contact.consent.is_begun or owed(contact) or not self.finish(contact, by_itself=True):
                # What is not saved of a consent or owed to the customer is the agent's to settle; a full disk may get
                # room.
                self._close_later(self._board.kept(contact))
                self._board.show()
        self._is_looking = False
        times = [contact.closes_at for contact in self._board.state.contacts if contact.closes_at is not None]
        if times:
            self._look_again(min(times) - now)

    def _drop(self, interaction_id: str) -> None:
        contact = self._board.state.contact
        if contact is not None and contact.interaction.state is InteractionState.WITHDRAWN:
            # Whoever was looked for while it rang may be looked for still.
            self._board.state = replace(self._board.state, search=contact.search)
        dropped = self._board.state.contact_of(interaction_id)
        if dropped is not None:
            self._after_call.forget(dropped.contact_id)
        self._starts.pop(interaction_id, None)
        self._questions.forget(interaction_id)
        self._board.drop(interaction_id)
        if not self._board.state.contacts:
            self._on_left()


def _is_talking(calls: Calls) -> bool:
    """Whether the agent is on the line with a caller; whom he asks about one is no caller."""
    return any(one.state is InteractionState.LIVE and one.consult_of is None for one in calls.interactions)


def _is_another_person(contact: ContactState, interaction: Interaction) -> bool:
    """Whether a colleague has put a customer through, or the number came after the ringing, and nobody is known yet."""
    was, now = contact.interaction.other, interaction.other
    learnt = was == Party() and now != was
    put_through = contact.interaction.direction == "internal" and interaction.direction != "internal"
    unknown = contact.auth_level is AuthLevel.NONE and not contact.candidates
    return interaction.is_open and unknown and (learnt or put_through)
