"""Customers, their numbers, contracts and touchpoints in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, insert, or_, select

from nba_desktop.backend.model import (
    ContractRecord,
    CustomerRecord,
    FactValue,
    Phone,
    PhoneKind,
    TouchpointRecord,
    ValueRecord,
)
from nba_desktop.backend.ports.customers import SearchMatch
from nba_desktop.backend.store.schema.arrivals import touchpoints
from nba_desktop.backend.store.schema.customers import contracts, customer_phones, customers
from nba_desktop.backend.text import digits_of, fold_code, fold_text
from nba_desktop.contract.codes import ChurnClass, ContactChannel, Experience, Trend, ValueClass

_SHORTEST: Final = 2
"""Folded characters below which a search would find everybody."""
_SHORTEST_NUMBER: Final = 5
_DATE_KEY: Final = "date"

# Built once: to build a statement takes longer than to run it.
_BY_ID: Final = select(customers).where(customers.c.customer_id.in_(bindparam("ids", expanding=True)))
_BY_NO: Final = select(customers).where(customers.c.customer_no_search == bindparam("customer_no")).limit(1)
_BY_PHONE: Final = (
    select(customers, customer_phones.c.kind.label("calls_from"))
    .join(customer_phones)
    .where(customer_phones.c.e164 == bindparam("e164"))
    .order_by(customers.c.name_search, customers.c.customer_id)
    .limit(bindparam("limit"))
)
_PHONES: Final = (
    select(customer_phones.c.customer_id, customer_phones.c.e164, customer_phones.c.kind)
    .where(customer_phones.c.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(customer_phones.c.kind, customer_phones.c.e164)
)
_CONTRACTS: Final = (
    select(contracts)
    .where(contracts.c.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(contracts.c.since, contracts.c.contract_no)
)
_TOUCHPOINTS: Final = (
    select(touchpoints)
    .where(touchpoints.c.customer_id == bindparam("customer_id"))
    .order_by(touchpoints.c.at.desc(), touchpoints.c.touchpoint_id.desc())
)
_ANY: Final = select(customers.c.customer_id).limit(1)
_IDS: Final = select(customers.c.customer_id).order_by(customers.c.customer_id)


class Customers:
    """Reads and adds customers within one transaction; each is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, CustomerRecord] = {}

    def by_id(self, customer_id: str) -> CustomerRecord | None:
        """Return the customer, or None."""
        if customer_id not in self._known:
            self._complete(self._connection.execute(_BY_ID, {"ids": [customer_id]}).mappings().all())
        return self._known.get(customer_id)

    def by_customer_no(self, customer_no: str) -> CustomerRecord | None:
        """Return the customer by his number, however it is written, or None."""
        row = self._connection.execute(_BY_NO, {"customer_no": fold_code(customer_no)}).mappings().first()
        return None if row is None else self._complete([row])[0]

    def by_phone(self, e164: str, limit: int) -> Sequence[tuple[CustomerRecord, PhoneKind]]:
        """Return who may be calling from this number, by name."""
        rows = self._connection.execute(_BY_PHONE, {"e164": e164, "limit": limit}).mappings().all()
        return [
            (record, cast(PhoneKind, row["calls_from"])) for record, row in zip(self._complete(rows), rows, strict=True)
        ]

    def touchpoints(self, customer_id: str) -> tuple[TouchpointRecord, ...]:
        """Return all touchpoints, newest first."""
        rows = self._connection.execute(_TOUCHPOINTS, {"customer_id": customer_id}).mappings()
        return tuple(read_touchpoint(row) for row in rows)

    def search(self, text: str, limit: int) -> Sequence[tuple[CustomerRecord, SearchMatch]]:
        """Return at most `limit` customers found by `text`: by number first, by address last."""
        found: dict[str, SearchMatch] = {}
        for match, query in _searches(text):
            if len(found) >= limit:
                break
            missing = limit - len(found)
            query = query.where(customers.c.customer_id.not_in(list(found))) if found else query
            # DISTINCT needs to see what it is ordered by.
            for row in self._connection.execute(query.distinct().limit(missing)):
                found[row.customer_id] = match
        if not found:
            return []
        self._complete(self._connection.execute(_BY_ID, {"ids": list(found)}).mappings().all())
        return [(self._known[customer_id], match) for customer_id, match in found.items()]

    def any(self) -> bool:
        """Say whether there is any customer."""
        return self._connection.execute(_ANY).first() is not None

    def ids(self) -> Sequence[str]:
        """Return every customer's id, in order."""
        return self._connection.execute(_IDS).scalars().all()

    def several(self, customer_ids: Sequence[str]) -> Sequence[CustomerRecord]:
        """Return these customers in the order asked for, without those that there are not."""
        self._complete(self._connection.execute(_BY_ID, {"ids": list(customer_ids)}).mappings().all())
        return [self._known[one] for one in customer_ids if one in self._known]

    def add(self, records: Sequence[CustomerRecord], journey: Sequence[TouchpointRecord]) -> None:
        """Add many customers with their touchpoints, in few statements."""
        self._insert(customers, (_customer_row(record) for record in records))
        self._insert(customer_phones, (_phone_row(record, phone) for record in records for phone in record.phones))
        self._insert(
            contracts, (_contract_row(record, contract) for record in records for contract in record.contracts)
        )
        self._insert(touchpoints, (touchpoint_row(touchpoint) for touchpoint in journey))

    def _insert(self, table: Any, rows: Iterable[Mapping[str, object]]) -> None:
        values = list(rows)
        if values:
            self._connection.execute(insert(table), values)

    def _complete(self, rows: Sequence[RowMapping]) -> list[CustomerRecord]:
        """Return the customers of these rows with numbers and contracts."""
        missing = [row["customer_id"] for row in rows if row["customer_id"] not in self._known]
        if missing:
            phones: dict[str, list[Phone]] = {}
            for phone in self._connection.execute(_PHONES, {"ids": missing}):
                phones.setdefault(phone.customer_id, []).append(Phone(phone.e164, cast(PhoneKind, phone.kind)))
            owned: dict[str, list[ContractRecord]] = {}
            for one in self._connection.execute(_CONTRACTS, {"ids": missing}):
                owned.setdefault(one.customer_id, []).append(
                    ContractRecord(one.contract_no, one.product, one.commodity, one.since, one.ends)
                )
            for row in rows:
                key = row["customer_id"]
                if key in missing:
                    self._known[key] = _customer(row, tuple(phones.get(key, ())), tuple(owned.get(key, ())))
        return [self._known[row["customer_id"]] for row in rows]


