"""The panel of the practice: the same window and the same session, with collaborators that leave nothing behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop.adapters.dock.choice import this_desktop
from nba_desktop.adapters.dock.desktop import Desktop
from nba_desktop.adapters.practice_backend import PracticeBackend
from nba_desktop.adapters.practice_recording import load_recording, load_script
from nba_desktop.adapters.settings import Settings
from nba_desktop.connecting import connect_session
from nba_desktop.contract.base import Language
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.panel import LinkState, PanelState
from nba_desktop.domain.preferences import Setup, Theme
from nba_desktop.domain.settings_in_force import SettingsInForce
from nba_desktop.practice.collaborators import (
    PracticeClock,
    PracticeOutbox,
    PracticeOwn,
    PracticePreferences,
    PracticeTasks,
)
from nba_desktop.practice.line import PracticeLine
from nba_desktop.preferring import Preferring
from nba_desktop.session.session import Session
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.practice_band import PracticeBand, PracticeStep, PracticeView
from nba_desktop.ui.panel.window import SIZE, SMALLEST, PanelWindow

_FRAME: Final = 40
"""What a desktop puts around a window, at most."""
_BEFORE_THE_BRIDGE: Final = frozenset({Phase.RINGING, Phase.IDENTIFICATION, Phase.CONCERN, Phase.SOLUTION})


@dataclass(frozen=True, slots=True)
class Practice:
    """How the practice is started.

    `folder` holds the recordings and the script; `preferences` is the agent's own file, which is only read. A language
    or a theme that is given holds instead of his.
    """

    folder: Path
    preferences: Path
    settings: Settings
    language: Language | None = None
    theme: Theme | None = None
    in_force: SettingsInForce = SettingsInForce()


class PracticePanel(QObject):
    """One practice: its window, its session, and the made-up callers. `left` is the wish to end it."""

    left = Signal()
    _changed = Signal()

    def __init__(self, practice: Practice, app: QApplication, desktop: Desktop | None = None) -> None:
        """`desktop` is the one Qt runs on unless another is given."""
        super().__init__(app)
        self._folder = practice.folder
        file = PracticePreferences(practice.preferences)
        self.preferring = Preferring(
            app, file, practice.settings, practice.language, practice.theme, self, in_force=practice.in_force
        )
        setup = self._setup_shown = self._setup()
        recording = load_recording(practice.folder, setup.language)
        self._clock = PracticeClock(recording.at, self)
        self._backend = PracticeBackend(recording, self._clock.now)
        outbox = PracticeOutbox(self._backend, self._clock)
        self.window = PanelWindow(self._formats(setup.language), setup)
        self.band = PracticeBand(self.window)
        self._desktop = desktop or this_desktop(self)
        self._changed.connect(self._paint, Qt.ConnectionType.QueuedConnection)
        self._is_stale = False
        self.session = Session(
            outbox,
            PracticeTasks(self._clock),
            self._clock,
            self._show,
            setup.language,
            lambda _: None,
            own=PracticeOwn(),
        )
        outbox.on_receipt = self.session.on_receipt
        outbox.on_status = self.session.on_outbox_status
        self.line = PracticeLine(load_script(practice.folder).calls, self._clock.now, self.session.on_call_event)
        self._had_a_call = self._stopped = False
        self._connect()
        self._speak(setup)
        self.session.on_telephony_link(LinkState("up", self._clock.now()))
        self.session.on_backend_ready(self._backend)

    def start(self) -> None:
        """Show the window, ready for the first call."""
        self._paint()
        self.window.resize(self.window.width(), self._fitting(SIZE[1]))
        # The agent asked for it, and no other program is being typed into.
        self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        self._desktop.prepare(self.window, False)
        # It is a window like any other, and may lie behind them.
        self.window.windowHandle().setFlag(Qt.WindowType.WindowStaysOnTopHint, False)
        # Before it is there: who has the keyboard now gets it back.
        self._desktop.bring_forward(self.window)
        self.window.show()

    def _give_back(self) -> None:
        """Give the keyboard to the window that had it before; where that cannot be, go behind the others."""
        if not self._desktop.give_back():
            self.window.lower()

    def _fitting(self, height: int) -> int:
        """The height of the window that leaves the panel this one below the band, as far as the screen allows it."""
        most = self.window.screen().availableGeometry().height() - _FRAME
        return min(height + self.band.height(), most)

    def stop(self) -> None:
        """End it; nothing is left to be kept."""
        self._stopped = True
        self._clock.stop()
        self._desktop.close()
        self.window.hide()
        self.window.deleteLater()
        self.preferring.stop()

    def _connect(self) -> None:
        window, preferring = self.window, self.preferring
        connect_session(window, self.session)
        # Queued: it comes out of a paint event, in which nothing may change the widgets.
        window.decision_painted.connect(self._on_decision_painted, Qt.ConnectionType.QueuedConnection)
        for signal_, choose in (
            (window.language_chosen, preferring.choose_language),
            (window.theme_chosen, preferring.choose_theme),
            (window.text_size_chosen, preferring.choose_text_size),
            (window.key_chosen, preferring.choose_key),
            (window.keys_reset, preferring.reset_keys),
        ):
            signal_.connect(choose)
        preferring.changed.connect(self._on_setup_changed)
        self.band.step_asked.connect(self._on_step_asked)
        self.band.end_asked.connect(self.left)
        window.left.connect(self._give_back)

    # ---- the agent's language, look and keys

    def _setup(self) -> Setup:
        return replace(self.preferring.setup, has_hotkey=False, practising=True)

    def _formats(self, language: Language) -> Formats:
        return Formats(language, lambda: self._clock.now().astimezone())

    def _speak(self, setup: Setup) -> None:
        self.window.setWindowTitle(self.tr("Practice – NBA Desktop"))
        self.window.show_setup(setup)
        self.band.renew(setup.keys)

    def _on_setup_changed(self) -> None:
        before, setup = self._setup_shown, self._setup()
        self._setup_shown = setup
        if replace(before, theme=setup.theme, in_force=setup.in_force) != setup:
            self.window.renew(self._formats(setup.language), setup)
        self._speak(setup)
        if setup.language != before.language:
            self._backend.speak(load_recording(self._folder, setup.language))
            self.session.set_language(setup.language)
        self._paint()

    # ---- the call

    def _on_step_asked(self, step: PracticeStep) -> None:
        if step is not self._step(self.session.state.contact):
            return
        if step is PracticeStep.READY:
            self.line.ring()
        elif step is PracticeStep.RINGING:
            self.line.answer()
        elif step is PracticeStep.TALKING:
            self.line.hang_up()

    @staticmethod
    def _step(contact: ContactState | None) -> PracticeStep:
        if contact is None:
            return PracticeStep.READY
        return {
            InteractionState.OFFERED: PracticeStep.RINGING,
            InteractionState.LIVE: PracticeStep.TALKING,
        }.get(contact.interaction.state, PracticeStep.WRAP_UP)

    def _on_decision_painted(self, decision_id: UUID) -> None:
        self.session.on_decision_painted(decision_id)

    # ---- what is shown

    def _show(self, state: PanelState) -> None:
        has_a_call = state.contact is not None
        if self._had_a_call and not has_a_call:
            self.line.go_on()
        self._had_a_call = has_a_call
        if not self._is_stale:
            self._is_stale = True
            self._changed.emit()

    def _paint(self) -> None:
        self._is_stale = False
        if self._stopped:
            # What was queued before the end.
            return
        state = self.session.state
        self.window.show_state(state)
        contact, call, language = state.contact, self.line.call, self._setup_shown.language
        phase = contact.phase if contact else Phase.RINGING
        number, count = self.line.place
        self.band.show_view(
            PracticeView(
                step=self._step(contact),
                phase=phase,
                title=call.title.words(language),
                number=number,
                count=count,
                says=self._says(phase, language),
                sayings=tuple(one.words(language) for one in call.says.values()),
                nobody_known=contact is not None and contact.candidate is None,
            )
        )
        self.window.setMinimumHeight(self._fitting(SMALLEST[1]))

    def _says(self, phase: Phase, language: Language) -> str:
        """The caller introduces himself when he is greeted; what follows the solution is said at the bridge."""
        if phase is Phase.GREETING:
            phase = Phase.IDENTIFICATION
        elif phase is not Phase.WRAP_UP and phase not in _BEFORE_THE_BRIDGE:
            phase = Phase.BRIDGE
        spoken = self.line.call.says.get(phase.value)
        return spoken.words(language) if spoken else ""
