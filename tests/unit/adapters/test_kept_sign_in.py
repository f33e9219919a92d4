"""A sign-in is kept in the keyring, and a keyring that fails is told from one that has none."""

from __future__ import annotations

import pytest

from nba_desktop.adapters.kept_sign_in import KeptSignIn
from nba_desktop.domain.errors import FailureCode, SecretsError


class Keyring:
    """Secrets in memory; `broken` is raised instead of answering."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.broken: SecretsError | None = None

    def read(self, name: str) -> str:
        if self.broken:
            raise self.broken
        if name not in self.kept:
            raise SecretsError("nothing under that name", FailureCode.KEYRING_NO_TOKEN)
        return self.kept[name]

    def store(self, name: str, secret: str) -> None:
        self.kept[name] = secret


def test_what_was_kept_is_there_at_the_next_start() -> None:
    keyring = Keyring()
    assert KeptSignIn("genesys c1", keyring).read() is None
    KeptSignIn("genesys c1", keyring).store("token")
    assert KeptSignIn("genesys c1", keyring).read() == "token"
    assert KeptSignIn("genesys c2", keyring).read() is None


def test_a_keyring_that_is_locked_is_no_missing_sign_in() -> None:
    keyring = Keyring()
    keyring.broken = SecretsError("locked", FailureCode.KEYRING_LOCKED)
    with pytest.raises(SecretsError):
        KeptSignIn("genesys c1", keyring).read()
