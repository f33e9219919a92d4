"""What a telephone system gave for the next sign-in, in this user's keyring."""

from __future__ import annotations

from typing import Protocol

from nba_desktop.domain.errors import FailureCode, SecretsError


class Keyring(Protocol):
    """Secrets by name, such as `adapters.secrets.Secrets`; both raise `SecretsError`."""

    def read(self, name: str) -> str: ...

    def store(self, name: str, secret: str) -> None: ...


class KeptSignIn:
    """One token of the keyring; a keyring that fails raises `SecretsError`."""

    def __init__(self, name: str, keyring: Keyring) -> None:
        self._name = name
        self._keyring = keyring

    def read(self) -> str | None:
        """Return the token, None when there is none yet."""
        try:
            return self._keyring.read(self._name)
        except SecretsError as error:
            if error.code is FailureCode.KEYRING_NO_TOKEN:
                return None
            raise

    def store(self, token: str) -> None:
        """Keep the token in the place of the one before."""
        self._keyring.store(self._name, token)
