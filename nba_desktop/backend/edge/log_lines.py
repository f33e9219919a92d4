"""What the backend logs: one line for each thing that happened, as JSON for machines or as text for people.

A line holds the program's own words. Messages of foreign errors stay out, of a trace only the places in the program
are kept, and what nevertheless looks personal is taken out of every text.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TextIO

from nba_desktop.backend.edge.redaction import redacted

REQUEST_ID: Final[ContextVar[str]] = ContextVar("REQUEST_ID", default="")
"""The request that is being answered: log lines that come of it name it, in whichever thread they are written."""

REQUEST: Final = "request_id"
FIELDS: Final = "fields"
"""The attribute of a record with what a line says beside its words: `extra={FIELDS: {…}}`."""

_OURS: Final = "nba_desktop"
# By sd-daemon(3): the journal takes the level from the beginning of a line.
_PRIORITIES: Final = {"DEBUG": 7, "INFO": 6, "WARNING": 4, "ERROR": 3, "CRITICAL": 2}


class LogFormat(StrEnum):
    """How a line looks."""

    JSON = "json"
    TEXT = "text"


def keep_log(stream: TextIO, form: LogFormat, level: str) -> logging.Handler:
    """Write what is at `level` or above to `stream`, of foreign packages warnings, until the handler is removed."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter(form, prefixed=_is_journal(stream)))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level.upper())
    return handler


def end_log(handler: logging.Handler) -> None:
    """Write nothing more there."""
    logging.getLogger().removeHandler(handler)
    logging.getLogger(_OURS).setLevel(logging.NOTSET)


class LineFormatter(logging.Formatter):
    """One line for each record; `prefixed` with its priority for the journal of systemd."""

    def __init__(self, form: LogFormat, prefixed: bool = False) -> None:
        super().__init__()
        self._form = form
        self._prefixed = prefixed

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said = _said(record)
        line = json.dumps(said, ensure_ascii=False) if self._form is LogFormat.JSON else _text(said)
        return f"<{_PRIORITIES.get(record.levelname, 6)}>{line}" if self._prefixed else line


def places(error: BaseException) -> str:
    """Return where in the program an error came from, the innermost place first."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))


def _said(record: logging.LogRecord) -> dict[str, Any]:
    at = datetime.fromtimestamp(record.created, UTC)
    said: dict[str, Any] = {
        "time": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": redacted(_one_line(record.getMessage())),
    }
    fields: Mapping[str, object] = getattr(record, FIELDS, {})
    # It is of a form in which nobody can hide anything.
    if request_id := fields.get(REQUEST, REQUEST_ID.get()):
        said[REQUEST] = request_id
    said |= {
        name: redacted(value) if isinstance(value, str) else value for name, value in fields.items() if name != REQUEST
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        said |= {"error": type(error).__name__, "at": places(error)}
    return said


def _text(said: Mapping[str, Any]) -> str:
    rest = " ".join(f"{name}={value}" for name, value in list(said.items())[4:])
    return f"{said['time']} {said['level'].upper()} {said['logger']}: {said['event']}{' ' + rest if rest else ''}"


def _one_line(text: str) -> str:
    return " | ".join(filter(None, (line.strip() for line in text.splitlines())))


def _is_journal(stream: TextIO) -> bool:
    device, _, inode = os.environ.get("JOURNAL_STREAM", "").partition(":")
    if not inode or sys.platform == "win32":
        return False
    try:
        about = os.fstat(stream.fileno())
    except OSError:
        return False
    return (str(about.st_dev), str(about.st_ino)) == (device, inode)
