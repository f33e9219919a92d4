"""One promise of the due list: what, when and to whom, in the customer's words, and that it is done."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal

from nba_desktop.contract.contact import Concern
from nba_desktop.contract.follow_up import FollowUp
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.concerns import concern_label
from nba_desktop.ui.texts.follow_up_words import due_words, follow_up_kind, promised_words
from nba_desktop.ui.texts.receipt_words import receipt


class DueRow(Frame):
    """A card; `done` carries the id of the promise."""

    done = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__("card")
        self._formats = formats
        self._follow_up_id: UUID | None = None
        self._what = RichLabel("small")
        self._mark = Chip()
        self._words = Label(role="small", wrap=True)
        self._reached = Label(role="small", variant="muted", wrap=True)
        self._done = Button(self.tr("Done"), role="chip", icon="check")
        self._done.clicked.connect(lambda: self.done.emit(self._follow_up_id))
        head = FlowLayout(line_spacing=2)
        head.add_stretched(self._what)
        head.addWidget(self._mark)
        foot = FlowLayout(line_spacing=2)
        foot.add_stretched(self._reached)
        foot.add_right(self._done)
        self.body.setSpacing(4)
        self.body.addLayout(head)
        self.body.addWidget(self._words)
        self.body.addLayout(foot)

    def show_follow_up(self, follow_up: FollowUp, state: PanelState, concerns: tuple[Concern, ...]) -> None:
        """Fill the card with a promise, and how far it has come that it is done."""
        self._follow_up_id = follow_up.follow_up_id
        when = due_words(follow_up.due, follow_up.at_time, self._formats)
        about = follow_up.title or (concern_label(follow_up.concern, concerns) if follow_up.concern else "")
        who = " · ".join(filter(None, (follow_up.caller, follow_up.customer_no_masked)))
        who = who or " · ".join(filter(None, (self.tr("Customer not identified"), self._number(follow_up))))
        lines = [strong(follow_up_kind(follow_up.kind)) + plain(f" · {when}"), plain(who), plain(about)]
        set_text(self._what, "<br>".join(filter(None, lines)))
        set_text(self._words, self.tr("“{words}”").format(words=follow_up.words) if follow_up.words else "")
        set_shown(self._words, bool(follow_up.words))
        reached = state.due.receipt_of(follow_up.follow_up_id)
        is_open = reached in (None, Receipt.REFUSED)
        self._show_mark(follow_up, state, is_open)
        self._show_reached(reached, state)
        set_shown(self._done, is_open)
        what = promised_words(follow_up, self._formats)
        set_named(self._done, self.tr("Done: {what}").format(what=f"{what} · {who}"))

    def _number(self, follow_up: FollowUp) -> str:
        number = follow_up.number
        return self._formats.phone(number, number if number.startswith("+") else None)

    def places(self) -> list[Button]:
        """What can be done with it."""
        return [] if self._done.isHidden() else [self._done]

    def _show_mark(self, follow_up: FollowUp, state: PanelState, is_open: bool) -> None:
        now = follow_up.follow_up_id in state.due.reached
        set_shown(self._mark, is_open and (follow_up.late or now))
        if follow_up.late:
            self._mark.show_parts(self.tr("overdue"), icon="alert", variant="bad")
        elif now:
            self._mark.show_parts(self.tr("now due"), icon="clock", variant="accent")

    def _show_reached(self, reached: Receipt | None, state: PanelState) -> None:
        words = ""
        if reached is Receipt.REFUSED:
            words = self.tr("The backend does not take this as done: the promise may have been cancelled.")
        elif reached is not None:
            done = self.tr("done")
            words = f"{done} · {receipt(reached)}"
            if reached is Receipt.STORED and state.backend.status != "up":
                words = self.tr("{done} – is sent as soon as the backend is there").format(done=words)
        set_text(self._reached, words)
        set_shown(self._reached, bool(words))
        set_variant(self._reached, "bad" if reached is Receipt.REFUSED else "muted")
