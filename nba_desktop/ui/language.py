"""The language of the panel: our translations and Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from nba_desktop.contract.base import Language
from nba_desktop.paths import translation


def install_language(app: QCoreApplication, language: Language) -> tuple[QTranslator, ...]:
    """Install the translators of `language`, before any widget is made; returns them to be removed again.

    Raises `FileNotFoundError` when the panel's own translation has not been compiled.
    """
    QLocale.setDefault(QLocale(language))
    own = QTranslator(app)
    path = translation(f"nba_{language}.qm")
    if not own.load(str(path)):
        raise FileNotFoundError(f"{path.name} is missing: run 'make translations'")
    qt = QTranslator(app)
    installed = [own]
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        installed.insert(0, qt)
    for translator in installed:
        app.installTranslator(translator)
    return tuple(installed)
