"""What can be set: one schema for the machine's policy, the settings file and the documents that are made from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from nba_desktop.adapters.backend_url import check_service_url, checked_url
from nba_desktop.adapters.network.addresses import check_pac_place, check_proxy_address
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import SettingsError
from nba_desktop.domain.preferences import TextSize, Theme

SECURITY_MARK: Final = "security"
_SECURITY: Final[JsonDict] = {SECURITY_MARK: True}
"""Marks what says where data go, who is believed and what is kept: a policy that is wrong there connects nothing."""

Name = Annotated[str, StringConstraints(max_length=128, pattern=r"^[^\x00-\x1f]*$")]
Address = Annotated[str, StringConstraints(max_length=2000)]

_PRIVATE_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""What a JSON Web Key has that is nobody's but its owner's (RFC 7518 section 6)."""
_SEALING_CURVES: Final = ((("EC", "P-256"), 43), (("EC", "P-384"), 64), (("EC", "P-521"), 88), (("OKP", "X25519"), 43))
"""The kinds and curves of keys that can be sealed to, with the characters of a coordinate (RFC 7518 section 6.2.1)."""
_KEY_STARTS: Final = ("{", "[", "-----")
"""How a key begins that is written out; everything else is the path of one."""


def _passing(check: Callable[[str], object]) -> AfterValidator:
    """What `check` says nothing against; an empty text says as little as none."""

    def checked(text: str) -> str:
        try:
            if text:
                check(text)
        except SettingsError as error:
            raise _wrong(error.problem) from None
        return text

    return AfterValidator(checked)


def _an_issuers(url: str) -> str:
    try:
        if url:
            checked_url(url)
    except SettingsError:
        words = "not an issuer such as https://login.example.com/realms/site; http:// is for this machine alone"
        raise _wrong(words) from None
    return url


def _public_alone(text: str) -> str:
    """A path, or a public key: settings are shown to everybody here, and a private key must not be among them."""
    if not text.lstrip().startswith(_KEY_STARTS):
        return text
    try:
        key = json.loads(text)
    except (ValueError, RecursionError):
        key = None
    if not isinstance(key, dict) or "kty" not in key:
        raise _wrong("neither the path of a file nor a JSON Web Key; name what `backend site-key create` has printed")
    if not _PRIVATE_MEMBERS.isdisjoint(key):
        raise _wrong("the private key, which belongs to the site alone; remove it here and name the public one")
    curve = (key["kty"], key.get("crv"))
    digits = next((digits for name, digits in _SEALING_CURVES if name == curve), None)
    coordinates = [key.get(name) for name in ("x", "y")[: 2 if curve[0] == "EC" else 1]]
    if digits is None or not all(isinstance(one, str) and len(one) == digits for one in coordinates):
        raise _wrong("a key that nothing can be sealed to; name what `backend site-key create` has printed, all of it")
    return text


def _wrong(words: str, **context: str) -> PydanticCustomError:
    """What is wrong, in words that are said as they are; `ValueError` would have pydantic's own before them."""
    return PydanticCustomError("setting", "{words}", {"words": words, **context})


def _missing(words: str, key: str, by: str) -> PydanticCustomError:
    """The setting `key` is wanted because of what `by` says; both are names within the part."""
    return _wrong(words, key=key, by=by)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class BackendSettings(_Part):
    """The panel's own backend on this machine, or the site's at `url` with a token in the keyring."""

    mode: Literal["embedded", "site"] = Field(
        default="embedded",
        title="Kind of backend",
        description="Whether the panel starts a backend with sample customers of its own, or asks the site's.",
        json_schema_extra=_SECURITY,
    )
    url: Annotated[Address, _passing(checked_url)] | None = Field(
        default=None,
        title="Address of the site's backend",
        description="The address of the site's backend, such as https://nba.example.com; it needs the mode “site”.",
        json_schema_extra=_SECURITY,
    )

    @model_validator(mode="after")
    def _site_has_url(self) -> Self:
        if self.mode == "site" and not self.url:
            raise _missing("a site's backend needs its url", "url", by="mode")
        return self


