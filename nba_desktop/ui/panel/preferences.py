"""The preferences: language, looks, density and keys, changed while the panel runs, and where each setting is from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.preferences import TEXT_SIZES, THEMES, Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.later import Later
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.preferences_choice import Choice
from nba_desktop.ui.panel.preferences_keys import KeyList
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.settings_page import SettingsPage
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout, in_line
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named
from nba_desktop.ui.texts.settings_words import policy_problems


class PreferencesView(Overlay):
    """Lies over the panel; every choice holds at once, there is nothing to confirm.

    A second page, made when it is first asked for, shows every setting that is in force.
    """

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    compact_chosen = Signal(bool)
    key_chosen = Signal(object, str)
    keys_reset = Signal()

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preferences"))
        self._setup = Setup(formats.language)
        self._at_once = False
        self._settings = Later(self._make_settings)
        self._pages = QStackedWidget()
        self._choices = self._make_choices(formats, keys)
        self._pages.addWidget(self._choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _make_choices(self, formats: Formats, keys: KeyMap) -> QWidget:
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
        self._to_settings = Button(self.tr("Settings in force"), role="link", icon="info", trailing="chevron-right")
        self._to_settings.clicked.connect(lambda: self.open_settings())
        self._page.body.addLayout(in_line(self._to_settings))
        for part in (self._language, self._theme, self._text_size, self._density, self._keys):
            self._page.body.addWidget(part)
        set_named(close, self.tr("Close the preferences"))
        choices = QWidget()
        choices.setProperty("role", "plain")
        column = QVBoxLayout(choices)
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
        return choices

    def _make_settings(self) -> SettingsPage:
        page = SettingsPage()
        self._pages.addWidget(page)
        page.left.connect(self.closed)
        return page

    def _show_asking(self, asking: QWidget) -> None:
        self._page.ensureWidgetVisible(asking)

    def show_setup(self, setup: Setup) -> None:
        """Show what the panel is set to, and what of it the machine's policy holds."""
        self._setup = setup
        for key, choice, value in (
            ("language", self._language, setup.language),
            ("theme", self._theme, setup.theme),
            ("text_size", self._text_size, setup.text_size),
        ):
            choice.show_value(value)
            choice.show_locked(setup.in_force.locks(key))
        self._keys.show_setup(setup)
        self._to_settings.set_icon("alert" if setup.in_force.problems else "info")
        set_named(self._to_settings, self._to_settings.text(), policy_problems(setup.in_force))
        if self._settings.made is not None:
            self._settings.made.show_settings(setup.in_force)

    def show_density(self, compact: bool) -> None:
        """Show how the agent likes the guide."""
        self._density.show_value(compact)

    def open(self) -> None:
        """Come to the front with the keyboard."""
        self._keys.ask(None)
        self._pages.setCurrentWidget(self._choices)
        self.show()
        self.raise_()
        self._page.to_top()
        if not any(one.take_focus() for one in (self._language, self._theme, self._text_size)):
            self._to_settings.setFocus()

    def open_settings(self, *, at_once: bool = False) -> None:
        """Show every setting that is in force; `at_once` without the choices having been seen before."""
        self._at_once = at_once
        page = self._settings.get()
        page.show_settings(self._setup.in_force)
        self._pages.setCurrentWidget(page)
        page.open()

    def leave_settings(self) -> bool:
        """Go back to the choices; False where they are shown, or were not before."""
        if not self.shows_settings or self._at_once:
            return False
        self._pages.setCurrentWidget(self._choices)
        self._to_settings.setFocus()
        return True

    @property
    def shows_settings(self) -> bool:
        """Whether it shows the settings in force in place of the choices."""
        return self._pages.currentWidget() is not self._choices

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
