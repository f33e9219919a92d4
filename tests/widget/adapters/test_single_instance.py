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
def running(tmp_path: Path, qapp: object) -> SingleInstance:
    instance = SingleInstance(tmp_path, "me")
    assert instance.acquire()
    return instance


def test_a_second_process_hands_its_message_to_the_first(running: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    heard: list[str] = []
    running.message_received.connect(heard.append)
    text = "nba-desktop:call?number=+493512805504&id=1&state=ringing&queue=S%C3%BCd ü"
    assert hand_over(tmp_path, text, qtbot) == ["False", "True"]
    assert heard == [text]
    running.release()


def test_a_second_start_in_another_session_is_a_first_one(running: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance(tmp_path, "somebody else")
    assert other.acquire()
    other.release()
    running.release()


def test_after_the_first_has_gone_the_next_one_takes_over(running: SingleInstance, tmp_path: Path) -> None:
    running.release()
    following = SingleInstance(tmp_path, "me")
    assert following.acquire()
    following.release()


def test_the_lock_and_socket_of_a_killed_process_are_taken_over(tmp_path: Path, qtbot: QtBot) -> None:
    with python(HOLDER, str(tmp_path), "me") as holder:
        qtbot.waitUntil(lambda: holder.poll() is not None, timeout=20_000)
        assert holder.stdout is not None
        assert holder.stdout.read().split() == ["True"]
    assert {path.suffix for path in tmp_path.iterdir()} == {".lock", ".sock"}
    instance = SingleInstance(tmp_path, "me")
    assert not instance.send_to_running("anyone?", 1000)
    assert instance.acquire()
    heard: list[str] = []
    instance.message_received.connect(heard.append)
    assert hand_over(tmp_path, "hello", qtbot) == ["False", "True"]
    assert heard == ["hello"]
    instance.release()


def test_nobody_running_is_said_at_once(tmp_path: Path, qapp: object) -> None:
    assert not SingleInstance(tmp_path, "me").send_to_running("anyone?", 1000)


def test_a_message_that_is_too_long_is_not_sent(running: SingleInstance, tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path, "me").send_to_running("x" * (MAX_MESSAGE + 1), 1000)
    running.release()


def test_an_instance_that_does_not_answer_in_time_is_given_up(tmp_path: Path, qapp: object) -> None:
    first = SingleInstance(tmp_path, "me")
    assert first.acquire()
    # Nobody turns the event loop meanwhile, so the connection stands but no answer comes.
    assert not SingleInstance(tmp_path, "me").send_to_running("hello", 200)
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


def test_no_name_of_a_person_is_in_a_file_name(tmp_path: Path, qapp: object) -> None:
    instance = SingleInstance(tmp_path, "helmut/1")
    assert instance.acquire()
    assert all("helmut" not in path.name for path in tmp_path.iterdir())
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir() if path.suffix == ".sock")
    instance.release()


def test_a_folder_that_cannot_hold_the_socket_is_no_crash(tmp_path: Path, qapp: object) -> None:
    assert not SingleInstance(tmp_path / "missing", "me").acquire()


def test_sessions_on_different_displays_have_different_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    first = session_key()
    monkeypatch.setenv("DISPLAY", ":2")
    assert session_key() != first


def test_the_server_accepts_only_this_user(running: SingleInstance) -> None:
    assert running._server.socketOptions() == QLocalServer.SocketOption.UserAccessOption
    running.release()
