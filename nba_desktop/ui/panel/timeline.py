"""The long timeline: every touchpoint of the customer, by channel, with the threads of its cases."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.history import HistoryState, HistoryStatus, whole_journey
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.timeline_delegate import TimelineDelegate
from nba_desktop.ui.panel.timeline_filters import TimelineFilters
from nba_desktop.ui.panel.timeline_model import TimelineModel
from nba_desktop.ui.panel.timeline_rows import Callout, Entry, Filter, Heading, Journey, RowMaker
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.timeline_words import rest_words

_ROWS_IN_SIGHT: Final = 4
_PAGE_STEPS: Final = {QAbstractItemView.CursorAction.MovePageUp: -1, QAbstractItemView.CursorAction.MovePageDown: 1}
_MARGIN: Final = 12


class TimelineList(QListView):
    """The list; Home, End and the page keys go to contacts, Return asks for the case of the present one."""

    entered = Signal(int)
    set_anew = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row_width = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The event is that of the viewport.
        if event.size().width() != self._row_width:
            self._row_width = event.size().width()
            self.set_anew.emit(self._row_width)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.set_anew.emit(self._row_width)
            self.scheduleDelayedItemsLayout()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        ends = {QAbstractItemView.CursorAction.MoveHome: 1, QAbstractItemView.CursorAction.MoveEnd: -1}
        step = ends.get(action)
        model = self.model()
        if step is None:
            reached = super().moveCursor(action, modifiers)
            if not reached.isValid() or action not in _PAGE_STEPS:
                return reached
            # Qt stays where it is when a page ends at a heading.
            rows = range(reached.row(), model.rowCount()) if _PAGE_STEPS[action] > 0 else range(reached.row(), -1, -1)
            return self._first_contact(rows)
        if isinstance(model, TimelineModel):
            model.finish()
        return self._first_contact(range(model.rowCount())[::step])

    def _first_contact(self, rows: range) -> QModelIndex:
        model = self.model()
        indexes = (model.index(row, 0) for row in rows)
        return next((one for one in indexes if model.flags(one) & Qt.ItemFlag.ItemIsEnabled), QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class Timeline(Overlay):
    """The overlay with filters and list; Esc or the close button leave it.

    `rest_wanted` says that somebody looks at it, or tries again: what is not there yet of the journey is wanted.
    """

    rest_wanted = Signal()
    crm_asked = Signal(str)

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self._formats = formats
        self._maker = RowMaker(formats)
        self._model = TimelineModel(self)
        self._journey: Journey | None = None
        self._concerns: tuple[Concern, ...] = ()
        self._total = 0
        self._history = HistoryState()
        self._filter = Filter()
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        self._case = Button(self.tr("Case in the CRM"), role="link", icon="outside", key=keys[Command.CRM])
        self._case.clicked.connect(self.open_case)
        self._case_url: str | None = None
        self._header = SectionHeader(self.tr("All contacts"), self._case)
        self._header.add(close)
        self._filters = TimelineFilters(formats)
        self._filters.chosen.connect(self._on_filter)
        self._count = Label(role="small", variant="muted", wrap=True)
        self._retry = Button(self.tr("Try again"), role="link", icon="retry")
        self._retry.clicked.connect(self.rest_wanted)
        self._empty = Label(self.tr("First contact: there is no customer journey yet."), "small", "muted", wrap=True)
        self._list = TimelineList()
        self._pages = QStackedWidget()
        self._delegate = TimelineDelegate(self._list, self._model)
        self._make_list()
        self._lay_out()

    def _make_list(self) -> None:
        shown = self._list
        shown.setResizeMode(QListView.ResizeMode.Adjust)
        shown.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its coming and going would set every row into another width.
        shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        shown.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        shown.setModel(self._model)
        shown.setItemDelegate(self._delegate)
        shown.selectionModel().currentChanged.connect(self._on_current)
        shown.entered.connect(self._on_case)
        shown.set_anew.connect(lambda width: self._delegate.set_into(width, shown.font()))
        self._delegate.case_clicked.connect(self._on_case)
        set_named(shown, self.tr("All contacts"), self.tr("Return shows only the contacts of the same case"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        head.setSpacing(6)
        for widget in (self._header, self._filters, self._count):
            head.addWidget(widget)
        head.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(head)
        self._empty.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        column.addWidget(self._pages, 1)

    # ---- state in

    def show_contact(self, contact: ContactState, concerns: tuple[Concern, ...]) -> None:
        """Show the journey of a contact as far as it is there; the filter starts anew with another customer's."""
        view = contact.view
        head = view.journey if view else None
        points = whole_journey(head, contact.history, view.customer_id if view else None)
        breaks = head.media_breaks if head else ()
        journey = Journey(points, breaks, contact.interaction.started_at)
        before, self._journey = self._journey, journey
        same_words = concerns == self._concerns
        self._total, self._concerns, self._history = head.total if head else 0, concerns, contact.history
        if before != journey or not same_words:
            begun = before.points if before else ()
            goes_on = same_words and before is not None and points[: len(begun)] == begun and bool(begun)
            if not goes_on:
                self._filter = Filter()
            self._fill(lengthen=goes_on)
        self._show_count()

    def open_case(self) -> bool:
        """Ask for the case of the present contact in the CRM; False where that is not to be had."""
        if self._case_url is None:
            return False
        self.crm_asked.emit(self._case_url)
        return True

    def open(self) -> None:
        """Come to the front with the keyboard in the list."""
        self.show()
        self.raise_()
        self._list.setFocus()
        self.rest_wanted.emit()

    def place(self, where: QRect) -> None:
        """Take a place in the window; filters that do not fit into its width in words are shown without them."""
        self._filters.fit(where.width() - 2 * _MARGIN)
        self.setGeometry(where)

    def least_height(self) -> int:
        """The height below which too little of the list would be in sight."""
        return self.sizeHint().height() // 2 + _ROWS_IN_SIGHT * 3 * self.fontMetrics().height()

    def _fill(self, lengthen: bool = False) -> None:
        journey = self._journey
        if journey is None:
            return
        rows = self._maker.rows(journey, self._concerns, self._filter)
        if lengthen:
            self._model.lengthen(rows)
        else:
            self._model.show_rows(rows)
            self._list.scrollToTop()
            self._offer_case(None)
        self._delegate.marked = self._filter.case_id
        self._filters.show_filter(journey.points, self._filter)
        set_shown(self._filters, bool(journey.points))
        self._pages.setCurrentWidget(self._list if journey.points else self._empty)

    def _show_count(self) -> None:
        journey = self._journey
        shown = sum(map(self._filter.lets, journey.points)) if journey else 0
        count = self.tr("{shown} of {total} contacts").format(
            shown=self._formats.number(shown), total=self._formats.number(self._total)
        )
        rest = rest_words(self._history)
        set_text(self._count, f"{count} · {rest}" if rest else count)
        set_shown(self._count, self._total > 0)
        set_shown(self._retry, self._history.status is HistoryStatus.FAILED)

    def _offer_case(self, url: str | None) -> None:
        """The present contact says which case it is of."""
        self._case_url = url
        set_shown(self._case, url is not None)

    # ---- what the agent chooses

    def _on_filter(self, chosen: Filter) -> None:
        self._filter = chosen
        self._fill()
        self._show_count()

    def _on_case(self, row: int) -> None:
        entry = self._model.rows[row]
        if isinstance(entry, Entry) and entry.case:
            case_id = entry.point.case_id
            self._on_filter(Filter() if self._filter.case_id == case_id else Filter(case_id=case_id))
            self._choose(entry)

    def _choose(self, entry: Entry) -> None:
        """Stay at a contact: the list around it has become another one."""
        for place, row in enumerate(self._model.rows):
            if isinstance(row, Entry) and row.point is entry.point:
                self._list.setCurrentIndex(self._model.index(place, 0))
                return

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.rows[current.row()] if current.isValid() else None
        point = row.point if isinstance(row, Entry | Callout) else None
        self._offer_case(point.crm_url if point else None)
        marked = point.case_id if point else self._filter.case_id
        if marked != self._delegate.marked and not isinstance(row, Heading):
            self._delegate.marked = marked
            self._list.viewport().update()
