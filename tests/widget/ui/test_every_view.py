"""Every situation of the panel can be read: in both languages, both schemes, on a large and on a small screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.contact import Phase
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.window import SIZE, SMALLEST, PanelWindow
from nba_desktop.ui.primitives.blocks import Section
from tests.fakes import states
from tests.widget.ui.looking import part, seen, settle

SITUATIONS = tuple(states.every_state("de"))
OPENINGS = {
    "authenticated": Overlays.toggle_timeline,
    "search_results": Overlays.open_search,
    "search_without_call": Overlays.open_search,
    "search_authenticated": Overlays.open_search,
    "handover": Overlays.toggle_handover,
}


def opened(qtbot: QtBot, formats: Formats, size: tuple[int, int]) -> PanelWindow:
    panel = PanelWindow(formats)
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    return panel


def test_every_situation_looks_different(qtbot: QtBot, german_formats: Formats) -> None:
    panel = opened(qtbot, german_formats, SIZE)
    overlays = part(panel, Overlays)
    pictures = {}
    for name, state in states.every_state("de").items():
        panel.show_state(state)
        panel.setFocus()
        pictures[name] = panel.grab().toImage()
        if name in OPENINGS:
            OPENINGS[name](part(panel, Overlays))
            pictures[f"{name}, opened"] = panel.grab().toImage()
            for close in (overlays.close_timeline, overlays.close_search, overlays.close_handover):
                close()
    # The found customers are seen only in the search that is opened over what was there before.
    for name in ("search_results", "search_unknown", "search_without_call", "search_authenticated"):
        del pictures[name]
    same = [(a, b) for a in pictures for b in pictures if a < b and pictures[a] == pictures[b]]
    assert not same


def test_no_word_of_the_other_language_is_on_the_screen(qtbot: QtBot, language: Language, formats: Formats) -> None:
    panel = opened(qtbot, formats, SIZE)
    other = {"de": (" the ", " is ", " yet", "Call ", "Search"), "en": (" der ", " ist ", "Bitte", "noch ", "Anruf")}
    wrong = []
    for name, state in states.every_state(language).items():
        panel.show_state(state)
        texts = seen(panel)
        assert texts, name
        wrong += [f"{name}: {text}" for text in texts if any(word in text for word in other[language])]
    assert not wrong


def test_a_second_call_makes_no_widget(qtbot: QtBot, german_formats: Formats) -> None:
    panel = opened(qtbot, german_formats, SIZE)
    made = []
    for _ in range(2):
        for state in states.every_state("de").values():
            panel.show_state(state)
        made.append(len(panel.findChildren(QWidget)))
    # What only some calls need is made for the first of them.
    assert made[0] == made[1]


@pytest.mark.parametrize("size", [SIZE, SMALLEST], ids=["large", "small"])
def test_the_response_row_stays_at_the_bottom(qtbot: QtBot, german_formats: Formats, size: tuple[int, int]) -> None:
    panel = opened(qtbot, german_formats, size)
    tops = set()
    for name, state in states.every_state("de").items():
        panel.show_state(state)
        settle()
        # While it rings there is nothing to respond to yet, and nothing of it is shown.
        responding = state.contact is not None and state.contact.phase is not Phase.RINGING
        # What could not be stored may take the room that it needs to say so.
        if responding and name != "not_stored":
            tops.add(panel.response_top())
    # The room of a receipt is kept from the beginning: no line more or less may move the buttons.
    assert max(tops) - min(tops) < panel.fontMetrics().height(), tops
    assert max(tops) < panel.height()


def test_nothing_moves_once_the_caller_is_authenticated(qtbot: QtBot, formats: Formats) -> None:
    panel = opened(qtbot, formats, SIZE)
    contact = states.contact_of(states.helmut_view(formats.language))
    places = []
    # What is raised folds the other actions; until then nothing does.
    quiet = replace(states.helmut_contact(formats.language), addressed=frozenset())
    for shown in (contact, quiet):
        panel.show_state(states.panel(formats.language, shown))
        settle()
        places.append([(view.y(), view.height()) for view in panel.findChildren(Section) if view.isVisible()])
    assert places[0] == places[1]
