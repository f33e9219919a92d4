"""Further tokens on standard input: a panel that has renewed its own tells the program beside it."""

from __future__ import annotations

import io
import os
import threading
from typing import Final

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.domain.errors import SecretsError

_LONGEST: Final = 64 * 1024


def follow(token: BearerToken, source: int = 0) -> None:
    """Replace the token by each line that comes from the file descriptor `source`, until it ends."""
    # A reader of its own: Python's would keep the whole program from ending while it waits.
    lines = io.FileIO(os.dup(source), "r")
    threading.Thread(target=_follow, args=(lines, token), name="tokens", daemon=True).start()


def _follow(lines: io.FileIO, token: BearerToken) -> None:
    waiting = b""
    with lines:
        while data := lines.read(_LONGEST):
            *whole, waiting = (waiting + data).split(b"\n")
            for line in whole:
                try:
                    token.replace(line.strip().decode("ascii"))
                except (SecretsError, UnicodeDecodeError):
                    # The one before may still hold; the backend says so.
                    continue
            if len(waiting) > _LONGEST:
                return
