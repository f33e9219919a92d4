"""The one answer that fills the panel."""

from __future__ import annotations

from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Language
from nba_desktop.contract.codes import AuthLevel, CallFlag, Speaker
from nba_desktop.contract.consent import Consents
from nba_desktop.contract.customer import Customer, CustomerValue, Identification
from nba_desktop.contract.handover import Handover
from nba_desktop.contract.journey import JourneyHead, ProbableConcern
from nba_desktop.contract.recommendation import Decision


class Concern(Answer):
    """A contact reason the site knows, with the words it is also found by."""

    code: Code
    label: str
    synonyms: tuple[str, ...] = ()


class ContactView(Answer):
    """Everything the panel shows of a contact.

    Below `authenticated`, `customer`, `value`, `journey` and `consents` are None, `concerns` is empty and the
    decision says `not_authenticated`: those data do not leave the backend. Where a representative speaks, `value` is
    None too, and the consents may not be asked. `flags` hold those of the data and those of the agent.
    """

    contact_id: UUID
    language: Language
    auth_level: AuthLevel
    identification: Identification
    customer_id: str | None = None
    speaker: Speaker = Speaker.CUSTOMER
    flags: tuple[CallFlag, ...] = ()
    handover: Handover | None = None
    customer: Customer | None = None
    value: CustomerValue | None = None
    journey: JourneyHead | None = None
    consents: Consents | None = None
    concerns: tuple[ProbableConcern, ...] = ()
    decision: Decision


class CatalogueHead(Answer):
    """What the panel keeps for the time when the backend is away: the site's contact reasons."""

    version: str
    language: Language
    concerns: tuple[Concern, ...]
