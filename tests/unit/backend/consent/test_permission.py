"""Other systems ask whether somebody may be contacted, and a use of his consent is kept with the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.consent.checking import verify
from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.consent.proof import ProofService
from nba_desktop.backend.consent.restriction import restrict
from nba_desktop.backend.errors import Conflict, Forbidden, UnknownCustomer
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentEventType, ConsentState, Role
from nba_desktop.contract.consent import ConsentUse, MayContactAnswer, MayContactCode, MayContactQuestion
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW
from tests.fakes.handed_calls import call

Code = MayContactCode
MACHINE = Caller("dialler", "M-1", frozenset({Role.MACHINE}))


@pytest.fixture
def permissions(services: Services) -> PermissionService:
    with services.store.write() as unit:
        for name in ("dialler", "dana"):
            ensure_agent(unit.access, name, NOW)
    return PermissionService(services.store, services.catalogues, services.clock)


def say(services: Services, *entries: LedgerEntry) -> None:
    with services.store.write() as unit:
        for one in entries:
            unit.consents.append(one)


def yes(**changes: Any) -> LedgerEntry:
    return entry(**{"evidence_type": "signed_paper", "at": NOW - timedelta(days=400)} | changes)


def asked(**changes: Any) -> MayContactQuestion:
    values: dict[str, Any] = {
        "customer_id": "c-lisa",
        "contact_point": "+4915112345678",
        "purpose": "ADV_OWN",
        "channel": "PHONE",
    }
    return MayContactQuestion(**values | changes)


def codes(answer: MayContactAnswer) -> list[MayContactCode]:
    return [one.code for one in answer.reasons]


def test_a_consent_allows_and_is_named(services: Services, permissions: PermissionService) -> None:
    given = yes()
    say(services, given)
    answer = permissions.may_contact(MACHINE, asked())
    assert (answer.allowed, answer.state, answer.consent_event_id) == (True, ConsentState.GRANTED, given.event_id)
    assert codes(answer) == [Code.CONSENT, Code.AGEING]
    assert answer.reasons[0].words == "Die Einwilligung liegt vor."
    assert answer.used_event_id is None
    english = permissions.may_contact(MACHINE, asked(language="en", customer_id=None, customer_no="k 104233"))
    assert english.reasons[0].words == "There is a consent."


def test_a_use_is_kept_in_the_ledger_once_and_keeps_the_consent_fresh(
    services: Services, permissions: PermissionService
) -> None:
    given = yes(campaign_id=None)
    say(services, given)
    use = ConsentUse(event_id=new_id(), campaign_id="autumn")
    for _ in range(2):
        answer = permissions.may_contact(MACHINE, asked(use=use))
        assert answer.used_event_id == use.event_id
    with services.store.read() as unit:
        _, used = unit.consents.of_customer("c-lisa")
        assert verify(unit.consents.batches(), unit.consents.end()).broken_at is None
    assert (used.event, used.campaign_id, used.at, used.manner) == (
        ConsentEventType.USED,
        "autumn",
        NOW,
        "outbound_call",
    )
    assert (used.wording_id, used.wording_sha256, used.evidence_ref) == (
        given.wording_id,
        given.wording_sha256,
        str(given.event_id),
    )
    assert (used.recipient_code, used.contact_point) == ("M-1", "+4915112345678")
    assert codes(permissions.may_contact(MACHINE, asked())) == [Code.CONSENT]


def test_what_is_refused_or_needs_no_consent_is_no_use_of_one(
    services: Services, permissions: PermissionService
) -> None:
    use = ConsentUse(event_id=new_id(), call_id=new_id())
    refused = permissions.may_contact(MACHINE, asked(use=use))
    letter = permissions.may_contact(
        MACHINE, asked(use=use, channel="POST", contact_point="Lindenweg 12, 01067 Dresden")
    )
    assert (refused.allowed, refused.used_event_id) == (False, None)
    assert (codes(letter), letter.used_event_id) == ([Code.LEGITIMATE_INTEREST], None)
    with services.store.read() as unit:
        assert unit.consents.of_customer("c-lisa") == ()


def test_one_id_is_not_used_for_two_things(services: Services, permissions: PermissionService) -> None:
    say(services, yes())
    use = ConsentUse(event_id=new_id(), campaign_id="autumn")
    permissions.may_contact(MACHINE, asked(use=use))
    with pytest.raises(Conflict):
        permissions.may_contact(MACHINE, asked(use=use.model_copy(update={"campaign_id": "spring"})))


def test_a_use_names_what_it_is_for() -> None:
    with pytest.raises(ValueError, match="campaign_id"):
        ConsentUse(event_id=new_id())


def test_another_persons_consent_at_the_same_number_is_none_for_him(
    services: Services, permissions: PermissionService
) -> None:
    # Jan and Lisa share the number at home.
    home = "+493511234567"
    say(services, yes(contact_point=home))
    assert permissions.may_contact(MACHINE, asked(contact_point=home)).allowed
    jan = permissions.may_contact(MACHINE, asked(contact_point=home, customer_id="c-jan"))
    assert codes(jan) == [Code.NOT_ASKED, Code.ANOTHER_PERSONS_CONSENT]


def test_nobody_in_particular_is_said(permissions: PermissionService) -> None:
    with pytest.raises(UnknownCustomer):
        permissions.may_contact(MACHINE, asked(customer_id="c-nobody"))
    with pytest.raises(ValueError, match="either by"):
        asked(customer_no="K-104233")


def test_a_persons_questions_are_kept_and_a_machines_once_a_day(
    services: Services, permissions: PermissionService
) -> None:
    for caller in (MACHINE, Caller("dana", "A-2", frozenset({Role.CONSENT_OFFICER}))):
        for _ in range(2):
            permissions.may_contact(caller, asked())
    services.clock.now += timedelta(days=1)
    permissions.may_contact(MACHINE, asked())
    assert [(row.agent_id, row.basis, row.customer_id) for row in kept(services.store)] == [
        ("dialler", "system", "c-lisa"),
        *[("dana", "duty", "c-lisa")] * 2,
        ("dialler", "system", "c-lisa"),
    ]


def test_who_was_erased_is_not_contacted_and_his_proof_is_restricted(
    services: Services, permissions: PermissionService
) -> None:
    say(services, yes())
    desk = call(services, services.agent)
    desk.settles()
    with services.store.write() as unit:
        assert restrict(unit, "c-lisa", NOW)
        assert not restrict(unit, "c-lisa", NOW)
        assert not restrict(unit, "c-ann", NOW)
        restriction = unit.consents.restriction_of_number("K-104233")
        assert restriction is not None
        assert (restriction.customer_id, restriction.at) == ("c-lisa", NOW)
    answer = permissions.may_contact(MACHINE, asked())
    assert (codes(answer), answer.state) == ([Code.RESTRICTED], None)
    with pytest.raises(Forbidden, match="consent officer"):
        ProofService(services.store, services.catalogues, services.clock).of_contact(desk.caller, desk.start.contact_id)


def test_of_an_erased_customer_without_a_record_the_answer_is_still_no(
    services: Services, permissions: PermissionService
) -> None:
    say(services, yes(customer_id="c-gone"))
    with services.store.write() as unit:
        restrict(unit, "c-gone", NOW)
    assert codes(permissions.may_contact(MACHINE, asked(customer_id="c-gone"))) == [Code.RESTRICTED]
