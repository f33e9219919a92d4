"""The line to Genesys Cloud tried for real, and in words what is wrong with it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings, genesys_settings_of
from nba_desktop.adapters.cti.genesys.source import GenesysSource
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.doctor.checks import Finding
from nba_desktop.doctor.proxy import PROXY_DOWN
from nba_desktop.doctor.trial import try_source
from nba_desktop.domain.errors import FailureCode, SecretsError, SettingsError

if TYPE_CHECKING:
    from nba_desktop.adapters.cti.genesys.access import RefreshTokens

_DOWN: Final = {
    "connection_refused": ("nothing listens there", "check genesys.api_url and genesys.login_url"),
    "host_not_found": ("the name is not known on the network", "check genesys.region, such as mypurecloud.de"),
    "network": ("the network failed", "check the network, the firewall and the proxy"),
    "closed": ("it closed the connection", "check that the firewall and the proxy let web sockets (wss) through"),
    "no_answer": ("it did not answer in time, or asks to wait", "check the network, and try again in a minute"),
    "sign_in_needed": (
        "the kept sign-in is not taken any more",
        "start the panel and sign in in the browser",
    ),
    "not_the_service": (
        "something else answers there",
        "check genesys.region; a captive portal or a proxy may stand in between",
    ),
    "silent": ("it fell silent", "check that the firewall and the proxy let web sockets (wss) through"),
    "tls_untrusted": (
        "its certificate is signed by nobody this machine trusts",
        "install the root certificate of the site's proxy, or name it as telephony.tls_ca_file",
    ),
    "tls_wrong_host": ("its certificate is for another name", "check genesys.api_url and genesys.login_url"),
    "tls_expired": ("its certificate has expired", "check this machine's clock"),
    "tls_not_yet_valid": ("its certificate is not valid yet", "check this machine's clock"),
    "tls_failed": ("the TLS handshake failed", "check the proxy; TLS 1.2 or newer is needed"),
    **PROXY_DOWN,
}
_ASKS: Final = "the agent signs in in the browser when the panel starts"
_REFUSED: Final = {
    "client_credentials": (
        "the OAuth client's id or secret are refused",
        "compare genesys.client_id and the stored secret with the client in Genesys Cloud (Admin > OAuth)",
    ),
    "pkce": ("the sign-in is refused", "check that the OAuth client allows the code authorization grant with PKCE"),
}


def check_genesys(
    telephony: TelephonySettings,
    secret: str | None,
    limit_ms: int = 15_000,
    refresh_tokens: RefreshTokens | None = None,
    routes: Routes | None = None,
) -> Finding:
    """Sign in, open a channel and ask for the calls there are, as the panel does.

    Nobody is asked to sign in: with the grant `pkce` and no kept sign-in, only whether the service is there is tried.
    A sign-in that was kept is used as the panel does, and the one that the service gives for it kept in its place.
    """
    try:
        settings = genesys_settings_of(telephony, secret)
    except SettingsError as error:
        return Finding("telephony", False, str(error), "correct the telephony part of the settings")
    where = f"Genesys Cloud at {settings.api_url}"
    if settings.grant == "pkce":
        code = _reach(settings, routes)
        if code is not None:
            says, way_out = _DOWN.get(code, _DOWN["network"])
            return Finding("telephony", False, f"{where}: {says}", way_out)
        try:
            if refresh_tokens is None or refresh_tokens.read() is None:
                return Finding("telephony", True, f"{where} answers; {_ASKS}")
        except SecretsError as error:
            if error.code is FailureCode.KEYRING_NO_TOKEN:
                return Finding("telephony", True, f"{where} answers; {_ASKS}")
            return Finding("telephony", True, f"{where} answers; {_ASKS}, at every start: {error}")
    link, answered = try_source(lambda: _source(settings, refresh_tokens, routes), limit_ms)
    if link.state == "up" and answered:
        return Finding("telephony", True, f"{where} takes the sign-in and tells the calls there are")
    if link.lacking:
        return Finding(
            "telephony",
            False,
            f"{where} takes the sign-in, but rights are missing: {', '.join(link.lacking)}",
            "give the role of the OAuth client, or of the agent, these permissions and the client the scopes for them",
        )
    says, way_out = _DOWN["no_answer"]
    if link.detail == "login_refused":
        says, way_out = _REFUSED[settings.grant]
    elif link.detail in _DOWN:
        says, way_out = _DOWN[link.detail]
    return Finding("telephony", False, f"{where}: {says}", way_out)


def _reach(settings: GenesysSourceSettings, routes: Routes | None) -> str | None:
    """Why the service cannot be reached; None when it answers that it does not know us."""
    from nba_desktop.adapters.cti.genesys.api import GenesysApi
    from nba_desktop.adapters.cti.genesys.trouble import LineTrouble, TokenRefused

    api = GenesysApi(settings, threading.Event(), connect_s=3.0, total_s=6.0, routes=routes)
    try:
        api.user_id("none")
    except TokenRefused:
        return None
    except LineTrouble as trouble:
        return trouble.code
    finally:
        api.close()
    return "not_the_service"


def _source(
    settings: GenesysSourceSettings, refresh_tokens: RefreshTokens | None, routes: Routes | None
) -> GenesysSource:
    from nba_desktop.adapters.cti.genesys.line import GenesysTiming

    # Whoever would be asked to sign in is not there.
    timing = GenesysTiming(sign_in=1)
    return GenesysSource(settings, timing, routes=routes, refresh_tokens=refresh_tokens, open_browser=lambda _: None)
