"""The one answer that fills the panel, built from facts: pure, and masked before authentication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from nba_desktop.backend.arrivals.reading import Journey
from nba_desktop.backend.consent.ledger import LedgerEntry, consent_facts, is_objected
from nba_desktop.backend.consent.view import consents_view
from nba_desktop.backend.contacts.identification import Candidates, SecurityPolicy, identification
from nba_desktop.backend.contacts.state import ContactState
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.explanation import live_uses
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.deciding import Decided
from nba_desktop.backend.journey.cases import open_cases
from nba_desktop.backend.journey.concerns import SHOWN, probable_concerns
from nba_desktop.backend.journey.head import journey_head
from nba_desktop.backend.journey.media_breaks import media_breaks
from nba_desktop.backend.model import CustomerRecord, PastConcern, PastResponse
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import AuthLevel, CallFlag, QuietReason, Speaker
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Contract, Customer, CustomerValue, LastSpoken
from nba_desktop.contract.handover import Handover
from nba_desktop.contract.journey import JourneyHead, ProbableConcern
from nba_desktop.contract.recommendation import Decision


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """All that is known about a contact; what comes after `handover` is empty before authentication."""

    contact: ContactRecord
    state: ContactState
    candidates: Candidates
    failed_items: frozenset[tuple[str, str]] = frozenset()
    handover: Handover | None = None
    customer: CustomerRecord | None = None
    journey: Journey = field(default_factory=Journey)
    ledger: tuple[LedgerEntry, ...] = ()
    past: tuple[PastResponse, ...] = ()
    called_about: Sequence[PastConcern] = ()


def level_of(facts: ContactFacts) -> AuthLevel:
    """Return how sure we are: a match alone makes a candidate."""
    if facts.state.auth_level is AuthLevel.NONE and facts.candidates.found:
        return AuthLevel.CANDIDATE
    return facts.state.auth_level


def decision_request(facts: ContactFacts, now: datetime) -> DecisionRequest:
    """Return the question for this contact; without authentication it holds no history."""
    candidate = facts.candidates.found[0].customer if facts.candidates.found else None
    return DecisionRequest(
        customer=facts.customer or candidate,
        authenticated=facts.customer is not None,
        touchpoints=facts.journey.touchpoints,
        older=facts.journey.older,
        consents=consent_facts(facts.ledger),
        past=facts.past,
        now=now,
        language=facts.contact.language,
        concern=facts.state.concern,
        concern_solved=facts.state.concern_solved,
        flags=facts.state.flags,
        representative=facts.state.speaker is Speaker.REPRESENTATIVE,
    )


def contact_view(facts: ContactFacts, security: SecurityPolicy, decided: Decided) -> ContactView:
    """Return what the panel shows of the contact; wordings and days are those of the catalogue that decided."""
    contact, customer = facts.contact, facts.customer
    catalogue, outcome = decided.catalogue, decided.outcome
    here = decided.at.astimezone(catalogue.zone)
    level = level_of(facts)
    masked = ContactView(
        contact_id=contact.contact_id,
        language=contact.language,
        auth_level=level,
        identification=identification(contact, facts.candidates, level, security, facts.failed_items),
        customer_id=facts.state.customer_id,
        speaker=facts.state.speaker,
        flags=_flags(facts.state.flags, outcome.quiet_because),
        handover=facts.handover,
        decision=Decision(
            decision_id=decided.decision_id,
            decided_at=decided.at,
            catalogue_version=catalogue.version,
            recommendations=outcome.recommendations,
            why_not=outcome.why_not,
            none_because=outcome.none_because,
            quiet_because=outcome.quiet_because,
            live=live_uses(outcome.record),
        ),
    )
    by_another = facts.state.speaker is Speaker.REPRESENTATIVE
    if customer is None:
        return masked
    return masked.model_copy(
        update={
            "customer": _customer(facts, customer, decided),
            "value": None if by_another else _value(customer),
            "journey": _journey(facts, customer, catalogue, here),
            "consents": consents_view(
                facts.ledger,
                catalogue.wordings(customer.language),
                contact.contact_id,
                customer.open_complaint or CallFlag.COMPLAINT in facts.state.flags,
                decided.at,
                catalogue.zone,
                by_another,
            ),
            "concerns": _concerns(facts, customer, catalogue, here),
        }
    )


def _flags(noticed: frozenset[CallFlag], reasons: Sequence[QuietReason]) -> tuple[CallFlag, ...]:
    """What the agent noticed and what the data say."""
    said = {reason.value for reason in reasons}
    return tuple(flag for flag in CallFlag if flag in noticed or flag.value in said)


def _journey(facts: ContactFacts, customer: CustomerRecord, catalogue: Catalogue, here: datetime) -> JourneyHead:
    words, shown = catalogue.site_words(facts.contact.language), facts.journey.shown
    breaks = tuple(
        one.model_copy(update={"params": words.params(one.params)})
        for one in media_breaks(
            shown, here, catalogue.journey_rules, facts.called_about, facts.state.concern, facts.contact.language
        )
    )
    address = partial(catalogue.entry.crm.case_address, customer_no=customer.customer_no)
    return journey_head(shown, here, words, breaks, facts.journey.left_out, address)


def _concerns(
    facts: ContactFacts, customer: CustomerRecord, catalogue: Catalogue, here: datetime
) -> tuple[ProbableConcern, ...]:
    """What the call is probably about: first what it certainly was about at the colleague's."""
    known = {one.code for one in catalogue.entry.concerns}
    called_about = [one for one in facts.called_about if one.code in known]
    language = facts.contact.language
    words = catalogue.site_words(language)
    probable = tuple(
        one.model_copy(update={"params": words.params(one.params)})
        for one in probable_concerns(
            facts.journey.shown, customer.facts, here, called_about, catalogue.concern_rules(language)
        )
    )
    handover = facts.handover
    if handover is None or not handover.certain or handover.details is None or handover.details.concern is None:
        return probable
    handed = handover.details.concern
    params: Params = {"solved": handover.details.solved, "own": handover.own}
    first = ProbableConcern(code=handed, because="handed_over", params=params)
    return (first, *(one for one in probable if one.code != handed))[:SHOWN]


