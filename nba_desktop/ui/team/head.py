"""The top of the window: whose figures, by what rules, and what of the calls counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from nba_desktop.contract.review import ReviewHead
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.review import ExportStatus, ReviewState, periods
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.team.choice import Choice, all_or
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.printing import PRINT_KEYS, PrintButton
from nba_desktop.ui.texts.review_words import blocks_words, length_words, mode_words, period_words

_FORMATS = ("csv", "xlsx", "pdf")


class Head(QWidget):
    """Every choice goes out as a signal; the state that comes back shows it."""

    team_chosen = Signal(object)
    period_chosen = Signal(object)
    action_chosen = Signal(object)
    queue_chosen = Signal(object)
    concern_chosen = Signal(object)
    export_asked = Signal(str)
    print_asked = Signal()

    def __init__(self, formats: Formats, *, own: bool) -> None:
        super().__init__()
        self._formats = formats
        self.setProperty("role", "sheet")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = Label(role="title")
        self._team: Choice[str] = Choice(self.tr("Team"))
        self._mode = Chip()
        self._period: Choice[object] = Choice(self.tr("Period"))
        self._action: Choice[str | None] = Choice(self.tr("Action"))
        self._queue: Choice[str | None] = Choice(self.tr("Queue"))
        self._concern: Choice[str | None] = Choice(self.tr("Contact reason"))
        self._export = Button(self.tr("Export"), trailing="chevron-down")
        self._export.clicked.connect(self._open_export)
        self._print = PrintButton()
        self._print.clicked.connect(lambda: self.print_asked.emit())
        self._said = Label(role="small", variant="muted")
        row = FlowLayout(self, spacing=8, line_spacing=6)
        row.setContentsMargins(16, 10, 16, 10)
        about: tuple[QWidget, ...] = (self._title, self._team, self._mode)
        for widget in about:
            row.addWidget(widget)
        row.add_right(self._said)
        self._filters = (self._period, self._action, self._queue, self._concern)
        for choice in (*self._filters, self._export, self._print):
            row.add_right(choice)
        self._team.chosen.connect(self.team_chosen)
        self._period.chosen.connect(self.period_chosen)
        self._action.chosen.connect(self.action_chosen)
        self._queue.chosen.connect(self.queue_chosen)
        self._concern.chosen.connect(self.concern_chosen)
        set_text(self._title, self.tr("My review") if own else "")
        self._own = own

    def show_state(self, state: ReviewState, head: ReviewHead | None) -> None:
        """Show what is chosen and what there is to choose from."""
        choices, chosen = state.choices, state.filter
        teams = () if choices is None or self._own else tuple((team.code, team.title) for team in choices.teams)
        if len(teams) == 1:
            set_text(self._title, teams[0][1])
        elif teams and state.team_id is not None:
            self._team.show_values(teams, state.team_id)
        set_shown(self._team, len(teams) > 1)
        if head is not None:
            self._mode.show_parts(text=mode_words(head, self._formats))
        set_shown(self._mode, head is not None)
        for choice in self._filters:
            set_shown(choice, chosen is not None and not state.waits_for_reason)
        if choices is not None and chosen is not None:
            offered = [(period, length_words(period)) for period in periods(choices)]
            # Which days are counted is the backend's to say.
            counted = "" if head is None else period_words(head.filter.period, self._formats)
            self._period.show_values(offered, chosen.period, counted, blocks_words())
            self._action.show_values(all_or(self.tr("All actions"), choices.actions), chosen.action_id)
            queues = [(None, self.tr("All queues")), *((queue, queue) for queue in choices.queues)]
            self._queue.show_values(queues, chosen.queue)
            self._concern.show_values(all_or(self.tr("All reasons"), choices.concerns), chosen.concern)
        exportable = not self._own and head is not None and head.may_export
        set_shown(self._export, exportable)
        # A lead finds it among the files.
        set_shown(self._print, self._own and state.may_print)
        self._export.setEnabled(state.export is not ExportStatus.RUNNING)
        block = state.person_block if self._own else state.team_block
        counting = head is not None and block.status is BlockStatus.LOADING
        set_text(self._said, self.tr("Counting …") if counting else self._export_words(state.export))

    def _export_words(self, status: ExportStatus) -> str:
        return {
            ExportStatus.NONE: "",
            ExportStatus.RUNNING: self.tr("The file is being made …"),
            ExportStatus.SAVED: self.tr("The file is saved."),
            ExportStatus.FAILED: self.tr("The file could not be saved."),
            ExportStatus.PRINTING: self.tr("The page is being printed …"),
            ExportStatus.PRINTED: self.tr("The page went to the printer."),
            ExportStatus.NOT_PRINTED: self.tr("The page could not be printed."),
        }[status]

    def put_on(self, paper: Paper) -> None:
        """Put on paper whose figures these are, by what rules, and what of the calls counts."""
        paper.title(self._title.text() or self._team.words)
        if not self._mode.isHidden():
            paper.words(self._mode.text())
        paper.words(" · ".join(one.accessibleName() for one in self._filters if not one.isHidden()))

    def export_menu(self) -> QMenu:
        """The menu of the formats, and of paper."""
        menu = QMenu(self)
        for form, words in zip(
            _FORMATS, (self.tr("CSV, for other programs"), self.tr("Excel"), self.tr("PDF")), strict=True
        ):
            action: QAction = menu.addAction(words)
            action.triggered.connect(lambda _=False, one=form: self.export_asked.emit(one))
        menu.addSeparator()
        words = self.tr("Print this page")
        printed = menu.addAction(f"{words}\t{PRINT_KEYS}")
        printed.triggered.connect(lambda: self.print_asked.emit())
        return menu

    def _open_export(self) -> None:
        self._menu = self.export_menu()
        self._menu.popup(self._export.mapToGlobal(self._export.rect().bottomLeft()))
