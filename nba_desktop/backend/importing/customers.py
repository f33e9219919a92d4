"""Customers of a file: new ones are added, of known ones what the file says is changed and nothing else."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from nba_desktop.backend.importing.fields import VALUE_FIELDS
from nba_desktop.backend.importing.judging import (
    ADDED,
    CHANGED,
    NOTES,
    REFUSED,
    UNCHANGED,
    Context,
    Judged,
    Verdict,
    by_column,
    erased_among,
    refusal_of,
)
from nba_desktop.backend.importing.reading import Rows
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.text import fold_code, fold_text
from nba_desktop.contract.customer_no import ADDRESSABLE, is_addressable

_UNSAID: Final[Mapping[str, Any]] = {
    "salutation": "none",
    "first_name": "",
    "last_name": "",
    "birth_date": None,
    "street": "",
    "postcode": "",
    "city": "",
    "since": None,
    "language": "de",
    "household_id": "",
    "email": None,
    "iban_last4": None,
    "meter_no": None,
    **{one.name: None for one in VALUE_FIELDS},
    "value_model": None,
    "value_calculated": False,
    "address_form": "formal",
    "tone": "neutral",
    "documents_by": "email",
    "last_spoken_with": None,
    "last_spoken_at": None,
    "open_complaint": False,
    "facts_as_of": None,
}
"""What stands for what nobody said, by column."""
_NEEDED: Final = ("last_name", "since")
_COLUMNS: Final = {"household": "household_id"}
_VALUE: Final = tuple(one.name for one in VALUE_FIELDS)
_VALUE_ITSELF: Final = ("value_class", "value_low_eur", "value_high_eur")
_FOLDED: Final = ("name_search", "address_search")


class CustomerKind:
    """Judges customers; the number, however it is written, says who it is."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def judge(self, unit: Unit, rows: Rows) -> Judged:
        """Say what becomes of each row."""
        numbers = rows.fields["customer_no"]
        folded = [fold_code(number) for number in numbers]
        known = unit.site_data.customers(set(folded))
        missing = {number: fold for number, fold in zip(numbers, folded, strict=True) if fold not in known}
        erased = erased_among(unit, missing, self._context.salt)
        said = {_COLUMNS.get(name, name): values for name, values in rows.fields.items() if name != "customer_no"}
        added: dict[str, dict[str, Any]] = {}
        changed: dict[str, dict[str, Any]] = {}
        verdicts = []
        for place, (line, fold) in enumerate(zip(rows.lines, folded, strict=True)):
            if fold in erased:
                verdicts.append(refusal_of(line, erased=True))
                continue
            told = {name: _UNSAID[name] if values[place] is None else values[place] for name, values in said.items()}
            facts = {name: values[place] for name, values in rows.attributes.items()}
            if all(told.get(name) is None for name in _VALUE_ITSELF):
                # A horizon or a trend that the mapping gives everybody is no value.
                told |= {name: None for name in _VALUE if name in told}
            before = known.get(fold)
            wrong = "customer_no has no letter or digit" if not fold else _incomplete(told, new=before is None)
            if wrong:
                verdicts.append(Verdict(line, REFUSED, wrong))
                continue
            if _VALUE[0] in told:
                told = _delivered(told, before)
            if facts and told.get("facts_as_of") is None:
                told["facts_as_of"] = self._context.made_on
            if before is None:
                row = _new(numbers[place], fold, told, facts)
                added[fold] = known[fold] = row
                verdicts.append(Verdict(line, ADDED, self._lacks(row)))
                continue
            after = _told(before, told, facts)
            if after == before:
                verdicts.append(Verdict(line, UNCHANGED, self._lacks(after)))
                continue
            known[fold] = after
            (added if fold in added else changed)[fold] = after
            verdicts.append(Verdict(line, CHANGED, self._lacks(after)))
        touched = sorted(
            {
                *said,
                *_FOLDED,
                *(("facts", "facts_as_of") if rows.attributes else ()),
                *(("value_model", "value_calculated") if _VALUE[0] in said else ()),
            }
        )

        def write(unit: Unit) -> None:
            if added:
                unit.site_data.add_customers(by_column(added.values(), next(iter(added.values()))))
            ids = [row["customer_id"] for row in changed.values()]
            unit.site_data.change_customers(ids, by_column(changed.values(), touched))

        return Judged(verdicts, write)

    def _lacks(self, row: Mapping[str, Any]) -> str:
        """Return what cannot be done with a customer as he is now."""
        notes = []
        facts = None
        known = 0
        for item in self._context.security_items:
            if item not in row and facts is None:
                facts = json.loads(row["facts"])
            known += bool(row[item] if item in row else (facts or {}).get(item))
        if known < self._context.security_required:
            notes.append(
                f"cannot be authenticated: too few security items, {self._context.security_required} are needed"
            )
        if not is_addressable(row["customer_no"]):
            notes.append(f"cannot be opened from the CRM: the customer number is not {ADDRESSABLE}")
        return NOTES.join(notes)


def _incomplete(told: Mapping[str, Any], new: bool) -> str:
    """Return what is missing, or an empty text."""
    for name in _NEEDED:
        if not told.get(name) and (new or name in told):
            return f"'{name}' is missing, and the customer is new" if new else f"'{name}' is empty"
    if _VALUE[0] in told:
        lacking = [name for name in _VALUE if told[name] is None]
        if lacking and len(lacking) < len(_VALUE):
            return f"of the customer's value {', '.join(lacking)} is missing: say all of it or nothing"
    return ""


def _delivered(told: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what is told with a value that is delivered; one that was calculated here is not the file's to remove."""
    if told[_VALUE[0]] is None and before is not None and before["value_calculated"]:
        return {name: value for name, value in told.items() if name not in {*_VALUE, "value_model"}}
    return {"value_model": None, **told, "value_calculated": False}


def _new(number: str, fold: str, told: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    row = {
        # Nothing of him: it stands where his number must not.
        "customer_id": secrets.token_hex(8),
        "customer_no": number,
        "customer_no_search": fold,
        **_UNSAID,
        **told,
        "facts": _written({name: value for name, value in facts.items() if value is not None}),
    }
    return row | _searched(row)


def _told(before: Mapping[str, Any], told: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    after = {**before, **told}
    if facts:
        was = json.loads(before["facts"])
        now = {**was, **json.loads(_written(facts))}
        kept = {name: value for name, value in now.items() if value is not None or name not in facts}
        if kept != was:
            after["facts"] = json.dumps(kept, ensure_ascii=False)
    return after | _searched(after)


def _searched(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the folded copies that search compares with."""
    return {
        "name_search": fold_text(f"{row['last_name']} {row['first_name']}"),
        "address_search": fold_text(f"{row['street']} {row['postcode']} {row['city']}"),
    }


def _written(facts: Mapping[str, Any]) -> str:
    return json.dumps(
        {name: {"date": value.isoformat()} if isinstance(value, date) else value for name, value in facts.items()},
        ensure_ascii=False,
    )
