"""Both schemes can be read, and the style sheet is complete."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import nba_desktop.ui
from nba_desktop.domain.preferences import Theme
from nba_desktop.paths import resource
from nba_desktop.ui.fonts import app_font, tabular
from nba_desktop.ui.icons import Icon, pixmap
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.theme import Look, apply_theme, current_scale, current_tokens, scaled, style_sheet
from nba_desktop.ui.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens

THEMES = {"light": LIGHT, "dark": DARK, "contrast_light": CONTRAST_LIGHT, "contrast_dark": CONTRAST_DARK}
GROUNDS = ("window", "ground", "chip", "accent_soft", "good_soft", "bad_soft")
WORDS_ON = {
    "text": GROUNDS,
    "muted": GROUNDS,
    "accent": ("window", "ground", "chip", "accent_soft"),
    "good": ("window", "ground", "chip", "good_soft"),
    "bad": ("window", "ground", "chip", "bad_soft"),
    "on_accent": ("accent",),
}
SHAPES_ON = {
    # Borders of controls, scroll bars, marks of steps and of contacts.
    "edge": ("window", "ground"),
    # The chosen one, the focus, the line of the chosen tab.
    "accent": ("window", "ground", "chip", "accent_soft", "bad_soft"),
    "good": ("window", "ground", "good_soft"),
    "bad": ("window", "ground", "bad_soft"),
    # The focus on the primary button, and on the strip while a call rings.
    "text": ("window", "ground"),
    "on_accent": ("accent",),
    # The tick in the mark of a step that is done.
    "window": ("good",),
}
ONLY_ORNAMENT = {"border": ("window", "ground", "chip")}
"""Hairlines between what words and space keep apart as well; of high contrast they are shapes like others."""


def luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    of = QColor(colour)
    return 0.2126 * linear(of.redF()) + 0.7152 * linear(of.greenF()) + 0.0722 * linear(of.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(tokens: Tokens, pairs: Mapping[str, tuple[str, ...]], least: float) -> list[str]:
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


@pytest.mark.parametrize("theme", THEMES)
def test_every_word_can_be_read_on_its_ground(theme: str) -> None:
    assert too_weak(THEMES[theme], WORDS_ON, 7 if theme.startswith("contrast") else 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_shape_can_be_told_from_its_ground(theme: str) -> None:
    assert too_weak(THEMES[theme], SHAPES_ON, 4.5 if theme.startswith("contrast") else 3.0) == []


@pytest.mark.parametrize("theme", ["contrast_light", "contrast_dark"])
def test_of_high_contrast_even_ornaments_can_be_told_from_their_ground(theme: str) -> None:
    assert too_weak(THEMES[theme], ONLY_ORNAMENT, 3.0) == []


def test_no_token_is_left_out_of_the_measure() -> None:
    fronts = {**WORDS_ON, **SHAPES_ON, **ONLY_ORNAMENT}
    measured = set(fronts) | {ground for grounds in fronts.values() for ground in grounds}
    assert measured == {field.name for field in fields(Tokens)}


def test_every_colour_of_the_style_sheet_is_measured_on_the_ground_of_its_rule() -> None:
    source = re.sub(r"/\*.*?\*/", "", resource("theme.qss").read_text(encoding="utf-8"), flags=re.DOTALL)
    missing = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", source):
        if ":disabled" in selector:
            continue  # what cannot be used need not stand out
        values = dict(re.findall(r"([\w-]+):[^;$]*\$(\w+)", body))
        ground = values.get("background")
        if ground is None:
            continue
        for name, pairs in (("color", WORDS_ON), ("border-color", SHAPES_ON), ("border", SHAPES_ON)):
            front = values.get(name)
            # A border in the colour of its ground is none.
            if front and front != ground and ground not in {**pairs, **ONLY_ORNAMENT}.get(front, ()):
                missing.append(f"{selector.strip()}: {front} on {ground}")
    assert missing == []


@pytest.mark.parametrize("path", sorted(Path(nba_desktop.ui.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_no_colour_is_written_outside_of_the_tokens(path: Path) -> None:
    if path.name != "tokens.py":
        assert not re.findall(r"#[0-9a-fA-F]{6}\b|GlobalColor\.(?!transparent)", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_the_style_sheet_has_no_colour_but_the_tokens(tokens: Tokens) -> None:
    source = resource("theme.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", source)
    used = set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(tokens)))
    assert used <= set(asdict(tokens).values())


def test_larger_text_is_larger_everywhere() -> None:
    usual, double = (re.findall(r"font-size: (\d+)px", style_sheet(LIGHT, scale)) for scale in (1.0, 2.0))
    assert [2 * int(size) for size in usual] == [int(size) for size in double]


def test_what_is_around_larger_text_grows_with_it_and_lines_stay_lines() -> None:
    usual, double = style_sheet(LIGHT), style_sheet(LIGHT, 2.0)
    assert "padding: 3px 8px" in usual
    assert "padding: 6px 16px" in double
    assert double.count("1px solid") == usual.count("1px solid")


def test_the_scale_of_the_text_is_known_to_what_paints_itself(qapp: QApplication) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light, 1.5)
    assert current_scale() == 1.5
    assert scaled(16) == 24
    apply_theme(qapp, Qt.ColorScheme.Light)
    assert scaled(16) == 16


@pytest.mark.parametrize(
    ("theme", "tokens"),
    [("light", LIGHT), ("dark", DARK), ("contrast_light", CONTRAST_LIGHT), ("contrast_dark", CONTRAST_DARK)],
)
def test_a_chosen_theme_is_shown_whatever_the_system_does(qapp: QApplication, theme: Theme, tokens: Tokens) -> None:
    look = Look(qapp)
    look.choose(theme, 100)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current_tokens() == tokens
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == tokens.window


class SystemHints(QObject):
    """What a system says of its looks; the one of the tests has none."""

    colorSchemeChanged = Signal(Qt.ColorScheme)
    contrastPreferenceChanged = Signal(Qt.ContrastPreference)

    def __init__(self) -> None:
        super().__init__()
        self.scheme, self.contrast = Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self.contrast

    def accessibility(self) -> SystemHints:
        return self


def test_the_systems_scheme_and_contrast_are_followed_while_the_panel_runs(qapp: QApplication) -> None:
    system = SystemHints()
    look = Look(qapp, system)
    look.choose("system", 100)
    assert current_tokens() == LIGHT
    system.contrast = Qt.ContrastPreference.HighContrast
    system.contrastPreferenceChanged.emit(system.contrast)
    assert current_tokens() == CONTRAST_LIGHT
    system.scheme = Qt.ColorScheme.Dark
    system.colorSchemeChanged.emit(system.scheme)
    assert current_tokens() == CONTRAST_DARK
    system.contrast = Qt.ContrastPreference.NoPreference
    system.contrastPreferenceChanged.emit(system.contrast)
    assert current_tokens() == DARK
    look.choose("light", 150)
    system.colorSchemeChanged.emit(system.scheme)
    assert current_tokens() == LIGHT
    assert current_scale() == 1.5
    look.choose("light", 100)


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