def _searches(text: str) -> Iterable[tuple[SearchMatch, Select[str, str]]]:
    """Yield what `text` may be, most exact first; nothing for a text too short to tell anything."""
    code, words, digits = fold_code(text), fold_text(text).split(), digits_of(text).lstrip("0")
    base: Select[str, str] = select(customers.c.customer_id, customers.c.name_search).order_by(
        customers.c.name_search, customers.c.customer_id
    )
    if len(code) < _SHORTEST:
        return
    if any(c.isdigit() for c in code):
        yield "customer_no", base.where(customers.c.customer_no_search.startswith(code, autoescape=True))
        yield (
            "contract",
            base.join(contracts).where(contracts.c.contract_no_search.startswith(code, autoescape=True)),
        )
        if len(digits) >= _SHORTEST_NUMBER and len(digits) * 2 > len(code):
            yield (
                "phone",
                base.join(customer_phones).where(
                    customer_phones.c.digits_reversed.startswith(digits[::-1], autoescape=True)
                ),
            )
    yield "name", base.where(_has_words(customers.c.name_search, words))
    yield "address", base.where(_has_words(customers.c.address_search, words))


def _has_words(column: ColumnElement[str], words: Sequence[str]) -> ColumnElement[bool]:
    """Every word begins a word of the column."""
    condition: ColumnElement[bool] = column.is_not(None)
    for word in words:
        condition &= or_(column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True))
    return condition


def _customer_row(record: CustomerRecord) -> dict[str, object]:
    return {
        "customer_id": record.customer_id,
        "customer_no": record.customer_no,
        "salutation": record.salutation,
        "first_name": record.first_name,
        "last_name": record.last_name,
        "birth_date": record.birth_date,
        "street": record.street,
        "postcode": record.postcode,
        "city": record.city,
        "since": record.since,
        "language": record.language,
        "household_id": record.household_id,
        "email": record.email,
        "iban_last4": record.iban_last4,
        "meter_no": record.meter_no,
        **value_columns(record.value),
        "facts": json.dumps({name: _fact_out(value) for name, value in record.facts.items()}, ensure_ascii=False),
        "address_form": record.address_form,
        "tone": record.tone,
        "documents_by": record.documents_by.value,
        "last_spoken_with": record.last_spoken_with,
        "last_spoken_at": record.last_spoken_at,
        "open_complaint": record.open_complaint,
        "facts_as_of": record.facts_as_of,
        "customer_no_search": fold_code(record.customer_no),
        "name_search": fold_text(f"{record.last_name} {record.first_name}"),
        "address_search": fold_text(f"{record.street} {record.postcode} {record.city}"),
    }


