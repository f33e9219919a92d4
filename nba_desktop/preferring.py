"""What the agent chooses in the panel: taken from the settings and his own file, applied at once, kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_loading import with_choices
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import FailureCode, SettingsError
from nba_desktop.domain.key_map import USUAL, Command, KeyMap, KeyProblem, key_map
from nba_desktop.domain.key_names import read_key
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.preferences import Preferences, Setup, TextSize, Theme
from nba_desktop.domain.settings_in_force import SettingsInForce
from nba_desktop.ui.language import install_language
from nba_desktop.ui.theme import Look

_FORWARD: Final = Command.FORWARD.value


class Preferring(QObject):
    """Speaks the language and shows the theme from its construction on; `changed` follows every other choice.

    A `language` or `theme` that is given holds for this start, until the agent chooses another one. What the machine's
    policy holds, as `in_force` says, nobody chooses: it is refused and said.
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
        *,
        in_force: SettingsInForce = SettingsInForce(),
    ) -> None:
        super().__init__(parent)
        self._app, self._file, self._settings, self._loaded = app, file, settings, in_force
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
        given, chosen, settings = self._open(self._given), self._open(self._chosen), self._settings
        return Setup(
            language=given.language or chosen.language or settings.language or _system_language(),
            theme=given.theme or chosen.theme or settings.theme,
            text_size=chosen.text_size or settings.text_size,
            keys=self._keys,
            in_force=self.in_force,
        )

    @property
    def in_force(self) -> SettingsInForce:
        """What each setting is now, the agent's choices included, and where it comes from."""
        return with_choices(self._loaded, self._chosen, self._given, str(self._file.path))

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
        if language != self.setup.language and not self._refuses("language"):
            self._given = replace(self._given, language=None)
            self._choose(replace(self._chosen, language=language))
            self._speak(language)
            self.changed.emit()

    def choose_theme(self, theme: Theme) -> None:
        """Show another theme."""
        if theme != self.setup.theme and not self._refuses("theme"):
            self._given = replace(self._given, theme=None)
            self._choose(replace(self._chosen, theme=theme))
            self._look.choose(theme, self.setup.text_size)
            self.changed.emit()

    def choose_text_size(self, text_size: TextSize) -> None:
        """Show the text in another size."""
        if text_size != self.setup.text_size and not self._refuses("text_size"):
            self._choose(replace(self._chosen, text_size=text_size))
            with self._look.changing(self.setup.theme, text_size):
                self.changed.emit()

    def choose_key(self, command: Command, key: str) -> None:
        """Give a command another key; one that it cannot have is left out."""
        if self._keys.problem(command, key) is not None or key == self._keys[command]:
            return
        if self.setup.locks_key(command):
            self._refuse("keys")
        else:
            self._use_keys(self._keys.rebound(command, key))

    def reset_keys(self) -> None:
        """Give every command the key it has without the agent's choices."""
        self._use_keys(key_map(self._settings_keys())[0])

    def _use_keys(self, keys: KeyMap) -> None:
        before, _ = key_map(self._settings_keys())
        differing = {one.value: keys[one] for one in Command if keys[one] != before[one]}
        self._keys = keys
        # What the policy holds today the agent has again when it does so no more.
        differing |= {name: key for name, key in self._chosen.keys.items() if self._locks_key(name)}
        self._choose(replace(self._chosen, keys=differing))
        self.changed.emit()

    def _refuses(self, setting: str) -> bool:
        locked = self._loaded.locks(setting)
        if locked:
            self._refuse(setting)
        return locked

    def _refuse(self, setting: str) -> None:
        self.noticed.emit(Notice(FailureCode.SETTING_LOCKED, (("setting", setting),)))

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

    def _open(self, choices: Preferences) -> Preferences:
        """The choices that the machine's policy leaves to whoever makes them."""
        locks = self._loaded.locks
        return Preferences(
            language=None if locks("language") else choices.language,
            theme=None if locks("theme") else choices.theme,
            text_size=None if locks("text_size") else choices.text_size,
            keys={name: key for name, key in choices.keys.items() if not self._locks_key(name)},
        )

    def _locks_key(self, name: str) -> bool:
        return self._loaded.locks("keys") or (name == _FORWARD and self._loaded.locks("hotkey"))

    def _settings_keys(self) -> dict[str, str]:
        hotkey, keys = self._settings.hotkey, dict(self._settings.keys)
        if self._loaded.locks("hotkey"):
            keys.pop(_FORWARD, None)
        return {**({} if hotkey is None else {_FORWARD: hotkey}), **keys}

    def _kept_keys(self) -> dict[str, str]:
        settings, chosen = self._settings_keys(), self._open(self._chosen).keys
        held = {read_key(key) for name, key in settings.items() if self._locks_key(name)}
        return {**settings, **{name: key for name, key in chosen.items() if read_key(key) not in held}}

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
