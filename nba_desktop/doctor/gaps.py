"""What the panel could not hear, read or keep: times without the telephone system, and input that was lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nba_desktop.adapters.flight.ring import Record

_DETAILS: Final = {
    "stopped": "the panel was closed",
    "connection_refused": "the telephone system refused the connection",
    "host_not_found": "the telephone system's name is not known on the network",
    "network": "the network failed",
    "closed": "the telephone system closed the connection",
    "no_answer": "the telephone system did not answer",
    "login_refused": "the telephone system refused user name or secret",
    "silent": "the telephone system fell silent",
    "not_the_service": "something else answered in the telephone system's place",
    "sign_in_needed": "nobody had signed in to the telephone system",
    "tls_unavailable": "no encrypted line could be made",
    "tls_untrusted": "nobody this machine trusts vouches for the telephone system's certificate",
    "tls_wrong_host": "the telephone system's certificate is for another name",
    "tls_expired": "the telephone system's certificate has expired",
    "tls_not_yet_valid": "the telephone system's certificate is not valid yet",
    "tls_failed": "no encrypted line came about",
    "proxy_away": "no proxy on the way answered",
    "proxy_sign_in": "the proxy on the way wanted a sign-in",
    "proxy_account": "the proxy on the way refused the account",
    "proxy_refused": "the proxy on the way did not let through",
    "proxy_rule": "the rule that names the proxy could not be used",
    "panel_too_old": "this panel is too old for the backend",
    "backend_too_old": "the backend is too old for this panel",
}


KNOWN_DETAILS: Final = frozenset(_DETAILS)
"""The codes that there is a sentence for."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A time without the telephone system; `until` is None while it lasts."""

    source: str
    since: datetime
    until: datetime | None
    why: str


def outages(records: Iterable[Record]) -> list[Outage]:
    """The times without a telephone system; a closed panel is none."""
    found: list[Outage] = []
    since: dict[str, tuple[datetime, str]] = {}
    for record in records:
        if record["kind"] == "link":
            source, at = str(record["source"]), datetime.fromisoformat(record["at"])
            if record["state"] == "down" and record.get("detail") != "stopped":
                since.setdefault(source, (at, str(record.get("detail", ""))))
            elif record["state"] == "up" and source in since:
                begin, why = since.pop(source)
                found.append(Outage(source, begin, at, why))
        elif record["kind"] == "start":
            # A new panel knows nothing of the old one's trouble.
            found += [Outage(source, begin, at_of(record), why) for source, (begin, why) in since.items()]
            since = {}
    found += [Outage(source, begin, None, why) for source, (begin, why) in since.items()]
    return sorted(found, key=lambda outage: outage.since)


def losses(records: Iterable[Record]) -> list[tuple[datetime, str]]:
    """What could not be heard, read or kept: when, and a sentence."""
    found = []
    for record in records:
        if record["kind"] == "dropped":
            what = f"Something that came from {record['source']} could not be read ({record['code']}) and was dropped."
            found.append((at_of(record), what))
        elif record["kind"] == "missed":
            what = f"{record['count']} records are missing: more came than the disk could take."
            found.append((at_of(record), what))
        elif record["kind"] == "link" and record.get("lacking"):
            rights = ", ".join(str(one) for one in record["lacking"])
            found.append(
                (at_of(record), f"The account at the telephone system lacks rights the panel needs: {rights}.")
            )
    return found


def outage_sentence(outage: Outage) -> str:
    """Say a time without telephone system."""
    why = _DETAILS.get(outage.why, outage.why or "no reason was given")
    if outage.until is None:
        return f"The link to the telephone system is down since {moment(outage.since)}: {why}. No call can be seen."
    return (
        f"The link to the telephone system was down from {moment(outage.since)} to {clock(outage.until)}: {why}. "
        "A call of that time was seen only if it still lasted afterwards."
    )


def moment(at: datetime) -> str:
    """Say date and time, in this machine's time zone."""
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"


def clock(at: datetime) -> str:
    """Say the time, in this machine's time zone."""
    return f"{at.astimezone():%H:%M:%S}"


def at_of(record: Record) -> datetime:
    """When a record was made."""
    return datetime.fromisoformat(record["at"])
