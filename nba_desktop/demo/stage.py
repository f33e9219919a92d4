"""Where scenarios are played: one telephone system, one backend, and a panel for each kind of agent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QApplication

from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.app import Launch, Panel
from nba_desktop.contract.base import Language
from nba_desktop.demo.site import DemoSite
from nba_desktop.demo.telephone import Telephone
from nba_desktop.demo.waiting import DemoError, Waiting
from nba_desktop.demo.watching import Watch
from nba_desktop.demo.webhooks import Webhooks
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.preferences import Theme
from nba_desktop.simulator.cast import extension_of, interface_of
from nba_desktop.simulator.order import PlayOrder
from nba_desktop.simulator.scenario import Scenario, SeenCall

SECRET = "cti-demo"

_SETTLE_S = 0.1
_PLAY_LIMIT_S = 600.0
_SEEN_LIMIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Playing:
    """What a scenario came to: what the panel had to show and what it showed."""

    scenario: Scenario
    expected: tuple[SeenCall, ...]
    seen: tuple[SeenCall, ...]

    @property
    def passed(self) -> bool:
        """Whether the panel showed what it had to, in whatever order the calls came."""
        return _sorted(self.expected) == _sorted(self.seen)


class Stage:
    """Plays scenarios one after the other; panels and processes are started when they are needed first."""

    def __init__(
        self,
        data: Path,
        app: QApplication,
        waiting: Waiting,
        speed: float,
        language: Language | None,
        theme: Theme | None,
    ) -> None:
        self._data = data
        self._app = app
        self._waiting = waiting
        self._speed = speed
        self._language = language
        self._theme = theme
        self._site: DemoSite | None = None
        self._telephone: Telephone | None = None
        self._panels: dict[tuple[bool, int], Panel] = {}
        self._started: set[str] = set()

    def open(self, scenarios: Iterable[Scenario]) -> None:
        """Start the backend, with the telephone systems that report to it in `scenarios`, and the simulator."""
        played = tuple(scenarios)
        self._site = DemoSite(self._data, {one.protocol for one in played if one.protocol != "asterisk"})
        self._telephone = Telephone("--secret", SECRET, "--speed", str(self._speed))

    def close(self) -> None:
        """End everything that was started."""
        for panel in self._panels.values():
            panel.stop()
        if self._telephone is not None:
            self._telephone.stop()
        if self._site is not None:
            self._site.stop()

    def panel_for(self, scenario: Scenario) -> Panel:
        """Return the connected panel of the agent whom the scenario is about."""
        return self.panel(by_asterisk=scenario.protocol == "asterisk", agent=scenario.agent)

    def panel(self, *, by_asterisk: bool, agent: int) -> Panel:
        """Return the connected panel of an agent, who hears of calls by Asterisk or by the backend's webhooks."""
        key = (by_asterisk, agent)
        if key not in self._panels:
            self._panels[key] = self._open_panel(*key)
        return self._panels[key]

    def start(self, orders: Iterable[PlayOrder]) -> None:
        """Let the telephone system play calls."""
        assert self._telephone is not None
        for order in orders:
            self._telephone.start(order)
            self._started.add(order.call)

    def is_over(self) -> bool:
        """Whether every call that was started is over."""
        assert self._telephone is not None
        self._started = {call for call in self._started if not self._telephone.has_finished(call)}
        return not self._started

    def play(self, scenario: Scenario, *, quick: bool) -> Playing:
        """Play a scenario to its end and return what the panel showed. Raises `DemoError` when it cannot be played."""
        panel = self.panel_for(scenario)
        watch = Watch(panel)
        expected = tuple(one.spelled_out() for one in scenario.expect)

        def result() -> Playing:
            return Playing(scenario, expected, tuple(watch.calls()))

        try:
            self._play(scenario, quick=quick)
            # What was sent is on its way through sockets; and nothing may come after what had to come.
            self._waiting.holds(lambda: result().passed, _SEEN_LIMIT_S)
            self._waiting.holds(lambda: False, _SETTLE_S)
            return result()
        finally:
            watch.end()

    def wait_for_wrap_ups(self, limit_s: float) -> bool:
        """Wait until the agent has finished every wrap-up, and say whether he has."""
        return self._waiting.holds(lambda: not any(_contacts(panel) for panel in self._panels.values()), limit_s)

    def finish_wrap_ups(self) -> None:
        """Do what the agent does at the end of a call, for every call that has ended."""
        for panel in self._panels.values():
            for interaction_id, state in _contacts(panel):
                if state is InteractionState.WRAP_UP:
                    panel.session.select_call(interaction_id)
                    panel.session.finish_wrap_up()

    def _play(self, scenario: Scenario, *, quick: bool) -> None:
        assert self._telephone is not None
        assert self._site is not None
        run = uuid4().hex[:8]
        if scenario.posts:
            hook = self._site.hooks[scenario.protocol]
            posts = scenario.reports(quick=quick)
            webhooks = Webhooks(self._site.running.url, scenario.protocol, hook, posts, run, self._speed)
            try:
                self._waiting.until("the webhooks are sent", lambda: webhooks.finished, _PLAY_LIMIT_S)
            finally:
                webhooks.stop()
            if webhooks.problem:
                raise DemoError(f"the backend did not take a webhook: {webhooks.problem}")
            return
        self.start(scenario.orders(run, quick=quick))
        for after in scenario.line_drops:
            self._telephone.drop_the_line(after)
        self._waiting.until("the calls are over", self.is_over, _PLAY_LIMIT_S)

    def _open_panel(self, by_asterisk: bool, agent: int) -> Panel:
        assert self._telephone is not None
        assert self._site is not None
        data = self._data / f"panel-{'asterisk' if by_asterisk else 'hub'}-{agent}"
        asterisk = TelephonySettings(
            source="asterisk_ami",
            port=self._telephone.port,
            username="cti",
            extension=extension_of(agent),
            interface=interface_of(agent),
        )
        launch = Launch(
            data_dir=data,
            settings_file=data / "settings.json",
            language=self._language,
            theme=self._theme,
            backend_url=self._site.running.url,
            token=self._site.running.token,
            telephony=asterisk if by_asterisk else TelephonySettings(source="hub"),
            telephony_secret=SECRET,
            has_sample_data=True,
        )
        panel = Panel(launch, self._app)
        panel.start()
        self._waiting.until("the panel hears of calls", lambda: panel.session.state.telephony.status == "up")
        self._waiting.until("the backend answers", lambda: panel.session.state.backend.status == "up")
        return panel


def _contacts(panel: Panel) -> list[tuple[str, InteractionState]]:
    contacts = panel.session.state.contacts
    return [(one.interaction.interaction_id, one.interaction.state) for one in contacts]


def _sorted(calls: tuple[SeenCall, ...]) -> list[str]:
    return sorted(call.model_dump_json() for call in calls)
