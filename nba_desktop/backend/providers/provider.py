"""A declared system, ready to be asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.providers.answer import FactReader
from nba_desktop.backend.providers.entries import CredentialsEntry, ProviderEntry

_LONGEST_SECRET: Final = 8192


@dataclass(frozen=True, slots=True)
class Provider:
    """One system with what reads its answers, by attribute."""

    entry: ProviderEntry
    readers: Mapping[str, FactReader]

    @property
    def name(self) -> str:
        """What it is called in records and logs."""
        return self.entry.name


@dataclass(frozen=True, slots=True)
class Providers:
    """All systems of a site, and how long a decision waits for them; a site may have none."""

    timeout_s: float = 0
    listed: tuple[Provider, ...] = ()


def told_of(customer: CustomerRecord) -> dict[str, str]:
    """Return what fills the placeholders of a request."""
    return {
        "customer_id": customer.customer_id,
        "customer_no": customer.customer_no,
        "postcode": customer.postcode,
    }


def header_of(credentials: CredentialsEntry) -> str:
    """Return what is sent to prove who asks; read anew each time, because secrets are changed.

    Raises `ConfigurationError` where there is none.
    """
    if credentials.env is not None:
        secret, place = os.environ.get(credentials.env, ""), f"the variable {credentials.env}"
    else:
        path = Path(credentials.file or "")
        place = f"the file {path}"
        try:
            secret = path.read_bytes()[:_LONGEST_SECRET].decode()
        except OSError as error:
            raise ConfigurationError(
                f"{place} with the secret of a provider cannot be read: {error.strerror}"
            ) from None
        except UnicodeDecodeError:
            secret = "\x00"
    secret = secret.strip()
    if not secret:
        raise ConfigurationError(f"{place} holds no secret for a provider: set it")
    if not secret.isascii() or not secret.isprintable():
        raise ConfigurationError(f"{place} holds a secret for a provider that is no line of plain characters")
    return credentials.prefix + secret