def value_columns(value: ValueRecord | None) -> dict[str, object]:
    """Return a value as the columns of its customer's row."""
    return {
        "value_class": None if value is None else value.value_class.value,
        "value_low_eur": None if value is None else value.low_eur,
        "value_high_eur": None if value is None else value.high_eur,
        "value_trend": None if value is None else value.trend.value,
        "value_as_of": None if value is None else value.as_of,
        "value_horizon_years": None if value is None else value.horizon_years,
        "churn": None if value is None else value.churn.value,
        "value_model": None if value is None else value.model,
        "value_calculated": value is not None and value.calculated,
    }


def _phone_row(record: CustomerRecord, phone: Phone) -> dict[str, object]:
    return {
        "customer_id": record.customer_id,
        "e164": phone.e164,
        "kind": phone.kind,
        "digits_reversed": digits_of(phone.e164)[::-1],
    }


def _contract_row(record: CustomerRecord, contract: ContractRecord) -> dict[str, object]:
    return {
        "contract_no": contract.contract_no,
        "customer_id": record.customer_id,
        "product": contract.product,
        "commodity": contract.commodity,
        "since": contract.since,
        "ends": contract.ends,
        "contract_no_search": fold_code(contract.contract_no),
    }


def touchpoint_row(touchpoint: TouchpointRecord) -> dict[str, object]:
    """Return a touchpoint as its row."""
    return {
        "customer_id": touchpoint.customer_id,
        "at": touchpoint.at,
        "touchpoint_id": touchpoint.touchpoint_id,
        "channel": touchpoint.channel.value,
        "type": touchpoint.type,
        "params": json.dumps(touchpoint.params, ensure_ascii=False),
        "experience": touchpoint.experience.value,
        "case_id": touchpoint.case_id,
        "case_open": touchpoint.case_open,
        "media_break": touchpoint.media_break,
    }


def _customer(row: RowMapping, phones: tuple[Phone, ...], owned: tuple[ContractRecord, ...]) -> CustomerRecord:
    return CustomerRecord(
        customer_id=row["customer_id"],
        customer_no=row["customer_no"],
        salutation=row["salutation"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        birth_date=row["birth_date"],
        street=row["street"],
        postcode=row["postcode"],
        city=row["city"],
        since=row["since"],
        language=row["language"],
        household_id=row["household_id"],
        email=row["email"],
        iban_last4=row["iban_last4"],
        meter_no=row["meter_no"],
        phones=phones,
        contracts=owned,
        value=_value(row),
        facts=read_facts(row["facts"]),
        address_form=row["address_form"],
        tone=row["tone"],
        documents_by=ContactChannel(row["documents_by"]),
        last_spoken_with=row["last_spoken_with"],
        last_spoken_at=row["last_spoken_at"],
        open_complaint=row["open_complaint"],
        facts_as_of=row["facts_as_of"],
    )


def _value(row: RowMapping) -> ValueRecord | None:
    if row["value_class"] is None:
        return None
    return ValueRecord(
        value_class=ValueClass(row["value_class"]),
        low_eur=row["value_low_eur"],
        high_eur=row["value_high_eur"],
        trend=Trend(row["value_trend"]),
        as_of=row["value_as_of"],
        horizon_years=row["value_horizon_years"],
        churn=ChurnClass(row["churn"]),
        model=row["value_model"],
        calculated=row["value_calculated"],
    )


def read_touchpoint(row: RowMapping) -> TouchpointRecord:
    """Return a touchpoint from its row; a media break is one that was delivered as such, or that a rule found."""
    return TouchpointRecord(
        touchpoint_id=row["touchpoint_id"],
        customer_id=row["customer_id"],
        at=row["at"],
        channel=ContactChannel(row["channel"]),
        type=row["type"],
        params=json.loads(row["params"]),
        experience=Experience(row["experience"]),
        case_id=row["case_id"],
        case_open=row["case_open"],
        media_break=row["media_break"] or row["break_rule"] is not None,
    )


def _fact_out(value: FactValue) -> object:
    return {_DATE_KEY: value.isoformat()} if isinstance(value, date) else value


def read_facts(written: str) -> dict[str, FactValue]:
    """Return a customer's facts from their column."""
    return {name: _fact_in(value) for name, value in json.loads(written).items()}


def _fact_in(value: Any) -> FactValue:
    if isinstance(value, dict):
        return date.fromisoformat(value[_DATE_KEY])
    return cast(FactValue, value)
