"""Placetel's call notifications: a form, signed with HMAC-SHA256 in a header."""

from __future__ import annotations

from typing import Final, Literal

from nba_desktop.backend.calls.report import CallReport, Ending, Fields, ReportKind

SIGNATURE_HEADER: Final = "X-PLACETEL-SIGNATURE"

_KINDS: Final[dict[str, tuple[ReportKind, Literal["inbound", "outbound"] | None]]] = {
    "IncomingCall": (ReportKind.BEGAN, "inbound"),
    "OutgoingCall": (ReportKind.BEGAN, "outbound"),
    # Only incoming calls are reported as accepted.
    "CallAccepted": (ReportKind.ANSWERED, "inbound"),
    "HungUp": (ReportKind.ENDED, None),
}
_ENDINGS: Final[dict[str, Ending]] = {
    "accepted": "normal",
    "missed": "unanswered",
    "canceled": "unanswered",
    "voicemail": "unanswered",
    "blocked": "failed",
    "busy": "failed",
    "unavailable": "failed",
    "congestion": "failed",
}


def read(fields: Fields) -> CallReport | None:
    """Return what a webhook says, None for an event that is about something else; raise `MalformedHook`.

    `event`, `from`, `to`, `call_id`, `peer` (the SIP user who answered or dials), `type` (how it ended). An incoming
    call names no user: who it rings follows from the number it came for.
    """
    known = _KINDS.get(fields.needed("event"))
    if known is None:
        return None
    kind, direction = known
    peers = fields.many("peer")
    return CallReport(
        kind=kind,
        call_id=fields.needed("call_id"),
        direction=direction,
        caller=fields.one("from"),
        called=fields.one("to"),
        users=peers if direction == "outbound" else (),
        answered_by=peers,
        ending=_ENDINGS.get(fields.one("type"), "unknown"),
    )
