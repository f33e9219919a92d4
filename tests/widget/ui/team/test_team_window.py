"""The team lead's window and an agent's own page, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReviewMode, ReviewReason, ReviewStatement, Role
from nba_desktop.contract.review import AgentReview, Funnel, Period, ReviewFilter
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.review import ExportStatus, ReviewState
from nba_desktop.session.reviewing import Reviewing
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.choice import Choice
from nba_desktop.ui.team.head import Head
from nba_desktop.ui.team.person import PersonView
from nba_desktop.ui.team.table import LinesTable
from nba_desktop.ui.team.window import SIZE, SMALLEST, TeamWindow
from nba_desktop.ui.texts import review_words
from nba_desktop.ui.theme import apply_theme
from tests.fakes.ports import FakeTasks
from tests.fakes.review import (
    ACCESSES,
    AGENTS,
    CHOICES,
    HIDDEN,
    PERIOD,
    FakeReviewBackend,
    agent_review,
    rate,
    team_review,
)
from tests.widget.ui.conftest import spoken
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, part, sees, settle

NOW = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
FOUND = ReviewState(
    choices=CHOICES,
    choices_block=BlockState(BlockStatus.READY),
    team_id="dresden",
    reason=ReviewReason.COACHING_TALK,
    filter=ReviewFilter(period=PERIOD),
    team=team_review(),
    team_block=BlockState(BlockStatus.READY),
)
OPENED = replace(
    FOUND, agent="A-4F7H2J6N", person=agent_review("A-4F7H2J6N"), person_block=BlockState(BlockStatus.READY)
)
OWN = replace(OPENED, own=True, team=None, accesses=ACCESSES)
SITUATIONS = {
    "starting": ReviewState(),
    "no backend": ReviewState.unreachable(FailureCode.OFFLINE, own=False),
    "too old": replace(
        ReviewState.unreachable(FailureCode.PANEL_TOO_OLD, own=False),
        blocked=Blocked(BlockedCode.PANEL_TOO_OLD, panel="1.2.0", backend="1.4.0", needed="1.4.1"),
    ),
    "no team": ReviewState(choices=CHOICES.model_copy(update={"teams": ()})),
    "off": ReviewState(choices=CHOICES.model_copy(update={"mode": ReviewMode.OFF, "teams": ()})),
    "no weeks": replace(FOUND, filter=None, team=None),
    "reason": replace(FOUND, reason=None, team=None),
    "counting": replace(FOUND, team=None, team_block=BlockState(BlockStatus.LOADING)),
    "team": FOUND,
    "team only": replace(FOUND, team=team_review(mode=ReviewMode.TEAM_ONLY)),
    "counting again": replace(FOUND, team_block=BlockState(BlockStatus.LOADING)),
    "older": replace(FOUND, team_block=BlockState(BlockStatus.FAILED, FailureCode.TIMEOUT)),
    "saved": replace(FOUND, export=ExportStatus.SAVED),
    "not saved": replace(FOUND, export=ExportStatus.FAILED),
    "agent": OPENED,
    "agent coming": replace(OPENED, person=None, person_block=BlockState(BlockStatus.LOADING)),
    "agent away": replace(OPENED, person=None, person_block=BlockState(BlockStatus.FAILED, FailureCode.OFFLINE)),
    "note not kept": replace(OPENED, note_failure=FailureCode.OFFLINE),
}
OWN_SITUATIONS = {
    "starting": ReviewState(own=True),
    "own": OWN,
    "nobody looked": replace(OWN, accesses=()),
    "nobody may see": replace(OWN, person=None),
}


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


def opened(qtbot: QtBot, formats: Formats, state: ReviewState, size: tuple[int, int] = SIZE) -> TeamWindow:
    window = TeamWindow(formats, own=state.own)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show_state(state)
    window.show()
    settle()
    return window


def in_sight(area: QScrollArea) -> list[str]:
    """The words in an area that are seen without scrolling."""
    found = []
    for label in area.findChildren(QLabel):
        # Of whatever scrolls around it, too, nothing may hide any of it.
        if label.isVisible() and label.visibleRegion().boundingRect() == label.rect():
            found.append(re.sub(r"<[^>]*>", "", label.text()).replace("\u00a0", " "))
    return found


def test_which_version_is_needed_is_said(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, SITUATIONS["too old"])
    assert has(window, "1.4.1")
    assert has(window, "too old")


def test_nothing_is_cut_off_or_nameless(qtbot: QtBot, formats: Formats, text_scale: float) -> None:
    complaints = []
    size = SIZE if text_scale == 1.0 else SMALLEST
    for own, situations in ((False, SITUATIONS), (True, OWN_SITUATIONS)):
        window = TeamWindow(formats, own=own)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        for name, state in situations.items():
            window.show_state(state)
            settle()
            complaints += [f"{name}: {what}" for what in (*cut_off(window), *nameless(window), *outside(window))]
    assert not complaints, "\n".join(complaints)


def test_every_situation_looks_different(qtbot: QtBot, formats: Formats) -> None:
    for own, situations in ((False, SITUATIONS), (True, OWN_SITUATIONS)):
        # Tall, that who looked stands in the picture, too.
        window, pictures = opened(qtbot, formats, ReviewState(own=own), (1200, 1300)), {}
        for name, state in situations.items():
            window.show_state(state)
            settle()
            pictures[name] = window.grab().toImage()
        assert all(pictures[a] != pictures[b] for a in pictures for b in pictures if a < b), own


def test_the_lead_says_what_for_before_anything_is_asked(qtbot: QtBot, german_formats: Formats) -> None:
    backend, tasks = FakeReviewBackend(), FakeTasks()
    window = opened(qtbot, german_formats, ReviewState())
    reviewing = Reviewing(backend, tasks, window.show_state)
    window.reason_given.connect(reviewing.give_reason)
    reviewing.start()
    tasks.finish_all()
    look = button(window, "Zahlen ansehen")
    assert not look.isEnabled()
    QTest.mouseClick(button(window, "Coachinggespräch"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(look, Qt.MouseButton.LeftButton)
    tasks.finish_all()
    assert len(backend.asked) == 1
    assert has(window, "2.481")


def said_after_three_clicks(qtbot: QtBot, formats: Formats, first: str, second: str) -> list[str]:
    """What is seen of an agent who was opened, without scrolling."""
    clicks: list[QWidget] = []

    def click(widget: QWidget, at: QPoint | None = None) -> None:
        clicks.append(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        tasks.finish_all()
        settle()

    backend, tasks = FakeReviewBackend(), FakeTasks()
    window = opened(qtbot, formats, ReviewState())
    reviewing = Reviewing(backend, tasks, window.show_state)
    window.reason_given.connect(reviewing.give_reason)
    window.agent_opened.connect(reviewing.open_agent)
    reviewing.start()
    tasks.finish_all()
    click(button(window, first))
    click(button(window, second))
    table = part(window, LinesTable)
    click(table.viewport(), table.visualRect(table.model().index(2, 0)).center())
    assert len(clicks) == 3
    return in_sight(part(window, PersonView))


def test_three_clicks_say_which_objection_precedes_an_agents_declines_and_how_sure_that_is(
    qtbot: QtBot, german_formats: Formats
) -> None:
    said = said_after_three_clicks(qtbot, german_formats, "Coachinggespräch", "Zahlen ansehen")
    [expensive] = [words for words in said if "„Zu teuer“ 31" in words]
    assert "71,0 %, 22 von 31, 95-%-Intervall 53,4–83,9" in expensive
    assert "zuverlässig häufiger" in expensive
    [unsure] = [words for words in said if "„Muss ich überlegen“ 36" in words]
    assert "kein belastbarer Unterschied" in unsure


def test_three_clicks_are_enough_with_large_text_too(
    qtbot: QtBot, qapp: QApplication, language: Language, formats: Formats
) -> None:
    words = ("Coachinggespräch", "Zahlen ansehen", "zuverlässig häufiger")
    if language == "en":
        words = ("Coaching talk", "Show the figures", "reliably more often")
    apply_theme(qapp, Qt.ColorScheme.Light, 1.5)
    said = said_after_three_clicks(qtbot, formats, *words[:2])
    apply_theme(qapp, Qt.ColorScheme.Light)
    assert len([one for one in said if "Zu teuer" in one and words[2] in one]) == 1


def test_what_cannot_be_compared_is_said_and_so_is_what_chance_alone_brings(
    qtbot: QtBot, english_formats: Formats
) -> None:
    person = agent_review("A-4F7H2J6N")
    apart = person.row.comparison.model_copy(update={"low": 0.018, "high": 0.212})
    changed = {
        "row": person.row.model_copy(update={"comparison": apart}),
        "head": person.head.model_copy(update={"level": 0.99}),
        "objections": (
            *person.objections[:-2],
            person.objections[-2].model_copy(update={"declined": HIDDEN}),
            person.objections[-1],
        ),
    }
    window = opened(qtbot, english_formats, replace(OPENED, person=person.model_copy(update=changed)))
    assert has(window, "No reliable difference (99% interval +1.8 to +21.2 points)")
    assert has(window, "among so many agents such a difference comes by chance")
    assert has(window, "“Habe schon etwas” 33 · too few to say what followed")
    assert has(window, "17 of 30, 95% interval 39.2–72.6; too few of the others to compare")
    window.show_state(OPENED)
    assert not has(window, "comes by chance")
    assert has(window, "Objections raised fewer than 7 times are not shown.")


def test_of_what_is_hidden_nothing_is_claimed(qtbot: QtBot, english_formats: Formats) -> None:
    nothing = AgentReview(head=OPENED.person.head, row=AGENTS[6]) if OPENED.person is not None else None
    assert nothing is not None
    claims = ("None was raised 7 times or more.", "Nothing was left out.", "None in this time.")
    window = opened(qtbot, english_formats, replace(OPENED, agent=AGENTS[6].agent, person=nothing))
    said = [label.text() for label in part(window, PersonView).findChildren(QLabel) if label.isVisible()]
    assert sum("Too few to show." in words for words in said) == 3
    assert not any(claim in words for words in said for claim in claims)
    nobody = nothing.model_copy(update={"funnel": Funnel(shown=9, addressed=9, decided=9, accepted=2, completed=1)})
    window.show_state(replace(OPENED, agent=AGENTS[6].agent, person=nobody))
    settle()
    assert all(has(window, claim) for claim in claims)


def test_lines_stand_in_the_order_of_the_names_shown_and_no_column_sorts_them(qtbot: QtBot, formats: Formats) -> None:
    team = FOUND.team
    assert team is not None
    turned = replace(FOUND, team=team.model_copy(update={"agents": tuple(reversed(team.agents))}))
    window = opened(qtbot, formats, turned)
    table = part(window, LinesTable)
    model = table.model()
    codes = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert codes == sorted(codes)
    assert not table.isSortingEnabled()
    assert not table.horizontalHeader().sectionsClickable()


def test_lines_are_chosen_by_keyboard(qtbot: QtBot, formats: Formats) -> None:
    window = opened(qtbot, formats, FOUND)
    table = part(window, LinesTable)
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.agent_opened) as said:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert said.args == ["A-2C9R3T5W"]
    window.show_state(OPENED)
    with qtbot.waitSignal(window.agent_closed):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_a_screen_reader_hears_counts_and_interval_of_a_cell(qtbot: QtBot, german_formats: Formats) -> None:
    window = opened(qtbot, german_formats, FOUND)
    table = part(window, LinesTable)
    cell = table.model().index(0, 3)
    spoken = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.replace("\u00a0", " ") == "22,1 %, 51 von 231, 95-%-Intervall 17,3–28,0"
    face = QAccessible.queryAccessibleInterface(table)
    assert face.childCount() > 0


def test_without_figures_of_persons_only_the_actions_are_there(qtbot: QtBot, german_formats: Formats) -> None:
    window = opened(qtbot, german_formats, replace(FOUND, team=team_review(mode=ReviewMode.TEAM_ONLY)))
    table = part(window, LinesTable)
    assert table.model().rowCount() == 3
    assert has(window, "Teamansicht – keine Zahlen einzelner Personen")
    with qtbot.waitSignal(window.action_chosen) as said:
        table.line_chosen.emit("heat_pump_tariff")
    assert said.args == ["heat_pump_tariff"]


def test_tab_goes_through_every_control_in_the_order_of_reading(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, OPENED)
    window.activateWindow()
    reached: list[str] = []
    while True:
        focused = window.focusWidget()
        assert focused is not None
        name = focused.accessibleName() or (focused.text() if isinstance(focused, QAbstractButton) else "")
        if name in reached:
            break
        reached.append(name)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert reached == [
        "Team",
        "Site",
        "Team: Team Strom Dresden",
        "Period: 28 Sep – 25 Oct",
        "Action: All actions",
        "Queue: All queues",
        "Contact reason: All reasons",
        "Export",
        "Agents",
        "Actions",
        "Whole team",
        "Agents, line by line",
        "Agent A-4F7H2J6N",
        "Back to the whole team",
        "A line that both of you read",
    ]


def test_all_figures_of_the_team_stand_behind_a_tab_of_their_own(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    QTest.keyClick(button(window, "Whole team"), Qt.Key.Key_Space)
    settle()
    assert has(window, "Follow-up kept")
    assert has(window, "Average handle time 08:32")
    assert not sees(window, LinesTable)
    QTest.keyClick(button(window, "Actions"), Qt.Key.Key_Space)
    assert not has(window, "Follow-up kept")


def test_every_filter_is_a_menu_that_says_what_was_picked(qtbot: QtBot, formats: Formats) -> None:
    window = opened(qtbot, formats, FOUND)
    said: list[object] = []
    for signal_ in (
        window.team_chosen,
        window.period_chosen,
        window.action_chosen,
        window.queue_chosen,
        window.concern_chosen,
    ):
        signal_.connect(said.append)
    choices = [one for one in window.findChildren(Choice) if one.isVisible()]
    assert len(choices) == 5
    for choice in choices:
        menu = choice.menu_of_values()
        actions: list[QAction] = menu.actions()
        assert [one.isChecked() for one in actions].count(True) == 1
        actions[-1].trigger()
    assert said[0] == "leipzig"
    assert said[2:] == ["heat_pump_tariff", "gas", "move"]


def test_the_file_can_be_had_where_the_site_allows_it_only(qtbot: QtBot, formats: Formats) -> None:
    window = opened(qtbot, formats, FOUND)
    asked: list[str] = []
    window.export_asked.connect(asked.append)
    for action in part(window, Head).export_menu().actions():
        action.trigger()
    assert asked == ["csv", "xlsx", "pdf"]
    team = FOUND.team
    assert team is not None
    kept = team.model_copy(update={"head": team.head.model_copy(update={"may_export": False})})
    window.show_state(replace(FOUND, team=kept))
    assert not has(window, "Export")


def test_a_note_is_sent_with_enter_and_leaves_the_line_once_it_is_kept(qtbot: QtBot, formats: Formats) -> None:
    window = opened(qtbot, formats, OPENED)
    [line] = [one for one in window.findChildren(QLineEdit) if one.isVisible()]
    line.setText("Erst der Nutzen.")
    with qtbot.waitSignal(window.note_written) as said:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert said.args == ["Erst der Nutzen."]
    assert line.text() == "Erst der Nutzen."
    person = agent_review("A-4F7H2J6N")
    kept = person.notes[0].model_copy(update={"text": "Erst der Nutzen."})
    window.show_state(replace(OPENED, person=person.model_copy(update={"notes": (*person.notes, kept)})))
    assert line.text() == ""


def test_the_agent_reads_who_looked_and_what_for(qtbot: QtBot, german_formats: Formats) -> None:
    window = opened(qtbot, german_formats, OWN)
    assert has(window, "Teamleitung A-LEAD2345 – Coachinggespräch, 28. Sep – 25. Okt")
    assert has(window, "Gespräch am 16. Oktober")


def test_a_look_says_at_what_and_the_same_look_again_on_a_day_is_counted(english_formats: Formats) -> None:
    [look] = ACCESSES
    again = look.model_copy(update={"at": look.at + timedelta(minutes=8)})
    at_team = look.model_copy(
        update={"agent": None, "note": "", "action_id": "heat_pump_tariff", "queue": "gas", "concern": "bill"}
    )
    next_day = at_team.model_copy(update={"at": look.at + timedelta(days=1), "concern": "gone", "exported": True})
    said = review_words.accesses_words((look, again, at_team, next_day), CHOICES, english_formats)
    first, last = (english_formats.time(one.at) for one in (look, again))
    who = "Team lead A-LEAD2345 – Coaching talk, 28 Sep – 25 Oct"
    filtered = "the whole team · action Wärmepumpentarif · queue gas · contact reason"
    assert said == [
        f"16/10/2026, {first}–{last}, 2 times: {who} · your figures (“Gespräch am 16. Oktober”)",
        f"16/10/2026, {first}: {who} · {filtered} Rechnung",
        f"17/10/2026, {first}: {who} · {filtered} gone, as a file",
    ]


def test_the_period_is_the_counted_one_wherever_it_stands(qtbot: QtBot, english_formats: Formats) -> None:
    team = FOUND.team
    assert team is not None
    counted = Period(first=PERIOD.first - timedelta(days=28), last=PERIOD.last - timedelta(days=21))
    head = team.head.model_copy(update={"filter": ReviewFilter(period=counted)})
    window = opened(qtbot, english_formats, replace(FOUND, team=team.model_copy(update={"head": head})))
    [period] = [one for one in window.findChildren(Choice) if one.accessibleName().startswith("Period")]
    words = "31 Aug – 4 Oct"
    assert period.text() == period.words == words
    assert period.accessibleName() == f"Period: {words}"
    assert f"Period: {words}" in window.paper().toPlainText()
    assert "28 Sep" not in window.paper().toPlainText()
    assert [one.text() for one in period.menu_of_values().actions()] == ["4 weeks", "8 weeks", "12 weeks", "17 weeks"]
    assert period.toolTip() == "Counted are whole blocks of four weeks that are over"
    assert has(window, period.toolTip())


def test_the_legend_explains_only_what_is_drawn(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    assert has(window, "dashed: expected")
    assert not has(window, "difference: 95% interval")
    window.show_state(OPENED)
    assert has(window, "difference: 95% interval")
    window.show_state(replace(FOUND, team=team_review(mode=ReviewMode.TEAM_ONLY)))
    assert not has(window, "dashed: expected")


def test_shares_stand_with_their_counts(qtbot: QtBot, english_formats: Formats) -> None:
    window = opened(qtbot, english_formats, FOUND)
    assert has(window, "744 of 1,240 · 298 of 744\nconfirmed 66.4% · 198 of 298")
    model = part(window, LinesTable).model()
    assert model.index(0, 2).data().endswith("\n187 of 231")
    assert model.index(0, 3).data().endswith("\n51 of 231")
    assert model.index(6, 3).data() == "–"


def test_every_code_has_its_words(language: Language, formats: Formats) -> None:
    head = team_review().head
    comparison = OPENED.person.row.comparison if OPENED.person else None
    assert comparison is not None
    words = [
        *(review_words.role_words(role) for role in Role),
        *(review_words.reason_words(reason) for reason in ReviewReason),
        *(review_words.mode_words(head.model_copy(update={"mode": mode}), formats) for mode in ReviewMode),
        *(
            review_words.statement_words(comparison.model_copy(update={"statement": statement}))
            for statement in ReviewStatement
        ),
    ]
    assert all(words)
    assert len(set(words)) == len(words)


def test_a_rate_without_calls_is_a_dash_and_a_hidden_one_says_why(german_formats: Formats) -> None:
    known = rate(3, 10, 0.108, 0.603)
    assert review_words.share(known, german_formats).replace("\u00a0", " ") == "30,0 %"
    assert review_words.limits(known, german_formats) == "10,8–60,3"
    hidden = known.model_copy(update={"hidden": True})
    assert review_words.share(hidden, german_formats) == "–"
    assert review_words.limits(hidden, german_formats) == ""
    assert review_words.counts(hidden, german_formats) == "zu wenige, um sie zu zeigen"
