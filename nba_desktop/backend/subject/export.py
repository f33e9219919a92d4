"""Everything that is stored about a customer, section by section and entry by entry (Art. 15 GDPR).

What a table holds comes from the table as it is, so that a new column is in the export on its own; decisions also bring
their reasons in words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from nba_desktop.backend.access.reading import keep_reading, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.retention import retention_until
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.explanation import explain
from nba_desktop.backend.decisioning.reason_words import because_words, why_not_words
from nba_desktop.backend.errors import ConfigurationError, NotFound, ReasonRequired, UnknownCustomer
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.subject.attribute_words import meaning_of
from nba_desktop.backend.subject.records import Subject
from nba_desktop.backend.subject.site_words import site_words
from nba_desktop.backend.subject.tables import HIDDEN_COLUMNS, SUBJECT_TABLES
from nba_desktop.backend.subject.words import word
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role, Stage

LONGEST_REASON: Final = 180
SECTIONS: Final = (
    "customer",
    "value",
    "facts",
    "phones",
    "contracts",
    "contacts",
    "events",
    "decisions",
    "recommended_actions",
    "trial_decisions",
    "teasers",
    "exposures",
    "responses",
    "outcomes",
    "follow_ups",
    "feedback",
    "consents",
    "wordings",
    "restriction",
    "readings",
    "corrections",
    "outbound_events",
    "deliveries",
    "waiting_events",
    "journey_features",
    "touchpoints",
)
"""The sections in their order; the longest comes last."""

_VALUE: Final = "value_"
_VALUE_TOO: Final = frozenset({"churn"})
_JSON: Final = frozenset({"params", "record", "body", "shown", "data", "changes"})
_TABLES: Final = {one.section: name for name, one in SUBJECT_TABLES.items()}

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """What the export says first, and its sections; their entries are read while they are asked for.

    `own_words` are the site's for its codes, as `key:code`.
    """

    about: Entry
    language: Language
    zone: tzinfo
    made_at: datetime
    sections: Callable[[], Iterator[tuple[str, Iterator[Entry]]]]
    only_proof: bool
    own_words: Mapping[str, str]


class ExportService:
    """Makes exports; each is kept with who and why, before anything is read."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    @contextmanager
    def export(
        self, caller: Caller, operation: ReadOperation, customer_no: str, reason: str, language: Language
    ) -> Iterator[Export]:
        """Open the export of a customer, also of one whose consents are all that is left.

        Raises `ReasonRequired` and `UnknownCustomer`.
        """
        reason = reason.strip()
        if not reason or len(reason) > LONGEST_REASON:
            raise ReasonRequired(f"say why the data are exported, in at most {LONGEST_REASON} characters")
        with self._store.write() as unit:
            subject = find_subject(unit, customer_no)
            role = role_used(caller, Role.CONSENT_OFFICER, Role.ADMIN)
            reading = Reading(self._clock(), caller.agent_id, role, operation, ReadBasis.DUTY, reason)
            keep_reading(unit, reading, [subject.customer_id])
        with self._store.read() as unit:
            yield self._opened(unit, subject, language)

    def _opened(self, unit: Unit, subject: Subject, language: Language) -> Export:
        catalogue = self._catalogues.for_customer(unit, subject.customer_id)
        reading = _Reading(unit, self._catalogues, subject, catalogue, language)
        made_at = self._clock()
        return Export(
            about=about_of(catalogue, language, made_at),
            language=language,
            zone=catalogue.zone,
            made_at=made_at,
            sections=lambda: ((name, reading.entries(name)) for name in SECTIONS),
            only_proof=unit.customers.by_id(subject.customer_id) is None,
            own_words=site_words(catalogue, language),
        )


def find_subject(unit: Unit, customer_no: str) -> Subject:
    """Return whose data a number names, also of somebody erased whose proof is kept; raise `UnknownCustomer`."""
    customer = unit.customers.by_customer_no(customer_no)
    if customer is not None:
        numbers = unit.subjects.own_numbers(customer.customer_id)
        return Subject(customer.customer_id, customer.customer_no, numbers)
    restriction = unit.consents.restriction_of_number(customer_no)
    if restriction is None:
        raise UnknownCustomer("no customer has that number")
    return Subject(restriction.customer_id, restriction.customer_no)


def find_customer_id(unit: Unit, customer_no: str) -> str:
    """Return the id behind a number, also of somebody erased whose proof is kept; raise `UnknownCustomer`."""
    return find_subject(unit, customer_no).customer_id


def as_json(export: Export) -> Iterator[str]:
    """Return the export as the text of one JSON document, in pieces."""
    yield f'{{\n"about": {_dumped(export.about)}'
    for name, entries in export.sections():
        yield f',\n"{name}": ['
        for place, entry in enumerate(entries):
            yield f"{',' if place else ''}\n{_dumped(entry)}"
        yield "]"
    yield "\n}\n"


def about_of(catalogue: Catalogue, language: Language, made_at: datetime) -> dict[str, Any]:
    """Return who uses the data, what for, who gets them, how long they are kept, and which rights there are."""
    company, protection, kept = catalogue.entry.company, catalogue.entry.data_protection, catalogue.entry.retention
    rules = {
        "kept_touchpoints": kept.touchpoint_days,
        "kept_contacts": kept.contact_days,
        "kept_decisions": kept.decision_days,
        "kept_teasers": kept.teaser_days,
        "kept_readings": kept.reading_days,
        "kept_results": kept.result_days,
    }
    years = catalogue.entry.consent_proof.other_channels_years
    return {
        "right": word("right_of_access", language),
        "made_at": made_at,
        "company": ", ".join(part for part in (company.name, company.address) if part),
        "contact": "" if protection.contact is None else protection.contact.into(language),
        "privacy_notice": company.privacy_url,
        "privacy_notice_version": company.privacy_notice,
        "purposes": list(protection.purposes.into(language)),
        "recipients": list(protection.recipients.into(language)),
        "retention": [
            *(f"{word(key, language)}: {_how_long(days, language)}" for key, days in rules.items()),
            word("kept_consents", language).format(years=years),
        ],
        "rights": word("your_rights", language),
    }


