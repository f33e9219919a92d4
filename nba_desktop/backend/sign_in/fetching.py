"""The keys of an identity provider, over HTTP: its discovery document, then what that names."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Mapping
from time import monotonic
from typing import Any, Final

import truststore
import urllib3
from pydantic import TypeAdapter, ValidationError

from nba_desktop import __version__
from nba_desktop.backend.errors import IdentityProviderFailed
from nba_desktop.backend.sign_in.entries import Address, SignInEntry
from nba_desktop.backend.sign_in.public_keys import public_keys
from nba_desktop.backend.sign_in.tokens import PublicKey, shown

_DISCOVERY: Final = "/.well-known/openid-configuration"
_LONGEST: Final = 512_000
_PIECE: Final = 16_384
_TOTAL_S: Final = 5.0
_ADDRESS: Final[TypeAdapter[str]] = TypeAdapter(Address)


class HttpKeys:
    """Fetches the provider's keys; used by one thread at a time."""

    def __init__(self, entry: SignInEntry, total_s: float = _TOTAL_S) -> None:
        self._entry = entry
        self._total_s = total_s
        # What goes wrong is said here, once.
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        options: dict[str, Any] = {
            "retries": False,
            "ssl_context": truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            "headers": {"Accept": "application/json", "User-Agent": f"nba-desktop/{__version__}"},
        }
        self._http = (
            urllib3.PoolManager(**options) if entry.proxy is None else urllib3.ProxyManager(entry.proxy, **options)
        )

    def __call__(self) -> Mapping[str, PublicKey]:
        """Return every usable key by its id; raises `IdentityProviderFailed` with what went wrong."""
        jwks_uri = self._entry.jwks_uri or self._discovered()
        keys = public_keys(self._content(jwks_uri, "its keys"))
        if not keys:
            raise IdentityProviderFailed("its keys hold none that can check a token")
        return keys

    def _discovered(self) -> str:
        document = self._content(self._entry.issuer.rstrip("/") + _DISCOVERY, "its discovery document")
        # Another issuer's keys would make its tokens ours.
        if document.get("issuer") != self._entry.issuer:
            theirs, ours = shown(document.get("issuer")), shown(self._entry.issuer)
            raise IdentityProviderFailed(f"its discovery document names another issuer: {theirs}, expected is {ours}")
        try:
            return _ADDRESS.validate_python(document.get("jwks_uri"))
        except ValidationError:
            raise IdentityProviderFailed("its discovery document names no usable jwks_uri") from None

    def _content(self, url: str, what: str) -> Mapping[str, Any]:
        try:
            found = json.loads(self._text(url, what))
        except (ValueError, RecursionError):
            raise IdentityProviderFailed(f"{what}: no JSON") from None
        except urllib3.exceptions.NewConnectionError:
            # It is one of the timeouts there, also where nobody listens.
            raise IdentityProviderFailed(f"{what}: no connection") from None
        except (urllib3.exceptions.TimeoutError, TimeoutError):
            raise IdentityProviderFailed(f"{what}: no answer in time") from None
        except urllib3.exceptions.SSLError:
            raise IdentityProviderFailed(f"{what}: its certificate is not trusted here") from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise IdentityProviderFailed(f"{what}: the connection failed ({type(error).__name__})") from None
        if not isinstance(found, dict):
            raise IdentityProviderFailed(f"{what}: no JSON object")
        return found

    def _text(self, url: str, what: str) -> bytes:
        ends = monotonic() + self._total_s
        response = self._http.request(
            "GET", url, timeout=urllib3.Timeout(total=self._total_s), redirect=False, preload_content=False
        )
        try:
            if response.status != 200:
                raise IdentityProviderFailed(f"{what}: status {response.status}")
            pieces = bytearray()
            while piece := response.read1(_PIECE):
                pieces += piece
                if len(pieces) > _LONGEST:
                    raise IdentityProviderFailed(f"{what}: more than {_LONGEST // 1000} kB")
                if monotonic() > ends:
                    raise IdentityProviderFailed(f"{what}: no answer in time")
        finally:
            response.close()
        return bytes(pieces)
