"""The keys of the lower half of the panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nba_desktop.contract.codes import ResponseGroup
from nba_desktop.domain.contact import ContactState, Phase, Tab
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.keys import ACTIONS, DIGITS, TABS
from nba_desktop.ui.panel.lower_signals import LowerSignals
from nba_desktop.ui.panel.response_sheets import ResponseSheets
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.shortcuts import add_shortcut


class LowerKeys:
    """What each key does, which is what the part that shows it does.

    `fill` has the parts show the contact on the screen, `reveal` has the tabs in sight, `finish` does what the button
    of the wrap-up does. `uncover` has in sight what the digits belong to, and says whether it was not.
    """

    def __init__(
        self,
        keys: KeyMap,
        out: LowerSignals,
        tabs: ActionTabs,
        responses: ResponseRow,
        sheets: ResponseSheets,
        fill: Callable[[], None],
        reveal: Callable[[], None],
        finish: Callable[[], None],
    ) -> None:
        self._out, self._tabs, self._responses, self._sheets = out, tabs, responses, sheets
        self._fill, self._reveal, self._finish = fill, reveal, finish
        self.uncover: Callable[[], bool] = lambda: False
        self._contact: ContactState | None = None
        self._opens_drawer = False
        for place, command in enumerate(DIGITS):
            self._add(keys[command], partial(self._on_digit, place))
        for place, command in enumerate(ACTIONS):
            self._add(keys[command], partial(self._on_action, place))
        for tab, command in TABS.items():
            self._add(keys[command], partial(self._on_tab, tab))
        for command, pressed in (
            (Command.GUIDE_BACK, self._on_guide_back),
            (Command.WHY, self._on_why),
            (Command.QUESTION, self._on_question),
            (Command.CONSENT, self._on_consent),
            (Command.DATA_WISH, self._on_wish),
            (Command.NOTE, responses.open_note),
            (Command.FINISH, self._on_finish),
            (Command.UNDO, responses.undo),
        ):
            self._add(keys[command], pressed)

    def _add(self, key: str, pressed: Callable[[], None]) -> None:
        def on_key() -> None:
            self._fill()
            pressed()
            self._out.keyed.emit()

        add_shortcut(self._out, key, on_key)

    def show_state(self, contact: ContactState | None) -> None:
        """Act on the contact on the screen from now on."""
        self._contact = contact

    def take_drawer_opened(self) -> bool:
        """Whether the consent drawer opens by its key, asked once for each time."""
        opens, self._opens_drawer = self._opens_drawer, False
        return opens

    def _on_digit(self, index: int) -> None:
        # What opens over it leaves the note, which keeps what was typed, as a click does.
        self._responses.leave_note()
        contact = self._contact
        groups = tuple(ResponseGroup)
        if self.uncover():
            # Nobody chooses from what he does not see: the next press does.
            return
        if self.asks_concern_day:
            self._out.concern_day_chosen.emit(index)
        elif contact is not None and not self._sheets.digit(index) and index < len(groups):
            self._responses.choose(groups[index])

    @property
    def asks_concern_day(self) -> bool:
        """Whether the keys of digits belong to the days offered for the concern, which the consent drawer covers."""
        contact = self._contact
        if contact is None or contact.open_group is not None or contact.consent.open:
            return False
        return contact.follow_up_draft is not None and contact.follow_up_draft.code is None

    def _on_action(self, index: int) -> None:
        actions = self._contact.recommendations if self._contact else ()
        if index < len(actions):
            self._out.action_selected.emit(actions[index].action_id)
            self._reveal()

    def _on_tab(self, tab: Tab) -> None:
        contact = self._contact
        if contact is None or (contact.action is None and tab is not Tab.KNOWLEDGE):
            return
        if contact.consent.open and contact.phase is not Phase.WRAP_UP:
            # It lies over the tabs, and keeps what was ticked in it.
            self._out.consent_toggled.emit(False)
        self._out.tab_selected.emit(tab)
        self._reveal()
        if contact.open_group is not None:
            # The reasons lie over the tabs too.
            self._out.group_opened.emit(None)
        self._tabs.take_keyboard(tab)

    def _on_guide_back(self) -> None:
        self._reveal()
        self._tabs.guide_back()

    def _on_why(self) -> None:
        if self._contact is not None and self._contact.view is not None:
            opens = not self._contact.why_open
            self._out.why_toggled.emit(opens)
            if opens:
                self._reveal()

    def _on_question(self) -> None:
        self._responses.leave_note()
        contact = self._contact
        if contact is not None and contact.action is not None and contact.phase is not Phase.WRAP_UP:
            self._out.question_toggled.emit()

    def _on_consent(self) -> None:
        if self._contact is not None and self._contact.authenticated:
            self._opens_drawer = not self._contact.consent.open
            self._out.consent_toggled.emit(not self._contact.consent.open)

    def _on_wish(self) -> None:
        self._responses.leave_note()
        if self._contact is not None and self._contact.authenticated:
            self._out.wish_toggled.emit()

    def _on_finish(self) -> None:
        # Leaving the note keeps it, as a click on the button does.
        self._responses.leave_note()
        self._out.revealed.emit()
        self._finish()

    def close_topmost(self) -> None:
        """Close what is open in front; where nothing is, leave the panel."""
        contact, out = self._contact, self._out
        if contact is None:
            out.left.emit()
        elif self._sheets.close():
            return
        elif self.asks_concern_day:
            # Leaving its fields keeps what was typed.
            out.window().setFocus()
            out.follow_up_begun.emit(None)
        elif contact.consent.open and contact.proof.open:
            out.proof_toggled.emit(False)
        elif contact.consent.open:
            out.consent_toggled.emit(False)
        elif contact.why_open:
            out.why_toggled.emit(False)
        else:
            out.left.emit()
