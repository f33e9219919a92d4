"""The lower half on the screen, gone again after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.theme import styled_at_the_end


@pytest.fixture
def lower(qapp: QApplication, formats: Formats) -> Iterator[LowerHalf]:
    """The lower half at its usual size."""
    with styled_at_the_end(qapp):
        widget = LowerHalf(formats)
    widget.resize(440, 568)
    widget.show()
    yield widget
    widget.close()
    # At once: a style sheet is applied to every widget that is still alive.
    delete(widget)
