"""A panel is lent to the next test only when nothing is left in it of the one before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nba_desktop.domain.key_map import KeyMap
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.window import PanelWindow
from tests.fakes import states
from tests.widget.ui.lending import Lent


def has_same_twice(panels: Lent[PanelWindow], formats: Formats, use: Callable[[PanelWindow], object]) -> bool:
    with panels.lent(formats) as panel:
        use(panel)
    with panels.lent(formats) as another:
        return another is panel


@pytest.mark.parametrize(
    "use",
    [
        lambda panel: panel.show_state(states.helmut("de")),
        lambda panel: panel.toggle_help(),
        lambda panel: panel.open_preferences(),
    ],
    ids=["call", "help", "preferences"],
)
def test_a_panel_that_looks_as_new_once_it_is_cleared_is_lent_again(
    panels: Lent[PanelWindow], german_formats: Formats, use: Callable[[PanelWindow], object]
) -> None:
    assert has_same_twice(panels, german_formats, use)


@pytest.mark.parametrize(
    "use",
    [
        lambda panel: panel.renew(Formats("de", states.now), Setup("de", keys=KeyMap())),
        lambda panel: panel.setContentsMargins(0, 30, 0, 0),
        lambda panel: panel.hide(),
    ],
    ids=["renewed", "margins", "hidden"],
)
def test_a_panel_that_is_not_as_it_was_is_not(
    panels: Lent[PanelWindow], german_formats: Formats, use: Callable[[PanelWindow], object]
) -> None:
    assert not has_same_twice(panels, german_formats, use)


def test_nobody_listens_any_more_to_a_panel_that_is_lent_again(
    panels: Lent[PanelWindow], german_formats: Formats
) -> None:
    heard: list[bool] = []
    assert has_same_twice(panels, german_formats, lambda panel: panel.due_toggled.connect(heard.append))
    with panels.lent(german_formats) as panel:
        QTest.keyClick(panel, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    assert heard == []
