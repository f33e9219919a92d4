"""The search for the customer, in place over the panel: by customer number, name, contract, address."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nba_desktop.contract.customer import SearchHit
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import BlockStatus, SearchState
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.blocks import BlockMessage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import SectionHeader
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.texts.customer_words import match_words
from nba_desktop.ui.texts.failures import failure

_READY_ROWS: Final = 8


class _HitRow(WordButton):
    def __init__(self) -> None:
        super().__init__()
        self.customer_id = ""


class SearchView(Overlay):
    """A field and what was found; a click on a customer assigns him to the call."""

    search_requested = Signal(str)
    hit_attached = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys.CLOSE)
        close.clicked.connect(self.closed)
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(self.tr("Customer number, name, contract or address"))
        self._edit.setAccessibleName(self.tr("Search for the customer"))
        self._edit.returnPressed.connect(self._on_search)
        go = Button(self.tr("Search"), icon="search")
        go.clicked.connect(self._on_search)
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self._on_search)
        page = ScrollPage(spacing=0)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows = Pool(page.body, self._new_row, ready=_READY_ROWS)
        field = QHBoxLayout()
        field.addWidget(self._edit, 1)
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

    def _new_row(self) -> _HitRow:
        row = _HitRow()
        row.clicked.connect(lambda: self.hit_attached.emit(row.customer_id))
        return row

    def _on_search(self) -> None:
        self.search_requested.emit(self._edit.text())

    def open(self) -> None:
        """Come to the front with the keyboard in the field."""
        self.show()
        self.raise_()
        self._edit.setFocus()
        self._edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed: it belongs to the call before."""
        self._edit.clear()

    def show_state(self, search: SearchState) -> None:
        """Show what was found, or why nothing is shown."""
        ready = search.status is BlockStatus.READY
        hits = search.hits if ready else ()
        for row, hit in zip(self._rows.shown(len(hits)), hits, strict=True):
            self._show_hit(row, hit)
        icon, words = self._words(search)
        set_shown(self._message, bool(words))
        self._message.show_message(icon, words, retry=search.status is BlockStatus.FAILED)

    def _show_hit(self, row: _HitRow, hit: SearchHit) -> None:
        words = " · ".join((hit.display_name, hit.customer_no_masked, hit.place_masked, match_words(hit.match)))
        row.customer_id = hit.customer_id
        row.show_words(words, "user", on=False)
        set_named(row, words, self.tr("Assign this customer to the call"))

    def _words(self, search: SearchState) -> tuple[str, str]:
        if search.status is BlockStatus.IDLE:
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
