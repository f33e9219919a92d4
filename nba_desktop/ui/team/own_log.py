"""An employee's page on the log of readings: who looked at it, and what stands in it of him."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.own_log import OwnLogState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import BlockMessage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, plain
from nba_desktop.ui.setters import set_enabled, set_shown
from nba_desktop.ui.team.sections import Paragraphs, Sections
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.own_log_words import looks_words, reads_by_day


class OwnLogPage(Sections):
    """Shows the state of the page; wishes go out as signals."""

    retry_asked = Signal()
    earlier_asked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.column.addWidget(
            Label(
                self.tr(
                    "Whenever customers’ data are shown to you, the backend writes down when, what and on what ground. "
                    "No customer is named here."
                ),
                wrap=True,
            )
        )
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self.retry_asked)
        self.column.addWidget(self._message)
        self._looks = self.section(self.tr("Who looked at your log in the last year"), Paragraphs())
        self._reads = self.section(self.tr("What you read in the last 30 days, newest first"), Paragraphs())
        self._earlier = Button(self.tr("Show earlier ones"), role="link")
        self._earlier.clicked.connect(lambda: self.earlier_asked.emit())
        self.column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_state(self, state: OwnLogState) -> None:
        """Show the whole state; what was there before stays where a new answer fails."""
        known, block, formats = state.is_known, state.block, self._formats
        if block.failure is not None:
            self._message.show_message("alert", failure(block.failure), retry=True)
        elif not known:
            self._message.show_message("clock", self.tr("The log is being read …"))
        set_shown(self._message, block.failure is not None or not known)
        unknown = plain("–")
        nobody = plain(self.tr("Nobody so far.")) if known else unknown
        nothing = plain(self.tr("Nothing.")) if known else unknown
        self._looks.show_paragraphs(looks_words(state.looks, formats) or [nobody])
        self._reads.show_paragraphs(reads_by_day(state.reads, formats) or [nothing])
        set_shown(self._earlier, state.earlier is not None)
        set_enabled(self._earlier, block.status is not BlockStatus.LOADING)
