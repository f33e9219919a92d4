"""The composition root of the panel: builds every object once, in reading order, connects them, runs."""

from __future__ import annotations

import hashlib
import linecache
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from nba_desktop import __version__, paths
from nba_desktop.adapters.agent_stores import STORE_KEY, AgentStores, StoreKeys, StorePlan, open_store, read_keys
from nba_desktop.adapters.catalogue_cache import CatalogueCache
from nba_desktop.adapters.clock import QtClock
from nba_desktop.adapters.crm import open_address
from nba_desktop.adapters.dock.choice import this_desktop
from nba_desktop.adapters.dock.dock import DockedWindow
from nba_desktop.adapters.flight.recorder import FOLDER, FlightRecorder
from nba_desktop.adapters.network.proxies import routes_of
from nba_desktop.adapters.own_file import OwnFile
from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.practice_process import PRACTICE_OPENED, PracticeBeside
from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.review_process import ReviewBeside
from nba_desktop.adapters.scheme.customer_url import names_customer, parse_customer_url
from nba_desktop.adapters.settings import Settings, TelephonySettings
from nba_desktop.adapters.settings_loading import load_in_force, start_options
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.adapters.tour_mark import TourMark
from nba_desktop.agent_link import AgentLink, Entrance
from nba_desktop.backend_link import BackendLink, WakingOutbox
from nba_desktop.between_calls import BetweenCalls
from nba_desktop.connecting import connect_session
from nba_desktop.contract.base import Language
from nba_desktop.contract.sealed import SealedBy
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.call import Calls
from nba_desktop.domain.errors import CallUrlError, FailureCode, PanelError, PolicyError, SettingsError
from nba_desktop.domain.key_map import Command
from nba_desktop.domain.panel import LinkState, Notice, PanelState
from nba_desktop.domain.preferences import Setup, Theme
from nba_desktop.preferring import Preferring
from nba_desktop.session.session import Session
from nba_desktop.telephony import Telephony
from nba_desktop.ui.faces import install_faces
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.strip import Strip
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.window_bar import WindowBar

if TYPE_CHECKING:
    from nba_desktop.adapters.network.routes import Routes
    from nba_desktop.adapters.secrets import Secrets
    from nba_desktop.adapters.sqlite_outbox import SqliteOutbox

_log = logging.getLogger(__name__)

_CONNECT_LATEST_MS = 500
_OWN_FILE = "own.json"
PREFERENCES_FILE = "preferences.json"
_TOUR_FILE = "tour-seen"
_HELD = Notice(FailureCode.CALL_GOES_ON)
_TOUR_AFTER_MS = 800
_STALE_AFTER_S = 120.0
"""By then a call that came before anybody had signed in is another one's, or over."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How this start differs from the settings; None means as the settings say.

    `policy` is the machine's; a demonstration has none. `telephony` with its secret replaces the settings' telephone
    system (the demo's simulator), `secrets` the system's keyring. With `has_sample_data` all customers are made up, and
    the local store needs no key. With `first_tour` whoever has not seen the tour yet is shown it.
    """

    data_dir: Path
    policy: Policy = Policy()
    settings_file: Path | None = None
    language: Language | None = None
    theme: Theme | None = None
    backend_url: str | None = None
    token: str | None = field(default=None, repr=False)
    first_call: str | None = None
    telephony: TelephonySettings | None = None
    telephony_secret: str | None = field(default=None, repr=False)
    first_tour: bool = False
    entrance: Entrance = field(default_factory=Entrance)
    secrets: Secrets | None = field(default=None, repr=False)
    has_sample_data: bool = False


