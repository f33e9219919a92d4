"""What the panel logs, in a small file for whoever looks for a fault; nothing of anybody gets into it.

Of a record only what is known to be harmless is written: the program's own words, numbers, codes, names of errors, and
of a trace the places in the program. Everything else is left out, whatever a log call may once be given.
"""

from __future__ import annotations

import builtins
import errno
import logging
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Final

from nba_desktop.contract.codes import ProblemCode
from nba_desktop.domain.errors import FailureCode, PanelError

LOG_FILE: Final = "panel.log"
"""Its name in the user's data folder; the one before has `.1` at its end."""

_OURS: Final = "nba_desktop"
_LARGEST: Final = 256 * 1024
_PLACE: Final = re.compile(r'File "[^"]*?([\w.-]+/[\w.-]+\.py)", line (\d+), in (\w+)')
_REMOVED: Final = "…"


def keep_log(folder: Path) -> logging.Handler:
    """Write the log of this program into `folder` until the handler that is returned is given to `end_log`."""
    handler = _LogFile(folder / LOG_FILE, encoding="utf-8", delay=True)
    handler.setFormatter(_Harmless())
    logger = logging.getLogger(_OURS)
    logger.setLevel(logging.INFO)
    for one in (handler, *_on_standard_error()):
        logger.addHandler(one)
    return handler


def end_log(handler: logging.Handler) -> None:
    """Write nothing more."""
    for one in (handler, *_on_standard_error()):
        logging.getLogger(_OURS).removeHandler(one)
    handler.close()


def _on_standard_error() -> tuple[logging.Handler, ...]:
    """What Python itself writes warnings with where nobody listens: with a file somebody does, and it would not."""
    return () if logging.lastResort is None else (logging.lastResort,)


class _LogFile(logging.FileHandler):
    """Begins a new file when the one there is full. That of `logging.handlers` would cost the panel's start 8 ms."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is None or self.stream.tell() > _LARGEST:
                self._turn_over()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A disk that is full loses lines of the log and nothing else."""

    def _turn_over(self) -> None:
        path = Path(self.baseFilename)
        if self.stream is not None:
            self.stream.close()
            self.stream = None
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_name(f"{path.name}.1"))


class _Harmless(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        given = record.args if isinstance(record.args, tuple) else (record.args,) if record.args else ()
        words = str(record.msg)
        if given:
            words = words.replace("%d", "%s") % tuple(self._harmless(one) for one in given)
        one_line = " | ".join(filter(None, (line.strip() for line in words.splitlines())))
        return f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name}: {one_line}"

    def _harmless(self, value: object) -> str:
        match value:
            case Enum():
                return str(value.value)
            case bool() | int() | float() | None:
                return str(value)
            case str() if value in self._words:
                return value
        places = _PLACE.findall(value) if isinstance(value, str) else []
        return " < ".join(f"{file}:{line} {name}" for file, line, name in reversed(places)) or _REMOVED

    @cached_property
    def _words(self) -> frozenset[str]:
        """Codes, and how systems and programs call their errors."""
        kinds = (one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, BaseException))
        return frozenset(
            {
                *(code.value for code in (*FailureCode, *ProblemCode)),
                *(os.strerror(number) for number in errno.errorcode),
                *(kind.__name__ for kind in (*kinds, *_below(PanelError))),
            }
        )


def _below(kind: type[PanelError]) -> Iterator[type[PanelError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
