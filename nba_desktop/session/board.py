"""The one panel state, and the outbox behind it: nothing that is recorded is shown before it is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nba_desktop.contract.base import Language
from nba_desktop.contract.events import AnyEvent
from nba_desktop.domain.commands import Step
from nba_desktop.domain.errors import OutboxError
from nba_desktop.domain.panel import ContactState, Notice, PanelState
from nba_desktop.domain.ports import Outbox


class Board:
    """Holds the state; `show` is told of each next one."""

    def __init__(self, outbox: Outbox, show: Callable[[PanelState], None], language: Language) -> None:
        self._outbox = outbox
        self._show = show
        self._unsaved: dict[str, AnyEvent] = {}
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
        self._unsaved.pop(interaction_id, None)
        self.state = replace(self.state, contacts=contacts, current=current)

    def record(self, contact: ContactState, step: Step) -> ContactState | None:
        """Put the step's events on the disk, then show its contact; None (and the reason shown) when that failed."""
        interaction_id = contact.interaction.interaction_id
        unsaved = self._unsaved.get(interaction_id)
        try:
            if step.events:
                self._outbox.put(*((unsaved,) if unsaved else ()), *step.events)
                self._unsaved.pop(interaction_id, None)
        except OutboxError as error:
            self.put(replace(contact, failure=error.code))
            self.show()
            return None
        self.put(step.contact)
        self.show()
        return step.contact

    def record_start(self, contact: ContactState, step: Step) -> ContactState:
        """Record the begin of a contact; where the disk refuses it, it goes before the contact's next events."""
        if self.record(contact, step) is None:
            self._unsaved[contact.interaction.interaction_id] = step.events[0]
            self.put(replace(self.kept(contact), seq=step.contact.seq))
        return self.kept(contact)
