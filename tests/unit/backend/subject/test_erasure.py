"""After erasure nothing names the customer but the restricted proof, and statistics still count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.errors import InvalidMessage, ReasonRequired, UnknownCustomer
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.unit import SqlUnit
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.backend.subject.event_fields import body_without_identity, record_without_identity
from nba_desktop.backend.subject.tables import SUBJECT_TABLES, Erasure
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ReadBasis, Role
from nba_desktop.contract.consent import MayContactCode, MayContactQuestion
from nba_desktop.contract.events import ContactNoteWritten
from tests.fakes.backend_calls import in_call, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE, Stores, started
from tests.fakes.backend_subject import NOTE, SEARCHED, WORDS, everything_of_lisa

CANARIES = (
    "Lisa", "K-104233", "k104233", "15112345678", "87654321151", "lisa@example.org", "Lindenweg 12",
    "1EMH0012345678", "V-20019", "c-lisa", "pbx-4711", NOTE, WORDS, SEARCHED,
)  # fmt: skip
"""What tells who Lisa is; her landline and her name's end are also Jan's, who lives with her."""
IN_THE_PROOF = ("Lisa", "K-104233", "k104233", "15112345678", "Lindenweg 12", "c-lisa", WORDS)
IN_A_CALL = ("Lisa", "K-104233", "15112345678", "lisa@example.org", "1991-04-17", "Lindenweg 12", "c-lisa", NOTE)


def erasures(services: Services) -> ErasureService:
    return ErasureService(services.store, services.clock)


def values_of(unit: SqlUnit, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in unit._connection.execute(select(metadata.tables[table])).mappings()]


def everything(services: Services) -> dict[str, str]:
    """Each table's content as a text."""
    with services.store.read() as unit:
        return {name: str(values_of(unit, name)) for name in metadata.tables}


def test_nothing_names_the_customer_but_the_proof(tmp_path: Path, each_store: Stores) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        alone(services)
        before = everything(services)
        assert [one for one in CANARIES if not any(one in text for text in before.values())] == []
        erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
        services.store.tidy()
        after = everything(services)
    assert {
        (name, one)
        for name, text in after.items()
        for one in CANARIES
        if one in text and name not in ("consent_events", "consent_restrictions")
    } == set()
    assert "Lisa" in after["consent_events"]


@pytest.mark.parametrize("consented", [True, False])
def test_not_a_byte_of_it_is_left_in_the_file(tmp_path: Path, consented: bool) -> None:
    canaries = [one for one in CANARIES if one not in IN_THE_PROOF] if consented else IN_A_CALL
    file = tmp_path / "backend.sqlite3"
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        if consented:
            everything_of_lisa(services)
        else:
            a_call_with_a_note(services)
        alone(services)
        assert [one for one in canaries if one.encode() not in content_of(file)] == []
        erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
        services.store.tidy()
        assert [one for one in canaries if one.encode() in content_of(file)] == []


def content_of(file: Path) -> bytes:
    """The file of a database, with what is still in its log."""
    return file.read_bytes() + Path(f"{file}-wal").read_bytes()


def alone(services: Services) -> None:
    """Let nobody else have what is Lisa's: the others of the sample have the same address and the same mail."""
    with services.store.write() as unit:
        unit._connection.exec_driver_sql(
            "UPDATE customers SET email = NULL, iban_last4 = NULL, meter_no = NULL, birth_date = '1970-01-01', "
            "street = 'Am Hang 3', address_search = 'am hang 3' WHERE customer_id <> 'c-lisa'"
        )


def a_call_with_a_note(services: Services) -> None:
    """A call without consents, with a note that is written over."""
    view = in_call(services, customer_no="K-104233", interaction_id="pbx-4711")
    for seq, text in ((3, NOTE), (4, f"{NOTE}!")):
        fact: dict[str, Any] = {"event_id": new_id(), "contact_id": view.contact_id, "seq": seq}
        assert tell(services, ContactNoteWritten(**fact, at=services.clock.now, text=text)) == ["accepted"]


