"""The preferences: language, looks, density and keys, changed while the panel runs and while a call does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.preferences import TEXT_SIZES, THEMES, Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.preferences_choice import Choice
from nba_desktop.ui.panel.preferences_keys import KeyList
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named


class PreferencesView(Overlay):
    """Lies over the panel; every choice holds at once, there is nothing to confirm."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    compact_chosen = Signal(bool)
    key_chosen = Signal(object, str)
    keys_reset = Signal()

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preferences"))
        title = Label(self.tr("Preferences"), "title", wrap=True)
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        head = FlowLayout()
        head.setContentsMargins(12, 8, 8, 6)
        head.add_stretched(title)
        head.add_right(close)
        # Each language in its own words: whoever cannot read this one finds his.
        self._language = Choice(self.tr("Language"), {"de": "Deutsch", "en": "English"})
        names = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "contrast_light": self.tr("High contrast, light"),
            "contrast_dark": self.tr("High contrast, dark"),
        }
        self._theme = Choice(self.tr("Colours"), {theme: names[theme] for theme in THEMES})
        self._text_size = Choice(self.tr("Text size"), {size: formats.percent(size) for size in TEXT_SIZES})
        self._density = Choice(self.tr("Guide"), {False: self.tr("Detailed"), True: self.tr("Compact")})
        self._keys = KeyList()
        self._page = ScrollPage(spacing=14)
        self._page.setAccessibleName(self.tr("Preferences"))
        for part in (self._language, self._theme, self._text_size, self._density, self._keys):
            self._page.body.addWidget(part)
        set_named(close, self.tr("Close the preferences"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._page, 1)
        self._language.chosen.connect(lambda value: self.language_chosen.emit(value))
        self._theme.chosen.connect(lambda value: self.theme_chosen.emit(value))
        self._text_size.chosen.connect(lambda value: self.text_size_chosen.emit(value))
        self._density.chosen.connect(lambda value: self.compact_chosen.emit(value))
        self._keys.key_chosen.connect(self.key_chosen)
        self._keys.keys_reset.connect(self.keys_reset)
        # Once it has its place.
        self._keys.opened.connect(self._show_asking, Qt.ConnectionType.QueuedConnection)

    def _show_asking(self, asking: QWidget) -> None:
        self._page.ensureWidgetVisible(asking)

    def show_setup(self, setup: Setup) -> None:
        """Show what the panel is set to."""
        self._language.show_value(setup.language)
        self._theme.show_value(setup.theme)
        self._text_size.show_value(setup.text_size)
        self._keys.show_setup(setup)

    def show_density(self, compact: bool) -> None:
        """Show how the agent likes the guide."""
        self._density.show_value(compact)

    def open(self) -> None:
        """Come to the front with the keyboard."""
        self._keys.ask(None)
        self.show()
        self.raise_()
        self._page.to_top()
        self._language.take_focus()

    @property
    def waits_for_key(self) -> bool:
        """Whether the next key that is pressed is to become a command's."""
        return self._keys.asked is not None

    @property
    def scrolled(self) -> int:
        """How far down the page is."""
        return self._page.verticalScrollBar().value()

    def scroll_to(self, pixels: int) -> None:
        """Show the page as far down as it was."""
        self._page.verticalScrollBar().setValue(pixels)
