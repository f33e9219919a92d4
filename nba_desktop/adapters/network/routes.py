"""Ways to an address: directly, or by a proxy."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Final, Protocol
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that opens tunnels (CONNECT, RFC 9110 section 9.3.6); name and password are for its Basic sign-in."""

    host: str
    port: int
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Host and port, which may be shown."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def sign_in(self) -> dict[str, str]:
        """The header of its sign-in; none without a name."""
        return basic_sign_in(self.username, self.password)

    @property
    def url(self) -> str:
        """The address with name and password, for a library that wants it so; never for a log."""
        if not self.username:
            return f"http://{self}"
        return f"http://{quote(self.username, safe='')}:{quote(self.password, safe='')}@{self}"


def basic_sign_in(username: str, password: str) -> dict[str, str]:
    """The header that signs in at a proxy, in letters of every language (RFC 7617 section 2.1); none without a name."""
    pair = f"{username}:{password}".encode()
    return {"Proxy-Authorization": f"Basic {b64encode(pair).decode()}"} if username else {}


Route = Proxy | None
"""None is the direct way."""

DIRECT: Final = "DIRECT"
"""The direct way as a proxy.pac writes it."""


class Routes(Protocol):
    """Says which way to an address, for every transport of the panel. May be asked from any thread; blocks."""

    def to(self, url: str, /) -> tuple[Route, ...]:
        """The ways to try in turn, at least one; raises `NoRoute`."""
        ...

    def failed(self, way: Route, /) -> None:
        """Hear that nobody took the connection on a way: a proxy then comes last for a while. Never blocks for long."""
        ...


class NoRoute(OSError):
    """The rule that names the proxy cannot be used; the message says why, and holds no address of a person's."""
