"""sipgate.io: the form it posts, and the XML that asks for the events after the first."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from nba_desktop.backend.calls.report import CallReport, Fields
from nba_desktop.backend.calls.zammad import ENDINGS, KINDS, direction_of

_VOICEMAIL: Final = "voicemail"


def read(fields: Fields) -> CallReport | None:
    """Return what a webhook says, None for an event that is about something else; raise `MalformedHook`.

    As Zammad's, and: `xcid` is the same for the parts of a transferred call, `userId` and `fullUserId` name users by
    number, `diversion` is the number dialled before a diversion. A user called `voicemail` is a machine.
    """
    kind = KINDS.get(fields.needed("event"))
    if kind is None:
        return None
    ids = (*fields.many("fullUserId"), *fields.many("userId"))
    names = fields.many("user")
    answering = fields.one("answeringNumber")
    return CallReport(
        kind=kind,
        call_id=fields.needed("callId"),
        interaction_id=fields.one("xcid"),
        direction=direction_of(fields),
        caller=fields.one("from"),
        called=fields.one("to"),
        users=(*names, *ids),
        answered_by=(*ids, *names, *((answering,) if answering else ())),
        nobody=_VOICEMAIL in (name.lower() for name in names),
        diverted_from=fields.one("diversion") or None,
        ending=ENDINGS.get(fields.one("cause"), "unknown"),
    )


def reply(fields: Fields, url: str) -> str:
    """Return the answer to a webhook: to a new call it asks for answer and hangup at `url`, else nothing."""
    if fields.one("event") != "newCall":
        return '<?xml version="1.0" encoding="UTF-8"?>\n<Response/>\n'
    address = quoteattr(url)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response onAnswer={address} onHangup={address}/>\n'