class SignInSettings(_Part):
    """How the agent proves to the site's backend who he is: a token of the keyring, or a sign-in in his browser."""

    method: Literal["token", "openid"] = Field(
        default="token",
        title="Way to sign in",
        description="Whether a token of the keyring speaks for the agent, or he signs in in the browser (OpenID).",
        json_schema_extra=_SECURITY,
    )
    issuer: Annotated[Address, AfterValidator(_an_issuers)] = Field(
        default="",
        title="Issuer",
        description="The address of the identity provider, exactly as it names itself; the way “openid” needs it.",
        json_schema_extra=_SECURITY,
    )
    client_id: Name = Field(
        default="",
        title="Client of the identity provider",
        description="The id under which the identity provider knows the panel; the way “openid” needs it.",
        json_schema_extra=_SECURITY,
    )
    scopes: tuple[Annotated[str, StringConstraints(pattern=r"^[!#-\[\]-~]{1,200}$")], ...] = Field(
        default=("openid", "profile", "offline_access"),
        title="Scopes",
        description="What the sign-in asks for; “openid” is part of it, “offline_access” keeps it over the day.",
        json_schema_extra=_SECURITY,
    )
    resource: Address = Field(
        default="",
        title="Resource",
        description="The address that stands for the backend at identity providers that ask for one (RFC 8707).",
        json_schema_extra=_SECURITY,
    )
    audience: Name = Field(
        default="",
        title="Audience",
        description="The name of the backend at identity providers that take it as “audience”.",
        json_schema_extra=_SECURITY,
    )

    @model_validator(mode="after")
    def _openid_knows_the_provider(self) -> Self:
        if self.method == "openid":
            for key in ("issuer", "client_id"):
                if not getattr(self, key):
                    raise _missing(f"a sign-in by openid needs its {key}", key, by="method")
            if "openid" not in self.scopes:
                raise _missing("the scope openid is missing", "scopes", by="method")
        return self


class NumberFormatSettings(_Part):
    """How the telephone system writes numbers; `cti.numbers.NumberSettings` says what each value means."""

    format: Literal["e164", "e164_without_plus", "national", "international_00"] = Field(
        default="e164",
        title="Form of the numbers",
        description="How the telephone system writes the numbers of callers.",
    )
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = Field(
        default="DE",
        title="Country of the numbers",
        description="The country whose rules national numbers follow, in two letters.",
    )
    trunk_prefix: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,4}$")] = Field(
        default="",
        title="Trunk prefix",
        description="The digits that are dialled for an outside line and stand before each number.",
    )
    extension_digits: int = Field(
        default=5,
        ge=0,
        le=9,
        title="Longest extension",
        description="Numbers of at most this many digits are extensions of the house.",
    )


class GenesysSettings(_Part):
    """An organisation of Genesys Cloud.

    With the grant `pkce` the agent signs in in the browser, which comes back to 127.0.0.1:`redirect_port`. With
    `client_credentials` the client's secret is in the keyring as `telephony.secret_name`; `user_id` names the agent.
    The three attributes are the participant attributes that the call flow sets.
    """

    region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]{1,100}$")] = Field(
        default="mypurecloud.de",
        title="Region of Genesys Cloud",
        description="The end of the organisation's addresses at Genesys Cloud.",
        json_schema_extra=_SECURITY,
    )
    grant: Literal["pkce", "client_credentials"] = Field(
        default="pkce",
        title="Way to sign in to Genesys Cloud",
        description="Whether the agent signs in in the browser, or the client with a secret of the keyring.",
        json_schema_extra=_SECURITY,
    )
    client_id: Name = Field(
        default="",
        title="Client of Genesys Cloud",
        description="The id of the OAuth client that the organisation has for the panel.",
        json_schema_extra=_SECURITY,
    )
    user_id: Name = Field(
        default="",
        title="Agent at Genesys Cloud",
        description="The agent's id at Genesys Cloud; only the way with a client's secret needs it.",
    )
    redirect_port: int = Field(
        default=8477,
        ge=1024,
        le=65535,
        title="Port of the sign-in",
        description="The port of this machine to which the browser comes back after the sign-in.",
    )
    customer_no_attribute: Name = Field(
        default="customer_no",
        title="Attribute with the customer number",
        description="The participant attribute in which the call flow hands over the customer number.",
    )
    auth_level_attribute: Name = Field(
        default="auth_level",
        title="Attribute with the authentication",
        description="The participant attribute in which the call flow says whether the caller is authenticated.",
        json_schema_extra=_SECURITY,
    )
    ivr_path_attribute: Name = Field(
        default="ivr_path",
        title="Attribute with the way through the menu",
        description="The participant attribute with the caller's way through the voice menu.",
    )
    authenticated_values: tuple[Name, ...] = Field(
        default=("authenticated",),
        title="Values that mean authenticated",
        description="The values of that attribute by which the caller counts as authenticated.",
        json_schema_extra=_SECURITY,
    )
    api_url: Annotated[Address, _passing(partial(check_service_url, where="telephony.genesys"))] | None = Field(
        default=None,
        title="Address of the interface of Genesys Cloud",
        description="Replaces the address of the interface that is made from the region.",
        json_schema_extra=_SECURITY,
    )
    login_url: Annotated[Address, _passing(partial(check_service_url, where="telephony.genesys"))] | None = Field(
        default=None,
        title="Address of the sign-in of Genesys Cloud",
        description="Replaces the address of the sign-in that is made from the region.",
        json_schema_extra=_SECURITY,
    )


