"""The concern: probable ones as chips, the others by search, and whether it is solved."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.panel import Block as BlockName
from nba_desktop.domain.panel import ContactState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.handover import HandoverLine, handover_of
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.blocks import Block, Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import SectionHeader
from nba_desktop.ui.setters import set_enabled, set_named, set_shown
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.concerns import concern_label, probable_because

_PROBABLE: Final = 3
_CODE: Final = Qt.ItemDataRole.UserRole
_WORDS: Final = Qt.ItemDataRole.UserRole + 1


class _ConcernChip(Button):
    def __init__(self) -> None:
        super().__init__(role="chip")
        self.code = ""


class _ByWords(QCompleter):
    """Matches names and synonyms, shows and completes names only."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ConcernSearch(QLineEdit):
    """Finds a contact reason by its name or one of its synonyms; Esc leaves it."""

    concern_found = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("Search for a concern …"))
        self.setAccessibleName(self.tr("Search for a concern"))
        self._concerns: tuple[Concern, ...] = ()
        self._model = QStandardItemModel(self)
        completer = _ByWords(self._model, self)
        completer.setCompletionRole(_WORDS)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]  # not in Qt's stubs
        self.setCompleter(completer)
        popup = completer.popup()
        assert popup is not None  # Qt makes one when it is asked for
        self._popup = popup
        popup.installEventFilter(self)
        self.returnPressed.connect(self._on_return)

    def show_concerns(self, concerns: tuple[Concern, ...]) -> None:
        """Offer the site's contact reasons."""
        if concerns == self._concerns:
            return
        self._concerns = concerns
        self._model.clear()
        for concern in sorted(concerns, key=lambda one: one.label.casefold()):
            item = QStandardItem(concern.label)
            item.setData(concern.code, _CODE)
            item.setData(" ".join((concern.label, *concern.synonyms)), _WORDS)
            self._model.appendRow(item)

    def _on_activated(self, index: QModelIndex) -> None:
        self.concern_found.emit(index.data(_CODE))

    def _on_return(self) -> None:
        """Take the first concern that matches what was typed."""
        typed = self.text().strip().casefold()
        for row in range(self._model.rowCount() if typed else 0):
            item = self._model.item(row)
            if typed in item.data(_WORDS).casefold():
                self.concern_found.emit(item.data(_CODE))
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Left to itself the list only closes when Return is pressed and nothing in it is chosen.
        if (
            watched is self._popup
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not self._popup.currentIndex().isValid()
        ):
            self._popup.hide()
            self._on_return()
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class ConcernView(Section):
    """What the customer calls about, and whether it is solved."""

    retry_requested = Signal(object)
    concern_chosen = Signal(str)
    solved_marked = Signal(bool)
    handover_clicked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__(ground=True, top=2, bottom=4, spacing=4)
        self._formats = formats
        self._solved = Button(self.tr("Solved"), role="chip", icon="check", key=keys.SOLVED)
        self._not_solved = Button(self.tr("Not solved"), role="chip", icon="cross", key=keys.NOT_SOLVED)
        self._solved.clicked.connect(lambda: self.solved_marked.emit(True))
        self._not_solved.clicked.connect(lambda: self.solved_marked.emit(False))
        header = SectionHeader(self.tr("Concern"), self._not_solved)
        header.add(self._solved)
        chips = QWidget()
        self._chips = Pool(FlowLayout(chips), self._new_chip, ready=_PROBABLE)
        self._block = Block(chips, reserved_lines=1.6)
        self._block.retry_clicked.connect(lambda: self.retry_requested.emit(BlockName.CONCERN))
        self._edit = ConcernSearch()
        self._edit.concern_found.connect(self._on_found)
        self._edit.left.connect(self.close_search)
        self._edit.hide()
        self._search = Button(role="chip", icon="search", key=keys.CONCERN)
        set_named(self._search, self.tr("Search for a concern"), self.tr("Search for a concern"))
        self._search.clicked.connect(self.open_search)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._block, 1)
        row.addWidget(self._edit, 1)
        row.addWidget(self._search)
        self._handover = HandoverLine()
        self._handover.clicked.connect(self.handover_clicked)
        self.body.addWidget(header)
        self.body.addWidget(self._handover)
        self.body.addLayout(row)

    def _new_chip(self) -> _ConcernChip:
        chip = _ConcernChip()
        chip.clicked.connect(lambda: self.concern_chosen.emit(chip.code))
        return chip

    def open_search(self) -> None:
        """Put the search field in the chips' place and the cursor in it."""
        set_shown(self._block, False)
        set_shown(self._edit, True)
        self._edit.setFocus()

    def close_search(self) -> None:
        """Show the chips again."""
        if self._edit.hasFocus():
            self._search.setFocus()
        self._edit.clear()
        set_shown(self._edit, False)
        set_shown(self._block, True)

    def _on_found(self, code: str) -> None:
        self.close_search()
        self.concern_chosen.emit(code)

    def show_state(self, contact: ContactState, concerns: tuple[Concern, ...], handover_open: bool = False) -> None:
        """Show the contact's concerns, the chosen one, whether it is solved, and what a colleague had of it before."""
        handover = handover_of(contact)
        set_shown(self._handover, handover is not None)
        if handover is not None:
            self._handover.show_handover(handover, concerns, handover_open)
        self._edit.show_concerns(concerns)
        self._show_solved(contact)
        words = block_words(BlockName.CONCERN, contact)
        if words is not None and contact.concern is None:
            self._block.show_message(words.icon, words.text, words.retry)
            return
        self._show_chips(contact, concerns)
        self._block.show_content()

    def _show_chips(self, contact: ContactState, concerns: tuple[Concern, ...]) -> None:
        probable = contact.view.concerns[:_PROBABLE] if contact.view else ()
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

    def _show_solved(self, contact: ContactState) -> None:
        solved, since = contact.solved, contact.interaction.answered_at
        words = self.tr("Solved")
        if solved and contact.solved_at is not None and since is not None:
            at = self._formats.duration((contact.solved_at - since).total_seconds())
            words = self.tr("Solved {time}").format(time=at)
        self._solved.set_text(words)
        self._solved.set_variant("good" if solved is not False else "")
        self._solved.set_on(solved is True)
        self._not_solved.set_variant("bad" if solved is False else "")
        self._not_solved.set_on(solved is False)
        ringing = contact.interaction.answered_at is None
        set_enabled(self._solved, not ringing)
        set_enabled(self._not_solved, not ringing)
