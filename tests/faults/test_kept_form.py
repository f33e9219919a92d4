"""The disk is full when the agent saves: he is told so, what he filled in stays, and with room it is stored once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.app import Panel
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.ui.panel.note import NoteLine
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.texts.failures import notice_words
from tests.faults.stores import a_launch, fill_up, make_room

Part = TypeVar("Part", bound=QWidget)
CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=answered"
NOTE = "Ruft wegen der Abschlagszahlung noch einmal an"


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Panel]:
    panel = Panel(a_launch(tmp_path, "http://127.0.0.1:9", "token", CALL), qapp)
    panel.start()
    qtbot.waitUntil(lambda: panel.session.state.contact is not None, timeout=10_000)
    yield panel
    panel.stop()


def part(panel: Panel, kind: type[Part]) -> Part:
    found = panel.window.findChild(kind)
    assert found is not None
    return found


def test_a_note_that_the_full_disk_refuses_stays_in_its_line_and_is_stored_once_there_is_room(
    qtbot: QtBot, panel: Panel
) -> None:
    assert panel.store is not None
    responses = part(panel, ResponseRow)
    line = part(panel, NoteLine)
    bar = part(panel, NoticeBar)
    fill_up(panel.store)
    for size in range(400, 0, -20):
        # What is free within the file's pages is used up, by ever smaller notes.
        panel.session.write_note("x" * size)
    responses.open_note()
    line.insert(NOTE)
    line.editingFinished.emit()
    assert line.text() == NOTE
    qtbot.waitUntil(bar.isVisible)
    assert notice_words(Notice(FailureCode.DISK_FULL)) in {label.text() for label in bar.findChildren(QLabel)}
    assert not any(NOTE in one for one in panel.store.stored())
    make_room(panel.store)
    responses.open_note()
    assert line.text() == NOTE
    line.editingFinished.emit()
    assert sum(NOTE in one for one in panel.store.stored()) == 1
    qtbot.waitUntil(lambda: not bar.isVisible())
