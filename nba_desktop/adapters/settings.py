"""The user's settings: one JSON file, read once at the start, and a small file for where the window was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from nba_desktop.adapters.files import write_atomically
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import SettingsError
from nba_desktop.domain.preferences import TextSize, Theme

_LARGEST_FILE: Final = 1024 * 1024
_WAY_OUT: Final = "correct it, or move the file away to start with the defaults"

Name = Annotated[str, StringConstraints(max_length=128, pattern=r"^[^\x00-\x1f]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class BackendSettings(_Part):
    """The panel's own backend on this machine, or the site's at `url` with a token in the keyring."""

    mode: Literal["embedded", "site"] = "embedded"
    url: Annotated[str, StringConstraints(max_length=2000)] | None = None

    @model_validator(mode="after")
    def _site_has_url(self) -> Self:
        if self.mode == "site" and not self.url:
            raise ValueError("a site's backend needs its url")
        return self


class NumberFormatSettings(_Part):
    """How the telephone system writes numbers; `cti.numbers.NumberSettings` says what each value means."""

    format: Literal["e164", "e164_without_plus", "national", "international_00"] = "e164"
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "DE"
    trunk_prefix: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,4}$")] = ""
    extension_digits: Annotated[int, Field(ge=0, le=9)] = 5


class GenesysSettings(_Part):
    """An organisation of Genesys Cloud: `region` is the end of its addresses, such as `mypurecloud.de`.

    With the grant `pkce` the agent signs in in the browser, which comes back to 127.0.0.1:`redirect_port`. With
    `client_credentials` the client's secret is in the keyring as `telephony.secret_name`; `user_id` names the agent.
    The three attributes are the participant attributes that the call flow sets; `authenticated_values` are the values
    of the second by which it says that the caller is authenticated. `api_url` and `login_url` replace the addresses
    made from the region.
    """

    region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]{1,100}$")] = "mypurecloud.de"
    grant: Literal["pkce", "client_credentials"] = "pkce"
    client_id: Name = ""
    user_id: Name = ""
    redirect_port: Annotated[int, Field(ge=1024, le=65535)] = 8477
    customer_no_attribute: Name = "customer_no"
    auth_level_attribute: Name = "auth_level"
    ivr_path_attribute: Name = "ivr_path"
    authenticated_values: tuple[Name, ...] = ("authenticated",)
    api_url: Annotated[str, StringConstraints(max_length=2000)] | None = None
    login_url: Annotated[str, StringConstraints(max_length=2000)] | None = None


class TelephonySettings(_Part):
    """Where the calls come from; `secret_name` is the password's name in the keyring, never the password.

    Without `secret_name` it is `asterisk`, for Genesys Cloud `genesys`.

    `hub` listens to the backend, which takes the webhooks of the telephone system.

    `interface` is the agent's channel at the telephone system, such as `PJSIP/2001`; `more_interfaces` and
    `more_extensions` are his other devices and numbers. `queues` limits the calls to these queues (empty: all);
    without `internal_calls`, calls from extension to extension are not shown, but for consultations. With `tls` the
    line is encrypted (port 5039 as a rule): `tls_ca_file` holds the certificates to trust instead of this machine's.
    """

    source: Literal["asterisk_ami", "hub", "genesys_cloud", "none"] = "none"
    host: Name = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 5038
    username: Name = ""
    secret_name: Name = "asterisk"
    extension: Name = ""
    interface: Name = ""
    more_extensions: tuple[Name, ...] = ()
    more_interfaces: tuple[Name, ...] = ()
    number_format: NumberFormatSettings = NumberFormatSettings()
    queues: tuple[Name, ...] = ()
    internal_calls: bool = True
    tls: bool = False
    tls_ca_file: Path | None = None
    tls_check_hostname: bool = True
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
                raise ValueError(f"asterisk_ami needs {', '.join(missing)}")
            if not all(_is_interface(one) for one in self.interfaces):
                raise ValueError("an interface is written as technology and name, such as PJSIP/2001")
            if self.tls_ca_file is not None and not self.tls:
                raise ValueError("tls_ca_file is of no use without tls")
        return self

    @model_validator(mode="after")
    def _genesys_knows_the_client(self) -> Self:
        if self.source == "genesys_cloud":
            if not self.genesys.client_id:
                raise ValueError("genesys_cloud needs genesys.client_id")
            if self.genesys.grant == "client_credentials" and not self.genesys.user_id:
                raise ValueError("client_credentials speaks for no user: genesys.user_id is needed")
        return self


class FlightRecorderSettings(_Part):
    """Whether the last calls are kept on this machine for `nba-desktop doctor call`, masked, and in how much room."""

    enabled: bool = True
    megabytes: Annotated[int, Field(ge=1, le=100)] = 4


class Settings(_Part):
    """Everything the user can set. `language` None means the system's; unknown keys are errors.

    `wrap_up_closes_after_s` closes a wrap-up that nobody touches; 0 leaves it to the agent. `hotkey` brings the panel
    forward from everywhere: None is the usual key where the system has such keys, an empty text is none. `keys` are
    the keys that differ from the usual, by the names of `key_map.Command`; `text_size` is in percent. Language, theme,
    size and keys hold until the agent chooses others in the panel, which keeps his choices in a file of their own.
    """

    language: Language | None = None
    theme: Theme = "system"
    text_size: TextSize = 100
    hotkey: Name | None = None
    keys: dict[Name, Name] = {}
    backend: BackendSettings = BackendSettings()
    telephony: TelephonySettings = TelephonySettings()
    outbox_retention_days: Annotated[int, Field(ge=0, le=3650)] = 7
    flight_recorder: FlightRecorderSettings = FlightRecorderSettings()
    wrap_up_closes_after_s: Annotated[int, Field(ge=0, le=3600)] = 120


def load_settings(path: Path) -> Settings:
    """Read the settings; without a file, the defaults. Raises `SettingsError` with file, place, fault and way out.

    The error never repeats a value.
    """
    content = _read(path)
    if content is None:
        return Settings()
    try:
        values = json.loads(content, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{path}, line {error.lineno}", f"{error.msg}; {_WAY_OUT}") from None
    except RecursionError:
        raise SettingsError(str(path), f"nested too deeply; {_WAY_OUT}") from None
    except ValueError as error:
        raise SettingsError(str(path), f"{error}; {_WAY_OUT}") from None
    try:
        return Settings.model_validate_json(content)
    except ValidationError as error:
        first, *others = error.errors()
    field = ".".join(str(part) for part in first["loc"]) if isinstance(values, dict) else ""
    more = f" (and {len(others)} more)" if others else ""
    raise SettingsError(f"{path}, {field}" if field else str(path), f"{first['msg']}{more}; {_WAY_OUT}")


def load_window(path: Path) -> bytes | None:
    """Where the window was, as Qt's own bytes; None when that is not known."""
    try:
        return bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError):
        return None


def save_window(path: Path, geometry: bytes) -> bool:
    """Remember where the window is, and say whether that worked; nothing but comfort depends on it."""
    try:
        write_atomically(path, geometry.hex().encode())
    except OSError:
        return False
    return True


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read ({error.strerror})") from None
    if len(content) > _LARGEST_FILE:
        raise SettingsError(str(path), f"larger than 1 MiB; {_WAY_OUT}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}", f"not UTF-8; {_WAY_OUT}") from None


def _is_interface(text: str) -> bool:
    technology, slash, name = text.partition("/")
    return bool(technology and slash and name)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key is there twice")
    return values
