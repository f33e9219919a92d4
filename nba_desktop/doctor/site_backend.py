"""The site's backend before anybody signs in: its certificate, its versions, its clock, and the way to it."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import requests
from pydantic import ValidationError

from nba_desktop import __version__
from nba_desktop.adapters.backend_url import checked_url
from nba_desktop.adapters.http_session import new_session
from nba_desktop.adapters.network.certificates import CertificateFault, certificate_fault
from nba_desktop.adapters.network.routes import Route, Routes
from nba_desktop.adapters.network.trust import machine_trust
from nba_desktop.contract.base import Answer
from nba_desktop.contract.handshake import (
    PROTOCOL,
    PROTOCOL_HEADER,
    VERSION_HEADER,
    read_protocol,
    too_old,
    version_order,
)
from nba_desktop.doctor.checks import Finding
from nba_desktop.domain.errors import SettingsError

_CONNECT_S: Final = 3.0
_TOTAL_S: Final = 6.0
_SOON: Final = timedelta(days=21)
_CLOCK_TOLERANCE: Final = timedelta(seconds=30)
_HTTPS: Final = 443

_WRONG: Final[Mapping[CertificateFault, tuple[str, str]]] = {
    CertificateFault.NOT_YET_VALID: (
        "is not valid yet",
        "let this machine take the time from the network, or have the certificate looked at",
    ),
    CertificateFault.EXPIRED: (
        "has expired",
        "have the backend’s administrator renew it; a clock that is wrong does the same",
    ),
    CertificateFault.WRONG_HOST: ("is for another name", "use the name in the certificate in backend.url"),
    CertificateFault.UNTRUSTED: (
        "is signed by nobody this machine trusts",
        "install the root certificate of your site, or of the proxy that looks into the line, in this machine’s store",
    ),
}


class _Ready(Answer):
    version: str
    least_panel: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the backend answers somebody without a token; `ready` is its own word on itself, None when it has none.

    `ahead` is by how much this machine's clock is ahead of the backend's, None when that does not tell its time.
    """

    status: int
    protocol: int | None = None
    version: str = ""
    least_panel: str = ""
    ahead: timedelta | None = None


def ask(
    url: str, now: Callable[[], datetime] = lambda: datetime.now(UTC), routes: Routes | None = None
) -> Asked | None:
    """Ask whether the backend is ready; None when nothing answers."""
    with new_session(_TOTAL_S, routes) as session:
        try:
            answer = session.get(f"{checked_url(url)}/readyz", timeout=(_CONNECT_S, _TOTAL_S))
        except (requests.RequestException, OSError, ValueError, SettingsError):
            return None
    headers = answer.headers
    try:
        ready = _Ready.model_validate_json(answer.content)
    except ValidationError:
        ready = _Ready(version=headers.get(VERSION_HEADER, ""))
    return Asked(
        answer.status_code,
        read_protocol(headers.get(PROTOCOL_HEADER, "")),
        ready.version,
        ready.least_panel or "",
        _ahead(headers.get("Date", ""), now()),
    )


def check_readiness(url: str, asked: Asked | None) -> Finding | None:
    """What keeps the backend from working with this panel; None when nothing does, or when it is not there at all."""
    if asked is None:
        return None
    if asked.status == 503 and asked.protocol is not None:
        says = f"{url} is there, but its store does not answer"
        return Finding("backend", False, says, "ask its administrator to look at its database and its log")
    if asked.status != 200:
        return None
    who = f"this panel ({__version__}) and the backend ({asked.version})"
    match too_old(PROTOCOL, asked.protocol) if asked.protocol is not None else None:
        case "panel_too_old":
            says = f"{who} do not understand each other: the panel is too old"
            return Finding("backend", False, says, f"have NBA Desktop updated to {asked.version}")
        case "backend_too_old":
            says = f"{who} do not understand each other: the backend is too old"
            return Finding("backend", False, says, f"ask its administrator to update it to {__version__}")
    if version_order(__version__) < version_order(asked.least_panel):
        says = f"{url} answers panels of version {asked.least_panel} or newer, and this is {__version__}"
        return Finding("backend", False, says, f"have NBA Desktop updated to {asked.least_panel} or newer")
    return None


