"""One request to a provider over HTTP."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import Any, Final

import urllib3

from nba_desktop import __version__
from nba_desktop.backend.errors import ConfigurationError, ProviderFailed
from nba_desktop.backend.providers.answer import Answer, read_answer
from nba_desktop.backend.providers.provider import Provider, header_of
from nba_desktop.backend.providers.template import filled_body, filled_url

Ask = Callable[[Mapping[str, str], Iterable[str]], Answer]
"""Asks for some attributes of a customer, given what fills the placeholders; raises `ProviderFailed`."""

_LONGEST: Final = 256_000
_PIECE: Final = 16_384
_UNKNOWN: Final = frozenset({204, 404})
"""What a provider answers who knows nothing of this customer."""


class HttpAsking:
    """Asks one provider; connections are kept open. Used by many threads."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        # It would log addresses, and with them customers' numbers; what goes wrong is said here without them.
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        # A redirect would take the secret elsewhere, and the breaker is what tries again.
        self._http = urllib3.PoolManager(num_pools=1, maxsize=provider.entry.at_once, retries=False)

    def __call__(self, told: Mapping[str, str], asked: Iterable[str]) -> Answer:
        """Ask; raises `ProviderFailed` with what went wrong in a word, never with what was said."""
        entry = self._provider.entry
        headers = {"Accept": "application/json", "User-Agent": f"nba-desktop/{__version__}"}
        body: bytes | None = None
        try:
            url = filled_url(entry.url, told)
        except ValueError:
            raise ProviderFailed("the customer cannot be named in an address") from None
        if entry.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(filled_body(entry.body, told), ensure_ascii=False).encode()
        try:
            if entry.credentials is not None:
                headers[entry.credentials.header] = header_of(entry.credentials)
            content = self._content(url, headers, body)
        except ConfigurationError:
            raise ProviderFailed("its secret cannot be read") from None
        except urllib3.exceptions.NewConnectionError:
            # It is one of the timeouts there, also where nobody listens.
            raise ProviderFailed("no connection") from None
        except (urllib3.exceptions.TimeoutError, TimeoutError):
            raise ProviderFailed("no answer in time") from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise ProviderFailed(f"the connection failed ({type(error).__name__})") from None
        return read_answer(content, self._provider.readers, asked)

    def _content(self, url: str, headers: Mapping[str, str], body: bytes | None) -> Any:
        seconds = self._provider.entry.give_up_ms / 1000
        ends = monotonic() + seconds
        response = self._http.request(
            self._provider.entry.method,
            url,
            body=body,
            headers=headers,
            timeout=urllib3.Timeout(total=seconds),
            redirect=False,
            preload_content=False,
        )
        try:
            if response.status in _UNKNOWN:
                return None
            if response.status != 200:
                raise ProviderFailed(f"status {response.status}")
            pieces = bytearray()
            while piece := response.read1(_PIECE):
                pieces += piece
                if len(pieces) > _LONGEST:
                    raise ProviderFailed(f"more than {_LONGEST // 1000} kB")
                if monotonic() > ends:
                    raise ProviderFailed("no answer in time")
        finally:
            # One that was read to its end has given its connection back; any other takes it along.
            response.close()
        try:
            return json.loads(bytes(pieces))
        except (ValueError, RecursionError):
            raise ProviderFailed("no JSON") from None
