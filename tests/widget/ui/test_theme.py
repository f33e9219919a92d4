"""Both schemes can be read, and the style sheet is complete."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.paths import resource
from nba_desktop.ui.fonts import app_font, tabular
from nba_desktop.ui.icons import Icon, pixmap
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.theme import DARK, LIGHT, Tokens, apply_theme, current_tokens, style_sheet

WORDS_ON = {
    "text": ("window", "ground", "chip", "accent_soft", "bad_soft"),
    "muted": ("window", "ground", "chip", "accent_soft", "good_soft", "bad_soft"),
    "accent": ("window", "ground", "chip", "accent_soft"),
    "good": ("window", "ground", "good_soft"),
    "bad": ("window", "ground", "bad_soft"),
    "on_accent": ("accent",),
}
SHAPES_ON = {"edge": ("window", "ground"), "accent": ("window", "ground"), "good": ("ground",), "bad": ("ground",)}


def luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    of = QColor(colour)
    return 0.2126 * linear(of.redF()) + 0.7152 * linear(of.greenF()) + 0.0722 * linear(of.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(tokens: Tokens, pairs: dict[str, tuple[str, ...]], least: float) -> list[str]:
    colours = asdict(tokens)
    return [
        f"{front} on {ground}: {contrast(colours[front], colours[ground]):.2f}"
        for front, grounds in pairs.items()
        for ground in grounds
        if contrast(colours[front], colours[ground]) < least
    ]


def test_the_measure_of_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_word_can_be_read_on_its_ground(tokens: Tokens) -> None:
    assert too_weak(tokens, WORDS_ON, 4.5) == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_shape_can_be_told_from_its_ground(tokens: Tokens) -> None:
    assert too_weak(tokens, SHAPES_ON, 3.0) == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_colour_but_the_tokens(tokens: Tokens) -> None:
    source = resource("theme.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", source)
    used = set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(tokens)))
    assert used <= set(asdict(tokens).values())


def test_larger_text_is_larger_everywhere() -> None:
    usual, double = (re.findall(r"font-size: (\d+)px", style_sheet(LIGHT, scale)) for scale in (1.0, 2.0))
    assert [2 * int(size) for size in usual] == [int(size) for size in double]


def test_a_scheme_can_be_changed_while_the_panel_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light)
    icon = Icon("check")
    icon.setProperty("variant", "good")
    button = Button("Solved", role="chip", variant="good")
    for widget in (icon, button):
        qtbot.addWidget(widget)
        widget.show()
    assert current_tokens() == LIGHT
    before = icon.grab().toImage()
    apply_theme(qapp, Qt.ColorScheme.Dark)
    assert current_tokens() == DARK
    assert button.palette().buttonText().color().name() == DARK.good
    assert icon.grab().toImage() != before


def test_an_unknown_scheme_is_shown_light(qapp: QApplication) -> None:
    apply_theme(qapp, Qt.ColorScheme.Unknown)
    assert current_tokens() == LIGHT


def test_the_bundled_font_is_the_one_that_is_shown(qapp: QApplication, light: None) -> None:
    assert qapp.font().family() == "Inter"
    assert {"Regular", "Medium", "Semi Bold", "Bold"} <= {
        style.replace("SemiBold", "Semi Bold") for style in QFontDatabase.styles("Inter")
    }
    assert (resource("fonts", "OFL.txt")).read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE")


def test_the_digits_of_a_timer_are_of_equal_width(qapp: QApplication, light: None) -> None:
    metrics = QFontMetrics(tabular(app_font(13)))
    assert {metrics.horizontalAdvance(digit * 4) for digit in "0123456789"} == {metrics.horizontalAdvance("0000")}
    usual = QFontMetrics(app_font(13))
    assert usual.horizontalAdvance("1111") < usual.horizontalAdvance("0000")


def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert "phone" in names
    for name in names:
        if name == "nba-desktop":
            continue
        source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in source, name
        image = pixmap(name, QColor("#ff0000"), 24, 2.0).toImage()
        assert image.width() == 48
        painted = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250]
        assert painted, f"{name} is empty"
        assert all(colour.green() == 0 == colour.blue() for colour in painted), name


def test_an_unknown_icon_is_named_in_the_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        pixmap("no-such-icon", QColor("#ff0000"), 24, 1.0)
