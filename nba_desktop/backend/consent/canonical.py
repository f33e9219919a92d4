"""The one text of a ledger entry that its hash covers, made of rows as the database gives them: many at once.

The text is JSON of every field but `hash`: sorted keys, no blanks, UTF-8, moments in UTC with microseconds, ids with
their dashes. An entry names its form, the fields it consists of; entries of the first form, which names none, go on
counting as they are. Every form a ledger was ever written in stays here for good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Final, TypeAlias
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
_MAY_BE_MISSING: Final = frozenset({"campaign_id", "wording_id", "wording_record_sha256", "wording_sha256"})
_NUMBERS: Final = frozenset({"form", "position"})
_UNQUOTED: Final = _IDS | _MAY_BE_MISSING | _NUMBERS | {"read_aloud_confirmed"}
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f]')
_FLAGS: Final[Mapping[object, str]] = {False: "false", True: "true"}
_FORM_AT: Final = COLUMNS.index("form")
_form_of: Final = itemgetter(_FORM_AT)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the texts of a form are made: the writer of each column, and the columns that must be empty."""

    template: str
    written: tuple[tuple[int, Callable[..., Sequence[str]]], ...]
    unwritten: tuple[int, ...]


def text_hash(text: str) -> str:
    """Return the hash of a canonical text."""
    return sha256(text.encode()).hexdigest()


def row_hashes(rows: Sequence[Row]) -> list[str | None]:
    """Return the hash that each row should carry; None for one that no program ever wrote like that."""
    return [None if text is None else text_hash(text) for text in canonical_texts(rows)]


def canonical_texts(rows: Sequence[Row]) -> list[str | None]:
    """Return the canonical text of each row; None for one that no program ever wrote like that."""
    found: list[str | None] = []
    for form, group in groupby(rows, key=_form_of):
        found.extend(_texts(form, list(group)))
    return found


def _texts(form: object, rows: list[Row]) -> Sequence[str | None]:
    try:
        return list(_joined(form, rows))
    except (TypeError, KeyError, ValueError):
        # One of them holds something strange: the others are still as good as ever.
        return [None] if len(rows) == 1 else [text for row in rows for text in _texts(form, [row])]


def _joined(form: object, rows: list[Row]) -> Iterator[str]:
    plan = _PLANS.get(form) if isinstance(form, int) else None
    if plan is None:
        raise ValueError("this version knows no such form")
    columns = list(zip(*rows, strict=True))
    for place in plan.unwritten:
        # What the hash does not cover must not be there.
        if any(value is not None for value in columns[place]):
            raise ValueError("the form does not have that field")
    values = [write(columns[place]) for place, write in plan.written]
    return map(plan.template.__mod__, zip(*values, strict=True))


def _write_text(values: Sequence[str]) -> Sequence[str]:
    # To look at all of them at once is several times as fast, and nearly never is there anything to escape.
    if _ESCAPED.search("".join(values)) is None:
        return values
    return [encode_basestring(value)[1:-1] for value in values]


def _write_text_or_null(values: Sequence[str | None]) -> Sequence[str]:
    return ["null" if value is None else encode_basestring(value) for value in values]


def _write_ids(values: Sequence[UUID | str | None]) -> Sequence[str]:
    return ["null" if value is None else f'"{_id_text(value)}"' for value in values]


def _id_text(value: UUID | str) -> str:
    if isinstance(value, UUID):
        return str(value)
    # As SQLite keeps it. Any other writing stays as it is and marked, so that it never passes for this one.
    return (
        f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
        if len(value) == 32
        else encode_basestring(f"!{value}")[1:-1]
    )


def _write_moments(values: Sequence[datetime | str]) -> Sequence[str]:
    return [_moment_text(value) if isinstance(value, datetime) else _stored_moment(value) for value in values]


def _moment_text(value: datetime) -> str:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _stored_moment(value: str) -> str:
    # As SQLite keeps it. What merely looks alike must not pass for it.
    if value[10:11] != " " or len(value) != 26:
        raise ValueError("no program writes a moment like that")
    return f"{value[:10]}T{value[11:]}+00:00"


def _write_flags(values: Sequence[object]) -> Sequence[str]:
    return [_FLAGS[value] for value in values]


def _write_numbers(values: Sequence[object]) -> Sequence[str]:
    if any(type(value) is not int for value in values):
        raise TypeError("a number is expected")
    return [str(value) for value in values]


_WRITE: Final[Mapping[str, Callable[..., Sequence[str]]]] = {
    "at": _write_moments,
    "read_aloud_confirmed": _write_flags,
    **dict.fromkeys(_IDS, _write_ids),
    **dict.fromkeys(_MAY_BE_MISSING, _write_text_or_null),
    **dict.fromkeys(_NUMBERS, _write_numbers),
}


def _plan(form: int) -> _Plan:
    names = FIELDS[form]
    places = [COLUMNS.index(name) for name in names]
    return _Plan(
        "{" + ",".join(f'"{name}":%s' if name in _UNQUOTED else f'"{name}":"%s"' for name in names) + "}",
        tuple((place, _WRITE.get(name, _write_text)) for place, name in zip(places, names, strict=True)),
        tuple(place for place in range(len(COLUMNS) - 1) if place not in places and place != _FORM_AT),
    )


_PLANS: Final = {form: _plan(form) for form in FIELDS}