def test_what_was_learnt_and_counted_stays_under_one_random_id(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        contact_id = everything_of_lisa(services)
        kept = ("decisions", "decision_actions", "exposures", "responses", "outcomes", "learning_log", "events")
        with services.store.read() as unit:
            before = {name: len(values_of(unit, name)) for name in kept}
            learnt = values_of(unit, "learning_log")
        erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
        with services.store.read() as unit:
            assert {name: len(values_of(unit, name)) for name in kept} == before
            assert values_of(unit, "learning_log") == learnt
            stand_ins = {
                row["customer_id"] for name in ("responses", "outcomes", "contacts") for row in values_of(unit, name)
            }
            events = unit.contacts.events_of(contact_id)
            stored = values_of(unit, "decisions")[-1]
        assert len(stand_ins) == 1
        assert len(events) == 15
        record = json.loads(stored["record"])
        assert record["customer_id"] in stand_ins
        assert (record["inputs"]["kwh_year"], record["inputs"]["bill_date"]) == (2400, None)
        explained = services.why.why(services.agent, stored["decision_id"], "de", "")
        assert [one.action_id for one in explained.shown] == record["slate"]


def test_the_answer_says_what_went_and_what_stays_and_why(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        answer = erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
    assert {one.table for one in answer.parts} == set(SUBJECT_TABLES)
    assert Counter(one.erasure for one in answer.parts if not one.rows) == Counter()
    assert "§ 7a UWG" in next(one.why for one in answer.parts if one.erasure is Erasure.RESTRICTED)
    assert "lisa" not in json.dumps(answer.to_json()).lower()


def test_nobody_is_contacted_by_the_proof_any_more(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
        question = MayContactQuestion(
            customer_id="c-lisa",
            contact_point="+4915112345678",
            purpose=ConsentPurpose.ADV_OWN,
            channel=ConsentChannel.PHONE,
        )
        permissions = PermissionService(services.store, services.catalogues, services.clock)
        answer = permissions.may_contact(services.portal, question)
    assert not answer.allowed
    assert [one.code for one in answer.reasons] == [MayContactCode.RESTRICTED]


def test_a_trial_changes_nothing_and_says_the_same(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        before = everything(services)
        tried = erasures(services).erase("dana", "K-104233", "Antrag vom 1. März", dry_run=True)
        assert everything(services) == before
        assert erasures(services).erase("dana", "K-104233", "Antrag vom 1. März").parts == tried.parts


def test_erased_again_it_erases_what_came_since_and_the_first_time_counts(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        first = erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
        with services.store.write() as unit:
            reading = Reading(services.clock.now, "anna", Role.AGENT, None, ReadBasis.REASON, "proof")
            unit.audit.add(reading, ["c-lisa", "c-jan"])
        again = erasures(services).erase("dana", "K-104233", "Nachtrag")
        assert {one.table: one.rows for one in again.parts if one.erasure is Erasure.UNLINKED and one.rows} == {
            "readings": 1
        }
        third = erasures(services).erase("dana", "K-104233", "Nachtrag")
        assert (first.nothing_left, again.nothing_left, third.nothing_left) == (False, False, True)
        with services.store.read() as unit:
            (kept,) = unit.subjects.erasures()
        assert (first.first, again.first, third.first) == (None, kept, kept)
        assert erasures(services).was_erased("K-104233") == kept
    assert kept.reason == "Antrag vom 1. März"


def test_an_import_can_ask_whether_somebody_was_erased(tmp_path: Path) -> None:
    with open_services(tmp_path) as services:
        found = erasures(services)
        assert found.was_erased("K-104233") is None
        found.erase("dana", "K-104233", "Antrag vom 1. März")
        erased = found.was_erased("k 104233")
        assert erased is not None
        assert (erased.actor, erased.counts["customers"]) == ("dana", 1)
        assert found.erase("dana", "K-104233", "noch einmal").parts == ()
        assert found.was_erased("K-104234") is None


def test_nobody_is_erased_by_mistake_or_without_a_reason(tmp_path: Path) -> None:
    with open_services(tmp_path) as services:
        for reason, error in (
            (" ", ReasonRequired),
            ("Frau Müller will es", InvalidMessage),
            ("K104233", InvalidMessage),
        ):
            with pytest.raises(error):
                erasures(services).erase("dana", "K-104233", reason)
        with pytest.raises(UnknownCustomer):
            erasures(services).erase("dana", "K-999999", "Antrag")
        with services.store.read() as unit:
            assert unit.customers.by_id("c-lisa") is not None


def test_who_lives_with_the_customer_keeps_what_is_his(tmp_path: Path) -> None:
    with open_services(tmp_path) as services:
        jans = in_call(services, "c-jan")
        shared = started("+493511234567", at=services.clock.now)
        services.contacts.start(services.agent, shared)
        own = started("+4915112345678", at=services.clock.now)
        services.contacts.start(services.agent, own)
        erasures(services).erase("dana", "K-104233", "Antrag vom 1. März")
        with services.store.read() as unit:
            numbers = {one: unit.contacts.by_id(one).number.raw for one in (shared.contact_id, own.contact_id)}  # type: ignore[union-attr]
            jan = unit.customers.by_id("c-jan")
            contact = unit.contacts.by_id(jans.contact_id)
    assert numbers == {shared.contact_id: "+493511234567", own.contact_id: ""}
    assert jan is not None
    assert contact is not None
    assert contact.number.e164 == "+4915112345678"


def test_the_id_of_a_customer_is_not_sought_within_other_words() -> None:
    body = json.dumps({"type": "caller_authenticated", "customer_id": "10", "level": "authenticated"})
    assert json.loads(body_without_identity(body, "1", "x"))["customer_id"] == "10"
    record = json.dumps({"customer_id": "1", "seed": "1 home 2026", "arm": "1", "inputs": {"kwh_year": 1}})
    assert json.loads(record_without_identity(record, "1", "x")) == {
        "customer_id": "x",
        "seed": "x home 2026",
        "arm": "1",
        "inputs": {"kwh_year": 1},
    }
