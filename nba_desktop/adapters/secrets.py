"""Tokens and passwords in the system's keyring, and nowhere else.

Only keyrings that encrypt and ask the system who is asking are used. The plain file of `keyrings.alt` and keyrings
that keep nothing are refused, and a keyring that does not answer cannot stop the panel.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

import keyring.backend
import keyring.errors

from nba_desktop.domain.errors import FailureCode, SecretsError

T = TypeVar("T")

SERVICE: Final = "nba-desktop"
LIMIT_S: Final = 5.0

ALLOWED: Final = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)
# Stand-ins that `keyring` always offers; they say nothing about this machine.
_STAND_INS: Final = frozenset(
    {
        "keyring.backends.fail.Keyring",
        "keyring.backends.null.Keyring",
        "keyring.backends.chainer.ChainerBackend",
    }
)


class Secrets:
    """Reads and writes secrets by name; every call takes at most `limit_s` seconds and raises `SecretsError`.

    `keyrings` gives the keyrings of this machine; it is asked at each call, in the worker, because asking may hang.
    """

    def __init__(
        self,
        keyrings: Callable[[], Iterable[keyring.backend.KeyringBackend]] = keyring.backend.get_all_keyring,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._keyrings = keyrings
        self._limit_s = limit_s

    def read(self, name: str) -> str:
        """The secret; `KEYRING_NO_TOKEN` when there is none by this name."""
        secret = self._within_limit(lambda ring: ring.get_password(SERVICE, name))
        if not secret:
            raise SecretsError("the keyring has no secret by this name", FailureCode.KEYRING_NO_TOKEN)
        return secret

    def store(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an older one; it is read back before this returns."""

        def store_and_read(ring: keyring.backend.KeyringBackend) -> str | None:
            ring.set_password(SERVICE, name, secret)
            return ring.get_password(SERVICE, name)

        if self._within_limit(store_and_read) != secret:
            raise SecretsError("the keyring did not keep what was stored", FailureCode.KEYRING_NO_TOKEN)

    def delete(self, name: str) -> None:
        """Forget a secret; it is no error when there is none."""

        def delete(ring: keyring.backend.KeyringBackend) -> None:
            if ring.get_password(SERVICE, name) is not None:
                ring.delete_password(SERVICE, name)

        self._within_limit(delete)

    def _within_limit(self, work: Callable[[keyring.backend.KeyringBackend], T]) -> T:
        answers: SimpleQueue[tuple[T] | SecretsError] = SimpleQueue()

        def ask() -> None:
            try:
                result = work(_allowed(self._keyrings()))
            except Exception as error:  # noqa: BLE001 - keyrings are plug-ins on D-Bus, COM and more, and raise anything
                answers.put(_translated(error))
            else:
                answers.put((result,))

        # Not a pool: a call that hangs keeps its thread until the process ends.
        threading.Thread(target=ask, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._limit_s)
        except Empty:
            raise SecretsError(
                f"the keyring did not answer within {self._limit_s:g} s", FailureCode.KEYRING_SILENT
            ) from None
        if isinstance(answer, SecretsError):
            raise answer
        return answer[0]


def token_name(backend_url: str) -> str:
    """The name under which the token of one backend is kept."""
    return f"token {backend_url.rstrip('/')}"


def read_token(backend_url: str, secrets: Secrets | None = None) -> str:
    """The token of a backend. Raises `SecretsError`."""
    return (secrets or Secrets()).read(token_name(backend_url))


def store_token(backend_url: str, token: str, secrets: Secrets | None = None) -> None:
    """Keep the token of a backend. Raises `SecretsError`."""
    (secrets or Secrets()).store(token_name(backend_url), token)


def delete_token(backend_url: str, secrets: Secrets | None = None) -> None:
    """Forget the token of a backend. Raises `SecretsError`."""
    (secrets or Secrets()).delete(token_name(backend_url))


def _allowed(keyrings: Iterable[keyring.backend.KeyringBackend]) -> keyring.backend.KeyringBackend:
    """The best of the allowed keyrings; what the user configured for `keyring` itself does not count."""
    by_name = [(f"{type(ring).__module__}.{type(ring).__qualname__}", ring) for ring in keyrings]
    allowed = [ring for name, ring in by_name if name in ALLOWED]
    if allowed:
        return max(allowed, key=lambda ring: float(type(ring).priority))
    others = sorted(name for name, _ in by_name if name not in _STAND_INS)
    if others:
        raise SecretsError(f"not a safe keyring: {', '.join(others)}", FailureCode.KEYRING_NOT_ALLOWED)
    raise SecretsError("there is no keyring on this machine", FailureCode.KEYRING_MISSING)


def _translated(error: Exception) -> SecretsError:
    """The foreign error by its type alone; its text may hold the secret's name or more."""
    if isinstance(error, SecretsError):
        return error
    name = type(error).__name__
    if isinstance(error, keyring.errors.KeyringLocked) or "Locked" in name:
        return SecretsError("the keyring is locked", FailureCode.KEYRING_LOCKED)
    return SecretsError(f"the keyring failed ({name})", FailureCode.KEYRING_MISSING)
