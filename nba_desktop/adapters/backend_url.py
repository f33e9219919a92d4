"""Which addresses a backend, or a service beside it, may have."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from nba_desktop.domain.errors import SettingsError


def checked_url(url: str) -> str:
    """A backend's address without a slash at its end; raises `SettingsError`, never repeating the address."""
    where = "backend.url"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(where, "not an address such as https://nba.example.com") from None
    if parts.scheme not in ("https", "http") or not host or port == 0 or not url.isascii() or not url.isprintable():
        raise SettingsError(where, "not an address such as https://nba.example.com")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment or " " in url:
        raise SettingsError(where, "only host, port and path may be in it; the token belongs in the keyring")
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsError(where, "must begin with https:// unless the backend is on this machine")
    return url.rstrip("/")


def check_service_url(url: str, where: str, schemes: tuple[str, str] = ("https", "http")) -> None:
    """Raise `SettingsError` unless `url` is encrypted, or on this machine; `schemes` are the two ways to write it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or parts.scheme not in schemes or not url.isascii() or not url.isprintable():
        raise SettingsError(where, f"not an address such as {schemes[0]}://api.mypurecloud.de")
    if parts.username is not None or parts.password is not None or parts.fragment or " " in url:
        raise SettingsError(where, "only host, port and path may be in it")
    if parts.scheme == schemes[1] and not is_loopback(host):
        raise SettingsError(where, f"must begin with {schemes[0]}:// unless it is on this machine")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
