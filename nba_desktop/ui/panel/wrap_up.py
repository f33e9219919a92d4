"""The wrap-up: only what is still open after the call, and the way to finish."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import RESPONSE_GROUPS, ConsentChannel, ResponseCode, ResponseGroup
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ResponseEntry
from nba_desktop.domain.follow_ups import KINDS, confirmation_due
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.owed import is_left_knowingly, lacks_day, owed
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.confirmation_sheet import ConfirmationRow
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, SectionHeader, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.action_words import action_name
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import promise, response_reason

_ROWS_READY = 3


class WrapUp(QWidget):
    """Asks for nothing that is settled; finishing is always possible."""

    action_selected = Signal(str)
    response_given = Signal(object)
    consent_toggled = Signal(bool)
    follow_up_begun = Signal(object)
    confirmation_requested = Signal(object)
    note_asked = Signal()
    wrap_up_finished = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._formats = formats
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page = ScrollPage(spacing=8)
        page.fit_inside()
        page.setAccessibleName(self.tr("Wrap-up"))
        page.body.addWidget(SectionHeader(self.tr("Wrap-up – still open")))
        self._settled = MarkedLine("check", "good")
        self._settled.show_line(plain(self.tr("Everything is settled.")))
        page.body.addWidget(self._settled)
        without_code = QVBoxLayout()
        without_code.setSpacing(6)
        page.body.addLayout(without_code)
        self._without_code = Pool(without_code, self._make_open_action, _ROWS_READY)
        self._reason = self._make_reason()
        page.body.addWidget(self._reason)
        self._consent = MarkedLine(
            "flag", "accent", Button(self.tr("Open consent"), role="chip", key=keys[Command.CONSENT])
        )
        self._consent.clicked.connect(lambda: self.consent_toggled.emit(True))
        page.body.addWidget(self._consent)
        promises = QVBoxLayout()
        promises.setSpacing(6)
        page.body.addLayout(promises)
        self._promises = Pool(promises, self._make_promise, _ROWS_READY)
        confirmations = QVBoxLayout()
        confirmations.setSpacing(6)
        page.body.addLayout(confirmations)
        self._confirmations = Pool(confirmations, self._make_confirmation, ready=1)
        self._note = MarkedLine("pen", "muted", Button(self.tr("Note"), role="chip", key=keys[Command.NOTE]))
        self._note.clicked.connect(self.note_asked)
        page.body.addWidget(self._note)
        self._finish = Button(self.tr("Finish wrap-up"), variant="primary", icon="check", key=keys[Command.FINISH])
        self._finish.clicked.connect(self.wrap_up_finished)
        self._closes = Label(role="small", variant="muted", wrap=True)
        self._page = page
        self._bottom = bottom = FlowLayout()
        bottom.setContentsMargins(12, 4, 12, 8)
        bottom.add_stretched(self._closes)
        bottom.addWidget(self._finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addLayout(bottom)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        """Gives way to what stands above: its page scrolls."""
        return QSize(1, self._page.minimumHeight() + self._bottom.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def set_roomy(self, roomy: bool) -> None:
        """Where everything around it scrolls, the page keeps a few lines."""
        self._page.set_roomy(roomy)

    def reveal(self) -> None:
        """Have in sight what is still open, and the way to finish."""
        bring_into_sight(self, self._finish)

    def finish(self) -> None:
        """What the key of the button does."""
        if self._finish.isVisible():
            self.wrap_up_finished.emit()

    def show_state(self, contact: ContactState) -> None:
        """Show what the contact still needs."""
        self._show_end(contact)
        titles = {action.action_id: action_name(action) for action in contact.known_actions}
        without = contact.without_code
        for row, action_id in zip(self._without_code.shown(len(without)), without, strict=True):
            row.show_open(action_id, titles[action_id], chosen=action_id == contact.action_id)
        set_shown(self._reason, contact.needs_one_reason)
        self._show_consent(contact)
        promised = [entry for entry in contact.live_responses if is_open(contact, entry)]
        for line, entry in zip(self._promises.shown(len(promised)), promised, strict=True):
            line.show_promise(entry, titles.get(entry.action_id or "", ""))
        due = [action for action in contact.known_actions if confirmation_due(contact, action)]
        for waiting, action in zip(self._confirmations.shown(len(due)), due, strict=True):
            waiting.show_state(contact, action.action_id, titles[action.action_id])
        self._show_note(contact)
        still_open = without or contact.needs_one_reason or contact.consent.is_begun or promised or due
        set_shown(self._settled, not still_open)

    def _show_end(self, contact: ContactState) -> None:
        """Say how it ends: by itself where nothing is owed to the customer."""
        closes, owes = contact.closes_at, bool(owed(contact))
        if owes and is_left_knowingly(contact):
            words = self.tr("Something promised is still missing. Finishing again leaves it so.")
        elif owes:
            words = self.tr("Stays open: something promised is still missing.")
        elif closes is not None:
            words = self.tr("Closes by itself at {time}").format(time=self._formats.time(closes))
        else:
            words = ""
        set_text(self._closes, words)
        set_variant(self._closes, "bad" if owes and is_left_knowingly(contact) else "muted")

    def _show_consent(self, contact: ContactState) -> None:
        answers = len(contact.consent.answers)
        set_shown(self._consent, contact.consent.is_begun)
        if contact.consent.leaving:
            self._consent.show_line(plain(self.tr("Consent: not saved – finishing again leaves it so")))
        elif answers:
            self._consent.show_line(plain(self.tr("Consent: %n answer(s) not saved", "", answers)))
        elif contact.consent.is_begun:
            self._consent.show_line(plain(self.tr("Consent: begun and not saved")))

    def _show_note(self, contact: ContactState) -> None:
        note = contact.note
        how_far = f" · {receipt(note.receipt)}" if note.receipt and note.receipt is not Receipt.ACCEPTED else ""
        words = strong(note.text) + plain(how_far) if note.text else plain(self.tr("none yet"))
        if note.draft.strip():
            words = strong(note.draft.strip()) + plain(" · " + self.tr("being typed"))
        self._note.show_line(self.tr("Note: {text}").format(text=words))

    def _make_open_action(self) -> _OpenAction:
        row = _OpenAction()
        row.chosen.connect(self.action_selected)
        return row

    def _make_promise(self) -> _OpenPromise:
        row = _OpenPromise()
        row.day_asked.connect(self._on_day_asked)
        return row

    def _on_day_asked(self, action_id: str, code: ResponseCode) -> None:
        self.action_selected.emit(action_id)
        self.follow_up_begun.emit(code)

    def _make_confirmation(self) -> ConfirmationRow:
        row = ConfirmationRow()
        row.confirmation_requested.connect(lambda channel: self._on_confirmation(row, channel))
        return row

    def _on_confirmation(self, row: ConfirmationRow, channel: ConsentChannel) -> None:
        if row.action_id is not None:
            self.action_selected.emit(row.action_id)
            self.confirmation_requested.emit(channel)

    def _make_reason(self) -> QWidget:
        box = QWidget()
        box.setProperty("role", "plain")
        chips = QWidget()
        chips.setProperty("role", "plain")
        flow = FlowLayout(chips)
        for code in RESPONSE_GROUPS[ResponseGroup.NOT_ADDRESSED]:
            chip = Button(response_reason(code), role="chip")
            chip.clicked.connect(lambda _checked=False, said=code: self._on_reason(said))
            flow.addWidget(chip)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(
            Label(self.tr("No action was raised. What was the reason? It is held against nobody."), wrap=True)
        )
        column.addWidget(chips)
        return box

    def _on_reason(self, code: ResponseCode) -> None:
        self.response_given.emit(code)


def is_open(contact: ContactState, entry: ResponseEntry) -> bool:
    """Whether something was promised with a response for which no day stands, and no confirmation is on its way."""
    if entry.code in KINDS:
        return lacks_day(contact, entry)
    confirmed = any(sent.action_id == entry.action_id for sent in contact.confirmations)
    action = next((one for one in contact.known_actions if one.action_id == entry.action_id), None)
    owed = action is not None and confirmation_due(contact, action)
    return bool(promise(entry.code)) and not confirmed and not owed


class _OpenPromise(QWidget):
    """What was promised with a response, without a day so far."""

    day_asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._entry: ResponseEntry | None = None
        self._line = MarkedLine("clock", "muted")
        self._day = Button(self.tr("Agree on a day …"), role="chip", icon="calendar")
        self._day.clicked.connect(self._on_day)
        row = FlowLayout(self)
        row.add_stretched(self._line)
        row.addWidget(self._day)

    def show_promise(self, entry: ResponseEntry, title: str) -> None:
        """Fill the row."""
        self._entry = entry
        what = strong(promise(entry.code)) + plain(f" – {title}" if title else "")
        self._line.show_line(self.tr("Promised: {what}").format(what=what))
        set_shown(self._day, entry.code in KINDS)
        set_named(self._day, self.tr("Agree on a day for {action}").format(action=title))

    def _on_day(self) -> None:
        if self._entry is not None and self._entry.action_id is not None:
            self.day_asked.emit(self._entry.action_id, self._entry.code)


class _OpenAction(QWidget):
    """An action that was raised but has no response yet."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._action_id = ""
        self._line = MarkedLine("flag", "accent", None)
        self._choose = Button(self.tr("Choose"), role="chip")
        self._choose.clicked.connect(lambda: self.chosen.emit(self._action_id))
        row = FlowLayout(self)
        row.add_stretched(self._line)
        row.addWidget(self._choose)

    def show_open(self, action_id: str, title: str, chosen: bool) -> None:
        self._action_id = action_id
        # The chosen action's response is one click away in the row below.
        hint = self.tr("response missing – choose it below") if chosen else self.tr("response missing")
        self._line.show_line(f"{strong(title)}: {plain(hint)}")
        set_shown(self._choose, not chosen)
        set_named(self._choose, self.tr("Choose {action} for its response").format(action=title))
