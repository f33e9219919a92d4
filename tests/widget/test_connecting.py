"""Whatever the agent can do in the window is answered by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop import paths
from nba_desktop.adapters.settings import Settings
from nba_desktop.app import Launch, Panel
from nba_desktop.practice.panel import Practice, PracticePanel
from nba_desktop.ui.panel.lower_commands import LowerCommands
from nba_desktop.ui.panel.panel_signals import PanelSignals

BY_NOBODY = {"painted"}
"""Said for whoever wants to know it."""
WITHOUT_PRACTICE = {
    *("sign_in_requested", "menu_asked", "tour_asked", "tour_ended", "practice_asked"),
    *("calendar_asked", "own_review_asked", "crm_asked", "agent_sign_in_asked", "agent_sign_in_given_up"),
}
"""What a practice has no telephone, dock, tour, CRM or sign-in for, and leaves no file and no figures behind."""


@pytest.fixture
def panel(qapp: QApplication, tmp_path: Path) -> Iterator[Panel]:
    settings = tmp_path / "settings.json"
    built = Panel(Launch(data_dir=tmp_path, settings_file=settings, language="en", theme="light"), qapp)
    yield built
    built.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def practice(qapp: QApplication, tmp_path: Path) -> Iterator[PracticePanel]:
    settings = tmp_path / "preferences.json"
    built = PracticePanel(Practice(paths.resource("practice"), settings, Settings(), "en", "light"), qapp)
    yield built
    built.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def unanswered(window: PanelSignals) -> set[str]:
    told = vars(PanelSignals) | vars(LowerCommands)
    names = {name for name, value in told.items() if isinstance(value, Signal)}
    meta = window.metaObject()
    methods = [meta.method(place) for place in range(meta.methodCount())]
    signals = {bytes(one.name().data()).decode(): one for one in methods}
    assert names <= set(signals)
    return {name for name in names if not window.isSignalConnected(signals[name])}


def test_every_signal_of_the_window_is_answered_by_the_panel(panel: Panel) -> None:
    assert unanswered(panel.window) <= BY_NOBODY


def test_the_practice_answers_all_but_what_it_has_not(practice: PracticePanel) -> None:
    assert unanswered(practice.window) == BY_NOBODY | WITHOUT_PRACTICE
