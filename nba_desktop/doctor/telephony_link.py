"""The source of calls that the settings name, tried for real."""

from __future__ import annotations

from nba_desktop.adapters.cti.genesys.kept_sign_in import KeptSignIn
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.adapters.settings import GenesysSettings, TelephonySettings
from nba_desktop.doctor import genesys_link, hub_link, links
from nba_desktop.doctor.checks import Finding


def needs_secret(telephony: TelephonySettings) -> bool:
    """Whether the line needs a secret of the keyring."""
    if telephony.source == "genesys_cloud":
        return telephony.genesys.grant == "client_credentials"
    return telephony.source == "asterisk_ami"


def check_telephony(
    telephony: TelephonySettings,
    backend_url: str | None,
    token: str | None,
    secret: str | None,
    keyring: Secrets | None = None,
    routes: Routes | None = None,
) -> Finding:
    """Connect as the panel does; `backend_url` is None where the panel starts a backend of its own.

    `keyring` is the user's, if not given. Without `routes` the way is direct.
    """
    if needs_secret(telephony) and secret is None:
        return Finding("telephony", False, "without its secret it cannot be tried", "see the line about the keyring")
    match telephony.source:
        case "asterisk_ami":
            return links.check_asterisk(telephony, secret or "")
        case "genesys_cloud":
            return genesys_link.check_genesys(
                telephony, secret, refresh_tokens=_kept_sign_in(telephony.genesys, keyring), routes=routes
            )
        case "hub" if backend_url is None:
            says = "calls come through the panel's own backend: it is there when the panel runs"
            return Finding("telephony", True, says)
        case "hub" if token is None:
            return Finding("telephony", False, "without the backend's token it cannot be tried", "see the keyring")
        case "hub":
            return hub_link.check_hub(backend_url or "", token or "", routes=routes)
        case _:
            return Finding("telephony", True, "no telephone system is set: calls come from `nba-desktop call` alone")


def _kept_sign_in(genesys: GenesysSettings, keyring: Secrets | None) -> KeptSignIn | None:
    return KeptSignIn(genesys.client_id, keyring) if genesys.grant == "pkce" else None
