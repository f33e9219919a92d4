"""How the panel looks: the theme and the size of its text, chosen or as the system's, changed while it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from string import Template
from typing import Any, Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from nba_desktop.domain.preferences import Theme
from nba_desktop.paths import resource
from nba_desktop.ui.fonts import app_font
from nba_desktop.ui.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens

_SIZES: Final = {"title": 17, "body": 13, "small": 12, "tiny": 11}
"""Text sizes in device-independent pixels at 100 %."""
_TOKENS: Final[dict[Theme, Tokens]] = {
    "light": LIGHT,
    "dark": DARK,
    "contrast_light": CONTRAST_LIGHT,
    "contrast_dark": CONTRAST_DARK,
}
_STYLE: Final = "fusion"
_THEME: Final = "nba_theme"
_SCALE: Final = "nba_text_scale"
_SHEET: Final = "nba_style_sheet"
"""Properties of the application: what looks at them needs not be told."""
_LENGTH: Final = re.compile(r"(?<!border-radius: )\b([3-9]|\d{2,})px")
"""A length that grows with the text. Lines of one or two pixels stay lines, and corners as round as they are: Qt
leaves out a radius that is more than half of the height."""


class SystemContrast(Protocol):
    """What `QAccessibilityHints` says."""

    @property
    def contrastPreferenceChanged(self) -> SignalInstance:
        """Carries a `Qt.ContrastPreference`."""

    def contrastPreference(self) -> Qt.ContrastPreference:
        """Whether the system shows high contrast."""


class SystemLook(Protocol):
    """What `QStyleHints` says."""

    @property
    def colorSchemeChanged(self) -> SignalInstance:
        """Carries a `Qt.ColorScheme`."""

    def colorScheme(self) -> Qt.ColorScheme:
        """Whether the system is light or dark."""

    def accessibility(self) -> SystemContrast:
        """What it says of contrast."""


class Look(QObject):
    """The application's look; with the theme `system` it follows the system's scheme and contrast at run time."""

    def __init__(self, app: QApplication, system: SystemLook | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._theme: Theme = "system"
        self._scale = 1.0
        self._hints: SystemLook = system or QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)

    def choose(self, theme: Theme, text_size: int) -> None:
        """Show a theme, and text of a size in percent."""
        self._theme, self._scale = theme, text_size / 100
        self._apply()

    @contextmanager
    def changing(self, theme: Theme, text_size: int) -> Iterator[None]:
        """Show a theme, and text of a size in percent, around what makes the panel anew for it within.

        Nothing is styled twice, and nothing at all that is thrown away within.
        """
        before = QApplication.allWidgets()
        self._theme, self._scale = theme, text_size / 100
        self._apply(at_the_end=True)
        try:
            yield
        finally:
            _put_on(self._app)
        _tell_fonts(self._app, {widget for widget in before if isValid(widget)})

    def _on_system_changed(self, _: object) -> None:
        if self._theme == "system":
            self._apply()

    def _apply(self, *, at_the_end: bool = False) -> None:
        if self._theme == "system":
            preference = self._hints.accessibility().contrastPreference()
            contrast = preference is Qt.ContrastPreference.HighContrast
            scheme = self._hints.colorScheme()
        else:
            scheme = Qt.ColorScheme.Dark if self._theme in ("dark", "contrast_dark") else Qt.ColorScheme.Light
            contrast = self._theme.startswith("contrast")
        if at_the_end:
            _prepare(self._app, scheme, self._scale, contrast)
        else:
            apply_theme(self._app, scheme, self._scale, contrast=contrast)


@contextmanager
def styled_at_the_end(app: QApplication) -> Iterator[None]:
    """Style what is built within it once, when it is complete, instead of each time a part moves into another one."""
    sheet = app.styleSheet()
    if sheet:
        app.setProperty(_SHEET, sheet)
        app.setStyleSheet("")
    yield
    _put_on(app)


def leave_unstyled(view: QWidget) -> None:
    """Style a view no more, which is thrown away: else each change of style goes through every part of it."""
    for widget in (view, *view.findChildren(QWidget)):
        # What is not polished is not polished anew, and what has a style of its own hears of no other one.
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Polished, False)
        widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle)


def apply_theme(app: QApplication, scheme: Qt.ColorScheme, text_scale: float = 1.0, *, contrast: bool = False) -> None:
    """Give the application its style, font, palette and style sheet; an unknown scheme is shown light.

    `text_scale` multiplies every text size, 1.0 to 2.0.
    """
    if _prepare(app, scheme, text_scale, contrast):
        _put_on(app)
        _tell_fonts(app, None)


def _prepare(app: QApplication, scheme: Qt.ColorScheme, text_scale: float, contrast: bool) -> bool:
    """Give the application its style, font and palette, and take its style sheet off; say whether it needs another."""
    dark = scheme is Qt.ColorScheme.Dark
    theme: Theme = ("contrast_dark" if dark else "contrast_light") if contrast else ("dark" if dark else "light")
    tokens = _TOKENS[theme]
    # Before the style sheet: what is told that the style has changed looks here.
    app.setProperty(_THEME, theme)
    app.setProperty(_SCALE, text_scale)
    sheet = style_sheet(tokens, text_scale)
    if app.styleSheet() == sheet:
        return False  # every step below would style all widgets anew
    app.setProperty(_SHEET, sheet)
    # One sheet in place of another costs ten times what taking one away and putting one on does: each widget then hears
    # of its ancestors' new fonts and colours as often as it has ancestors.
    app.setStyleSheet("")
    if app.style().name() != _STYLE:
        app.setStyle(_STYLE)
    app.setFont(app_font(round(_SIZES["body"] * text_scale)))
    app.setPalette(_palette(tokens))
    return True


def _put_on(app: QApplication) -> None:
    """Put on the style sheet that was taken off."""
    if not app.styleSheet():
        app.setStyleSheet(app.property(_SHEET) or "")


def _tell_fonts(app: QApplication, those: set[QWidget] | None) -> None:
    """Tell widgets (None: all) of their fonts once more.

    They were styled in no order: what measured its parts meanwhile found some of them in another font.
    """
    for window in app.topLevelWidgets():
        for widget in (*reversed(window.findChildren(QWidget)), window):
            if those is None or (widget in those and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)):
                app.sendEvent(widget, QEvent(QEvent.Type.FontChange))


def current_tokens() -> Tokens:
    """The tokens in use, for widgets that paint themselves; a widget's own palette has the style sheet's colours."""
    return _TOKENS.get(_property(_THEME), LIGHT)


def current_scale() -> float:
    """How much larger than usual the text is, 1.0 to 2.0; a change of it comes as a change of style."""
    return float(_property(_SCALE) or 1.0)


def scaled(pixels: float) -> int:
    """A length in device-independent pixels that grows with the text, such as an icon beside it."""
    return round(pixels * current_scale())


def style_sheet(tokens: Tokens, text_scale: float = 1.0) -> str:
    """The style sheet with colours and sizes put in."""
    sizes = {f"size_{name}": f"{round(size * text_scale)}px" for name, size in _SIZES.items()}
    source = resource("theme.qss").read_text(encoding="utf-8")
    grown = _LENGTH.sub(lambda length: f"{round(int(length[1]) * text_scale)}px", source)
    return Template(grown).substitute(asdict(tokens), **sizes)


def _property(name: str) -> Any:
    app = QApplication.instance()
    return None if app is None else app.property(name)


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.Base: tokens.window,
        role.AlternateBase: tokens.ground,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.Button: tokens.chip,
        role.ToolTipBase: tokens.window,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Mid: tokens.border,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.BrightText: tokens.bad,
        role.Accent: tokens.accent,
    }
    palette = QPalette(QColor(tokens.chip), QColor(tokens.window))
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette
