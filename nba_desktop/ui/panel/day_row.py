"""One call of the day: when, who and what about, its responses, and their codes to choose from in place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.day import DayContact, DayFollowUp, DayResponse
from nba_desktop.domain.follow_ups import codes_to_choose
from nba_desktop.domain.panel import DayState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.concerns import concern_label
from nba_desktop.ui.texts.follow_up_words import promised_words
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import response_code

_RESPONSES_READY = 1
_CODES_READY = 0


def corrected_receipt(response: DayResponse, state: DayState) -> Receipt | None:
    """How far the correction has come by which a response got its code here; None for one that was not corrected."""
    return next((receipt for _, _, by, receipt in state.corrected if by == response.event_id), None)


class DayRow(Frame):
    """A card; `corrected` carries the contact, the response's event and the code it is to have.

    `cancelled` carries the contact and the event of what was promised for its concern.
    """

    corrected = Signal(object, object, object)
    cancelled = Signal(object, object)
    opened = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__("card")
        self._formats = formats
        self._contact_id: UUID | None = None
        self._head = RichLabel("small")
        self._none = RichLabel("small", "muted")
        self.body.addWidget(self._head)
        self.body.addWidget(self._none)
        self.body.setSpacing(4)
        responses = QVBoxLayout()
        responses.setSpacing(4)
        self.body.addLayout(responses)
        self._responses = Pool(responses, self._make_response, _RESPONSES_READY)
        self._shown: list[_ResponseLine] = []
        promises = QVBoxLayout()
        promises.setSpacing(4)
        self.body.addLayout(promises)
        self._promises = Pool(promises, self._make_promise, 0)
        self._promised: list[_PromiseLine] = []

    def show_contact(self, contact: DayContact, state: DayState, concerns: tuple[Concern, ...]) -> None:
        """Fill the card; another call than before is shown with its codes put away."""
        if contact.contact_id != self._contact_id:
            self._contact_id = contact.contact_id
            self.close_codes()
        caller = contact.caller or self.tr("Caller not identified")
        concern = concern_label(contact.concern, concerns) if contact.concern else self.tr("No concern")
        about = " · ".join(filter(None, (concern, contact.queue)))
        head = f"{strong(self._formats.time(contact.started_at))} {strong(caller)}<br>{plain(about)}"
        set_text(self._head, head)
        set_shown(self._none, not contact.responses)
        set_text(self._none, plain(self.tr("No response recorded.")))
        self._shown = self._responses.shown(len(contact.responses))
        for line, response in zip(self._shown, contact.responses, strict=True):
            line.show_response(response, corrected_receipt(response, state))
        self._promised = self._promises.shown(len(contact.follow_ups))
        for promised, follow_up in zip(self._promised, contact.follow_ups, strict=True):
            promised.show_promise(follow_up, self._formats)

    def places(self) -> list[Button]:
        """The buttons in the order of the card."""
        return [*(button for line in self._shown for button in line.places()), *(one.cancel for one in self._promised)]

    def close_codes(self) -> bool:
        """Put the codes away; whether any were shown."""
        return any(line.close_codes() for line in self._shown)

    def _make_response(self) -> _ResponseLine:
        line = _ResponseLine(self._formats)
        line.chosen.connect(lambda event_id, code: self.corrected.emit(self._contact_id, event_id, code))
        line.opened.connect(lambda: self._on_opened(line))
        return line

    def _make_promise(self) -> _PromiseLine:
        line = _PromiseLine()
        line.cancelled.connect(lambda event_id: self.cancelled.emit(self._contact_id, event_id))
        return line

    def _on_opened(self, opened: _ResponseLine) -> None:
        for line in self._shown:
            if line is not opened:
                line.close_codes()
        self.opened.emit(self)


class _PromiseLine(QWidget):
    """What stands promised for the concern, and the way to take it back."""

    cancelled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._event_id: UUID | None = None
        self._what = RichLabel("small")
        self.cancel = Button(self.tr("Cancel"), role="chip")
        self.cancel.clicked.connect(lambda: self.cancelled.emit(self._event_id))
        line = FlowLayout(self, line_spacing=2)
        line.add_stretched(self._what)
        line.addWidget(self.cancel)

    def show_promise(self, promised: DayFollowUp, formats: Formats) -> None:
        """Say what was promised for when."""
        self._event_id = promised.event_id
        what = promised_words(promised, formats)
        set_text(self._what, strong(what))
        set_named(self.cancel, self.tr("Cancel: {what}").format(what=what))


class _ResponseLine(QWidget):
    """One response, and the codes that its action offers."""

    chosen = Signal(object, object)
    opened = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._event_id: UUID | None = None
        self._code = ResponseCode.NO_CODE
        self._what = RichLabel("small")
        self._change = Button(self.tr("Correct …"), role="chip")
        self._change.clicked.connect(self._on_change)
        self._codes = QWidget()
        self._codes.setProperty("role", "plain")
        self._planned = Label(role="small", variant="muted", wrap=True)
        flow = FlowLayout()
        self._chips = Pool(flow, self._make_chip, _CODES_READY)
        codes = QVBoxLayout(self._codes)
        codes.setContentsMargins(0, 0, 0, 0)
        codes.setSpacing(4)
        codes.addWidget(self._planned)
        codes.addLayout(flow)
        self._offered: tuple[ResponseCode, ...] = ()
        self._made = 0
        line = FlowLayout(line_spacing=2)
        line.add_stretched(self._what)
        line.addWidget(self._change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._codes)
        self._codes.hide()

    def show_response(self, response: DayResponse, reached: Receipt | None) -> None:
        """Fill the line with a response as it stands, and how far its correction has come."""
        event_id, code = response.event_id, response.code
        if event_id != self._event_id:
            self._event_id = event_id
            self.close_codes()
        title = response.title or self.tr("The whole call")
        corrected = self.tr("corrected")
        how_far = f" · {plain(corrected)} · {plain(receipt(reached))}" if reached else ""
        planned = " · ".join(promised_words(one, self._formats) for one in response.follow_ups)
        promised = f" · {plain(planned)}" if planned else ""
        set_text(self._what, f"{plain(title)}: {strong(response_code(code))}{promised}{how_far}")
        falls = self.tr("{what}. With a response that does not promise this, it is cancelled.")
        set_text(self._planned, falls.format(what=planned) if planned else "")
        set_shown(self._planned, bool(planned))
        set_variant(self._what, "bad" if reached is Receipt.REFUSED else "")
        self._offered = codes_to_choose(response)
        set_shown(self._change, len(self._offered) > 1)
        set_named(self._change, self.tr("Correct “{response}”").format(response=f"{title}: {response_code(code)}"))
        if not self._codes.isHidden():
            self._show_codes(code)
        self._code = code

    def places(self) -> list[Button]:
        """The buttons of the line that can be reached now."""
        chips = self._chips.shown(len(self._offered)) if not self._codes.isHidden() else []
        return [button for button in (self._change, *chips) if not button.isHidden()]

    def close_codes(self) -> bool:
        """Put the codes away; whether they were shown."""
        shown = not self._codes.isHidden()
        if shown:
            had_focus = any(chip.hasFocus() for chip in self._chips.shown(len(self._offered)))
            set_shown(self._codes, False)
            self._change.set_on(False)
            if had_focus:
                self._change.setFocus()
        return shown

    def _on_change(self) -> None:
        if self.close_codes():
            return
        self._show_codes(self._code)
        set_shown(self._codes, True)
        self._change.set_on(True)
        self.opened.emit()

    def _show_codes(self, code: ResponseCode) -> None:
        for chip, offered in zip(self._chips.shown(len(self._offered)), self._offered, strict=True):
            chip.set_text(response_code(offered))
            chip.set_on(offered is code)
            chip.set_icon("check" if offered is code else "")
        # They are made when they are first asked for, and stand before what was made long ago.
        before = self._change
        for chip in self._chips.shown(len(self._offered)):
            QWidget.setTabOrder(before, chip)
            before = chip

    def _make_chip(self) -> Button:
        place = self._made
        self._made += 1
        chip = Button(role="chip")
        chip.clicked.connect(lambda: self._on_chip(place))
        return chip

    def _on_chip(self, place: int) -> None:
        code = self._offered[place]
        if code is not self._code and self._event_id is not None:
            self.chosen.emit(self._event_id, code)
        else:
            self.close_codes()
