"""The embedded backend dies in mid-call: the panel says so, starts another, and what was clicked arrives."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.app import Launch, Panel
from tests.e2e.processes import rows

pytestmark = pytest.mark.timeout(120)


def test_a_killed_embedded_backend_is_started_anew_and_nothing_is_lost(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nba_desktop.backend_link._HEALTH_EVERY_MS", 100)
    monkeypatch.setattr("nba_desktop.backend_link._RESTART_PAUSE", timedelta(0))
    panel = Panel(Launch(data_dir=tmp_path, settings_file=tmp_path / "none.json", language="en", theme="light"), qapp)
    panel.start()
    try:
        qtbot.waitUntil(lambda: panel.session.state.backend.status == "up", timeout=40_000)
        panel.on_message("nba-desktop:call?number=%2B493512805504&id=1&state=answered")
        qtbot.waitUntil(lambda: panel.session.state.outbox.waiting == 0, timeout=20_000)
        first = panel.link._embedded
        assert first is not None
        assert first._process is not None
        os.kill(first._process.pid, signal.SIGKILL)
        panel.session.write_note("after the crash")
        qtbot.waitUntil(lambda: panel.session.state.backend.status == "down", timeout=20_000)
        qtbot.waitUntil(lambda: panel.session.state.backend.status == "up", timeout=40_000)
        assert panel.link._embedded is not first
        assert panel.store is not None
        store = panel.store
        qtbot.waitUntil(lambda: store.status().waiting == 0, timeout=20_000)
    finally:
        panel.stop()
    assert rows(tmp_path, "SELECT note FROM contacts") == [("after the crash",)]
