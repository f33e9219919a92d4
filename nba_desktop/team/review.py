"""Composes the review: its window, what it asks, and whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from nba_desktop.adapters.embedded_backend import EmbeddedBackend, RunningBackend, backend_command
from nba_desktop.adapters.file_keeping import keep_file
from nba_desktop.adapters.http_review import HttpReview
from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.secrets import read_token
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.preferences import Theme
from nba_desktop.domain.review import ReviewState
from nba_desktop.domain.settings_in_force import SettingsInForce
from nba_desktop.preferring import Preferring
from nba_desktop.session.reviewing import ExportFormat, Reviewing
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.printing import chosen_printer
from nba_desktop.ui.team.window import TeamWindow


@dataclass(frozen=True, slots=True)
class ReviewLaunch:
    """How a review is started; with `own` it is the page of the agent whose token it is.

    Without `url` and without a site in the settings a child of this program is the backend, on the data in `data_dir`.
    """

    data_dir: Path
    settings: Settings
    preferences: Path
    own: bool = False
    url: str | None = None
    token: str | None = field(default=None, repr=False)
    language: Language | None = None
    theme: Theme | None = None
    in_force: SettingsInForce = SettingsInForce()


class Review(QObject):
    """One window of the review, from its start to its end."""

    def __init__(
        self,
        launch: ReviewLaunch,
        app: QApplication,
        choose_printer: Callable[[QWidget], QPagedPaintDevice | None] = chosen_printer,
    ) -> None:
        super().__init__(app)
        self._launch = launch
        self._choose_printer = choose_printer
        file = PreferencesFile(launch.preferences)
        self.preferring = Preferring(
            app, file, launch.settings, launch.language, launch.theme, self, in_force=launch.in_force
        )
        self.window = TeamWindow(Formats(self.preferring.setup.language), own=launch.own)
        self._tasks = QtTasks(max_threads=3, name="review", parent=self)
        self._embedded: EmbeddedBackend | None = None
        self.reviewing: Reviewing | None = None
        self.window.retry_asked.connect(self._on_retry)

    def start(self) -> None:
        """Show the window, and reach the backend."""
        self.window.show()
        self._reach()

    def stop(self) -> None:
        """End everything this program started."""
        self._tasks.close(0)
        if self._embedded is not None:
            self._embedded.stop()
        self.preferring.stop()

    def _reach(self) -> None:
        launch = self._launch
        site = launch.settings.backend.url if launch.settings.backend.mode == "site" else None
        url = launch.url or site
        if url is None:
            self._embedded = EmbeddedBackend(backend_command(launch.data_dir))
            self._tasks.run(self._embedded.start, self._on_embedded, self._on_unreachable)
        elif launch.token is not None:
            self._use(url, launch.token)
        else:
            self._tasks.run(partial(read_token, url), partial(self._use, url), self._on_unreachable)

    def _on_embedded(self, running: RunningBackend) -> None:
        self._use(running.url, running.token)

    def _on_unreachable(self, error: PanelError) -> None:
        self.window.show_state(ReviewState.unreachable(error.code, own=self._launch.own))

    def _on_retry(self) -> None:
        if self.reviewing is not None:
            self.reviewing.retry()
            return
        if self._embedded is not None:
            self._embedded.stop()
        self.window.show_state(ReviewState(own=self._launch.own))
        self._reach()

    def _use(self, url: str, token: str) -> None:
        try:
            backend = HttpReview(url, token, self.preferring.setup.language)
        except PanelError as error:
            self._on_unreachable(error)
            return
        reviewing = self.reviewing = Reviewing(backend, self._tasks, self.window.show_state, self._launch.own)
        window = self.window
        window.team_chosen.connect(reviewing.choose_team)
        window.reason_given.connect(reviewing.give_reason)
        window.period_chosen.connect(reviewing.choose_period)
        window.action_chosen.connect(reviewing.choose_action)
        window.queue_chosen.connect(reviewing.choose_queue)
        window.concern_chosen.connect(reviewing.choose_concern)
        window.agent_opened.connect(reviewing.open_agent)
        window.agent_closed.connect(reviewing.close_agent)
        window.note_written.connect(reviewing.write_note)
        window.view_chosen.connect(reviewing.open_view)
        window.site_period_chosen.connect(reviewing.site.choose_period)
        window.action_opened.connect(reviewing.open_actions)
        window.actions_period_chosen.connect(reviewing.actions.choose_period)
        window.actions_queue_chosen.connect(reviewing.actions.choose_queue)
        window.actions_concern_chosen.connect(reviewing.actions.choose_concern)
        window.export_asked.connect(self._on_export)
        window.print_asked.connect(self._on_print)
        reviewing.start()

    def _on_print(self) -> None:
        """Ask for the printer; nothing is asked of the backend before that is known."""
        page = self.window.paper()
        printer = self._choose_printer(self.window)
        if printer is not None and self.reviewing is not None:
            self.reviewing.print_page(partial(page.print_, printer))

    def _on_export(self, form: ExportFormat) -> None:
        """Ask where the file is to go; nothing is asked of the backend before that is known."""
        title = self.tr("Keep the review as a file")
        name, _ = QFileDialog.getSaveFileName(self.window, title, f"review.{form}", f"*.{form}")
        if name and self.reviewing is not None:
            self.reviewing.export(form, partial(keep_file, Path(name)))
