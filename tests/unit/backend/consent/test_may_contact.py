"""Whether somebody may be contacted, case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import yaml

from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.may_contact import Campaign, Person, may_contact
from nba_desktop.backend.consent.permission import contact_points
from nba_desktop.backend.consent.reason_words import reason_words, state_words
from nba_desktop.backend.decisioning.entries.site import ContactRulesEntry
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import MayContactCode, Occasion
from tests.fakes.backend_ledger import chain, entry
from tests.fakes.backend_site import LISA, NOW

CASES = yaml.safe_load(Path(__file__).with_name("may_contact_cases.yaml").read_text(encoding="utf-8"))
BERLIN = ZoneInfo("Europe/Berlin")
MOBILE = "+4915112345678"


def _call(one: Mapping[str, Any]) -> UUID | None:
    return None if "call" not in one else UUID(int=one["call"])


def ledger(said: Sequence[Mapping[str, Any]]) -> list[LedgerEntry]:
    """What happened, as entries."""
    entries = []
    for number, one in enumerate(said, start=100):
        corrects = one.get("corrects")
        entries.append(
            entry(
                event_id=UUID(int=one.get("id", number)),
                event=ConsentEventType(one["event"]),
                purpose=ConsentPurpose(one.get("purpose", "ADV_OWN")),
                channel=ConsentChannel(one.get("channel", "PHONE")),
                contact_point=one.get("point", MOBILE),
                at=NOW - timedelta(days=one["days"]),
                evidence_type=one.get("evidence", "signed_paper"),
                corrects=None if corrects is None else UUID(int=corrects),
                call_id=_call(one),
            )
        )
    return chain(entries)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_whether_somebody_may_be_contacted(case: Mapping[str, Any]) -> None:
    said, asked = case.get("person", {}), case.get("asked", {})
    person = Person(
        ledger=ledger(case["ledger"]),
        points=contact_points(LISA),
        others=[ledger(one) for one in said.get("others", [])],
        restricted=said.get("restricted", False),
        from_sale=said.get("from_sale", False),
        told_of_objection=said.get("told", False),
        birth_date=said.get("born"),
    )
    found = may_contact(
        person,
        asked.get("point", MOBILE),
        Occasion(asked.get("purpose", "ADV_OWN")),
        ConsentChannel(asked.get("channel", "PHONE")),
        NOW,
        ContactRulesEntry(**case.get("rules", {})),
        BERLIN,
        Campaign(asked.get("similar_goods", False), asked.get("says_how_to_object", False)),
        _call(asked),
    )
    expected = case.get("allowed") or case["refused"]
    assert (found.allowed, [reason.value for reason in found.reasons]) == ("allowed" in case, expected)
    assert (found.by_consent is not None) == (MayContactCode.CONSENT in found.reasons)


def test_every_reason_is_met_in_a_case() -> None:
    assert {code for case in CASES for code in case.get("allowed") or case["refused"]} == {
        code.value for code in MayContactCode
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_reason_and_state_has_words(language: Any) -> None:
    sentences = [reason_words(code, language) for code in MayContactCode]
    assert all(one.endswith(".") for one in sentences)
    assert len(set(sentences)) == len(MayContactCode)
    assert len({state_words(state, language) for state in ConsentState}) == len(ConsentState)
