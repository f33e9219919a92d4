"""One panel per user and session; a second start hands its message to the first."""

from __future__ import annotations

import ctypes
import getpass
import hashlib
import os
import sys
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from nba_desktop.domain.errors import SettingsError

MAX_MESSAGE: Final = 16 * 1024
"""Bytes of the longest message in UTF-8."""

_LENGTH: Final = 4
_ACCEPTED: Final = b"\x06"
_REFUSED: Final = b"\x15"
_SENDER_PATIENCE_MS: Final = 2_000


Standing = Literal["none", "running", "silent", "stale"]
"""Nobody, a panel that answers, one that does not, or one that has died."""


def session_key() -> str:
    """Name this user's session on this machine; terminal servers run many of one user."""
    if sys.platform == "win32":
        session = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return f"{getpass.getuser()}/{session.value}"
    # The display, not XDG_SESSION_ID: a program started by the user's service manager does not always have that one.
    return f"{os.getuid()}/{os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY', '')}"


class SingleInstance(QObject):
    """The lock that says who is first, and the local socket the others reach him by.

    `folder` is one that only this user can write to (lock and, but on Windows, socket live there); `key` comes from
    `session_key()`. The names are a hash of it: a file name must not carry a person's name, and a socket's path is
    short. `message_received` carries the text; it is acknowledged after its slots have run.
    """

    message_received = Signal(str)

    def __init__(self, folder: Path, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = f"nba-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        self._lock = QLockFile(str(folder / f"{name}.lock"))
        # A lock is stale when its process is gone, never because it is old: panels run for days.
        self._lock.setStaleLockTime(0)
        self._address = name if sys.platform == "win32" else str(folder / f"{name}.sock")
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    def acquire(self) -> bool:
        """Become the running instance; False when there is one already.

        Raises `SettingsError` when the folder can hold no lock or no socket: then nobody knows who is first.
        """
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                return False
            raise SettingsError("folder of the running panel", "no lock file can be written there")
        # Whoever held the lock before is dead, so a socket that is still there is stale.
        QLocalServer.removeServer(self._address)
        if not self._server.listen(self._address):
            self._lock.unlock()
            raise SettingsError("folder of the running panel", "no socket can be made there; a shorter path may help")
        return True

    def release(self) -> None:
        """Stop listening and let another instance be the first."""
        self._server.close()
        self._lock.unlock()

    def standing(self, timeout_ms: int) -> Standing:
        """Who holds this session's lock; blocks. The lock of a dead panel is taken away."""
        if not Path(self._lock.fileName()).exists():
            return "none"
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if socket.waitForConnected(timeout_ms):
            return "running"
        if self._lock.tryLock(0):
            self._lock.unlock()
            return "stale"
        return "silent"

    def send_to_running(self, text: str, timeout_ms: int) -> bool:
        """Hand `text` to the running instance and wait for its acknowledgement; blocks, needs no event loop.

        False when nobody listens, the answer does not come in time, or the text is longer than `MAX_MESSAGE`.
        """
        data = text.encode("utf-8", "replace")
        if len(data) > MAX_MESSAGE:
            return False
        deadline = QDeadlineTimer(timeout_ms)
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(deadline.remainingTime()):
            return False
        socket.write(len(data).to_bytes(_LENGTH, "big") + data)
        while socket.bytesAvailable() == 0:
            if deadline.hasExpired() or socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
                return False
            socket.waitForReadyRead(deadline.remainingTime())
        return socket.readAll().data()[:1] == _ACCEPTED

    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Visitor(socket, self)


class _Visitor(QObject):
    """One connection of another start: reads one message, answers, goes."""

    def __init__(self, socket: QLocalSocket, instance: SingleInstance) -> None:
        super().__init__(socket)
        self._socket = socket
        self._instance = instance
        self._received = bytearray()
        self._done = False
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(self._on_ready_read)
        QTimer.singleShot(_SENDER_PATIENCE_MS, self, self._give_up)
        if socket.bytesAvailable():
            self._on_ready_read()

    def _on_ready_read(self) -> None:
        if self._done:
            return
        self._received += self._socket.readAll().data()
        if len(self._received) < _LENGTH:
            return
        length = int.from_bytes(self._received[:_LENGTH], "big")
        if length > MAX_MESSAGE:
            self._answer(_REFUSED)
        elif len(self._received) >= _LENGTH + length:
            self._deliver(bytes(self._received[_LENGTH : _LENGTH + length]))

    def _deliver(self, data: bytes) -> None:
        try:
            text = data.decode("utf-8")
        except UnicodeError:
            self._answer(_REFUSED)
            return
        self._done = True
        self._instance.message_received.emit(text)
        self._answer(_ACCEPTED)

    def _answer(self, sign: bytes) -> None:
        self._done = True
        self._socket.write(sign)
        self._socket.flush()
        self._socket.disconnectFromServer()

    def _give_up(self) -> None:
        if not self._done:
            self._done = True
            self._socket.abort()
