"""Contracts and telephone numbers of a file."""

from __future__ import annotations

from typing import Any, Final

import phonenumbers

from nba_desktop.backend.importing.judging import (
    ADDED,
    CHANGED,
    REFUSED,
    UNCHANGED,
    Context,
    Judged,
    Owners,
    Verdict,
    by_column,
)
from nba_desktop.backend.importing.reading import Rows
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.text import digits_of, fold_code

_COLUMNS: Final = {"kind": "commodity"}
_NEEDED: Final = {"product": "product", "commodity": "kind", "since": "since"}


class ContractKind:
    """Judges contracts; the contract's number says which it is. With `ends` a file marks each one that it names."""

    def __init__(self, context: Context, ends: bool) -> None:
        self._context = context
        self._ends = ends

    def judge(self, unit: Unit, rows: Rows) -> Judged:
        """Say what becomes of each row."""
        fields = rows.fields
        known = unit.site_data.contracts(set(fields["contract_no"]))
        owners = Owners(unit, fields["customer_no"], self._context)
        ids = owners.ids()
        said = {
            _COLUMNS.get(name, name): values
            for name, values in fields.items()
            if name not in {"contract_no", "customer_no"}
        }
        added: dict[str, dict[str, Any]] = {}
        changed: dict[str, dict[str, Any]] = {}
        verdicts = []
        for place, (line, number, of) in enumerate(
            zip(rows.lines, fields["contract_no"], fields["customer_no"], strict=True)
        ):
            if of not in ids:
                verdicts.append(owners.refusal(line, of))
                continue
            before = known.get(number)
            told = {"customer_id": ids[of], **{name: values[place] for name, values in said.items()}}
            after = {**(before or _new_contract(number)), **told}
            lacking = [called for name, called in _NEEDED.items() if after[name] is None]
            if lacking:
                verdicts.append(Verdict(line, REFUSED, f"'{lacking[0]}' is missing"))
                continue
            same = after == before
            if not same or self._ends:
                after["said_by"] = self._context.said_by
            if before is None:
                added[number] = after
            elif after != before:
                (added if number in added else changed)[number] = after
            known[number] = after
            verdicts.append(Verdict(line, UNCHANGED if same else ADDED if before is None else CHANGED))

        def write(unit: Unit) -> None:
            unit.site_data.add_contracts(by_column(added.values(), _new_contract("")))
            touched = ("customer_id", "said_by", *said)
            unit.site_data.change_contracts(list(changed), by_column(changed.values(), touched))

        return Judged(verdicts, write)


def _new_contract(number: str) -> dict[str, Any]:
    return {
        "contract_no": number,
        "customer_id": None,
        "product": None,
        "commodity": None,
        "since": None,
        "ends": None,
        "contract_no_search": fold_code(number),
        "said_by": None,
    }


class NumberKind:
    """Judges telephone numbers; one number may be several customers'."""

    def __init__(self, context: Context, ends: bool) -> None:
        self._context = context
        self._ends = ends

    def judge(self, unit: Unit, rows: Rows) -> Judged:
        """Say what becomes of each row."""
        fields = rows.fields
        owners = Owners(unit, fields["customer_no"], self._context)
        ids = owners.ids()
        known = unit.site_data.phones(set(ids.values()))
        kinds = fields.get("kind") or [None] * len(rows.lines)
        added: dict[tuple[str, str], dict[str, Any]] = {}
        changed: dict[tuple[str, str], dict[str, Any]] = {}
        verdicts = []
        for line, of, e164, kind in zip(rows.lines, fields["customer_no"], fields["number"], kinds, strict=True):
            if of not in ids:
                verdicts.append(owners.refusal(line, of))
                continue
            key = (ids[of], e164)
            before = known.get(key)
            after = {**(before or _new_phone(key)), **({} if kind is None else {"kind": kind})}
            same = after == before
            if not same or self._ends:
                after["said_by"] = self._context.said_by
            if before is None:
                added[key] = after
            elif after != before:
                (added if key in added else changed)[key] = after
            known[key] = after
            verdicts.append(Verdict(line, UNCHANGED if same else ADDED if before is None else CHANGED))

        def write(unit: Unit) -> None:
            unit.site_data.add_phones(by_column(added.values(), _new_phone(("", ""))))
            unit.site_data.change_phones(
                [customer for customer, _ in changed],
                [number for _, number in changed],
                by_column(changed.values(), ("kind", "said_by")),
            )

        return Judged(verdicts, write)


def _new_phone(key: tuple[str, str]) -> dict[str, Any]:
    customer_id, e164 = key
    return {
        "customer_id": customer_id,
        "e164": e164,
        "kind": _kind(e164) if e164 else "",
        "digits_reversed": digits_of(e164)[::-1],
        "said_by": None,
    }


def _kind(e164: str) -> str:
    """Return what a number is where nobody says it."""
    match phonenumbers.number_type(phonenumbers.parse(e164)):
        case phonenumbers.PhoneNumberType.MOBILE:
            return "phone_mobile"
        case phonenumbers.PhoneNumberType.FIXED_LINE:
            return "phone_home"
        case _:
            return "phone_other"
