"""What the settings may say of a proxy and of the file that names one."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Final
from urllib.parse import urlsplit

from nba_desktop.domain.errors import SettingsError

_PORT: Final = 80
_PROXY: Final = "network.proxy_address"
_FILE: Final = "network.proxy_file"


def check_proxy_address(address: str) -> tuple[str, int]:
    """Host and port of `host:port` or `http://host:port`; raises `SettingsError` for anything else."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise SettingsError(_PROXY, "a name belongs in proxy_username, its password in the keyring")
    if parts.scheme not in ("", "http"):
        raise SettingsError(_PROXY, "only proxies that are spoken to as http:// are known")
    is_plain = address.isascii() and address.isprintable() and " " not in address
    if not host or port == 0 or not is_plain or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise SettingsError(_PROXY, "not host and port such as proxy.example.com:8080")
    return host, port or _PORT


def check_pac_place(place: str) -> None:
    """Raise `SettingsError` unless `place` is an address of the web, or a whole path of this or another system."""
    if "://" not in place:
        if not (PurePosixPath(place).is_absolute() or PureWindowsPath(place).is_absolute()):
            raise SettingsError(_FILE, "neither an address nor a whole path such as /etc/proxy.pac")
        return
    try:
        parts = urlsplit(place)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("https", "http") or not host or port == 0 or not place.isascii() or " " in place:
        raise SettingsError(_FILE, "not an address such as https://intranet.example.com/proxy.pac")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise SettingsError(_FILE, "only host, port and path may be in it")
