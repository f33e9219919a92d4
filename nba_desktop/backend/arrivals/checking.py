"""Whether what arrived is a touchpoint that this site knows: its type, its channel and its values."""

from __future__ import annotations

from collections.abc import Mapping

from nba_desktop.backend.arrivals.cloud_event import TouchpointEvent, place_of
from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.journey.keys import touchpoint_key
from nba_desktop.backend.journey.params import LONGEST_TEXT, fits, param_kind
from nba_desktop.backend.journey.types import TouchpointType
from nba_desktop.backend.messages import check_kept
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.problems import FieldProblem

_KINDS = {
    "number": "a number",
    "date": "a day, such as 2026-03-12",
    "text": f"a text of at most {LONGEST_TEXT} characters",
}


def touchpoint_of(event: TouchpointEvent, customer_id: str, types: Mapping[str, TouchpointType]) -> TouchpointRecord:
    """Return the touchpoint of an event; raise `InvalidMessage` that names every field that does not fit its type."""
    code = event.type.rpartition(".")[2]
    kind = types.get(code)
    if kind is None:
        hint = guess(code, types) or "declare it in the catalogue (touchpoint_types)"
        raise _invalid([FieldProblem(where="type", message=f"no touchpoint has this type: {hint}")])
    data = event.data
    try:
        check_kept(event.time, (), {})
    except InvalidMessage as refusal:
        message = f"{refusal.detail}: send RFC 3339 with a zone, such as 2026-03-12T09:30:00Z"
        raise _invalid([FieldProblem(where="time", message=message)]) from None
    channel = data.channel or (kind.channels[0] if len(kind.channels) == 1 else None)
    problems = []
    if channel not in kind.channels:
        allowed = ", ".join(one.value for one in kind.channels)
        problems.append(FieldProblem(where="data.channel", message=f"{code} comes by {allowed}"))
    for name, value in data.params.items():
        if name not in kind.params:
            known = ", ".join(kind.params) or "none"
            where = place_of("data", "params", name)
            problems.append(FieldProblem(where=where, message=f"{code} has other values: {known}"))
        elif not fits(name, value):
            where = f"data.params.{name}"
            problems.append(FieldProblem(where=where, message=f"send {_KINDS[param_kind(name)]}"))
        elif isinstance(value, str) and "\x00" in value:
            where = f"data.params.{name}"
            problems.append(FieldProblem(where=where, message="a text holds a NUL character: send it without"))
    if problems or channel is None:
        raise _invalid(problems)
    return TouchpointRecord(
        touchpoint_id=touchpoint_key(event.source, event.id),
        customer_id=customer_id,
        at=event.time,
        channel=channel,
        type=code,
        params=data.params,
        experience=data.experience,
        case_id=data.case_id,
        case_open=data.case_open,
        media_break=data.media_break,
    )


def _invalid(problems: list[FieldProblem]) -> InvalidMessage:
    return InvalidMessage("the event is no touchpoint of this site", tuple(dict.fromkeys(problems)))
