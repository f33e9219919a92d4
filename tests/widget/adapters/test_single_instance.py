"""The first panel listens; every later start hands its message over and goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.single_instance import MAX_MESSAGE, SingleInstance, session_key
from nba_desktop.domain.errors import SettingsError

SENDER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from nba_desktop.adapters.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]), sys.argv[2])
print(instance.acquire(), instance.send_to_running(sys.argv[3], 5000))
"""

HOLDER = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from nba_desktop.adapters.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]), sys.argv[2])
print(instance.acquire(), flush=True)
os._exit(1)
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def hand_over(folder: Path, text: str, qtbot: QtBot) -> list[str]:
    """What a second process says: whether it became the first one, and whether its message was accepted."""
    with python(SENDER, str(folder), "me", text) as sender:
        qtbot.waitUntil(lambda: sender.poll() is not None, timeout=20_000)
        assert sender.stdout is not None
        return sender.stdout.read().split()


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short path: a socket's path has about a hundred characters."""
    return tmp_path_factory.mktemp("i")


@pytest.fixture
def running(folder: Path, qapp: object) -> SingleInstance:
    instance = SingleInstance(folder, "me")
    assert instance.acquire()
    return instance


def test_a_second_process_hands_its_message_to_the_first(running: SingleInstance, folder: Path, qtbot: QtBot) -> None:
    heard: list[str] = []
    running.message_received.connect(heard.append)
    text = "nba-desktop:call?number=+493512805504&id=1&state=ringing&queue=S%C3%BCd ü"
    assert hand_over(folder, text, qtbot) == ["False", "True"]
    assert heard == [text]
    running.release()


def test_a_second_start_in_another_session_is_a_first_one(running: SingleInstance, folder: Path) -> None:
    other = SingleInstance(folder, "somebody else")
    assert other.acquire()
    other.release()
    running.release()


def test_after_the_first_has_gone_the_next_one_takes_over(running: SingleInstance, folder: Path) -> None:
    running.release()
    following = SingleInstance(folder, "me")
    assert following.acquire()
    following.release()


def test_the_lock_and_socket_of_a_killed_process_are_taken_over(folder: Path, qtbot: QtBot) -> None:
    with python(HOLDER, str(folder), "me") as holder:
        qtbot.waitUntil(lambda: holder.poll() is not None, timeout=20_000)
        assert holder.stdout is not None
        assert holder.stdout.read().split() == ["True"]
    assert {path.suffix for path in folder.iterdir()} == {".lock", ".sock"}
    instance = SingleInstance(folder, "me")
    assert not instance.send_to_running("anyone?", 1000)
    assert instance.acquire()
    heard: list[str] = []
    instance.message_received.connect(heard.append)
    assert hand_over(folder, "hello", qtbot) == ["False", "True"]
    assert heard == ["hello"]
    instance.release()


def test_nobody_running_is_said_at_once(folder: Path, qapp: object) -> None:
    assert not SingleInstance(folder, "me").send_to_running("anyone?", 1000)


def test_a_message_that_is_too_long_is_not_sent(running: SingleInstance, folder: Path) -> None:
    assert not SingleInstance(folder, "me").send_to_running("x" * (MAX_MESSAGE + 1), 1000)
    running.release()


def test_an_instance_that_does_not_answer_in_time_is_given_up(folder: Path, qapp: object) -> None:
    first = SingleInstance(folder, "me")
    assert first.acquire()
    # Nobody turns the event loop meanwhile, so the connection stands but no answer comes.
    assert not SingleInstance(folder, "me").send_to_running("hello", 200)
    first.release()


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ((MAX_MESSAGE + 1).to_bytes(4, "big"), b"\x15"),
        (b"GET / HTTP/1.1\r\n\r\n", b"\x15"),
        ((2).to_bytes(4, "big") + b"\xff\xfe", b"\x15"),
        ((2).to_bytes(4, "big") + b"ok", b"\x06"),
    ],
)
def test_only_a_message_of_the_right_form_is_accepted(
    data: bytes, answer: bytes, running: SingleInstance, qtbot: QtBot
) -> None:
    heard: list[str] = []
    running.message_received.connect(heard.append)
    visitor = QLocalSocket()
    visitor.connectToServer(running._address)
    assert visitor.waitForConnected(1000)
    for at in range(len(data)):
        visitor.write(data[at : at + 1])
        visitor.flush()
    qtbot.waitUntil(lambda: visitor.bytesAvailable() > 0)
    assert visitor.readAll().data() == answer
    assert heard == (["ok"] if answer == b"\x06" else [])
    running.release()


def test_a_visitor_who_says_half_a_word_is_shown_out(running: SingleInstance, qtbot: QtBot) -> None:
    visitor = QLocalSocket()
    visitor.connectToServer(running._address)
    assert visitor.waitForConnected(1000)
    visitor.write(b"\x00\x00")
    qtbot.waitUntil(lambda: visitor.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)
    running.release()


def test_no_name_of_a_person_is_in_a_file_name(folder: Path, qapp: object) -> None:
    instance = SingleInstance(folder, "helmut/1")
    assert instance.acquire()
    assert all("helmut" not in path.name for path in folder.iterdir())
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir() if path.suffix == ".sock")
    instance.release()


def test_a_folder_that_can_hold_no_lock_is_an_error_not_another_instance(folder: Path, qapp: object) -> None:
    with pytest.raises(SettingsError, match="lock file"):
        SingleInstance(folder / "missing", "me").acquire()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe's name on Windows has no folder")
def test_a_path_too_long_for_a_socket_is_an_error_and_frees_the_lock(folder: Path, qapp: object) -> None:
    deep = folder / ("x" * 100)
    deep.mkdir()
    for _ in range(2):
        with pytest.raises(SettingsError, match="shorter path"):
            SingleInstance(deep, "me").acquire()


def test_sessions_on_different_displays_have_different_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    first = session_key()
    monkeypatch.setenv("DISPLAY", ":2")
    assert session_key() != first


def test_the_server_accepts_only_this_user(running: SingleInstance) -> None:
    assert running._server.socketOptions() == QLocalServer.SocketOption.UserAccessOption
    running.release()


def test_who_holds_the_session_is_known_without_becoming_it(folder: Path, qtbot: QtBot) -> None:
    looker, running = SingleInstance(folder, "me"), SingleInstance(folder, "me")
    assert looker.standing(500) == "none"
    assert running.acquire()
    assert looker.standing(500) == "running"
    running.release()
    with python(HOLDER, str(folder), "me") as holder:
        qtbot.waitUntil(lambda: holder.poll() is not None, timeout=20_000)
    assert looker.standing(500) == "stale"
    assert looker.standing(500) == "none"
