"""Correct a customer's master data (Art. 16 GDPR); what was there before is kept for a while and told to nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from nba_desktop.backend.errors import InvalidMessage, UnknownCustomer
from nba_desktop.backend.outbound.telling import tell_corrected
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.text import fold_code, fold_text
from nba_desktop.contract.problems import FieldProblem

Changes = Mapping[str, tuple[str | None, str | None]]
"""What was there before and what is there now, by field."""

_LONGEST: Final[Mapping[str, int]] = {
    "first_name": 200,
    "last_name": 200,
    "street": 200,
    "postcode": 16,
    "city": 200,
    "email": 320,
}
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "salutation": ("mr", "ms", "family", "none"),
    "language": ("de", "en"),
}
_MAY_GO: Final = frozenset({"email", "birth_date"})
FIELDS: Final = (*_CHOICES, *_LONGEST, "birth_date")
"""What can be corrected here; numbers, contracts and attributes are corrected by an import."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def correct(
    unit: Unit, customer_no: str, asked: Mapping[str, str | None], by: str, now: datetime
) -> tuple[str, Changes]:
    """Put other values into a customer's fields, within the transaction of whoever asks, and tell other systems.

    Return who it is and what changed; what is there already changes nothing. `by` is the system that asked. Raises
    `UnknownCustomer`, and `InvalidMessage` that names the fields and repeats no value.
    """
    number = fold_code(customer_no)
    row = unit.site_data.customers([number]).get(number)
    if row is None:
        raise UnknownCustomer("no customer has that number")
    values = _read(asked)
    changed = {name: value for name, value in values.items() if value != row[name]}
    customer_id: str = row["customer_id"]
    changes = {name: (_plain(row[name]), _plain(value)) for name, value in changed.items()}
    if changed:
        after = {**row, **changed}
        searched = {
            "name_search": fold_text(f"{after['last_name']} {after['first_name']}"),
            "address_search": fold_text(f"{after['street']} {after['postcode']} {after['city']}"),
        }
        columns = {name: [value] for name, value in (changed | searched).items()}
        unit.site_data.change_customers([customer_id], columns)
        tell_corrected(unit, customer_id, {name: now_there for name, (_, now_there) in changes.items()}, by, now)
    return customer_id, changes


def _read(asked: Mapping[str, str | None]) -> dict[str, Any]:
    problems = []
    values: dict[str, Any] = {}
    for name, text in asked.items():
        try:
            values[name] = _value(name, text)
        except ValueError as error:
            problems.append(FieldProblem(where=f"changes.{name}", message=str(error)))
    if problems:
        raise InvalidMessage("the correction cannot be carried out", tuple(problems))
    return values


def _value(name: str, text: str | None) -> str | date | None:
    if name not in FIELDS:
        raise ValueError(f"cannot be corrected here: there are {', '.join(FIELDS)}")
    if text is None or not text.strip():
        if name in _MAY_GO:
            return None
        raise ValueError("cannot be empty")
    said = text.strip()
    if name in _CHOICES and said not in _CHOICES[name]:
        raise ValueError(f"one of {', '.join(_CHOICES[name])}")
    if name in _LONGEST and (len(said) > _LONGEST[name] or not said.isprintable()):
        raise ValueError(f"at most {_LONGEST[name]} printable characters, on one line")
    if name == "birth_date":
        return _day(said)
    return said


def _day(text: str) -> date:
    if _DAY.fullmatch(text) is None:
        raise ValueError("a day such as 1970-12-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day") from None


def _plain(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
