"""The key of the local store: 32 random bytes in the system's keyring, and nowhere else."""

from __future__ import annotations

import base64
import binascii
import secrets

from nba_desktop.adapters.cipher_db import KEY_BYTES
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.domain.errors import FailureCode, SecretsError


def read_key(name: str, secrets_: Secrets | None = None) -> bytes:
    """The key by this name. Raises `SecretsError`, also for what is no key."""
    try:
        key = base64.b64decode((secrets_ or Secrets()).read(name), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        # Not as if there were none: what somebody else keeps there is not written over.
        raise SecretsError("what the keyring has by the name of the store's key is no key", FailureCode.STORE_KEY_LOST)
    return key


def read_or_make_key(name: str, secrets_: Secrets | None = None) -> bytes:
    """The key by this name, made and kept when there is none yet. Raises `SecretsError`."""
    ring = secrets_ or Secrets()
    try:
        return read_key(name, ring)
    except SecretsError as error:
        if error.code is not FailureCode.KEYRING_NO_TOKEN:
            raise
    ring.store(name, base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
    # Two that begin at the same moment end with the one key that was kept.
    return read_key(name, ring)
