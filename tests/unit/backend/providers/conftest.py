"""The other systems of these tests: one server for each module, with nothing to say when a test begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.backend.providers.other_systems import OtherSystems, other_systems


@pytest.fixture(scope="module")
def server() -> Iterator[OtherSystems]:
    with other_systems() as opened:
        yield opened


@pytest.fixture
def systems(server: OtherSystems) -> OtherSystems:
    server.said.clear()
    server.asked.clear()
    return server
