"""The one place where results meet the network: one request, one answer, whatever goes wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError, SSLError

from nba_desktop import __version__
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.outbound.policy import Answer

CONNECT_S: Final = 5.0
ANSWER_S: Final = 10.0
_REST: Final = 4096
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def check_url(url: str) -> str:
    """Return an endpoint's address; raise `ConfigurationError` for one that results may not go to."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ConfigurationError("the address cannot be read: it looks like https://crm.example/results") from None
    if parts.scheme not in ("https", "http") or not host or parts.fragment or parts.username or len(url) > 500:
        raise ConfigurationError(
            "an endpoint's address looks like https://crm.example/results: no user, no '#', at most 500 characters"
        )
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ConfigurationError("an endpoint's address has ASCII characters only: write others as %XX")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ConfigurationError("results hold personal data: only https:// leaves this machine")
    return url


class HttpPost:
    """Sends requests over connections that are kept; redirections are not followed, no proxy is asked."""

    def __init__(self, connect_s: float = CONNECT_S, answer_s: float = ANSWER_S) -> None:
        self._pool = PoolManager(
            maxsize=4,
            timeout=Timeout(connect=connect_s, read=answer_s),
            retries=False,
            headers={"User-Agent": f"nba-desktop/{__version__}"},
        )

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a body and return the answer; the answer's own body is not looked at."""
        try:
            response = self._pool.request(
                "POST",
                url,
                body=body,
                headers={**self._pool.headers, **headers},
                redirect=False,
                preload_content=False,
            )
        except NewConnectionError:
            # Before what it is a kind of.
            return Answer(None, "no connection")
        except ConnectTimeoutError:
            return Answer(None, "no connection in time")
        except ReadTimeoutError:
            return Answer(None, "no answer in time")
        except SSLError:
            return Answer(None, "TLS failed")
        except HTTPError:
            return Answer(None, "no connection")
        with response:
            # Only a connection without an unread rest is used again; what is long or has no end is not read for that.
            rest = response.length_remaining
            if rest is not None and rest <= _REST:
                response.drain_conn()
            return Answer(response.status, retry_after_s=_seconds(response.headers.get("Retry-After", "")))

    def close(self) -> None:
        """Close what is kept."""
        self._pool.clear()


def _seconds(text: str) -> float | None:
    """Seconds only: a date would be of the receiver's clock."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
