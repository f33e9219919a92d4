"""The links tried for real: the site's backend and the telephone system."""

from __future__ import annotations

from typing import Final

from nba_desktop.adapters.cti.asterisk_ami import AsteriskAmiSource
from nba_desktop.adapters.cti.asterisk_settings import ami_settings_of
from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.doctor.checks import Finding
from nba_desktop.doctor.trial import try_source
from nba_desktop.domain.errors import (
    BackendBehindProxy,
    BackendFault,
    BackendGibberish,
    BackendMismatch,
    BackendOffline,
    BackendRefusal,
    BackendTimeout,
    BackendUnauthorised,
    BackendUntrusted,
    PanelError,
    SecretsError,
    SettingsError,
)

_DOWN: Final = {
    "connection_refused": (
        "nothing listens there",
        "check host and port; AMI listens on 5038 once manager.conf says so",
    ),
    "host_not_found": ("the name is not known on the network", "check telephony.host"),
    "network": ("the network failed", "check the network and the firewall"),
    "closed": (
        "the other side closed the connection",
        "check that the port is AMI's and that this address is permitted",
    ),
    "no_answer": (
        "nothing that speaks AMI answered in time",
        "check port and firewall; a web port is not AMI, and a TLS port (usually 5039) needs telephony.tls",
    ),
    "login_refused": (
        "user name or secret are refused, or this address is not permitted",
        "compare telephony.username and the stored secret with manager.conf, and its permit and deny lines",
    ),
    "silent": ("it fell silent after the login", "check the network"),
    "tls_unavailable": ("it does not speak TLS on this port", "use its TLS port, usually 5039"),
    "tls_untrusted": ("its certificate is signed by nobody this machine trusts", "install the site's root certificate"),
    "tls_wrong_host": ("its certificate is for another name", "use the name in the certificate as telephony.host"),
    "tls_expired": ("its certificate has expired", "have it renewed"),
    "tls_not_yet_valid": ("its certificate is not valid yet", "set this machine's clock, or have it looked at"),
    "tls_failed": (
        "the TLS handshake failed",
        "the port may speak plain AMI (5038; TLS is usually 5039); else check that both sides speak TLS 1.2 or newer",
    ),
}
_WAYS_OUT: Final[dict[type[PanelError], str]] = {
    BackendOffline: "check backend.url, the network and the firewall",
    BackendTimeout: "check the network; ask the backend's administrator whether it is overloaded",
    BackendFault: "ask the backend's administrator to look at its log",
    BackendUnauthorised: "have a new token made and store it with `nba-desktop token set --backend URL`",
    BackendRefusal: "ask the backend's administrator whether panel and backend have the same version",
    BackendUntrusted: "see the line “certificate”",
    BackendBehindProxy: "see the line “proxy”",
    BackendGibberish: "check backend.url; a captive portal or another web server may stand in between",
    BackendMismatch: "have the older of the two updated: see the line about versions, and the backend's administrator",
    SettingsError: "correct backend.url in the settings",
    SecretsError: "store the token anew with `nba-desktop token set --backend URL`",
}


def check_backend(url: str, token: str | None, routes: Routes | None = None) -> Finding:
    """Ask the site's backend as the panel does: is it there, does it take the token; None leaves out the token."""
    try:
        backend = HttpBackend(url, token or "none", routes=routes)
        backend.check_health()
        if token is not None:
            backend.catalogue("en")
    except PanelError as error:
        way_out = next((text for kind, text in _WAYS_OUT.items() if isinstance(error, kind)), "check the network")
        return Finding("backend", False, f"{url}: {error}", way_out)
    known = "takes the token" if token is not None else "is there (its token was not tried)"
    return Finding("backend", True, f"{url} {known}")


def check_asterisk(telephony: TelephonySettings, secret: str, limit_ms: int = 12_000) -> Finding:
    """Connect, log in and ask for the channels, as the panel does; the answer tells which rights are missing."""
    where = f"{telephony.host}:{telephony.port}"
    try:
        settings = ami_settings_of(telephony, secret)
    except SettingsError as error:
        return Finding("telephony", False, str(error), "correct the telephony part of the settings")
    link, answered = try_source(lambda: AsteriskAmiSource(settings), limit_ms)
    if link.state != "up":
        says, way_out = _DOWN.get(link.detail, ("it did not answer in time", "check the network and the firewall"))
        return Finding("telephony", False, f"Asterisk at {where}: {says}", way_out)
    if link.lacking or not answered:
        rights = ", ".join(link.lacking) or "write=reporting"
        return Finding(
            "telephony",
            False,
            f"Asterisk at {where} takes the login, but the account lacks rights: {rights}",
            f"add them to the account {telephony.username} in manager.conf and reload the manager",
            (telephony.username,),
        )
    says = (
        f"Asterisk at {where} takes the login and tells the state of its channels; whether it also tells of calls "
        "(read=call,agent) and whether extension, interface and queues are right, only a call shows: place one, then "
        "`nba-desktop doctor call last`"
    )
    return Finding("telephony", True, says)
