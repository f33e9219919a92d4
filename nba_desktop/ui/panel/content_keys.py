"""The keys of a call in the panel, but for those of its lower half."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.shortcuts import add_shortcut


class CallKeys:
    """What each key of `view` does, which is what the part that shows it does; commands go `out`.

    `fill` has the parts show the call on the screen; `after` has in sight where a key has led the keyboard, and
    `reveal` the concern.
    """

    def __init__(
        self,
        keys: KeyMap,
        view: QWidget,
        customer: CustomerView,
        concern: ConcernView,
        out: PanelSignals,
        fill: Callable[[], None],
        after: Callable[[], None],
        reveal: Callable[[], object],
    ) -> None:
        self._out, self._fill, self._after, self._reveal = out, fill, after, reveal
        self._state = PanelState()
        for command, pressed in (
            (Command.NEXT_CALL, lambda: self._on_call(1)),
            (Command.PREVIOUS_CALL, lambda: self._on_call(-1)),
            (Command.CONFIRM_CALLER, customer.confirm),
            (Command.CONCERN, lambda: self._in_call(concern.open_search)),
            (Command.SOLVED, lambda: self._on_solved(True)),
            (Command.NOT_SOLVED, lambda: self._on_solved(False)),
            (Command.FOLLOW_UP, lambda: self._in_call(concern.ask_follow_up)),
            (Command.FLAGS, lambda: self._in_call(concern.toggle_flags)),
            (Command.SPEAKER, lambda: self._in_call(customer.ask_speaker)),
        ):
            add_shortcut(view, keys[command], pressed)

    def show_state(self, state: PanelState) -> None:
        """Act on the calls that there are from now on."""
        self._state = state

    def _in_call(self, pressed: Callable[[], object]) -> None:
        if self._state.contact is not None:
            self._fill()
            pressed()
            self._after()

    def _on_call(self, step: int) -> None:
        calls = [contact.interaction.interaction_id for contact in self._state.contacts]
        current = self._state.current
        if len(calls) > 1 and current in calls:
            self._out.call_selected.emit(calls[(calls.index(current) + step) % len(calls)])
        elif calls and current not in calls:
            self._out.call_selected.emit(calls[0])

    def _on_solved(self, solved: bool) -> None:
        contact = self._state.contact
        if contact is not None and contact.interaction.answered_at is not None:
            self._reveal()
            self._out.solved_marked.emit(solved)
