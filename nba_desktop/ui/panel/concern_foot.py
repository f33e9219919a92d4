"""Below the concern: why the first one is probable, and later what else there is to say of concerns in this call."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ConcernEntry, ConcernOutcome
from nba_desktop.domain.follow_ups import for_concern
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import shown
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.concerns import concern_label, outcome_word, probable_because
from nba_desktop.ui.theme import scaled

_WORD_FROM = 400
"""The width from which the flag has a word, in pixels of the usual text size."""
_AIR = 16
_GAP = 3
"""Between a link's icon and its word."""
_ICONS = {
    ConcernOutcome.SOLVED: "check",
    ConcernOutcome.NOT_SOLVED: "cross",
    ConcernOutcome.FOLLOW_UP: "clock",
    None: "dots",
}


class _BeforeChip(Button):
    def __init__(self) -> None:
        super().__init__(role="link", variant="muted")
        self.code = ""


class ConcernFoot(QWidget):
    """One line: while the concern is open its likely reason, then the concerns before it, and the way to a further one.

    A click on a concern of before takes it up again, so that its outcome can be corrected.
    """

    concern_chosen = Signal(str)
    follow_up_clicked = Signal()
    further_clicked = Signal()
    flags_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._dense = self._is_folded = False
        self._because = Label(role="small", variant="muted", wrap=True)
        self._row = QWidget()
        self._row.setProperty("role", "plain")
        row = FlowLayout(self._row, spacing=8, line_spacing=0)
        self._before = Pool(row, self._new_chip, ready=2)
        self._follow_up = self._new_follow_up(keys[Command.FOLLOW_UP])
        # In the heading there is no room for its key.
        self.follow_up_above = self._new_follow_up("")
        set_named(self.follow_up_above, self.follow_up_above.text(), shown(keys[Command.FOLLOW_UP]))
        self.follow_up_above.hide()
        self._further = Button(self.tr("Further concern"), role="link", icon="plus")
        self._further.clicked.connect(self.further_clicked)
        self._further_key = keys[Command.CONCERN]
        row.addWidget(self._follow_up)
        row.addWidget(self._further)
        self._flags, self.flags_above, self.flags_beside = (self._new_flags(keys) for _ in range(3))
        self.flags_above.hide()
        self.flags_beside.hide()
        self._quiet = self.tr("Quiet")
        line = FlowLayout(self, line_spacing=0)
        line.add_stretched(self._because, ems=12)
        line.add_stretched(self._row, ems=12)
        line.addWidget(self._flags)

    def _new_follow_up(self, key: str) -> Button:
        follow_up = Button(self.tr("Follow-up"), role="link", icon="clock", key=key)
        follow_up.clicked.connect(self.follow_up_clicked)
        return follow_up

    def _new_flags(self, keys: KeyMap) -> Button:
        flags = Button(role="link", variant="muted", icon="flag", key=keys[Command.FLAGS])
        words = self.tr("What makes selling unsuitable in this call")
        set_named(flags, words, words)
        flags.clicked.connect(self.flags_clicked)
        return flags

    def set_dense(self, dense: bool) -> None:
        """Where the guide needs the room the flag stands in the heading, as `flags_above`; the reason is the chip's."""
        if dense != self._dense:
            self._dense = dense
            self._arrange()

    def fold(self, is_folded: bool) -> None:
        """Stand elsewhere: as `follow_up_above` in the heading and `flags_beside` in the line of the concerns."""
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            self._arrange()

    def _arrange(self) -> None:
        # Once there is a line of links the flag stands in it; the heading is fuller then.
        above = self._dense and self._row.isHidden()
        set_shown(self._because, self._row.isHidden() and not above)
        set_shown(self._flags, not above)
        set_shown(self.flags_above, above)
        for elsewhere in (self.follow_up_above, self.flags_beside):
            set_shown(elsewhere, self._is_folded)
        set_shown(self, not above and not self._is_folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_flags()

    def _name_flags(self) -> None:
        """Put a word beside the flag where there is room for it in the line."""
        wanted = self._flags.sizeHint().width() + _AIR
        if not self._flags.text():
            wanted += self._flags.fontMetrics().horizontalAdvance(self._quiet) + scaled(_GAP)
        if self._row.isVisibleTo(self):
            wanted += self._row.sizeHint().width()
        elif self._because.isVisibleTo(self):
            wanted += self._because.line_width()
        self._flags.set_text(self._quiet if self.width() >= max(wanted, scaled(_WORD_FROM)) else "")

    def _new_chip(self) -> _BeforeChip:
        chip = _BeforeChip()
        chip.clicked.connect(lambda: self.concern_chosen.emit(chip.code))
        return chip

    def show_state(self, contact: ContactState, concerns: tuple[Concern, ...]) -> None:
        """Show what is there to say for the contact."""
        named = contact.concern is not None or contact.solved is not None or bool(contact.concerns_before)
        if not named:
            set_text(self._because, self._first_reason(contact, concerns))
        set_shown(self._row, named)
        self._arrange()
        before = contact.concerns_before
        for chip, entry in zip(self._before.shown(len(before)), before, strict=True):
            self._show_before(chip, entry, concerns)
        for follow_up in (self._follow_up, self.follow_up_above):
            follow_up.set_on(bool(for_concern(contact)) or self._is_asked(contact))
            set_enabled(follow_up, contact.interaction.answered_at is not None)
        settled = contact.concern_outcome is not None and contact.concern is not None
        set_shown(self._further, settled)
        for flags in (self._flags, self.flags_above, self.flags_beside):
            flags.set_count(len(contact.all_flags))
            flags.set_variant("" if contact.all_flags else "muted")
        self._name_flags()

    @staticmethod
    def _is_asked(contact: ContactState) -> bool:
        draft = contact.follow_up_draft
        return draft is not None and draft.code is None

    def _first_reason(self, contact: ContactState, concerns: tuple[Concern, ...]) -> str:
        """Why the most probable concern is probable; empty when the journey says nothing."""
        first = contact.view.concerns[0] if contact.view and contact.view.concerns else None
        because = probable_because(first, self._formats, concerns) if first else ""
        if first is None or not because:
            return ""
        return self.tr("{concern}: {because}").format(concern=concern_label(first.code, concerns), because=because)

    def _show_before(self, chip: _BeforeChip, entry: ConcernEntry, concerns: tuple[Concern, ...]) -> None:
        label, outcome = concern_label(entry.code, concerns), outcome_word(entry.outcome)
        chip.code = entry.code
        chip.set_text(self.tr("{concern}: {outcome}").format(concern=label, outcome=outcome))
        chip.set_icon(_ICONS[entry.outcome])
        set_named(chip, chip.text(), self.tr("Take this concern up again to correct its outcome"))
