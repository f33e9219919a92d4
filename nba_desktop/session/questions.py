"""What the panel asks the backend for each call: one newest question, its time limits, its retry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from nba_desktop.contract.contact import ContactView
from nba_desktop.domain.actions import offered_by
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.blocks import Block, BlockState, BlockStatus
from nba_desktop.domain.caller import heard_by
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import MISMATCHES, UNREACHED, BackendMismatch, FailureCode, PanelError
from nba_desktop.domain.panel import LinkState, LinkStatus, Notice
from nba_desktop.domain.ports import Backend, Clock, Tasks
from nba_desktop.session.board import Board

SLOW_AFTER_MS: Final = 2_000
TOO_LATE_AFTER_MS: Final = 4_000
ALL_BLOCKS: Final = (Block.CUSTOMER, Block.JOURNEY, Block.CONCERN, Block.ACTIONS)
_WAITING: Final = (BlockStatus.LOADING, BlockStatus.SLOW)
LINK_FAILURES: Final = frozenset(
    {
        FailureCode.OFFLINE,
        FailureCode.TIMEOUT,
        FailureCode.SERVER_FAULT,
        FailureCode.UNAUTHORISED,
        FailureCode.SIGN_IN_ENDED,
        FailureCode.NOT_OUR_BACKEND,
        *UNREACHED,
        *MISMATCHES,
    }
)
_OF_THE_LINK: Final = LINK_FAILURES | {FailureCode.TOO_LATE}
"""Why a block failed that another try may fill once the backend is reached again."""
_TO_MEND: Final = UNREACHED - {FailureCode.PROXY_AWAY}
"""What of the way to the backend does not pass by itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was last asked for a contact, kept for a retry; `blocks` are filled by its answer.

    `told` is the event that is told with it, which the outbox sends too. What is asked `quietly` was not the agent's
    doing, or is asked long after: he stays at the action he looks at.
    """

    work: Callable[[Backend], ContactView]
    blocks: tuple[Block, ...] = ALL_BLOCKS
    told: UUID | None = None
    quietly: bool = False


class Questions:
    """Asks, and puts each answer to the call that asked, unless that has asked something newer.

    `on_answer` is told of each answer that was put to its call, `on_link_up` when the backend is reached (again).
    """

    def __init__(
        self,
        board: Board,
        tasks: Tasks,
        clock: Clock,
        on_answer: Callable[[ContactView], None] = lambda _: None,
        on_link_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._board = board
        self._tasks = tasks
        self._clock = clock
        self._on_answer = on_answer
        self._on_link_up = on_link_up
        self._newest: dict[str, Question] = {}
        self._unanswered: dict[UUID, tuple[UUID, tuple[Block, ...]]] = {}
        self.backend: Backend | None = None

    def use(self, backend: Backend) -> None:
        """Take the backend into use: questions that waited for it are asked now."""
        self.backend = backend
        for interaction_id, question in tuple(self._newest.items()):
            contact = self._board.state.contact_of(interaction_id)
            if contact and any(contact.block(block).status is not BlockStatus.READY for block in question.blocks):
                # What failed is asked late: the agent has gone on since.
                self.ask(contact, replace(question, quietly=True))

    def ask(self, contact: ContactState, question: Question) -> None:
        """Ask for a contact; its answer replaces whatever was asked before, and fills what waits for that."""
        contact_id = contact.contact_id
        request = contact.request + 1
        waiting = tuple(block for block in ALL_BLOCKS if contact.block(block).status in _WAITING)
        before = self._newest.get(contact.interaction.interaction_id)
        # What the agent has just asked and is being waited for may choose another action for him.
        quietly = question.quietly and (not waiting or (before is not None and before.quietly))
        question = replace(question, blocks=tuple(dict.fromkeys((*question.blocks, *waiting))), quietly=quietly)
        if question.told is not None:
            self._unanswered[question.told] = (contact_id, question.blocks)
        contact = _with_blocks(contact, question.blocks, BlockState(BlockStatus.LOADING))
        self._newest[contact.interaction.interaction_id] = question
        self._board.put(replace(contact, request=request, asked_at=self._clock.now(), answered_at=None))
        self._board.show()
        self._clock.call_later(SLOW_AFTER_MS, lambda: self._on_slow(contact_id, request, question.blocks))
        self._clock.call_later(TOO_LATE_AFTER_MS, lambda: self._on_too_late(contact_id, request, question.blocks))
        backend = self.backend
        if backend is None:
            return
        self._tasks.run(
            lambda: question.work(backend),
            lambda view: self._on_view(contact_id, request, question, view),
            lambda error: self._on_failure(contact_id, request, question.blocks, error),
        )

    def retry(self, block: Block) -> None:
        """Ask again for a block of the contact on the screen that failed."""
        contact = self._board.state.contact
        question = self._newest.get(contact.interaction.interaction_id) if contact else None
        if contact is None or question is None or contact.block(block).status is not BlockStatus.FAILED:
            return
        failed = tuple(b for b in ALL_BLOCKS if contact.block(b).status is BlockStatus.FAILED)
        self.ask(contact, replace(question, blocks=tuple(dict.fromkeys((*question.blocks, *failed)))))

    def _ask_again(self) -> None:
        """Ask for what only the link kept from coming: it belongs in its place without anybody's click."""
        for interaction_id, question in tuple(self._newest.items()):
            contact = self._board.state.contact_of(interaction_id)
            if contact and any(contact.block(block).failure in _OF_THE_LINK for block in question.blocks):
                self.ask(contact, replace(question, quietly=True))

    def ask_once_sent(self, contact_id: UUID, event_id: UUID) -> None:
        """Have a call asked for again once the backend has this event, which no question tells it."""
        self._unanswered[event_id] = (contact_id, ())

    def overtaken(self, event_id: UUID) -> tuple[str, tuple[Block, ...]] | None:
        """Say which call to ask for again, and for what, now that the backend has this event, or None.

        Its own question was never answered, and the answer to a newer one may be of a time before the event came.
        """
        contact_id, blocks = self._unanswered.pop(event_id, (None, ()))
        contact = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        if contact is None:
            return None
        interaction_id = contact.interaction.interaction_id
        newest = self._newest.get(interaction_id)
        return None if newest is None or newest.told == event_id else (interaction_id, blocks)

    def forget(self, interaction_id: str) -> None:
        """Drop the question of a call that is gone."""
        self._newest.pop(interaction_id, None)
        contact = self._board.state.contact_of(interaction_id)
        if contact is not None:
            kept = {told: one for told, one in self._unanswered.items() if one[0] != contact.contact_id}
            self._unanswered = kept

    def fail_all(self, code: FailureCode) -> None:
        """Say in every contact that the backend did not come up."""
        for contact in self._board.state.contacts:
            self._fail_blocks(contact, ALL_BLOCKS, code)

    # ---- the link

    def on_backend_failure(self, error: PanelError) -> None:
        """See what a failed request says about the link."""
        if isinstance(error, BackendMismatch):
            self.set_link("refused", error.code, error.blocked)
        # A refusal of one request says nothing against it.
        elif error.code is not FailureCode.REFUSED:
            self.on_link_failure(error.code)

    def on_link_failure(self, code: FailureCode) -> None:
        """Show that the link is down, or that the backend refuses this workstation."""
        if code in MISMATCHES:
            # What is known of the versions stays.
            known = self._board.state.blocked
            why = BlockedCode(code.value)
            self.set_link("refused", code, known if known and known.code is why else Blocked(why))
            return
        if code is FailureCode.UNAUTHORISED and self._board.state.sign_in.is_wanted:
            # What the agent can do about it stands on the screen already.
            code = FailureCode.SIGN_IN_ENDED
        refused = code is FailureCode.UNAUTHORISED
        self.set_link("refused" if refused or code is FailureCode.SIGN_IN_ENDED else "down", code)
        if refused:
            self._board.notice(Notice(FailureCode.UNAUTHORISED))

    def set_link(self, status: LinkStatus, failure: FailureCode | None = None, blocked: Blocked | None = None) -> None:
        """Show how the link is, and since when, and what blocks it until an update."""
        state = self._board.state
        if state.blocked is not None and state.blocked.code is BlockedCode.POLICY_BROKEN:
            # No link mends that.
            blocked = state.blocked
        was = state.backend.status
        if (was, state.backend.failure) != (status, failure):
            since = state.backend.since if state.backend.status == status else self._clock.now()
            state = replace(state, backend=LinkState(status, since, failure))
        elif blocked == state.blocked:
            return
        self._board.set(replace(state, blocked=blocked, notices=_with_update(state.notices, failure, blocked)))
        if status == "up":
            if was == "down":
                self._ask_again()
            self._on_link_up()

    # ---- answers

    def _asked(self, contact_id: UUID, request: int) -> ContactState | None:
        """The contact of a question, unless it is gone or has asked a newer one.

        By the contact, not by the interaction: another person on the same line is another contact.
        """
        contact = next((one for one in self._board.state.contacts if one.contact_id == contact_id), None)
        return contact if contact and contact.request == request else None

    def _on_view(self, contact_id: UUID, request: int, question: Question, view: ContactView) -> None:
        contact = self._asked(contact_id, request)
        if contact is None or view.contact_id != contact_id:
            self.set_link("up")
            return
        if question.told is not None:
            self._unanswered.pop(question.told, None)
        contact = _with_blocks(contact, question.blocks, BlockState(BlockStatus.READY))
        self._board.put(replace(_with_view(contact, view, question.quietly), answered_at=self._clock.now()))
        # After its place is filled: what still waits for the link is asked for again.
        self.set_link("up")
        self._board.show()
        self._on_answer(view)

    def _on_failure(self, contact_id: UUID, request: int, blocks: tuple[Block, ...], error: PanelError) -> None:
        self.on_backend_failure(error)
        contact = self._asked(contact_id, request)
        if contact:
            self._fail_blocks(contact, blocks, error.code)

    def _on_slow(self, contact_id: UUID, request: int, blocks: tuple[Block, ...]) -> None:
        contact = self._asked(contact_id, request)
        if contact:
            waiting = tuple(b for b in blocks if contact.block(b).status is BlockStatus.LOADING)
            if waiting:
                self._board.put(_with_blocks(contact, waiting, BlockState(BlockStatus.SLOW)))
                self._board.show()

    def _on_too_late(self, contact_id: UUID, request: int, blocks: tuple[Block, ...]) -> None:
        contact = self._asked(contact_id, request)
        if contact:
            late = tuple(b for b in blocks if contact.block(b).status in _WAITING)
            self._fail_blocks(contact, late, FailureCode.TOO_LATE)

    def _fail_blocks(self, contact: ContactState, blocks: tuple[Block, ...], code: FailureCode) -> None:
        if blocks:
            self._board.put(_with_blocks(contact, blocks, BlockState(BlockStatus.FAILED, code)))
            self._board.show()


