"""`nba-desktop practice`: a process of its own, one in a session, which leaves as soon as a real call comes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from nba_desktop import paths
from nba_desktop.adapters.practice_process import (
    PATIENCE_MS,
    PRACTICE_LEAVES,
    PRACTICE_OPENED,
    PRACTICE_SHOWS,
    practice_instance,
)
from nba_desktop.adapters.settings import Settings, load_settings
from nba_desktop.app import PREFERENCES_FILE, new_application, settings_path
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import PanelError, SettingsError
from nba_desktop.domain.preferences import Theme
from nba_desktop.practice.panel import Practice, PracticePanel
from nba_desktop.runner import hand_over, keep_messages_of_defects_back, quit_on_signals


def run(settings_file: Path | None, language: Language | None, theme: Theme | None) -> int:
    """Run the practice until its window is closed or a call comes to the panel; 1 when it cannot be started."""
    keep_messages_of_defects_back()
    app = new_application()
    instance = practice_instance()
    if not instance.acquire():
        print("nba-desktop: a practice is already running in this session", file=sys.stderr)
        instance.send_to_running(PRACTICE_SHOWS, PATIENCE_MS)
        return 0
    try:
        panel = PracticePanel(_practice(settings_file, language, theme), app)
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


def _practice(settings_file: Path | None, language: Language | None, theme: Theme | None) -> Practice:
    path = settings_path(settings_file)
    try:
        settings = load_settings(path)
    except SettingsError:
        # The panel says what is wrong with them.
        settings = Settings()
    return Practice(paths.resource("practice"), path.with_name(PREFERENCES_FILE), settings, language, theme)
