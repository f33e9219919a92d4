"""What assistive technology is told in every situation, and the way of the tabulator through it.

Names are looked at in both languages; what is read and reached at all is the same in each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from nba_desktop.contract.base import Language
from nba_desktop.ui.faces import ButtonFace, install_faces
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.actions import ActionsBlock
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.handover import HandoverSheet
from nba_desktop.ui.panel.help import HelpSheet
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.timeline import Timeline
from nba_desktop.ui.panel.tour import Tour
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.word_button import WordButton
from tests.fakes import states
from tests.fakes.states.responses_states import response_states
from tests.widget.ui.lending import Lent
from tests.widget.ui.looking import part, settle

Role = QAccessible.Role
ROLES = {Role.Button, Role.CheckBox, Role.RadioButton, Role.PageTab, Role.EditableText, Role.ComboBox, Role.List}


@pytest.fixture
def panel(panels: Lent[PanelWindow], formats: Formats) -> Iterator[PanelWindow]:
    install_faces()
    with panels.lent(formats) as window:
        yield window


def face(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(widget: QWidget) -> str:
    return face(widget).text(QAccessible.Text.Name)


def reachable(window: QWidget) -> list[QWidget]:
    """Everything on the screen that the tabulator has to reach; pages scroll by keyboard and are no controls."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisibleTo(window)
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not isinstance(one, QScrollBar)
    ]


def controls(window: QWidget) -> list[QWidget]:
    return [one for one in reachable(window) if not isinstance(one, QAbstractScrollArea)]


def way_of_the_tabulator(window: PanelWindow) -> Iterator[QWidget]:
    """Where the keyboard comes to from the window itself, by the order that Qt goes through."""
    can_be_reached = set(reachable(window))
    holder = window.nextInFocusChain()
    while holder is not None and holder is not window:
        if holder in can_be_reached and not window.skips(holder):
            yield holder
        holder = holder.nextInFocusChain()


def test_every_control_has_a_role_and_a_name_of_its_own(panel: PanelWindow, language: Language) -> None:
    complaints = []
    for situation, state in states.every_state(language).items():
        panel.show_state(state)
        seen = []
        for control in controls(panel):
            told = face(control)
            name, role = told.text(QAccessible.Text.Name), told.role()
            seen.append((role, name))
            if not name or role not in ROLES:
                complaints.append(f"{situation}: {type(control).__name__} {name!r} {role}")
        complaints += [f"{situation}: {times} × {one}" for one, times in Counter(seen).items() if times > 1]
    assert not complaints, "\n".join(complaints)


def test_the_tabulator_visits_every_control_once_from_top_to_bottom(panel: PanelWindow, formats: Formats) -> None:
    complaints = []
    for situation, state in states.every_state(formats.language).items():
        panel.show_state(state)
        way = [one for one in way_of_the_tabulator(panel) if not isinstance(one, QAbstractScrollArea)]
        for before, after in pairwise(way):
            # What opens over the panel is reached behind it, from where it was opened.
            if not _opens(before, after) and place_of(after, panel).bottom() < place_of(before, panel).top():
                complaints.append(f"{situation}: up from {name_of(before)!r} to {name_of(after)!r}")
    assert not complaints, "\n".join(complaints)


def _opens(before: QWidget, after: QWidget) -> bool:
    """Whether the second control is in something that lies over the panel, and the first is not."""
    over = after.parentWidget()
    while over is not None and not isinstance(over, Overlay | RowSheet | ConsentDrawer | NoticeBar):
        over = over.parentWidget()
    return over is not None and not over.isAncestorOf(before)


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Where a control stands in the window; what is scrolled out of sight stands at the edge of its page."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            page = parent.viewport()
            edge = page.mapTo(window, QPoint(0, 0)).y()
            place.moveTop(min(max(place.top(), edge), edge + page.height() - 1))
        parent = parent.parentWidget()
    return place


def test_an_empty_place_is_not_read(panel: PanelWindow, formats: Formats) -> None:
    empty = []
    for situation, state in states.every_state(formats.language).items():
        panel.show_state(state)
        for node in _nodes(face(panel)):
            if node.role() in (Role.StaticText, Role.Graphic) and not node.text(QAccessible.Text.Name):
                empty.append(situation)
    assert not empty


def _nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if node.state().invisible:
        return
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from _nodes(child)


@pytest.mark.parametrize("panel_state", ["ringing", "slow"])
def test_the_blocks_are_named_groups(panel: PanelWindow, language: Language, panel_state: str) -> None:
    panel.show_state(states.every_state(language)[panel_state])
    groups = [node for node in _nodes(face(panel)) if node.role() is Role.Grouping]
    assert groups
    assert all(node.text(QAccessible.Text.Name) for node in groups)


