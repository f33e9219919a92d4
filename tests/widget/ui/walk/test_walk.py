"""No words are cut and nothing lies over anything: every view where text is largest, and a sample of all looks.

German words are the longer ones: of the English views every second one is shown where text is largest, and the sample
in two looks. The whole of it, every view in every look and language, is walked by `make contact-sheet`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.ui.panel.window import SMALLEST
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import ElidedLabel, Label
from tests.widget.ui.walk.faults import faults_in
from tests.widget.ui.walk.walk import Look, Walk, every_look

WORST = Look("light", SMALLEST[0], 940, 2.0)
SAMPLE = (
    Look("dark", 440, 720, 1.0),
    Look("dark", 360, 720, 2.0),
    Look("light", 640, 940, 1.5),
    Look("light", 440, 940, 1.0),
    Look("dark", 440, 940, 2.0),
    Look("light", 360, 720, 1.5),
    Look("dark", 360, 940, 1.0),
    Look("dark", 640, 720, 1.5),
)


@pytest.fixture(scope="module", params=["de", "en"])
def walk(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Walk]:
    """One panel in a language, made once."""
    language: Language = request.param
    walking = Walk(qapp, language)
    yield walking
    walking.close()


def test_nothing_is_cut_where_text_is_largest_and_the_panel_narrowest(walk: Walk) -> None:
    views = walk.views if walk.language == "de" else walk.views[::2]
    complaints = [str(one) for one in walk.look_at(WORST, views)]
    assert not complaints, "\n".join(complaints)


def test_a_sample_of_the_views_fits_in_each_of_the_other_looks(walk: Walk) -> None:
    complaints = []
    for place, look in enumerate(SAMPLE if walk.language == "de" else SAMPLE[:2]):
        views = walk.views[place :: 3 * len(SAMPLE)]
        complaints += [str(one) for one in walk.look_at(look, views)]
    assert not complaints, "\n".join(complaints)


def test_the_sample_holds_every_pair_of_theme_width_height_and_text_size() -> None:
    def pairs(looks: Iterator[Look] | tuple[Look, ...]) -> set[tuple[object, object]]:
        found: set[tuple[object, object]] = set()
        for look in looks:
            values = (look.theme, look.width, look.height, look.scale)
            found |= {(values[0], values[1]), (values[0], values[2]), (values[2], values[3])}
        return found

    assert pairs(every_look()) == pairs((WORST, *SAMPLE))


def shown(qtbot: QtBot, *widgets: QWidget, width: int = 120) -> QWidget:
    root = QWidget()
    column = QVBoxLayout(root)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(root)
    root.resize(width, 200)
    root.show()
    return root


def kinds(root: QWidget) -> set[str]:
    return {fault.kind for fault in faults_in(root)}


def test_a_cut_label_is_found(qtbot: QtBot) -> None:
    label = QLabel("words that are longer than their label")
    root = shown(qtbot, label)
    assert kinds(root) == set()
    label.setFixedWidth(40)
    assert kinds(root) == {"clipped"}
    label.setWordWrap(True)
    label.setFixedHeight(10)
    assert kinds(root) == {"clipped"}


def test_a_word_that_is_wider_than_its_label_is_found(qtbot: QtBot) -> None:
    label = QLabel("Abschlagszahlungsvereinbarung")
    label.setWordWrap(True)
    root = shown(qtbot, label)
    label.setFixedSize(60, 100)
    assert kinds(root) == {"clipped"}
    ours = Label("Abschlagszahlungsvereinbarung", wrap=True)
    root = shown(qtbot, ours)
    ours.setFixedSize(80, 100)
    assert kinds(root) == set()


def test_a_low_and_a_small_button_are_found(qtbot: QtBot) -> None:
    button = Button("Words on a button")
    root = shown(qtbot, button, width=300)
    assert kinds(root) == set()
    button.setFixedSize(60, 30)
    assert "clipped" in kinds(root)
    small = QPushButton("x")
    small.setFixedSize(20, 20)
    assert kinds(shown(qtbot, small)) == {"small"}


def test_what_lies_over_its_neighbour_or_outside_its_parent_is_found(qtbot: QtBot) -> None:
    one, other = QLabel("one"), QLabel("other")
    root = shown(qtbot, one, other)
    other.setGeometry(one.geometry())
    assert kinds(root) == {"overlapping"}
    other.move(root.width() - 10, other.y() + 100)
    assert kinds(root) == {"outside"}


def test_a_nameless_control_is_found(qtbot: QtBot) -> None:
    assert kinds(shown(qtbot, Button(role="tool", icon="search"))) == {"nameless"}


def test_only_what_may_be_elided_is_and_its_tooltip_has_the_whole(qtbot: QtBot) -> None:
    label = ElidedLabel()
    label.setText("the name of a queue that is longer than anybody would think")
    root = shown(qtbot, label)
    root.grab()
    assert kinds(root) == set()
    label.setToolTip("")
    assert kinds(root) == {"clipped"}
