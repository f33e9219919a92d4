"""Small files written so that a reader, or a power cut, sees the old one or the new one and never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from typing import Final

from nba_desktop.domain.errors import FailureCode

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, readable by this user only. Raises `OSError`; the old file then stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def disk_failure(error: OSError) -> FailureCode:
    """What the user is told of a file that could not be written."""
    return FailureCode.DISK_FULL if error.errno in _FULL else FailureCode.DISK_UNWRITABLE
