"""The site's page: plots, talk time, ways that lead to calls, and every value in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.review import Rate
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.review import ReviewState
from nba_desktop.domain.site_figures import SiteState
from nba_desktop.session.reviewing import Reviewing
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.choice import Choice
from nba_desktop.ui.team.plots import TrendPlot, scale
from nba_desktop.ui.team.site import SitePage
from nba_desktop.ui.team.weeks_table import WeeksTable
from nba_desktop.ui.team.window import SIZE, SMALLEST, TeamWindow
from nba_desktop.ui.theme import apply_theme
from tests.fakes.ports import FakeTasks
from tests.fakes.review import CHOICES, FakeReviewBackend
from tests.fakes.site import HALF_YEAR, LEFT_OUT, journey_flow, site_figures, talk_time
from tests.widget.ui.conftest import spoken
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, part, seen, sees, settle

NOW = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
READY = BlockState(BlockStatus.READY)
LOADING = BlockState(BlockStatus.LOADING)
FAILED = BlockState(BlockStatus.FAILED, FailureCode.OFFLINE)
FOUND = SiteState(
    opened=True,
    period=HALF_YEAR,
    weeks=site_figures(),
    weeks_block=READY,
    talk_time=talk_time(),
    talk_time_block=READY,
    flow=journey_flow(),
    flow_block=READY,
)
NO_WEEKS = site_figures().model_copy(update={"weeks": (), "left_out_weeks": 26})
SITUATIONS = {
    "coming": SiteState(opened=True, weeks_block=LOADING, talk_time_block=LOADING, flow_block=LOADING),
    "away": SiteState(opened=True, weeks_block=FAILED, talk_time_block=FAILED, flow_block=FAILED),
    "found": FOUND,
    "counting again": replace(FOUND, weeks_block=LOADING),
    "older": replace(FOUND, weeks_block=FAILED),
    "flow away": replace(FOUND, flow=None, flow_block=FAILED),
    "no weeks": replace(FOUND, weeks=NO_WEEKS),
    "no ways": replace(FOUND, flow=journey_flow().model_copy(update={"paths": (), "hidden": 0})),
}


def state_of(site: SiteState) -> ReviewState:
    return ReviewState(choices=CHOICES, choices_block=READY, team_id="dresden", site=site)


@pytest.fixture
def formats(language: Language, light: None) -> Formats:
    return Formats(language, lambda: NOW)


@pytest.fixture
def english_formats(qapp: QApplication, light: None) -> Iterator[Formats]:
    for language in spoken(qapp, "en"):
        yield Formats(language, lambda: NOW)


@pytest.fixture(params=[1.0, 2.0], ids=["100 %", "200 %"])
def text_scale(request: pytest.FixtureRequest, qapp: QApplication, light: None) -> Iterator[float]:
    apply_theme(qapp, Qt.ColorScheme.Light, request.param)
    yield request.param
    apply_theme(qapp, Qt.ColorScheme.Light)


def opened(qtbot: QtBot, formats: Formats, site: SiteState, size: tuple[int, int] = SIZE) -> TeamWindow:
    window = TeamWindow(formats)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show_state(state_of(site))
    window.show()
    settle()
    return window


def test_nothing_is_cut_off_or_nameless(qtbot: QtBot, formats: Formats, text_scale: float) -> None:
    window = opened(qtbot, formats, FOUND, SIZE if text_scale == 1.0 else SMALLEST)
    complaints = []
    for name, site in SITUATIONS.items():
        window.show_state(state_of(site))
        settle()
        complaints += [f"{name}: {what}" for what in (*cut_off(window), *nameless(window), *outside(window))]
    assert not complaints, "\n".join(complaints)


def test_every_situation_looks_different_in_both_themes(
    qtbot: QtBot, qapp: QApplication, english_formats: Formats
) -> None:
    window = opened(qtbot, english_formats, FOUND, (1200, 1700))
    pictures = {}
    for name, site in SITUATIONS.items():
        window.show_state(state_of(site))
        settle()
        pictures[name] = window.grab().toImage()
    window.show_state(state_of(FOUND))
    apply_theme(qapp, Qt.ColorScheme.Dark)
    settle()
    pictures["dark"] = window.grab().toImage()
    assert all(pictures[a] != pictures[b] for a in pictures for b in pictures if a < b)


def test_a_lead_turns_to_the_site_and_back_without_giving_a_reason(qtbot: QtBot, english_formats: Formats) -> None:
    backend, tasks = FakeReviewBackend(), FakeTasks()
    window = TeamWindow(english_formats)
    qtbot.addWidget(window)
    reviewing = Reviewing(backend, tasks, window.show_state)
    window.view_chosen.connect(reviewing.open_view)
    window.resize(*SIZE)
    window.show()
    reviewing.start()
    tasks.finish_all()
    QTest.mouseClick(button(window, "Site"), Qt.MouseButton.LeftButton)
    tasks.finish_all()
    settle()
    assert backend.asked == []
    assert has(window, "First contact resolution (7 days)")
    assert has(window, "This is a correlation")
    assert has(window, "E-mail → Portal")
    assert has(window, "media break: Bill twice")
    assert has(window, "asked again: not_named")
    QTest.keyClick(button(window, "Team"), Qt.Key.Key_Space)
    settle()
    assert not sees(window, SitePage)


def test_whoever_may_not_see_the_site_sees_no_tabs(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, SiteState())
    assert has(window, "Site")
    kept = CHOICES.model_copy(update={"may_see_site": False})
    window.show_state(replace(state_of(FOUND), choices=kept))
    settle()
    assert not has(window, "Site")
    assert not sees(window, SitePage)


def test_what_nobody_measures_says_why_it_is_not_there(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    assert has(window, "No telephone system reports its calls to the backend.")
    assert len([one for one in window.findChildren(TrendPlot) if one.isVisible()]) == 14


def test_every_value_of_the_plots_is_read_with_the_keyboard(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    table = part(window, WeeksTable)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 4))
    QTest.keyClick(table, Qt.Key.Key_Down)
    cell = table.currentIndex()
    assert (cell.row(), cell.data()) == (1, "79.0%")
    spoken = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("79.0%, ")
    assert "95% interval" in spoken
    gap = table.model().index(25 - LEFT_OUT, 1)
    assert (gap.data(), gap.data(Qt.ItemDataRole.AccessibleTextRole)) == ("–", "too few to show")
    face = QAccessible.queryAccessibleInterface(table)
    assert face.childCount() > 0


def test_a_plot_says_its_newest_value_and_the_pointer_every_week(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    [plot] = [one for one in window.findChildren(TrendPlot) if one.accessibleName().startswith("Transfers")]
    assert "in the week from 19 Oct" in plot.accessibleName()
    beneath = [words for words in seen(window) if "in the week from 19 Oct" in words]
    assert any(re.match(r"[\d,]+ of [\d,]+ · ", words) for words in beneath)
    first, last = plot.point_at(0), plot.point_at(plot.width())
    assert first is not None
    assert last is not None
    assert (first.week, last.week) == ("27 Apr", "19 Oct")


def test_other_weeks_are_chosen_from_a_menu(qtbot: QtBot, formats: Formats) -> None:
    window = opened(qtbot, formats, FOUND)
    [period] = [one for one in window.findChildren(Choice) if one.isVisible()]
    actions = period.menu_of_values().actions()
    with qtbot.waitSignal(window.site_period_chosen) as said:
        actions[0].trigger()
    args = said.args
    assert args is not None
    [chosen] = args
    assert ((chosen.last - chosen.first).days + 1, chosen.last) == (12 * 7, HALF_YEAR.last)


def test_bars_of_another_period_take_the_place_of_those_before(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    fewer = journey_flow().model_copy(update={"paths": journey_flow().paths[:1]})
    bins = tuple(one.model_copy(update={"acceptance": Rate(successes=0, trials=0)}) for one in talk_time().bins)
    window.show_state(state_of(replace(FOUND, flow=fewer, talk_time=talk_time().model_copy(update={"bins": bins}))))
    settle()
    assert not has(window, "E-mail → Portal")
    assert has(window, "0 of 0")
    assert not has(window, "of 4,210")


@pytest.mark.parametrize(
    ("values", "of_all", "ends"),
    [
        ((0.72, 0.84), True, (0.70, 0.85)),
        ((0.0, 1.0), True, (0.0, 1.0)),
        ((0.5,), True, (0.4, 0.6)),
        ((1800.0, 2340.0), False, (1800.0, 2400.0)),
        ((-1.0, 9.0), False, (-2.5, 10.0)),
        ((0.0,), False, (0.0, 0.25)),
    ],
)
def test_a_scale_has_round_ends_that_hold_everything(
    values: tuple[float, ...], of_all: bool, ends: tuple[float, float]
) -> None:
    found = scale(values, of_all)
    assert found == pytest.approx(ends)
    assert found[0] <= min(values) + 1e-9
    assert max(values) <= found[1] + 1e-9
