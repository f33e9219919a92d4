"""The long timeline: every contact of the customer, by channel and by case, read, filtered and left by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.journey import JourneyHead, MediaBreak, Touchpoint
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.history import HistoryState, HistoryStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.timeline import Timeline, TimelineList
from nba_desktop.ui.panel.timeline_delegate import TimelineDelegate
from nba_desktop.ui.panel.timeline_model import TimelineModel
from nba_desktop.ui.panel.timeline_rows import Callout, Entry, Filter, Heading, Journey, recent_contacts
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states
from tests.widget.ui.looking import button, cut_off, has, outside, part, settle

BEGAN = states.interaction().started_at
SIZE = QRect(0, 0, 440, 600)


def contact(more: int = 495, history: HistoryState | None = None) -> ContactState:
    """Helmut's call with so many contacts before the five of the picture."""
    view = states.helmut_view().model_copy(update={"journey": states.helmut_journey("de", more=more)})
    return replace(states.contact_of(view), history=history or HistoryState())


@pytest.fixture
def timeline(qtbot: QtBot, german_formats: Formats) -> Iterator[Timeline]:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(SIZE.size())
    timeline = Timeline(german_formats, holder)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    timeline.place(SIZE)
    shown(timeline, contact())
    timeline.open()
    yield timeline
    holder.close()


def shown(timeline: Timeline, contact: ContactState) -> None:
    timeline.show_contact(contact, ())
    model(timeline).finish()
    settle()


def model(timeline: Timeline) -> TimelineModel:
    return part(timeline, TimelineModel)


def entries(timeline: Timeline) -> list[Entry]:
    return [row for row in model(timeline).rows if isinstance(row, Entry)]


def spoken(timeline: Timeline) -> list[str]:
    rows = model(timeline)
    return [str(rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount())]


