"""Play one practice call in each language and write the pictures of the agents' guides."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from nba_desktop import paths
from nba_desktop.adapters.settings import Settings
from nba_desktop.app import new_application
from nba_desktop.contract.base import Language
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.practice.panel import Practice, PracticePanel
from nba_desktop.ui.panel.practice_band import PracticeStep
from nba_desktop.ui.texts.customer_words import security_word

TARGET = Path(__file__).resolve().parents[1] / "docs" / "pictures"
NO_PREFERENCES = Path("/nonexistent/preferences.json")
SIZE = (440, 1000)
LIMIT_S = 20.0
SETTLE_S = 0.6


class Guide:
    """One practice call, with a picture at the moments that the guide speaks of."""

    def __init__(self, app: QApplication, language: Language) -> None:
        self._language = language
        self._panel = PracticePanel(
            Practice(paths.resource("practice"), NO_PREFERENCES, Settings(), language, "light"), app
        )
        self._panel.start()
        self._panel.window.resize(*SIZE)
        self._panel.window.activateWindow()
        self._until(self._panel.window.isActiveWindow)
        self._settle()

    def make(self) -> None:
        """Play the call."""
        self._go_on(PracticeStep.READY)
        self._until(lambda: self._contact().view is not None)
        self._go_on(PracticeStep.RINGING)
        self._until(lambda: self._contact().interaction.state is InteractionState.LIVE)
        candidate = self._contact().candidate
        assert candidate is not None
        codes = [item.code for item in candidate.security_items]
        self._click(security_word(codes[0]))
        self._picture("caller")
        self._click(security_word(codes[3]))
        self._press("Alt+A")
        self._until(lambda: self._contact().authenticated)
        concerns = {one.code: one.label for one in self._panel.session.state.concerns}
        self._click(concerns["instalment"])
        self._press("Alt+S")
        self._until(lambda: self._contact().solved is True)
        self._picture("actions")
        self._press("Ctrl+2")
        self._press("Alt+1")
        self._until(lambda: [one.receipt for one in self._contact().responses] == [Receipt.ACCEPTED])
        self._picture("response")
        self._press("Alt+E")
        self._picture("consent")
        self._press("Esc")
        self._go_on(PracticeStep.TALKING)
        self._until(lambda: self._contact().interaction.state is InteractionState.WRAP_UP)
        self._picture("wrap-up")
        # What is owed to the customer: without it the first wish to finish only says so.
        self._click("SMS")
        self._panel.session.finish_wrap_up()
        self._until(lambda: self._panel.session.state.contact is None)
        self._panel.stop()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _contact(self) -> ContactState:
        contact = self._panel.session.state.contact
        assert contact is not None
        return contact

    def _go_on(self, step: PracticeStep) -> None:
        self._until(lambda: self._panel.band.step is step)
        self._press("Alt+T")

    def _press(self, keys: str) -> None:
        QTest.keySequence(self._panel.window, QKeySequence(keys))
        self._settle()

    def _click(self, words: str) -> None:
        def found() -> list[QAbstractButton]:
            buttons = self._panel.window.findChildren(QAbstractButton)
            return [one for one in buttons if one.isVisible() and one.isEnabled() and words in one.text()]

        self._until(lambda: bool(found()))
        QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)
        self._settle()

    def _until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT_S
        while not holds():
            if time.monotonic() > end:
                raise SystemExit("the practice call did not come as far as the guide says")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _settle(self) -> None:
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _picture(self, name: str) -> None:
        self._settle()
        path = TARGET / f"practice-{name}.{self._language}.png"
        if not self._panel.window.grab().save(str(path), quality=0):
            raise SystemExit(f"the picture {path} cannot be written")


def main() -> int:
    """Write the pictures of both guides."""
    TARGET.mkdir(exist_ok=True)
    app = new_application()
    languages: tuple[Language, ...] = ("de", "en")
    for language in languages:
        Guide(app, language).make()
    return 0


if __name__ == "__main__":
    sys.exit(main())
