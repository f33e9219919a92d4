"""The journey behind its head, over HTTP."""

from __future__ import annotations

from nba_desktop.adapters.http_backend import HttpBackend
from tests.fakes.journeys import journey_page, touchpoints
from tests.unit.adapters.events import CONTACT
from tests.unit.adapters.http_peer import says, serving


def test_a_page_of_the_journey_is_asked_by_where_it_begins() -> None:
    page = journey_page(CONTACT, touchpoints(5), "t-1", 2)
    with serving(says(200, page.model_dump_json())) as peer:
        assert HttpBackend(peer.url, "secret").journey(CONTACT, "t & 1", 2) == page
    assert peer.requests[0].path == f"/v1/contacts/{CONTACT}/journey?before=t+%26+1&limit=2"
