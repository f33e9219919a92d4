"""What somebody who helps may read of this workstation: a few plain texts, without anybody's data, in one file.

Nothing gets in because nothing spoke against it: of settings, variables and records only what is known to be harmless
is written, and the doctor's sentences go through a `Redactor`.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.adapters.flight.ring import read_records
from nba_desktop.adapters.log_file import LOG_FILE
from nba_desktop.doctor.checks import Finding
from nba_desktop.doctor.gaps import KNOWN_DETAILS, outage_sentence, outages
from nba_desktop.doctor.local_store import LocalStore, outbox_counts, outbox_refusals, without_store
from nba_desktop.doctor.redaction import Redactor
from nba_desktop.domain.errors import OutboxError
from nba_desktop.domain.settings_in_force import SettingInForce, SettingsInForce

_CLOSED: Final = frozenset(
    {
        "language",
        "theme",
        "backend.mode",
        "telephony.source",
        "telephony.number_format.format",
        "telephony.number_format.region",
        "telephony.genesys.grant",
        "outbox_encryption",
    }
)
"""The settings whose texts are words of the schema."""

_SERVERS: Final = frozenset(
    {"backend.url", "telephony.host", "telephony.genesys.api_url", "telephony.genesys.login_url"}
)
"""Without the names of the servers nobody can tell a wrong address from a wrong certificate."""

_LOCALE: Final = r"(C|POSIX|[a-z]{2}_[A-Z]{2})(\.(UTF-8|utf8|ISO-?8859-?[0-9]{1,2}))?"
_VARIABLES: Final[Mapping[str, str]] = {
    "LANG": _LOCALE,
    "LC_ALL": _LOCALE,
    "XDG_SESSION_TYPE": r"x11|wayland|tty|mir|unspecified",
    "XDG_CURRENT_DESKTOP": r"(ubuntu:)?(GNOME|KDE|XFCE|MATE|Cinnamon|X-Cinnamon|LXQt|LXDE|Unity|sway|i3)",
    "QT_QPA_PLATFORM": r"xcb|wayland|wayland-egl|offscreen|minimal|windows|cocoa",
    "QT_SCALE_FACTOR": r"[0-9.]{1,5}",
    "QT_AUTO_SCREEN_SCALE_FACTOR": r"[01]",
    "QT_ENABLE_HIGHDPI_SCALING": r"[01]",
    "DISPLAY": r":[0-9]{1,3}(\.[0-9])?",
    "WAYLAND_DISPLAY": r"wayland-[0-9]{1,2}",
}
"""The variables that are written, each with what its value must look like; else only that it is set."""

_ONLY_SET: Final = (
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "QT_PLUGIN_PATH",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "NBA_DATABASE",
)
_HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]-]{1,260}")
_LAST_GAPS: Final = 20
_LAST_LINES: Final = 200
_STATES: Final = ("pending", "accepted", "parked")
_KINDS: Final = ("start", "link", "heard", "decision", "dropped", "missed")
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_READ_ME: Final = """\
Diagnostics of NBA Desktop, made by `nba-desktop doctor bundle` on {at}.

