"""A keyring in memory."""

from __future__ import annotations

from nba_desktop.adapters.secrets import Secrets
from nba_desktop.domain.errors import FailureCode, SecretsError


class KeptSecrets(Secrets):
    """Keeps secrets for as long as the test runs; with a `failure` it gives none and takes none."""

    def __init__(self, failure: FailureCode | None = None) -> None:
        super().__init__(lambda: ())
        self.failure = failure
        self.by_name: dict[str, str] = {}

    def read(self, name: str) -> str:
        self._fail()
        if name not in self.by_name:
            raise SecretsError("there is none by this name", FailureCode.KEYRING_NO_TOKEN)
        return self.by_name[name]

    def store(self, name: str, secret: str) -> None:
        self._fail()
        self.by_name[name] = secret

    def delete(self, name: str) -> None:
        self._fail()
        self.by_name.pop(name, None)

    def _fail(self) -> None:
        if self.failure is not None:
            raise SecretsError("the keyring fails", self.failure)