def _with_update(
    notices: tuple[Notice, ...], failure: FailureCode | None, blocked: Blocked | None
) -> tuple[Notice, ...]:
    """The notices with what somebody must mend, for as long as that is so: a call has its place on the screen."""
    others = tuple(one for one in notices if one.code not in MISMATCHES and one.code not in _TO_MEND)
    if failure in _TO_MEND:
        return (*others, Notice(failure))
    if failure is None or blocked is None or failure not in MISMATCHES:
        return others
    return (*others, Notice(failure, (("needed", blocked.needed),)))


def _with_blocks(contact: ContactState, blocks: tuple[Block, ...], state: BlockState) -> ContactState:
    return replace(
        contact,
        customer_block=state if Block.CUSTOMER in blocks else contact.customer_block,
        journey_block=state if Block.JOURNEY in blocks else contact.journey_block,
        concern_block=state if Block.CONCERN in blocks else contact.concern_block,
        actions_block=state if Block.ACTIONS in blocks else contact.actions_block,
    )


def _with_view(contact: ContactState, view: ContactView, quietly: bool) -> ContactState:
    """The contact with a new answer; an action the agent picked stays picked while it is still offered.

    After a question that nobody asked for, `quietly`, so does the one he looks at, and a card that he answered keeps
    its place.

    Who speaks is the agent's word, and before he says anything his colleague's: an answer from before shows nothing
    that this one must not hear.
    """
    speaker = contact.speaker if contact.speaker_said else view.speaker
    view = heard_by(speaker, view)
    offered = tuple(r.action_id for r in view.decision.recommendations)
    same = contact.view is not None and (contact.view.customer_id, contact.speaker) == (view.customer_id, speaker)
    after = offered_by(contact, view, in_place=quietly and same)
    chosen = {one.action_id for one in after.known_actions}
    keeps = (contact.action_picked or quietly) and contact.action_id in chosen
    action_id = contact.action_id if keeps else (offered[0] if offered else None)
    picked = keeps and contact.action_picked
    if contact.view is not None and contact.view.customer_id != view.customer_id:
        # What was typed of one customer's actions is never another's.
        after = replace(after, follow_ups_typed=tuple(one for one in after.follow_ups_typed if one[0] is None))
    draft = contact.follow_up_draft
    if action_id != contact.action_id:
        # What was begun of one action says nothing of another; a promise for the concern goes on.
        draft = draft if draft is not None and draft.code is None else None
        after = replace(after, open_group=None, question=None)
    return replace(after, speaker=speaker, action_id=action_id, action_picked=picked, follow_up_draft=draft)