class Panel(QObject):
    """One running panel: its window, its session and everything they talk to."""

    # Carries the `Calls` whenever they have become others.
    calls_changed = Signal(object)
    # Carries the `Entrance` of the panel that takes this one's place: it is another agent's.
    agent_left = Signal(object)
    _changed = Signal()

    def __init__(self, launch: Launch, app: QApplication) -> None:
        super().__init__(app)
        self._launch = launch
        path = settings_path(launch.settings_file)
        options = start_options(launch.language, launch.theme, launch.backend_url)
        self._loaded = load_in_force(path, launch.policy, options)
        self.settings = self._loaded.settings
        file = PreferencesFile(path.with_name(PREFERENCES_FILE))
        self.preferring = Preferring(
            app, file, self.settings, launch.language, launch.theme, self, in_force=self._loaded.in_force
        )
        self.language: Language = self.preferring.setup.language

        self._clock = QtClock(self)
        setup, formats = self.preferring.setup, Formats(self.language)
        self.window = PanelWindow(formats, setup)
        self.strip = Strip(formats, setup.keys)
        self._bar = WindowBar(self.window, self.strip, setup.keys)
        self._bar.close_held.connect(self._on_close_held)
        self.dock = DockedWindow(self.window, self.strip, self._bar, this_desktop(self), launch.data_dir, self)
        self._setup_shown = self._setup()
        self.window.show_setup(self._setup_shown)
        self._calls_shown = 0
        self._calls_were = Calls()
        self._changed.connect(self._paint, Qt.ConnectionType.QueuedConnection)
        self._is_stale = False
        self._call_tasks = QtTasks(max_threads=4, name="calls", parent=self)
        self._cache = CatalogueCache(paths.cache_dir() if launch.settings_file is None else launch.data_dir / "cache")
        self._outbox = WakingOutbox()
        self._messages: list[tuple[float, str]] = []
        self._own = OwnFile()
        self._tour_mark = TourMark(launch.data_dir / _TOUR_FILE)
        self._practice = PracticeBeside(self._call_tasks, _look_arguments(launch))
        self.session = Session(
            self._outbox,
            self._call_tasks,
            self._clock,
            self._show,
            self.language,
            self._cache.save,
            timedelta(seconds=self.settings.wrap_up_closes_after_s) or None,
            self._own,
            self._cache.save_knowledge,
        )
        self._connected = self._stopped = False
        self.is_recording = False
        """Whether the local store is open, or it is known that there is none."""
        self._recorder: FlightRecorder | None = None
        routes = routes_of(self.settings.network, launch.secrets)
        self.telephony = Telephony(
            launch.telephony or self.settings.telephony,
            launch.telephony_secret,
            self.session,
            self._call_tasks,
            self._clock,
            self._notice,
            parent=self,
            routes=routes,
        )
        self.link = BackendLink(
            self._site_url(),
            launch.token,
            launch.data_dir,
            self._outbox,
            self.session,
            self.telephony,
            self._call_tasks,
            self._clock,
            self._notice,
            parent=self,
            routes=routes,
        )
        self._agent = self._agent_link(routes)
        review = ReviewBeside(_look_arguments(launch))
        self._beside = BetweenCalls(self.window, self.session, review, lambda: self.link.reached, self)
        self._connect_window()

        if self._loaded.error:
            self._notice(self._loaded.error)
        for notice in self.preferring.notices:
            self.session.on_notice(notice)

    @property
    def store(self) -> SqliteOutbox | None:
        """The local store, once it is open."""
        return self._outbox.store

    def start(self) -> None:
        """Show the window, then connect: what is slow to load is loaded once the panel is painted."""
        self.window.show_state(self.session.state)
        self.strip.show_state(self.session.state)
        self.window.painted.connect(self._connect)
        self.dock.show()
        # A window that is hidden at once is never painted, and takes calls all the same.
        QTimer.singleShot(_CONNECT_LATEST_MS, self, self._connect)
        if self._launch.first_call:
            self.on_message(self._launch.first_call)

    def _connect(self) -> None:
        if self._connected or self._stopped:
            return
        self._connected = True
        self.window.painted.disconnect(self._connect)
        self._take_cached()
        if self._launch.first_tour:
            QTimer.singleShot(_TOUR_AFTER_MS, self, self._show_first_tour)
        self.dock.register_hotkey(self.preferring.hotkey)
        self._open_store()

    # ---- the local store

    def _open_store(self) -> None:
        """Open what every entry is kept in; only then come calls, which are entries from the first moment on."""
        plan, secrets = self._store_plan(), self._launch.secrets
        if plan is None:
            # Whoever signs in brings his store; until then nothing can be recorded, and no call is shown.
            self._begin_with_agent()
        elif plan.encryption == "none":
            self._use_store(plan, StoreKeys())
        else:
            # A keyring may ask its user something, or hang.
            self._call_tasks.run(
                lambda: read_keys(plan, secrets, self._recorded_by),
                lambda keys: self._use_store(plan, keys),
                self._notice,
            )

    def _store_plan(self) -> StorePlan | None:
        """Which store is to be opened: of the only user, or of the agent who signed in; None while nobody has."""
        settings, folder, key_name = self.settings, self._launch.data_dir, STORE_KEY
        if self._agent is not None:
            if self._agent.folder is None:
                return None
            folder, key_name = self._agent.folder, self._agent.key_name
        # Where it is not known whose backend it would be, it may be a site's.
        may_be_a_sites = settings.backend.mode == "site" or self._loaded.error is not None
        return StorePlan(
            folder,
            key_name,
            "none" if self._launch.has_sample_data or not may_be_a_sites else settings.outbox_encryption,
            settings.site_public_key,
            timedelta(days=settings.outbox_retention_days),
        )

    def _use_store(self, plan: StorePlan, keys: StoreKeys) -> None:
        if self._stopped:
            return
        opened = open_store(plan, keys)
        self._outbox.store, self._outbox.broken = opened.store, opened.error
        if opened.error:
            self._notice(opened.error)
        for notice in opened.notices:
            self.session.on_notice(notice)
        if self.store:
            self.session.on_outbox_status(self.store.status())
        if keys.key is not None or plan.encryption != "required":
            # Else nothing may lie here in plain: neither what the agent keeps for himself nor the last calls.
            self._own.open(plan.folder / _OWN_FILE, keys.key)
            self._take_own()
            self._recorder = self.telephony.recorder = _recorder(plan.folder, self.settings, keys.key)
        self._begin_with_agent()

    def _begin_with_agent(self) -> None:
        """Begin at once, or as soon as it is known who works here."""
        if self._agent is None:
            self._begin()
        else:
            self._agent.start(self.store)

    def _begin(self) -> None:
        """From now on calls come, and are recorded."""
        self.is_recording = True
        self.telephony.start()
        if self._agent is None:
            self._start_backend()
        messages, self._messages = self.messages, []
        for text in messages:
            self.on_message(text)

    def _recorded_by(self) -> SealedBy:
        """Whose an entry is, for whoever must take it in one day without this workstation."""
        agent = self._agent.who if self._agent is not None else None
        if agent is not None:
            return SealedBy(issuer=agent.issuer, subject=agent.subject)
        token = self.link.reached[1] if self.link.reached else self._launch.token
        return SealedBy(token_hash=hashlib.sha256(token.encode()).hexdigest()) if token else SealedBy()

    def _take_own(self) -> None:
        """What the agent keeps for himself."""
        try:
            self.session.library.on_own(self._own.load())
        except PanelError as error:
            self._notice(error)
        if self._own.set_aside:
            self.session.on_notice(Notice(FailureCode.STORE_DAMAGED, (("file", str(self._own.set_aside)),)))

    def _take_cached(self) -> None:
        """What the backend said last time, for as long as it is away."""
        cached = self._cache.load(self.language)
        if cached:
            self.session.on_catalogue(cached, fresh=False)
        knowledge = self._cache.load_knowledge(self.language)
        if knowledge:
            self.session.library.on_knowledge(knowledge, fresh=False)

    def stop(self) -> None:
        """Send what is pending if that is quick, stop everything this panel started, and leave the rest stored."""
        if self._stopped:
            return
        # What is being typed is kept as when the agent goes on to something else.
        self.window.leave_field()
        self.link.rest()
        self._beside.stop()
        self.telephony.stop()
        self.session.stop()
        self._stopped = True
        self._clock.stop()
        self.link.stop()
        if self._agent is not None:
            self._agent.stop()
        if self.store:
            self.store.close()
        if self._recorder:
            self._recorder.close()
        # Everything is recorded: the windows may go in a call too.
        self._bar.show_idle(True)
        self.dock.stop()
        self.preferring.stop()

    def on_message(self, text: str) -> None:
        """Take what another start of the program handed over: a call, a customer, or that a practice was opened."""
        if not self.is_recording:
            self._messages.append((time.monotonic(), text))
            return
        if names_customer(text):
            self._on_customer_named(text)
            return
        if text != PRACTICE_OPENED:
            self.telephony.on_call_url(text)
            return
        self._practice.on_opened()
        if self.session.state.contacts:
            self._practice.send_away()

    def _on_customer_named(self, text: str) -> None:
        try:
            customer_no = parse_customer_url(text)
        except CallUrlError as error:
            self._notice(error)
            return
        self.session.finder.name(customer_no)
        # A call on the screen keeps its place, and whatever lies before the panel then does too.
        if not self.session.state.contacts:
            self.dock.bring_up()

    def _open_in_crm(self, url: str) -> None:
        if not open_address(url):
            self.session.on_notice(Notice(FailureCode.CRM_NOT_OPENED))

    def _show(self, state: PanelState) -> None:
        # Several changes in a row are told to the widgets once, and always before Qt's next repaint: a queued call
        # goes before it, a timer would come after it.
        if not self._is_stale:
            self._is_stale = True
            self._changed.emit()
        if self.session.calls is not self._calls_were:
            self._calls_were = self.session.calls
            self.calls_changed.emit(self._calls_were)
        calls, self._calls_shown = self._calls_shown, len(state.contacts)
        if self._calls_shown > calls:
            self.dock.bring_up()
            self._beside.give_way()
            self._practice.send_away()
        self.link.on_state(state.backend)

    def _on_close_held(self) -> None:
        self.session.on_notice(_HELD)

    def _paint(self) -> None:
        self._is_stale = False
        self.window.show_state(self.session.state)
        self.strip.show_state(self.session.state)
        self._bar.show_idle(not self.session.state.contacts)
        self._bar.show_sign_in(self.session.state.sign_in)
        if not self.session.state.contacts and _HELD in self.session.state.notices:
            self.session.dismiss_notice(_HELD)

    # ---- who works here

    def _agent_link(self, routes: Routes | None) -> AgentLink | None:
        """Agents sign in where a site says so; a token that this start was given speaks for one instead."""
        launch, settings = self._launch, self.settings.sign_in
        if settings.method != "openid" or self._site_url() is None or launch.token is not None:
            return None
        if not self._loaded.may_connect:
            return None
        stores = AgentStores(launch.data_dir)
        agent = AgentLink(settings, stores, launch.entrance, self.session, self.link, routes=routes, parent=self)
        agent.began.connect(self._begin)
        agent.left.connect(self.agent_left)
        agent.token_renewed.connect(lambda: self._beside.on_token_renewed())
        return agent

    def _to_agent(self, wish: Callable[[AgentLink], None]) -> Callable[[], None]:
        """What the agent wishes of his sign-in, where there is one."""
        return lambda: None if self._agent is None else wish(self._agent)

    @property
    def messages(self) -> tuple[str, ...]:
        """What other starts of the program handed over just now, before it was known who works here."""
        return tuple(text for at, text in self._messages if time.monotonic() - at < _STALE_AFTER_S)

    # ---- the backend

    def _site_url(self) -> str | None:
        return self.settings.backend.url if self.settings.backend.mode == "site" else None

    def _start_backend(self) -> None:
        error = self._loaded.error
        if error is not None and not self._loaded.may_connect:
            # They may have named a site's backend: sample customers in its place would be worse than none.
            self.link.refuse(error)
        else:
            self.link.start()
        if isinstance(error, PolicyError):
            self._say_blocked(error)

    def _say_blocked(self, error: PolicyError) -> None:
        """Nothing is connected, and the page between calls says why."""
        self.session.on_telephony_link(LinkState("refused", self._clock.now(), error.code))
        problems = self._loaded.in_force.problems
        self.session.on_blocked(Blocked(BlockedCode.POLICY_BROKEN, problems, panel=__version__))

    # ---- the window

    def _connect_window(self) -> None:
        window, session = self.window, self.session
        connect_session(window, session)
        window.sign_in_requested.connect(self.telephony.sign_in)
        preferring = self.preferring
        for signal_, choose in (
            (window.language_chosen, preferring.choose_language),
            (window.theme_chosen, preferring.choose_theme),
            (window.text_size_chosen, preferring.choose_text_size),
            (window.key_chosen, self._choose_key),
            (window.keys_reset, self._reset_keys),
            (self._bar.day_chosen, lambda: session.day.toggle(True)),
            (self._bar.due_chosen, lambda: session.due.toggle(True)),
            (self._bar.answers_chosen, lambda: session.answers.toggle(True)),
            (self._bar.own_review_chosen, self._beside.open_review),
            (self._bar.preferences_chosen, window.open_preferences),
            (window.menu_asked, self._bar.open_menu),
            (window.crm_asked, self._open_in_crm),
            (self._bar.help_chosen, window.toggle_help),
            (self._bar.tour_chosen, self._show_tour),
            (self._bar.practice_chosen, self._start_practice),
            (window.tour_asked, self._show_tour),
            (window.tour_ended, self._tour_mark.leave),
            (window.practice_asked, self._start_practice),
            (window.agent_sign_in_asked, self._to_agent(AgentLink.sign_in)),
            (window.agent_sign_in_given_up, self._to_agent(AgentLink.give_up)),
            (self._bar.sign_out_chosen, self._to_agent(AgentLink.sign_out)),
        ):
            signal_.connect(choose)
        preferring.noticed.connect(session.on_notice)
        preferring.changed.connect(self._on_setup_changed)
        window.left.connect(self.dock.give_back)
        self.dock.noticed.connect(session.on_notice)
        # Queued: it comes out of a paint event, in which nothing may change the widgets.
        window.decision_painted.connect(self._on_decision_painted, Qt.ConnectionType.QueuedConnection)

    # ---- what helps whoever is new

    def _show_first_tour(self) -> None:
        # Whoever is new must see at once that the panel connects to nothing, not a call that is none.
        state = self.session.state
        idle = state.blocked is None and not state.sign_in.has_page
        if not self._stopped and not self._tour_mark.seen and idle:
            self._show_tour()

    def _show_tour(self) -> None:
        # Nobody needs them for a call.
        from nba_desktop.adapters.practice_example import example_of_practice
        from nba_desktop.adapters.practice_recording import load_recording, load_script

        folder = paths.resource("practice")
        try:
            recording = load_recording(folder, self.language)
            call = load_script(folder).calls[0]
        except PanelError as error:
            self._notice(error)
            return
        formats = Formats(self.language, lambda: recording.at.astimezone())
        self.window.show_tour(example_of_practice(recording, call, self.language), formats)

    def _start_practice(self) -> None:
        if not self.session.state.contacts and not self._practice.start():
            self.session.on_notice(Notice(FailureCode.PRACTICE_UNAVAILABLE))

    # ---- what the agent chooses

    def _setup(self) -> Setup:
        return replace(self.preferring.setup, has_hotkey=self.dock.has_hotkeys)

    def _on_setup_changed(self) -> None:
        before, setup = self._setup_shown, self._setup()
        self._setup_shown = setup
        if replace(before, theme=setup.theme, in_force=setup.in_force) == setup:
            self.window.show_setup(setup)
            return
        formats = Formats(setup.language)
        self.window.renew(formats, setup)
        self.strip.renew(formats, setup.keys)
        self._bar.renew(setup.keys)
        if setup.language != before.language:
            self.language = setup.language
            self.session.set_language(setup.language)
            self._take_cached()

    def _choose_key(self, command: Command, key: str) -> None:
        if self._setup_shown.locks_key(command) or command is not Command.FORWARD or self.dock.register_hotkey(key):
            self.preferring.choose_key(command, key)
        else:
            # Another program has it, which is said: the one before stays.
            self.dock.register_hotkey(self.preferring.hotkey)

    def _reset_keys(self) -> None:
        self.preferring.reset_keys()
        self.dock.register_hotkey(self.preferring.hotkey)

    def _on_decision_painted(self, decision_id: UUID) -> None:
        # What was queued before the stop comes after it, when there is no outbox any more.
        if not self._stopped:
            self.session.on_decision_painted(decision_id)

    def _notice(self, error: PanelError) -> None:
        _log.info("%s: %s", type(error).__name__, error.code)
        params = (("where", error.where), ("problem", error.problem)) if isinstance(error, SettingsError) else ()
        self.session.on_notice(Notice(error.code, params))


def new_application() -> QApplication:
    """The one QApplication, named for the desktop's window lists."""
    # PySide reads the source of each module that is imported after it, and Python keeps what was read: megabytes.
    linecache.clearcache()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("nba-desktop")
    app.setApplicationDisplayName("NBA Desktop")
    app.setDesktopFileName("nba-desktop")
    install_faces()
    return app


def settings_path(settings_file: Path | None) -> Path:
    """The settings file that is named, else the user's."""
    return settings_file or paths.config_dir() / "settings.json"


def _look_arguments(launch: Launch) -> list[str]:
    """What a program must be told to look as the panel that starts it."""
    given = {"--settings": launch.settings_file, "--language": launch.language, "--theme": launch.theme}
    return [part for name, value in given.items() if value is not None for part in (name, str(value))]


def _recorder(folder: Path, settings: Settings, key: bytes | None) -> FlightRecorder | None:
    kept = settings.flight_recorder
    return FlightRecorder(folder / FOLDER, kept.megabytes * 1024 * 1024, key=key) if kept.enabled else None
