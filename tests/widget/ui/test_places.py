"""Nothing jumps: every block has its place before it is filled, and keeps it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.actions import ActionsBlock
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.window import SIZE, SMALLEST, PanelWindow
from tests.fakes import states
from tests.widget.ui.looking import part, settle

BLOCKS: tuple[type[QWidget], ...] = (CustomerView, JourneyStrip, ConcernView, ActionsBlock, ActionTabs, ResponseRow)
LOADING = BlockState(BlockStatus.LOADING)
LATE = BlockState(BlockStatus.SLOW)
FAILED = BlockState(BlockStatus.FAILED, FailureCode.TOO_LATE)
OFFLINE = BlockState(BlockStatus.FAILED, FailureCode.OFFLINE)


def tops(panel: PanelWindow, contact: ContactState, language: Language) -> dict[str, int]:
    panel.show_state(states.panel(language, contact))
    settle()
    return {kind.__name__: part(panel, kind).mapTo(panel, part(panel, kind).rect().topLeft()).y() for kind in BLOCKS}


@pytest.mark.parametrize("size", [SIZE, (440, SMALLEST[1])], ids=["large", "small"])
def test_nothing_moves_while_the_caller_is_looked_for(
    qtbot: QtBot, language: Language, formats: Formats, size: tuple[int, int]
) -> None:
    panel = PanelWindow(formats)
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    waiting = replace(states.loading_contact(), interaction=states.interaction())
    known = states.contact_of(states.masked_view(language))
    places = {
        name: tops(panel, contact, language)
        for name, contact in (
            ("loading", waiting),
            ("late", states.with_blocks(waiting, LATE)),
            ("failed", states.with_blocks(waiting, FAILED)),
            ("offline", states.with_blocks(waiting, OFFLINE)),
            ("ready", known),
        )
    }
    assert all(place == places["loading"] for place in places.values()), places


@pytest.mark.parametrize("size", [SIZE, (440, SMALLEST[1])], ids=["large", "small"])
def test_nothing_moves_while_the_actions_are_ranked_anew(
    qtbot: QtBot, language: Language, formats: Formats, size: tuple[int, int]
) -> None:
    panel = PanelWindow(formats)
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    # Once an action is raised with the customer, the reasons of the others are folded; here none is yet.
    ready = replace(states.helmut_contact(language), addressed=frozenset(), guides=())
    assert ready.view is not None
    undecided = ready.view.model_copy(
        update={"decision": ready.view.decision.model_copy(update={"recommendations": (), "why_not": ()})}
    )
    places = {
        f"{name}, {filled}": tops(panel, replace(contact, actions_block=block), language)
        for name, block in (("loading", LOADING), ("late", LATE), ("failed", FAILED), ("offline", OFFLINE))
        for filled, contact in (("ranked before", ready), ("none yet", replace(ready, view=undecided, action_id=None)))
    }
    places["ready"] = tops(panel, ready, language)
    moved = {
        name: {part: (top, places["ready"][part]) for part, top in place.items() if top != places["ready"][part]}
        for name, place in places.items()
    }
    assert not any(moved.values()), moved


@pytest.mark.parametrize(("height", "least"), [(720, 105), (810, 120)])
def test_the_guide_of_a_raised_action_can_be_read_on_a_small_screen(
    qtbot: QtBot, language: Language, formats: Formats, height: int, least: int
) -> None:
    panel = PanelWindow(formats)
    qtbot.addWidget(panel)
    panel.resize(440, height)
    panel.show()
    panel.show_state(states.every_state(language)["solved"])
    settle()
    guide = part(panel, GuidePage)
    top = guide.mapTo(panel, guide.rect().topLeft()).y()
    assert min(top + guide.height(), panel.response_top()) - top >= least


def test_the_scroll_bar_of_the_whole_takes_no_width(qtbot: QtBot, formats: Formats) -> None:
    panel = PanelWindow(formats)
    qtbot.addWidget(panel)
    panel.resize(440, SMALLEST[1])
    panel.show()
    scrolls = {}
    for name in ("solved", "household_chosen"):
        panel.show_state(states.every_state("de")[name])
        settle()
        scrolls[name] = part(panel, LowerHalf).page.scrolls
        assert part(panel, CustomerView).width() == 440
    assert scrolls == {"solved": False, "household_chosen": True}


def test_fewer_actions_leave_their_room_to_the_guide(qtbot: QtBot, formats: Formats) -> None:
    panel = PanelWindow(formats)
    qtbot.addWidget(panel)
    panel.resize(440, 940)
    panel.show()
    three = states.helmut_contact("de")
    assert three.view is not None
    decision = three.view.decision
    one = decision.model_copy(update={"recommendations": decision.recommendations[:1]})
    fewer = replace(three, view=three.view.model_copy(update={"decision": one}))
    heights = []
    for contact in (three, fewer):
        panel.show_state(states.panel("de", contact))
        settle()
        heights.append(part(panel, GuidePage).height())
    assert heights[1] - heights[0] > 60
