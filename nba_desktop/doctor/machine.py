"""This machine: its versions, its disk, its fonts, its policy, and the panel that runs on it or once did."""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QStorageInfo

from nba_desktop import __version__
from nba_desktop.adapters import cipher_db
from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.single_instance import Standing
from nba_desktop.contract.handshake import PROTOCOL, version_order
from nba_desktop.doctor.checks import Finding, unknown_key

_LITTLE_ROOM: Final = 100 * 1024 * 1024
_SAFE_SQLITE: Final = "3.51.3"
_ON_THE_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "9p", "fuse.sshfs", "fuse.rclone"}
)


def system_sqlite() -> str:
    """Which SQLite a backend of this Python would have; nothing in the bundle, which has neither."""
    if find_spec("sqlite3") is None:
        return ""
    import sqlite3

    return sqlite3.sqlite_version


def check_versions(own_backend_sqlite: str) -> Finding:
    """What this panel is made of; `own_backend_sqlite` is that of a backend which it starts itself, else empty."""
    qt = QLibraryInfo.version().toString()
    backends = f" (its backend's {own_backend_sqlite})" if own_backend_sqlite else ""
    says = (
        f"NBA Desktop {__version__} (protocol {PROTOCOL}), Qt {qt}, Python {platform.python_version()}, "
        f"SQLite {cipher_db.VERSION}{backends}, {platform.platform()}"
    )
    if own_backend_sqlite and version_order(own_backend_sqlite) < version_order(_SAFE_SQLITE):
        # The panel's own files have one owner each, who is never harmed by it.
        way_out = f"for a backend on SQLite have {_SAFE_SQLITE} or newer: those before can harm a file in rare cases"
        return Finding("versions", True, says, way_out)
    return Finding("versions", True, says)


def check_policy(policy: Policy) -> Finding:
    """Whether the machine's policy can be used, and what it holds."""
    if policy.problems:
        first, more = policy.problems[0], len(policy.problems) - 1
        says = f"{first.where}: {first.says}" + (f" (and {more} more)" if more else "")
        if policy.error is not None:
            says += "; until then the panel connects to nothing"
        return Finding("policy", False, says, first.way_out, unknown_key(first.where))
    if not policy.place:
        return Finding("policy", True, "this machine has none")
    count = len(policy.values)
    return Finding("policy", True, f"{policy.place} holds {count} setting(s); `nba-desktop settings` shows them")


def check_disk(
    data_dir: Path,
    free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
    file_system: Callable[[Path], str] = lambda path: file_system_of(path),
) -> Finding:
    """Whether what the agent clicks can be stored."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=data_dir) as probe:
            probe.write(b"x" * 4096)
        room = free(data_dir)
    except OSError as error:
        return Finding("disk", False, f"{data_dir} cannot be written ({error.strerror})", "free or mend the disk")
    kind = file_system(data_dir)
    if kind in _ON_THE_NETWORK or str(data_dir).startswith("\\\\"):
        says = f"{data_dir} is on a network drive ({kind or 'UNC'}), which may lose what it has acknowledged"
        return Finding("disk", False, says, "have the folder of the panel’s data on a disk of this machine (--data)")
    mib = room // 1024 // 1024
    if room < _LITTLE_ROOM:
        return Finding("disk", False, f"only {mib} MiB are free in {data_dir}", "free some room")
    return Finding("disk", True, f"{data_dir} can be written; {mib} MiB are free")


def file_system_of(path: Path) -> str:
    """The kind of file system a folder is on, such as `ext4`; empty when the system does not say."""
    return bytes(QStorageInfo(str(path)).fileSystemType().data()).decode("ascii", "replace").lower()


def check_fonts(folder: Path) -> Finding:
    """Whether the panel's own fonts are there: without them it looks like any program of this machine."""
    found = [path for path in sorted(folder.glob("*.ttf")) if path.stat().st_size > 0]
    if not found:
        return Finding("fonts", False, f"{folder} has no font: the panel takes this machine’s", "install it anew")
    return Finding("fonts", True, f"the panel’s own {len(found)} fonts are there")


def check_instance(standing: Standing) -> Finding:
    """Whether a panel runs in this session, and whether it takes what others hand over."""
    match standing:
        case "none":
            return Finding("instance", True, "no panel runs in this session")
        case "running":
            return Finding("instance", True, "a panel runs in this session and takes calls of other programs")
        case "stale":
            return Finding("instance", True, "the last panel of this session has died; the lock it left is taken away")
        case "silent":
            says = "a panel holds this session and does not answer: a second one does not start"
            return Finding("instance", False, says, "end it with the system’s task manager, then start it again")
