"""What the faults' tests have in common."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

import pytest

LONG: Final = "NBA_LONG_TESTS"
"""The variable that has the tests run that are marked `long`."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get(LONG):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tell what was measured, for the table of `make test-faults`."""
    return lambda text: record_property("measured", text)