def test_a_customer_that_was_found_is_a_button_with_an_action(panel: PanelWindow, formats: Formats) -> None:
    panel.show_state(states.every_state(formats.language)["search_results"])
    part(panel, CallBar).search_clicked.emit()
    search = part(panel, SearchView)
    rows = [one for one in search.findChildren(WordButton) if one.isVisible()]
    assert rows
    for row in rows:
        told = face(row)
        assert told.role() is Role.Button
        assert not told.state().checkable
        assert told.text(QAccessible.Text.Name)
        assert isinstance(told, ButtonFace)
        assert "Press" in told.actionNames()


def open_over(panel: PanelWindow, cover: str) -> QWidget:
    """Have something opened over the panel as its controls do."""
    match cover:
        case "timeline":
            part(panel, JourneyStrip).timeline_clicked.emit()
            return part(panel, Timeline)
        case "handover":
            part(panel, ConcernView).handover_clicked.emit()
            return part(panel, HandoverSheet)
        case "search":
            part(panel, CallBar).search_clicked.emit()
            return part(panel, SearchView)
        case "preferences":
            panel.open_preferences()
            return part(panel, PreferencesView)
        case _:
            panel.toggle_help()
            return part(panel, HelpSheet)


COVERED = {"timeline": "actions", "search": "customer", "preferences": "customer", "help": "tabs"}
BENEATH: dict[str, type[QWidget]] = {"actions": ActionsBlock, "customer": CustomerView, "tabs": ActionTabs}


@pytest.mark.parametrize(("cover", "beneath"), COVERED.items())
def test_what_lies_under_something_open_is_neither_read_nor_reached(
    panel: PanelWindow, formats: Formats, cover: str, beneath: str
) -> None:
    panel.show_state(states.every_state(formats.language)["handover"])
    under: QWidget = part(panel, BENEATH[beneath])
    before = read(panel)
    inside = {one for one in under.findChildren(QWidget) if one in before}
    assert inside
    sheet = open_over(panel, cover)
    settle()
    after = read(panel)
    assert not inside & after
    assert after & set(sheet.findChildren(QWidget))
    assert not {one for one in after if panel.skips(one)}
    reached = set(way_of_the_tabulator(panel))
    assert not reached & set(under.findChildren(QWidget))
    assert reached & set(sheet.findChildren(QWidget))


def test_what_lies_in_part_under_something_open_is_read_in_part(panel: PanelWindow, formats: Formats) -> None:
    panel.show_state(states.every_state(formats.language)["handover"])
    cards = set(part(panel, ActionsBlock).findChildren(QWidget)) & read(panel)
    open_over(panel, "handover")
    settle()
    after = read(panel)
    assert cards - after
    assert cards & after
    assert not {one for one in after if panel.skips(one)}


@pytest.mark.parametrize("situation", ["reasons_declined", "day_asked", "text_form_due", "consent_one_unread", "day"])
def test_what_lies_under_a_sheet_of_the_response_or_the_consent_is_not_read(
    panel: PanelWindow, formats: Formats, situation: str
) -> None:
    panel.show_state(response_states(formats.language)[situation])
    settle()
    told = read(panel)
    assert told
    assert not {one for one in told if panel.skips(one)}


def test_of_the_tour_only_the_tour_is_read(panel: PanelWindow, formats: Formats) -> None:
    panel.show_state(states.panel(formats.language))
    panel.show_tour(states.helmut(formats.language), formats)
    settle()
    tour = part(panel, Tour)
    told = read(panel) - {panel, tour}
    assert told
    assert told <= set(tour.findChildren(QWidget))


def test_what_came_in_front_of_the_preferences_or_the_help_is_read(panel: PanelWindow, formats: Formats) -> None:
    panel.show_state(states.helmut(formats.language))
    for opened in ("preferences", "help"):
        open_over(panel, opened)
        search = open_over(panel, "search")
        settle()
        assert read(panel) & set(search.findChildren(QWidget))


def read(panel: PanelWindow) -> set[QWidget]:
    """The widgets that a screen reader comes to and of which it says something."""
    places = (Role.Client, Role.Border, Role.LayeredPane, Role.ScrollBar)
    told = [one for one in _nodes(face(panel)) if one.role() not in places or one.text(QAccessible.Text.Name)]
    return {widget for one in told if isinstance(widget := one.object(), QWidget)}
