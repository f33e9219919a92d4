"""Zammad's generic CTI: the webhook that many German telephone systems speak (JSON or form)."""

from __future__ import annotations

from typing import Final, Literal

from nba_desktop.backend.calls.report import CallReport, Ending, Fields, ReportKind
from nba_desktop.backend.errors import MalformedHook

KINDS: Final = {"newCall": ReportKind.BEGAN, "answer": ReportKind.ANSWERED, "hangup": ReportKind.ENDED}
ENDINGS: Final[dict[str, Ending]] = {
    "normalClearing": "normal",
    "cancel": "unanswered",
    "noAnswer": "unanswered",
    "busy": "failed",
    "congestion": "failed",
    "notFound": "failed",
    "forwarded": "forwarded",
}


def read(fields: Fields) -> CallReport | None:
    """Return what a webhook says, None for an event that is about something else; raise `MalformedHook`.

    `event`, `callId`, `from`, `to`, `direction` (in, out), `user` (repeated), `queue`, `answeringNumber`, `cause`.
    """
    kind = KINDS.get(fields.needed("event"))
    if kind is None:
        return None
    users = fields.many("user")
    answering = fields.one("answeringNumber")
    return CallReport(
        kind=kind,
        call_id=fields.needed("callId"),
        direction=direction_of(fields),
        caller=fields.one("from"),
        called=fields.one("to"),
        users=users,
        answered_by=(*users, *((answering,) if answering else ())),
        queue=fields.one("queue") or None,
        ending=ENDINGS.get(fields.one("cause"), "unknown"),
    )


def direction_of(fields: Fields) -> Literal["inbound", "outbound"] | None:
    """Return the direction; raise `MalformedHook` for a word that is neither."""
    match fields.one("direction"):
        case "in":
            return "inbound"
        case "out":
            return "outbound"
        case "":
            return None
        case _:
            raise MalformedHook("the field direction is neither in nor out")
