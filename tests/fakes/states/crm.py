"""A site with a CRM: its addresses at the customer and his cases, and whom it names during a call."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.contract.base import Language
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.panel import PanelState
from tests.fakes.states.contacts import helmut_contact, panel

CUSTOMER_URL = "https://crm.example/c/K-104776"
CASE_URL = "https://crm.example/c/K-104776/V-88102"
NAMED = "K-318204"


def in_crm(language: Language = "de", url: str | None = CUSTOMER_URL) -> ContactState:
    """Helmut's call where the CRM shows him and his cases, and what he would rather have is known."""
    contact = helmut_contact(language)
    view = contact.view
    assert view is not None
    assert view.customer is not None
    assert view.journey is not None
    points = tuple(
        one.model_copy(update={"crm_url": CASE_URL if one.case_id and url else None})
        for one in view.journey.touchpoints
    )
    preferences = {"de": ("klärt es gern im Gespräch",), "en": ("likes to talk it over",)}[language]
    customer = view.customer.model_copy(update={"crm_url": url, "preferences": preferences})
    journey = view.journey.model_copy(update={"touchpoints": points})
    return replace(contact, view=view.model_copy(update={"customer": customer, "journey": journey}))


def crm_states(language: Language = "de") -> dict[str, PanelState]:
    """Each situation that a CRM brings about, by name."""
    return {"named_in_call": panel(language, replace(in_crm(language), named=NAMED))}
