"""Server-sent events: a byte stream in, whole events out (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

LONGEST: Final = 256 * 1024
"""A longer line or event, in bytes, is dropped."""

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class SseEvent:
    """One event; `last_id` is the last id that the stream named, in this event or before."""

    name: str
    data: str
    last_id: str


@dataclass(frozen=True, slots=True)
class SseRetry:
    """The server's wish for the pause before the next connection, in milliseconds."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class SseProblem:
    """An event that was dropped; it carries no content, which may be personal data."""

    code: Literal["line_too_long", "event_too_long"]


SseItem = SseEvent | SseRetry | SseProblem


class SseParser:
    """Cuts a byte stream into events, whatever the packets look like; never raises.

    After a line or an event of more than `longest` bytes everything up to the next blank line is dropped. Comments and
    unknown fields are passed over; bytes that are not UTF-8 become replacement characters.
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._buffer = bytearray()
        self._scanned = 0
        self._after_return = False
        self._at_beginning = True
        self._inside_long_line = False
        self._last_id = ""
        self._id = ""
        self._name = ""
        self._data: list[str] = []
        self._size = 0
        self._skipping = False

    def feed(self, data: bytes) -> list[SseItem]:
        """Take the next bytes and return what they completed."""
        if not data:
            return []
        if self._after_return and data.startswith(b"\n"):
            # The second half of a line end that was cut in two.
            data = data[1:]
        self._after_return = False
        self._buffer += data
        items: list[SseItem] = []
        begin = 0
        while end := _LINE_END.search(self._buffer, max(begin, self._scanned)):
            self._take(bytes(self._buffer[begin : end.start()]), items)
            begin = end.end()
        self._after_return = begin == len(self._buffer) and self._buffer.endswith(b"\r")
        del self._buffer[:begin]
        if len(self._buffer) > self._longest:
            self._drop("line_too_long", items)
            self._inside_long_line = True
            self._buffer.clear()
        self._scanned = len(self._buffer)
        return items

    def _take(self, line: bytes, items: list[SseItem]) -> None:
        if self._inside_long_line:
            self._inside_long_line = self._at_beginning = False
            return
        if len(line) > self._longest:
            self._drop("line_too_long", items)
            line = b":"
        if self._at_beginning:
            self._at_beginning = False
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not line:
            self._dispatch(items)
        elif not self._skipping:
            self._field(line, items)

    def _field(self, line: bytes, items: list[SseItem]) -> None:
        name, _, value = line.partition(b":")
        text = value.removeprefix(b" ").decode("utf-8", "replace")
        match name:
            case b"data":
                self._size += len(value) + 1
                if self._size > self._longest:
                    self._drop("event_too_long", items)
                else:
                    self._data.append(text)
            case b"event":
                self._name = text
            case b"id" if "\0" not in text:
                self._id = text
            case b"retry" if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
                items.append(SseRetry(int(text)))

    def _dispatch(self, items: list[SseItem]) -> None:
        if not self._skipping:
            self._last_id = self._id
            if self._data:
                items.append(SseEvent(self._name or "message", "\n".join(self._data), self._last_id))
        self._clear()

    def _drop(self, code: Literal["line_too_long", "event_too_long"], items: list[SseItem]) -> None:
        if not self._skipping:
            items.append(SseProblem(code))
        self._skipping = True
        self._data.clear()

    def _clear(self) -> None:
        self._name = ""
        self._data.clear()
        self._size = 0
        self._id = self._last_id
        self._skipping = False
