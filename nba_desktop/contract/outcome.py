"""What other systems say became of recommendations: the back office, the portal, the text form."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from nba_desktop.contract.base import Code, Moment, Said
from nba_desktop.contract.codes import OutcomeCode

MAX_OUTCOMES = 100

CustomerKey = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]


class OutcomeReported(Said):
    """One outcome, said by `source`; the event's id is the idempotency key.

    The customer is named by his id or by his number. Without `decision_id` the outcome belongs to the newest
    recommendation of the action that the customer accepted in a call; a teaser's outcome needs the id.
    `POST /v1/events` takes it too, and tells it from the facts of a contact by its `type`.
    """

    type: Literal["outcome_reported"] = "outcome_reported"
    event_id: UUID
    source: Code
    at: Moment
    customer_id: CustomerKey | None = None
    customer_no: CustomerKey | None = None
    decision_id: UUID | None = None
    action_id: Code
    code: OutcomeCode

    @model_validator(mode="after")
    def _one_customer(self) -> Self:
        if (self.customer_id is None) == (self.customer_no is None):
            raise ValueError("an outcome names the customer either by 'customer_id' or by 'customer_no'")
        return self


class OutcomeBatch(Said):
    """Outcomes of any number of customers; each gets a verdict of its own."""

    outcomes: Annotated[tuple[OutcomeReported, ...], Field(min_length=1, max_length=MAX_OUTCOMES)]
