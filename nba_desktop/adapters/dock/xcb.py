"""The few calls of libxcb that a docked window needs.

libxcb and libxcb-keysyms are there wherever Qt runs under X11, since Qt's own plugin is made of them; a Python binding
would be one more package to keep for a dozen functions.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator, Sequence
from ctypes import POINTER, Structure, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any, Final, NamedTuple

PROPERTY_CHANGE: Final = 1 << 22
_SUBSTRUCTURE: Final = 1 << 20 | 1 << 19
_EVENT_MASK: Final = 1 << 11
_REPLACE: Final = 0
_ANY_TYPE: Final = 0
_ASYNC: Final = 1
_CLIENT_MESSAGE: Final = 33
_KEY_PRESS: Final = 2
_PROPERTY_NOTIFY: Final = 28
_MOST_ITEMS: Final = 4096


class XError(Exception):
    """The X server or its library cannot be used."""


class KeyPressed(NamedTuple):
    """A grabbed key; `time` is the server's, in milliseconds."""

    keycode: int
    modifiers: int
    time: int


class PropertyChanged(NamedTuple):
    """A property of a window that is watched has another value, or is gone."""

    window: int
    atom: int


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint32),)


class _Screens(Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


_Signature = tuple[str, Any, tuple[Any, ...]]
_XCB: Final[tuple[_Signature, ...]] = (
    ("xcb_connect", c_void_p, (c_char_p, POINTER(c_int))),
    ("xcb_connection_has_error", c_int, (c_void_p,)),
    ("xcb_disconnect", None, (c_void_p,)),
    ("xcb_get_file_descriptor", c_int, (c_void_p,)),
    ("xcb_flush", c_int, (c_void_p,)),
    ("xcb_get_setup", c_void_p, (c_void_p,)),
    ("xcb_setup_roots_iterator", _Screens, (c_void_p,)),
    ("xcb_intern_atom", _Cookie, (c_void_p, c_uint8, c_uint16, c_char_p)),
    ("xcb_intern_atom_reply", c_void_p, (c_void_p, _Cookie, c_void_p)),
    ("xcb_get_geometry", _Cookie, (c_void_p, c_uint32)),
    ("xcb_get_geometry_reply", c_void_p, (c_void_p, _Cookie, c_void_p)),
    ("xcb_get_property", _Cookie, (c_void_p, c_uint8, *[c_uint32] * 5)),
    ("xcb_get_property_reply", c_void_p, (c_void_p, _Cookie, POINTER(c_void_p))),
    ("xcb_get_property_value", c_void_p, (c_void_p,)),
    ("xcb_get_property_value_length", c_int, (c_void_p,)),
    ("xcb_change_property", _Cookie, (c_void_p, c_uint8, *[c_uint32] * 3, c_uint8, c_uint32, c_void_p)),
    ("xcb_delete_property", _Cookie, (c_void_p, c_uint32, c_uint32)),
    ("xcb_change_window_attributes", _Cookie, (c_void_p, c_uint32, c_uint32, c_void_p)),
    ("xcb_send_event", _Cookie, (c_void_p, c_uint8, c_uint32, c_uint32, c_char_p)),
    ("xcb_grab_key_checked", _Cookie, (c_void_p, c_uint8, c_uint32, c_uint16, *[c_uint8] * 3)),
    ("xcb_ungrab_key", _Cookie, (c_void_p, c_uint8, c_uint32, c_uint16)),
    ("xcb_request_check", c_void_p, (c_void_p, _Cookie)),
    ("xcb_poll_for_event", c_void_p, (c_void_p,)),
)
_KEYSYMS: Final[tuple[_Signature, ...]] = (
    ("xcb_key_symbols_alloc", c_void_p, (c_void_p,)),
    ("xcb_key_symbols_free", None, (c_void_p,)),
    ("xcb_key_symbols_get_keycode", POINTER(c_uint8), (c_void_p, c_uint32)),
)


class Library:
    """libxcb and libxcb-keysyms with their signatures. Raises `XError` where they are not installed."""

    def __init__(self) -> None:
        try:
            self.xcb = ctypes.CDLL("libxcb.so.1")
            self.keysyms = ctypes.CDLL("libxcb-keysyms.so.1")
            self.free = ctypes.CDLL(None).free
        except OSError as error:
            raise XError(str(error)) from None
        self.free.argtypes = (c_void_p,)
        for name, result, arguments in _XCB:
            _declare(self.xcb, name, result, arguments)
        for name, result, arguments in _KEYSYMS:
            _declare(self.keysyms, name, result, arguments)


class Connection:
    """A connection to the X server: Qt's own by its address, or one more, which `close` ends.

    What changes Qt's windows goes over Qt's connection, so that the server sees it in Qt's order; keys and properties
    that are listened for come over one's own, so that no Python runs for Qt's events.
    """

    def __init__(self, library: Library, address: int | None = None) -> None:
        self._library = library
        self._xcb = library.xcb
        self._owned = address is None
        self._connection = c_void_p(address) if address else c_void_p(self._xcb.xcb_connect(None, None))
        if self._xcb.xcb_connection_has_error(self._connection):
            raise XError("the X server does not take the connection")
        self.root = int(self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).data[0])
        self._atoms: dict[str, int] = {}

    @property
    def descriptor(self) -> int:
        """The file descriptor that becomes readable when something has come."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    def close(self) -> None:
        """End a connection of one's own, and every grab made over it."""
        if self._owned and self._connection.value:
            self._xcb.xcb_disconnect(self._connection)
        self._connection = c_void_p(None)

    def atom(self, name: str) -> int:
        """The number of a name; it is asked for once."""
        if name not in self._atoms:
            cookie = self._xcb.xcb_intern_atom(self._connection, 0, len(name), name.encode())
            (self._atoms[name],) = self._reply(self._xcb.xcb_intern_atom_reply, cookie, "8xI")
        return self._atoms[name]

    def size_of_root(self) -> tuple[int, int]:
        """Width and height of the whole desktop."""
        width, height = self._reply(
            self._xcb.xcb_get_geometry_reply, self._xcb.xcb_get_geometry(self._connection, self.root), "16xHH"
        )
        return width, height

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """A property that is a list of 32-bit numbers; empty when it is not there, or the window is gone."""
        cookie = self._xcb.xcb_get_property(self._connection, 0, window, self.atom(name), _ANY_TYPE, 0, _MOST_ITEMS)
        error = c_void_p()
        reply = self._xcb.xcb_get_property_reply(self._connection, cookie, ctypes.byref(error))
        self._library.free(error)
        if not reply:
            return ()
        try:
            bits = ctypes.string_at(reply, 2)[1]
            length = self._xcb.xcb_get_property_value_length(reply)
            value = ctypes.string_at(self._xcb.xcb_get_property_value(reply), length)
        finally:
            self._library.free(reply)
        return struct.unpack(f"={len(value) // 4}I", value) if bits == 32 else ()

    def set_numbers(self, window: int, name: str, kind: str, values: Sequence[int]) -> None:
        """Set a property to a list of 32-bit numbers of that kind, such as CARDINAL."""
        value = struct.pack(f"={len(values)}I", *values)
        self._xcb.xcb_change_property(
            self._connection, _REPLACE, window, self.atom(name), self.atom(kind), 32, len(values), value
        )

    def remove(self, window: int, name: str) -> None:
        """Take a property away."""
        self._xcb.xcb_delete_property(self._connection, window, self.atom(name))

    def watch(self, window: int, mask: int) -> None:
        """Have a window's events of that mask come over this connection."""
        value = c_uint32(mask)
        self._xcb.xcb_change_window_attributes(self._connection, window, _EVENT_MASK, ctypes.byref(value))

    def ask_manager(self, window: int, name: str, values: Sequence[int]) -> None:
        """Send the window manager a message about a window."""
        padded = [*values, *[0] * (5 - len(values))]
        message = struct.pack("=BBHII5I", _CLIENT_MESSAGE, 32, 0, window, self.atom(name), *padded)
        self._xcb.xcb_send_event(self._connection, 0, self.root, _SUBSTRUCTURE, message)

    def keycodes(self, keysym: int) -> tuple[int, ...]:
        """The keys that write this symbol on the keyboard as it is; none when it has no such key."""
        symbols = self._library.keysyms.xcb_key_symbols_alloc(self._connection)
        found = self._library.keysyms.xcb_key_symbols_get_keycode(symbols, keysym)
        codes: list[int] = []
        if found:
            while found[len(codes)]:
                codes.append(found[len(codes)])
            self._library.free(found)
        self._library.keysyms.xcb_key_symbols_free(symbols)
        return tuple(codes)

    def grab_key(self, keycode: int, modifiers: int) -> bool:
        """Have a key come here wherever it is pressed; False when another program has it."""
        cookie = self._xcb.xcb_grab_key_checked(self._connection, 0, self.root, modifiers, keycode, _ASYNC, _ASYNC)
        error = self._xcb.xcb_request_check(self._connection, cookie)
        self._library.free(error)
        return not error

    def ungrab_key(self, keycode: int, modifiers: int) -> None:
        """Give a key back."""
        self._xcb.xcb_ungrab_key(self._connection, keycode, self.root, modifiers)

    def flush(self) -> None:
        """Send what was said so far."""
        self._xcb.xcb_flush(self._connection)

    def events(self) -> Iterator[KeyPressed | PropertyChanged]:
        """What has come since; other events are left out."""
        while event := self._xcb.xcb_poll_for_event(self._connection):
            content = ctypes.string_at(event, 32)
            self._library.free(event)
            kind = content[0] & 0x7F
            if kind == _KEY_PRESS:
                # xcb_key_press_event_t: the time is at 4, the state of the modifiers at 28.
                yield KeyPressed(
                    content[1], *struct.unpack_from("=H", content, 28), *struct.unpack_from("=I", content, 4)
                )
            elif kind == _PROPERTY_NOTIFY:
                yield PropertyChanged(*struct.unpack_from("=II", content, 4))

    def _reply(self, function: Any, cookie: _Cookie, layout: str) -> tuple[Any, ...]:
        reply = function(self._connection, cookie, None)
        if not reply:
            raise XError("the X server gives no answer")
        try:
            return struct.unpack("=" + layout, ctypes.string_at(reply, struct.calcsize("=" + layout)))
        finally:
            self._library.free(reply)


def _declare(library: ctypes.CDLL, name: str, result: Any, arguments: tuple[Any, ...]) -> None:
    function = getattr(library, name)
    function.restype = result
    function.argtypes = arguments
