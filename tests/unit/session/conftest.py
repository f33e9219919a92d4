"""The desk that every test of the session works at."""

from __future__ import annotations

import pytest

from tests.fakes.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def solved(desk: Desk) -> Desk:
    """An authenticated caller whose concern is solved; the first action is chosen."""
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    return desk
