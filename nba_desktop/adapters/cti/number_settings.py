"""How the settings say that the telephone system writes numbers."""

from __future__ import annotations

from nba_desktop.adapters.cti.numbers import NumberFormat, NumberSettings
from nba_desktop.adapters.settings import TelephonySettings


def numbers_of(telephony: TelephonySettings) -> NumberSettings:
    """Return how the telephone system writes numbers; raises `SettingsError` when it is not known."""
    written = telephony.number_format
    return NumberSettings(NumberFormat(written.format), written.region, written.trunk_prefix, written.extension_digits)
