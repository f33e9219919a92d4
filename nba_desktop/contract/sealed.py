"""Entries that a workstation seals to its site: what a lost key or a dead disk leaves behind, the site can take in.

A file of them is a plain SQLite database with one table. Each row is one event that the backend had not confirmed yet,
as a JSON Web Encryption to the site's public key; without the private key nothing of it can be read.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from nba_desktop.contract.base import Moment, Said

SEALED_ENDING: Final = ".sealed"
"""What the name of such a file ends with, behind the name of the store that it belongs to."""

SEALED_APPLICATION: Final = 0x4E424153
"""The `application_id` of the database: "NBAS"."""

SEALED_VERSION: Final = 1
"""The `user_version` of the database."""

SEALED_TABLE: Final = "CREATE TABLE sealed (event_id TEXT PRIMARY KEY, jwe TEXT NOT NULL) STRICT"

SEALED_ALGORITHM: Final = "ECDH-ES+A256KW"
SEALED_ENCRYPTION: Final = "A256GCM"

TokenHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SealedBy(Said):
    """Whose entry it is, as far as the workstation knew: who was signed in, or the SHA-256 of the token in use."""

    issuer: Annotated[str, StringConstraints(max_length=2000)] | None = None
    subject: Annotated[str, StringConstraints(max_length=255)] | None = None
    token_hash: TokenHash | None = None


class SealedEntry(Said):
    """What is sealed; `event` is the event's JSON as it was to be sent.

    Anybody who has the public key can seal something: what is taken in from it is taken on an administrator's word.
    """

    form: Literal[1] = 1
    by: SealedBy = SealedBy()
    stored_at: Moment
    event: str
