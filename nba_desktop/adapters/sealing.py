"""What waits to be sent, also sealed to the site's public key: a lost key or store strands no consent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, import_key

from nba_desktop.contract.sealed import SEALED_ALGORITHM, SEALED_ENCRYPTION, SealedBy, SealedEntry
from nba_desktop.domain.errors import SiteKeyError

_LARGEST_KEY: Final = 10_000
_ALGORITHMS: Final = [SEALED_ALGORITHM, SEALED_ENCRYPTION]
_CURVES: Final = "P-256, P-384, P-521 or X25519"


class Seal:
    """Seals events to a site's public key; `by` is asked at each one whose it is."""

    def __init__(self, key: ECKey | OKPKey, key_id: str, by: Callable[[], SealedBy]) -> None:
        self.key_id = key_id
        self._key = key
        self._header = {"alg": SEALED_ALGORITHM, "enc": SEALED_ENCRYPTION, "kid": key_id}
        self._by = by

    def sealed(self, event_json: str, stored_at: datetime) -> str:
        """The event as a JSON Web Encryption in its compact form."""
        entry = SealedEntry(by=self._by(), stored_at=stored_at, event=event_json)
        return jwe.encrypt_compact(self._header, entry.model_dump_json(), self._key, algorithms=_ALGORITHMS)


def read_site_key(setting: str, by: Callable[[], SealedBy] = SealedBy) -> Seal:
    """What seals to the key that a setting names: a file with a public JSON Web Key, or the key itself.

    `by` is asked at each event whose it is. Raises `SiteKeyError` with what is wrong and the way out.
    """
    text = setting if setting.lstrip().startswith("{") else _content(Path(setting))
    try:
        values = json.loads(text)
        key = import_key(values) if values["kty"] in ("EC", "OKP") else None
    except (JoseError, ValueError, TypeError, KeyError):
        # Its words may repeat a part of the key.
        raise SiteKeyError("it is no JSON Web Key") from None
    if not isinstance(key, ECKey | OKPKey) or not _agrees_on_keys(key):
        raise SiteKeyError(f"it is no key for sealing: one on the curve {_CURVES} is needed")
    if key.is_private:
        raise SiteKeyError("it is the private key, which belongs to the site alone; name the public one")
    given: Mapping[str, Any] = key.as_dict(private=False)
    return Seal(key, str(given.get("kid") or key.thumbprint()), by)


def _content(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LARGEST_KEY + 1)
    except OSError as error:
        raise SiteKeyError(f"{path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SiteKeyError(f"{path} is no text") from None
    if len(text) > _LARGEST_KEY:
        raise SiteKeyError(f"{path} is too long for a key")
    return text


def _agrees_on_keys(key: ECKey | OKPKey) -> bool:
    return key.curve_name in ("P-256", "P-384", "P-521", "X25519")
