"""The complete panel with a telephone, a backend and a disk that do what the monkey wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.settings import Settings
from nba_desktop.connecting import connect_session
from nba_desktop.contract.base import Language
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import Identification, SearchAnswer
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import ContactStarted
from nba_desktop.contract.journey import JourneyPage
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.panel import PanelState
from nba_desktop.preferring import Preferring
from nba_desktop.session.session import Session
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.window import PanelWindow
from tests.fakes import states
from tests.fakes.calls import CALLER, OTHER_CALLER
from tests.fakes.journeys import journey_page
from tests.fakes.knowledge import knowledge_base
from tests.fakes.ports import FakeBackend, FakeClock, FakeOutbox
from tests.fakes.states.calls import hits
from tests.fakes.states.customers import neighbours
from tests.fakes.states.moments import said
from tests.fakes.states.responses_states import agent_day, consent_proof

T = TypeVar("T")
CLOSES_AFTER = timedelta(seconds=120)


def secret_of(contact_id: UUID) -> int:
    """Six digits that nobody types, in everything that only an authenticated caller's agent may see of a contact."""
    return 700_000 + int(contact_id) % 90_000


class LateTasks:
    """Background work that begins when the monkey wants, and whose answers come when he wants, in any order."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], Callable[[], None]]] = []
        self._done: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], T], on_success: Callable[[T], None], on_failure: Callable[[PanelError], None]
    ) -> None:
        """Take work that waits."""

        def begin() -> Callable[[], None]:
            try:
                result = work()
            except PanelError as error:
                failed = error
                return lambda: on_failure(failed)
            return lambda: on_success(result)

        self._waiting.append(begin)

    def step(self, chance: Random) -> None:
        """Begin one that waits, or bring the answer of one that is done."""
        ways = [bool(self._waiting), bool(self._done)]
        if ways[0] and (not ways[1] or chance.random() < 0.5):
            self._done.append(self._waiting.pop(chance.randrange(len(self._waiting)))())
        elif ways[1]:
            self._done.pop(chance.randrange(len(self._done)))()

    def all_in_order(self) -> None:
        """Finish everything, also what comes of it."""
        while self._waiting or self._done:
            if self._done:
                self._done.pop(0)()
            else:
                self._done.append(self._waiting.pop(0)())


class Site(FakeBackend):
    """Knows Helmut in both languages; each contact has a secret of its own in all that is shown of it."""

    def __init__(self) -> None:
        super().__init__()
        self._languages: dict[UUID, Language] = {}
        self.callers = "one"

    def start_contact(self, event: ContactStarted) -> ContactView:
        """Answer in the language that the panel asks in."""
        self._languages[event.contact_id] = event.language
        return super().start_contact(event)

    def _answer(self, what: str, contact_id: UUID) -> ContactView:
        self.asked.append(what)
        if self.broken:
            raise self.broken
        language = self._languages.get(contact_id, "de")
        if contact_id in self.authenticated:
            view = _of(contact_id, states.helmut_view(language, quiet=not self.solved))
            return self._in_its_situation(
                view.model_copy(update={"customer_id": self.settled.get(contact_id, view.customer_id)})
            )
        people = {"one": (states.helmut_candidate(language),), "several": neighbours(), "unknown": ()}[self.callers]
        view = states.helmut_view(language)
        return view.model_copy(
            update={
                "contact_id": contact_id,
                "auth_level": "candidate" if people else "none",
                "identification": Identification.model_validate(
                    {"status": self.callers, "candidates": people, "vouched_by": self.vouched_by}
                ),
                "customer_id": None,
                "customer": None,
                "value": None,
                "journey": None,
                "consents": None,
                "concerns": (),
                "decision": states.no_decision("not_authenticated").model_copy(update={"decision_id": uuid4()}),  # type: ignore[arg-type]
                "handover": None,
            }
        )

    def consent_proof(self, contact_id: UUID) -> ConsentProof:
        """The proof in the contact's language."""
        super().consent_proof(contact_id)
        return consent_proof(self._languages.get(contact_id, "de"))

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        """Two people, whatever is asked."""
        super().search(query, contact_id)
        return SearchAnswer(hits=hits())

    def today(self) -> AgentDay:
        """A day with one contact."""
        super().today()
        return agent_day("de")

    def catalogue(self, language: Language) -> CatalogueHead:
        """The concerns."""
        super().catalogue(language)
        return CatalogueHead(version=self.version, language=language, concerns=states.concerns(language))

    def knowledge(self, language: Language) -> KnowledgeBase:
        """The knowledge."""
        super().knowledge(language)
        return knowledge_base(language, self.version)

    def journey(self, contact_id: UUID, before: str, limit: int) -> JourneyPage:
        """The rest of the journey."""
        if self.broken:
            raise self.broken
        head = states.helmut_journey(self._languages.get(contact_id, "de"), more=200)
        return journey_page(contact_id, head.touchpoints, before, limit)


