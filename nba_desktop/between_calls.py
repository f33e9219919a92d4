"""What the agent opens beside the panel between two calls: a file for his calendar, and his own review."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from nba_desktop.adapters.file_keeping import keep_file
from nba_desktop.adapters.review_process import ReviewBeside
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.session.session import Session
from nba_desktop.ui.panel.panel_signals import PanelSignals


class BetweenCalls(QObject):
    """Answers the wishes of a panel's window; `reached` is the backend's address and the token in use, if any."""

    def __init__(
        self,
        window: PanelSignals,
        session: Session,
        review: ReviewBeside,
        reached: Callable[[], tuple[str, str] | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._review = review
        self._reached = reached
        self._dialog: QFileDialog | None = None
        window.calendar_asked.connect(self.ask_for_file)
        window.own_review_asked.connect(self.open_review)

    def ask_for_file(self) -> None:
        """Ask where the calendar file is to be; the panel shows what comes meanwhile."""
        self.give_way()
        dialog = QFileDialog(self._window, self.tr("Save the follow-ups as a calendar file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("*.ics")
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(self.tr("follow-ups.ics"))
        dialog.fileSelected.connect(self._keep)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        dialog.open()

    def open_review(self) -> None:
        """Start the agent's own review, unless there is a call or it is open already."""
        if self._session.state.contacts:
            return
        reached = self._reached()
        if reached is None:
            self._session.on_notice(Notice(FailureCode.OFFLINE))
        elif self._review.is_open:
            self._session.on_notice(Notice(FailureCode.REVIEW_OPEN))
        elif not self._review.start(*reached):
            self._session.on_notice(Notice(FailureCode.REVIEW_UNAVAILABLE))

    def on_token_renewed(self) -> None:
        """The token has become another one: what was opened with it goes on with this one."""
        reached = self._reached()
        if reached is not None and self._review.is_open:
            self._review.renew(reached[1])

    def give_way(self) -> None:
        """A call has come: nothing may lie before it."""
        if self._dialog is not None:
            self._dialog.reject()

    def stop(self) -> None:
        """End what was opened."""
        self.give_way()
        self._review.stop()

    def _keep(self, name: str) -> None:
        self._session.due.keep_calendar(partial(keep_file, Path(name)))

    def _forget(self) -> None:
        self._dialog = None
