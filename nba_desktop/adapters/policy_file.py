"""Files that only the administrator of the machine can have written."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from nba_desktop.adapters.settings_text import LARGEST
from nba_desktop.domain.errors import PolicyError

_ROOT: Final = 0
_TOP: Final = Path("/")


def read_trusted(path: Path, owner: int = _ROOT, top: Path = _TOP) -> bytes | None:
    """The file's content, at most one byte more than `LARGEST`; None when the machine has no such file.

    The file and every folder from `top` on must belong to `owner` and be writable by nobody else, and none may be a
    link: whoever can change one of them would write the policy. Raises `PolicyError` where that is not so, and for a
    file that cannot be read. Without the file's folder nobody has meant there to be a policy, whoever owns the rest.
    """
    with ExitStack() as opened:
        place, fault = top, None
        try:
            here = _opened(opened, top, None)
            fault = _fault(os.fstat(here), owner, top)
            for name in path.parent.relative_to(top).parts:
                place /= name
                fault = fault or _fault(os.stat(name, dir_fd=here, follow_symlinks=False), owner, place)
                here = _opened(opened, Path(name), here)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise fault or _unreadable(place, error) from None
        if fault:
            raise fault
        try:
            info = os.stat(path.name, dir_fd=here, follow_symlinks=False)
            fault = _fault(info, owner, path)
            if fault:
                raise fault
            if not stat.S_ISREG(info.st_mode):
                raise PolicyError(str(path), "is not a file", "put the policy there as a file, or remove it")
            # Nobody but the owner can have put another file there since.
            descriptor = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=here)
            with os.fdopen(descriptor, "rb") as file:
                return file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error) from None


def _opened(opened: ExitStack, folder: Path, inside: int | None) -> int:
    # Where the system can, without the right to list the folder.
    flags = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(folder, flags, dir_fd=inside)
    opened.callback(os.close, descriptor)
    return descriptor


def _fault(info: os.stat_result, owner: int, place: Path) -> PolicyError | None:
    if stat.S_ISLNK(info.st_mode):
        return PolicyError(str(place), "is a link, and what it leads to may be anybody's", "put the file itself there")
    if info.st_uid != owner:
        return PolicyError(str(place), "does not belong to root", f"make it root's: `chown root:root {place}`")
    if info.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return PolicyError(str(place), "can be written by others than root", f"`chmod go-w {place}`")
    return None


def _unreadable(place: Path, error: OSError) -> PolicyError:
    way_out = f"let every user read it: `chmod a+rX {place}`"
    return PolicyError(str(place), f"cannot be read ({error.strerror})", way_out)
