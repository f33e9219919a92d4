"""What the line to an organisation of Genesys Cloud needs."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from nba_desktop.adapters.backend_url import check_service_url
from nba_desktop.adapters.cti.genesys.snapshot import AttributeNames, GenesysUser
from nba_desktop.adapters.cti.number_settings import numbers_of
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.adapters.network.trust import machine_trust
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.domain.errors import SettingsError

SOURCE: Final = "genesys_cloud"

_WHERE: Final = "Genesys Cloud"


@dataclass(frozen=True, slots=True)
class GenesysSourceSettings:
    """Where the organisation is, how to sign in, and how its calls are read. Raises `SettingsError`.

    `secret` is the OAuth client's, for `client_credentials` only. `ca_file` is a PEM file with the certificates to
    trust instead of this machine's.
    """

    api_url: str
    login_url: str
    grant: Literal["pkce", "client_credentials"]
    client_id: str
    secret: str | None = field(default=None, repr=False)
    user_id: str = ""
    redirect_port: int = 8477
    attributes: AttributeNames = field(default_factory=AttributeNames)
    numbers: NumberSettings = field(default_factory=NumberSettings)
    extension: str = ""
    internal_calls: bool = True
    ca_file: Path | None = None
    source: str = SOURCE

    def __post_init__(self) -> None:
        for name, url in (("api_url", self.api_url), ("login_url", self.login_url)):
            check_service_url(url, f"genesys.{name}")
        if not self.client_id:
            raise SettingsError(_WHERE, "genesys.client_id, the OAuth client's id, is missing")
        if not _is_plain(self.client_id):
            raise SettingsError(_WHERE, "genesys.client_id has characters that no OAuth client's id has")
        if self.grant == "client_credentials":
            if not self.secret:
                raise SettingsError(_WHERE, "the grant client_credentials needs the client's secret in the keyring")
            if not _is_plain(self.secret):
                raise SettingsError(_WHERE, "the client's secret has characters that no secret has: store it anew")
            if not self.user_id:
                raise SettingsError(_WHERE, "client_credentials speaks for no user: genesys.user_id is missing")
        if self.ca_file is not None:
            self.tls_context()

    @property
    def redirect_uri(self) -> str:
        """Where the browser comes back to; the OAuth client must list it exactly so."""
        return f"http://127.0.0.1:{self.redirect_port}/callback"

    def user(self, user_id: str) -> GenesysUser:
        """Return whose calls are meant, once it is known."""
        return GenesysUser(user_id, self.extension)

    def tls_context(self) -> ssl.SSLContext:
        """Return how certificates are checked: always, against this machine's store or `ca_file`."""
        if self.ca_file is None:
            return machine_trust()
        try:
            return ssl.create_default_context(cafile=str(self.ca_file))
        except OSError:  # an unusable certificate is one, too
            raise SettingsError(_WHERE, "the file of trusted certificates is missing or holds none (PEM)") from None


def genesys_settings_of(telephony: TelephonySettings, secret: str | None) -> GenesysSourceSettings:
    """Return what the line to Genesys Cloud needs; raises `SettingsError` for what cannot be used."""
    genesys = telephony.genesys
    return GenesysSourceSettings(
        api_url=(genesys.api_url or f"https://api.{genesys.region}").rstrip("/"),
        login_url=(genesys.login_url or f"https://login.{genesys.region}").rstrip("/"),
        grant=genesys.grant,
        client_id=genesys.client_id,
        secret=secret if genesys.grant == "client_credentials" else None,
        user_id=genesys.user_id,
        redirect_port=genesys.redirect_port,
        attributes=AttributeNames(
            genesys.customer_no_attribute,
            genesys.auth_level_attribute,
            genesys.ivr_path_attribute,
            frozenset(genesys.authenticated_values),
        ),
        numbers=numbers_of(telephony),
        extension=telephony.extension,
        internal_calls=telephony.internal_calls,
        ca_file=telephony.tls_ca_file,
    )


def _is_plain(text: str) -> bool:
    # Anything else does not fit into a header, and was copied wrongly.
    return all("!" <= character <= "~" for character in text)
