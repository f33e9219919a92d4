"""What the panel offers whoever is new: the tour at the first start, and the practice, which gives way to calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.practice_process import PRACTICE_LEAVES, PRACTICE_OPENED, practice_instance
from nba_desktop.adapters.single_instance import SingleInstance
from nba_desktop.app import Launch, Panel
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.panel.tour import Tour
from tests.fakes.keyrings import KeptSecrets
from tests.widget.ui.looking import part

NOWHERE = "http://127.0.0.1:9"
CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=ringing"

Start = Callable[..., Panel]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    started: list[Panel] = []

    def start_panel(first_tour: bool = True) -> Panel:
        panel = Panel(
            Launch(
                data_dir=tmp_path / "data",
                settings_file=tmp_path / "settings.json",
                language="en",
                theme="light",
                backend_url=NOWHERE,
                token="token",
                first_tour=first_tour,
                secrets=KeptSecrets(),
            ),
            qapp,
        )
        started.append(panel)
        panel.start()
        qtbot.waitUntil(lambda: panel.is_recording, timeout=10_000)
        return panel

    yield start_panel
    for panel in started:
        panel.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def practice() -> Iterator[tuple[SingleInstance, list[str]]]:
    """A practice of this session, and what it is told."""
    instance = practice_instance()
    told: list[str] = []
    assert instance.acquire()
    instance.message_received.connect(told.append)
    yield instance, told
    instance.release()


def touring(panel: Panel) -> bool:
    return part(panel.window, Tour).is_open


def test_the_first_start_shows_the_tour_once_it_was_seen_no_other_does(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nba_desktop.app._TOUR_AFTER_MS", 0)
    first = start()
    qtbot.waitUntil(lambda: touring(first))
    before = set((tmp_path / "data").iterdir())
    first.window.tour_ended.emit()
    assert {path.name for path in set((tmp_path / "data").iterdir()) - before} == {"tour-seen"}
    second = start()
    qtbot.waitUntil(lambda: second._connected)
    second._show_first_tour()
    assert not touring(second)


def test_a_call_hides_the_tour_which_is_not_seen_then(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    panel = start(first_tour=False)
    panel._show_first_tour()
    assert touring(panel)
    panel.on_message(CALL)
    qtbot.waitUntil(lambda: not touring(panel))
    panel._show_tour()
    assert not touring(panel)
    assert not (tmp_path / "data" / "tour-seen").exists()


def test_a_call_sends_the_practice_away(start: Start, qtbot: QtBot, practice: tuple[SingleInstance, list[str]]) -> None:
    panel = start(first_tour=False)
    panel.on_message(CALL)
    qtbot.waitUntil(lambda: practice[1] == [PRACTICE_LEAVES])
    # One that is opened while the call goes on leaves at once.
    panel.on_message(PRACTICE_OPENED)
    qtbot.waitUntil(lambda: practice[1] == [PRACTICE_LEAVES] * 2)


def test_the_practice_is_started_without_a_call_only(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    works = True

    def start_detached(program: str, arguments: list[str]) -> tuple[bool, int]:
        started.append(arguments)
        return works, 1

    monkeypatch.setattr(QProcess, "startDetached", start_detached)
    panel = start(first_tour=False)
    panel.window.practice_asked.emit()
    assert started[0][started[0].index("practice") :] == [
        *("practice", "--settings", str(tmp_path / "settings.json"), "--language", "en", "--theme", "light")
    ]
    works = False
    panel.window.practice_asked.emit()
    assert FailureCode.PRACTICE_UNAVAILABLE in [notice.code for notice in panel.session.state.notices]
    panel.on_message(CALL)
    panel.window.practice_asked.emit()
    assert len(started) == 2
