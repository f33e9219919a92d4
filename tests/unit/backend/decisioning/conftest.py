"""The small catalogue of these tests; a module about another one has a fixture of its own by that name."""

from __future__ import annotations

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue
from tests.fakes.decisions import SMALL_CATALOGUE


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(SMALL_CATALOGUE)
