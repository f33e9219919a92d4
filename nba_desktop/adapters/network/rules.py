"""The rules by which a proxy is found: a fixed one, the system's, a proxy.pac."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from nba_desktop.adapters.network.finder import BROKEN, LARGEST_SCRIPT, LIMIT_S
from nba_desktop.adapters.network.routes import DIRECT, NoRoute, Proxy

_log = logging.getLogger(__name__)

Rule = Callable[[str], Sequence[str]]
"""From an address to the ways in turn, each `DIRECT` or a proxy's address; blocks, and raises `NoRoute`."""

_CONNECT_S: Final = 3.0
_TOTAL_S: Final = 5.0
_SPAWN_S: Final = 5.0
_PIECE: Final = 64 * 1024


def fixed_rule(host: str, port: int) -> Rule:
    """One proxy for every address."""
    return lambda _: (Proxy(host, port).url,)


def system_rule(url: str) -> Sequence[str]:
    """What the machine says: Windows and macOS by their settings, others by `https_proxy` and `no_proxy`.

    A search of theirs that comes to no end has found none, as it is for their own programs.
    """
    if sys.platform in ("win32", "darwin"):
        try:
            return _found_by_child({"url": url}, LIMIT_S)
        except NoRoute:
            _log.info("the system's search for a proxy came to no end")
            return (DIRECT,)
    # It loads much that no panel needs before it paints.
    from urllib.request import getproxies, proxy_bypass

    parts, proxies = urlsplit(url), getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return (DIRECT,)
    return (proxy if "://" in proxy else f"http://{proxy}",)


class PacRule:
    """What a proxy.pac says, at an address of the web or a path on this machine.

    It is read anew at each question; the last one serves on where that fails. It has `limit_s` seconds to name a way.
    """

    def __init__(self, place: str, limit_s: float = LIMIT_S) -> None:
        self._place = place
        self._limit_s = limit_s
        self._script: str | None = None

    def __call__(self, url: str) -> Sequence[str]:
        """The ways to an address."""
        try:
            self._script = _read(self._place)
        except NoRoute:
            if self._script is None:
                raise
        # Its path is nobody's business, as browsers hold it.
        question = {"url": url, "host": urlsplit(url).hostname or "", "script": self._script}
        return _found_by_child(question, self._limit_s)


def _read(place: str) -> str:
    content = _fetched(place) if "://" in place else _from_disk(Path(place))
    if len(content) > LARGEST_SCRIPT:
        raise NoRoute("the proxy.pac is larger than 1 MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _from_disk(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NoRoute("the proxy.pac is not there")
        with path.open("rb") as file:
            return file.read(LARGEST_SCRIPT + 1)
    except NoRoute:
        raise
    except OSError as error:
        raise NoRoute(f"the proxy.pac cannot be read ({error.strerror})") from None


def _fetched(url: str) -> bytes:
    # requests takes longer to load than the panel takes to paint.
    import requests

    from nba_desktop.adapters.http_session import new_session

    content = bytearray()
    try:
        with (
            new_session(_TOTAL_S) as session,
            session.get(url, timeout=(_CONNECT_S, _TOTAL_S), stream=True) as answer,
        ):
            if answer.status_code != requests.codes.ok:
                raise NoRoute(f"where the proxy.pac should be, the answer is {answer.status_code}")
            for piece in answer.iter_content(_PIECE):
                content += piece
                if len(content) > LARGEST_SCRIPT:
                    break
    except NoRoute:
        raise
    except (requests.RequestException, OSError) as error:
        raise NoRoute(f"the proxy.pac cannot be fetched ({type(error).__name__})") from None
    return bytes(content)


def _found_by_child(question: dict[str, Any], limit_s: float) -> Sequence[str]:
    from nba_desktop.adapters.scheme.url_scheme import program_command

    try:
        done = subprocess.run(
            (*program_command(), "find-proxy"),
            input=json.dumps({**question, "limit_s": limit_s}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limit_s + _SPAWN_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answer = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        raise NoRoute("what names the proxy does not come to an end in time") from None
    if "problem" in answer:
        what = "is no script that names proxies" if answer["problem"] == BROKEN else "fails for this address"
        raise NoRoute(f"the proxy.pac {what}")
    return [str(way) for way in answer["ways"]]
