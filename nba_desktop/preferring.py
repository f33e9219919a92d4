"""What the agent chooses in the panel: taken from the settings and his own file, applied at once, kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.settings import Settings
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import FailureCode, SettingsError
from nba_desktop.domain.key_map import USUAL, Command, KeyMap, KeyProblem, key_map
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.preferences import Preferences, Setup, TextSize, Theme
from nba_desktop.ui.language import install_language
from nba_desktop.ui.theme import Look

_FORWARD: Final = Command.FORWARD.value


class Preferring(QObject):
    """Speaks the language and shows the theme from its construction on; `changed` follows every other choice.

    A `language` or `theme` that is given holds for this start, until the agent chooses another one.
    """

    changed = Signal()
    noticed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        file: PreferencesFile,
        settings: Settings,
        language: Language | None = None,
        theme: Theme | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._file, self._settings = app, file, settings
        self._given = Preferences(language=language, theme=theme)
        self.notices: tuple[Notice, ...] = ()
        """What is wrong with what was kept; for whoever shows it once there is something to show it in."""
        self._chosen = self._load()
        self._keys, problems = key_map(self._kept_keys())
        self.notices += tuple(key_notice(problem) for problem in problems)
        self._look = Look(app)
        self._translators = install_language(app, self.setup.language)
        self._look.choose(self.setup.theme, self.setup.text_size)

    @property
    def setup(self) -> Setup:
        """What the panel is set to now."""
        given, chosen, settings = self._given, self._chosen, self._settings
        return Setup(
            language=given.language or chosen.language or settings.language or _system_language(),
            theme=given.theme or chosen.theme or settings.theme,
            text_size=chosen.text_size or settings.text_size,
            keys=self._keys,
        )

    @property
    def hotkey(self) -> str | None:
        """The key that brings the panel forward; None when nobody has chosen one, empty when there is to be none."""
        return self._keys[Command.FORWARD] if _FORWARD in self._kept_keys() else None

    def stop(self) -> None:
        """Leave the application alone: it speaks no language of ours, and follows the system no more."""
        self._speak(None)
        self._look.deleteLater()

    # ---- what the agent chooses

    def choose_language(self, language: Language) -> None:
        """Speak another language."""
        if language != self.setup.language:
            self._given = replace(self._given, language=None)
            self._choose(replace(self._chosen, language=language))
            self._speak(language)
            self.changed.emit()

    def choose_theme(self, theme: Theme) -> None:
        """Show another theme."""
        if theme != self.setup.theme:
            self._given = replace(self._given, theme=None)
            self._choose(replace(self._chosen, theme=theme))
            self._look.choose(theme, self.setup.text_size)
            self.changed.emit()

    def choose_text_size(self, text_size: TextSize) -> None:
        """Show the text in another size."""
        if text_size != self.setup.text_size:
            self._choose(replace(self._chosen, text_size=text_size))
            with self._look.changing(self.setup.theme, text_size):
                self.changed.emit()

    def choose_key(self, command: Command, key: str) -> None:
        """Give a command another key; one that it cannot have is left out."""
        if self._keys.problem(command, key) is None and key != self._keys[command]:
            self._use_keys(self._keys.rebound(command, key))

    def reset_keys(self) -> None:
        """Give every command the key it has without the agent's choices."""
        self._use_keys(key_map(self._settings_keys())[0])

    def _use_keys(self, keys: KeyMap) -> None:
        before, _ = key_map(self._settings_keys())
        differing = {one.value: keys[one] for one in Command if keys[one] != before[one]}
        self._keys = keys
        self._choose(replace(self._chosen, keys=differing))
        self.changed.emit()

    def _choose(self, chosen: Preferences) -> None:
        self._chosen = chosen
        try:
            self._file.save(chosen)
        except SettingsError as error:
            self.noticed.emit(Notice(FailureCode.PREFERENCES_UNWRITABLE, (("problem", error.problem),)))

    # ---- what was kept

    def _load(self) -> Preferences:
        try:
            chosen = self._file.load()
        except SettingsError as error:
            self.notices += (Notice(error.code, (("where", error.where), ("problem", error.problem))),)
            return Preferences()
        if self._file.set_aside is not None:
            self.notices += (Notice(FailureCode.PREFERENCES_DAMAGED, (("file", str(self._file.set_aside)),)),)
        return chosen

    def _settings_keys(self) -> dict[str, str]:
        hotkey = self._settings.hotkey
        return {**({} if hotkey is None else {_FORWARD: hotkey}), **self._settings.keys}

    def _kept_keys(self) -> dict[str, str]:
        return {**self._settings_keys(), **self._chosen.keys}

    def _speak(self, language: Language | None) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators = () if language is None else install_language(self._app, language)


def key_notice(problem: KeyProblem) -> Notice:
    """What is wrong with a key that was kept, as a notice."""
    params = {
        "key": problem.key or (USUAL[problem.command] if problem.command else ""),
        "why": problem.why.value,
        "command": problem.command.value if problem.command else "",
        "other": problem.other.value if problem.other else "",
        "name": problem.name,
    }
    return Notice(FailureCode.KEY_UNUSABLE, tuple(params.items()))


def _system_language() -> Language:
    return "de" if QLocale.system().language() is QLocale.Language.German else "en"
