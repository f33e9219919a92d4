"""What telephone systems send, without the people in it: what is not known to be harmless is removed."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any, Final
from urllib.parse import quote, unquote

REMOVED: Final = "<removed>"
LONGEST_MESSAGE: Final = 256 * 1024
"""A longer message of a telephone system is not kept."""

_SHORTEST_NUMBER: Final = 6
_KEPT_DIGITS: Final = 2
_NUMBER: Final = re.compile(rf"\+?[0-9]{{{_SHORTEST_NUMBER},}}")
_SEPARATORS: Final = re.compile(r"[ \-/().]")
_NOT_A_NUMBER: Final = frozenset({"", "<unknown>", "unknown", "anonymous", "restricted", "withheld", "private"})
_INSTANCE: Final = re.compile(r"-[0-9a-f]{8,}(;[12])?$")
_GREETING: Final = "Asterisk Call Manager/"

# Channels, numbers and parties come with a role in front (DestChannel, TransfererCallerIDNum), so suffixes decide.
_IDS: Final = ("Uniqueid", "Linkedid", "UniqueID", "LinkedID", "ActionID", "BridgeId")
_NUMBERS: Final = ("CallerIDNum", "ConnectedLineNum", "CallerIDani", "Exten", "Extension")
_CHANNELS: Final = ("Channel", "Interface", "Location", "Device", "DialString", "LocalOne", "LocalTwo")
_HARMLESS: Final = frozenset(
    {
        "Abandoned",
        "Application",
        "BridgeCreator",
        "BridgeNumChannels",
        "BridgeTechnology",
        "BridgeType",
        "BridgeVideoSourceMode",
        "Calls",
        "CallsTaken",
        "Cause",
        "Cause-txt",
        "ChannelState",
        "ChannelStateDesc",
        "ChannelType",
        "Class",
        "Completed",
        "Context",
        "Count",
        "DestType",
        "DialStatus",
        "Duration",
        "Event",
        "EventList",
        "HoldTime",
        "Holdtime",
        "InCall",
        "IsExternal",
        "Language",
        "LastCall",
        "LastPause",
        "ListItems",
        "LoginTime",
        "Max",
        "Membership",
        "Message",
        "MusicClass",
        "OriginalPosition",
        "Paused",
        "Penalty",
        "Ping",
        "Position",
        "Priority",
        "Privilege",
        "Queue",
        "Reason",
        "Response",
        "Restart",
        "Result",
        "RingTime",
        "Ringinuse",
        "ServiceLevel",
        "Shutdown",
        "State",
        "Status",
        "StatusText",
        "Strategy",
        "TalkTime",
        "TechCause",
        "Timestamp",
        "Weight",
        "Wrapuptime",
    }
)
_HARMLESS_SUFFIXES: Final = ("Context", "Priority", "Language", "ChannelState", "ChannelStateDesc")
_HARMLESS_VARIABLE: Final = re.compile(r"(CALLERID|CONNECTEDLINE)\((num-|name-)?pres\)(=[a-z_]*)?")
_PRESENTATION: Final = re.compile(r"(allowed|prohib)[a-z_]*|unavailable")
_URL_KEPT: Final = frozenset({"id", "state", "queue", "direction"})


class Masking:
    """Masks under one secret `key`: the same number always becomes the same other one, and nobody can turn it back.

    A masked number keeps its beginning (what tells its format), its length and its last two digits; between them
    stand zeros, which no subscriber's number has, and digits made of the key. Numbers of up to five digits are
    extensions and services and stay.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[str, str] = {}

    def number(self, raw: str) -> str:
        """Mask something that should be a number; a word for "nobody" stays, any other word is removed."""
        word = raw.strip()
        if word.lower() in _NOT_A_NUMBER:
            return raw
        digits = _SEPARATORS.sub("", word)
        if not re.fullmatch(r"\+?[0-9*#]{1,32}", digits):
            return REMOVED
        signs = digits.lstrip("+")
        return digits if len(signs) < _SHORTEST_NUMBER else self._masked(digits)

    def text(self, text: str) -> str:
        """Mask every number in `text`."""
        return _NUMBER.sub(lambda match: self._masked(match[0]), text)

    def event(self, values: dict[str, Any]) -> dict[str, Any]:
        """Mask a neutral event as `event_json.event_values` writes it."""
        masked = dict(values)
        for part in ("caller", "called"):
            if part in masked:
                masked[part] = {
                    key: value if key == "presentation" else self.number(value) for key, value in masked[part].items()
                }
        if "dialled" in masked:
            masked["dialled"] = self.number(masked["dialled"])
        if "attached" in masked:
            masked["attached"] = dict.fromkeys(masked["attached"], REMOVED)
        for key in ("queue", "device", "detail"):
            if key in masked:
                masked[key] = self.text(masked[key])
        return masked

    def ami_message(self, text: str) -> str:
        """Mask one message of the Asterisk Manager Interface, with or without the blank line after it."""
        return "\r\n".join(self._ami_line(line) for line in text.split("\r\n"))

    def call_url(self, text: str) -> str:
        """Mask a call URL; what is not one is removed."""
        command, mark, query = text.partition("?")
        if not mark or not re.fullmatch(r"(?i)nba-desktop:(//)?call/?", command):
            return REMOVED
        return command + mark + "&".join(self._url_part(part) for part in query.split("&"))

    def _url_part(self, part: str) -> str:
        name, _, value = part.partition("=")
        if name == "number":
            return f"number={quote(self.number(unquote(value)), safe='+*#')}"
        if name in _URL_KEPT and re.fullmatch(r"[\w .:@%\-]{0,200}", value):
            return part
        return f"{name}=" if name == "customer_no" else REMOVED

    def _ami_line(self, line: str) -> str:
        key, colon, value = line.partition(":")
        if not colon:
            return line if not line or line.startswith(_GREETING) else REMOVED
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_()/.\-]{0,79}", key):
            return REMOVED
        return f"{key}: {self._ami_value(key, value.strip())}"

    def _ami_value(self, key: str, value: str) -> str:
        if not value or value == "<unknown>" or key.endswith(_IDS):
            return value
        if key.endswith(_NUMBERS):
            # `s` and `h` are Asterisk's own extensions.
            return value if value in ("s", "h", "i", "t") else self.number(value)
        if key.endswith(_CHANNELS):
            instance = _INSTANCE.search(value)
            end = instance.start() if instance else len(value)
            return self.text(value[:end]) + value[end:]
        if key in _HARMLESS or key.endswith(_HARMLESS_SUFFIXES):
            return self.text(value)
        if key.endswith("Variable") and _HARMLESS_VARIABLE.fullmatch(value):
            return value
        if key == "Value" and _PRESENTATION.fullmatch(value):
            return value
        # What such a channel runs tells which side of the call it is.
        return value if key == "ApplicationData" and value == "(Outgoing Line)" else REMOVED

    def _masked(self, number: str) -> str:
        known = self._known.get(number)
        if known is None:
            if len(self._known) > 10_000:
                self._known.clear()
            known = self._known[number] = self._made(number)
        return known

    def _made(self, number: str) -> str:
        begin = next(length for prefix, length in (("+", 3), ("00", 4), ("", 2)) if number.startswith(prefix))
        end = number[-_KEPT_DIGITS:]
        middle = max(len(number) - begin - _KEPT_DIGITS, 0)
        zeros = min(3, max(middle - 4, 0))
        digest = hmac.new(self._key, number.encode(), hashlib.sha256).digest()
        made = str(int.from_bytes(digest[:12], "big")).zfill(32)[-(middle - zeros) :] if middle > zeros else ""
        return number[:begin] + "0" * zeros + made + end


class AmiCutter:
    """Cuts a connection's bytes into whole messages, so that a number split between two packets is masked too."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[str]:
        """Take the next bytes and return the messages they completed, each with its blank line."""
        *whole, self._buffer = (self._buffer + data).split(b"\r\n\r\n")
        if len(self._buffer) > LONGEST_MESSAGE:
            self._buffer = REMOVED.encode()
        return [
            f"{REMOVED}\r\n\r\n" if len(one) > LONGEST_MESSAGE else one.decode("utf-8", "replace") + "\r\n\r\n"
            for one in whole
        ]