def _how_long(days: int | None, language: Language) -> str:
    return word("while_customer", language) if days is None else word("days", language).format(days=days)


class _Reading:
    """Reads the sections of one customer."""

    def __init__(
        self, unit: Unit, catalogues: LiveCatalogues, subject: Subject, catalogue: Catalogue, language: Language
    ) -> None:
        self._unit = unit
        self._catalogues = catalogues
        self._subject = subject
        self._catalogue = catalogue
        self._language = language

    def entries(self, section: str) -> Iterator[Entry]:
        match section:
            case "customer":
                return (_without_value(row) for row in self._rows(section))
            case "value":
                return self._value()
            case "facts":
                return self._facts()
            case "events":
                return (self._event(row) for row in self._rows(section))
            case "decisions" | "trial_decisions" | "teasers":
                return (self._decision(row) for row in self._rows(section))
            case "consents":
                return self._consents()
            case "wordings":
                return self._wordings()
            case "readings":
                return (_reading(row) for row in self._rows(section))
        return self._rows(section)

    def _rows(self, section: str) -> Iterator[dict[str, Any]]:
        for row in self._unit.subjects.rows(_TABLES[section], self._subject):
            yield {
                name: json.loads(value) if name in _JSON else value
                for name, value in row.items()
                if name not in HIDDEN_COLUMNS
            }

    def _value(self) -> Iterator[Entry]:
        for row in self._rows("customer"):
            values = {name: value for name, value in row.items() if name.startswith(_VALUE) or name in _VALUE_TOO}
            yield values | {"model": word("clv_states", self._language)}

    def _facts(self) -> Iterator[Entry]:
        for row in self._rows("customer"):
            for name, value in json.loads(row["facts"]).items():
                declared = self._catalogue.vocabulary.attributes.get(name)
                plain = value.get("date") if isinstance(value, dict) else value
                entry: dict[str, Any] = {"name": name, "content": plain}
                if declared is not None:
                    entry |= {
                        "description": meaning_of(declared, self._language),
                        "source": declared.source,
                        "basis": declared.basis,
                    }
                yield entry

    def _event(self, row: dict[str, Any]) -> Entry:
        body = row.pop("body")
        if body.get("customer_id") not in (None, self._subject.customer_id):
            # Somebody else, who was taken for the caller at first.
            body["customer_id"] = None
        return row | {name: value for name, value in body.items() if name not in row}

    def _decision(self, row: dict[str, Any]) -> Entry:
        record: dict[str, Any] = row["record"]
        named = {"decision_id": str(row["decision_id"])} | record
        used = {name: value for name, value in record.get("inputs", {}).items() if value is not None}
        return (
            row
            | {
                "used": used,
                "not_used": record.get("withheld", []),
                "stale": record.get("stale", []),
            }
            | self._reasons(named, row["catalogue_version"])
        )

    def _reasons(self, record: Entry, version: str) -> dict[str, Any]:
        """The reasons in words, where the version that decided can still be read and the record is a whole one."""
        if "removed" not in record:
            return {}
        try:
            explained = explain(record, self._catalogues.of_version(self._unit, version), self._language)
        except (ConfigurationError, NotFound):
            return {}
        return {
            "shown": [
                {
                    "rank": one.rank,
                    "action_id": one.action_id,
                    "action": one.title,
                    "because": [because_words(reason, self._language) for reason in one.because],
                    "probability": one.factors.propensity,
                    "bonus_eur": one.factors.bonus_eur,
                }
                for one in explained.shown
            ],
            "not_shown": [
                {
                    "action_id": one.action_id,
                    "action": one.title,
                    "stage": Stage(one.stage).value,
                    "reason": why_not_words(one, self._language),
                }
                for one in explained.not_shown
            ],
        }

    def _consents(self) -> Iterator[Entry]:
        ledger = self._unit.consents.of_customer(self._subject.customer_id)
        years = self._catalogue.entry.consent_proof.other_channels_years
        until = {one.position: retention_until(ledger, one, years, self._catalogue.zone) for one in ledger}
        for row in self._rows("consents"):
            yield row | {"keep_until": until[row["position"]]}

    def _wordings(self) -> Iterator[Entry]:
        named = {
            (one.wording_id, one.wording_sha256) for one in self._unit.consents.of_customer(self._subject.customer_id)
        }
        for one in self._unit.consents.wordings():
            if (one.wording_id, one.text_sha256) in named:
                yield {
                    "wording_id": one.wording_id,
                    "text": one.text,
                    "text_sha256": one.text_sha256,
                    "company_name": one.company_name,
                    "company_address": one.company_address,
                    "goods_and_services": one.goods_and_services,
                    "privacy_notice_version": one.privacy_notice_version,
                }


def _without_value(row: dict[str, Any]) -> Entry:
    return {
        name: value
        for name, value in row.items()
        if not name.startswith(_VALUE) and name not in _VALUE_TOO and name != "facts"
    }


def _reading(row: dict[str, Any]) -> Entry:
    """A reading without the other customers it was of, and without words that may name them."""
    together, _place = row.pop("together"), row.pop("place")
    told = {"read_for": row.pop("basis"), "customers_read": together}
    return row | told | {"reason": row["reason"] if together == 1 else ""}


def _dumped(entry: Entry) -> str:
    return json.dumps(entry, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
