"""Plays one full call as an agent would: by the keys and buttons of the real window, looking at what is painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from nba_desktop.app import Panel
from nba_desktop.demo.telephone import Telephone
from nba_desktop.demo.waiting import DemoError, Waiting
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.texts.customer_words import security_word

_NOTES = {"de": "Bestätigung per Post zugesagt", "en": "Confirmation by post promised"}


class Player:
    """One call of one recording to one panel; writes a picture per step and a line per fact."""

    def __init__(
        self, panel: Panel, telephone: Telephone, waiting: Waiting, out: Path, say: Callable[[str], None]
    ) -> None:
        self._panel = panel
        self._telephone = telephone
        self._out = out
        self._say = say
        self._pictures = 0
        self._first_painted_ns: int | None = None
        self._wait = waiting.until
        panel.window.painted.connect(self._on_painted)

    def play(self, recording: str, caller: str) -> float:
        """Play ringing → wrap-up; returns the milliseconds from the ringing line to the painted panel.

        Raises `DemoError` naming the step that did not come about.
        """
        self._wait("the telephone system is connected", lambda: self._panel.session.state.telephony.status == "up")
        self._wait("the backend answers", lambda: self._panel.session.state.backend.status == "up")
        ringing_ms = self._ring(recording, caller)
        self._answer_and_authenticate()
        self._solve()
        self._act()
        self._ask_consent()
        self._end()
        return ringing_ms

    # ---- the steps of the call

    def _ring(self, recording: str, caller: str) -> float:
        self._telephone.play(recording, caller)
        sent: list[int] = []

        def is_sent() -> bool:
            report = self._telephone.report("sent", "ringing")
            if report is not None:
                sent.append(int(str(report["at_monotonic_ns"])))
            return bool(sent)

        self._wait("the simulator has sent the ringing line", is_sent)
        self._wait("the ringing call is painted", lambda: self._first_painted_ns is not None)
        assert self._first_painted_ns is not None
        ringing_ms = (self._first_painted_ns - sent[0]) / 1e6
        self._say(f"rings; number painted {ringing_ms:.1f} ms after the telephone system's line")
        self._wait("a candidate is shown", lambda: self._is_ready(self._contact()))
        full_ms = (time.monotonic_ns() - sent[0]) / 1e6
        self._say(f"candidate by number, everything else masked ({full_ms:.1f} ms after the line)")
        self._picture("ringing")
        return ringing_ms

    def _answer_and_authenticate(self) -> None:
        self._telephone.go_on()
        self._wait("the call is answered", lambda: self._contact().interaction.state is InteractionState.LIVE)
        candidate = self._contact().candidate
        if candidate is None:
            raise DemoError("no candidate was found for the caller's number")
        self._picture("identified")
        required = self._contact().items_missing
        for item in candidate.security_items[:required]:
            self._click(security_word(item.code, item.label))
        asked = time.monotonic()
        self._key("Alt+A")
        self._wait("the caller is authenticated", lambda: self._contact().authenticated)
        self._settle()
        self._say(f"authenticated with {required} security items; full view {self._since(asked):.0f} ms after the key")
        self._picture("authenticated")

    def _solve(self) -> None:
        view = self._contact().view
        if view is None or not view.concerns:
            raise DemoError("the journey suggests no concern")
        label = next(c.label for c in self._panel.session.state.concerns if c.code == view.concerns[0].code)
        self._click(label)
        self._wait("the concern is chosen", lambda: self._contact().concern == view.concerns[0].code)
        self._wait("the actions are ranked again", lambda: self._is_ready(self._contact()))
        self._say(f"concern “{label}” chosen, the agent solves it")
        self._key("Alt+S")
        self._wait("the concern is solved", lambda: self._contact().solved is True)
        self._wait("the actions are ranked again", lambda: self._is_ready(self._contact()))
        self._settle()
        titles = ", ".join(f"{r.rank} {r.title}" for r in self._contact().recommendations)
        self._say(f"solved; next best actions: {titles}")
        self._picture("solved")

    def _act(self) -> None:
        self._key("Ctrl+1")
        action = self._contact().action
        if action is None:
            raise DemoError("there is no first action")
        self._wait("the actions were seen", lambda: bool(self._contact().shown))
        self._key("Alt+O")
        objection = action.objections[0]
        self._click(objection.phrase)
        self._wait("the objection is recorded", lambda: bool(self._contact().raised))
        self._settle()
        self._say(f"action 1 “{action.title}” raised, objection “{objection.phrase}” answered")
        self._picture("objection")
        self._key("Alt+G")
        self._settle()
        self._picture("guide")
        self._key("Alt+1")
        if self._contact().open_group is not None:
            self._key("Alt+1")
        self._wait("the response is stored", lambda: self._contact().last_response is not None)
        self._wait("the response is accepted", self._is_accepted)
        entry = self._contact().last_response
        assert entry is not None
        self._settle()
        self._say(f"response {entry.code.value}: stored, sent, accepted")
        self._picture("response")

    def _ask_consent(self) -> None:
        self._key("Alt+E")
        self._settle()
        self._picture("consent")
        self._click(QCoreApplication.translate("WordingBox", "Read aloud"))
        self._wait("reading aloud is confirmed", lambda: bool(self._contact().consent.read_aloud))
        yes = QCoreApplication.translate("texts", "Yes")
        self._click(yes)
        self._wait("the answer is ticked", lambda: bool(self._contact().consent.answers))
        self._click(QCoreApplication.translate("ConsentDrawer", "Save answers"))
        self._wait("the consent is stored", lambda: bool(self._contact().consent.recorded))
        self._wait(
            "the consent is accepted",
            lambda: all(recorded[4] is Receipt.ACCEPTED for recorded in self._contact().consent.recorded),
        )
        purpose, channel = self._contact().consent.recorded[0][:2]
        self._settle()
        self._say(f"consent {purpose.value} by {channel.value} captured after the wording was read aloud")
        self._picture("consent-captured")
        self._key("Esc")
        self._write_note()

    def _write_note(self) -> None:
        self._key("Alt+N")
        field = self._panel.window.focusWidget()
        if not isinstance(field, QLineEdit):
            raise DemoError("Alt+N did not open the note")
        field.setText(_NOTES[self._panel.language])
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._wait("the note is stored", lambda: self._contact().note.receipt is not None)

    def _end(self) -> None:
        interaction_id = self._contact().interaction.interaction_id
        self._telephone.go_on()
        self._wait("the call has ended", lambda: self._contact().interaction.state is InteractionState.WRAP_UP)
        self._settle()
        self._say("call ended, wrap-up shows what is open")
        self._picture("wrap-up")
        self._panel.session.finish_wrap_up()
        self._wait("the contact is closed", lambda: self._panel.session.state.contact_of(interaction_id) is None)
        self._settle()
        self._picture("ready")
        # What is on the screen of it is as old as the last sending.
        store = self._panel.store
        assert store is not None
        self._wait("everything is sent", lambda: store.status().waiting == 0)

    # ---- looking and touching

    def _contact(self) -> ContactState:
        contact = self._panel.session.state.contact
        if contact is None:
            raise DemoError("no contact is on the screen")
        return contact

    def _is_accepted(self) -> bool:
        entry = self._contact().last_response
        return entry is not None and entry.receipt is Receipt.ACCEPTED

    def _is_ready(self, contact: ContactState) -> bool:
        return contact.view is not None and contact.actions_block.status is BlockStatus.READY

    def _on_painted(self) -> None:
        if self._first_painted_ns is None and self._panel.session.state.contact is not None:
            self._first_painted_ns = time.monotonic_ns()

    def _key(self, keys: str) -> None:
        QTest.keySequence(self._panel.window, QKeySequence(keys))
        self._settle()

    def _click(self, text: str) -> None:
        """Click the first visible button whose words are `text`, else hold it; wait for it to be there."""
        found: list[QAbstractButton] = []

        def is_there() -> bool:
            buttons = self._panel.window.findChildren(QAbstractButton)
            found[:] = [button for button in buttons if _can_be_clicked(button) and _says(button, text)]
            found.sort(key=lambda button: button.text() != text)
            return bool(found)

        self._wait(f"“{text}” can be clicked", is_there)
        target = found[0]
        place = QPoint(min(12, target.width() // 2), target.height() // 2)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
        self._settle()

    def _settle(self) -> None:
        """Let everything that is queued happen and be painted."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def _since(self, moment: float) -> float:
        return (time.monotonic() - moment) * 1000

    def _picture(self, name: str) -> None:
        self._settle()
        self._pictures += 1
        path = self._out / f"{self._panel.language}-{self._pictures:02d}-{name}.png"
        if not self._panel.window.grab().save(str(path)):
            raise DemoError(f"the picture {path} cannot be written")


def _can_be_clicked(button: QAbstractButton) -> bool:
    return button.isVisible() and button.isEnabled()


def _says(button: QAbstractButton, text: str) -> bool:
    return text in button.text() or text in button.accessibleName()
