"""How the panel looks: colour tokens for light and dark, and the style sheet made of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from nba_desktop.paths import resource
from nba_desktop.ui.fonts import app_font

_SIZES: Final = {"title": 17, "body": 13, "small": 12, "tiny": 11}
"""Text sizes in device-independent pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme as `#rrggbb`; every text colour has a contrast of 4.5:1 on its grounds."""

    window: str
    ground: str
    text: str
    muted: str
    border: str
    edge: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    chip: str


LIGHT: Final = Tokens(
    window="#ffffff",
    ground="#f3f6f8",
    text="#1b2430",
    muted="#5b6877",
    border="#dde3ea",
    edge="#7b8896",
    accent="#0a6b6b",
    accent_soft="#e2f1f0",
    on_accent="#ffffff",
    good="#1b7a3d",
    good_soft="#e6f3ea",
    bad="#b3261e",
    bad_soft="#fbeae9",
    chip="#edf0f4",
)
DARK: Final = Tokens(
    window="#1e2530",
    ground="#161b22",
    text="#e6eaf0",
    muted="#9aa6b4",
    border="#353e4b",
    edge="#7d8a9a",
    accent="#4fc3bd",
    accent_soft="#173d3d",
    on_accent="#10201f",
    good="#5dd08a",
    good_soft="#1a3526",
    bad="#ff8a80",
    bad_soft="#43272a",
    chip="#2a323e",
)


def apply_theme(app: QApplication, scheme: Qt.ColorScheme, text_scale: float = 1.0) -> None:
    """Give the application its style, font, palette and style sheet; an unknown scheme is shown light.

    `text_scale` multiplies every text size, 1.0 to 2.0.
    """
    tokens = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    sheet = style_sheet(tokens, text_scale)
    if app.styleSheet() == sheet:
        return  # every step below would style all widgets anew
    app.setStyle("Fusion")
    app.setFont(app_font(round(_SIZES["body"] * text_scale)))
    app.setPalette(_palette(tokens))
    app.setStyleSheet(sheet)


def follow_system(app: QApplication, text_scale: float = 1.0) -> None:
    """Show the system's scheme now and whenever it changes."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda scheme: apply_theme(app, scheme, text_scale))
    apply_theme(app, hints.colorScheme(), text_scale)


def current_tokens() -> Tokens:
    """The tokens in use, for widgets that paint themselves; a widget's own palette has the style sheet's colours."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def style_sheet(tokens: Tokens, text_scale: float = 1.0) -> str:
    """The style sheet with colours and sizes put in."""
    sizes = {f"size_{name}": f"{round(size * text_scale)}px" for name, size in _SIZES.items()}
    template = Template(resource("theme.qss").read_text(encoding="utf-8"))
    return template.substitute(asdict(tokens), **sizes)


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
