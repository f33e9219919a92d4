"""A site's key pair, and what opens what was sealed to it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from joserfc import jwe
from joserfc.jwk import ECKey

from nba_desktop.contract.sealed import SEALED_ALGORITHM, SEALED_ENCRYPTION, SealedEntry

SITE_KEY = ECKey.generate_key("P-256", {"use": "enc"}, auto_kid=True)
PUBLIC = json.dumps(SITE_KEY.as_dict(private=False))


def opened(file: Path) -> list[SealedEntry]:
    """The entries of a file that no panel has open, in the order in which they were sealed."""
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT jwe FROM sealed ORDER BY rowid").fetchall()
    texts = [jwe.decrypt_compact(row[0], SITE_KEY, algorithms=[SEALED_ALGORITHM, SEALED_ENCRYPTION]) for row in rows]
    return [SealedEntry.model_validate_json(text.plaintext or b"") for text in texts]
