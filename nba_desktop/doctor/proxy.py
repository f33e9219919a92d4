"""By which proxy the panel reaches others, why, and whether it lets the panel through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import requests

from nba_desktop.adapters.http_session import new_session
from nba_desktop.adapters.network.routes import NoRoute, Proxy, Route, Routes
from nba_desktop.adapters.network.trouble import Trouble, trouble_of
from nba_desktop.adapters.settings import NetworkSettings, Settings
from nba_desktop.doctor.checks import Finding

_CHECK: Final = "proxy"
_CONNECT_S: Final = 3.0
_TOTAL_S: Final = 6.0

_WHY: Final = {
    "system": "as this machine says (network.proxy is “system”)",
    "none": "since network.proxy is “none”",
    "address": "as network.proxy_address says",
    "pac": "as the file says that network.proxy_file names",
}
_SIGN_IN: Final = (
    "name the account as network.proxy_username and store its password with `nba-desktop secret set {name}`; a proxy "
    "that takes nothing but NTLM or Kerberos has to let this machine through without a sign-in"
)
_WRONG: Final[Mapping[Trouble | None, tuple[str, str]]] = {
    Trouble.PROXY_AWAY: ("does not answer", "check the proxy’s address and the network; it may be switched off"),
    Trouble.PROXY_SIGN_IN: ("wants a sign-in", _SIGN_IN),
    Trouble.PROXY_ACCOUNT: (
        "refused the account",
        "check network.proxy_username, and store the account’s password anew with `nba-desktop secret set {name}`",
    ),
    Trouble.PROXY_REFUSED: ("does not let this machine through", "have the proxy’s administrator allow this address"),
}

PROXY_DOWN: Final = {
    "proxy_away": ("no proxy on the way answers", "see the line “proxy”"),
    "proxy_sign_in": ("the proxy on the way wants a sign-in", "see the line “proxy”"),
    "proxy_account": ("the proxy on the way refused the account", "see the line “proxy”"),
    "proxy_refused": ("the proxy on the way opens no tunnel to it", "see the line “proxy”"),
    "proxy_rule": ("what names the proxy cannot be used", "see the line “proxy”"),
}
"""What a line's codes of the way mean, and the way out."""


def reached(settings: Settings) -> dict[str, str]:
    """What the panel reaches over HTTP beyond this machine: each by its name, with its address."""
    found: dict[str, str] = {}
    if settings.backend.mode == "site" and settings.backend.url:
        found["the backend"] = settings.backend.url
        if settings.sign_in.method == "openid":
            found["the sign-in"] = settings.sign_in.issuer
    if settings.telephony.source == "genesys_cloud":
        genesys = settings.telephony.genesys
        found["Genesys Cloud"] = genesys.api_url or f"https://api.{genesys.region}"
    return found


def check_proxy(what: str, url: str, network: NetworkSettings, routes: Routes | None) -> Finding:
    """Which ways lead to an address, why, and whether the proxies on them let the panel through."""
    try:
        ways: tuple[Route, ...] = (None,) if routes is None else routes.to(url)
    except NoRoute as problem:
        way_out = "check network.proxy_file, and the file with whoever keeps it"
        if network.proxy != "pac":
            way_out = "check this machine’s proxy settings, or write the proxy as network.proxy_address"
        return Finding(_CHECK, False, f"{what} cannot be reached: {problem}", way_out)
    says = f"{what} is reached {_named(ways)}, {_WHY[network.proxy]}"
    tried = {way: _tried(way, url) for way in ways if way is not None}
    wrong = {way: trouble for way, trouble in tried.items() if trouble in _WRONG}
    if not wrong:
        return Finding(_CHECK, True, says)
    way, trouble = next(iter(wrong.items()))
    problem_words, way_out = _WRONG[trouble]
    # What answers is not gone around.
    is_open = trouble is Trouble.PROXY_AWAY and any(one not in wrong for one in ways)
    return Finding(_CHECK, is_open, f"{says}; {way} {problem_words}", way_out.format(name=network.proxy_secret_name))


def _named(ways: tuple[Route, ...]) -> str:
    return ", then ".join("directly" if way is None else f"by the proxy {way}" for way in ways)


def _tried(proxy: Proxy, url: str) -> Trouble | None:
    """What goes wrong by this way; None when there is an answer, whatever it says."""
    try:
        with new_session(_TOTAL_S, _Only(proxy)) as session:
            session.get(url, timeout=(_CONNECT_S, _TOTAL_S), stream=True).close()
    except (requests.RequestException, OSError) as error:
        return trouble_of(error)
    return None


class _Only:
    """One way and no other."""

    def __init__(self, way: Proxy) -> None:
        self._way = way

    def to(self, _url: str) -> tuple[Route, ...]:
        return (self._way,)

    def failed(self, _way: Route) -> None:
        """Nothing: it is being tried."""
