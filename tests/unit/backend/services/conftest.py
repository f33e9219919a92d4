"""Services that decide with the real engine, by a catalogue in which nothing is left to chance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE


@pytest.fixture
def trusting(tmp_path: Path) -> Iterator[Services]:
    """A site that trusts its voice menu."""
    words = PORTAL_CATALOGUE.read_text(encoding="utf-8")
    catalogue = tmp_path / "trusting.yaml"
    catalogue.write_text(
        words.replace("  required: 2\n", "  required: 2\n  trust_voice_menu: true\n"), encoding="utf-8"
    )
    with open_services(tmp_path, catalogue) as opened:
        yield opened


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Services]:
    with open_services(tmp_path, PORTAL_CATALOGUE) as opened:
        yield opened