def press(timeline: Timeline, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(part(timeline, TimelineList), key)


def current(timeline: Timeline) -> str:
    return str(part(timeline, TimelineList).currentIndex().data())


# What is in it


def test_every_contact_is_one_row_of_one_list_and_can_be_read(timeline: Timeline) -> None:
    assert len(entries(timeline)) == 500
    assert has(timeline, "500 von 500 Kontakten")
    assert spoken(timeline)[2].startswith(
        "Gestern: Im Portal begonnen: Abschlag, nach 2 Min. abgebrochen, 19:20 · Portal"
    )
    assert spoken(timeline)[2].endswith("Medienbruch, neutrales Erleben")
    interface = QAccessible.queryAccessibleInterface(part(timeline, TimelineList))
    assert interface is not None
    assert interface.childCount() == len(model(timeline).rows)
    child = interface.child(2)
    assert child is not None
    assert child.text(QAccessible.Text.Name) == spoken(timeline)[2]


def test_the_timeline_never_makes_a_widget_for_a_contact(timeline: Timeline) -> None:
    before = len(timeline.findChildren(QObject))
    shown(timeline, contact(50))
    shown(timeline, contact(4_995))
    assert len(entries(timeline)) == 5_000
    assert len(timeline.findChildren(QObject)) == before


def test_what_he_did_before_this_call_stands_at_the_top_and_the_rest_by_month(timeline: Timeline) -> None:
    rows = model(timeline).rows
    headings = [row for row in rows if isinstance(row, Heading)]
    assert [one.recent for one in headings[:3]] == [True, False, False]
    assert [one.words for one in headings[1:3]] == ["November 2026", "Oktober 2026"]
    assert [one.recent for one in entries(timeline)[:3]] == [True, False, False]
    assert "19:20" in entries(timeline)[0].detail


def test_a_media_break_stands_between_the_contacts(timeline: Timeline) -> None:
    rows = model(timeline).rows
    (callout,) = [row for row in rows if isinstance(row, Callout)]
    place = rows.index(callout)
    below = rows[place + 1]
    assert isinstance(below, Entry)
    assert below.point.media_break
    assert callout.words.startswith("Abschlag gestern im Portal begonnen")


def test_breaks_of_one_moment_are_each_said_at_their_contact_and_the_same_sentence_once(timeline: Timeline) -> None:
    journey = states.helmut_journey("de", more=5)
    form = journey.media_breaks[0]
    first = next(one for one in journey.touchpoints if one.at == form.at)
    letters = tuple(
        first.model_copy(update={"touchpoint_id": f"letter-{place}", "type": "price_letter", "channel": "post"})
        for place in range(2)
    )
    answered = MediaBreak(code="letter_then_call", params={"type": "price_letter", "days": 0}, at=form.at)
    place = journey.touchpoints.index(first)
    points = (*journey.touchpoints[:place], *letters, *journey.touchpoints[place:])
    form = form.model_copy(update={"params": {**form.params, "type": first.type}})
    head = JourneyHead(total=len(points), touchpoints=points, media_breaks=(answered, answered, form))
    shown(timeline, states.contact_of(states.helmut_view().model_copy(update={"journey": head})))
    callouts = [row for row in model(timeline).rows if isinstance(row, Callout)]
    assert [one.point.touchpoint_id for one in callouts] == ["letter-0", first.touchpoint_id]
    assert len({one.words for one in callouts}) == 2


def test_a_media_break_of_long_ago_is_told_by_its_channels(timeline: Timeline) -> None:
    points = contact(5).view.journey.touchpoints  # type: ignore[union-attr]
    old = points[6].model_copy(update={"media_break": True})
    journey = JourneyHead(total=10, touchpoints=(*points[:6], old, *points[7:]))
    view = states.helmut_view().model_copy(update={"journey": journey})
    shown(timeline, states.contact_of(view))
    words = [row.words for row in model(timeline).rows if isinstance(row, Callout)]
    assert len(words) == 2
    assert "Post" in words[1]
    assert "Telefon" in words[1]


def points_at(*hours: float, call: float | None = None) -> Journey:
    made = [(hour, ContactChannel.PORTAL, "portal_login") for hour in hours]
    made += [(call, ContactChannel.PHONE, "call_solved")] if call is not None else []
    return Journey(
        tuple(
            Touchpoint(touchpoint_id=f"t{hour}", at=BEGAN - timedelta(hours=hour), channel=channel, type=kind)
            for hour, channel, kind in sorted(made, key=lambda one: one[0])
        ),
        (),
        BEGAN,
    )


@pytest.mark.parametrize(
    ("journey", "count", "after_a_call"),
    [
        (points_at(1, 5, 30), 2, False),
        (points_at(1, 30, 200, call=100), 2, True),
        (points_at(1, 30, call=5), 2, False),
        (points_at(30, 40), 0, False),
        (points_at(1, 30, call=24 * 40), 1, False),
        (points_at(), 0, False),
    ],
    ids=["a day", "since the last call", "called today", "nothing", "called long ago", "no contact"],
)
def test_before_this_call_is_since_the_last_one_or_a_day(journey: Journey, count: int, after_a_call: bool) -> None:
    recent, call = recent_contacts(journey)
    assert (recent, call is not None) == (count, after_a_call)


def test_what_is_later_asked_for_comes_behind_and_disturbs_nobody(timeline: Timeline) -> None:
    view = contact().view
    assert view is not None
    assert view.journey is not None
    points = view.journey.touchpoints
    head = JourneyHead(total=500, touchpoints=points[:60], media_breaks=view.journey.media_breaks)
    short = states.contact_of(view.model_copy(update={"journey": head}))
    shown(timeline, short)
    rows = model(timeline)
    press(timeline, Qt.Key.Key_PageDown)
    was, scrolled = current(timeline), part(timeline, QListView).verticalScrollBar().value()
    resets: list[bool] = []
    rows.modelReset.connect(lambda: resets.append(True))
    history = HistoryState(view.customer_id, HistoryStatus.COMPLETE, older=points[60:], asked=1)
    shown(timeline, replace(short, history=history))
    assert len(entries(timeline)) == 500
    assert (current(timeline), part(timeline, QListView).verticalScrollBar().value()) == (was, scrolled)
    assert not resets


def test_a_long_journey_is_made_in_slices(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.show_contact(contact(2_000), ())
    assert len(model(timeline).rows) < 1_000
    qtbot.waitUntil(lambda: model(timeline).is_whole)
    assert len(entries(timeline)) == 2_005


# How it is filtered


def test_the_timeline_is_filtered_by_channel(timeline: Timeline) -> None:
    button(timeline, "SMS").click()
    model(timeline).finish()
    assert {one.point.channel for one in entries(timeline)} == {ContactChannel.SMS}
    assert has(timeline, "70 von 500 Kontakten")
    assert button(timeline, "SMS").isChecked()
    assert not has(timeline, "Vergleichsportal")  # no contact there, no chip for it
    part(timeline, QListView).setFocus()
    button(timeline, "Telefon").click()
    model(timeline).finish()
    assert {one.point.channel for one in entries(timeline)} == {ContactChannel.PHONE}


def test_return_shows_only_the_case_of_a_contact_and_the_next_all_again(timeline: Timeline) -> None:
    view = part(timeline, TimelineList)
    row = next(place for place, row in enumerate(model(timeline).rows) if isinstance(row, Entry) and row.case)
    view.setCurrentIndex(model(timeline).index(row))
    was = current(timeline)
    press(timeline, Qt.Key.Key_Return)
    assert {one.point.case_id for one in entries(timeline)} == {"V-88"}
    assert current(timeline) == was
    assert has(timeline, "2 von 500 Kontakten")
    press(timeline, Qt.Key.Key_Return)
    model(timeline).finish()
    assert len(entries(timeline)) == 500


def test_a_click_on_the_words_of_a_case_shows_only_this_case(timeline: Timeline) -> None:
    view = part(timeline, TimelineList)
    row = next(place for place, row in enumerate(model(timeline).rows) if isinstance(row, Entry) and row.case)
    box = view.visualRect(model(timeline).index(row))
    sentence, case = QPoint(box.left() + 90, box.top() + 12), QPoint(box.left() + 90, box.bottom() - 10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sentence)
    assert len(entries(timeline)) == 500
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=case)
    assert [one.point.touchpoint_id for one in entries(timeline)] == ["t-4", "t-3"]


def test_an_open_case_is_a_filter_of_its_own(timeline: Timeline) -> None:
    chip = button(timeline, "3. Nov")
    chip.click()
    assert {one.point.case_id for one in entries(timeline)} == {"V-88"}
    assert chip.isChecked()
    chip.click()
    model(timeline).finish()
    assert len(entries(timeline)) == 500


def test_another_customers_journey_is_shown_whole(timeline: Timeline) -> None:
    button(timeline, "SMS").click()
    shown(timeline, contact(50))
    assert len(entries(timeline)) == 55
    other = JourneyHead(total=1, touchpoints=states.helmut_journey("de").touchpoints[4:5])
    shown(timeline, states.contact_of(states.helmut_view().model_copy(update={"journey": other})))
    assert len(entries(timeline)) == 1


# How it is used by keyboard


def test_the_keyboard_goes_from_the_first_contact_to_the_last_and_passes_headings_by(timeline: Timeline) -> None:
    press(timeline, Qt.Key.Key_Home)
    assert current(timeline) == spoken(timeline)[1]
    visited = []
    for _ in range(4):
        press(timeline, Qt.Key.Key_Down)
        visited.append(current(timeline))
    said = [
        words for words, row in zip(spoken(timeline), model(timeline).rows, strict=True) if not isinstance(row, Heading)
    ]
    assert visited == said[1:5]
    press(timeline, Qt.Key.Key_End)
    assert current(timeline) == spoken(timeline)[-1]
    press(timeline, Qt.Key.Key_PageUp)
    assert current(timeline) not in ("", spoken(timeline)[-1])


def test_the_tabulator_goes_to_the_filters_and_esc_leaves(qtbot: QtBot, timeline: Timeline) -> None:
    part(timeline, TimelineList).setFocus()
    for _ in range(20):
        press_back = QApplication.focusWidget()
        assert press_back is not None
        QTest.keyClick(press_back, Qt.Key.Key_Backtab)
        if QApplication.focusWidget() is button(timeline, "SMS"):
            break
    assert QApplication.focusWidget() is button(timeline, "SMS")
    with qtbot.waitSignal(timeline.closed):
        press(timeline, Qt.Key.Key_Escape)


def test_the_thread_of_the_present_contact_is_marked(timeline: Timeline) -> None:
    view, delegate = part(timeline, TimelineList), part(timeline, TimelineDelegate)
    rows = model(timeline).rows
    of_case = next(place for place, row in enumerate(rows) if isinstance(row, Entry) and row.point.case_id)
    view.setCurrentIndex(model(timeline).index(of_case))
    assert delegate.marked == "V-88"
    press(timeline, Qt.Key.Key_Home)
    assert delegate.marked is None


# How it stands


def test_looking_at_it_asks_for_what_is_not_there_yet(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.waitSignal(timeline.rest_wanted):
        timeline.open()


@pytest.mark.parametrize("status", [HistoryStatus.LOADING, HistoryStatus.SLOW, HistoryStatus.FAILED])
def test_how_the_older_contacts_stand_is_said(qtbot: QtBot, timeline: Timeline, status: HistoryStatus) -> None:
    failure = FailureCode.OFFLINE if status is HistoryStatus.FAILED else None
    shown(timeline, contact(50, HistoryState(status=status, failure=failure)))
    assert has(timeline, "55 von 55 Kontakten · ")
    assert has(timeline, "keine Verbindung zum Backend") is (failure is not None)
    retry = timeline.findChildren(type(button(timeline, "SMS")))[-1]
    assert retry.isVisible() is (failure is not None)
    if failure is not None:
        with qtbot.waitSignal(timeline.rest_wanted):
            retry.click()


def test_without_any_contact_that_is_said(timeline: Timeline) -> None:
    view = states.helmut_view().model_copy(update={"journey": JourneyHead(total=0, touchpoints=())})
    shown(timeline, states.contact_of(view))
    assert not part(timeline, TimelineList).isVisible()
    assert len([one for one in timeline.findChildren(QWidget) if one.isVisible()]) > 3


@pytest.fixture(params=[1.0, 1.5, 2.0])
def scaled(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, Qt.ColorScheme.Light, request.param)
    yield
    apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.mark.parametrize("width", [360, 440, 640])
def test_nothing_is_cut_at_any_width_and_size(qtbot: QtBot, formats: Formats, scaled: None, width: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(width, 700)
    timeline = Timeline(formats, holder)
    holder.show()
    failed = HistoryState(status=HistoryStatus.FAILED, failure=FailureCode.OFFLINE)
    shown(timeline, contact(60, failed))
    timeline.place(QRect(0, 0, width, 700))
    timeline.open()
    settle()
    assert cut_off(timeline) == []
    assert outside(holder) == []
    view = part(timeline, TimelineList)
    metrics = view.fontMetrics()
    for place, row in enumerate(model(timeline).rows):
        if isinstance(row, Entry):
            room = view.viewport().width() - 84
            least = sum(metrics.height() * -(-metrics.horizontalAdvance(one) // room) for one in (row.sentence,))
            assert view.visualRect(model(timeline).index(place)).height() > least


def test_a_filter_lets_through_what_it_names() -> None:
    point = states.helmut_journey("de").touchpoints[1]
    assert Filter().lets(point)
    assert Filter(channel=ContactChannel.PHONE).lets(point)
    assert Filter(case_id="V-88").lets(point)
    assert not Filter(channel=ContactChannel.SMS).lets(point)
    assert not Filter(case_id="V-89").lets(point)
