"""Several calls at once: a tab for each, above the call bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.call_tab import LEAST, CallTab
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.texts.call_words import (
    call_state,
    caller_icon,
    caller_kind,
    contact_icon,
    contact_state,
    tab_name,
)

_MARGIN = 6
_READY = 6


class CallTabs(QWidget):
    """Hidden for a single call. Where room is short, the calls that ring get theirs before the others."""

    call_selected = Signal(str)

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._formats = formats
        self._keys = keys
        self._shown: list[CallTab] = []
        self._first: list[bool] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(0)
        tabs = QHBoxLayout()
        tabs.setSpacing(0)
        row.addLayout(tabs)
        row.addStretch(1)
        self._tabs = Pool(tabs, self._new_tab, ready=_READY)
        self._tight = False
        self.hide()

    def set_tight(self, tight: bool) -> None:
        """Take a little less height on a small screen."""
        self._tight = tight
        if self._shown:
            self.setFixedHeight(self._shown[0].line_heights() + (5 if tight else 10))

    def _new_tab(self) -> CallTab:
        tab = CallTab()
        tab.clicked.connect(lambda: self.call_selected.emit(tab.interaction_id))
        return tab

    def show_state(self, state: PanelState) -> None:
        """Show a tab per call when there are several."""
        several = state.contacts if len(state.contacts) > 1 else ()
        self._shown = self._tabs.shown(len(several))
        self._first = []
        for tab, contact in zip(self._shown, several, strict=True):
            self._show_tab(tab, contact, on=contact.interaction.interaction_id == state.current)
        self.set_tight(self._tight)
        self._share()
        set_shown(self, bool(several))

    def _show_tab(self, tab: CallTab, contact: ContactState, on: bool) -> None:
        call = contact.interaction
        ringing = call.state is InteractionState.OFFERED
        who, words = tab_name(contact, self._formats), contact_state(contact)
        tab.interaction_id = call.interaction_id
        tab.show_call((who, caller_icon(caller_kind(contact))), (words, contact_icon(contact)), ringing)
        tab.set_on(on)
        whole = words if words == call_state(call) else f"{words} ({call_state(call)})"
        name = f"{who} · {whole}"
        key = self.tr("{key}: next call, {back}: previous call").format(
            key=shown(self._keys[Command.NEXT_CALL]), back=shown(self._keys[Command.PREVIOUS_CALL])
        )
        set_named(tab, name, f"{name}\n{key}")
        # The call on the screen is said in the bar below, too.
        self._first.append(ringing)

    def _share(self) -> None:
        """Give every tab the width it wants; where that is too much, the others share what is left."""
        room = self.width() - 2 * _MARGIN
        wanted = [tab.wanted_width() for tab in self._shown]
        if sum(wanted) > room:
            count = len(wanted)
            # Nobody's wish may leave another without his icon.
            most = max(room // count, min(room // 3, room - LEAST * (count - 1)))
            taken = sum(min(width, most) for width, first in zip(wanted, self._first, strict=True) if first)
            others = self._first.count(False)
            each = max(LEAST, (room - taken) // others) if others else 0
            wanted = [min(width, most if first else each) for width, first in zip(wanted, self._first, strict=True)]
            if sum(wanted) > room:
                wanted = [min(width, room // count) for width in wanted]
        for tab, width in zip(self._shown, wanted, strict=True):
            if tab.minimumWidth() != width or tab.maximumWidth() != width:
                tab.setFixedWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()
