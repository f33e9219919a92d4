"""Everything about one call on the screen: one frozen value, replaced as a whole whenever something happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from nba_desktop.contract.codes import (
    NOT_ADDRESSED_CODES,
    AuthLevel,
    CallFlag,
    FollowUpKind,
    ResponseGroup,
    Speaker,
)
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Candidate
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.blocks import Block, BlockState, SearchState
from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.consent_draft import ConsentDraft, ProofState
from nba_desktop.domain.entries import (
    ConcernEntry,
    ConcernOutcome,
    ConfirmationEntry,
    DroppedAction,
    FollowUpDraft,
    FollowUpEntry,
    NoteState,
    QuestionDraft,
    QuestionEntry,
    ResponseEntry,
    WishDraft,
    WishEntry,
)
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.history import HistoryState


class Phase(StrEnum):
    """Where the conversation is; the panel follows, it never forces an order."""

    RINGING = "ringing"
    GREETING = "greeting"
    IDENTIFICATION = "identification"
    CONCERN = "concern"
    SOLUTION = "solution"
    BRIDGE = "bridge"
    NEEDS = "needs"
    OFFER = "offer"
    BENEFIT = "benefit"
    OBJECTION = "objection"
    CLOSE = "close"
    CONSENT = "consent"
    FAREWELL = "farewell"
    WRAP_UP = "wrap_up"


class Tab(StrEnum):
    """The tabs of the chosen action."""

    GUIDE = "guide"
    BENEFITS = "benefits"
    OBJECTIONS = "objections"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class ContactState:
    """Everything about one call on the screen; bound to its interaction for good.

    `consult` is the call by which the agent asks a colleague about this one. `closes_at` is when the wrap-up closes by
    itself; None while it does not. `flags` are the agent's own, beside those of the view; of `flags_said` he said
    something, and with `speaker_said` who speaks: before that a colleague's word holds. `concern`, `solved` are the
    concern being talked about; `concerns_before` those before it, oldest first. `failures` are the security items that
    were answered wrongly in this contact, each with the customer they were asked of. `settled_customer` is whom the
    agent recorded last as the one he is dealing with. `asked_at` is when the backend was last asked, `answered_at` when
    it answered that. `only_answered` are the actions that nothing but a response said to be raised; while it stands
    they are `addressed`. `dropped` are the actions that were raised or answered and that a later ranking left out;
    `kept_cards` the actions as they stand where one of those keeps its place. `owed_left` are the actions of which
    something was still owed when he last asked to finish. `questions` is what he said against actions, for their
    owners. `news` are the actions that something has raised while the call goes on. `wishes` are what the customer
    asked for his own data, `wish` what is being written down of that. `named` is the number of a customer whom the CRM
    has named during the call and who was not looked up since.
    """

    interaction: Interaction
    contact_id: UUID
    consult: Interaction | None = None
    closes_at: datetime | None = None
    seq: int = 0
    request: int = 0
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    customer_block: BlockState = BlockState()
    journey_block: BlockState = BlockState()
    concern_block: BlockState = BlockState()
    actions_block: BlockState = BlockState()
    view: ContactView | None = None
    chosen_customer: str | None = None
    settled_customer: str | None = None
    items_passed: frozenset[str] = frozenset()
    failures: frozenset[tuple[str, str]] = frozenset()
    speaker: Speaker = Speaker.CUSTOMER
    speaker_said: bool = False
    flags: frozenset[CallFlag] = frozenset()
    flags_said: frozenset[CallFlag] = frozenset()
    search: SearchState = SearchState()
    named: str | None = None
    concern: str | None = None
    solved: bool | None = None
    solved_at: datetime | None = None
    concerns_before: tuple[ConcernEntry, ...] = ()
    follow_up_draft: FollowUpDraft | None = None
    follow_ups_typed: tuple[tuple[str | None, FollowUpDraft], ...] = ()
    follow_ups: tuple[FollowUpEntry, ...] = ()
    confirmations: tuple[ConfirmationEntry, ...] = ()
    owed_left: frozenset[str] = frozenset()
    proof: ProofState = ProofState()
    action_id: str | None = None
    action_picked: bool = False
    tab: Tab = Tab.GUIDE
    why_open: bool = False
    guides: tuple[tuple[str, GuideRun], ...] = ()
    addressed: frozenset[str] = frozenset()
    only_answered: frozenset[str] = frozenset()
    dropped: tuple[DroppedAction, ...] = ()
    kept_cards: tuple[Recommendation, ...] = ()
    news: frozenset[str] = frozenset()
    raised: frozenset[tuple[str, str]] = frozenset()
    question: QuestionDraft | None = None
    questions: tuple[QuestionEntry, ...] = ()
    wish: WishDraft | None = None
    wishes: tuple[WishEntry, ...] = ()
    shown: frozenset[UUID] = frozenset()
    open_group: ResponseGroup | None = None
    responses: tuple[ResponseEntry, ...] = ()
    consent: ConsentDraft = ConsentDraft()
    note: NoteState = NoteState()
    history: HistoryState = field(default_factory=HistoryState)
    failure: FailureCode | None = None

    @property
    def auth_level(self) -> AuthLevel:
        """How sure the backend is of the caller."""
        return self.view.auth_level if self.view else AuthLevel.NONE

    @property
    def authenticated(self) -> bool:
        """Whether journey, value and contract data may be seen."""
        return self.auth_level is AuthLevel.AUTHENTICATED

    @property
    def offered(self) -> str | None:
        """The number of the customer whom the CRM has named, unless it is the one on the screen."""
        customer = self.view.customer if self.view else None
        return None if customer is not None and customer.customer_no == self.named else self.named

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Who may be calling."""
        return self.view.identification.candidates if self.view else ()

    @property
    def candidate(self) -> Candidate | None:
        """The candidate being authenticated: the chosen one, the one who was before in this call, or the only one."""
        candidates = self.candidates
        for candidate in candidates:
            if candidate.customer_id == self.chosen_customer:
                return candidate
        vouched = self.view is not None and self.view.identification.vouched_by is not None
        return candidates[0] if len(candidates) == 1 or (vouched and candidates) else None

    @property
    def vouched_for(self) -> bool:
        """Whether the candidate being authenticated was authenticated in this very call already."""
        found = self.view.identification if self.view else None
        return bool(found and found.vouched_by and found.candidates and self.candidate is found.candidates[0])

    @property
    def items_failed(self) -> frozenset[str]:
        """The security items that the candidate being authenticated got wrong."""
        candidate = self.candidate
        if candidate is None or self.view is None:
            return frozenset()
        own = {code for customer_id, code in self.failures if customer_id == candidate.customer_id}
        told = self.view.identification.failed_items if candidate is self.candidates[0] else ()
        return frozenset((*own, *told))

    @property
    def items_correctable(self) -> frozenset[str]:
        """Those of them that were noted in this very contact, and may have been so by mistake."""
        candidate = self.candidate
        return frozenset(code for of, code in self.failures if candidate is not None and of == candidate.customer_id)

    @property
    def locked(self) -> bool:
        """Whether so much was answered wrongly that nobody can be authenticated in this call any more."""
        found = self.view.identification if self.view else None
        if found is None:
            return False
        first = self.candidates[0].customer_id if self.candidates else ""
        failures = self.failures.union((first, code) for code in found.failed_items)
        return found.locked or len(failures) > found.security_items_failed_most

    @property
    def items_missing(self) -> int:
        """How many more security items the candidate being authenticated must get right."""
        found, candidate = self.view.identification if self.view else None, self.candidate
        if found is None or candidate is None or self.vouched_for:
            return 0
        right = self.items_passed - self.items_failed
        passed = sum(item.code in right for item in candidate.security_items)
        required = found.security_items_required_of_others if found.vouched_by else found.security_items_required
        return max(0, required - passed)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The three actions, in rank order; empty when there are none."""
        return self.kept_cards or self.view.decision.recommendations if self.view else ()

    @property
    def new_actions(self) -> tuple[Recommendation, ...]:
        """The actions that are offered because something has just happened, until the customer hears of them."""
        answered = {entry.action_id for entry in self.live_responses}
        new = self.news - self.addressed - answered
        return tuple(one for one in self.recommendations if one.action_id in new)

    @property
    def known_actions(self) -> tuple[Recommendation, ...]:
        """The actions that can have a response: those in rank order, then those that were raised before."""
        cards = self.recommendations
        shown = {one.action_id for one in cards}
        return (*cards, *(one.action for one in self.dropped if one.action.action_id not in shown))

    @property
    def action(self) -> Recommendation | None:
        """The chosen action."""
        return next((one for one in self.known_actions if one.action_id == self.action_id), None)

    @property
    def guide(self) -> GuideRun:
        """How far the chosen action's guide is."""
        return next((run for action_id, run in self.guides if action_id == self.action_id), GuideRun())

    @property
    def live_responses(self) -> tuple[ResponseEntry, ...]:
        """The responses that were not taken back, oldest first."""
        return tuple(entry for entry in self.responses if not entry.retracted)

    @property
    def last_response(self) -> ResponseEntry | None:
        """The newest response that was not taken back."""
        live = self.live_responses
        return live[-1] if live else None

    @property
    def live_follow_ups(self) -> tuple[FollowUpEntry, ...]:
        """The promises that were not taken back, oldest first."""
        return tuple(entry for entry in self.follow_ups if not entry.cancelled)

    @property
    def concern_outcome(self) -> ConcernOutcome | None:
        """What became of the concern being talked about, so far."""
        if self.solved is None:
            return None
        if self.solved:
            return ConcernOutcome.SOLVED
        promised = any(e.kind is FollowUpKind.CONCERN and e.concern == self.concern for e in self.live_follow_ups)
        return ConcernOutcome.FOLLOW_UP if promised else ConcernOutcome.NOT_SOLVED

    @property
    def handed_flags(self) -> frozenset[CallFlag]:
        """What a colleague noticed in this call, as long as the agent says nothing of it himself."""
        handover = self.view.handover if self.view else None
        return frozenset(handover.flags if handover else ()) - self.flags_said

    @property
    def noticed(self) -> frozenset[CallFlag]:
        """What holds sales back as it was noticed in the call, and can be taken back."""
        return self.flags | self.handed_flags

    @property
    def all_flags(self) -> frozenset[CallFlag]:
        """What holds sales back, by the data or as the agent noticed it."""
        return self.flags | frozenset(self.view.flags if self.view else ())

    @property
    def questioned(self) -> QuestionEntry | None:
        """What the agent said against the chosen action."""
        return next((one for one in self.questions if one.action_id == self.action_id), None)

    def block(self, block: Block) -> BlockState:
        """The state of one block."""
        return {
            Block.CUSTOMER: self.customer_block,
            Block.JOURNEY: self.journey_block,
            Block.CONCERN: self.concern_block,
            Block.ACTIONS: self.actions_block,
        }[block]

    @property
    def phase(self) -> Phase:
        """Where the conversation is, read off what is known and what the agent looks at."""
        if self.interaction.state is InteractionState.OFFERED:
            return Phase.RINGING
        if self.interaction.state in (InteractionState.WRAP_UP, InteractionState.CLOSED):
            return Phase.WRAP_UP
        if not self.authenticated:
            begun = self.items_passed or self.items_failed or self.chosen_customer or self.concern
            return Phase.IDENTIFICATION if begun else Phase.GREETING
        if self.consent.open:
            return Phase.CONSENT
        if self.concern is None and self.solved is None:
            return Phase.CONCERN
        return self._phase_of_action() if self.solved else Phase.SOLUTION

    def _phase_of_action(self) -> Phase:
        action, run = self.action, self.guide
        if self.open_group is not None or self.follow_up_draft is not None:
            return Phase.CLOSE
        if any(entry.action_id == self.action_id for entry in self.live_responses):
            return Phase.FAREWELL
        if action is None or action.action_id not in self.addressed:
            return Phase.BRIDGE
        if self.tab is Tab.BENEFITS:
            return Phase.BENEFIT
        if self.tab is Tab.OBJECTIONS:
            return Phase.OBJECTION
        if not run.done:
            return Phase.NEEDS
        return Phase.CLOSE if run.open_step(action.steps) is None else Phase.OFFER

    @property
    def without_code(self) -> tuple[str, ...]:
        """The addressed actions that have no response yet, those that are not offered any more too."""
        answered = {entry.action_id for entry in self.live_responses}
        return tuple(r.action_id for r in self.known_actions if r.action_id in self.addressed - answered)

    @property
    def needs_one_reason(self) -> bool:
        """Actions were shown, none was addressed, and no reason for that was given."""
        said_why = any(entry.code in NOT_ADDRESSED_CODES for entry in self.live_responses)
        return bool(self.shown) and not self.addressed and not said_why