def _of(contact_id: UUID, view: ContactView) -> ContactView:
    """The view with the contact's secret in it."""
    secret = secret_of(contact_id)
    assert view.customer is not None
    assert view.value is not None
    recommendations = tuple(
        one.model_copy(
            update={
                "reason": f"{one.reason} {secret}",
                "bridge": f"{one.bridge} {secret}",
                "benefits": tuple(
                    benefit.model_copy(update={"benefit": f"{benefit.benefit} {secret}"}) for benefit in one.benefits
                ),
            }
        )
        for one in view.decision.recommendations
    )
    decision = view.decision.model_copy(update={"recommendations": recommendations, "decision_id": uuid4()})
    journey = view.journey
    assert journey is not None
    touchpoints = tuple(
        one.model_copy(update={"params": {**one.params, "kwh": secret}}) if one.type == "meter_reading" else one
        for one in journey.touchpoints
    )
    return view.model_copy(
        update={
            "contact_id": contact_id,
            "customer": view.customer.model_copy(update={"customer_no": f"K-{secret}"}),
            "value": view.value.model_copy(update={"low_eur": secret, "high_eur": secret}),
            "decision": decision,
            "journey": journey.model_copy(update={"touchpoints": touchpoints}),
        }
    )


class World(QObject):
    """The panel as the program wires it, in the order and with the delays of the program."""

    _changed = Signal()
    painted_decision = Signal(object)

    def __init__(self, app: QApplication, folder: Path, language: Language) -> None:
        super().__init__()
        self.app = app
        self.clock, self.tasks, self.outbox, self.backend = FakeClock(), LateTasks(), FakeOutbox(), Site()
        self.preferring = Preferring(app, PreferencesFile(folder / "preferences.json"), Settings(), language, "light")
        self.shown_setup = self.preferring.setup
        self.window = PanelWindow(self.formats(), self.shown_setup)
        self.session = Session(
            self.outbox, self.tasks, self.clock, self._on_state, language, lambda _: None, CLOSES_AFTER
        )
        self._stale = False
        self._changed.connect(self._paint, Qt.ConnectionType.QueuedConnection)
        self._calls = 0
        self._wire()

    def _wire(self) -> None:
        window, preferring = self.window, self.preferring
        connect_session(window, self.session)
        window.language_chosen.connect(preferring.choose_language)
        window.theme_chosen.connect(preferring.choose_theme)
        window.text_size_chosen.connect(preferring.choose_text_size)
        window.key_chosen.connect(preferring.choose_key)
        window.keys_reset.connect(preferring.reset_keys)
        window.tour_asked.connect(self._show_tour)
        window.decision_painted.connect(self.session.on_decision_painted, Qt.ConnectionType.QueuedConnection)
        preferring.changed.connect(self._on_setup_changed)
        preferring.noticed.connect(self.session.on_notice)

    def formats(self) -> Formats:
        """How this panel writes."""
        return Formats(self.preferring.setup.language, self.now)

    def now(self) -> datetime:
        """The moment, where the agent is."""
        return self.clock.now().astimezone(states.BERLIN)

    def _on_state(self, _: PanelState) -> None:
        if not self._stale:
            self._stale = True
            self._changed.emit()

    def _paint(self) -> None:
        self._stale = False
        self.window.show_state(self.session.state)

    def _show_tour(self) -> None:
        language = self.preferring.setup.language
        self.window.show_tour(states.helmut(language), Formats(language, states.now))

    def _on_setup_changed(self) -> None:
        before, setup = self.shown_setup, self.preferring.setup
        self.shown_setup = setup
        if replace(before, theme=setup.theme) == setup:
            self.window.show_setup(setup)
            return
        self.window.renew(self.formats(), setup)
        if setup.language != before.language:
            self.session.set_language(setup.language)

    def settle(self) -> None:
        """Let everything that is due happen, as between two of a person's doings."""
        if not self.window.isActiveWindow() and QApplication.activePopupWidget() is None:
            # Every window system but the offscreen one does so when a list is put away.
            self.window.activateWindow()
        for _ in range(3):
            self.app.sendPostedEvents()
            self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # ---- the telephone

    def call(self) -> str:
        """Let a new call ring."""
        self._calls += 1
        name = f"call-{self._calls}"
        self.phone(CallEventType.RINGING, name)
        return name

    def phone(self, kind: CallEventType, call: str, **more: object) -> None:
        """Say what happened to a call."""
        self.clock.moment += timedelta(milliseconds=1)
        callers: tuple[Party, ...] = (CALLER, OTHER_CALLER, Party("", None, "restricted"))
        event = CallEvent(
            event_id=str(uuid4()),
            source="test",
            type=kind,
            occurred_at=self.clock.now(),
            received_at=self.clock.now(),
            interaction_id=call,
            leg_id=f"{call}-leg",
            caller=callers[sum(map(ord, call)) % 3],
            queue=said(self.preferring.setup.language, "Privatkunden", "Households"),
        )
        self.session.on_call_event(replace(event, **more))  # type: ignore[arg-type]

    def close(self) -> None:
        """Leave the application as it was."""
        self.window.hide()
        self.preferring.stop()
        self.window.deleteLater()
        self.settle()
