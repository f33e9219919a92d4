"""The agent's session: events come in, the next panel state goes out; no Qt, no files, no network of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ResponseCode,
    ResponseGroup,
)
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.events import (
    CallerAuthenticated,
    ConcernChosen,
    ConcernSolved,
    ConsentRecorded,
    ContactStarted,
)
from nba_desktop.domain import commands
from nba_desktop.domain.call import Calls, Interaction, InteractionState, close, on_event, time_out
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.commands import Step
from nba_desktop.domain.errors import FailureCode, OutboxError, PanelError
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.panel import (
    Block,
    BlockState,
    BlockStatus,
    ConsentAnswer,
    ContactState,
    LinkState,
    LinkStatus,
    Notice,
    PanelState,
    SearchState,
    Tab,
)
from nba_desktop.domain.ports import Backend, Clock, Outbox, Tasks
from nba_desktop.domain.receipts import OutboxStatus, Receipt

SLOW_AFTER_MS = 2_000
TOO_LATE_AFTER_MS = 4_000
UNCONFIRMED_FOR_MS = 5 * 60 * 1000

_LINK_FAILURES = frozenset(
    {
        FailureCode.OFFLINE,
        FailureCode.TIMEOUT,
        FailureCode.SERVER_FAULT,
        FailureCode.UNAUTHORISED,
        FailureCode.NOT_OUR_BACKEND,
    }
)
_ALL_BLOCKS = (Block.CUSTOMER, Block.JOURNEY, Block.CONCERN, Block.ACTIONS)


@dataclass(frozen=True, slots=True)
class _Question:
    """What was last asked for a contact, kept for a retry; `blocks` are filled by its answer."""

    work: Callable[[Backend], ContactView]
    blocks: tuple[Block, ...]


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
    ) -> None:
        self._outbox = outbox
        self._tasks = tasks
        self._clock = clock
        self._show = show
        self._keep_catalogue = keep_catalogue
        self._backend: Backend | None = None
        self._calls = Calls(since=clock.now())
        self._starts: dict[str, ContactStarted] = {}
        self._unsaved: dict[str, ContactStarted] = {}
        self._questions: dict[str, _Question] = {}
        self._objections: dict[UUID, str] = {}
        self.state = PanelState(language=language)

    # ---- links and things that belong to no call

    def on_backend_ready(self, backend: Backend) -> None:
        """Take the backend into use: questions that waited for it are asked now."""
        self._backend = backend
        for interaction_id, question in tuple(self._questions.items()):
            contact = self.state.contact_of(interaction_id)
            if contact and any(contact.block(block).status is not BlockStatus.READY for block in question.blocks):
                self._ask(contact, question)
        language = self.state.language
        self._tasks.run(lambda: backend.catalogue(language), self.on_catalogue, self._on_backend_failure)

    def on_backend_failed(self, error: PanelError) -> None:
        """The backend did not come up: every waiting block says so and offers a retry."""
        self._on_backend_failure(error)
        for contact in self.state.contacts:
            self._fail_blocks(contact, _ALL_BLOCKS, error.code)

    def on_backend_reached(self) -> None:
        """Something was answered: the link is up."""
        self._set_backend_link("up")

    def on_catalogue(self, head: CatalogueHead, fresh: bool = True) -> None:
        """Take the site's contact reasons, from the backend or (not fresh) from the cache."""
        if fresh:
            self._keep_catalogue(head)
            self._set_backend_link("up")
        self._set(replace(self.state, concerns=head.concerns))

    def on_telephony_link(self, link: LinkState) -> None:
        """Show the health of the link to the telephone system."""
        self._set(replace(self.state, telephony=link))

    def on_outbox_status(self, status: OutboxStatus) -> None:
        """Show what waits and what was parked; what the sender meets says how the backend's link is."""
        before = self.state.outbox
        if status == before:
            return
        self._set(replace(self.state, outbox=status))
        if status.paused in _LINK_FAILURES:
            self._on_link_failure(status.paused)
        elif before.paused in _LINK_FAILURES:
            self.on_backend_reached()

    def on_notice(self, notice: Notice) -> None:
        """Show something that belongs to no call, once."""
        if notice not in self.state.notices:
            self._set(replace(self.state, notices=(*self.state.notices, notice)))

    def dismiss_notice(self, notice: Notice) -> None:
        """Take a notice off the screen."""
        self._set(replace(self.state, notices=tuple(n for n in self.state.notices if n != notice)))

    def on_receipt(self, event_id: UUID, receipt: Receipt) -> None:
        """Show how far a recorded event has come."""
        for contact in self.state.contacts:
            self._put(_with_receipt(contact, event_id, receipt))
        interaction_id = self._objections.get(event_id)
        if receipt is Receipt.ACCEPTED:
            self.on_backend_reached()
        if interaction_id and receipt is Receipt.ACCEPTED:
            del self._objections[event_id]
            self._refresh(interaction_id)
        self._show(self.state)

    # ---- telephony

    @property
    def calls(self) -> Calls:
        """What the agent has on his line, as the state machine sees it."""
        return self._calls

    def on_call_event(self, event: CallEvent) -> None:
        """Move the calls on; open, update, withdraw or end contacts accordingly."""
        self._move(on_event(self._calls, event))
        if event.type is CallEventType.LINK_DOWN:
            self._clock.call_later(UNCONFIRMED_FOR_MS + 1, self._end_unconfirmed)

    def _end_unconfirmed(self) -> None:
        """Calls that no telephone system has confirmed since its link went down are over for this panel."""
        self._move(time_out(self._calls, self._clock.now(), timedelta(milliseconds=UNCONFIRMED_FOR_MS)))

    def _move(self, calls: Calls) -> None:
        if calls is self._calls:
            return
        self._calls = calls
        for interaction in self._calls.interactions:
            contact = self.state.contact_of(interaction.interaction_id)
            on_the_line = interaction.state in (InteractionState.OFFERED, InteractionState.LIVE)
            if contact is None:
                if on_the_line and not interaction.consult_of:
                    self._open(interaction)
            elif contact.interaction != interaction:
                self._follow(contact, interaction)

    def _open(self, interaction: Interaction) -> None:
        contact = ContactState(interaction=interaction, contact_id=new_id())
        # The agent may be typing the last call's note: a ringing call waits in a tab beside it.
        current = self.state.current or interaction.interaction_id
        self._set(replace(self.state, contacts=(*self.state.contacts, contact), current=current))
        step = commands.start(contact, self._clock.now(), self.state.language)
        started = step.events[0]
        assert isinstance(started, ContactStarted)
        self._starts[interaction.interaction_id] = started
        if self._record(contact, step) is None:
            # The disk may have room again at the next click: the start is then put before it.
            self._unsaved[interaction.interaction_id] = started
            self._put(replace(self._kept(contact), seq=step.contact.seq))
        self._ask(self._kept(contact), _Question(lambda backend: backend.start_contact(started), _ALL_BLOCKS))

    def _follow(self, contact: ContactState, interaction: Interaction) -> None:
        if _is_another_person(contact, interaction):
            self._begin_anew(contact, interaction)
            return
        was, contact = contact.interaction.state, replace(contact, interaction=interaction)
        self._put(contact)
        if interaction.state is InteractionState.WITHDRAWN:
            if self._record(contact, commands.end(contact, self._clock.now())) is None:
                # The contact leaves the screen, so what could not be kept is said beside it.
                self.on_notice(Notice(self._kept(contact).failure or FailureCode.DISK_UNWRITABLE))
            self._drop(interaction.interaction_id)
        elif interaction.state is InteractionState.WRAP_UP and was is not InteractionState.WRAP_UP:
            self._record(contact, commands.end(contact, self._clock.now()))
        self._show(self.state)

    def _begin_anew(self, contact: ContactState, interaction: Interaction) -> None:
        """Nobody was known until now: the customer who is now at the other end is a contact of his own."""
        chosen = self.state.current == interaction.interaction_id
        if self._record(contact, commands.end(contact, self._clock.now())) is None:
            self.on_notice(Notice(self._kept(contact).failure or FailureCode.DISK_UNWRITABLE))
        self._drop(interaction.interaction_id)
        self._open(interaction)
        if chosen:
            self.select_call(interaction.interaction_id)

    def select_call(self, interaction_id: str) -> None:
        """Bring another call's tab to the front."""
        if self.state.contact_of(interaction_id):
            self._set(replace(self.state, current=interaction_id))

    # ---- who is calling

    def choose_candidate(self, customer_id: str) -> None:
        """Take one of several possible callers for the security questions."""
        self._change(lambda c: replace(c, chosen_customer=customer_id, items_passed=frozenset()))

    def toggle_item(self, code: str) -> None:
        """Tick a security item, or untick it."""
        self._change(lambda c: replace(c, items_passed=c.items_passed ^ {code}))

    def confirm_caller(self) -> None:
        """Authenticate the candidate; the answer brings the whole view."""
        contact = self.state.contact
        candidate = contact.candidate if contact else None
        if contact is None or candidate is None or contact.view is None or contact.authenticated:
            return
        ticked = sum(item.code in contact.items_passed for item in candidate.security_items)
        if ticked < contact.view.identification.security_items_required:
            return
        self._settle_caller(contact, commands.confirm_caller(contact, self._clock.now()))

    def attach_customer(self, customer_id: str) -> None:
        """Bind a customer found by search to this call."""
        contact = self.state.contact
        if contact is None or contact.authenticated:
            return
        self._settle_caller(contact, commands.attach_customer(contact, self._clock.now(), customer_id))

    def _settle_caller(self, contact: ContactState, step: Step) -> None:
        event = step.events[0]
        assert isinstance(event, CallerAuthenticated)
        recorded = self._record(contact, step)
        if recorded is not None:
            self._ask(recorded, _Question(lambda backend: backend.settle_caller(event), _ALL_BLOCKS))

    def search(self, query: str) -> None:
        """Search for the customer of this call; an empty query clears the search."""
        contact, backend, text = self.state.contact, self._backend, query.strip()
        if contact is None:
            return
        if not text:
            self._change(lambda c: replace(c, search=SearchState()))
            return
        if backend is None:
            self._change(lambda c: replace(c, search=SearchState(text, BlockStatus.FAILED, FailureCode.OFFLINE)))
            return
        self._change(lambda c: replace(c, search=SearchState(text, BlockStatus.LOADING)))
        interaction_id, contact_id = contact.interaction.interaction_id, contact.contact_id

        def found(answer: SearchAnswer) -> None:
            hits = SearchState(text, BlockStatus.READY, None, answer.hits, answer.truncated)
            self._finish_search(interaction_id, text, hits)

        def failed(error: PanelError) -> None:
            self._finish_search(interaction_id, text, SearchState(text, BlockStatus.FAILED, error.code))

        self._tasks.run(lambda: backend.search(text, contact_id), found, failed)

    def _finish_search(self, interaction_id: str, query: str, search: SearchState) -> None:
        contact = self.state.contact_of(interaction_id)
        if contact and contact.search.query == query:
            self._put(replace(contact, search=search))
            self._show(self.state)

    # ---- the concern

    def choose_concern(self, concern: str) -> None:
        """Name the concern; the actions are ranked again."""
        contact = self.state.contact
        if contact:
            self._settle_concern(contact, commands.choose_concern(contact, self._clock.now(), concern))

    def mark_solved(self, solved: bool) -> None:
        """Say that the concern is solved, or not; the actions are ranked again."""
        contact = self.state.contact
        if contact:
            self._settle_concern(contact, commands.mark_solved(contact, self._clock.now(), solved))

    def _settle_concern(self, contact: ContactState, step: Step) -> None:
        event = step.events[0]
        assert isinstance(event, ConcernChosen | ConcernSolved)
        recorded = self._record(contact, step)
        if recorded is not None and recorded.authenticated:
            self._ask(recorded, _Question(lambda backend: backend.settle_concern(event), (Block.ACTIONS,)))

    # ---- the action

    def select_action(self, action_id: str) -> None:
        """Open one of the three actions."""
        self._change(
            lambda c: (
                replace(c, action_id=action_id, action_picked=True, tab=Tab.GUIDE, open_group=None)
                if any(r.action_id == action_id for r in c.recommendations)
                else c
            )
        )

    def select_tab(self, tab: Tab) -> None:
        """Open a tab of the chosen action."""
        self._change(lambda c: replace(c, tab=tab))

    def toggle_why(self, opened: bool) -> None:
        """Open or close the reasons for and against."""
        self._change(lambda c: replace(c, why_open=opened))

    def on_decision_painted(self, decision_id: UUID) -> None:
        """Record once that a decision's actions were seen."""
        self._do(lambda c, now: commands.show_decision(c, now, decision_id))

    def say_bridge(self) -> None:
        """Mark the chosen action as raised with the customer."""
        self._do(commands.say_bridge)

    def toggle_step(self, step_id: str) -> None:
        """Tick a step of the guide, or untick it."""
        self._run_guide(lambda run: run.toggled(step_id))

    def make_choice(self, step_id: str, choice: str) -> None:
        """Take a branch of the guide."""
        self._run_guide(lambda run: run.chosen(step_id, choice))

    def enter_input(self, step_id: str, name: str, value: str) -> None:
        """Enter a value that a later sentence shows."""
        self._run_guide(lambda run: run.entered(step_id, name, value))

    def _run_guide(self, advance: Callable[[GuideRun], GuideRun]) -> None:
        self._change(lambda c: commands.with_guide(c, advance(c.guide)))

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
            self._change(lambda c: replace(c, open_group=group if codes and group != c.open_group else None))

    def respond(self, code: ResponseCode) -> None:
        """Record a response to the chosen action."""
        self._do(lambda c, now: commands.respond(c, now, code))

    def retract(self, event_id: UUID) -> None:
        """Take a response back."""
        self._do(lambda c, now: commands.retract(c, now, event_id))

    def write_note(self, text: str) -> None:
        """Record the contact's note."""
        self._do(lambda c, now: commands.write_note(c, now, text))

    def toggle_consent(self, opened: bool) -> None:
        """Open or close the consent drawer; what was ticked stays."""
        self._change(lambda c: replace(c, consent=replace(c.consent, open=opened and c.authenticated)))

    def toggle_read_aloud(self, read: bool) -> None:
        """Confirm that the wording was read aloud."""
        self._change(lambda c: replace(c, consent=replace(c.consent, read_aloud=read)))

    def answer_consent(self, purpose: ConsentPurpose, channel: ConsentChannel, answer: ConsentAnswer) -> None:
        """Tick what the customer said to one channel; the same click again unticks it."""

        def answered(contact: ContactState) -> ContactState:
            draft = contact.consent
            others = tuple(a for a in draft.answers if a[:2] != (purpose, channel))
            same = draft.answer_of(purpose, channel) is answer
            return replace(
                contact, consent=replace(draft, answers=others if same else (*others, (purpose, channel, answer)))
            )

        self._change(answered)

    def enter_customer_words(self, words: str) -> None:
        """Keep what the customer said, word for word, for the proof."""
        self._change(lambda c: replace(c, consent=replace(c.consent, customer_words=words[:200])))

    def save_consents(self) -> None:
        """Record the drawer's answers."""
        self._do(commands.save_consents)

    def ask_withdrawal(self, purpose: ConsentPurpose, channel: ConsentChannel) -> None:
        """First click of a withdrawal; the same again takes it back."""
        asked = (purpose, channel)
        self._change(
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
        self._change(lambda c: replace(c, consent=replace(c.consent, objection_asked=asked)))

    def confirm_objection(self) -> None:
        """Record the marketing objection; the actions are asked for again once the backend has it."""
        contact = self.state.contact
        step = commands.object_to_advertising(contact, self._clock.now()) if contact else None
        if contact is None or step is None or self._record(contact, step) is None:
            return
        for event in step.events:
            if isinstance(event, ConsentRecorded) and event.event is ConsentEventType.OBJECTED:
                self._objections[event.event_id] = contact.interaction.interaction_id

    def finish_wrap_up(self) -> None:
        """Close the contact; it leaves the screen only when all it needs is on the disk."""
        contact = self.state.contact
        if contact is None or contact.interaction.state is not InteractionState.WRAP_UP:
            return
        if self._record(contact, commands.finish_wrap_up(contact, self._clock.now())) is None:
            return
        self._calls = close(self._calls, contact.interaction.interaction_id)
        self._drop(contact.interaction.interaction_id)
        self._show(self.state)

    # ---- asking the backend

    def retry(self, block: Block) -> None:
        """Ask again for a block that failed."""
        contact = self.state.contact
        question = self._questions.get(contact.interaction.interaction_id) if contact else None
        if contact is None or question is None or contact.block(block).status is not BlockStatus.FAILED:
            return
        failed = tuple(b for b in _ALL_BLOCKS if contact.block(b).status is BlockStatus.FAILED)
        self._ask(contact, replace(question, blocks=tuple(dict.fromkeys((*question.blocks, *failed)))))

    def _refresh(self, interaction_id: str) -> None:
        contact, started = self.state.contact_of(interaction_id), self._starts.get(interaction_id)
        if contact and started:
            self._ask(contact, _Question(lambda backend: backend.start_contact(started), (Block.ACTIONS,)))

    def _ask(self, contact: ContactState, question: _Question) -> None:
        interaction_id = contact.interaction.interaction_id
        request = contact.request + 1
        contact = _with_blocks(contact, question.blocks, BlockState(BlockStatus.LOADING))
        self._questions[interaction_id] = question
        self._put(replace(contact, request=request))
        self._show(self.state)
        self._clock.call_later(SLOW_AFTER_MS, lambda: self._on_slow(interaction_id, request, question.blocks))
        self._clock.call_later(TOO_LATE_AFTER_MS, lambda: self._on_too_late(interaction_id, request, question.blocks))
        backend = self._backend
        if backend is None:
            return
        self._tasks.run(
            lambda: question.work(backend),
            lambda view: self._on_view(interaction_id, request, question.blocks, view),
            lambda error: self._on_failure(interaction_id, request, question.blocks, error),
        )

    def _asked(self, interaction_id: str, request: int) -> ContactState | None:
        """The contact of a question, unless it is gone or has asked a newer one."""
        contact = self.state.contact_of(interaction_id)
        return contact if contact and contact.request == request else None

    def _on_view(self, interaction_id: str, request: int, blocks: tuple[Block, ...], view: ContactView) -> None:
        self._set_backend_link("up")
        contact = self._asked(interaction_id, request)
        if contact is None:
            return
        contact = _with_blocks(contact, blocks, BlockState(BlockStatus.READY))
        self._put(_with_view(contact, view))
        self._show(self.state)

    def _on_failure(self, interaction_id: str, request: int, blocks: tuple[Block, ...], error: PanelError) -> None:
        self._on_backend_failure(error)
        contact = self._asked(interaction_id, request)
        if contact:
            self._fail_blocks(contact, blocks, error.code)

    def _on_slow(self, interaction_id: str, request: int, blocks: tuple[Block, ...]) -> None:
        contact = self._asked(interaction_id, request)
        if contact:
            waiting = tuple(b for b in blocks if contact.block(b).status is BlockStatus.LOADING)
            if waiting:
                self._put(_with_blocks(contact, waiting, BlockState(BlockStatus.SLOW)))
                self._show(self.state)

    def _on_too_late(self, interaction_id: str, request: int, blocks: tuple[Block, ...]) -> None:
        contact = self._asked(interaction_id, request)
        if contact:
            late = (BlockStatus.LOADING, BlockStatus.SLOW)
            self._fail_blocks(
                contact, tuple(b for b in blocks if contact.block(b).status in late), FailureCode.TOO_LATE
            )

    def _fail_blocks(self, contact: ContactState, blocks: tuple[Block, ...], code: FailureCode) -> None:
        if blocks:
            self._put(_with_blocks(contact, blocks, BlockState(BlockStatus.FAILED, code)))
            self._show(self.state)

    def _on_backend_failure(self, error: PanelError) -> None:
        # A refusal of one request says nothing against the link.
        if error.code is not FailureCode.REFUSED:
            self._on_link_failure(error.code)

    def _on_link_failure(self, code: FailureCode | None) -> None:
        refused = code is FailureCode.UNAUTHORISED
        self._set_backend_link("refused" if refused else "down", code)
        if refused:
            self.on_notice(Notice(FailureCode.UNAUTHORISED))

    def _set_backend_link(self, status: LinkStatus, failure: FailureCode | None = None) -> None:
        link = self.state.backend
        if (link.status, link.failure) != (status, failure):
            self._set(replace(self.state, backend=LinkState(status, self._clock.now(), failure)))

    # ---- keeping the state

    def _do(self, command: Callable[[ContactState, datetime], Step]) -> None:
        contact = self.state.contact
        if contact:
            self._record(contact, command(contact, self._clock.now()))

    def _record(self, contact: ContactState, step: Step) -> ContactState | None:
        """Put the step's events on the disk, then show its contact; None (and the reason shown) when that failed."""
        interaction_id = contact.interaction.interaction_id
        unsaved = self._unsaved.get(interaction_id)
        try:
            if step.events:
                self._outbox.put(*((unsaved,) if unsaved else ()), *step.events)
                self._unsaved.pop(interaction_id, None)
        except OutboxError as error:
            self._put(replace(contact, failure=error.code))
            self._show(self.state)
            return None
        self._put(step.contact)
        self._show(self.state)
        return step.contact

    def _kept(self, contact: ContactState) -> ContactState:
        return self.state.contact_of(contact.interaction.interaction_id) or contact

    def _change(self, change: Callable[[ContactState], ContactState]) -> None:
        contact = self.state.contact
        if contact:
            self._put(change(contact))
            self._show(self.state)

    def _put(self, contact: ContactState) -> None:
        interaction_id = contact.interaction.interaction_id
        contacts = tuple(
            contact if kept.interaction.interaction_id == interaction_id else kept for kept in self.state.contacts
        )
        self.state = replace(self.state, contacts=contacts)

    def _drop(self, interaction_id: str) -> None:
        contacts = tuple(c for c in self.state.contacts if c.interaction.interaction_id != interaction_id)
        current = self.state.current
        if current == interaction_id:
            current = contacts[-1].interaction.interaction_id if contacts else None
        self._starts.pop(interaction_id, None)
        self._unsaved.pop(interaction_id, None)
        self._questions.pop(interaction_id, None)
        self.state = replace(self.state, contacts=contacts, current=current)

    def _set(self, state: PanelState) -> None:
        self.state = state
        self._show(state)


def _is_another_person(contact: ContactState, interaction: Interaction) -> bool:
    """Whether a colleague has put a customer through, or the number came after the ringing, and nobody is known yet."""
    was, now = contact.interaction.other, interaction.other
    learnt = was == Party() and now != was
    put_through = contact.interaction.direction == "internal" and interaction.direction != "internal"
    unknown = contact.auth_level is AuthLevel.NONE and not contact.candidates
    return interaction.is_open and unknown and (learnt or put_through)


def _with_blocks(contact: ContactState, blocks: tuple[Block, ...], state: BlockState) -> ContactState:
    return replace(
        contact,
        customer_block=state if Block.CUSTOMER in blocks else contact.customer_block,
        journey_block=state if Block.JOURNEY in blocks else contact.journey_block,
        concern_block=state if Block.CONCERN in blocks else contact.concern_block,
        actions_block=state if Block.ACTIONS in blocks else contact.actions_block,
    )


def _with_view(contact: ContactState, view: ContactView) -> ContactState:
    """The contact with a new answer; an action the agent picked stays picked while it is still offered."""
    offered = tuple(r.action_id for r in view.decision.recommendations)
    keeps = contact.action_picked and contact.action_id in offered
    return replace(
        contact,
        view=view,
        action_id=contact.action_id if keeps else (offered[0] if offered else None),
        action_picked=keeps,
    )


def _with_receipt(contact: ContactState, event_id: UUID, receipt: Receipt) -> ContactState:
    responses = tuple(replace(e, receipt=receipt) if e.event_id == event_id else e for e in contact.responses)
    recorded = tuple((*r[:4], receipt) if r[3] == event_id else r for r in contact.consent.recorded)
    note = replace(contact.note, receipt=receipt) if contact.note.event_id == event_id else contact.note
    return replace(contact, responses=responses, consent=replace(contact.consent, recorded=recorded), note=note)
