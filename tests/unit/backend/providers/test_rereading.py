"""Another version of the catalogue has the providers read anew; a file that does not fit it changes nothing."""

from __future__ import annotations

import logging

import pytest

from nba_desktop.backend.catalogues.live import InForce
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors
from nba_desktop.backend.providers.entries import ProviderEntry
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.provider import Provider, Providers
from nba_desktop.backend.providers.rereading import Rereading
from tests.fakes.decisions import NOW, action_entry, made_catalogue


@pytest.mark.expected_log("the providers stay as they were")
def test_the_providers_of_a_later_version_are_asked_without_a_restart(caplog: pytest.LogCaptureFixture) -> None:
    first, second, third = (InForce(made_catalogue([action_entry("SALE")])) for _ in range(3))
    in_force, read = [first], []

    def read_for(version: InForce) -> Providers:
        read.append(version)
        if version is third:
            raise CatalogueErrors((CatalogueError("providers.yaml", 1, 1, "no other system can supply 'x'", ""),))
        entry = ProviderEntry.model_validate(
            {"name": "tariffs", "url": "https://x.example", "attributes": {"solar": "a"}}
        )
        return Providers(1, (Provider(entry, {}),))

    live = LiveFacts(Providers(), lambda _: lambda _told, _asked: pytest.fail("nobody is asked"), lambda: NOW)
    rereading = Rereading(live, lambda: in_force[0], read_for)
    rereading.turn()
    assert (read, live.asks_anybody) == ([], False)
    in_force[0] = second
    for _ in range(2):
        rereading.turn()
    assert (read, list(live.health())) == ([second], ["tariffs"])
    in_force[0] = third
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            rereading.turn()
    assert (read, list(live.health())) == ([second, third], ["tariffs"])
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "no other system can supply" in caplog.text
    live.close()
