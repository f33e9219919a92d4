"""The call URL that a telephone client starts the program with. Whatever comes is hostile until it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from nba_desktop.adapters.cti.numbers import NumberKind, NumberSettings, classify, party
from nba_desktop.contract.base import new_id
from nba_desktop.domain.call import Calls, Interaction, InteractionState
from nba_desktop.domain.call_by_hand import RINGS_FOR
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Direction, Party
from nba_desktop.domain.errors import CallUrlError

MAX_LENGTH: Final = 2048
SOURCE: Final = "call_url"
REPEATS_WITHIN: Final = timedelta(seconds=10)
"""Without an id, the same report again within this time is a repetition, or was overtaken by the next one."""

_SCHEME: Final = "nba-desktop:"
_NAMELESS: Final = "call-without-id-"
_NO_CALLS: Final = Calls()
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# How telephone clients write what they fill in: %Number%, {NUMBER:1}, {{number}}, $(number), $number$, <Number>, …
_PLACEHOLDER: Final = re.compile(
    r"%{1,2}[A-Za-z]\w*%{0,2}|\$[({]?[A-Za-z]\w*[)}]?\$?|\{{1,2}[A-Za-z][\w.:]*\}{1,2}|<[A-Za-z]\w*>|\[[A-Za-z][\w.\-]*\]"
)
_WRAPPED: Final = re.compile(r'"?(?:(?:sips?|tel):)?([^"@;?]*)(?:[@;?][^"]*)?"?', re.IGNORECASE)
_STATES: Final = {
    "ringing": CallEventType.RINGING,
    "answered": CallEventType.ANSWERED,
    "ended": CallEventType.ENDED,
    "held": CallEventType.HELD,
    "resumed": CallEventType.RESUMED,
}
_DIRECTIONS: Final[dict[str, Direction]] = {
    "inbound": "inbound",
    "outbound": "outbound",
    "internal": "internal",
    "incoming": "inbound",
    "outgoing": "outbound",
}
_NUMBER: Final = re.compile(r"[+0-9*#(][0-9*# ()/.\-]{0,31}|[A-Za-z]{0,16}")
_SHAPES: Final = {
    "number": _NUMBER,
    "called": _NUMBER,
    "id": re.compile(r"[A-Za-z0-9._:@\-]{1,128}"),
    "state": re.compile("|".join(_STATES)),
    "queue": re.compile(r"[\w .\-]{1,64}"),
    "customer_no": re.compile(r"[A-Za-z0-9._/\-]{1,64}"),
    "direction": re.compile("|".join(_DIRECTIONS)),
}


def parse_call_url(text: str, numbers: NumberSettings, now: datetime, calls: Calls = _NO_CALLS) -> CallEvent:
    """Read `nba-desktop:call?number=…&state=…` (optional: id, called, queue, customer_no, direction) received `now`.

    `number` is the other end's, `called` the line it came in on. What is empty, or a placeholder that the telephone
    client did not fill in, counts as not there. Without an id, the other end's number and the time tell which of
    `calls` is meant. `now` is UTC.

    Raises `CallUrlError` with one of the reasons too_long, control_character, wrong_scheme, unknown_command,
    bad_encoding, unknown_parameter, duplicate_parameter, missing_parameter, and bad_ with the parameter's name.
    """
    values = _values(_query(text))
    type_ = _STATES[values["state"]]
    direction = _DIRECTIONS[values.get("direction", "inbound")]
    other = _party(values.get("number", ""), "number", numbers)
    own = _party(values.get("called", ""), "called", numbers)
    outbound = direction == "outbound"
    call_id = values.get("id") or _call_id(calls, type_, other, now)
    return CallEvent(
        event_id=str(new_id()),
        source=SOURCE,
        type=type_,
        occurred_at=now,
        received_at=now,
        interaction_id=call_id,
        leg_id=call_id,
        direction=direction,
        caller=own if outbound else other,
        called=other if outbound else own,
        dialled="" if outbound else own.e164 or own.raw,
        queue=values.get("queue"),
        attached=Attached(customer_no=values.get("customer_no")),
    )


def build_call_url(values: Mapping[str, str]) -> str:
    """Put parameters into a call URL, escaped; `parse_call_url` judges them. Raises `CallUrlError` (bad_encoding)."""
    try:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())
    except UnicodeError:
        raise CallUrlError("bad_encoding") from None
    return f"{_SCHEME}call?{query}"


def unfilled(text: str) -> tuple[str, ...]:
    """The parameters of a call URL that hold a placeholder which the telephone client did not fill in."""
    parts = (part.partition("=") for part in text.partition("?")[2].split("&"))
    return tuple(name for name, _, value in parts if name in _SHAPES and _is_placeholder(value))


def _query(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise CallUrlError("too_long")
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise CallUrlError("control_character")
    if text[: len(_SCHEME)].lower() != _SCHEME:
        raise CallUrlError("wrong_scheme")
    command, _, query = text[len(_SCHEME) :].partition("?")
    # Some systems write `scheme://call/?…` whatever was registered.
    if command.removeprefix("//").removesuffix("/") != "call":
        raise CallUrlError("unknown_command")
    return query


def _values(query: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for part in query.split("&"):
        name, _, escaped = part.partition("=")
        if name not in _SHAPES:
            raise CallUrlError("unknown_parameter")
        if name in values:
            raise CallUrlError("duplicate_parameter")
        value = "" if _is_placeholder(escaped) else _unescape(escaped).strip(" ")
        if name in ("number", "called"):
            value = _bare_number(value)
        if value and not _SHAPES[name].fullmatch(value):
            raise CallUrlError(f"bad_{name}")
        values[name] = value
    if not values.get("state"):
        raise CallUrlError("missing_parameter")
    return {name: value for name, value in values.items() if value}


def _is_placeholder(escaped: str) -> bool:
    """Whether a value is one as it came, or once it is unescaped: who escapes does not know of placeholders."""
    if _PLACEHOLDER.fullmatch(escaped.strip(' "')):
        return True
    return not _ESCAPE.search(escaped) and bool(_PLACEHOLDER.fullmatch(_unescape(escaped, "replace").strip(' "')))


def _bare_number(value: str) -> str:
    """A number out of `"…"`, `sip:…@host` or `tel:…`; anything else as it is."""
    wrapped = _WRAPPED.fullmatch(value)
    return wrapped[1].strip(" ") if wrapped else value


def _unescape(escaped: str, errors: str = "strict") -> str:
    if _ESCAPE.search(escaped):
        raise CallUrlError("bad_encoding")
    try:
        # A plus stays a plus: telephone clients put the number in as it is.
        return unquote_to_bytes(escaped).decode("utf-8", errors)
    except UnicodeError:
        raise CallUrlError("bad_encoding") from None


def _party(number: str, name: str, numbers: NumberSettings) -> Party:
    if number.isalpha() and classify(number, numbers) is NumberKind.UNREADABLE:
        raise CallUrlError(f"bad_{name}")
    return party(number, numbers)


# ---- calls without an id


def _call_id(calls: Calls, type_: CallEventType, other: Party, now: datetime) -> str:
    """The id of the call that is meant, or a new one; a report without a number is about the latest call."""
    for one in reversed(calls.interactions):
        if (
            one.source == SOURCE
            and one.conversation_id.startswith(_NAMELESS)
            and (other == Party() or any(_is_same(other, party) for party in (one.caller, one.called)))
            and _may_be(one, type_, now)
        ):
            return one.conversation_id
    return f"{_NAMELESS}{new_id()}"


def _is_same(one: Party, other: Party) -> bool:
    return (one.e164 or one.raw, one.presentation) == (other.e164 or other.raw, other.presentation)


def _may_be(call: Interaction, type_: CallEventType, now: datetime) -> bool:
    """Whether a report of `type_` can be about this call; if in doubt it begins the next one, so that none is lost."""
    begins = type_ in (CallEventType.RINGING, CallEventType.ANSWERED)
    if not call.is_open:
        return not begins and call.ended_at is not None and now - call.ended_at <= REPEATS_WITHIN
    if not begins:
        return True
    if call.state is InteractionState.OFFERED:
        return now - call.started_at <= RINGS_FOR
    return now - (call.answered_at or call.started_at) <= REPEATS_WITHIN
