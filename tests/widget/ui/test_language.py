"""The panel speaks the language it was started in, down to Qt's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from nba_desktop.contract.base import Language
from nba_desktop.ui import language as language_module
from nba_desktop.ui.language import install_language


def test_own_words_and_the_names_of_keys_are_in_the_language(language: Language) -> None:
    own = QCoreApplication.translate("texts", "In call")
    key = QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText)
    assert (own, key) == {"de": ("Im Gespräch", "Strg+F"), "en": ("In call", "Ctrl+F")}[language]


def test_a_plural_is_a_plural_in_both(language: Language) -> None:
    counted = [QCoreApplication.translate("JourneyStrip", "%n open case(s)", "", count) for count in (1, 3)]
    expected = {"de": ["1 offener Vorgang", "3 offene Vorgänge"], "en": ["1 open case", "3 open cases"]}
    assert counted == expected[language]


def test_a_missing_translation_says_how_to_make_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_module, "translation", lambda name: tmp_path / name)
    with pytest.raises(FileNotFoundError, match=r"nba_de\.qm is missing: run 'make translations'"):
        install_language(qapp, "de")
