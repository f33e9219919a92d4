"""Who is signed in, as the screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nba_desktop.domain.errors import FailureCode


class SignInStatus(StrEnum):
    """How far a sign-in is."""

    OFF = "off"
    """A token of the keyring speaks for the agent: nobody signs in."""
    CHECKING = "checking"
    """Whether the sign-in of the last time still holds is being asked."""
    NEEDED = "needed"
    """Nobody is signed in: the panel is not connected."""
    WAITING = "waiting"
    """The agent signs in in his browser."""
    SIGNED_IN = "signed_in"
    ENDED = "ended"
    """The sign-in has ended while the agent works: what he records waits."""
    LEAVING = "leaving"
    """The agent signs out."""


@dataclass(frozen=True, slots=True)
class SignInState:
    """Who is signed in; `agent` is his name for his own eyes.

    `failure` is why the last sign-in or renewal did not work. `left` counts the entries that wait here for whoever was
    signed in before.
    """

    status: SignInStatus = SignInStatus.OFF
    agent: str = ""
    failure: FailureCode | None = None
    left: int = 0

    @property
    def is_wanted(self) -> bool:
        """Whether the agent is to sign in, or is about to."""
        return self.status in (SignInStatus.NEEDED, SignInStatus.WAITING, SignInStatus.ENDED)

    @property
    def has_page(self) -> bool:
        """Whether it stands in the panel's place between calls."""
        return self.is_wanted or self.status is SignInStatus.LEAVING

    @property
    def is_asked_for(self) -> bool:
        """Whether a sign-in can be begun."""
        return self.status in (SignInStatus.NEEDED, SignInStatus.ENDED)
