"""The line to an Asterisk with its bytes given to whoever records them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from nba_desktop.adapters.cti.asterisk_ami import AsteriskAmiSource


class RecordedAmiSource(AsteriskAmiSource):
    """Besides what the line itself says, `received` carries every packet as `bytes`, before anything is read from it.

    They may hold personal data; only a recorder that masks them may listen.
    """

    received = Signal(bytes)

    @property
    def name(self) -> str:
        """The source's name in its events."""
        return self._settings.source

    def _on_ready_read(self) -> None:
        self.received.emit(bytes(self._socket.peek(self._socket.bytesAvailable()).data()))
        super()._on_ready_read()
