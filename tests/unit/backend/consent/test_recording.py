"""What a customer says about consents goes into the ledger when it can be proved, and only then."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from nba_desktop.backend.consent.ledger import BEGINNING, LedgerEntry, LedgerHead
from nba_desktop.backend.consent.wording import register_wordings
from nba_desktop.backend.model import Phone
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose
from nba_desktop.contract.events import ConsentRecorded
from tests.fakes.backend_ledger import checked
from tests.fakes.backend_services import WORDINGS, Services
from tests.fakes.backend_site import LISA, NOW, authenticated, started

pytestmark = pytest.mark.usefixtures("each_store")

CALLS, MAIL = WORDINGS["de"]
Event = ConsentEventType


def begin(
    services: Services,
    number: str | None = "+4915112345678",
    customer: str = "c-lisa",
    level: AuthLevel | None = AuthLevel.AUTHENTICATED,
    **changes: Any,
) -> UUID:
    start = started(number, **changes)
    services.contacts.start(services.agent, start)
    if level is not None:
        items = ("customer_no", "birth_date") if level is AuthLevel.AUTHENTICATED else ()
        caller = authenticated(start.contact_id, customer, level=level, items_passed=items)
        services.contacts.step(services.agent, start.contact_id, caller)
    return start.contact_id


def said(contact_id: UUID, event: ConsentEventType = Event.GRANTED, **changes: Any) -> ConsentRecorded:
    values: dict[str, Any] = {
        "event_id": new_id(),
        "contact_id": contact_id,
        "seq": 5,
        "at": NOW,
        "customer_id": "c-lisa",
        "purpose": ConsentPurpose.ADV_OWN,
        "channel": ConsentChannel.PHONE,
        "event": event,
        "wording_id": CALLS.wording_id,
        "wording_sha256": CALLS.text_sha256,
        "read_aloud_confirmed": True,
        "customer_words": "Ja, gern",
    }
    return ConsentRecorded(**values | changes)


def verdict(services: Services, event: ConsentRecorded) -> str:
    (one,) = services.events.record(services.agent, [event]).verdicts
    return one.problem.code.value if one.problem else one.verdict


def ledger(services: Services) -> tuple[list[LedgerEntry], LedgerHead]:
    with services.store.read() as unit:
        known = {one.event_id: one for who in unit.consents.customer_ids() for one in unit.consents.of_customer(who)}
        head = unit.consents.end()
    assert head is not None
    return sorted(known.values(), key=lambda one: one.position), head


def test_a_yes_is_kept_with_everything_that_proves_it(services: Services) -> None:
    contact_id = begin(services)
    event = said(contact_id)
    assert verdict(services, event) == "accepted"
    (one,), _ = ledger(services)
    assert one.event_id == event.event_id
    assert (one.person_first_name, one.person_last_name) == ("Lisa", "Müller")
    assert one.postal_address == "Lindenweg 12, 01067 Dresden"
    assert one.contact_point == "+4915112345678"
    assert (one.at, one.at_local) == (NOW, "2026-03-12T10:30:00+01:00")
    assert (one.manner, one.call_id) == ("inbound_call", contact_id)
    assert one.recipient_code == services.agent.recipient_code
    assert one.authenticated_level is AuthLevel.AUTHENTICATED
    assert (one.wording_id, one.wording_sha256) == (CALLS.wording_id, CALLS.text_sha256)
    assert (one.read_aloud_confirmed, one.customer_words) == (True, "Ja, gern")
    assert (one.evidence_type, one.source_system) == ("agent_record", "nba-desktop")


def test_the_agents_name_is_not_in_the_proof(services: Services) -> None:
    verdict(services, said(begin(services)))
    (one,), _ = ledger(services)
    assert services.agent.agent_id not in {str(value) for value in (one.recipient_code, one.note, one.evidence_ref)}


@pytest.mark.parametrize("event", [Event.GRANTED, Event.REFUSED])
@pytest.mark.parametrize(
    "changes",
    [
        {"read_aloud_confirmed": False},
        {"wording_id": None},
        {"wording_sha256": None},
        {"wording_sha256": "f" * 64},
        {"wording_id": "OTHER.de.v1"},
        {"purpose": ConsentPurpose.RESEARCH},
        {"channel": ConsentChannel.EMAIL},
        {"wording_id": WORDINGS["en"][0].wording_id, "wording_sha256": WORDINGS["en"][0].text_sha256},
    ],
)
def test_an_answer_without_its_proof_is_refused(
    services: Services, event: ConsentEventType, changes: dict[str, Any]
) -> None:
    assert verdict(services, said(begin(services), event, **changes)) == "consent_proof_missing"
    assert ledger(services) == ([], BEGINNING)


@pytest.mark.parametrize("event", [Event.GRANTED, Event.REFUSED, Event.OBJECTION_LIFTED])
@pytest.mark.parametrize("level", [None, AuthLevel.IDENTIFIED])
def test_who_is_not_authenticated_gives_and_denies_nothing(
    services: Services, event: ConsentEventType, level: AuthLevel | None
) -> None:
    assert verdict(services, said(begin(services, level=level), event)) == "consent_proof_missing"


def test_an_objection_is_lifted_only_with_the_customers_words(services: Services) -> None:
    contact_id = begin(services)
    assert verdict(services, said(contact_id, Event.OBJECTION_LIFTED, customer_words=" ")) == "consent_proof_missing"
    words = "Doch, bitte wieder Angebote"
    assert verdict(services, said(contact_id, Event.OBJECTION_LIFTED, customer_words=words)) == "accepted"


@pytest.mark.parametrize("event", [Event.WITHDRAWN, Event.OBJECTED])
def test_a_withdrawal_or_objection_counts_at_once(services: Services, event: ConsentEventType) -> None:
    contact_id = begin(services, level=AuthLevel.IDENTIFIED)
    bare = said(contact_id, event, wording_id=None, wording_sha256=None, read_aloud_confirmed=False)
    assert verdict(services, bare) == "accepted"


@pytest.mark.parametrize("event", [Event.DOI_SENT, Event.DOI_CONFIRMED, Event.USED, Event.EXPIRED, Event.CORRECTED])
def test_what_other_systems_say_an_agent_cannot_say(services: Services, event: ConsentEventType) -> None:
    assert verdict(services, said(begin(services), event)) == "forbidden"


def test_a_consent_of_another_customer_is_refused(services: Services) -> None:
    assert verdict(services, said(begin(services), customer_id="c-ann")) == "conflict"
    assert verdict(services, said(begin(services, level=None), Event.WITHDRAWN, customer_id="c-no")) == (
        "unknown_customer"
    )


def test_the_caller_at_the_moment_of_the_consent_counts(services: Services) -> None:
    contact_id = begin(services)
    corrected = authenticated(contact_id, seq=9, level=AuthLevel.NONE, items_passed=())
    services.contacts.step(services.agent, contact_id, corrected)
    assert verdict(services, said(contact_id, seq=5)) == "accepted"
    assert verdict(services, said(contact_id, seq=10)) == "consent_proof_missing"


@pytest.mark.parametrize(
    ("number", "channel", "point"),
    [
        ("+493511234567", ConsentChannel.PHONE, "+493511234567"),
        ("+4930111111", ConsentChannel.PHONE, LISA.phones[0].e164),
        (None, ConsentChannel.SMS, LISA.phones[0].e164),
        (None, ConsentChannel.EMAIL, "lisa@example.org"),
    ],
)
def test_a_consent_is_for_a_number_or_an_address(
    services: Services, number: str | None, channel: ConsentChannel, point: str
) -> None:
    wording = MAIL if channel is ConsentChannel.EMAIL else CALLS
    event = said(
        begin(services, number),
        channel=channel,
        wording_id=wording.wording_id,
        wording_sha256=wording.text_sha256,
    )
    assert verdict(services, event) == "accepted"
    (one,), _ = ledger(services)
    assert one.contact_point == point


def test_a_yes_to_mail_without_an_address_cannot_be_proved(services: Services) -> None:
    contact_id = begin(services, "+493511234567", "c-jan")
    mail: dict[str, Any] = {
        "channel": ConsentChannel.EMAIL,
        "wording_id": MAIL.wording_id,
        "wording_sha256": MAIL.text_sha256,
    }
    assert verdict(services, said(contact_id, customer_id="c-jan", **mail)) == "consent_proof_missing"
    assert verdict(services, said(contact_id, Event.REFUSED, customer_id="c-jan", **mail)) == "accepted"


def test_the_number_of_the_call_is_only_used_when_it_is_the_customers(services: Services) -> None:
    assert Phone("+4930111111", "phone_home") not in LISA.phones


def test_an_outbound_call_is_named_as_one(services: Services) -> None:
    verdict(services, said(begin(services, direction="outbound")))
    (one,), _ = ledger(services)
    assert one.manner == "outbound_call"


def test_a_wording_of_before_counts_for_calls_that_began_with_it(services: Services) -> None:
    contact_id = begin(services)
    with services.store.write() as unit:
        register_wordings(unit.consents, (MAIL, *WORDINGS["en"]), NOW + timedelta(minutes=5))
    assert verdict(services, said(contact_id)) == "accepted"
    later = begin(services, at=NOW + timedelta(minutes=10))
    assert verdict(services, said(later)) == "consent_proof_missing"


def test_the_view_shows_what_was_said(services: Services) -> None:
    contact_id = begin(services)
    verdict(services, said(contact_id))
    view = services.contacts.step(services.agent, contact_id, authenticated(contact_id, seq=6))
    assert view.consents is not None
    status = {(one.channel): (one.state.value, one.weak_proof) for one in view.consents.statuses}
    assert status[ConsentChannel.PHONE] == ("GRANTED", True)


def test_writers_at_the_same_time_make_one_chain(services: Services) -> None:
    contact_ids = [begin(services) for _ in range(4)]
    results: list[str] = []

    def write(contact_id: UUID) -> None:
        results.extend(verdict(services, said(contact_id, seq=seq)) for seq in range(5, 15))

    threads = [threading.Thread(target=write, args=(contact_id,)) for contact_id in contact_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    entries, head = ledger(services)
    assert results == ["accepted"] * 40
    assert [one.position for one in entries] == list(range(1, 41))
    assert checked(entries, head).broken_at is None


def test_a_change_in_the_database_is_found(services: Services) -> None:
    contact_id = begin(services)
    for seq in (5, 6, 7):
        verdict(services, said(contact_id, seq=seq))
    with services.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE consent_events SET customer_words = 'Nein' WHERE position = 2")
    entries, head = ledger(services)
    assert checked(entries, head).broken_at == 2
