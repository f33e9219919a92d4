"""One panel as a process: the first of its user's session, ended by its window or by a signal."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
import traceback
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop import paths
from nba_desktop.adapters.log_file import end_log, keep_log
from nba_desktop.adapters.settings_loading import refuse_locked, start_options
from nba_desktop.adapters.single_instance import SingleInstance, session_key
from nba_desktop.agent_link import Entrance
from nba_desktop.app import Launch, Panel, new_application
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import SettingLocked
from nba_desktop.handing_over import PATIENT, hand_over

_log = logging.getLogger(__name__)

_USAGE_ERROR = 2
_SNAPSHOT_LIMIT_MS = 30_000


def run_panel(launch: Launch, snapshot: Path | None = None) -> int:
    """Run the panel until its window is closed.

    With `snapshot`, the first view that an answer has filled is painted into that file and the panel quits; 1 when
    none came in time. A second panel of the same session is not started; a call it was started with goes to the first.
    2 for an option that the machine's policy does not leave open.
    """
    keep_messages_of_defects_back()
    try:
        refuse_locked(launch.policy, start_options(launch.language, launch.theme, launch.backend_url))
    except SettingLocked as error:
        print(f"nba-desktop: {error}", file=sys.stderr)
        return _USAGE_ERROR
    app = new_application()
    instance = SingleInstance(paths.runtime_dir(), session_key())
    if not instance.acquire():
        # A softphone reports ringing and answered within a second, while the panel of the first still starts.
        if launch.first_call and not hand_over(launch.first_call, PATIENT):
            print("nba-desktop: the panel of this session does not take the call", file=sys.stderr)
            return 1
        print("nba-desktop: a panel is already running in this session", file=sys.stderr)
        return 0
    log = keep_log(launch.data_dir)
    seat = Seat(launch, app)
    instance.message_received.connect(seat.on_message)
    notifier = quit_on_signals(app)
    if snapshot:
        _paint_first_full_view(seat.panel, snapshot, app)
    seat.panel.start()
    code = app.exec()
    seat.panel.stop()
    end_log(log)
    notifier.setEnabled(False)
    instance.release()
    return code


class Seat(QObject):
    """The panel of whoever works here: another agent gets another panel, with a store and a token of his own."""

    changed = Signal()

    def __init__(self, launch: Launch, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._launch = replace(launch, first_call=None)
        self.panel = self._follow(Panel(launch, app))

    def on_message(self, text: str) -> None:
        """Take what another start of the program handed over."""
        self.panel.on_message(text)

    def _follow(self, panel: Panel) -> Panel:
        # Queued: the panel is ended by what comes out of itself.
        panel.agent_left.connect(self._on_agent_left, Qt.ConnectionType.QueuedConnection)
        return panel

    def _on_agent_left(self, entrance: Entrance) -> None:
        if self.sender() is not self.panel:
            return
        before, messages = self.panel, self.panel.messages
        # Between the two there is no window, which would be the end of the program.
        quits = self._app.quitOnLastWindowClosed()
        self._app.setQuitOnLastWindowClosed(False)
        try:
            before.stop()
            self.panel = self._follow(Panel(replace(self._launch, entrance=entrance), self._app))
            self.panel.start()
        finally:
            self._app.setQuitOnLastWindowClosed(quits)
        for text in messages:
            self.panel.on_message(text)
        for window in (before.window, before.strip):
            window.deleteLater()
        before.deleteLater()
        self.changed.emit()


def keep_messages_of_defects_back() -> None:
    """Log what nobody catches, in any thread, by its type and place; what it says may be personal data.

    So is what lies in memory: where the system would write it to the disk at a crash, it is told not to.
    """
    sys.excepthook = _log_defect
    threading.excepthook = _log_defect_of_thread
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _log_defect_of_thread(what: threading.ExceptHookArgs) -> None:
    # A thread may end itself; Python says nothing of that either.
    if not issubclass(what.exc_type, SystemExit):
        _log_defect(what.exc_type, what.exc_value, what.exc_traceback)


def _log_defect(kind: type[BaseException], _: BaseException | None, trace: TracebackType | None) -> None:
    """Say where a defect is; its message is left out, since it may repeat what was on the screen."""
    _log.critical("defect %s\n%s", kind.__name__, "".join(traceback.format_tb(trace)))


def quit_on_signals(app: QApplication) -> QSocketNotifier:
    """Close in order on Ctrl+C and on the end of the session; Python's handlers need a wake-up inside Qt's loop."""
    ours, pythons = socket.socketpair()
    for end in (ours, pythons):
        end.setblocking(False)
    signal.set_wakeup_fd(pythons.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, app)

    def drain() -> None:
        ours.recv(64)

    notifier.activated.connect(drain)
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not `quit`, which asks the windows first: in a call they would stay.
        signal.signal(number, lambda *_: app.exit(0))

    def close() -> None:
        ours.close()
        pythons.close()

    # The sockets live as long as the notifier that reads them.
    notifier.destroyed.connect(close)
    return notifier


def _paint_first_full_view(panel: Panel, png: Path, app: QApplication) -> None:
    timer = QTimer(panel)
    waited = 0
    is_filled = False

    def look() -> None:
        nonlocal waited, is_filled
        waited += timer.interval()
        was_filled, contact = is_filled, panel.session.state.contact
        is_filled = contact is not None and contact.customer_block.status is BlockStatus.READY
        # One look later the widgets show what the state holds.
        if was_filled:
            timer.stop()
            app.exit(0 if panel.window.grab().save(str(png)) else 1)
        elif waited > _SNAPSHOT_LIMIT_MS:
            print("nba-desktop: no call came to take a picture of", file=sys.stderr)
            app.exit(1)

    timer.timeout.connect(look)
    timer.start(50)
