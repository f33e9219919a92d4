"""The concern: probable ones as chips, the others by search, and what became of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.blocks import Block as BlockName
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ConcernOutcome, FollowUpEntry
from nba_desktop.domain.follow_ups import for_concern
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.concern_field import ConcernSearch
from nba_desktop.ui.panel.concern_foot import ConcernFoot
from nba_desktop.ui.panel.flags import FlagsRow
from nba_desktop.ui.panel.follow_up_row import FollowUpRow
from nba_desktop.ui.panel.handover import HandoverLine, handover_of
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.leaving import give_back
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.blocks import Block, Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import SectionHeader
from nba_desktop.ui.setters import set_enabled, set_named, set_shown
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.concerns import concern_label, probable_because
from nba_desktop.ui.texts.follow_up_words import reached_by

_PROBABLE: Final = 3
_LINES: Final = 1.6
_LINES_MASKED: Final = 3.2


class _ConcernChip(Button):
    def __init__(self) -> None:
        super().__init__(role="chip")
        self.code = ""


class ConcernView(Section):
    """What the customer calls about, one concern after the other, and what became of each.

    `follow_up_begun` asks for the day of a follow-up of the concern, or puts the question away.
    """

    retry_requested = Signal(object)
    concern_chosen = Signal(str)
    solved_marked = Signal(bool)
    handover_clicked = Signal()
    follow_up_begun = Signal(object)
    follow_up_planned = Signal(object)
    follow_up_time_entered = Signal(object)
    follow_up_words_entered = Signal(str)
    follow_up_cancelled = Signal(object)
    flag_toggled = Signal(object)

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(ground=True, top=2, bottom=4, spacing=4)
        self.setAccessibleName(self.tr("Concern"))
        self._formats = formats
        self._contact: ContactState | None = None
        self._planned: FollowUpEntry | None = None
        self._answered = self._asks_by_hand = self._is_lean = False
        self._asked: tuple[object, ...] = ()
        """What it depends on whether two lines hold everything."""
        self._solved_words = self.tr("Solved")
        self._solved = Button(self._solved_words, role="chip", icon="check", key=keys[Command.SOLVED])
        self._not_solved = Button(self.tr("Not solved"), role="chip", icon="cross", key=keys[Command.NOT_SOLVED])
        self._solved.clicked.connect(lambda: self.solved_marked.emit(True))
        self._not_solved.clicked.connect(lambda: self.solved_marked.emit(False))
        self._header = header = SectionHeader(self.tr("Concern"))
        self._handover = HandoverLine(keys)
        self._handover.clicked.connect(self.handover_clicked)
        self._foot = ConcernFoot(formats, keys)
        for one in (self._foot.follow_up_above, self._not_solved, self._solved, self._foot.flags_above):
            header.add(one)
        self._row = self._make_row(formats, keys)
        self.body.addWidget(header)
        self.body.addWidget(self._handover)
        self.body.addLayout(self._row)
        self._flags = FlagsRow()
        self._follow_up = FollowUpRow(formats, keys)
        for widget in (self._foot, self._flags, self._follow_up):
            self.body.addWidget(widget)
        self._flags.hide()
        self._connect()

    def _make_row(self, formats: Formats, keys: KeyMap) -> FlowLayout:
        chips = QWidget()
        self._chips = Pool(FlowLayout(chips), self._new_chip, ready=_PROBABLE)
        self._block = Block(chips, reserved_lines=_LINES)
        self._block.retry_clicked.connect(lambda: self.retry_requested.emit(BlockName.CONCERN))
        self._edit = ConcernSearch(formats.language)
        self._edit.concern_found.connect(self._on_found)
        self._edit.left.connect(self.close_search)
        self._edit.hide()
        self._search = Button(role="chip", icon="search", key=keys[Command.CONCERN])
        set_named(self._search, self.tr("Search for a concern"), self.tr("Search for a concern"))
        self._search.clicked.connect(self.open_search)
        # The block keeps room below its chips: what stands beside them keeps to their line.
        row = FlowLayout(at_top=True)
        row.add_stretched(self._block, ems=12)
        row.add_stretched(self._edit, ems=12)
        row.addWidget(self._search)
        row.addWidget(self._foot.flags_beside)
        return row

    def _connect(self) -> None:
        self._foot.concern_chosen.connect(self.concern_chosen)
        self._foot.follow_up_clicked.connect(self.ask_follow_up)
        self._foot.further_clicked.connect(self.open_search)
        self._foot.flags_clicked.connect(self.toggle_flags)
        self._flags.flag_toggled.connect(self.flag_toggled)
        self._flags.left.connect(self.close_flags)
        self._follow_up.planned.connect(self.follow_up_planned)
        self._follow_up.time_entered.connect(self.follow_up_time_entered)
        self._follow_up.words_entered.connect(self.follow_up_words_entered)
        self._follow_up.closed.connect(self.ask_follow_up)
        self._follow_up.cancelled.connect(self._on_cancelled)

    def _new_chip(self) -> _ConcernChip:
        chip = _ConcernChip()
        chip.clicked.connect(lambda: self.concern_chosen.emit(chip.code))
        return chip

    def set_dense(self, dense: bool) -> None:
        """Give the guide what room the concern can do without."""
        self._foot.set_dense(dense)

    def set_lean(self, lean: bool) -> None:
        """Give the guide a line once something is raised after the concern, where two lines hold what is said of it."""
        if lean != self._is_lean:
            self._is_lean = lean
            self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        contact = self._contact
        if contact is None:
            return
        told = contact.concern_outcome in (ConcernOutcome.SOLVED, ConcernOutcome.NOT_SOLVED)
        # What was of a concern before stands in the foot. Until something is raised nothing moves.
        wanted = self._is_lean and told and bool(contact.addressed) and not contact.concerns_before
        width = self.width() - 2 * self.body.contentsMargins().left()
        asked = (
            wanted,
            contact.concern_outcome,
            width,
            self._solved_words,
            *(chip.code for chip in self._chips.shown_now),
        )
        if asked == self._asked:
            return
        self._asked = asked
        self._show_folded(wanted)
        if wanted and not (self._header.is_one_line(width) and self._row.is_one_line(width)):
            self._show_folded(False)

    def _show_folded(self, is_folded: bool) -> None:
        """The outcome that is not the concern's keeps its key, and says its word to who asks for it."""
        self._foot.fold(is_folded)
        for button, words in ((self._solved, self._solved_words), (self._not_solved, self.tr("Not solved"))):
            short = is_folded and not button.on
            button.set_text("" if short else words)
            set_named(button, words if short else "", words if short else "")

    # ---- made anew

    def kept_open(self) -> object:
        """Whether the search and the flags are open; None when neither is."""
        kept = (not self._edit.isHidden(), not self._flags.isHidden())
        return kept if any(kept) else None

    def open_again(self, kept: object) -> None:
        """Open what was open in the view that this one takes the place of."""
        if isinstance(kept, tuple):
            searching, flags = kept
            if searching:
                self.open_search()
            set_shown(self._flags, flags)

    # ---- clicks and keys

    def open_search(self) -> None:
        """Put the search field in the chips' place and the cursor in it; while it rings there is no such place."""
        if self.isHidden():
            return
        set_shown(self._block, False)
        set_shown(self._edit, True)
        self._edit.setFocus()

    def close_search(self) -> None:
        """Show the chips again."""
        # Not `hasFocus`: it says no while the list below the field, or another program, has the keyboard.
        holds = self.window().focusWidget() is self._edit
        self._edit.clear()
        set_shown(self._block, True)
        if holds:
            # A block that says what is wrong shows no chips.
            (self._search if self._search.isVisible() else self.window()).setFocus()
        set_shown(self._edit, False)

    def _on_found(self, code: str) -> None:
        self.close_search()
        self.concern_chosen.emit(code)

    def ask_follow_up(self) -> None:
        """Ask for the day of a follow-up, or put the question away."""
        if self._answered:
            if self._follow_up.is_open:
                give_back(self._follow_up)
            # Led there once it is open.
            self._asks_by_hand = not self._follow_up.is_open
            self.follow_up_begun.emit(None)

    def choose_day(self, place: int) -> None:
        """Do what a click on the offered day in this place does."""
        self._follow_up.choose(place)

    def toggle_flags(self) -> None:
        """Show what makes selling unsuitable, or put it away."""
        contact = self._contact
        if contact is None or self.isHidden():
            return
        if not self._flags.isHidden():
            self.close_flags()
            return
        self._flags.show_state(contact)
        set_shown(self._flags, True)
        self._flags.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_flags(self) -> None:
        """Put away what makes selling unsuitable."""
        give_back(self._flags)
        set_shown(self._flags, False)

    def _on_cancelled(self) -> None:
        if self._planned is not None:
            self.follow_up_cancelled.emit(self._planned.event_id)

    # ---- state in

    def show_state(self, contact: ContactState, concerns: tuple[Concern, ...], handover_open: bool = False) -> None:
        """Show the contact's concerns, the chosen one, whether it is solved, and what a colleague had of it before."""
        before, self._contact = self._contact, contact
        if before is None or before.contact_id != contact.contact_id:
            set_shown(self._flags, False)
            self._asks_by_hand = False
        self._answered = contact.interaction.answered_at is not None
        handover = handover_of(contact)
        set_shown(self._handover, handover is not None)
        if handover is not None:
            self._handover.show_handover(handover, concerns, handover_open)
        self._edit.show_concerns(concerns)
        self._show_solved(contact)
        self._foot.show_state(contact, concerns)
        if not self._flags.isHidden():
            self._flags.show_state(contact)
        self._show_follow_up(contact)
        self._block.reserve(_LINES if contact.authenticated else _LINES_MASKED)
        words = block_words(BlockName.CONCERN, contact)
        if words is not None and contact.concern is None:
            self._block.show_message(words.icon, words.text, words.retry)
        else:
            self._show_chips(contact, concerns)
            self._block.show_content()
        self._fold()

    def _show_chips(self, contact: ContactState, concerns: tuple[Concern, ...]) -> None:
        before = {entry.code for entry in contact.concerns_before}
        found = contact.view.concerns if contact.view else ()
        probable = [one for one in found if one.code not in before][:_PROBABLE]
        because = {one.code: probable_because(one, self._formats, concerns) for one in probable}
        codes = list(because)
        if contact.concern is not None and contact.concern not in because:
            codes = [contact.concern, *codes[: _PROBABLE - 1]]
        for chip, code in zip(self._chips.shown(len(codes)), codes, strict=True):
            label = concern_label(code, concerns)
            chip.code = code
            chip.set_text(label)
            chip.set_on(code == contact.concern)
            set_named(chip, label, because.get(code, ""))

    def _show_follow_up(self, contact: ContactState) -> None:
        draft = contact.follow_up_draft
        asked = draft if draft is not None and draft.code is None else None
        planned = for_concern(contact)
        self._planned = planned[-1] if planned else None
        if asked is not None and not self._follow_up.is_open:
            bring_into_sight(self._follow_up)
        self._follow_up.show_draft(asked, contact.contact_id, reached_by(contact, self._formats))
        self._follow_up.show_entry(self._planned)
        if asked is not None and self._asks_by_hand:
            self._asks_by_hand = False
            self._follow_up.take_keyboard()

    def _show_solved(self, contact: ContactState) -> None:
        outcome, since = contact.concern_outcome, contact.interaction.answered_at
        solved, not_solved = outcome is ConcernOutcome.SOLVED, outcome is ConcernOutcome.NOT_SOLVED
        words = self.tr("Solved")
        over = contact.interaction.ended_at
        in_call = contact.solved_at is not None and (over is None or contact.solved_at <= over)
        if solved and in_call and contact.solved_at is not None and since is not None:
            # Said in the wrap-up, it would name a minute that the call has not got.
            at = self._formats.duration((contact.solved_at - since).total_seconds())
            words = self.tr("Solved {time}").format(time=at)
        self._solved_words = words
        self._solved.set_variant("good" if outcome is None or solved else "")
        self._solved.set_on(solved)
        self._not_solved.set_variant("bad" if not_solved else "")
        self._not_solved.set_on(not_solved)
        set_enabled(self._solved, since is not None)
        set_enabled(self._not_solved, since is not None)
