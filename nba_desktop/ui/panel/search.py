"""The search for the customer, in place over the panel: by customer number, name, contract, address."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.customer import Customer, SearchHit
from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.blocks import BlockMessage, Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.customer_words import full_name, match_words
from nba_desktop.ui.texts.failures import failure

_READY_ROWS: Final = 8


class _HitRow(WordButton):
    def __init__(self) -> None:
        super().__init__()
        self.customer_id = ""

    def set_on(self, on: bool) -> None:
        """Stand out while it is asked about; a customer is opened or assigned, there is nothing to check."""
        set_variant(self, "true" if on else "false", "on")


class SearchView(Overlay):
    """A field and what was found; a click on a customer opens him, or assigns him to the call.

    Where the call has its customer already, a second click elsewhere is needed: another is never bound by a slip.
    """

    search_requested = Signal(str)
    hit_attached = Signal(str)

    def __init__(self, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self._search = SearchState()
        self._contact: ContactState | None = None
        self._armed: SearchHit | None = None
        self._named = ""
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        self._edit = Field()
        self._edit.setAccessibleName(self.tr("Search for the customer"))
        self._edit.set_hints(self.tr("Customer number, name, contract or address"), self.tr("Search"))
        self._edit.returnPressed.connect(self._on_search)
        self._edit.put.connect(self._on_search)
        go = Button(self.tr("Search"), icon="search")
        go.clicked.connect(self._on_search)
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self._on_search)
        page = ScrollPage(spacing=0)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows = Pool(page.body, self._new_row, ready=_READY_ROWS)
        self._shown: tuple[tuple[_HitRow, SearchHit], ...] = ()
        field = FlowLayout()
        field.add_stretched(self._edit, ems=9)
        field.addWidget(go)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.setSpacing(6)
        head.addWidget(SectionHeader(self.tr("Search for the customer"), close))
        head.addLayout(field)
        head.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(page, 1)
        column.addWidget(self._make_question(keys))

    def _make_question(self, keys: KeyMap) -> QWidget:
        """What is asked before another customer is bound, in the place farthest from the click that asked for it."""
        self._question = Frame("notice", margins=(12, 8, 12, 8))
        self._question.setObjectName("question")
        self._asked = Label(role="small", wrap=True)
        self._instead = Button(self.tr("Attach instead"), icon="transferred")
        self._instead.clicked.connect(self._on_confirmed)
        self._keep = Button(self.tr("No, keep"), role="chip", key=keys[Command.CLOSE])
        self._keep.clicked.connect(self._disarm)
        row = FlowLayout()
        row.addWidget(self._keep)
        row.add_right(self._instead)
        self._question.body.addWidget(self._asked)
        self._question.body.addLayout(row)
        self._question.hide()
        return self._question

    def _new_row(self) -> _HitRow:
        row = _HitRow()
        row.clicked.connect(lambda: self._on_hit(row.customer_id))
        return row

    def _on_search(self) -> None:
        self.search_requested.emit(self._edit.text())

    def _on_hit(self, customer_id: str) -> None:
        if self._is_bound(customer_id):
            self.closed.emit()
            return
        if not self._replaced():
            self.hit_attached.emit(customer_id)
            return
        self._armed = next(hit for _, hit in self._shown if hit.customer_id == customer_id)
        self._show_hits()
        self._keep.setFocus()

    def _on_confirmed(self) -> None:
        if self._armed is not None:
            customer_id = self._armed.customer_id
            self._armed = None
            self.hit_attached.emit(customer_id)

    def _disarm(self) -> None:
        self._armed = None
        self._show_hits()
        self._edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The first Esc takes back the question, the second leaves the search.
        if event.key() == Qt.Key.Key_Escape and self._armed is not None:
            self._disarm()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chosen = next((row for row, _ in self._shown if row.hasFocus()), None)
            if chosen is not None:
                chosen.click()
            return
        super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        """Go through field and customers by the arrows, from the field to the first one."""
        places: list[QWidget] = [self._edit, *(row for row, _ in self._shown)]
        here = next((n for n, place in enumerate(places) if place.hasFocus()), 0)
        places[max(0, min(len(places) - 1, here + step))].setFocus()

    def open(self) -> None:
        """Come to the front with the keyboard in the field."""
        self.show()
        self.raise_()
        self._edit.setFocus()
        self._edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed: it belongs to the call before."""
        self._edit.clear()
        self._armed = None

    def show_state(self, search: SearchState, contact: ContactState | None) -> None:
        """Show what was found for a contact, or without a call, or why nothing is shown."""
        # A call that is over keeps the customer it had: for another one, a conversation is opened by hand.
        over = contact is not None and contact.authenticated and not contact.interaction.is_open
        self._search, self._contact = search, None if over else contact
        hits = search.hits if search.status is BlockStatus.READY else ()
        if search.named and search.query != self._named:
            self._edit.setText(search.query)
        self._named = search.query if search.named else ""
        if self._armed not in hits or not self._replaced():
            self._armed = None
        self._shown = tuple(zip(self._rows.shown(len(hits)), hits, strict=True))
        self._show_hits()
        icon, words = self._words(search)
        set_shown(self._message, bool(words))
        self._message.show_message(icon, words, retry=search.status is BlockStatus.FAILED)

    def _bound(self) -> Customer | None:
        return self._contact.view.customer if self._contact and self._contact.view else None

    def _is_bound(self, customer_id: str) -> bool:
        bound = self._bound()
        return bound is not None and bound.customer_id == customer_id

    def _replaced(self) -> str:
        """The name of the customer whom another one would take the place of; empty without one."""
        bound = self._bound()
        return full_name(bound) if bound is not None else ""

    def _show_hits(self) -> None:
        replaced = self._replaced()
        for row, hit in self._shown:
            words = " · ".join((hit.display_name, hit.customer_no_masked, hit.place_masked, match_words(hit.match)))
            if self._is_bound(hit.customer_id):
                deed = self.tr("Attached to this call already")
            elif self._contact is None:
                deed = self.tr("Open without a call event")
            elif replaced:
                deed = self.tr("Attach to this call instead of {name}").format(name=replaced)
            else:
                deed = self.tr("Attach to this call")
            row.customer_id = hit.customer_id
            row.show_words(words, "user", on=hit is self._armed, under=deed)
            set_named(row, words, deed)
        armed = self._armed
        if armed is not None:
            asked = self.tr("Attach {new} to this call instead of {name}? What was recorded with {name} is closed.")
            set_text(self._asked, asked.format(new=armed.display_name, name=replaced))
            set_named(self._keep, self.tr("No, keep {name}").format(name=replaced))
            set_named(self._instead, self.tr("Attach {new} instead").format(new=armed.display_name))
        set_shown(self._question, armed is not None)

    def _words(self, search: SearchState) -> tuple[str, str]:
        if search.status is BlockStatus.IDLE:
            if self._contact is None:
                return "info", self.tr("For a call that has not appeared here. Reading a customer is recorded.")
            return "info", self.tr("Reading a customer in a call is recorded.")
        if search.status in (BlockStatus.LOADING, BlockStatus.SLOW):
            return "dots", self.tr("Searching …")
        if search.status is BlockStatus.FAILED:
            why = failure(search.failure or FailureCode.TOO_LATE)
            return "alert", self.tr("Search not possible: {why}.").format(why=why)
        if not search.hits:
            return "search", self.tr("Nobody found. Please try another word or fewer letters.")
        if search.truncated:
            return "info", self.tr("There are more than are shown here. Please search more narrowly.")
        return "", ""
