"""What the settings say of an Asterisk, as its line takes it."""

from __future__ import annotations

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.asterisk_ami import AmiSettings, TlsSettings
from nba_desktop.adapters.cti.number_settings import numbers_of
from nba_desktop.adapters.settings import TelephonySettings


def ami_settings_of(telephony: TelephonySettings, secret: str) -> AmiSettings:
    """Return what the line to an Asterisk needs; raises `SettingsError` for what cannot be used."""
    return AmiSettings(
        host=telephony.host,
        port=telephony.port,
        username=telephony.username,
        secret=secret,
        line=AgentLine(telephony.extension, telephony.interfaces, telephony.more_extensions),
        numbers=numbers_of(telephony),
        tls=TlsSettings(telephony.tls_ca_file, telephony.tls_check_hostname) if telephony.tls else None,
        internal_calls=telephony.internal_calls,
    )
