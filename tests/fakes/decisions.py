"""Customers, requests and a small catalogue for the tests of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome, decide
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.protocols import LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings, Mode
from nba_desktop.backend.decisioning.loader import load_catalogue, load_catalogue_files
from nba_desktop.backend.decisioning.propensity import features_for, traits_of
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.model import (
    ConsentFacts,
    ContractRecord,
    CustomerRecord,
    PastResponse,
    Phone,
    TouchpointRecord,
    ValueRecord,
)
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import (
    ChurnClass,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ConsentState,
    ContactChannel,
    Experience,
    Stage,
    Trend,
    ValueClass,
)

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
SAMPLE_CATALOGUE = RESOURCES / "sample" / "catalogue"
SMALL_CATALOGUE = ROOT / "tests" / "unit" / "backend" / "decisioning" / "cases" / "catalogue.yaml"
NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2025, 11, 20)


@cache
def sample_catalogue() -> Catalogue:
    """The sample site's catalogue, read once: that takes longer than most tests."""
    return load_catalogue(SAMPLE_CATALOGUE)


def customer(facts: dict[str, Any] | None = None, **changes: Any) -> CustomerRecord:
    """A customer about whom nothing special is known, changed as a test needs it."""
    known: dict[str, Any] = {
        "customer_id": "c-1",
        "customer_no": "K-1",
        "salutation": "ms",
        "first_name": "Erika",
        "last_name": "Muster",
        "birth_date": date(1980, 5, 1),
        "street": "Gartenstraße 1",
        "postcode": "10115",
        "city": "Berlin",
        "since": date(2019, 1, 1),
        "language": "de",
        "household_id": "h-1",
        "email": "erika@example.org",
        "iban_last4": "1234",
        "meter_no": "M-1",
        "phones": (Phone("+493023125001", "phone_home"),),
        "contracts": (ContractRecord("S-1", "Strom", "electricity", date(2019, 1, 1)),),
        "value": ValueRecord(ValueClass.B, 600, 900, Trend.FLAT, TODAY, 10, ChurnClass.MEDIUM),
        "facts": facts or {},
    }
    return CustomerRecord(**{**known, **changes})


def request(who: CustomerRecord | None = None, **changes: Any) -> DecisionRequest:
    """A question about `who` (somebody, if nobody is given), authenticated, nothing said yet."""
    known: dict[str, Any] = {
        "customer": who or customer(),
        "authenticated": True,
        "touchpoints": (),
        "consents": ConsentFacts({}),
        "past": (),
        "now": NOW,
        "language": "de",
        "concern": None,
        "concern_solved": None,
    }
    return DecisionRequest(**{**known, **changes})


def model_for(catalogue: Catalogue, mode: Mode = "fixed") -> LearningModel:
    """A model of the catalogue's actions that has learnt nothing; the fixed one draws nothing either."""
    traits = [traits_of(action) for action in catalogue.actions]
    return make_model(LearningSettings(mode=mode), traits, features_for(catalogue))


def action_entry(action_id: str, kind: str = "sales", **changes: Any) -> dict[str, Any]:
    """An action as a campaign manager writes it, in a group named as its kind."""
    words = {"de": action_id, "en": action_id}
    given: dict[str, Any] = {
        "id": action_id,
        "kind": kind,
        "group": kind,
        "closing_form": "service_done",
        "minutes": 1,
        "base_rate": 0.3,
        "value": {"relative": 1.0},
        "title": words,
        "reason": words,
        "bridge": words,
        "steps": [{"id": "say", "text": words}],
        "responses": ["ACCEPTED_DONE", "DECLINED_NO_NEED"],
        "teaser": words,
    }
    if kind == "consent":
        given["consent_purpose"] = "ADV_OWN"
    return given | changes


