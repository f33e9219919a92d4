"""The panel in each language and each colour scheme."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nba_desktop.contract.base import Language
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.language import install_language
from nba_desktop.ui.panel.window import SIZE, PanelWindow
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states
from tests.widget.ui.lending import Lent
from tests.widget.ui.looking import settle
from tests.windows import windows_gone_afterwards


def spoken(app: QApplication, language: Language) -> Iterator[Language]:
    locale = QLocale()
    translators = install_language(app, language)
    yield language
    for translator in translators:
        app.removeTranslator(translator)
    QLocale.setDefault(locale)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that names the language in each, and any other that needs one in German."""
    given = [one.args[0] for one in metafunc.definition.iter_markers("parametrize")]
    if "language" in metafunc.fixturenames and not any("language" in one for one in given):
        named = "language" in inspect.signature(metafunc.function).parameters
        metafunc.parametrize("language", ["de", "en"] if named else ["de"], indirect=True)


@pytest.fixture
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Language]:
    yield from spoken(qapp, request.param)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[Language]:
    yield from spoken(qapp, "de")


@pytest.fixture(params=[Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Qt.ColorScheme:
    apply_theme(qapp, request.param)
    chosen: Qt.ColorScheme = request.param
    return chosen


@pytest.fixture(scope="module", autouse=True)
def light_from_the_start(qapp: QApplication) -> Iterator[None]:
    """What every test of a module finds: each would put the style sheet on, and have it taken off again."""
    with windows_gone_afterwards():
        apply_theme(qapp, Qt.ColorScheme.Light)
        yield


@pytest.fixture
def light(qapp: QApplication) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.fixture
def formats(language: Language, light: None) -> Formats:
    return Formats(language, states.now)


@pytest.fixture
def german_formats(german: Language, light: None) -> Formats:
    return Formats(german, states.now)


def _activate(panel: PanelWindow) -> None:
    panel.show()
    # It does not take the keyboard by itself; the person at it gives it.
    panel.activateWindow()
    assert QTest.qWaitForWindowActive(panel)
    assert panel.isActiveWindow()


def _clear(panel: PanelWindow, formats: Formats) -> None:
    # What lies over the panel is left first: the settings, the preferences, the help.
    for _ in range(3):
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    panel.leave_field()
    panel.show_setup(Setup(formats.language))
    panel.show_state(PanelState())
    panel.resize(*SIZE)
    settle()


@pytest.fixture(scope="module")
def panels(light_from_the_start: None) -> Iterator[Lent[PanelWindow]]:
    """Panels on the screen, without a call, each lent to one test after the other."""
    lent = Lent(PanelWindow, _activate, _clear)
    yield lent
    lent.end()


@pytest.fixture
def window(panels: Lent[PanelWindow], german_formats: Formats) -> Iterator[PanelWindow]:
    """The panel in German and light, on the screen, without a call."""
    with panels.lent(german_formats) as panel:
        yield panel


@pytest.fixture
def new_window(panels: Lent[PanelWindow], german_formats: Formats) -> Iterator[PanelWindow]:
    """As `window`, and nothing was ever shown in it."""
    panels.end()
    with panels.lent(german_formats) as panel:
        yield panel
