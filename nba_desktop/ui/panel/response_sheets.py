"""What opens in place above the response row: reasons, a promise's day, what a response needs, questions."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.follow_ups import NEED_DATE, confirmation_due
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.owed import lacks_day
from nba_desktop.domain.responses import codes_of
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.confirmation_sheet import ConfirmationSheet
from nba_desktop.ui.panel.covering import lies_under
from nba_desktop.ui.panel.follow_up_sheet import FollowUpSheet
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.leaving import usable
from nba_desktop.ui.panel.question_sheet import QuestionSheet
from nba_desktop.ui.panel.reasons import ReasonsSheet
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.panel.wish_sheet import WishSheet
from nba_desktop.ui.setters import set_shown

_Of = tuple[UUID, str | None, ResponseCode]
"""Which response: of which contact, to which action, with which code."""


class ResponseSheets(QObject):
    """One of them is open at a time, over what lies behind it; `changed` says that they must be placed anew.

    What a response needs opens by itself where the law wants a confirmation in text form or something was promised
    without a day, and by a click elsewhere. Each is made when it first opens, which `grown` says. `promise` is where
    the day stands that was promised in one of them.
    """

    response_given = Signal(object)
    response_noted = Signal(object, str)
    group_opened = Signal(object)
    action_selected = Signal(str)
    follow_up_begun = Signal(object)
    follow_up_words_entered = Signal(str)
    follow_up_time_entered = Signal(object)
    follow_up_planned = Signal(object)
    follow_up_cancelled = Signal(object)
    confirmation_requested = Signal(object)
    question_toggled = Signal()
    question_noted = Signal(str)
    questioned = Signal(object)
    wish_toggled = Signal()
    wish_worded = Signal(str)
    correction_wished = Signal(object)
    erasure_asked = Signal(bool)
    erasure_wished = Signal()
    objection_begun = Signal()
    changed = Signal()
    grown = Signal()

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap, promise: QWidget) -> None:
        super().__init__(parent)
        self._owner, self._promise = parent, promise
        self._contact: ContactState | None = None
        self._asked: _Of | None = None
        self._left: _Of | None = None
        self._typed_in: QWidget | None = None
        self._formats, self._keys = formats, keys
        self._reasons = Later(self._make_reasons, self.grown.emit)
        self._days = Later(self._make_days, self.grown.emit)
        self._after = Later(self._make_after, self.grown.emit)
        self._question = Later(self._make_question, self.grown.emit)
        self._wish = Later(self._make_wish, self.grown.emit)

    def _make_reasons(self) -> ReasonsSheet:
        reasons = ReasonsSheet(self._owner, self._keys)
        reasons.response_given.connect(self.give)
        reasons.objection_begun.connect(self._on_objection)
        reasons.closed.connect(lambda: self.group_opened.emit(None))
        reasons.changed.connect(self.changed)
        return reasons

    def _make_days(self) -> FollowUpSheet:
        days = FollowUpSheet(self._formats, self._owner, self._keys)
        days.row.planned.connect(self.follow_up_planned)
        days.row.words_entered.connect(self.follow_up_words_entered)
        days.row.time_entered.connect(self.follow_up_time_entered)
        days.row.closed.connect(self._close_days)
        days.row.stays_at(self._promise)
        days.changed.connect(self.changed)
        return days

    def _make_after(self) -> ConfirmationSheet:
        after = ConfirmationSheet(self._formats, self._owner, self._keys)
        after.confirmation_requested.connect(self.confirmation_requested)
        after.follow_up_begun.connect(self.follow_up_begun)
        after.follow_up_cancelled.connect(self.follow_up_cancelled)
        after.response_noted.connect(self.response_noted)
        after.closed.connect(self._close_after)
        after.changed.connect(self.changed)
        return after

    def _make_question(self) -> QuestionSheet:
        question = QuestionSheet(self._owner, self._keys)
        question.noted.connect(self.question_noted)
        question.said.connect(self.questioned)
        question.closed.connect(self.question_toggled)
        question.changed.connect(self.changed)
        return question

    def _make_wish(self) -> WishSheet:
        wish = WishSheet(self._owner, self._keys)
        wish.worded.connect(self.wish_worded)
        wish.correction_wished.connect(self.correction_wished)
        wish.erasure_asked.connect(self.erasure_asked)
        wish.erasure_wished.connect(self.erasure_wished)
        wish.closed.connect(self.wish_toggled)
        wish.changed.connect(self.changed)
        return wish

    def show_state(self, contact: ContactState | None) -> None:
        """Show what the contact has open."""
        before, self._contact = self._contact, contact
        wrapping = contact is not None and contact.phase is Phase.WRAP_UP
        if wrapping and not (before is not None and before.phase is Phase.WRAP_UP):
            self._asked = None
        group = contact.open_group if contact else None
        if contact is not None and group is not None:
            consents = contact.view is not None and contact.view.consents is not None
            self._reasons.get().show_group(group, codes_of(contact, group), consents)
        days = self._offers_days
        if contact is not None and days:
            self._days.get().show_state(contact)
        entry = contact.last_response if contact else None
        asks = group is None and not days and self._asks
        if contact is not None and asks:
            self._question.get().show_state(contact)
        wishes = group is None and not days and not asks and self._hears_wish
        if contact is not None and wishes:
            self._wish.get().show_state(contact)
        after = group is None and not days and not asks and not wishes and self._needs_after
        if contact is not None and entry is not None and after:
            self._after.get().show_response(contact, entry)
        hears = self._wish.is_shown
        if hears and not wishes and self._holds_keyboard(self._wish.get()):
            self._owner.window().setFocus()
        for sheet, shown in (
            (self._reasons.made, group is not None),
            (self._days.made, days and group is None),
            (self._after.made, after),
            (self._question.made, asks),
            (self._wish.made, wishes),
        ):
            if sheet is not None:
                set_shown(sheet, shown)
        if wishes and not hears:
            self._wish.get().take_keyboard()
        self._give_keyboard_back()

    def take_keyboard_over(self) -> None:
        """Take the keyboard out of a field that lies under what is open: what is typed there would not be seen."""
        holder: QWidget | None = self._owner.window().focusWidget()
        if holder is not None and self.cover(holder):
            self._typed_in = holder
            self._owner.window().setFocus()

    def _give_keyboard_back(self) -> None:
        if self._typed_in is None or self.open_ones():
            return
        holder, window = usable(self._typed_in), self._owner.window()
        self._typed_in = None
        if holder is not None and window.focusWidget() is window:
            holder.setFocus()

    def open_ones(self) -> tuple[RowSheet, ...]:
        """The one that is open, or none."""
        return tuple(one for one in self._made() if not one.isHidden())

    @property
    def _offers_days(self) -> bool:
        draft = self._contact.follow_up_draft if self._contact else None
        return draft is not None and draft.code is not None

    @property
    def _asks(self) -> bool:
        """Whether it is open what is wrong with the chosen action."""
        contact = self._contact
        draft = contact.question if contact is not None else None
        return contact is not None and draft is not None and draft.action_id == contact.action_id

    @property
    def _hears_wish(self) -> bool:
        """Whether it is open what the customer asks for his own data."""
        return self._contact is not None and self._contact.wish is not None

    @property
    def _of(self) -> _Of | None:
        """The newest response, while its action is the chosen one."""
        contact = self._contact
        entry = contact.last_response if contact else None
        if contact is None or entry is None or entry.action_id is None or entry.action_id != contact.action_id:
            return None
        return contact.contact_id, entry.action_id, entry.code

    @property
    def _needs_after(self) -> bool:
        contact, of = self._contact, self._of
        if contact is None or of is None or contact.consent.open or contact.follow_up_draft is not None:
            return False
        if of == self._asked:
            return True
        action = contact.action
        entry = contact.last_response
        due = action is not None and confirmation_due(contact, action)
        due = due or (entry is not None and lacks_day(contact, entry))
        if contact.phase is Phase.WRAP_UP:
            # The wrap-up asks for it itself; only what is being typed when the call ends is not taken away.
            return of != self._left and self._after.is_shown and self._holds_keyboard(self._after.get())
        # What was sent a moment ago stays until it is left: its receipt is to be seen.
        return of != self._left and (due or self._after.is_shown)

    def _holds_keyboard(self, sheet: RowSheet) -> bool:
        holder: QWidget | None = self._owner.window().focusWidget()
        return holder is not None and sheet.isAncestorOf(holder)

    @property
    def takes_digits(self) -> bool:
        """Whether the keys of digits are those of the ways of the text form, or of the customer's data."""
        return self._wish.is_shown or (self._after.is_shown and self._after.get().offers_ways)

    def cover(self, widget: QWidget) -> bool:
        """Whether a widget lies under what is open."""
        return any(lies_under(widget, sheet) for sheet in self._made())

    def _made(self) -> list[RowSheet]:
        made = (self._reasons.made, self._days.made, self._after.made, self._question.made, self._wish.made)
        return [one for one in made if one is not None]

    def place(self, width: int, bottom: int) -> None:
        """Put what is open where the response row begins."""
        for sheet in self.open_ones():
            sheet.place(width, bottom)
        self.take_keyboard_over()

    # ---- clicks and keys

    def give(self, code: ResponseCode) -> None:
        """Record a response, or ask for its day first where it says nothing without one."""
        if code in NEED_DATE:
            self.follow_up_begun.emit(code)
        else:
            self.response_given.emit(code)

    def toggle_after(self) -> None:
        """Show what else belongs to the newest response, or put it away."""
        contact = self._contact
        entry = contact.last_response if contact else None
        if contact is None or entry is None or entry.action_id is None:
            return
        if self._after.is_shown:
            self._close_after()
            return
        self._asked, self._left = (contact.contact_id, entry.action_id, entry.code), None
        if contact.open_group is not None:
            self.group_opened.emit(None)
        if self._asks:
            self.question_toggled.emit()
        if self._hears_wish:
            self.wish_toggled.emit()
        self._close_days()
        if entry.action_id != contact.action_id:
            self.action_selected.emit(entry.action_id)
        self._again()

    def digit(self, place: int) -> bool:
        """Do what the digit in this place means for what is open; False when nothing is."""
        contact = self._contact
        if contact is not None and contact.open_group is not None:
            codes = codes_of(contact, contact.open_group)
            if place < len(codes):
                self.give(codes[place])
            return True
        if self._offers_days:
            self._days.get().row.choose(place)
            return True
        if self._asks:
            self._question.get().choose(place)
            return True
        if self._wish.is_shown:
            self._wish.get().choose(place)
            return True
        if self.takes_digits:
            self._after.get().choose(place)
            return True
        return False

    def close(self) -> bool:
        """Close what is open; False when nothing is."""
        if self._contact is not None and self._contact.open_group is not None:
            self.group_opened.emit(None)
        elif self._offers_days:
            self._close_days()
        elif self._asks:
            self.question_toggled.emit()
        elif self._wish.is_shown:
            self.wish_toggled.emit()
        elif self._after.is_shown:
            self._close_after()
        else:
            return False
        return True

    def _close_days(self) -> None:
        draft = self._contact.follow_up_draft if self._contact else None
        if draft is not None and draft.code is not None:
            # The same again puts the question away.
            self.follow_up_begun.emit(draft.code)

    def _close_after(self) -> None:
        self._asked, self._left = None, self._of
        self._again()
        self._owner.window().setFocus()

    def _on_objection(self) -> None:
        self.group_opened.emit(None)
        self.objection_begun.emit()

    def _again(self) -> None:
        self.show_state(self._contact)
        self.changed.emit()