def _customer(facts: ContactFacts, customer: CustomerRecord, decided: Decided) -> Customer:
    spoken_with, spoken_at = customer.last_spoken_with, customer.last_spoken_at
    persona = decided.outcome.persona
    # What is known of himself goes before what is usual for people like him.
    usual = None if persona is None or customer.tone != "neutral" else persona.tone
    return Customer(
        customer_id=customer.customer_id,
        customer_no=customer.customer_no,
        salutation=customer.salutation,
        first_name=customer.first_name,
        last_name=customer.last_name,
        since=customer.since,
        language=customer.language,
        address_form=customer.address_form,
        tone=usual or customer.tone,
        documents_by=customer.documents_by,
        last_spoken=LastSpoken(agent_name=spoken_with, at=spoken_at) if spoken_with and spoken_at else None,
        contracts=tuple(
            Contract(
                contract_no=contract.contract_no,
                product=contract.product,
                commodity=contract.commodity,
                since=contract.since,
                ends=contract.ends,
            )
            for contract in customer.contracts
        ),
        open_cases=len(open_cases(facts.journey.shown)),
        open_complaint=customer.open_complaint,
        advertising_objection=is_objected(facts.ledger),
        preferences=() if persona is None else persona.preferences.into(facts.contact.language),
        crm_url=decided.catalogue.entry.crm.customer_address(customer.customer_no),
    )


def _value(customer: CustomerRecord) -> CustomerValue | None:
    value = customer.value
    if value is None:
        return None
    return CustomerValue(
        value_class=value.value_class,
        low_eur=value.low_eur,
        high_eur=value.high_eur,
        trend=value.trend,
        as_of=value.as_of,
        horizon_years=value.horizon_years,
        churn=value.churn,
    )
