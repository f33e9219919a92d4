"""What a site's catalogue adds to the customer on the screen: where the CRM has him, and how to speak with him."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nba_desktop.backend.contacts.history import HistoryService
from tests.fakes.backend_services import open_services
from tests.fakes.backend_site import JOURNEY, LISA, PORTAL_CATALOGUE, authenticated, started

SITE = """
crm:
  customer_url: "https://crm.example/c/{customer_no}"
  case_url: "https://crm.example/c/{customer_no}/{case_id}"
customer_personas:
  - id: saver
    when: kwh_year < 3000
    tone: brief
    preferences: {de: ["lieber kurz"], en: ["rather short"]}
"""
WARM = replace(LISA, customer_id="c-warm", customer_no="K/9", tone="warm", contracts=(), phones=())
UNKNOWN = replace(WARM, customer_id="c-unknown", customer_no="K 8", tone="neutral", facts={})


def test_the_crm_and_the_manner_come_with_who_is_authenticated(tmp_path: Path) -> None:
    catalogue = tmp_path / "site.yaml"
    catalogue.write_text(PORTAL_CATALOGUE.read_text("utf-8") + SITE, "utf-8")
    contacts = [
        replace(JOURNEY[0], touchpoint_id="t-warm", customer_id="c-warm", case_id="V/1"),
        replace(JOURNEY[0], touchpoint_id="t-none", customer_id="c-warm", case_id=None),
    ]
    with open_services(tmp_path, catalogue) as services:
        with services.store.write() as unit:
            unit.customers.add([WARM, UNKNOWN], contacts)
        said, cases = {}, {}
        for customer_id in ("c-lisa", "c-warm", "c-unknown"):
            masked = services.contacts.start(services.agent, started("+4915112345678"))
            assert "crm.example" not in masked.model_dump_json()
            proved = authenticated(masked.contact_id, customer_id)
            view = services.contacts.step(services.agent, masked.contact_id, proved)
            assert view.customer is not None
            assert view.journey is not None
            assert "saver" not in view.model_dump_json()
            said[customer_id] = (view.customer.crm_url, view.customer.tone, view.customer.preferences)
            cases[customer_id] = {one.touchpoint_id: one.crm_url for one in view.journey.touchpoints}
            page = HistoryService(services.store, services.catalogues, services.clock).page(
                services.agent, masked.contact_id, None, 10
            )
            assert cases[customer_id] == {one.touchpoint_id: one.crm_url for one in page.touchpoints}
    assert said == {
        "c-lisa": ("https://crm.example/c/K-104233", "brief", ("lieber kurz",)),
        # What is known of the customer himself goes before what is usual.
        "c-warm": ("https://crm.example/c/K%2F9", "warm", ("lieber kurz",)),
        "c-unknown": ("https://crm.example/c/K%208", "neutral", ()),
    }
    assert cases["c-warm"] == {"t-warm": "https://crm.example/c/K%2F9/V%2F1", "t-none": None}
    assert set(cases["c-lisa"].values()) == {"https://crm.example/c/K-104233/case-1"}
