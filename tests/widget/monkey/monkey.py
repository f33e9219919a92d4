"""A monkey at the panel: whatever a person could do there, in any order, again from its seed."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from nba_desktop.contract.base import Language
from nba_desktop.domain.blocks import Block
from nba_desktop.domain.call_event import CallEventType, EndCause
from nba_desktop.domain.errors import (
    BackendFault,
    BackendOffline,
    BackendRefusal,
    BackendTimeout,
    BackendUnauthorised,
    OutboxFull,
    PanelError,
)
from nba_desktop.domain.key_map import Command
from nba_desktop.domain.preferences import TEXT_SIZES, THEMES
from nba_desktop.domain.receipts import Receipt
from tests.widget.monkey.checks import Checks
from tests.widget.monkey.world import World

WORDS: Final = (
    "abschlag", "Umzug", "ruft morgen an", "äöü ß „x“ –", "<b>fett</b> & {x} %n", "12.04.", "14:30", "27", "-5", "3,5",
    "  ", "x" * 300, "😀", "\\n%1", "Brandt",
)  # fmt: skip
FAILURES: Final[tuple[PanelError, ...]] = (
    BackendOffline(),
    BackendTimeout(),
    BackendFault(503),
    BackendUnauthorised(),
    BackendRefusal(422, None),
)
NEW_KEYS: Final = ("F7", "F8", "Ctrl+Shift+K", "Alt+9", "Ctrl+J", "Alt+N", "Alt+S")


class Monkey:
    """Does one thing after the other; `trace` says what, `checks` finds what is wrong afterwards."""

    def __init__(self, app: QApplication, folder: Path, seed: int) -> None:
        self.chance = Random(seed)
        language: Language = self.chance.choice(("de", "en"))
        self.world = World(app, folder, language)
        self.checks = Checks(self.world)
        self.trace: list[str] = []
        self._calls: list[str] = []
        window = self.world.window
        window.show()
        window.activateWindow()
        self.world.settle()
        self.world.session.on_backend_ready(self.world.backend)
        self.world.settle()
        self._deeds = (
            (34, self._click_button),
            (6, self._click_anywhere),
            (22, self._press_key),
            (10, self._type),
            (8, self._plain_key),
            (12, self._phone),
            (22, self._answer),
            (3, self._break_backend),
            (1, self._break_disk),
            (5, self._pass_time),
            (3, self._resize),
            (2, self._set_up),
            (3, self._receipts),
            (2, self._wheel),
            (6, self._get_on),
        )

    def step(self) -> None:
        """Do something, let it settle, look at everything. Raises `AssertionError` for what is wrong."""
        (deed,) = self.chance.choices([deed for _, deed in self._deeds], [weight for weight, _ in self._deeds])
        self.trace.append(deed.__name__)
        deed()
        self.world.settle()
        self.checks.look()

    def close(self) -> None:
        """Put everything away."""
        self.world.close()

    def _say(self, what: object) -> None:
        self.trace[-1] += f" {what}"

    # ---- mouse

    def _buttons(self) -> list[tuple[QAbstractButton, QPoint]]:
        window = self.world.window
        found = []
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled() and not button.visibleRegion().isEmpty():
                at = button.visibleRegion().boundingRect().center()
                place = button.mapTo(window, at)
                over = window.childAt(place)
                if over is not None and (over is button or button.isAncestorOf(over)):
                    found.append((button, place))
        return found

    def _click_button(self) -> None:
        buttons = self._buttons()
        if buttons:
            button, place = self.chance.choice(buttons)
            self._say(f"{type(button).__name__} {button.text()!r} {button.accessibleName()!r} at {place.toTuple()}")
            self._click(place)

    def _click_anywhere(self) -> None:
        window = self.world.window
        place = QPoint(self.chance.randrange(window.width()), self.chance.randrange(window.height()))
        self._say(f"{place.toTuple()} {type(window.childAt(place)).__name__}")
        self._click(place)

    def _click(self, place: QPoint) -> None:
        handle = self.world.window.windowHandle()
        if self.chance.random() < 0.05:
            QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        else:
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _wheel(self) -> None:
        window = self.world.window
        place = QPointF(self.chance.randrange(window.width()), self.chance.randrange(window.height()))
        by = QPoint(0, self.chance.choice((-240, 240)))
        QTest.wheelEvent(window.windowHandle(), place, by)

    # ---- keyboard

    def _press_key(self) -> None:
        command = self.chance.choice(tuple(Command))
        sequence = self.world.shown_setup.keys[command]
        self._say(f"{command.value} {sequence}")
        for times in range(2 if self.chance.random() < 0.1 else 1):
            del times
            self._press(sequence)

    def _press(self, sequence: str) -> None:
        if sequence:
            key = QKeySequence(sequence)[0]  # type: ignore[index]
            QTest.keyClick(self.world.window.windowHandle(), key.key(), key.keyboardModifiers())

    def _plain_key(self) -> None:
        key = self.chance.choice(
            ("Tab", "Tab", "Tab", "Shift+Tab", "Return", "Space", "Up", "Down", "Left", "Right", "Esc", "Esc", "Del",
             "Backspace", "Home", "End", "PgDown", "Ctrl+A", "Ctrl+Z", "Ctrl+X", "Ctrl+V")
        )  # fmt: skip
        self._say(key)
        for _ in range(self.chance.randint(1, 4)):
            self._press(key)

    def _type(self) -> None:
        window = self.world.window
        fields: list[QWidget] = [
            field
            for kind in (QLineEdit, QPlainTextEdit)
            for field in window.findChildren(kind)
            if field.isVisible() and field.isEnabled() and not field.visibleRegion().isEmpty()
        ]
        if not fields:
            return
        field = self.chance.choice(fields)
        self._say(f"{type(field).__name__} {field.accessibleName()!r}")
        self._click(field.mapTo(window, field.visibleRegion().boundingRect().center()))
        words = self.chance.choice(WORDS)
        self._say(repr(words[:20]))
        handle = window.windowHandle()
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit):
            if words.isascii():
                QTest.keyClicks(focused, words)
            else:
                # As an input method gives it.
                given = QInputMethodEvent()
                given.setCommitString(words)
                QApplication.sendEvent(focused, given)
        end = self.chance.choice(("", "", "Return", "Tab", "Esc"))
        self._say(end)
        if end and handle is window.windowHandle():
            self._press(end)

    # ---- telephone, backend, disk, time

    def _phone(self) -> None:
        world = self.world
        kinds = CallEventType
        live = [one.interaction_id for one in world.session.calls.interactions if one.is_open]
        if not live or (len(live) < 3 and self.chance.random() < 0.2):
            world.backend.callers = self.chance.choice(("one", "one", "one", "several", "unknown"))
            world.backend.vouched_by = self.chance.choice((None, None, None, "colleague"))
            call = world.call()
            self._say(f"ring {call} {world.backend.callers}")
            if self.chance.random() < 0.7:
                world.phone(kinds.ANSWERED, call)
            return
        call = self.chance.choice(live)
        kind = self.chance.choice(
            (kinds.ANSWERED, kinds.ANSWERED, kinds.ANSWERED, kinds.HELD, kinds.RESUMED, kinds.TRANSFERRED, kinds.DATA,
             kinds.JOINED, kinds.LEFT, kinds.ENDED, kinds.ENDED, kinds.LINK_DOWN, kinds.LINK_UP, kinds.SNAPSHOT,
             kinds.RINGING)
        )  # fmt: skip
        more: dict[str, object] = {}
        if kind is kinds.ENDED:
            causes: tuple[EndCause, ...] = ("normal", "missed", "elsewhere", "transferred", "failed", "unknown")
            more["cause"] = self.chance.choice(causes)
        elif kind is kinds.SNAPSHOT:
            more["legs"] = tuple(f"{one}-leg" for one in live if self.chance.random() < 0.5)
        elif kind is kinds.DATA:
            more["put_through"] = self.chance.random() < 0.3
        if kind in (kinds.LINK_DOWN, kinds.LINK_UP, kinds.SNAPSHOT):
            more |= {"interaction_id": "", "leg_id": "", "detail": "network"}
        self._say(f"{kind.value} {call} {more}")
        world.phone(kind, call, **more)

    def _answer(self) -> None:
        if self.chance.random() < 0.4:
            self._say("all")
            self.world.tasks.all_in_order()
        else:
            for _ in range(self.chance.randint(1, 3)):
                self.world.tasks.step(self.chance)

    def _break_backend(self) -> None:
        backend = self.world.backend
        backend.broken = None if backend.broken else self.chance.choice(FAILURES)
        self._say(backend.broken and backend.broken.code.value)

    def _break_disk(self) -> None:
        outbox = self.world.outbox
        outbox.broken = None if outbox.broken else OutboxFull()
        self._say("full" if outbox.broken else "free")

    def _pass_time(self) -> None:
        passed = self.chance.choice((100, 2_100, 4_100, 31_000, 130_000, 400_000, 86_400_000))
        self._say(passed)
        self.world.clock.pass_ms(passed)

    def _receipts(self) -> None:
        events = self.world.outbox.events
        if events:
            receipt = self.chance.choice(tuple(Receipt))
            self._say(receipt.value)
            self.world.session.on_receipt(self.chance.choice(events[-20:]).event_id, receipt)

    # ---- the window and its set-up

    def _resize(self) -> None:
        size = self.chance.choice((360, 380, 440, 520, 640)), self.chance.choice((720, 800, 859, 861, 940, 1000))
        self._say(size)
        self.world.window.resize(*size)

    def _set_up(self) -> None:
        preferring = self.world.preferring
        match self.chance.randrange(5):
            case 0 | 1:
                language: Language = "en" if preferring.setup.language == "de" else "de"
                self._say(language)
                preferring.choose_language(language)
            case 2:
                theme = self.chance.choice(THEMES)
                self._say(theme)
                preferring.choose_theme(theme)
            case 3:
                size = self.chance.choice(TEXT_SIZES)
                self._say(size)
                preferring.choose_text_size(size)
            case _:
                command, key = self.chance.choice(tuple(Command)), self.chance.choice(NEW_KEYS)
                self._say(f"{command.value} {key}")
                preferring.choose_key(command, key)

    # ---- what a monkey would need too long for

    def _get_on(self) -> None:
        """Bring the call on the screen to where most can be done: answered, known, its concern solved."""
        world, session = self.world, self.world.session
        contact = session.state.contact
        if contact is None:
            return
        if contact.interaction.answered_at is None:
            self._say("answer")
            world.phone(CallEventType.ANSWERED, contact.interaction.interaction_id)
        elif not contact.authenticated:
            self._say("authenticate")
            if world.backend.broken:
                world.backend.broken = None
            session.retry(Block.CUSTOMER)
            world.tasks.all_in_order()
            now = session.state.contact
            if now is not None and now.candidates:
                if now.candidate is None:
                    session.choose_candidate(now.candidates[0].customer_id)
                for item in now.candidates[0].security_items[:2]:
                    if item.code not in now.items_passed:
                        session.toggle_item(item.code)
                session.confirm_caller()
                world.tasks.all_in_order()
        elif contact.concern is None:
            self._say("concern")
            session.choose_concern("instalment")
        else:
            self._say("solved")
            session.mark_solved(True)
            world.tasks.all_in_order()
