"""The sign-in of a browser kept in the keyring until the next start."""

from __future__ import annotations

from nba_desktop.adapters.secrets import Secrets


class KeptSignIn:
    """Keeps the refresh token of one OAuth client; both ways raise `SecretsError`."""

    def __init__(self, client_id: str, secrets: Secrets | None = None) -> None:
        self._name = f"genesys sign-in {client_id}"
        self._secrets = secrets or Secrets()

    def read(self) -> str | None:
        """The refresh token; `KEYRING_NO_TOKEN` when nobody has signed in yet."""
        return self._secrets.read(self._name)

    def store(self, token: str) -> None:
        """Keep a refresh token in place of the one before."""
        self._secrets.store(self._name, token)
