"""The backend as the panel asks it, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from nba_desktop.adapters.http_client import HttpClient
from nba_desktop.contract.base import Language
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import (
    BatchVerdict,
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactStarted,
    SpeakerNamed,
)
from nba_desktop.contract.feedback import OwnFeedback
from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.contract.journey import JourneyPage
from nba_desktop.contract.knowledge import KnowledgeBase

_NO_EVENT: Final = "call without a call event"
_OPENED_BY_CRM: Final = "opened from the CRM"


class HttpBackend(HttpClient):
    """Implements the port `Backend`."""

    def start_contact(self, event: ContactStarted) -> ContactView:
        """Begin a contact; everything the panel shows of it."""
        return self.post("/v1/contacts", event.model_dump_json(), ContactView)

    def settle_caller(self, event: CallerAuthenticated) -> ContactView:
        """Tell who is calling."""
        return self.post(f"/v1/contacts/{event.contact_id}/caller", event.model_dump_json(), ContactView)

    def settle_concern(self, event: ConcernChosen | ConcernSolved) -> ContactView:
        """Tell the concern, or that it is solved or not."""
        return self.post(f"/v1/contacts/{event.contact_id}/concern", event.model_dump_json(), ContactView)

    def settle_situation(self, event: SpeakerNamed | CallFlagged) -> ContactView:
        """Tell who speaks for the customer, or what holds sales back."""
        return self.post(f"/v1/contacts/{event.contact_id}/situation", event.model_dump_json(), ContactView)

    def consent_proof(self, contact_id: UUID) -> ConsentProof:
        """What proves the consents of the contact's customer."""
        return self.get(f"/v1/contacts/{contact_id}/consents/proof", {}, ConsentProof)

    def today(self) -> AgentDay:
        """The agent's own contacts of this day."""
        return self.get("/v1/contacts/today", {}, AgentDay)

    def follow_ups(self, until: date, language: Language) -> FollowUps:
        """The agent's own open promises up to a day."""
        return self.get("/v1/follow-ups", {"until": until.isoformat(), "language": language}, FollowUps)

    def finish_follow_up(self, follow_up_id: UUID, language: Language) -> FollowUp:
        """Say that a promise was kept."""
        return self.post(f"/v1/follow-ups/{follow_up_id}/done", "", FollowUp, {"language": language})

    def follow_up_calendar(self, language: Language) -> bytes:
        """All open promises as a calendar file."""
        return self.get_file("/v1/follow-ups.ics", {"language": language})

    def own_feedback(self, language: Language) -> OwnFeedback:
        """What the agent said against recommendations, with the answers."""
        return self.get("/v1/feedback/mine", {"language": language}, OwnFeedback)

    def journey(self, contact_id: UUID, before: str, limit: int) -> JourneyPage:
        """At most `limit` touchpoints before the one with the id `before`, newest first."""
        query = {"before": before, "limit": str(limit)}
        return self.get(f"/v1/contacts/{contact_id}/journey", query, JourneyPage)

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        """Search a customer within a contact; without one the reason is that a call came without an event."""
        why = {"reason": _NO_EVENT} if contact_id is None else {"contact_id": str(contact_id)}
        return self.get("/v1/customers", {"q": query, **why}, SearchAnswer)

    def look_up(self, customer_no: str) -> SearchAnswer:
        """Search for whom the CRM has named; that is the reason."""
        return self.get("/v1/customers", {"q": customer_no, "reason": _OPENED_BY_CRM}, SearchAnswer)

    def catalogue(self, language: Language) -> CatalogueHead:
        """The site's contact reasons."""
        return self.get("/v1/catalogue", {"language": language}, CatalogueHead)

    def knowledge(self, language: Language) -> KnowledgeBase:
        """All further information of the catalogue."""
        return self.get("/v1/catalogue/knowledge", {"language": language}, KnowledgeBase)

    def send(self, events_json: tuple[str, ...]) -> BatchVerdict:
        """Send stored events (each one JSON object) in this order."""
        return self.post("/v1/events", '{"events":[' + ",".join(events_json) + "]}", BatchVerdict)
