"""The token of one backend, for everything that speaks with it at the same time."""

from __future__ import annotations

from nba_desktop.domain.errors import FailureCode, SecretsError


class BearerToken:
    """Read and replaced from any thread: who holds it sends the newest. Raises `SecretsError` for what is no token."""

    def __init__(self, value: str) -> None:
        self.replace(value)

    @property
    def value(self) -> str:
        """The token as it is now."""
        return self._value

    @property
    def is_waiting(self) -> bool:
        """Whether it has ended and there is no other one yet, so that nothing can be asked with it."""
        return False

    def newer_than(self, refused: str) -> str:  # noqa: ARG002 - who renews it needs to know which one it was
        """The token to try instead of one that was refused, which is the same one where there is no other. May block.

        Raises `BackendError` when there may be another one later.
        """
        return self._value

    def replace(self, value: str) -> None:
        """Have another one sent from the next request on."""
        if not value or not all("!" <= character <= "~" for character in value):
            raise SecretsError("the token has characters that no token has", FailureCode.KEYRING_NO_TOKEN)
        self._value = value


def bearer(token: str | BearerToken) -> BearerToken:
    """The token itself, or one made of its text."""
    return token if isinstance(token, BearerToken) else BearerToken(token)
