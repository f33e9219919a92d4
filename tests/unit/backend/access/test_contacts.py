"""How long a contact opens its customer is the site's word, and the server's clock counts it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.access.contacts import LONGEST_CONTACT, is_open
from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import ContactEnded
from tests.fakes.backend_calls import tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE, started

AFTER = timedelta(minutes=5)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    catalogue = tmp_path / "catalogue.yaml"
    words = PORTAL_CATALOGUE.read_text(encoding="utf-8") + "\ndata_protection:\n  after_call_minutes: 5\n"
    catalogue.write_text(words, encoding="utf-8")
    with open_services(tmp_path, catalogue) as opened:
        yield opened


@pytest.mark.parametrize("workstation", [NOW, NOW - timedelta(days=365), NOW + timedelta(days=365)])
def test_a_contact_is_open_until_the_sites_minutes_have_passed(services: Services, workstation: datetime) -> None:
    start = started(at=workstation)
    services.contacts.start(services.agent, start)

    def opens(at: datetime) -> bool:
        with services.store.read() as unit:
            return is_open(unit, services.catalogues, start.contact_id, at)

    assert opens(NOW + LONGEST_CONTACT - timedelta(seconds=1))
    assert not opens(NOW + LONGEST_CONTACT)
    end = {"event_id": new_id(), "contact_id": start.contact_id, "seq": 2, "at": workstation}
    services.clock.now = NOW + timedelta(hours=1)
    assert tell(services, ContactEnded(**end, cause="normal", duration_s=9)) == ["accepted"]
    # Said again later, it does not end later.
    services.clock.now += timedelta(hours=1)
    again = end | {"event_id": new_id(), "seq": 3}
    assert tell(services, ContactEnded(**again, cause="normal", duration_s=9)) == ["accepted"]
    over = NOW + timedelta(hours=1) + AFTER
    assert opens(over - timedelta(seconds=1))
    assert not opens(over)
