"""Before authentication: who may be calling, and the questions that make sure of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.codes import AuthLevel, Speaker
from nba_desktop.contract.customer import Candidate, Identification
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.security_items import SecurityItems
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.call_words import caller_icon, caller_kind, is_by_hand
from nba_desktop.ui.texts.customer_words import habit_words, level_words, match_words, vouched_words
from nba_desktop.ui.texts.handover_words import handover_line


class _CandidateRow(WordButton):
    def __init__(self) -> None:
        super().__init__()
        self.customer_id = ""


class IdentificationView(QWidget):
    """One candidate with his security questions, a picker for several, or the words for none.

    While it rings only who may be calling is shown. After too many wrong answers nobody can be authenticated here.
    """

    candidate_chosen = Signal(str)
    item_toggled = Signal(str)
    item_failed = Signal(str)
    item_corrected = Signal(str)
    caller_confirmed = Signal()
    search_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._formats = formats
        self._icon = Icon("")
        self._icon.setProperty("variant", "muted")
        self._name = Label(role="title", wrap=True)
        self._number = Label(variant="muted", wrap=True)
        self._level = Chip()
        self._why = Label(role="small", variant="muted", wrap=True)
        self._handover = QWidget()
        self._handover_words = Label(role="small", wrap=True)
        self._picker = QWidget()
        picker = QVBoxLayout(self._picker)
        picker.setContentsMargins(0, 0, 0, 0)
        picker.setSpacing(0)
        self._rows = Pool(picker, self._new_row, ready=4)
        self._items = SecurityItems()
        self._items.item_toggled.connect(self.item_toggled)
        self._items.item_failed.connect(self.item_failed)
        self._items.item_corrected.connect(self.item_corrected)
        self._locked = Frame("callout", margins=(8, 2, 0, 2))
        self._locked.setProperty("variant", "bad")
        self._locked_words = RichLabel("small")
        self._locked.body.addWidget(self._locked_words)
        self._confirm = Button(
            self.tr("Authenticated"), variant="primary", icon="shield", key=keys[Command.CONFIRM_CALLER]
        )
        self._confirm.clicked.connect(self.caller_confirmed)
        self._search = Button(self.tr("Search for the customer"), role="chip", icon="search", key=keys[Command.SEARCH])
        self._search.clicked.connect(self.search_clicked)
        self._lay_out()

    def _new_row(self) -> _CandidateRow:
        row = _CandidateRow()
        row.clicked.connect(lambda: self.candidate_chosen.emit(row.customer_id))
        return row

    def _lay_out(self) -> None:
        head = FlowLayout(spacing=8, line_spacing=0)
        head.addWidget(self._icon)
        head.addWidget(self._name)
        head.addWidget(self._number)
        head.addWidget(self._level)
        mark = Icon("transferred", 14)
        mark.setProperty("variant", "accent")
        handover = QHBoxLayout(self._handover)
        handover.setContentsMargins(0, 0, 0, 0)
        handover.addWidget(mark)
        handover.addWidget(self._handover_words, 1)
        foot = FlowLayout()
        foot.addWidget(self._search)
        foot.add_right(self._confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        for widget in (self._handover, self._why, self._picker, self._items, self._locked):
            column.addWidget(widget)
        column.addLayout(foot)

    def confirm(self) -> None:
        """What the key of the button does: nothing until enough answers are right."""
        if self._confirm.isVisible() and self._confirm.isEnabled():
            self.caller_confirmed.emit()

    def show_state(self, contact: ContactState) -> None:
        """Show the contact's candidates; the contact has an answer and is not authenticated."""
        if contact.view is None:
            return
        found, candidate, candidates = contact.view.identification, contact.candidate, contact.candidates
        vouched = contact.vouched_for
        self._show_head(contact, found, candidate)
        handover = contact.view.handover
        if handover is not None:
            set_text(self._handover_words, handover_line(handover, self._formats))
        set_shown(self._handover, handover is not None)
        self._show_way(contact, found, candidate, vouched)
        several = candidates if len(candidates) > 1 else ()
        set_shown(self._picker, bool(several))
        for row, one in zip(self._rows.shown(len(several)), several, strict=True):
            parts = (
                one.display_name,
                one.customer_no_masked,
                match_words(one.match, _is_own(contact)),
                habit_words(one.habit),
            )
            words = " · ".join(filter(None, parts))
            row.customer_id = one.customer_id
            row.show_words(words, "check" if one is candidate else "user", on=one is candidate)
            set_named(row, words, one.place_masked)
        ringing, asks = contact.phase is Phase.RINGING, _may_ask(contact)
        asked = candidate.security_items if candidate is not None and not vouched and asks else ()
        self._items.show_items(contact, asked)
        # Who was authenticated in this very call already needs no answer.
        locked = contact.locked and not vouched
        if locked:
            set_text(self._locked_words, self._locked_because(contact))
        set_shown(self._locked, locked and not ringing)
        set_shown(self._search, not ringing)
        set_shown(self._confirm, candidate is not None and asks and not locked)

    def _locked_because(self, contact: ContactState) -> str:
        wrong = _wrong(contact)
        what = self.tr("Nobody can be authenticated in this call any more: %n answer(s) were wrong.", "", wrong)
        rest = self.tr("You may give general information, nothing on contract, consumption or payments.")
        search = self.tr("You can still search.")
        return f"{strong(what)} {plain(rest)} {plain(search)}"

    def _show_head(self, contact: ContactState, found: Identification, candidate: Candidate | None) -> None:
        if candidate is not None:
            set_text(self._name, candidate.display_name)
            set_text(self._number, f"{candidate.customer_no_masked} · {candidate.place_masked}")
        else:
            several = bool(contact.candidates)
            set_text(self._name, self.tr("Who is calling?") if several else self._who_is_missing(contact, found))
            set_text(self._number, "")
        level = contact.auth_level if contact.candidates else AuthLevel.NONE
        self._level.show_parts(level_words(level))
        # Of a possible caller the line below says it, with the reason.
        set_shown(self._level, level is not AuthLevel.CANDIDATE)
        self._icon.set_name("" if contact.candidates else caller_icon(caller_kind(contact)))

    def _show_way(
        self, contact: ContactState, found: Identification, candidate: Candidate | None, vouched: bool
    ) -> None:
        """What to ask next, and how far that is."""
        if candidate is not None and found.vouched_by is not None and vouched:
            set_text(self._why, vouched_words(found.vouched_by, _is_own(contact)))
            set_enabled(self._confirm, True)
        elif candidate is not None:
            who = match_words(candidate.match, _is_own(contact))
            if contact.auth_level is AuthLevel.CANDIDATE:
                who = self.tr("Possible caller: {why}").format(why=who)
            set_text(self._why, " · ".join(filter(None, (who, habit_words(candidate.habit), self._how_far(contact)))))
            set_enabled(self._confirm, contact.items_missing == 0)
        elif contact.candidates:
            set_text(self._why, self.tr("Several customers share this number. Please ask for the name."))
        else:
            set_text(self._why, self._way_out(contact, found))
        set_variant(self._why, "accent" if vouched else "muted")
        someone = bool(contact.candidates)
        self._search.set_text(self.tr("Another customer") if someone else self.tr("Search for the customer"))

    def _how_far(self, contact: ContactState) -> str:
        """How many answers are right of those that are needed, and how many are wrong."""
        if not _may_ask(contact):
            return ""
        right = len(contact.items_passed - contact.items_failed)
        needed = right + contact.items_missing
        words = self.tr("{right} of {needed} right").format(right=right, needed=needed)
        wrong = _wrong(contact)
        return self.tr("{words}, %n wrong", "", wrong).format(words=words) if wrong else words

    def _who_is_missing(self, contact: ContactState, found: Identification) -> str:
        if found.status == "withheld":
            return self.tr("Number withheld")
        if is_by_hand(contact):
            return self.tr("Nobody assigned yet")
        return self.tr("No number transmitted") if caller_kind(contact) == "missing" else self.tr("Unknown number")

    def _way_out(self, contact: ContactState, found: Identification) -> str:
        if found.status == "withheld":
            return self.tr("The caller does not show a number. Please ask for the customer number and search with it.")
        if is_by_hand(contact):
            return self.tr("This conversation has no call event. Please search for the customer.")
        if caller_kind(contact) == "missing":
            return self.tr("The telephone system has passed no number on. Please ask for name or customer number.")
        return self.tr("No customer is known under this call’s number. Please ask for name or customer number.")


def _may_ask(contact: ContactState) -> bool:
    """Whether the caller is asked for what only the customer knows: not before he answers, nor without authority."""
    return contact.phase is not Phase.RINGING and contact.speaker is not Speaker.UNAUTHORISED


def _wrong(contact: ContactState) -> int:
    """How many answers were wrong in this call, whomever they were asked of."""
    told = contact.view.identification.failed_items if contact.view else ()
    return max(len(contact.failures), len(told))


def _is_own(contact: ContactState) -> bool:
    """Whether the agent had this very call before himself."""
    return contact.view is not None and contact.view.handover is not None and contact.view.handover.own