class TelephonySettings(_Part):
    """Where the calls come from. Without `secret_name` it is `asterisk`, for Genesys Cloud `genesys`."""

    source: Literal["asterisk_ami", "hub", "genesys_cloud", "none"] = Field(
        default="none",
        title="Source of the calls",
        description="Where the panel hears of calls: Asterisk, the backend, which takes webhooks, or Genesys Cloud.",
        json_schema_extra=_SECURITY,
    )
    host: Name = Field(
        default="127.0.0.1",
        title="Host of the telephone system",
        description="The host of Asterisk's manager interface.",
        json_schema_extra=_SECURITY,
    )
    port: int = Field(
        default=5038,
        ge=1,
        le=65535,
        title="Port of the telephone system",
        description="The port of Asterisk's manager interface, 5039 as a rule where the line is encrypted.",
        json_schema_extra=_SECURITY,
    )
    username: Name = Field(
        default="",
        title="Account at the telephone system",
        description="The name of the account at Asterisk's manager interface.",
    )
    secret_name: Name = Field(
        default="asterisk",
        title="Name of the secret",
        description="Under which name the keyring has the telephone system's secret, never the secret itself.",
        json_schema_extra=_SECURITY,
    )
    extension: Name = Field(
        default="",
        title="The agent's extension",
        description="The agent's number in the house.",
    )
    interface: Name = Field(
        default="",
        title="The agent's channel",
        description="The agent's channel at the telephone system, such as PJSIP/2001.",
    )
    more_extensions: tuple[Name, ...] = Field(
        default=(),
        title="Further extensions",
        description="The agent's other numbers in the house.",
    )
    more_interfaces: tuple[Name, ...] = Field(
        default=(),
        title="Further channels",
        description="The channels of the agent's other devices.",
    )
    number_format: NumberFormatSettings = NumberFormatSettings()
    queues: tuple[Name, ...] = Field(
        default=(),
        title="Queues",
        description="The queues whose calls are shown; without any, the calls of all queues are.",
        json_schema_extra=_SECURITY,
    )
    internal_calls: bool = Field(
        default=True,
        title="Calls within the house",
        description="Whether calls from extension to extension are shown; consultations always are.",
        json_schema_extra=_SECURITY,
    )
    tls: bool = Field(
        default=False,
        title="Encrypted line",
        description="Whether the line to Asterisk's manager interface is encrypted.",
        json_schema_extra=_SECURITY,
    )
    tls_ca_file: Path | None = Field(
        default=None,
        title="Trusted certificates",
        description="A file with the certificates to trust on that line instead of this machine's.",
        json_schema_extra=_SECURITY,
    )
    tls_check_hostname: bool = Field(
        default=True,
        title="Check of the host's name",
        description="Whether the certificate on that line must be the host's.",
        json_schema_extra=_SECURITY,
    )
    genesys: GenesysSettings = GenesysSettings()

    @model_validator(mode="before")
    @classmethod
    def _each_source_has_a_secret_of_its_own(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("source") == "genesys_cloud":
            return {"secret_name": "genesys", **values}
        return values

    @property
    def interfaces(self) -> tuple[str, ...]:
        """Every device of the agent, the first one first."""
        return (self.interface, *self.more_interfaces) if self.interface else self.more_interfaces

    @model_validator(mode="after")
    def _asterisk_knows_the_agent(self) -> Self:
        if self.source == "asterisk_ami":
            missing = [field for field in ("username", "extension", "interface") if not getattr(self, field)]
            if missing:
                raise _wrong(f"asterisk_ami needs {', '.join(missing)}")
            if not all(_is_interface(one) for one in self.interfaces):
                raise _wrong("an interface is written as technology and name, such as PJSIP/2001")
            if self.tls_ca_file is not None and not self.tls:
                raise _wrong("tls_ca_file is of no use without tls")
        return self

    @model_validator(mode="after")
    def _genesys_knows_the_client(self) -> Self:
        if self.source == "genesys_cloud":
            if not self.genesys.client_id:
                raise _missing("genesys_cloud needs genesys.client_id", "genesys.client_id", by="source")
            if self.genesys.grant == "client_credentials" and not self.genesys.user_id:
                raise _wrong("client_credentials speaks for no user: genesys.user_id is needed")
        return self


class NetworkSettings(_Part):
    """By which proxy the panel reaches its backend, the sign-in and Genesys Cloud; this machine never by one."""

    proxy: Literal["system", "none", "address", "pac"] = Field(
        default="system",
        title="Proxy",
        description="Whether the way leads by the proxy that the system names, none, that of an address, or of a file.",
        json_schema_extra=_SECURITY,
    )
    proxy_address: Annotated[Address, _passing(check_proxy_address)] | None = Field(
        default=None,
        title="Address of the proxy",
        description="Host and port, such as proxy.example.com:8080; it needs the proxy “address”.",
        json_schema_extra=_SECURITY,
    )
    proxy_file: Annotated[Address, _passing(check_pac_place)] | None = Field(
        default=None,
        title="File that names the proxy",
        description="A proxy.pac, by its address or its path on this machine; it needs the proxy “pac”.",
        json_schema_extra=_SECURITY,
    )
    proxy_username: Name = Field(
        default="",
        title="Account at the proxy",
        description="The name to sign in with where a proxy wants that (Basic); without one, the panel does not.",
        json_schema_extra=_SECURITY,
    )
    proxy_secret_name: Name = Field(
        default="proxy",
        title="Name of the proxy's secret",
        description="Under which name the keyring has the password for that account, never the password itself.",
        json_schema_extra=_SECURITY,
    )

    @model_validator(mode="after")
    def _the_kind_has_what_it_needs(self) -> Self:
        if self.proxy == "address" and not self.proxy_address:
            raise _missing("the proxy “address” needs proxy_address", "proxy_address", by="proxy")
        if self.proxy == "pac" and not self.proxy_file:
            raise _missing("the proxy “pac” needs proxy_file", "proxy_file", by="proxy")
        return self


class FlightRecorderSettings(_Part):
    """Whether the last calls are kept on this machine for `nba-desktop doctor call`, masked, and in how much room."""

    enabled: bool = Field(
        default=True,
        title="Flight recorder",
        description="Whether the last calls are kept on this machine, masked, to find out why one was not shown.",
        json_schema_extra=_SECURITY,
    )
    megabytes: int = Field(
        default=4,
        ge=1,
        le=100,
        title="Room for the flight recorder",
        description="How many megabytes the flight recorder keeps before it drops the oldest calls.",
        json_schema_extra=_SECURITY,
    )


class Settings(_Part):
    """Everything that can be set; unknown keys are errors.

    `keys` are the keys that differ from the usual, by the names of `key_map.Command`. Language, theme, size and keys
    hold until the agent chooses others in the panel, which keeps his choices in a file of their own.
    """

    language: Language | None = Field(
        default=None,
        title="Language",
        description="The panel's language; without one, the system's.",
    )
    theme: Theme = Field(
        default="system",
        title="Colours",
        description="Light, dark, or one of both with high contrast; “system” follows the desktop.",
    )
    text_size: TextSize = Field(
        default=100,
        title="Text size",
        description="The size of the text in percent.",
    )
    hotkey: Name | None = Field(
        default=None,
        title="Key that brings the panel forward",
        description="Brings the panel forward from every program; an empty text is no such key.",
    )
    keys: dict[Name, Name] = Field(
        default={},
        title="Keys",
        description="The keys of commands that are to differ from the usual, such as Alt+N for “note”.",
    )
    backend: BackendSettings = BackendSettings()
    sign_in: SignInSettings = SignInSettings()
    network: NetworkSettings = NetworkSettings()
    telephony: TelephonySettings = TelephonySettings()
    outbox_retention_days: int = Field(
        default=7,
        ge=0,
        le=3650,
        title="Days in the outbox",
        description="How many days an entry stays on this machine after the backend has it.",
        json_schema_extra=_SECURITY,
    )
    outbox_encryption: Literal["preferred", "required"] = Field(
        default="preferred",
        title="Encryption of the local store",
        description="Whether entries for a site's backend are kept here even where no keyring holds a key for them.",
        json_schema_extra=_SECURITY,
    )
    site_public_key: Annotated[str, StringConstraints(max_length=4000), AfterValidator(_public_alone)] = Field(
        default="",
        title="Public key of the site",
        description="The JSON Web Key to which entries are sealed for the site as well, or the file that holds it.",
        json_schema_extra=_SECURITY,
    )
    flight_recorder: FlightRecorderSettings = FlightRecorderSettings()
    wrap_up_closes_after_s: int = Field(
        default=120,
        ge=0,
        le=3600,
        title="End of the wrap-up",
        description="After how many seconds a wrap-up that nobody touches closes; 0 leaves it to the agent.",
    )


def _is_interface(text: str) -> bool:
    technology, slash, name = text.partition("/")
    return bool(technology and slash and name)
