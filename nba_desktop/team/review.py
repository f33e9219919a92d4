"""Composes the review: its window, what it asks, and whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.embedded_backend import EmbeddedBackend, RunningBackend, backend_command
from nba_desktop.adapters.file_keeping import keep_file
from nba_desktop.adapters.http_review import HttpReview
from nba_desktop.adapters.network.proxies import routes_of
from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.secrets import read_token
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.sign_in.signing_in import SigningIn
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

    Without a `token`, and where the settings say so, whoever looks at it signs in; that lasts as long as the window.
    Without `url` and without a site in the settings a child of this program is the backend, on the data in `data_dir`.
    """

    data_dir: Path
    settings: Settings
    preferences: Path
    own: bool = False
    url: str | None = None
    token: str | BearerToken | None = field(default=None, repr=False)
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
        self._routes = routes_of(launch.settings.network)
        self._signing_in = self._make_sign_in()
        self._connections: list[QMetaObject.Connection] = []
        self.reviewing: Reviewing | None = None
        self.window.retry_asked.connect(self._on_retry)

    def start(self) -> None:
        """Show the window, and reach the backend."""
        self.window.show()
        self._reach()

    def stop(self) -> None:
        """End everything this program started."""
        if self._signing_in is not None:
            self._signing_in.stop()
        self._tasks.close(0)
        if self._embedded is not None:
            self._embedded.stop()
        self.preferring.stop()

    @property
    def _url(self) -> str | None:
        backend = self._launch.settings.backend
        return self._launch.url or (backend.url if backend.mode == "site" else None)

    def _reach(self) -> None:
        launch, url = self._launch, self._url
        if self._signing_in is not None:
            self._signing_in.start()
        elif url is None:
            # A panel with a backend of its own, or another window, may be open on the same folder.
            self._embedded = EmbeddedBackend(backend_command(launch.data_dir, beside=True))
            self._tasks.run(self._embedded.start, self._on_embedded, self._on_unreachable)
        elif launch.token is not None:
            self._use(url, launch.token)
        else:
            self._tasks.run(partial(read_token, url), partial(self._use, url), self._on_unreachable)

    # ---- who looks at it

    def _make_sign_in(self) -> SigningIn | None:
        """A sign-in of its own, kept nowhere: the browser still knows whoever has just signed in to a panel."""
        settings, window = self._launch.settings.sign_in, self.window
        if settings.method != "openid" or self._url is None or self._launch.token is not None:
            return None
        made = SigningIn(settings, routes=self._routes, parent=self)
        made.changed.connect(window.show_sign_in)
        made.token_came.connect(self._on_token)
        made.token_renewed.connect(self._on_token_renewed)
        made.other_came.connect(lambda other: made.start(None, other))
        made.left.connect(self._forget)
        window.sign_in_asked.connect(made.sign_in)
        window.sign_in_given_up.connect(made.give_up)
        window.sign_out_chosen.connect(made.sign_out)
        return made

    def _on_token(self, token: BearerToken) -> None:
        self._forget()
        assert self._url is not None
        self._use(self._url, token)

    def _on_token_renewed(self) -> None:
        if self.reviewing is not None and self.reviewing.state.is_refused:
            self.reviewing.retry()

    def _forget(self) -> None:
        """Whoever comes next sees nothing of what this one has asked."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections = []
        self.reviewing = None
        self.window.show_state(ReviewState(own=self._launch.own))

    # ---- the backend

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

    def _use(self, url: str, token: str | BearerToken) -> None:
        try:
            backend = HttpReview(url, token, self.preferring.setup.language, routes=self._routes)
        except PanelError as error:
            self._on_unreachable(error)
            return
        reviewing = self.reviewing = Reviewing(backend, self._tasks, self._show, self._launch.own)
        self._connections = self._connect(reviewing)
        reviewing.start()

    def _show(self, state: ReviewState) -> None:
        # What was asked for another one comes too late.
        if self.reviewing is not None and self.reviewing.state is state:
            self.window.show_state(state)

    def _connect(self, reviewing: Reviewing) -> list[QMetaObject.Connection]:
        window = self.window
        return [
            signal.connect(slot)
            for signal, slot in (
                (window.team_chosen, reviewing.choose_team),
                (window.reason_given, reviewing.give_reason),
                (window.period_chosen, reviewing.choose_period),
                (window.action_chosen, reviewing.choose_action),
                (window.queue_chosen, reviewing.choose_queue),
                (window.concern_chosen, reviewing.choose_concern),
                (window.agent_opened, reviewing.open_agent),
                (window.agent_closed, reviewing.close_agent),
                (window.note_written, reviewing.write_note),
                (window.view_chosen, reviewing.open_view),
                (window.site_period_chosen, reviewing.site.choose_period),
                (window.action_opened, reviewing.open_actions),
                (window.actions_period_chosen, reviewing.actions.choose_period),
                (window.actions_queue_chosen, reviewing.actions.choose_queue),
                (window.actions_concern_chosen, reviewing.actions.choose_concern),
                (window.earlier_reads_asked, reviewing.own_log.ask_earlier),
                (window.export_asked, self._on_export),
                (window.print_asked, self._on_print),
            )
        ]

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
