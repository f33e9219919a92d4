"""The preferences over everything else: made when they are first asked for."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.panel.passing_on import pass_on
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.theme import scaled

_LEAST: Final = 220


class PreferencesOver:
    """Opens them over `content`, and gives the keyboard back to where it was; their signals are those of `out`."""

    def __init__(self, formats: Formats, setup: Setup, content: QWidget, out: PanelSignals) -> None:
        self._formats, self._setup, self._content, self._out = formats, setup, content, out
        self._made: PreferencesView | None = None

    @property
    def shown(self) -> PreferencesView | None:
        """The preferences while they are open."""
        return None if self._made is None or self._made.isHidden() else self._made

    @property
    def waits_for_key(self) -> bool:
        """Whether the next key is the one that the agent chooses for a command."""
        return self._made is not None and self._made.waits_for_key

    def show_setup(self, setup: Setup) -> None:
        """Show what the panel is set to."""
        self._setup = setup
        if self._made is not None:
            self._made.show_setup(setup)

    def show_density(self, compact: bool) -> None:
        """Show whether the guide is compact."""
        if self._made is not None:
            self._made.show_density(compact)

    def open(self, compact: bool) -> PreferencesView:
        """Show them; they need a place afterwards."""
        preferences = self._made = self._made or self._make()
        if preferences.isHidden():
            preferences.remember(self._out.focusWidget())
        preferences.show_setup(self._setup)
        preferences.show_density(compact)
        preferences.open()
        return preferences

    def leave(self) -> None:
        """Go one step back: from the settings in force to the choices, from these to the panel."""
        if self.shown is not None and not self.shown.leave_settings():
            self.close()

    def close(self) -> None:
        """Put them away."""
        preferences = self.shown
        if preferences is None:
            return
        holder: QWidget | None = self._out.focusWidget()
        had_keyboard = holder is not None and preferences.isAncestorOf(holder)
        preferences.hide()
        if had_keyboard:
            (preferences.before or self._out).setFocus()

    def kept_open(self) -> object:
        """What of them is open, for those that take their place; None when nothing is."""
        preferences = self.shown
        return None if preferences is None else (preferences.shows_settings, preferences.scrolled)

    def show_again(self, kept: object) -> None:
        """Show in those that are open what was shown in those whose place they take."""
        if self._made is not None and isinstance(kept, tuple):
            shows_settings, scrolled = kept
            self._made.scroll_to(scrolled)
            if shows_settings:
                self._made.open_settings()

    def place(self, top: int, width: int, bottom: int, lowest: int) -> None:
        """Give them the room from `top` to `bottom`, down to `lowest` where that is too little to read in."""
        if self._made is not None:
            bottom = bottom if bottom - top >= scaled(_LEAST) else lowest
            self._made.setGeometry(0, top, width, max(0, bottom - top))

    def _make(self) -> PreferencesView:
        preferences = PreferencesView(self._formats, self._content, self._setup.keys)
        preferences.closed.connect(self.leave)
        chosen = ("language_chosen", "theme_chosen", "text_size_chosen", "compact_chosen", "key_chosen", "keys_reset")
        pass_on(preferences, self._out, *chosen)
        return preferences
