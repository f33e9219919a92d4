"""`nba-desktop practice`: a process of its own, one in a session, which leaves as soon as a real call comes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from nba_desktop import paths
from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.practice_process import (
    PATIENCE_MS,
    PRACTICE_LEAVES,
    PRACTICE_OPENED,
    PRACTICE_SHOWS,
    practice_instance,
)
from nba_desktop.adapters.settings_loading import load_in_force, refuse_locked, start_options
from nba_desktop.app import PREFERENCES_FILE, new_application, settings_path
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import PanelError, SettingLocked
from nba_desktop.domain.preferences import Theme
from nba_desktop.handing_over import hand_over
from nba_desktop.practice.panel import Practice, PracticePanel
from nba_desktop.runner import keep_messages_of_defects_back, quit_on_signals

_USAGE_ERROR = 2


def run(settings_file: Path | None, language: Language | None, theme: Theme | None, policy: Policy) -> int:
    """Run the practice until its window is closed or a call comes to the panel; 1 when it cannot be started.

    2 for an option that the machine's policy does not leave open.
    """
    keep_messages_of_defects_back()
    try:
        refuse_locked(policy, start_options(language, theme, None))
    except SettingLocked as locked:
        print(f"nba-desktop: {locked}", file=sys.stderr)
        return _USAGE_ERROR
    app = new_application()
    instance = practice_instance()
    if not instance.acquire():
        print("nba-desktop: a practice is already running in this session", file=sys.stderr)
        instance.send_to_running(PRACTICE_SHOWS, PATIENCE_MS)
        return 0
    try:
        panel = PracticePanel(_practice(settings_file, language, theme, policy), app)
    except PanelError as error:
        print(f"nba-desktop: the practice cannot be started: {error}", file=sys.stderr)
        instance.release()
        return 1
    notifier = quit_on_signals(app)
    panel.left.connect(app.quit)

    def on_message(text: str) -> None:
        if text == PRACTICE_LEAVES:
            panel.window.hide()
            QTimer.singleShot(0, app, app.quit)
        elif text == PRACTICE_SHOWS:
            panel.window.raise_()
            panel.window.activateWindow()

    instance.message_received.connect(on_message)
    panel.start()
    # A panel that is in a call answers with `PRACTICE_LEAVES`; without a panel nobody hears it.
    QTimer.singleShot(0, app, lambda: hand_over(PRACTICE_OPENED))
    code = app.exec()
    panel.stop()
    notifier.setEnabled(False)
    instance.release()
    return code


def _practice(settings_file: Path | None, language: Language | None, theme: Theme | None, policy: Policy) -> Practice:
    path = settings_path(settings_file)
    # The panel says what is wrong with them.
    loaded = load_in_force(path, policy, start_options(language, theme, None))
    preferences = path.with_name(PREFERENCES_FILE)
    return Practice(paths.resource("practice"), preferences, loaded.settings, language, theme, loaded.in_force)
