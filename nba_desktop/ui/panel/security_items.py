"""The checklist of what the caller is asked: each item open, right or wrong."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.customer import SecurityItem
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_enabled, set_named, set_shown
from nba_desktop.ui.texts.customer_words import security_word

_BESIDE = 40
"""Room for the icon before the words."""


class _Words(WordButton):
    """Wants the room of its words in one line; what stands beside them goes below otherwise."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.fontMetrics().horizontalAdvance(self.text()) + _BESIDE), hint.height())


class _ItemRow(QWidget):
    """An item with its state; a click on it says right or open again, the button beside it wrong, or that it is not."""

    toggled = Signal(str)
    failed = Signal(str)
    corrected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._code = ""
        self._right = _Words()
        self._right.clicked.connect(lambda: self.toggled.emit(self._code))
        self._wrong = Button(self.tr("Wrong"), role="link", variant="muted", icon="cross")
        self._wrong.clicked.connect(lambda: self.failed.emit(self._code))
        row = FlowLayout(self, line_spacing=0)
        row.add_stretched(self._right, ems=12)
        row.addWidget(self._wrong)
        self._undo = Button(self.tr("Not wrong"), role="link", variant="muted", icon="undo")
        self._undo.clicked.connect(lambda: self.corrected.emit(self._code))
        row.addWidget(self._undo)

    def show_item(self, item: SecurityItem, right: bool, wrong: bool, correctable: bool, locked: bool) -> None:
        """Fill the row; one that is wrong is `correctable` where it was said to be so here, locked or not."""
        self._code = item.code
        what = f"{security_word(item.code, item.label)} {item.hint}"
        state = self.tr("wrong") if wrong else self.tr("right") if right else self.tr("open")
        words = self.tr("{what} – {state}").format(what=what, state=state)
        icon = "cross" if wrong else "check" if right else "box"
        self._right.show_words(words, icon, on=right and not wrong)
        if wrong and correctable:
            how = self.tr("Recorded; it cannot count unless you correct it.")
        elif wrong:
            how = self.tr("Recorded; it cannot count in this call any more.")
        else:
            how = self.tr("Tick when the caller has said it correctly.")
        set_named(self._right, words, how)
        set_enabled(self._right, not wrong and not locked)
        set_named(self._wrong, self.tr("{what} was answered wrongly").format(what=what))
        set_shown(self._wrong, not wrong and not locked)
        set_named(self._undo, self.tr("{what} was not answered wrongly").format(what=what))
        set_shown(self._undo, wrong and correctable)


class SecurityItems(QWidget):
    """All items of the candidate being authenticated, in the order in which they are asked."""

    item_toggled = Signal(str)
    item_failed = Signal(str)
    item_corrected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = Pool(column, self._new_row, ready=5)

    def _new_row(self) -> _ItemRow:
        row = _ItemRow()
        row.toggled.connect(self.item_toggled)
        row.failed.connect(self.item_failed)
        row.corrected.connect(self.item_corrected)
        return row

    def show_items(self, contact: ContactState, items: tuple[SecurityItem, ...]) -> None:
        """Show the items as they stand in the contact."""
        for row, item in zip(self._rows.shown(len(items)), items, strict=True):
            right, wrong = item.code in contact.items_passed, item.code in contact.items_failed
            row.show_item(item, right, wrong, item.code in contact.items_correctable, contact.locked)
        set_shown(self, bool(items))
