"""One server for each folder: a second one on the same database is told so before it touches anything."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from nba_desktop.backend.errors import ConfigurationError

LOCK_FILE: Final = "backend.lock"
_LOOK_AGAIN_S: Final = 0.1
# Far behind what is written in the file: on Windows nobody reads what is locked.
_LOCKED_AT: Final = 4_096

if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> None:
        os.lseek(file, _LOCKED_AT, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _locked(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_server(folder: Path, wait_s: float = 0.0) -> Iterator[None]:
    """Be the one server of a folder until the block ends, or the process does, however that ends.

    For `wait_s` another one may still be ending; raises `ConfigurationError` when it is there after that. Only servers
    ask, and what puts another database in the folder: any other command works beside one.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(folder / LOCK_FILE, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise ConfigurationError(f"the folder {folder} cannot be used: {error.strerror}") from error
    way_out = (
        "stop it first, or give this one a folder of its own with --data. Several servers can share a database on a "
        "PostgreSQL server only (--database)"
    )
    with _holding(file, folder, time.monotonic() + wait_s, way_out):
        yield


@contextmanager
def nobody_serves(folder: Path) -> Iterator[None]:
    """Keep servers out of a folder until the block ends; raises `ConfigurationError` where one is there.

    A folder that no server was ever in stays as it is: a lock of another user's would keep the first one out.
    """
    try:
        file = os.open(folder / LOCK_FILE, os.O_RDWR)
    except FileNotFoundError:
        yield
        return
    except OSError as error:
        raise ConfigurationError(f"the folder {folder} cannot be used: {error.strerror}") from error
    with _holding(file, folder, time.monotonic(), "stop it first"):
        yield


@contextmanager
def _holding(file: int, folder: Path, until: float, way_out: str) -> Iterator[None]:
    try:
        _lock(file, folder, until, way_out)
        _write_process(file)
        yield
    finally:
        # The lock goes with it. The file stays: somebody may have opened it to lock it next.
        os.close(file)


def _lock(file: int, folder: Path, until: float, way_out: str) -> None:
    while True:
        try:
            _locked(file)
            return
        except (BlockingIOError, PermissionError):
            # Windows says of another's lock that it is not permitted.
            if time.monotonic() >= until:
                raise ConfigurationError(
                    f"another backend{_process_in(file)} serves the database in {folder} already: {way_out}"
                ) from None
        except OSError as error:
            raise ConfigurationError(
                f"the file {LOCK_FILE} in {folder} cannot be locked ({error.strerror}): a database belongs on a disk "
                "that keeps locks"
            ) from error
        time.sleep(_LOOK_AGAIN_S)


def _write_process(file: int) -> None:
    # For the one who is refused; a full disk does not keep this one from serving.
    with suppress(OSError):
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, b"%d\n" % os.getpid())


def _process_in(file: int) -> str:
    try:
        os.lseek(file, 0, os.SEEK_SET)
        said = os.read(file, 32).strip()
    except OSError:
        return ""
    return f" (process {int(said)})" if said.isdigit() else ""
