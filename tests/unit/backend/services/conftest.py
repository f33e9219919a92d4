"""Services that decide with the real engine, by a catalogue in which nothing is left to chance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Services]:
    with open_services(tmp_path, PORTAL_CATALOGUE) as opened:
        yield opened
