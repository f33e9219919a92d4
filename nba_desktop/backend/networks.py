"""From where the backend may be asked without encryption of its own."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

from nba_desktop.backend.errors import ConfigurationError

Network: TypeAlias = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Networks:
    """Addresses and networks of the servers in front."""

    all: tuple[Network, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all)

    def __contains__(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        # A socket for both families shows the older kind within the newer one.
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self.all)


NO_NETWORKS: Final = Networks()
"""Nobody stands in front."""


def read_networks(text: str) -> Networks:
    """Read addresses and networks between commas; raise `ValueError` that names the one that is none."""
    found = []
    for one in text.split(","):
        try:
            found.append(ip_network(one.strip()))
        except ValueError:
            raise ValueError(
                f"'{one.strip()}' is neither an address such as 10.0.0.5 nor a network: 10.0.0.0/24"
            ) from None
    return Networks(tuple(found))


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches an address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def check_exposed(host: str, encrypted: bool, proxies: Networks, plain: bool) -> None:
    """Raise `ConfigurationError` where tokens and customers' data would cross a network for everybody to read."""
    if is_loopback(host) or encrypted or proxies or plain:
        return
    raise ConfigurationError(
        f"on {host} tokens and customers' data would cross the network unencrypted. Give --tls-certificate and "
        "--tls-key, or name the server with TLS that stands in front with --behind-proxy ADDRESS, or say --plain-http "
        "where the network itself encrypts"
    )
