"""What every source of calls offers the panel, whatever telephone system is behind it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance


class CallSource(Protocol):
    """A source of calls in the GUI thread.

    `call_event` carries a `CallEvent`, `link_changed` a `LinkState`, `input_dropped` something with a `code`: input
    that could not be understood. `received` carries each packet as it came, in bytes; it may hold personal data, so
    that only what masks them may listen.
    """

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str:
        """The value of `telephony.source` that stands for it."""
        ...

    @property
    def call_event(self) -> SignalInstance: ...

    @property
    def received(self) -> SignalInstance: ...

    @property
    def link_changed(self) -> SignalInstance: ...

    @property
    def input_dropped(self) -> SignalInstance: ...

    def start(self) -> None:
        """Begin to connect; does nothing when already started."""
        ...

    def stop(self) -> None:
        """Let go of the line and stay disconnected."""
        ...

    def deleteLater(self) -> None:
        """As every `QObject`."""
        ...


@runtime_checkable
class TriesAgain(Protocol):
    """A source of the backend's, with the backend's token."""

    def try_again(self) -> None:
        """Connect at once, where it waits before the next attempt: the token has become another one."""
        ...


@runtime_checkable
class SignsIn(Protocol):
    """A source at which the agent signs in himself."""

    def sign_in(self) -> None:
        """Begin the sign-in anew, after it failed or was given up."""
        ...
