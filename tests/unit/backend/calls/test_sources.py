"""The server knows its sources a little later than the store does, and goes on knowing them without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from nba_desktop.backend.calls.source import Source
from nba_desktop.backend.calls.sources import FRESH_FOR_S, KnownSources, SourceService
from nba_desktop.backend.errors import StoreUnavailable
from tests.fakes.hub_calls import source_of


class FakeService:
    def __init__(self) -> None:
        self.asked = 0
        self.stored: Mapping[str, Source] | None = {"pbx": source_of("zammad")}

    def sources(self) -> Mapping[str, Source]:
        self.asked += 1
        if self.stored is None:
            raise StoreUnavailable("the store is busy with another write")
        return self.stored


class Known:
    def __init__(self) -> None:
        self.service = FakeService()
        self.now = 0.0
        self.sources = KnownSources(cast(SourceService, self.service), lambda: self.now)

    def get(self, name: str) -> Source | None:
        if not self.sources.is_fresh:
            self.sources.refresh()
        return self.sources.get(name)


def test_the_store_is_asked_again_after_some_seconds_whoever_knocks() -> None:
    known = Known()
    assert known.get("pbx") is not None
    for name in ("pbx", "nobody", "nobody else"):
        known.get(name)
    assert known.service.asked == 1
    known.service.stored = {}
    assert known.get("pbx") is not None
    known.now = FRESH_FOR_S
    assert known.get("pbx") is None
    assert known.service.asked == 2


@pytest.mark.expected_log(r"the telephone systems stay as they were: the store is busy")
def test_calls_go_on_while_the_store_does_not_answer() -> None:
    known = Known()
    known.get("pbx")
    known.service.stored = None
    known.now = FRESH_FOR_S
    assert known.get("pbx") is not None
    assert known.service.asked == 2


def test_a_store_that_never_answered_is_said_to_be_away() -> None:
    known = Known()
    known.service.stored = None
    with pytest.raises(StoreUnavailable):
        known.get("pbx")
