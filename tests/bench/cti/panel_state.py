"""What one agent's panel makes of its calls, and when."""

from __future__ import annotations

import time

from nba_desktop.domain.call import Calls, InteractionState, close, on_event
from nba_desktop.domain.call_event import CallEvent

Change = tuple[str, str, str, int]
"""An agent, one of his conversations, the state it entered, and when (nanoseconds of the machine's monotonic clock)."""


class PanelState:
    """One agent's calls, kept by the panel's own state machine; every state that is entered goes into `changes`.

    A wrap-up is closed at once, as an agent without anything to write would do.
    """

    def __init__(self, agent: str, changes: list[Change]) -> None:
        self._agent = agent
        self._changes = changes
        self._calls = Calls()
        self._states: dict[str, InteractionState] = {}

    def take(self, event: CallEvent) -> None:
        """Let an event happen."""
        before, self._calls = self._calls, on_event(self._calls, event)
        if before is self._calls:
            return
        at = time.monotonic_ns()
        same = {id(one) for one in before.interactions}
        kept = {one.interaction_id for one in self._calls.interactions}
        for one in before.interactions:
            if one.is_open and one.interaction_id not in kept:
                # Forgotten in the moment it was withdrawn, because so many newer ones had ended while it rang.
                self._changes.append((self._agent, one.conversation_id, InteractionState.WITHDRAWN.value, at))
                del self._states[one.interaction_id]
        for one in self._calls.interactions:
            if id(one) in same or self._states.get(one.interaction_id) is one.state:
                continue
            self._changes.append((self._agent, one.conversation_id, one.state.value, at))
            if one.is_open:
                self._states[one.interaction_id] = one.state
            else:
                self._states.pop(one.interaction_id, None)
                self._calls = close(self._calls, one.interaction_id)
