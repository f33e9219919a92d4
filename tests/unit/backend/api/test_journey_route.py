"""The whole journey over HTTP."""

from __future__ import annotations

from nba_desktop.contract.journey import JourneyPage
from tests.fakes.backend_site import authenticated, started
from tests.unit.backend.api.conftest import Backend


def test_a_journey_is_read_page_by_page_and_only_once_its_customer_is_authenticated(backend: Backend) -> None:
    start = started("+4915112345678")
    path = f"/v1/contacts/{start.contact_id}/journey"
    backend.agent.post("/v1/contacts", start)
    assert backend.agent.send("GET", path).status_code == 403
    backend.agent.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id))

    page = JourneyPage.model_validate(backend.agent.send("GET", path, params={"limit": 2}).json())
    assert ([one.touchpoint_id for one in page.touchpoints], page.more) == (["t-3", "t-2"], True)
    rest = backend.agent.send("GET", path, params={"before": "t-2", "limit": 2}).json()
    assert ([one["touchpoint_id"] for one in rest["touchpoints"]], rest["more"]) == (["t-1"], False)
    for query in ({"limit": 0}, {"limit": 1001}, {"before": ""}, {"before": "unknown"}):
        assert backend.agent.send("GET", path, params=query).status_code == 422
