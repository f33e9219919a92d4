"""The session as the panel drives it: every public method is an event or a command and ends in `show`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    CallFlag,
    FeedbackReason,
    ResponseCode,
    ResponseGroup,
    Speaker,
)
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.events import CallFlagged, ConcernChosen, ConcernSolved, SpeakerNamed
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain import actions, caller, commands, concerns, follow_ups, responses
from nba_desktop.domain.blocked import Blocked
from nba_desktop.domain.blocks import Block
from nba_desktop.domain.call import Calls
from nba_desktop.domain.call_event import CallEvent
from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.errors import FailureCode, PanelError
from nba_desktop.domain.guide import GuideRun, Steps
from nba_desktop.domain.panel import LinkState, Notice, PanelState
from nba_desktop.domain.pen import Step
from nba_desktop.domain.ports import Backend, Clock, Outbox, OwnStore, Tasks
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from nba_desktop.session.answers import Answers
from nba_desktop.session.board import Board
from nba_desktop.session.consents import Consents
from nba_desktop.session.day import Day
from nba_desktop.session.desk import CallDesk
from nba_desktop.session.due import Due
from nba_desktop.session.finder import Finder
from nba_desktop.session.history import History
from nba_desktop.session.library import Library
from nba_desktop.session.promises import Promises
from nba_desktop.session.proofs import Proofs
from nba_desktop.session.questions import ALL_BLOCKS, LINK_FAILURES, Question, Questions
from nba_desktop.session.wishes import Wishes

_SENT_BY_THEN_MS: Final = 2_000
"""By then the outbox has usually sent what a call ended with."""


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
        self._questions = Questions(self._board, tasks, clock, self._on_answer, self._on_link_up)
        self._desk = CallDesk(self._board, self._questions, clock, closes_after, self._on_left)
        self._catalogue: tuple[str, Language] | None = None
        self._asked_after: UUID | None = None
        self.finder = Finder(self._board, self._questions, tasks)
        self.library = Library(self._board, tasks, own, keep_knowledge)
        self.consents = Consents(self._board, self._desk, clock)
        self.promises = Promises(self._board, self._desk, self._questions, clock)
        self.wishes = Wishes(self._board, clock)
        self.proofs = Proofs(self._board, self._questions, tasks, clock)
        self.day = Day(self._board, self._questions, tasks, clock)
        self.due = Due(self._board, self._questions, self.library, tasks, clock)
        self.answers = Answers(self._board, self._questions, self.library, tasks, clock)
        self.history = History(self._board, tasks, clock, lambda: self._questions.backend)

    @property
    def state(self) -> PanelState:
        """The panel as it is now."""
        return self._board.state

    # ---- links and things that belong to no call

    def on_backend_ready(self, backend: Backend) -> None:
        """Take the backend into use: questions that waited for it are asked now."""
        self._questions.use(backend)
        self.library.use(backend)
        self._ask_catalogue(backend)
        self._on_link_up()

    def _on_link_up(self) -> None:
        for asked in (self.day, self.due, self.answers, self.finder):
            asked.on_backend()

    def _on_left(self) -> None:
        """The last call has left the screen: what waits between calls may have changed in it."""
        self._clock.call_later(_SENT_BY_THEN_MS, lambda: None if self.state.contacts else self._refresh())

    def _refresh(self) -> None:
        if self._questions.backend is not None:
            self.due.refresh()
            self.answers.refresh()

    def _ask_catalogue(self, backend: Backend) -> None:
        language = self.state.language
        self._tasks.run(lambda: backend.catalogue(language), self.on_catalogue, self._questions.on_backend_failure)

    def set_language(self, language: Language) -> None:
        """Speak another language: the catalogue's words come in it, and what is known of each call is asked anew.

        Without a backend a call that is there stays in the language in which it was answered.
        """
        self._board.set(replace(self.state, language=language))
        if self.state.backend.status == "up":
            self._desk.speak(language)
        self.library.forget_language()
        if self._questions.backend is not None:
            self._ask_catalogue(self._questions.backend)
            self._refresh()

    def on_news(self, news: OfferNews) -> None:
        """Something has just raised actions for a call's customer: rank anew, and leave the agent where he is."""
        contact = next((one for one in self.state.contacts if one.contact_id == news.contact_id), None)
        if contact is not None and contact.authenticated:
            self._board.put(replace(contact, news=contact.news.union(news.action_ids)))
            self._desk.refresh(contact.interaction.interaction_id, (Block.ACTIONS,))

    def on_backend_failed(self, error: PanelError) -> None:
        """The backend did not come up: every waiting block says so and offers a retry."""
        self._questions.on_backend_failure(error)
        self._questions.fail_all(error.code)

    def on_backend_reached(self) -> None:
        """Something was answered: the link is up."""
        self._questions.set_link("up")

    def on_backend_away(self, error: PanelError) -> None:
        """The backend was looked for, and is not to be had: the newest reason is shown."""
        self._questions.on_backend_failure(error)

    def _on_sent(self) -> None:
        """Something was taken in; from a panel that is too old to be answered a backend takes that all the same."""
        if self.state.backend.failure is not FailureCode.PANEL_TOO_OLD:
            self.on_backend_reached()

    def on_catalogue(self, head: CatalogueHead, fresh: bool = True) -> None:
        """Take the site's contact reasons, from the backend or (not fresh) from the cache."""
        if fresh:
            self._keep_catalogue(head)
            self._questions.set_link("up")
        if head.language != self.state.language:
            return  # asked for before the agent chose another language
        self._catalogue = (head.version, head.language)
        self._board.set(replace(self.state, concerns=head.concerns))
        self.library.want(head.version)

    def _on_answer(self, view: ContactView) -> None:
        """A decision by another version says that the catalogue was switched: its words are asked for anew.

        So are those that did not come when another language was chosen. Once for a contact: while a version is only
        tried out on some customers, the one in force stays another one.
        """
        backend, known = self._questions.backend, self._catalogue
        wanted = (view.decision.catalogue_version, self.state.language)
        if backend is None or known is None or wanted == known:
            return
        if view.contact_id != self._asked_after:
            self._asked_after = view.contact_id
            self._ask_catalogue(backend)

    def on_telephony_link(self, link: LinkState) -> None:
        """Show the health of the link to the telephone system."""
        self._board.set(replace(self.state, telephony=link))

    def on_outbox_status(self, status: OutboxStatus) -> None:
        """Show what waits and what was parked; what the sender meets says how the backend's link is."""
        before = self.state.outbox
        if status.paused is FailureCode.UNAUTHORISED and self.state.sign_in.is_wanted:
            status = replace(status, paused=FailureCode.SIGN_IN_ENDED)
        if status == before:
            return
        self._board.set(replace(self.state, outbox=status, notices=_with_forbidden(self.state.notices, before, status)))
        if status.paused in LINK_FAILURES:
            self._questions.on_link_failure(status.paused)
        elif before.paused in LINK_FAILURES:
            self._on_sent()

    def on_blocked(self, blocked: Blocked) -> None:
        """Show what keeps the panel from its work until somebody has changed something outside it."""
        self._board.set(replace(self.state, blocked=blocked))

    def on_sign_in(self, sign_in: SignInState) -> None:
        """Show who works here, or that nobody is signed in."""
        notices = self.state.notices
        if sign_in.status is SignInStatus.SIGNED_IN:
            notices = tuple(one for one in notices if one.code is not FailureCode.UNAUTHORISED)
        self._board.set(replace(self.state, sign_in=sign_in, notices=notices))

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
        self.day.on_receipt(event_id, receipt)
        if receipt is Receipt.ACCEPTED:
            self._on_sent()
        self.consents.on_receipt(event_id, receipt)
        again = self._questions.overtaken(event_id) if receipt is Receipt.ACCEPTED else None
        if again is not None:
            self._desk.refresh(*again)
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
        if contact.speaker is Speaker.UNAUTHORISED or (contact.locked and not contact.vouched_for):
            return
        contact = self._desk.talking() or contact
        self._desk.settle_caller(contact, caller.confirm_caller(contact, self._clock.now()))

    def fail_item(self, code: str) -> None:
        """Record that a security item was answered wrongly."""
        self._do(lambda c, now: caller.fail_item(c, now, code))

    def correct_item(self, code: str) -> None:
        """Take back that a security item was answered wrongly; the backend says whether the call is locked still."""
        contact = self.state.contact
        step = caller.correct_item(contact, self._clock.now(), code) if contact else None
        if contact is None or step is None or not step.events:
            return
        if self._board.record(contact, step) is not None:
            self._questions.ask_once_sent(contact.contact_id, step.events[0].event_id)

    def name_speaker(self, speaker: Speaker) -> None:
        """Say who speaks for the customer; what may be seen and offered follows."""
        contact = self.state.contact
        if contact is not None:
            self._settle_situation(contact, caller.name_speaker(contact, self._clock.now(), speaker), ALL_BLOCKS)

    def toggle_flag(self, flag: CallFlag) -> None:
        """Say what holds sales back in this call, or that it does not; the actions are ranked again."""
        contact = self.state.contact
        if contact is not None:
            self._settle_situation(contact, caller.toggle_flag(contact, self._clock.now(), flag), (Block.ACTIONS,))

    def _settle_situation(self, contact: ContactState, step: Step, blocks: tuple[Block, ...]) -> None:
        recorded = self._board.record(contact, step)
        event = step.events[0] if step.events else None
        if recorded is not None and isinstance(event, SpeakerNamed | CallFlagged):
            said = event
            self._questions.ask(
                recorded, Question(lambda backend: backend.settle_situation(said), blocks, said.event_id)
            )

    def attach_customer(self, customer_id: str) -> None:
        """Bind a customer found by search to this call; without a call, to one that is opened by hand."""
        self._desk.attach(customer_id)

    def search(self, query: str) -> None:
        """Search for a customer, for the call on the screen or before there is one; an empty query clears it."""
        self.finder.search(query)

    # ---- the concern

    def choose_concern(self, concern: str) -> None:
        """Name the concern; the actions are ranked again."""
        contact = self._desk.talking()
        if contact:
            self._settle_concern(contact, concerns.choose_concern(contact, self._clock.now(), concern))

    def mark_solved(self, solved: bool) -> None:
        """Say that the concern is solved, or not; the actions are ranked again."""
        contact = self._desk.talking()
        if contact:
            self._settle_concern(contact, concerns.mark_solved(contact, self._clock.now(), solved))

    def _settle_concern(self, contact: ContactState, step: Step) -> None:
        recorded = self._board.record(contact, step)
        event = step.events[0] if step.events else None
        if recorded is not None and recorded.authenticated and isinstance(event, ConcernChosen | ConcernSolved):
            self._questions.ask(
                recorded, Question(lambda backend: backend.settle_concern(event), (Block.ACTIONS,), event.event_id)
            )

    # ---- the action

    def select_action(self, action_id: str) -> None:
        """Open one of the three actions, or one that was raised before."""
        self._board.change(
            lambda c: (
                replace(actions.put_away(c), action_id=action_id, action_picked=True, tab=Tab.GUIDE)
                if any(r.action_id == action_id for r in c.known_actions)
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
        self._do(lambda c, now: actions.show_decision(c, now, decision_id))

    def say_bridge(self) -> None:
        """Mark the chosen action as raised with the customer."""
        self._do(actions.say_bridge)

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
        self._board.change(lambda c: actions.with_guide(c, advance(c.guide, c.action.steps if c.action else ())))

    def raise_objection(self, objection_id: str) -> None:
        """Record that the customer objected."""
        self._do(lambda c, now: actions.raise_objection(c, now, objection_id))

    def ask_question(self) -> None:
        """Open the question what is wrong with the chosen action, or put it away."""
        self._board.change(actions.ask_question)

    def draft_question(self, note: str) -> None:
        """Keep what is typed of the line to what is wrong."""
        self._board.change(lambda c: replace(c, question=replace(c.question, note=note) if c.question else None))

    def question(self, reason: FeedbackReason) -> None:
        """Say what is wrong with the chosen action: its owner reads it and answers."""
        self._do(lambda c, now: actions.question(c, now, reason))

    # ---- responses, note, consent

    def open_group(self, group: ResponseGroup | None) -> None:
        """Open a response group's reasons in place; a group with one code records at once."""
        contact = self.state.contact
        if contact is None:
            return
        codes = responses.codes_of(contact, group) if group else ()
        if len(codes) == 1:
            self.respond(codes[0])
        else:
            opened = group if codes and group != contact.open_group else None
            self._board.change(lambda c: replace(actions.put_away(c), open_group=opened))

    def respond(self, code: ResponseCode) -> None:
        """Record a response to the chosen action; one that says nothing without a day first asks for it."""
        if code in follow_ups.NEED_DATE:
            self.promises.begin(code)
            return
        self._do(lambda c, now: responses.respond(c, now, code))

    def note_response(self, event_id: UUID, note: str) -> None:
        """Give a response its one optional line."""
        self._do(lambda c, now: responses.note_response(c, now, event_id, note))

    def retract(self, event_id: UUID) -> None:
        """Take a response back."""
        self._do(lambda c, now: responses.retract(c, now, event_id))

    def write_note(self, text: str) -> None:
        """Record the contact's note."""
        self._do(lambda c, now: commands.write_note(c, now, text))

    def draft_note(self, text: str) -> None:
        """Keep what is typed of the note and not recorded yet; the end of the wrap-up records it."""
        self._board.change(lambda c: replace(c, note=replace(c.note, draft=text)))

    def finish_wrap_up(self) -> None:
        """Close the contact; it leaves the screen only when all it needs is on the disk.

        What is begun and not saved of a consent, or owed to the customer, is shown first: asked again, the contact is
        closed without it.
        """
        contact = self.state.contact
        if contact is None:
            return
        stays = (self.consents.stay_for(contact), self.promises.stay_for(contact))
        if not any(stays):
            self._desk.finish(contact)

    def retry(self, block: Block) -> None:
        """Ask again for a block that failed."""
        self._questions.retry(block)

    def _do(self, command: Callable[[ContactState, datetime], Step]) -> None:
        contact = self.state.contact
        if contact:
            self._board.record(contact, command(contact, self._clock.now()))


def _with_forbidden(notices: tuple[Notice, ...], before: OutboxStatus, now: OutboxStatus) -> tuple[Notice, ...]:
    """The notices with the one that says why nothing is sent, for as long as that is so."""
    was, is_ = (one.paused is FailureCode.FORBIDDEN for one in (before, now))
    if was == is_:
        # Who has read it may have taken it away.
        return notices
    others = tuple(one for one in notices if one.code is not FailureCode.FORBIDDEN)
    return (*others, Notice(FailureCode.FORBIDDEN)) if is_ else others


def _with_receipt(contact: ContactState, event_id: UUID, receipt: Receipt) -> ContactState:
    entries = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.responses)
    promised = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.follow_ups)
    confirmed = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.confirmations)
    recorded = tuple((*r[:4], receipt) if r[3] == event_id else r for r in contact.consent.recorded)
    questions = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.questions)
    wishes = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.wishes)
    note = replace(contact.note, receipt=receipt) if contact.note.event_id == event_id else contact.note
    told = replace(
        contact,
        responses=entries,
        follow_ups=promised,
        confirmations=confirmed,
        questions=questions,
        wishes=wishes,
        consent=replace(contact.consent, recorded=recorded),
        note=note,
    )
    # Most events have no receipt on the screen: the same contact costs the panel nothing.
    return contact if told == contact else told
