"""Panel states as they come up in real calls, made by hand: Helmut as in the design picture, and the others."""

from __future__ import annotations

from tests.fakes.states.actions import fixed_price_action, instalment_action, maintenance_action
from tests.fakes.states.contacts import (
    contact_of,
    helmut,
    helmut_contact,
    loading_contact,
    panel,
    with_blocks,
)
from tests.fakes.states.customers import helmut_candidate, helmut_customer, helmut_value, neighbours
from tests.fakes.states.journeys import helmut_journey, older_touchpoints
from tests.fakes.states.moments import (
    ANSWERED,
    BERLIN,
    CONTACT,
    DECISION,
    HELMUT_NUMBER,
    NOW,
    interaction,
    now,
    second_interaction,
    utc,
)
from tests.fakes.states.situations import every_state
from tests.fakes.states.views import concerns, helmut_consents, helmut_decision, helmut_view, masked_view, no_decision

__all__ = [
    "ANSWERED",
    "BERLIN",
    "CONTACT",
    "DECISION",
    "HELMUT_NUMBER",
    "NOW",
    "concerns",
    "contact_of",
    "every_state",
    "fixed_price_action",
    "helmut",
    "helmut_candidate",
    "helmut_consents",
    "helmut_contact",
    "helmut_customer",
    "helmut_decision",
    "helmut_journey",
    "helmut_value",
    "helmut_view",
    "instalment_action",
    "interaction",
    "loading_contact",
    "maintenance_action",
    "masked_view",
    "neighbours",
    "no_decision",
    "now",
    "older_touchpoints",
    "panel",
    "second_interaction",
    "utc",
    "with_blocks",
]
