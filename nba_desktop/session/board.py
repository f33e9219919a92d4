"""The one panel state, and the outbox behind it: nothing that is recorded is shown before it is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.events import AnyEvent, FollowUpCancelled, ResponseRetracted
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode, OutboxError
from nba_desktop.domain.panel import Notice, PanelState
from nba_desktop.domain.pen import Step
from nba_desktop.domain.ports import Outbox


class Board:
    """Holds the state; `show` is told of each next one."""

    def __init__(self, outbox: Outbox, show: Callable[[PanelState], None], language: Language) -> None:
        self._outbox = outbox
        self._show = show
        self._unsaved: tuple[AnyEvent, ...] = ()
        self._last_seqs: dict[UUID, int] = {}
        self._retracted: set[UUID] = set()
        self.state = PanelState(language=language)

    def show(self) -> None:
        """Show the state as it is now."""
        self._show(self.state)

    def set(self, state: PanelState) -> None:
        """Take the next state and show it."""
        self.state = state
        self._show(state)

    def put(self, contact: ContactState) -> None:
        """Replace a contact, without showing it yet."""
        interaction_id = contact.interaction.interaction_id
        contacts = tuple(
            contact if kept.interaction.interaction_id == interaction_id else kept for kept in self.state.contacts
        )
        self.state = replace(self.state, contacts=contacts)

    def change(self, change: Callable[[ContactState], ContactState]) -> None:
        """Change the contact on the screen, if there is one."""
        contact = self.state.contact
        if contact:
            self.put(change(contact))
            self.show()

    def kept(self, contact: ContactState) -> ContactState:
        """Return a contact as it is now."""
        return self.state.contact_of(contact.interaction.interaction_id) or contact

    def notice(self, notice: Notice) -> None:
        """Show something that belongs to no call, once."""
        if notice not in self.state.notices:
            self.set(replace(self.state, notices=(*self.state.notices, notice)))

    def drop(self, interaction_id: str) -> None:
        """Take a contact off the screen, without showing that yet."""
        contacts = tuple(c for c in self.state.contacts if c.interaction.interaction_id != interaction_id)
        current = self.state.current
        if current == interaction_id:
            current = contacts[-1].interaction.interaction_id if contacts else None
        self.state = replace(self.state, contacts=contacts, current=current)

    def record(self, contact: ContactState, step: Step) -> ContactState | None:
        """Put the step's events on the disk, then show its contact; None (and the reason shown) when that failed."""
        try:
            if step.events:
                self._put_on_disk(*step.events)
        except OutboxError as error:
            self.put(replace(contact, failure=error.code))
            self.show()
            return None
        self.put(step.contact)
        self.show()
        return step.contact

    def keep(self, contact: ContactState, step: Step) -> ContactState:
        """Record what happened without a click, which nobody can repeat: what the disk refuses goes before the next."""
        recorded = self.record(contact, step)
        if recorded is not None:
            return recorded
        self._unsaved = (*self._unsaved, *step.events)
        moved = replace(step.contact, failure=self.kept(contact).failure)
        self.put(moved)
        return moved

    def append(self, *events: AnyEvent) -> FailureCode | None:
        """Put on the disk what belongs to no contact on the screen; say why that failed."""
        try:
            self._put_on_disk(*events)
        except OutboxError as error:
            return error.code
        return None

    def save_rest(self) -> FailureCode | None:
        """Try to put on the disk what it refused; say why something is left."""
        return self.append()

    def last_seq(self, contact_id: UUID) -> int:
        """Return the highest number of an event that was put on the disk for a contact here, or 0."""
        return self._last_seqs.get(contact_id, 0)

    def is_retracted(self, event_id: UUID) -> bool:
        """Whether a response or a promise was taken back here, also in a contact that has left the screen."""
        return event_id in self._retracted

    def _put_on_disk(self, *events: AnyEvent) -> None:
        if not self._unsaved and not events:
            return
        self._outbox.put(*self._unsaved, *events)
        for event in (*self._unsaved, *events):
            self._last_seqs[event.contact_id] = max(event.seq, self.last_seq(event.contact_id))
            if isinstance(event, ResponseRetracted):
                self._retracted.add(event.retracts)
            elif isinstance(event, FollowUpCancelled):
                self._retracted.add(event.cancels)
        self._unsaved = ()
