"""Lines that break: beside each other where there is room, below where there is none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.flow import EvenLayout, FlowLayout
from nba_desktop.ui.primitives.labels import Label

COMPOUND = "Abschlagszahlungsvereinbarung"


def box(qtbot: QtBot, width: int) -> QWidget:
    root = QWidget()
    qtbot.addWidget(root)
    root.resize(width, 200)
    return root


def test_words_share_a_line_with_a_button_and_let_it_go_below_where_they_have_no_room(qtbot: QtBot) -> None:
    root = box(qtbot, 400)
    flow = FlowLayout(root)
    words, button = Label("A sentence that may go on in the next line", wrap=True), Button("Try again")
    flow.add_stretched(words)
    flow.addWidget(button)
    root.show()
    assert button.geometry().right() == root.rect().right()
    assert button.y() < words.geometry().bottom()
    root.resize(150, 200)
    assert button.y() >= words.geometry().bottom()
    assert button.geometry().right() == root.rect().right()


def test_what_stands_at_the_right_does_so_without_words_before_it(qtbot: QtBot) -> None:
    root = box(qtbot, 400)
    flow = FlowLayout(root)
    back, star = Button("Back"), Button("Star")
    flow.addWidget(back)
    flow.add_right(star)
    root.show()
    assert back.x() == 0
    assert star.geometry().right() == root.rect().right()


def test_a_button_and_a_chip_wider_than_the_line_go_on_within_themselves(qtbot: QtBot) -> None:
    root = box(qtbot, 120)
    flow = FlowLayout(root)
    button, chip = Button(f"{COMPOUND} abschließen", key="Alt+F"), Chip(f"{COMPOUND} offen")
    flow.addWidget(button)
    flow.addWidget(chip)
    root.show()
    for widget in (button, chip):
        assert widget.width() == root.width()
        assert widget.height() > widget.sizeHint().height()
        assert not widget.grab().isNull()
    assert flow.heightForWidth(120) == chip.geometry().bottom() + 1


def test_even_lines_are_filled_to_both_ends(qtbot: QtBot) -> None:
    root = box(qtbot, 600)
    row = EvenLayout(root)
    buttons = [
        Button(words, role="group") for words in ("Accepted", "Interested", "Thinking", "Declined", "Not raised")
    ]
    for button in buttons:
        row.addWidget(button)
    root.show()
    assert len({button.y() for button in buttons}) == 1
    assert buttons[-1].geometry().right() == root.rect().right()
    root.resize(sum(button.sizeHint().width() for button in buttons[:3]) + 20, 200)
    assert [button.y() == buttons[0].y() for button in buttons] == [True, True, True, False, False]
    assert buttons[2].geometry().right() == buttons[4].geometry().right() == root.rect().right()


def test_a_chosen_chip_is_as_wide_as_before(qtbot: QtBot, light: None) -> None:
    chip = Button("Preisänderung", role="chip")
    qtbot.addWidget(chip)
    chip.show()
    before = chip.sizeHint()
    chip.set_on(True)
    assert chip.sizeHint() == before


def test_the_room_of_an_arrow_is_kept(qtbot: QtBot) -> None:
    button = Button("Declined", role="group")
    qtbot.addWidget(button)
    button.keep_room(trailing=True)
    before = button.sizeHint()
    button.set_trailing("chevron-down")
    assert button.sizeHint() == before


def test_a_label_breaks_its_long_word_and_says_it_whole(qtbot: QtBot) -> None:
    label = Label(f"Neue {COMPOUND}", wrap=True)
    qtbot.addWidget(label)
    label.resize(100, 200)
    label.show()
    assert label.text() == label.accessibleName() == f"Neue {COMPOUND}"
    label.resize(600, 200)
    assert label.accessibleName() == ""
    label.resize(100, 200)
    label.setText("kurz")
    assert label.accessibleName() == ""


def test_a_field_shows_the_hint_that_fits_and_names_the_longest(qtbot: QtBot) -> None:
    field = Field()
    qtbot.addWidget(field)
    field.set_hints("Customer number, name, contract or address", "Search")
    field.resize(600, 30)
    field.show()
    assert field.placeholderText() == "Customer number, name, contract or address"
    field.resize(100, 30)
    assert field.placeholderText() == "Search"
    field.resize(30, 30)
    assert field.placeholderText() == ""
    assert field.toolTip() == field.accessibleName() == "Customer number, name, contract or address"
