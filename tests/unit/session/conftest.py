"""The desk that every test of the session works at."""

from __future__ import annotations

import pytest

from tests.fakes.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()
