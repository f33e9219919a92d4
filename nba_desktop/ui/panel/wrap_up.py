"""The wrap-up: only what is still open after the call, and the way to finish."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.codes import RESPONSE_GROUPS, ResponseCode, ResponseGroup
from nba_desktop.domain.panel import ContactState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, SectionHeader, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import promise, response_reason

_ROWS_READY = 3


class WrapUp(QWidget):
    """Asks for nothing that is settled; finishing is always possible."""

    action_selected = Signal(str)
    response_given = Signal(object)
    consent_toggled = Signal(bool)
    note_asked = Signal()
    wrap_up_finished = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page = ScrollPage(spacing=8)
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
        self._consent = MarkedLine("flag", "accent", Button(self.tr("Open consent"), role="chip", key=keys.CONSENT))
        self._consent.clicked.connect(lambda: self.consent_toggled.emit(True))
        page.body.addWidget(self._consent)
        promises = QVBoxLayout()
        promises.setSpacing(6)
        page.body.addLayout(promises)
        self._promises = Pool(promises, lambda: MarkedLine("clock", "muted"), _ROWS_READY)
        self._note = MarkedLine("pen", "muted", Button(self.tr("Note"), role="chip", key=keys.NOTE))
        self._note.clicked.connect(self.note_asked)
        page.body.addWidget(self._note)
        self._finish = Button(self.tr("Finish wrap-up"), variant="primary", icon="check", key=keys.FINISH)
        self._finish.clicked.connect(self.wrap_up_finished)
        self._closes = Label(role="small", variant="muted", wrap=True)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(12, 4, 12, 8)
        bottom.addWidget(self._closes, 1)
        bottom.addWidget(self._finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addLayout(bottom)

    def finish(self) -> None:
        """What the key of the button does."""
        if self._finish.isVisible():
            self.wrap_up_finished.emit()

    def show_state(self, contact: ContactState) -> None:
        """Show what the contact still needs."""
        closes = contact.closes_at
        words = self.tr("Closes by itself at {time}")
        set_text(self._closes, words.format(time=self._formats.time(closes)) if closes is not None else "")
        titles = {action.action_id: f"{action.rank} {action.title}" for action in contact.recommendations}
        without = contact.without_code
        for row, action_id in zip(self._without_code.shown(len(without)), without, strict=True):
            row.show_open(action_id, titles[action_id], chosen=action_id == contact.action_id)
        set_shown(self._reason, contact.needs_one_reason)
        answers = len(contact.consent.answers)
        set_shown(self._consent, answers > 0)
        if answers:
            self._consent.show_line(plain(self.tr("Consent: %n answer(s) not saved", "", answers)))
        promised = [
            (titles.get(entry.action_id or "", ""), promise(entry.code))
            for entry in contact.live_responses
            if promise(entry.code)
        ]
        for line, (title, words) in zip(self._promises.shown(len(promised)), promised, strict=True):
            what = strong(words) + plain(f" – {title}" if title else "")
            line.show_line(self.tr("Promised: {what}").format(what=what))
        self._show_note(contact)
        set_shown(self._settled, not without and not contact.needs_one_reason and not answers)

    def _show_note(self, contact: ContactState) -> None:
        note = contact.note
        how_far = f" · {receipt(note.receipt)}" if note.receipt and note.receipt is not Receipt.ACCEPTED else ""
        words = strong(note.text) + plain(how_far) if note.text else plain(self.tr("none yet"))
        self._note.show_line(self.tr("Note: {text}").format(text=words))

    def _make_open_action(self) -> _OpenAction:
        row = _OpenAction()
        row.chosen.connect(self.action_selected)
        return row

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
        column.addWidget(Label(self.tr("No action was raised. What was the reason?"), wrap=True))
        column.addWidget(chips)
        return box

    def _on_reason(self, code: ResponseCode) -> None:
        self.response_given.emit(code)


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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line, 1)
        row.addWidget(self._choose)

    def show_open(self, action_id: str, title: str, chosen: bool) -> None:
        self._action_id = action_id
        # The chosen action's response is one click away in the row below.
        hint = self.tr("response missing – choose it below") if chosen else self.tr("response missing")
        self._line.show_line(f"{strong(title)}: {plain(hint)}")
        set_shown(self._choose, not chosen)
        set_named(self._choose, self.tr("Choose {action} for its response").format(action=title))
