"""The lower half on the screen, gone again after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shiboken6 import delete

from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.lower import LowerHalf


@pytest.fixture
def lower(formats: Formats) -> Iterator[LowerHalf]:
    """The lower half at its usual size."""
    widget = LowerHalf(formats)
    widget.resize(440, 568)
    widget.show()
    yield widget
    widget.close()
    # At once: a style sheet is applied to every widget that is still alive.
    delete(widget)
