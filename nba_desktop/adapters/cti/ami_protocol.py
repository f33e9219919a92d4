"""The Asterisk Manager Interface as bytes: lines of `Key: value`, CRLF, a blank line after each message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

MAX_LINE: Final = 64 * 1024
"""A longer line is dropped together with its message."""
MAX_MESSAGE: Final = 1024 * 1024
"""A longer message is dropped."""

_GREETING: Final = b"Asterisk Call Manager/"
_KEY: Final = re.compile(rb"[A-Za-z][A-Za-z0-9_()/.\-]{0,79}")


@dataclass(frozen=True, slots=True)
class AmiGreeting:
    """The first line of a connection; the only one without a blank line after it."""

    version: str


@dataclass(frozen=True, slots=True)
class AmiMessage:
    """One message, its fields in the order they came; a key may come several times."""

    fields: tuple[tuple[str, str], ...]

    def get(self, key: str) -> str:
        """Return the first value of `key`, empty when there is none."""
        return next((value for name, value in self.fields if name == key), "")

    def all(self, key: str) -> tuple[str, ...]:
        """Return every value of `key`."""
        return tuple(value for name, value in self.fields if name == key)


@dataclass(frozen=True, slots=True)
class AmiProblem:
    """Input that was dropped; it carries no content, which may be personal data or a secret."""

    code: Literal["line_too_long", "message_too_long", "malformed_line"]


AmiItem = AmiGreeting | AmiMessage | AmiProblem


class AmiParser:
    """Cuts a byte stream into messages, whatever the packets look like; never raises.

    After a line or message that is too long everything up to the next blank line is dropped. A line that is not
    `Key: value` is dropped alone and reported once per message.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._scanned = 0
        self._fields: list[tuple[str, str]] = []
        self._size = 0
        self._skipping = False
        self._inside_long_line = False
        self._malformed = False

    def feed(self, data: bytes) -> list[AmiItem]:
        """Take the next bytes and return what they completed, in order."""
        self._buffer += data
        items: list[AmiItem] = []
        start = 0
        while (end := self._buffer.find(b"\r\n", max(start, self._scanned))) >= 0:
            self._take_line(bytes(self._buffer[start:end]), items)
            start = end + 2
            self._scanned = start
        del self._buffer[:start]
        # The last byte may be the CR of a CRLF whose LF is still on its way.
        self._scanned = max(0, len(self._buffer) - 1)
        if len(self._buffer) > MAX_LINE:
            self._skip("line_too_long", items)
            self._inside_long_line = True
            del self._buffer[: self._scanned]
            self._scanned = 0
        return items

    def _take_line(self, line: bytes, items: list[AmiItem]) -> None:
        if self._inside_long_line:
            self._inside_long_line = False
            return
        if not line:
            self._end_message(items)
            return
        if self._skipping:
            return
        if len(line) > MAX_LINE:
            self._skip("line_too_long", items)
            return
        self._size += len(line) + 2
        if self._size > MAX_MESSAGE:
            self._skip("message_too_long", items)
            return
        self._take_field(line, items)

    def _take_field(self, line: bytes, items: list[AmiItem]) -> None:
        if line.startswith(_GREETING) and not self._fields:
            items.append(AmiGreeting(line[len(_GREETING) :].decode("utf-8", "replace")))
            return
        key, colon, value = line.partition(b":")
        if not colon or not _KEY.fullmatch(key):
            if not self._malformed:
                items.append(AmiProblem("malformed_line"))
            self._malformed = True
            return
        self._fields.append((key.decode("ascii"), value.decode("utf-8", "replace").strip()))

    def _end_message(self, items: list[AmiItem]) -> None:
        if self._fields and not self._skipping:
            items.append(AmiMessage(tuple(self._fields)))
        self._fields = []
        self._size = 0
        self._skipping = False
        self._malformed = False

    def _skip(self, code: Literal["line_too_long", "message_too_long"], items: list[AmiItem]) -> None:
        if not self._skipping:
            items.append(AmiProblem(code))
        self._skipping = True
        self._fields = []
