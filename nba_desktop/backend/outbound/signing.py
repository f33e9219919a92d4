"""Signatures as Standard Webhooks has them, so that receivers find libraries for every language."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Final

from nba_desktop.backend.errors import ConfigurationError

PREFIX: Final = "whsec_"
_BYTES: Final = range(24, 65)


def new_secret() -> str:
    """Return a secret that nobody had before."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """Return the bytes that sign; raise `ConfigurationError`, which repeats nothing of it, for what is no secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or len(key) not in _BYTES:
        raise ConfigurationError(f"a secret is {PREFIX} and then 24 to 64 bytes in base64")
    return key


def signed_headers(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers that prove who sent a body, and when."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(key_of(secret), f"{message_id}.{stamp}.".encode() + body, sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
