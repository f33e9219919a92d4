"""The one text of a ledger entry that its hash covers, made of values as the database or Python has them.

Form 2, in which entries are written now: a JSON array of every field but `hash` in the order of `FIELDS[2]`, no blanks,
UTF-8 – moments in UTC as `2026-03-12 09:30:00.000000`, ids as 32 hexadecimal digits, yes and no as 1 and 0. It is what
SQLite keeps, so that the database itself can write the texts of millions of entries and only the hashes are left to do.

Form 1, of entries from before: a JSON object with sorted keys, moments with `T` and zone, ids with dashes, true and
false. Every form a ledger was ever written in stays here for good, and an entry names its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, TypeAlias
from uuid import UUID

Row: TypeAlias = Sequence[object]
"""The values of an entry in the order of `COLUMNS`, as the database's driver gives them or as Python has them."""

_FIRST: Final = (
    "at", "at_local", "authenticated_level", "call_id", "channel", "contact_point", "customer_id", "customer_words",
    "event", "event_id", "evidence_ref", "evidence_type", "manner", "note", "person_first_name", "person_last_name",
    "position", "postal_address", "prev_hash", "purpose", "read_aloud_confirmed", "recipient_code", "source_system",
    "wording_id", "wording_sha256",
)  # fmt: skip
_ADDED: Final = ("campaign_id", "corrects", "form", "wording_record_sha256")

FORM: Final = 2
"""The form that entries are written in now."""

FIELDS: Final[Mapping[int, tuple[str, ...]]] = {1: _FIRST, 2: tuple(sorted(_FIRST + _ADDED))}
"""The fields of each form, in the order of its text."""

COLUMNS: Final = (*FIELDS[FORM], "hash")
"""What a row holds, in this order."""

_IDS: Final = frozenset({"call_id", "corrects", "event_id"})
_FORM_AT: Final = COLUMNS.index("form")
_FIRST_AT: Final = tuple((name, COLUMNS.index(name)) for name in _FIRST)
_ADDED_AT: Final = tuple(COLUMNS.index(name) for name in _ADDED if name != "form")
_PLAIN: Final = frozenset({str, int, type(None)})
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text_hash(text: str) -> str:
    """Return the hash of a canonical text."""
    return sha256(text.encode()).hexdigest()


def row_hash(row: Row) -> str | None:
    """Return the hash that a row should carry; None for one that no program ever wrote like that."""
    text = canonical_text(row)
    return None if text is None else text_hash(text)


def canonical_text(row: Row) -> str | None:
    """Return the canonical text of a row; None for one that no program ever wrote like that."""
    try:
        match row[_FORM_AT]:
            case 1:
                return _first_form(row)
            case 2:
                return _encode(as_kept(row[:-1]))
            case _:
                return None
    except (TypeError, ValueError):
        return None


def as_kept(values: Row) -> list[object]:
    """Return values as SQLite keeps them; what comes from there is left as it is: nothing else may pass for it."""
    return [value if type(value) in _PLAIN else _as_kept(value) for value in values]


def _as_kept(value: object) -> object:
    if isinstance(value, datetime):
        return _utc(value).isoformat(" ", "microseconds")[:26]
    if isinstance(value, UUID):
        return value.hex
    return int(value) if isinstance(value, bool) else value


def _first_form(row: Row) -> str:
    # What the hash does not cover must not be there.
    if any(row[place] is not None for place in _ADDED_AT):
        raise ValueError("the first form does not have that field")
    said: dict[str, Any] = {name: row[place] for name, place in _FIRST_AT}
    said["at"] = _first_moment(said["at"])
    said["read_aloud_confirmed"] = {0: False, 1: True}.get(said["read_aloud_confirmed"])
    for name in _IDS & said.keys():
        said[name] = None if said[name] is None else _first_id(said[name])
    return _encode(said)


def _first_moment(value: datetime | str) -> str:
    if isinstance(value, datetime):
        return _utc(value).isoformat(timespec="microseconds")
    # As SQLite keeps it. What merely looks alike must not pass for it.
    if value[10:11] != " " or len(value) != 26:
        raise ValueError("no program writes a moment like that")
    return f"{value[:10]}T{value[11:]}+00:00"


def _first_id(value: UUID | str) -> str:
    if isinstance(value, UUID):
        return str(value)
    if len(value) != 32:
        raise ValueError("no program writes an id like that")
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
