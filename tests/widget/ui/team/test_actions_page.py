"""The page on actions over all teams: their list, one action in full, and its experiment in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReviewReason
from nba_desktop.contract.review import Funnel, Reasons, ReviewChoices, ReviewFilter
from nba_desktop.domain.action_figures import ActionsState
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.review import ReviewState, asked_of_actions
from nba_desktop.session.reviewing import Reviewing
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.action_list import ActionList
from nba_desktop.ui.team.arms import ArmsView
from nba_desktop.ui.team.choice import Choice
from nba_desktop.ui.team.table import LinesTable
from nba_desktop.ui.team.window import SIZE, SMALLEST, TeamWindow
from nba_desktop.ui.texts.experiment_words import arm_words, lift_statement, plan_words
from nba_desktop.ui.theme import apply_theme
from tests.fakes.ports import FakeTasks
from tests.fakes.review import ARMS, CHOICES, OWNER_CHOICES, PERIOD, FakeReviewBackend, action_review
from tests.widget.ui.conftest import spoken
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, part, seen, sees, settle

NOW = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
READY = BlockState(BlockStatus.READY)
REVIEW = action_review("price_guarantee")
FOUND = ActionsState(
    opened=True,
    asked=asked_of_actions(ReviewFilter(period=PERIOD)),
    action_id="price_guarantee",
    review=REVIEW,
    block=READY,
)
SITUATIONS = {
    "nothing chosen": replace(FOUND, action_id=None, review=None),
    "no weeks": replace(FOUND, asked=None, action_id=None, review=None),
    "coming": replace(FOUND, review=None, block=BlockState(BlockStatus.LOADING)),
    "away": replace(FOUND, review=None, block=BlockState(BlockStatus.FAILED, FailureCode.OFFLINE)),
    "found": FOUND,
    "counting again": replace(FOUND, block=BlockState(BlockStatus.LOADING)),
    "older": replace(FOUND, block=BlockState(BlockStatus.FAILED, FailureCode.TIMEOUT)),
    "no experiment": replace(FOUND, review=REVIEW.model_copy(update={"arms": ()})),
    "no control group": replace(FOUND, review=REVIEW.model_copy(update={"arms": ARMS[:1]})),
}


@pytest.fixture
def formats(language: Language, light: None) -> Formats:
    return Formats(language, lambda: NOW)


@pytest.fixture
def english_formats(qapp: QApplication, light: None) -> Iterator[Formats]:
    for language in spoken(qapp, "en"):
        yield Formats(language, lambda: NOW)


def state_of(actions: ActionsState) -> ReviewState:
    return ReviewState(choices=OWNER_CHOICES, choices_block=READY, actions=actions)


def reviewed(qtbot: QtBot, formats: Formats, choices: ReviewChoices) -> tuple[TeamWindow, Reviewing, FakeTasks]:
    """A window that asks a backend."""
    window, tasks = TeamWindow(formats), FakeTasks()
    qtbot.addWidget(window)
    reviewing = Reviewing(FakeReviewBackend(choices), tasks, window.show_state)
    window.view_chosen.connect(reviewing.open_view)
    window.action_opened.connect(reviewing.open_actions)
    window.actions_queue_chosen.connect(reviewing.actions.choose_queue)
    window.resize(*SIZE)
    window.show()
    reviewing.start()
    tasks.finish_all()
    settle()
    return window, reviewing, tasks


def test_nothing_is_cut_off_or_nameless(qtbot: QtBot, qapp: QApplication, formats: Formats) -> None:
    complaints = []
    for scale, size in ((1.0, SIZE), (2.0, SMALLEST)):
        apply_theme(qapp, Qt.ColorScheme.Light, scale)
        window = TeamWindow(formats)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        pictures = []
        for name, actions in SITUATIONS.items():
            window.show_state(state_of(actions))
            settle()
            complaints += [f"{name}, {scale}: {what}" for what in (*cut_off(window), *nameless(window))]
            complaints += [f"{name}, {scale}: {what}" for what in outside(window)]
            pictures.append(window.grab().toImage())
        if scale == 1.0:
            assert all(one != other for number, one in enumerate(pictures) for other in pictures[:number])
    apply_theme(qapp, Qt.ColorScheme.Light)
    assert not complaints, "\n".join(complaints)


def test_an_owner_chooses_an_action_with_one_click_and_sees_no_agent(qtbot: QtBot, english_formats: Formats) -> None:
    window, reviewing, tasks = reviewed(qtbot, english_formats, OWNER_CHOICES)
    names = part(window, ActionList)
    assert not sees(window, LinesTable)
    assert not has(window, "Team")
    row = names.visualRect(names.model().index(1, 0)).center()
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=row)
    tasks.finish_all()
    settle()
    assert reviewing.state.actions.action_id == "price_guarantee"
    for words in ("14.5%, 143 of 988", "“Zu teuer” 31", "No time 88", "shown 988"):
        assert has(window, words), words
    assert not any("A-" in text for text in seen(window))


def test_a_lead_who_owns_actions_opens_one_from_its_line_and_comes_back(qtbot: QtBot, english_formats: Formats) -> None:
    both = CHOICES.model_copy(update={"may_see_actions": True})
    window, reviewing, tasks = reviewed(qtbot, english_formats, both)
    reviewing.give_reason(ReviewReason.COACHING_TALK, "")
    tasks.finish_all()
    QTest.mouseClick(button(window, "Actions"), Qt.MouseButton.LeftButton)
    table = part(window, LinesTable)
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    tasks.finish_all()
    settle()
    assert has(window, "Abschlag prüfen und anpassen")
    assert part(window, ActionList).hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert sees(window, LinesTable)


def test_that_nobody_declined_is_said_where_the_figures_say_so_alone(qtbot: QtBot, english_formats: Formats) -> None:
    window = TeamWindow(english_formats)
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    told = {
        Funnel(): ("Too few to show.", "Too few to show."),
        Funnel(shown=9, addressed=9, decided=7, accepted=7): ("It was always addressed.", "Nobody declined it."),
        Funnel(shown=9, addressed=8, decided=7, accepted=6): ("No reason was given.", "No decline was recorded."),
    }
    every = {words for pair in told.values() for words in pair}
    for funnel, said in told.items():
        silent = {"funnel": funnel, "not_addressed": Reasons(), "declined": Reasons()}
        window.show_state(state_of(replace(FOUND, review=REVIEW.model_copy(update=silent))))
        settle()
        assert {words for words in every if has(window, words)} == set(said)


def test_the_list_is_gone_through_with_the_keyboard(qtbot: QtBot, english_formats: Formats) -> None:
    window, _, _ = reviewed(qtbot, english_formats, OWNER_CHOICES)
    names = part(window, ActionList)
    names.setFocus()
    names.setCurrentIndex(names.model().index(0, 0))
    QTest.keyClick(names, Qt.Key.Key_W)
    with qtbot.waitSignal(window.action_opened) as said:
        QTest.keyClick(names, Qt.Key.Key_Return)
    assert said.args == ["heat_pump_tariff"]


def test_other_calls_are_chosen_from_menus(qtbot: QtBot, english_formats: Formats) -> None:
    window, reviewing, tasks = reviewed(qtbot, english_formats, OWNER_CHOICES)
    reviewing.open_actions("price_guarantee")
    tasks.finish_all()
    choices = [one for one in window.findChildren(Choice) if one.isVisible()]
    assert len(choices) == 3
    choices[1].menu_of_values().actions()[-1].trigger()
    tasks.finish_all()
    assert reviewing.state.actions.asked is not None
    assert reviewing.state.actions.asked.queue == "gas"


def test_the_button_says_which_days_are_counted(qtbot: QtBot, english_formats: Formats) -> None:
    window = TeamWindow(english_formats)
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    counted = PERIOD.model_copy(update={"first": date(2026, 8, 31), "last": date(2026, 9, 27)})
    window.show_state(state_of(replace(FOUND, review=REVIEW.model_copy(update={"period": counted}))))
    settle()
    period = next(one for one in window.findChildren(Choice) if one.isVisible())
    assert period.accessibleName() == f"Period: {period.text()}" == "Period: 31 Aug – 27 Sep"
    assert "28 Sep" not in window.paper().toPlainText()
    window.show_state(state_of(SITUATIONS["coming"]))
    assert period.text() == "4 weeks"


def test_an_experiment_says_what_is_known_and_how_many_cases_it_needs(qtbot: QtBot, english_formats: Formats) -> None:
    view = ArmsView(english_formats)
    qtbot.addWidget(view)
    view.show_arms(ARMS)
    view.show()
    settle()
    assert has(view, "Reliably more than without a recommendation: +5.1 points compared with the control group")
    assert has(view, "95% interval +0.4 to +7.9")
    assert has(view, "each group needs 702 cases. The smaller of the two has 214 so far")
    assert has(view, "No reliable difference: +3.1 points")
    assert has(view, "too few to show")
    view.show_arms(ARMS[-1:])
    settle()
    assert not has(view, "Ranked as usual")
    assert has(view, "Control group, nothing shown")


def test_every_group_and_every_outcome_has_its_words(formats: Formats) -> None:
    ranked, control = ARMS[0], ARMS[-1]
    assert len({arm_words(arm.arm) for arm in ARMS}) == len(ARMS)
    assert arm_words("of a later version") == "of a later version"
    said = {
        lift_statement(ranked),
        lift_statement(ranked.model_copy(update={"low": -0.1})),
        lift_statement(ranked.model_copy(update={"low": -0.1, "high": -0.05})),
        lift_statement(control),
    }
    assert len(said) == 4
    enough = ranked.model_copy(update={"needed": 200})
    assert plan_words(enough, control, formats) != plan_words(ranked, control, formats)
    assert plan_words(control, control, formats) == plan_words(ranked, None, formats) == ""
