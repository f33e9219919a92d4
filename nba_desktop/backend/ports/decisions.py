"""What was decided and what came of it, as the services ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.model import PastExposure, PastResponse
from nba_desktop.backend.rows.decisions import (
    DecisionRow,
    ExposureRow,
    LoggedAction,
    PortalDecisionRow,
    ResponseRow,
    StoredDecision,
)
from nba_desktop.contract.codes import OutcomeCode, ResponseCode


class DecisionStore(Protocol):
    """Decisions, exposure and responses."""

    def add(self, decision: DecisionRow) -> None:
        """Keep a decision."""

    def shown(self, decision_id: UUID, contact_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision of this contact, or None when there is no such decision."""

    def shown_teasers(self, decision_id: UUID) -> tuple[str, ...] | None:
        """Return the actions of a decision on teasers, or None when there is no such decision."""

    def add_exposures(self, exposures: Sequence[ExposureRow]) -> None:
        """Append exposure facts."""

    def add_response(self, response: ResponseRow) -> None:
        """Append a response or a counter-entry."""

    def response(self, event_id: UUID, contact_id: UUID) -> ResponseRow | None:
        """Return a response of this contact, or None."""

    def is_retracted(self, event_id: UUID) -> bool:
        """Say whether a response was taken back."""

    def past_responses(self, customer_id: str) -> tuple[PastResponse, ...]:
        """Return the customer's and his household's responses and outcomes that count, oldest first."""

    def past_exposures(
        self, customer_id: str, since: datetime, besides: UUID | None = None
    ) -> tuple[PastExposure, ...]:
        """Return what was shown or addressed to the customer since a moment, oldest first.

        Each counts once for a contact; the contact `besides` is left out: what is going on in it does not count against
        itself. A teaser that was seen was shown, once for its decision.
        """

    def add_shadow(self, decision_id: UUID, catalogue_version: str, record: str) -> None:
        """Keep what a version in shadow decided beside the decision that was shown."""

    def add_portal(self, decision: PortalDecisionRow) -> None:
        """Keep a decision on teasers."""

    def stored(self, decision_id: UUID) -> StoredDecision | None:
        """Return a decision of a call or of the portal, or None."""

    def codes(self, decision_id: UUID, action_id: str) -> tuple[ResponseCode | OutcomeCode, ...]:
        """Return the responses and outcomes that count for one recommendation, oldest first.

        Of a call those to the action under any of its decisions: they are one recommendation, made anew.
        """

    def same_call(self, decision_id: UUID) -> Sequence[UUID]:
        """Return the decisions of a decision's call for the same customer, oldest first; itself alone in the portal."""

    def answers(self, customer_id: str, action_id: str) -> Sequence[ResponseRow]:
        """Return a customer's responses to an action that count, within each call in their order."""

    def log(self, since: datetime, until: datetime) -> Iterable[StoredDecision]:
        """Return the decisions of calls made within [since, until), in order, a few at a time."""

    def logged_actions(self, decision_ids: Sequence[UUID]) -> Sequence[LoggedAction]:
        """Return the shown actions of some decisions with what became of them."""
