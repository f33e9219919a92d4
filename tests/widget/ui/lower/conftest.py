"""The lower half on the screen, cleared after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.theme import styled_at_the_end
from tests.fakes import states
from tests.widget.ui.lending import Lent
from tests.widget.ui.looking import settle


def _show(lower: LowerHalf) -> None:
    lower.show()
    lower.activateWindow()


def _clear(lower: LowerHalf, formats: Formats) -> None:
    lower.setFocus()
    lower.set_compact(False)
    lower.set_row_compact(False)
    lower.show_state(None, states.panel(formats.language))
    lower.resize(440, 568)
    settle()


@pytest.fixture(scope="module")
def lowers(light_from_the_start: None, qapp: QApplication) -> Iterator[Lent[LowerHalf]]:
    """Lower halves at their usual size, each lent to one test after the other."""

    def made(formats: Formats) -> LowerHalf:
        with styled_at_the_end(qapp):
            lower = LowerHalf(formats)
        lower.resize(440, 568)
        return lower

    lent = Lent(made, _show, _clear, may_grow=False)
    yield lent
    lent.end()


@pytest.fixture
def lower(lowers: Lent[LowerHalf], formats: Formats) -> Iterator[LowerHalf]:
    """The lower half without a call."""
    with lowers.lent(formats) as widget:
        yield widget


@pytest.fixture
def new_lower(lowers: Lent[LowerHalf], formats: Formats) -> Iterator[LowerHalf]:
    """As `lower`, and nothing was ever shown in it."""
    lowers.end()
    with lowers.lent(formats) as widget:
        yield widget