def check_certificate(
    url: str, now: Callable[[], datetime] = lambda: datetime.now(UTC), routes: Routes | None = None
) -> Finding:
    """Whether this machine believes who the backend says it is, and for how long."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        try:
            checked_url(url)
        except SettingsError:
            says = f"{host} is another machine and the line to it is not encrypted: the panel does not use it"
            way_out = "write https:// in backend.url, and give the backend a certificate"
            return Finding("certificate", False, says, way_out)
        return Finding("certificate", True, "none is needed: the backend is on this machine")
    try:
        ways = (None,) if routes is None else routes.to(url)
        ends = _end_of_certificate(host, parts.port or _HTTPS, ways)
    except ssl.SSLCertVerificationError as error:
        says, way_out = _WRONG[certificate_fault(error)]
        return Finding("certificate", False, f"the certificate of {host} {says}", way_out)
    except ssl.SSLError:
        way_out = "check that the port speaks TLS 1.2 or newer"
        return Finding("certificate", False, f"no encrypted line to {host} comes about", way_out)
    except (OSError, http.client.HTTPException):
        way_out = "see the lines “backend” and “proxy”"
        return Finding("certificate", False, f"{host} cannot be reached, and shows none", way_out)
    if ends is None:
        return Finding("certificate", True, f"{host} is who it says it is")
    left = ends - now()
    until = f"{host} is who it says it is; its certificate is valid until {ends:%Y-%m-%d} ({left.days} days)"
    if left < _SOON:
        return Finding("certificate", True, until, "have it renewed: after that day no panel connects any more")
    return Finding("certificate", True, until)


def check_clock(ahead: timedelta | None, now: Callable[[], datetime] = datetime.now) -> Finding:
    """Whether this machine's clock agrees with the backend's, and which time zone it shows."""
    local = now().astimezone()
    zone = f"{local.tzname()} (UTC{local.isoformat()[-6:]})"
    if ahead is None:
        return Finding("clock", True, f"the time zone is {zone}; no backend tells its time to compare")
    if abs(ahead) > _CLOCK_TOLERANCE:
        direction = "ahead of" if ahead > timedelta() else "behind"
        seconds = abs(round(ahead.total_seconds()))
        says = f"this machine’s clock is {seconds} s {direction} the backend’s; the time zone is {zone}"
        return Finding("clock", False, says, "let both machines take the time from the network")
    return Finding("clock", True, f"it agrees with the backend’s; the time zone is {zone}")


def _ahead(date: str, now: datetime) -> timedelta | None:
    try:
        theirs = parsedate_to_datetime(date)
        return now - theirs.replace(tzinfo=theirs.tzinfo or UTC)
    except ValueError:
        return None


def _end_of_certificate(host: str, port: int, ways: tuple[Route, ...]) -> datetime | None:
    """Until when the certificate is valid that the host shows; raises what `ssl` says of one that is not believed.

    None where the system itself has looked at it and tells no more.
    """
    *others, last = ways
    for way in others:
        try:
            return _end_by(way, host, port)
        except ssl.SSLError:
            raise
        except (OSError, http.client.HTTPException):
            continue  # the next way may be open
    return _end_by(last, host, port)


def _end_by(way: Route, host: str, port: int) -> datetime | None:
    first = (host, port) if way is None else (way.host, way.port)
    line = http.client.HTTPSConnection(*first, timeout=_CONNECT_S, context=machine_trust())
    if way is not None:
        line.set_tunnel(host, port, way.sign_in)
    with closing(line):
        line.connect()
        ends = (line.sock.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC) if ends else None
