"""Walking through the panel's views at every size, in every language and theme."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from nba_desktop.contract.base import Language
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.language import install_language
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states
from tests.widget.ui.walk.faults import Fault, faults_in
from tests.widget.ui.walk.views import View, every_view, settle

Theme = Literal["light", "dark"]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
WIDTHS: Final = (360, 440, 640)
HEIGHTS: Final = (940, 720)
SCALES: Final = (1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Look:
    """How the panel is shown: theme, width and height in device-independent pixels, text scale."""

    theme: Theme
    width: int
    height: int
    scale: float

    def __str__(self) -> str:
        return f"{self.theme} {self.width}×{self.height} {self.scale:.0%}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault with the view and the look in which it was seen."""

    language: Language
    look: Look
    view: str
    fault: Fault

    def __str__(self) -> str:
        return f"[{self.fault.kind}] {self.language} {self.look}, {self.view}: {self.fault.what}"


Seen = Callable[[PanelWindow, View, Look], None]


def every_look() -> Iterator[Look]:
    """All looks; those that differ only in height stand together, and those that differ in text size apart."""
    for theme, scale, width, height in itertools.product(THEMES, SCALES, WIDTHS, HEIGHTS):
        yield Look(theme, width, height, scale)


class Walk:
    """One panel in one language, shown in look after look; what goes before leaves its mark, as in a working day."""

    def __init__(self, app: QApplication, language: Language) -> None:
        self.language = language
        self._app = app
        self._locale = QLocale()
        self._translators = install_language(app, language)
        apply_theme(app, Qt.ColorScheme.Light)
        self.panel = PanelWindow(Formats(language, states.now))
        self.panel.show()
        self.views = tuple(every_view(language))

    def close(self) -> None:
        """Leave the application as it was found."""
        self.panel.close()
        self.panel.deleteLater()
        for translator in self._translators:
            self._app.removeTranslator(translator)
        QLocale.setDefault(self._locale)
        apply_theme(self._app, Qt.ColorScheme.Light)

    def take(self, look: Look) -> None:
        """Show the panel in a look."""
        scheme = Qt.ColorScheme.Dark if look.theme == "dark" else Qt.ColorScheme.Light
        apply_theme(self._app, scheme, look.scale)
        self.panel.resize(look.width, look.height)
        settle()

    def look_at(self, look: Look, views: Iterable[View], seen: Seen | None = None) -> Iterator[Complaint]:
        """Walk through views in one look; `seen` is told of each while it is on the screen."""
        self.take(look)
        for view in views:
            view.show_in(self.panel)
            for fault in faults_in(self.panel, look.scale):
                yield Complaint(self.language, look, view.name, fault)
            if self.panel.size().toTuple() != (look.width, look.height):
                size = f"the panel became {self.panel.width()} × {self.panel.height()}"
                yield Complaint(self.language, look, view.name, Fault("outside", size))
                self.panel.resize(look.width, look.height)
            if seen is not None:
                seen(self.panel, view, look)
