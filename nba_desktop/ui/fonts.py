"""The bundled font: Inter, under the SIL Open Font License."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from nba_desktop.paths import resource

FAMILY = "Inter"


def load_fonts() -> None:
    """Register the bundled fonts with Qt; needs a running QApplication.

    Raises `RuntimeError` with the file's name when a font cannot be read: the program is not complete.
    """
    if FAMILY in QFontDatabase.families():
        return
    for path in sorted(resource("fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"the font {path.name} cannot be read: install the program anew")


def app_font(pixels: int) -> QFont:
    """The panel's font at a size in device-independent pixels."""
    load_fonts()
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def tabular(font: QFont) -> QFont:
    """The same font with digits of equal width, so that a running timer does not shake."""
    steady = QFont(font)
    steady.setFeature(QFont.Tag("tnum"), 1)
    return steady
