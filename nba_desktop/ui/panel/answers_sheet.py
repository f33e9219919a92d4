"""What the agent reported, in place over the panel, with the answers of those who see to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from nba_desktop.domain.answers import AnswersState, id_of
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.answer_row import AnswerRow
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.list_sheet import ListSheet
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.texts.failures import failure

_READY: Final = 2
_MOST: Final = 40


class AnswersSheet(ListSheet):
    """One card for each thing that was said: new answers first, then the newest first."""

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(self.tr("What you reported"), (), parent, keys)
        self._state: AnswersState | None = None
        self._rows = Pool(self.page.body, lambda: AnswerRow(formats), _READY)

    def show_answers(self, state: AnswersState) -> None:
        """Show what was said and answered, or why that is not there."""
        if state is self._state:
            return
        self._state = state
        said = state.said[:_MOST]
        days = state.feedback.days if state.feedback else 0
        words = self.tr("What you said in the last %n day(s), and what was answered.", "", days)
        self.show_about(words if said else "")
        self._show_why(state)
        for row, one in zip(self._rows.shown(len(said)), said, strict=True):
            row.show_said(one, id_of(one) in state.new)

    def _show_why(self, state: AnswersState) -> None:
        words, icon, retry = "", "dots", False
        if state.status is BlockStatus.FAILED:
            why = failure(state.failure or FailureCode.TOO_LATE)
            words, icon, retry = self.tr("The answers could not be fetched: {why}.").format(why=why), "alert", True
        elif state.feedback is None:
            slow = state.status is BlockStatus.SLOW
            words = self.tr("The answers are being fetched …")
            words = self.tr("The answers are being fetched – this takes longer than usual.") if slow else words
        elif not state.said:
            words = self.tr("You have reported nothing yet. The guide and the customer’s name have links for that.")
            icon = "info"
        self.show_message(icon, words, retry)