Everything in it is plain text: read it before you send it. It holds what the doctor found, which settings are in
force, how many events wait, which variables are set, how the lines to the telephone system were, and the end of the
panel's log. It holds no event, no call, no name, no number, no token and no password; what a setting says that
somebody has typed is left out, but for the names of the servers.
"""


@dataclass(frozen=True, slots=True)
class Member:
    """One text of the bundle."""

    name: str
    text: str


def collect(
    findings: Sequence[Finding],
    in_force: SettingsInForce,
    data_dir: Path,
    store: LocalStore,
    environ: Mapping[str, str],
    redact: Redactor,
    now: datetime,
) -> tuple[Member, ...]:
    """Gather everything that the bundle holds."""
    texts = {
        "read-me.txt": _READ_ME.format(at=f"{now.astimezone():%Y-%m-%d %H:%M}"),
        "findings.txt": _lines(_finding(one, redact) for one in findings),
        "settings.txt": _lines(_setting(one) for one in in_force.settings),
        "outbox.txt": _lines(_outbox(store)),
        "telephony.txt": _lines(_telephony(store)),
        "log.txt": _lines(redact(line) for line in _log(data_dir / LOG_FILE)),
        "environment.txt": _lines(_environment(environ)),
    }
    return tuple(Member(name, text) for name, text in texts.items())


def packed(members: Sequence[Member]) -> bytes:
    """The bundle as one zip file, the same for the same texts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in members:
            # What a zip file else says of a member is when and as whose it was made.
            archive.writestr(zipfile.ZipInfo(one.name, _LONG_AGO), one.text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, redact: Redactor) -> str:
    way_out = f" → {finding.way_out}" if finding.way_out else ""
    return f"{finding.sign:<7}  {finding.check:<11} {redact(finding.says + way_out, finding.private)}"


def _setting(setting: SettingInForce) -> str:
    # What the program itself says is nobody's secret.
    shown = setting.value if setting.source == "default" else _shown(setting.key, json.loads(setting.value))
    return f"{setting.source:<12}  {setting.key} = {shown}"


def _shown(key: str, value: object) -> str:
    """A value, where it says nothing of a person; else what there is of it."""
    match value:
        case None | bool() | int() | float():
            return json.dumps(value)
        case "":
            return "(empty)"
        case str() if key in _CLOSED:
            return value
        case str() if key in _SERVERS:
            return _server(value)
        case list() | dict():
            return f"({len(value)})"
    return "(set)"


def _server(address: str) -> str:
    """Scheme, host and port, and nothing else that may be in an address."""
    scheme, has_scheme, rest = address.rpartition("://")
    host = rest.partition("/")[0].rpartition("@")[2]
    return f"{scheme}{has_scheme}{host}" if _HOST.fullmatch(host) else "(set)"


def _outbox(store: LocalStore) -> Iterator[str]:
    """How many events there are, and why some were refused; nothing of what is in them."""
    if not store.file.exists():
        yield without_store(store)
        return
    try:
        counts, refused = outbox_counts(store), outbox_refusals(store)
    except OutboxError:
        yield "cannot be read now: a running panel has it, or it is damaged (see findings.txt)"
        return
    yield from (f"{state}: {counts.get(state, 0)}" for state in _STATES)
    yield from (f"refused for {why}: {count}" for why, count in refused.items())


def _telephony(store: LocalStore) -> Iterator[str]:
    """How many records there are of each kind, and the times without telephone system; nothing that was heard."""
    try:
        recorded = read_records(store.folder / FOLDER, store.key)
    except OSError:
        yield "the flight recorder’s files cannot be read"
        return
    kinds = Counter(record["kind"] for record in recorded.records)
    yield from (f"{kind}: {kinds[kind]}" for kind in _KINDS if kind in kinds)
    if recorded.torn:
        yield f"torn: {recorded.torn}"
    for gap in outages(recorded.records)[-_LAST_GAPS:]:
        yield outage_sentence(gap if gap.why in KNOWN_DETAILS else replace(gap, why=""))


def _log(file: Path) -> Iterator[str]:
    """The last lines of the panel's log, in which nothing but what is harmless is written in the first place."""
    try:
        lines = file.read_bytes().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        yield "no panel has logged anything here"
    except OSError:
        yield "the log cannot be read"
    else:
        yield from lines[-_LAST_LINES:]


def _environment(environ: Mapping[str, str]) -> Iterator[str]:
    for name, pattern in sorted(_VARIABLES.items()):
        if name in environ:
            yield f"{name}={environ[name] if re.fullmatch(pattern, environ[name]) else '(set)'}"
    yield from (f"{name}=(set)" for name in _ONLY_SET if environ.get(name))
