"""What other systems say of consents: double opt-in, withdrawal, correction, and what is not confirmed in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.consent.checking import verify
from nba_desktop.backend.consent.ledger import LedgerEntry, consent_facts, is_objected, statuses
from nba_desktop.backend.consent.reports import ConsentReports
from nba_desktop.backend.consent.states import point_state
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState, Role
from nba_desktop.contract.consent import ConsentReported
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW

EMAIL, PHONE = ConsentChannel.EMAIL, ConsentChannel.PHONE
MAIL = "lisa@example.org"
MACHINE = Caller("portal", "M-1", frozenset({Role.MACHINE}))
OFFICER = Caller("dana", "A-2", frozenset({Role.CONSENT_OFFICER}))
Event, State = ConsentEventType, ConsentState


@pytest.fixture
def reports(services: Services) -> ConsentReports:
    return ConsentReports(services.store, services.catalogues, services.clock)


def told(event: str, **changes: Any) -> ConsentReported:
    values: dict[str, Any] = {
        "event_id": new_id(),
        "source": "portal",
        "at": NOW,
        "customer_id": "c-lisa",
        "contact_point": MAIL,
        "purpose": "ADV_OWN",
        "channel": "EMAIL",
        "event": event,
        "manner": "email",
        "evidence_type": "doi_click" if event == "doi_confirmed" else "",
    }
    return ConsentReported(**values | changes)


def verdict(reports: ConsentReports, report: ConsentReported, caller: Caller = MACHINE) -> str:
    (one,) = reports.record(caller, [report]).verdicts
    return one.problem.code.value if one.problem else one.verdict


def say(services: Services, **changes: Any) -> LedgerEntry:
    values = {"channel": EMAIL, "contact_point": MAIL, "at": NOW - timedelta(days=3)}
    said = entry(**values | changes)
    with services.store.write() as unit:
        unit.consents.append(said)
    return said


def ledger(services: Services) -> tuple[LedgerEntry, ...]:
    with services.store.read() as unit:
        assert verify(unit.consents.batches(), unit.consents.end()).broken_at is None
        return unit.consents.of_customer("c-lisa")


def state(services: Services) -> ConsentState:
    return point_state(ledger(services), MAIL, ConsentPurpose.ADV_OWN, EMAIL).state


def test_a_double_opt_in_is_sent_and_confirmed(services: Services, reports: ConsentReports) -> None:
    given = say(services)
    assert verdict(reports, told("doi_sent")) == "accepted"
    assert state(services) is State.PENDING_CONFIRMATION
    assert verdict(reports, told("doi_confirmed", evidence_ref="mail-7")) == "accepted"
    assert state(services) is State.GRANTED
    last = ledger(services)[-1]
    assert (last.evidence_type, last.evidence_ref, last.source_system) == ("doi_click", "mail-7", "portal")
    assert (last.wording_id, last.wording_sha256) == (given.wording_id, given.wording_sha256)
    (status,) = statuses(ledger(services), ())
    assert (status.state, status.weak_proof) == (State.GRANTED, False)


def test_what_is_confirmed_is_not_confirmed_again(services: Services, reports: ConsentReports) -> None:
    say(services)
    assert verdict(reports, told("doi_confirmed")) == "accepted"
    for event in ("doi_sent", "doi_confirmed"):
        (one,) = reports.record(MACHINE, [told(event)]).verdicts
        assert one.problem is not None
        assert one.problem.detail == "the consent to that number or address is confirmed already"
    say(services, at=NOW)
    assert verdict(reports, told("doi_confirmed", at=NOW)) == "accepted"


def test_an_event_counts_once(services: Services, reports: ConsentReports) -> None:
    say(services)
    sent = told("doi_sent")
    assert [verdict(reports, sent) for _ in range(2)] == ["accepted", "duplicate"]
    assert verdict(reports, sent.model_copy(update={"note": "x"})) == "conflict"
    assert len(ledger(services)) == 2


def test_a_refused_event_leaves_the_others_alone(services: Services, reports: ConsentReports) -> None:
    say(services)
    batch = [told("doi_confirmed", contact_point="other@example.org"), told("doi_confirmed")]
    assert [one.verdict for one in reports.record(MACHINE, batch).verdicts] == ["refused", "accepted"]


@pytest.mark.parametrize("event", ["doi_sent", "doi_confirmed", "expired"])
def test_what_nobody_gave_is_not_confirmed(services: Services, reports: ConsentReports, event: str) -> None:
    assert verdict(reports, told(event)) == "consent_proof_missing"
    say(services, event=Event.GRANTED)
    say(services, event=Event.WITHDRAWN)
    assert verdict(reports, told(event)) == "consent_proof_missing"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"at": NOW + timedelta(hours=1)}, "invalid_message"),
        ({"at": NOW - timedelta(days=9)}, "invalid_message"),
        ({"evidence_type": ""}, "consent_proof_missing"),
        ({"customer_id": "c-nobody"}, "unknown_customer"),
        ({"customer_id": "c-ann"}, "consent_proof_missing"),
    ],
)
def test_a_confirmation_that_proves_nothing_is_refused(
    services: Services, reports: ConsentReports, changes: dict[str, Any], said: str
) -> None:
    say(services)
    assert verdict(reports, told("doi_confirmed", **changes)) == said


def test_a_withdrawal_or_objection_in_the_portal_counts_at_once(services: Services, reports: ConsentReports) -> None:
    say(services)
    assert verdict(reports, told("withdrawn", manner="portal")) == "accepted"
    assert state(services) is State.WITHDRAWN
    assert verdict(reports, told("objected", manner="portal", channel="ANY", contact_point="K-104233")) == "accepted"
    assert is_objected(ledger(services))


def test_the_consent_officer_alone_corrects(services: Services, reports: ConsentReports) -> None:
    wrong = say(services, event=Event.REFUSED)
    correction = told("corrected", corrects=wrong.event_id, manner="paper", note="other customer")
    assert verdict(reports, correction) == "forbidden"
    assert verdict(reports, correction, OFFICER) == "accepted"
    assert state(services) is State.NOT_ASKED
    assert consent_facts(ledger(services)).refused_at == {}
    again = told("corrected", corrects=wrong.event_id, manner="paper")
    assert verdict(reports, again, OFFICER) == "conflict"
    other = told("corrected", corrects=new_id(), manner="paper")
    assert verdict(reports, other, OFFICER) == "consent_proof_missing"
    elsewhere = told("corrected", corrects=correction.event_id, manner="paper", channel="SMS")
    assert verdict(reports, elsewhere, OFFICER) == "invalid_message"


def test_a_correction_names_what_it_corrects_and_nothing_else_does() -> None:
    with pytest.raises(ValueError, match="corrects"):
        told("corrected")
    with pytest.raises(ValueError, match="corrects"):
        told("withdrawn", corrects=new_id())


def test_what_is_not_confirmed_in_time_expires(services: Services, reports: ConsentReports) -> None:
    say(services, at=NOW - timedelta(days=14))
    assert reports.expire(NOW) == 0
    assert reports.expire(NOW + timedelta(seconds=1)) == 1
    assert reports.expire(NOW + timedelta(days=9)) == 0
    assert state(services) is State.EXPIRED
    last = ledger(services)[-1]
    assert (last.event, last.source_system, last.recipient_code) == (Event.EXPIRED, "nba-desktop", "nba-desktop")
    # What comes after it proves nothing any more.
    assert verdict(reports, told("doi_confirmed")) == "consent_proof_missing"


def test_what_was_confirmed_or_given_anew_does_not_expire(services: Services, reports: ConsentReports) -> None:
    say(services, at=NOW - timedelta(days=30))
    say(services, at=NOW - timedelta(days=29), event=Event.DOI_CONFIRMED, evidence_type="doi_click")
    other = "new@example.org"
    say(services, at=NOW - timedelta(days=30), contact_point=other)
    say(services, at=NOW - timedelta(days=1), contact_point=other)
    say(services, at=NOW - timedelta(days=30), channel=PHONE, contact_point="+4915112345678")
    assert reports.expire(NOW) == 0
