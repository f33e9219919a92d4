"""A panel as a process in which an agent speaks with the canary; then something breaks, and it crashes.

Arguments: the backend's URL, the panel's folder. The token comes on standard input. When all is said, one line of JSON
comes on standard output: the titles of its windows. It goes on until a line on standard input, and crashes then.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nba_desktop import runner
from nba_desktop.app import Launch, Panel
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.domain.contact import ContactState
from tests.faults.canaries import NOTE, NUMBER, SEARCHED, WORDS
from tests.faults.stores import a_launch

_LIMIT_MS: Final = 30_000
"""By then whoever waits for this program has given up, or should."""


class CanaryPanel(Panel):
    """A panel whose agent does by himself what may leave a trace."""

    def __init__(self, launch: Launch, app: QApplication) -> None:
        super().__init__(launch, app)
        self._steps = self._work()
        self._until: Callable[[], object] = lambda: self.session.state.contact
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(20)
        QTimer.singleShot(_LIMIT_MS, self, lambda: QApplication.exit(1))

    def _go_on(self) -> None:
        if self._until():
            try:
                self._until = next(self._steps)
            except StopIteration:
                self._timer.stop()

    def _work(self) -> Iterator[Callable[[], object]]:
        """Each step yields what the next one waits for."""
        session = self.session
        yield lambda: self._contact.candidates
        candidate = self._contact.candidates[0]
        session.choose_candidate(candidate.customer_id)
        for item in candidate.security_items[: self._contact.items_missing]:
            session.toggle_item(item.code)
        session.confirm_caller()
        yield lambda: self._contact.authenticated
        session.write_note(NOTE)
        session.respond(ResponseCode.NOT_ADDRESSED_TIME)
        session.search(SEARCHED)
        yield lambda: self._contact.view and self._contact.view.consents
        view = self._contact.view
        assert view is not None
        assert view.consents is not None
        wording = view.consents.wordings[0]
        session.consents.toggle(True)
        session.consents.toggle_read_aloud(wording.text_sha256)
        session.consents.enter_words(WORDS)
        session.consents.answer(wording.purpose, wording.channels[0], ConsentAnswer.YES)
        session.consents.save()
        # A defect, whose words repeat what was on the screen.
        QTimer.singleShot(0, self, self._break)
        yield lambda: self.store and self.store.status().waiting == 0
        titles = [window.windowTitle() for window in QApplication.topLevelWidgets()]
        sys.stdout.write(f"{json.dumps(titles)}\n")
        sys.stdout.flush()
        threading.Thread(target=_crash_when_told, daemon=True).start()

    @property
    def _contact(self) -> ContactState:
        contact = self.session.state.contact
        assert contact is not None
        return contact

    def _break(self) -> None:
        raise ValueError(NOTE)


def _crash_when_told() -> None:
    sys.stdin.readline()
    os.abort()


def main() -> int:
    url, folder = sys.argv[1], Path(sys.argv[2])
    token = sys.stdin.readline().strip()
    runner.Panel = CanaryPanel  # type: ignore[attr-defined]
    call = f"nba-desktop:call?number=%2B{NUMBER[1:]}&id=1&state=answered"
    return runner.run_panel(a_launch(folder, url, token, call))


if __name__ == "__main__":
    sys.exit(main())