def made_catalogue(actions: Sequence[dict[str, Any]], **site: Any) -> Catalogue:
    """A catalogue of these actions; `site` replaces or adds keys beside them."""
    groups = {one["group"]: one["kind"] for one in actions}
    content: dict[str, Any] = {
        "company": {"name": "Muster", "privacy_url": "muster.example", "address": "Am Markt 1, 01067 Dresden"},
        "timezone": "Europe/Berlin",
        "security": {"items": ["customer_no", "birth_date"], "required": 2},
        "concerns": [{"code": "bill", "label": {"de": "Rechnung", "en": "Bill"}}],
        "consent_wordings": [
            {
                "id": "ADV",
                "purpose": "ADV_OWN",
                "channels": ["PHONE"],
                "version": 1,
                "goods_and_services": {"de": "Strom", "en": "Electricity"},
                "text": {"de": "{company} {privacy_url}", "en": "{company} {privacy_url}"},
            }
        ],
        "cool_down": {"DECLINED_NO_NEED": 180},
        "groups": [{"id": name, "issue": kind, "label": {"de": name, "en": name}} for name, kind in groups.items()],
        "actions": list(actions),
    }
    return load_catalogue_files({"made.yaml": yaml.safe_dump(content | site, allow_unicode=True)})


def changed_catalogue(folder: Path, was: str, becomes: str) -> Catalogue:
    """The small catalogue with one place of its text changed."""
    text = SMALL_CATALOGUE.read_text("utf-8")
    assert was in text
    file = folder / "changed.yaml"
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    return load_catalogue(file)


def decided(catalogue: Catalogue, asked: DecisionRequest) -> DecisionOutcome:
    """What is decided by a model that has learnt nothing and tries nothing out."""
    return decide(catalogue, model_for(catalogue), asked)


def shown(outcome: DecisionOutcome) -> list[str]:
    """The ids of what is shown, best first."""
    return [one.action_id for one in outcome.recommendations]


def why_not(outcome: DecisionOutcome, action_id: str) -> tuple[Stage, str]:
    """The stage and the rule that removed an action; it must be there once."""
    found = [(one.stage, one.rule) for one in outcome.why_not if one.action_id == action_id]
    assert len(found) == 1
    return found[0]


def touchpoint(days_ago: float, kind: str, channel: str = "phone", **values: Any) -> TouchpointRecord:
    """A touchpoint some days before NOW; other keywords than the record's own are params."""
    own = {"experience", "case_id", "case_open", "media_break", "touchpoint_id"}
    params: Params = {name: value for name, value in values.items() if name not in own}
    given: dict[str, Any] = {name: value for name, value in values.items() if name in own}
    given["experience"] = Experience(given.get("experience", "neutral"))
    given.setdefault("touchpoint_id", f"t-{days_ago}-{kind}")
    return TouchpointRecord(
        customer_id="c-1",
        at=NOW - timedelta(days=days_ago),
        channel=ContactChannel(channel),
        type=kind,
        params=params,
        **given,
    )


def past(action_id: str, code: Any, days_ago: float) -> PastResponse:
    """A response some days before NOW."""
    return PastResponse(action_id, code, NOW - timedelta(days=days_ago))


def consent_facts(sample: SampleCustomer) -> ConsentFacts:
    """What a ledger with the sample's events would say."""
    states: dict[tuple[ConsentPurpose, ConsentChannel], ConsentState] = {}
    refused: dict[tuple[ConsentPurpose, ConsentChannel], datetime] = {}
    objected = False
    for one in sample.consents:
        key = (one.purpose, one.channel)
        match one.event:
            case ConsentEventType.GRANTED:
                needs_proof = one.channel in {ConsentChannel.EMAIL, ConsentChannel.SMS}
                states[key] = ConsentState.PENDING_CONFIRMATION if needs_proof else ConsentState.GRANTED
            case ConsentEventType.DOI_CONFIRMED:
                states[key] = ConsentState.GRANTED
            case ConsentEventType.REFUSED:
                states[key] = ConsentState.REFUSED
                refused[key] = one.at
            case ConsentEventType.OBJECTED:
                objected = True
    return ConsentFacts(states, objected, refused)


def sample_request(sample: SampleCustomer, **changes: Any) -> DecisionRequest:
    """The question about a sample customer, as the backend would put it."""
    known: dict[str, Any] = {
        "touchpoints": sample.touchpoints,
        "consents": consent_facts(sample),
        "past": sample.past,
        "language": sample.record.language,
    }
    return request(sample.record, **{**known, **changes})
