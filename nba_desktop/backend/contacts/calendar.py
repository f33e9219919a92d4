"""An agent's open promises as a calendar (RFC 5545); whom they were made to it does not say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import FollowUpKind
from nba_desktop.contract.follow_up import FollowUp

CALENDAR_TYPE: Final = "text/calendar; charset=utf-8"
_WORDS: Final[dict[FollowUpKind, dict[Language, str]]] = {
    FollowUpKind.CALLBACK: {"de": "Rückruf", "en": "Callback"},
    FollowUpKind.SEND_INFORMATION: {"de": "Unterlagen senden", "en": "Send information"},
    FollowUpKind.SPECIALIST: {"de": "Übergabe an Fachberatung", "en": "Hand-over to a specialist"},
    FollowUpKind.CONCERN: {"de": "Anliegen nachhalten", "en": "Follow up the concern"},
}
_MINUTES: Final = 15
_LONGEST_LINE: Final = 75
"""Octets of a line without its end."""


def reference(follow_up: FollowUp) -> str:
    """Return what people tell a promise by: short, and about nobody."""
    return follow_up.follow_up_id.hex[-8:].upper()


def calendar(follow_ups: Iterable[FollowUp], language: Language, zone: tzinfo, now: datetime) -> str:
    """Return a calendar with an event for each promise: all day, or at its time where the site is."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//NBA Desktop//Follow-ups//EN", "METHOD:PUBLISH"]
    for one in follow_ups:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.follow_up_id}@nba-desktop",
            f"DTSTAMP:{_moment(now)}",
            *_when(one, zone),
            f"SUMMARY:{_text(f'{_WORDS[one.kind][language]} – {reference(one)}')}",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _when(one: FollowUp, zone: tzinfo) -> tuple[str, str]:
    if one.at_time is None:
        return f"DTSTART;VALUE=DATE:{one.due:%Y%m%d}", f"DTEND;VALUE=DATE:{one.due + timedelta(days=1):%Y%m%d}"
    begin = datetime.combine(one.due, one.at_time, zone)
    return f"DTSTART:{_moment(begin)}", f"DTEND:{_moment(begin.astimezone(UTC) + timedelta(minutes=_MINUTES))}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(plain, escaped)
    return words


def _folded(line: str) -> Iterable[str]:
    """Cut a line that is too long between characters; what goes on begins with a blank."""
    part = ""
    for character in line:
        if len((part + character).encode()) > _LONGEST_LINE:
            yield part
            part = " "
        part += character
    yield part
