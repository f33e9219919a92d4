"""The session as the panel drives it: every public method is an event or a command and ends in `show`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ResponseCode, ResponseGroup
from nba_desktop.contract.contact import CatalogueHead
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.events import ConcernChosen, ConcernSolved, ConsentRecorded
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain import commands
from nba_desktop.domain.call import Calls
from nba_desktop.domain.call_event import CallEvent
from nba_desktop.domain.commands import Step
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.guide import GuideRun, Steps
from nba_desktop.domain.panel import (
    Block,
    BlockStatus,
    ConsentAnswer,
    ContactState,
    LinkState,
    Notice,
    PanelState,
    SearchState,
    Tab,
)
from nba_desktop.domain.ports import Backend, Clock, Outbox, OwnStore, Tasks
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from nba_desktop.session.board import Board
from nba_desktop.session.desk import CallDesk
from nba_desktop.session.library import Library
from nba_desktop.session.questions import LINK_FAILURES, Question, Questions


class Session:
    """Holds the one panel state; every public method is an event or a command and ends in `show`."""

    def __init__(
        self,
        outbox: Outbox,
        tasks: Tasks,
        clock: Clock,
        show: Callable[[PanelState], None],
        language: Language,
        keep_catalogue: Callable[[CatalogueHead], None],
        closes_after: timedelta | None = None,
        own: OwnStore | None = None,
        keep_knowledge: Callable[[KnowledgeBase], None] = lambda _: None,
    ) -> None:
        self._tasks = tasks
        self._clock = clock
        self._keep_catalogue = keep_catalogue
        self._board = Board(outbox, show, language)
        self._questions = Questions(self._board, tasks, clock)
        self._desk = CallDesk(self._board, self._questions, clock, closes_after)
        self._objections: dict[UUID, str] = {}
        self.library = Library(self._board, tasks, own, keep_knowledge)

    @property
    def state(self) -> PanelState:
        """The panel as it is now."""
        return self._board.state

    # ---- links and things that belong to no call

    def on_backend_ready(self, backend: Backend) -> None:
        """Take the backend into use: questions that waited for it are asked now."""
        self._questions.use(backend)
        self.library.use(backend)
        language = self.state.language
        self._tasks.run(lambda: backend.catalogue(language), self.on_catalogue, self._questions.on_backend_failure)

    def on_backend_failed(self, error: PanelError) -> None:
        """The backend did not come up: every waiting block says so and offers a retry."""
        self._questions.on_backend_failure(error)
        self._questions.fail_all(error.code)

    def on_backend_reached(self) -> None:
        """Something was answered: the link is up."""
        self._questions.set_link("up")

    def on_catalogue(self, head: CatalogueHead, fresh: bool = True) -> None:
        """Take the site's contact reasons, from the backend or (not fresh) from the cache."""
        if fresh:
            self._keep_catalogue(head)
            self._questions.set_link("up")
        self._board.set(replace(self.state, concerns=head.concerns))
        self.library.want(head.version)

    def on_telephony_link(self, link: LinkState) -> None:
        """Show the health of the link to the telephone system."""
        self._board.set(replace(self.state, telephony=link))

    def on_outbox_status(self, status: OutboxStatus) -> None:
        """Show what waits and what was parked; what the sender meets says how the backend's link is."""
        before = self.state.outbox
        if status == before:
            return
        self._board.set(replace(self.state, outbox=status))
        if status.paused in LINK_FAILURES:
            self._questions.on_link_failure(status.paused)
        elif before.paused in LINK_FAILURES:
            self.on_backend_reached()

    def on_notice(self, notice: Notice) -> None:
        """Show something that belongs to no call, once."""
        self._board.notice(notice)

    def dismiss_notice(self, notice: Notice) -> None:
        """Take a notice off the screen."""
        self._board.set(replace(self.state, notices=tuple(n for n in self.state.notices if n != notice)))

    def on_receipt(self, event_id: UUID, receipt: Receipt) -> None:
        """Show how far a recorded event has come."""
        for contact in self.state.contacts:
            self._board.put(_with_receipt(contact, event_id, receipt))
        interaction_id = self._objections.get(event_id)
        if receipt is Receipt.ACCEPTED:
            self.on_backend_reached()
        if interaction_id and receipt is Receipt.ACCEPTED:
            del self._objections[event_id]
            self._desk.refresh(interaction_id, (Block.ACTIONS,))
        self._board.show()

    # ---- telephony

    @property
    def calls(self) -> Calls:
        """What the agent has on his line, as the state machine sees it."""
        return self._desk.calls

    def on_call_event(self, event: CallEvent) -> None:
        """Move the calls on; open, update, withdraw or end contacts accordingly."""
        self._desk.on_call_event(event)

    def select_call(self, interaction_id: str) -> None:
        """Bring another call's tab to the front."""
        self._desk.select(interaction_id)

    def end_call_by_hand(self) -> None:
        """The agent says that the call is over, where no telephone system might."""
        self._desk.end_by_hand()

    def stop(self) -> None:
        """The program ends: record what is open."""
        self._desk.stop()

    def touch(self) -> None:
        """The agent works in the panel: nothing closes under his hands."""
        self._desk.touch()

    # ---- who is calling

    def choose_candidate(self, customer_id: str) -> None:
        """Take one of several possible callers for the security questions."""
        self._board.change(lambda c: replace(c, chosen_customer=customer_id, items_passed=frozenset()))

    def toggle_item(self, code: str) -> None:
        """Tick a security item, or untick it."""
        self._board.change(lambda c: replace(c, items_passed=c.items_passed ^ {code}))

    def confirm_caller(self) -> None:
        """Authenticate the candidate; the answer brings the whole view."""
        contact = self.state.contact
        candidate = contact.candidate if contact else None
        if contact is None or candidate is None or contact.authenticated or contact.items_missing:
            return
        contact = self._desk.talking() or contact
        self._desk.settle_caller(contact, commands.confirm_caller(contact, self._clock.now()))

    def attach_customer(self, customer_id: str) -> None:
        """Bind a customer found by search to this call; without a call, to one that is opened by hand."""
        self._desk.attach(customer_id)

    def search(self, query: str) -> None:
        """Search for a customer, for the call on the screen or before there is one; an empty query clears it."""
        contact, backend, text = self.state.contact, self._questions.backend, query.strip()
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
        if interaction_id is None and not self.state.search.query:
            # A call that came meanwhile has taken the search over.
            waiting = (c for c in self.state.contacts if c.search == SearchState(search.query, BlockStatus.LOADING))
            interaction_id = next((c.interaction.interaction_id for c in waiting), None)
        contact = self.state.contact_of(interaction_id) if interaction_id else None
        asked = contact.search if contact else self.state.search if interaction_id is None else None
        if asked is not None and asked.query == search.query:
            self._put_search(interaction_id, search)

    def _put_search(self, interaction_id: str | None, search: SearchState) -> None:
        if interaction_id is None:
            self._board.set(replace(self.state, search=search))
            return
        contact = self.state.contact_of(interaction_id)
        if contact:
            self._board.put(replace(contact, search=search))
            self._board.show()

    # ---- the concern

    def choose_concern(self, concern: str) -> None:
        """Name the concern; the actions are ranked again."""
        contact = self._desk.talking()
        if contact:
            self._settle_concern(contact, commands.choose_concern(contact, self._clock.now(), concern))

    def mark_solved(self, solved: bool) -> None:
        """Say that the concern is solved, or not; the actions are ranked again."""
        contact = self._desk.talking()
        if contact:
            self._settle_concern(contact, commands.mark_solved(contact, self._clock.now(), solved))

    def _settle_concern(self, contact: ContactState, step: Step) -> None:
        event = step.events[0]
        assert isinstance(event, ConcernChosen | ConcernSolved)
        recorded = self._board.record(contact, step)
        if recorded is not None and recorded.authenticated:
            self._questions.ask(recorded, Question(lambda backend: backend.settle_concern(event), (Block.ACTIONS,)))

    # ---- the action

    def select_action(self, action_id: str) -> None:
        """Open one of the three actions."""
        self._board.change(
            lambda c: (
                replace(c, action_id=action_id, action_picked=True, tab=Tab.GUIDE, open_group=None)
                if any(r.action_id == action_id for r in c.recommendations)
                else c
            )
        )

    def select_tab(self, tab: Tab) -> None:
        """Open a tab of the chosen action."""
        self._board.change(lambda c: replace(c, tab=tab))

    def toggle_why(self, opened: bool) -> None:
        """Open or close the reasons for and against."""
        self._board.change(lambda c: replace(c, why_open=opened))

    def on_decision_painted(self, decision_id: UUID) -> None:
        """Record once that a decision's actions were seen."""
        self._do(lambda c, now: commands.show_decision(c, now, decision_id))

    def say_bridge(self) -> None:
        """Mark the chosen action as raised with the customer."""
        self._do(commands.say_bridge)

    def toggle_step(self, step_id: str) -> None:
        """Tick a step of the guide, or untick it."""
        self._run_guide(lambda run, _: run.toggled(step_id))

    def make_choice(self, step_id: str, choice: str) -> None:
        """Take a branch of the guide, or take it back; what hung on another one is undone."""
        self._run_guide(lambda run, steps: run.chosen(step_id, choice, steps))

    def take_back_choice(self) -> None:
        """Undo the last choice of the guide, and what hung on it."""
        self._run_guide(lambda run, steps: run.back(steps))

    def enter_input(self, step_id: str, name: str, value: str) -> None:
        """Enter a value that a later sentence shows."""
        self._run_guide(lambda run, _: run.entered(step_id, name, value))

    def _run_guide(self, advance: Callable[[GuideRun, Steps], GuideRun]) -> None:
        self._board.change(lambda c: commands.with_guide(c, advance(c.guide, c.action.steps if c.action else ())))

    def raise_objection(self, objection_id: str) -> None:
        """Record that the customer objected."""
        self._do(lambda c, now: commands.raise_objection(c, now, objection_id))

    # ---- responses, note, consent

    def open_group(self, group: ResponseGroup | None) -> None:
        """Open a response group's reasons in place; a group with one code records at once."""
        contact = self.state.contact
        if contact is None:
            return
        codes = commands.codes_of(contact, group) if group else ()
        if len(codes) == 1:
            self.respond(codes[0])
        else:
            self._board.change(lambda c: replace(c, open_group=group if codes and group != c.open_group else None))

    def respond(self, code: ResponseCode) -> None:
        """Record a response to the chosen action."""
        self._do(lambda c, now: commands.respond(c, now, code))

    def retract(self, event_id: UUID) -> None:
        """Take a response back."""
        self._do(lambda c, now: commands.retract(c, now, event_id))

    def write_note(self, text: str) -> None:
        """Record the contact's note."""
        self._do(lambda c, now: commands.write_note(c, now, text))

    def draft_note(self, text: str) -> None:
        """Keep what is typed of the note and not recorded yet; the end of the wrap-up records it."""
        self._board.change(lambda c: replace(c, note=replace(c.note, draft=text)))

    def toggle_consent(self, opened: bool) -> None:
        """Open or close the consent drawer; what was ticked stays."""
        self._board.change(lambda c: replace(c, consent=replace(c.consent, open=opened and c.authenticated)))

    def toggle_read_aloud(self, read: bool) -> None:
        """Confirm that the wording was read aloud."""
        self._board.change(lambda c: replace(c, consent=replace(c.consent, read_aloud=read)))

    def answer_consent(self, purpose: ConsentPurpose, channel: ConsentChannel, answer: ConsentAnswer) -> None:
        """Tick what the customer said to one channel; the same click again unticks it."""

        def answered(contact: ContactState) -> ContactState:
            draft = contact.consent
            others = tuple(a for a in draft.answers if a[:2] != (purpose, channel))
            same = draft.answer_of(purpose, channel) is answer
            return replace(
                contact, consent=replace(draft, answers=others if same else (*others, (purpose, channel, answer)))
            )

        self._board.change(answered)

    def enter_customer_words(self, words: str) -> None:
        """Keep what the customer said, word for word, for the proof."""
        self._board.change(lambda c: replace(c, consent=replace(c.consent, customer_words=words[:200])))

    def save_consents(self) -> None:
        """Record the drawer's answers."""
        self._do(commands.save_consents)

    def ask_withdrawal(self, purpose: ConsentPurpose, channel: ConsentChannel) -> None:
        """First click of a withdrawal; the same again takes it back."""
        asked = (purpose, channel)
        self._board.change(
            lambda c: replace(
                c,
                consent=replace(c.consent, withdrawal_asked=None if c.consent.withdrawal_asked == asked else asked),
            )
        )

    def confirm_withdrawal(self) -> None:
        """Second click of a withdrawal."""
        self._do(commands.withdraw_consent)

    def ask_objection(self, asked: bool) -> None:
        """Open or close the confirmation of a marketing objection."""
        self._board.change(lambda c: replace(c, consent=replace(c.consent, objection_asked=asked)))

    def confirm_objection(self) -> None:
        """Record the marketing objection; the actions are asked for again once the backend has it."""
        contact = self.state.contact
        step = commands.object_to_advertising(contact, self._clock.now()) if contact else None
        if contact is None or step is None or self._board.record(contact, step) is None:
            return
        for event in step.events:
            if isinstance(event, ConsentRecorded) and event.event is ConsentEventType.OBJECTED:
                self._objections[event.event_id] = contact.interaction.interaction_id

    def finish_wrap_up(self) -> None:
        """Close the contact; it leaves the screen only when all it needs is on the disk."""
        contact = self.state.contact
        if contact is not None:
            self._desk.finish(contact)

    def retry(self, block: Block) -> None:
        """Ask again for a block that failed."""
        self._questions.retry(block)

    def _do(self, command: Callable[[ContactState, datetime], Step]) -> None:
        contact = self.state.contact
        if contact:
            self._board.record(contact, command(contact, self._clock.now()))


def _with_receipt(contact: ContactState, event_id: UUID, receipt: Receipt) -> ContactState:
    responses = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.responses)
    recorded = tuple((*r[:4], receipt) if r[3] == event_id else r for r in contact.consent.recorded)
    note = replace(contact.note, receipt=receipt) if contact.note.event_id == event_id else contact.note
    return replace(contact, responses=responses, consent=replace(contact.consent, recorded=recorded), note=note)
