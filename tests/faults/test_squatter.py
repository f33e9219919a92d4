"""Somebody else sits where the panel would listen: he hears of no call, and cannot keep the panel away."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.single_instance import SingleInstance
from nba_desktop.domain.errors import SettingsError

CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=ringing"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A socket's path is short.
    return tmp_path_factory.mktemp("s")


@pytest.fixture
def place(folder: Path, qapp: object) -> Path:
    """Where the panel of that folder listens."""
    instance = SingleInstance(folder, "me")
    assert instance.acquire()
    (found,) = folder.glob("*.sock")
    instance.release()
    return found


def test_a_program_that_listens_in_the_panels_place_is_put_out_of_it(qtbot: QtBot, folder: Path, place: Path) -> None:
    panel, heard = SingleInstance(folder, "me"), list[str]()
    panel.message_received.connect(heard.append)
    with socket.socket(socket.AF_UNIX) as squatter, socket.socket(socket.AF_UNIX) as softphone:
        squatter.bind(str(place))
        squatter.listen()
        squatter.setblocking(False)
        assert panel.acquire()
        softphone.connect(str(place))
        softphone.sendall(len(CALL).to_bytes(4, "big") + CALL.encode())
        qtbot.waitUntil(lambda: heard == [CALL])
        with pytest.raises(BlockingIOError):
            squatter.accept()
    panel.release()


def test_a_file_in_the_panels_place_is_put_out_of_it(folder: Path, place: Path) -> None:
    place.write_text("squatted", encoding="utf-8")
    panel = SingleInstance(folder, "me")
    assert panel.acquire()
    assert not SingleInstance(folder, "me").acquire()
    panel.release()


def test_what_cannot_be_put_out_of_it_is_said_and_nobody_is_the_first(folder: Path, place: Path) -> None:
    (place / "in it").mkdir(parents=True)
    for _ in range(2):
        with pytest.raises(SettingsError, match="no socket can be made there"):
            SingleInstance(folder, "me").acquire()
