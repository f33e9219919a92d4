"""Webhooks of a telephone system, through a real backend, to the panels of two agents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource, HubTiming
from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.rows.hooks import HookDialect
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from nba_desktop.domain.call import Calls, InteractionState, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from tests.e2e.backend.test_hub import post
from tests.e2e.backend.test_process import Running, backend
from tests.fakes.backend_site import CATALOGUE, sql_store
from tests.unit.backend.api.test_hooks import row

S = InteractionState
NUMBER = "4930600000001"


class Panel:
    """What an agent's panel makes of the stream."""

    def __init__(self, url: str, token: str) -> None:
        timing = HubTiming(steady=0, retry_first=50, retry_longest=100)
        self.source = HubStreamSource(HubStreamSettings(url, token), timing)
        self.events: list[CallEvent] = []
        self.links: list[LinkState] = []
        self.calls = Calls()
        self.source.call_event.connect(self._on_event)
        self.source.link_changed.connect(self.links.append)
        self.source.start()

    def _on_event(self, event: CallEvent) -> None:
        self.events.append(event)
        self.calls = on_event(self.calls, event)

    def stands(self) -> list[tuple[str, InteractionState, bool]]:
        return [(one.conversation_id, one.state, one.unconfirmed) for one in self.calls.interactions]

    @property
    def is_up(self) -> bool:
        return self.links[-1].state == "up"


@dataclass
class House:
    """A site's folder with a telephone system, two agents, and its backend, which gets its port back."""

    data: Path
    address: str
    tokens: dict[str, str]
    ends: ExitStack
    running: Running = field(init=False)
    port: int = 0

    @property
    def url(self) -> str:
        return self.running.hello["url"]

    def start(self) -> None:
        data = ("--data", str(self.data), "--port", str(self.port), "--catalogue", str(CATALOGUE))
        self.running = self.ends.enter_context(backend(*data))
        self.port = urlsplit(self.url).port or 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with sql_store(folder, customers=False) as store:
        access, sources = TokenService(store, now_utc), SourceService(store)
        tokens = {name: access.create(name, frozenset({Role.AGENT})) for name in ("anna", "ben")}
        secret = sources.create(row("pbx", HookDialect.ZAMMAD))
        sources.map_user("pbx", "Anna Adler", "anna")
        sources.map_user("pbx", "202", "ben")
    with ExitStack() as ends:
        site = House(folder, f"/v1/hooks/pbx?token={secret}", tokens, ends)
        site.start()
        yield site


@contextmanager
def listening(house: House, *agents: str) -> Iterator[list[Panel]]:
    panels = [Panel(house.url, house.tokens[agent]) for agent in agents]
    try:
        yield panels
    finally:
        for panel in panels:
            panel.source.stop()


def new_call(call: str, user: str) -> dict[str, str]:
    return {"event": "newCall", "callId": call, "direction": "in", "from": NUMBER, "to": "4930555000", "user": user}


def test_a_call_rings_is_answered_and_ends_at_its_own_agent_alone(house: House, qtbot: QtBot) -> None:
    with listening(house, "anna", "ben") as (anna, ben):
        url = house.url
        qtbot.waitUntil(lambda: anna.is_up and ben.is_up, timeout=20_000)
        post(url, house.address, **new_call("1", "Anna Adler"))
        qtbot.waitUntil(lambda: anna.stands() == [("pbx:1", S.OFFERED, False)])
        assert anna.calls.interactions[0].caller.e164 == f"+{NUMBER}"
        post(url, house.address, event="answer", callId="1", direction="in", user="Anna Adler")
        qtbot.waitUntil(lambda: anna.stands()[0][1] is S.LIVE)
        post(url, house.address, **new_call("2", "202"))
        qtbot.waitUntil(lambda: ben.stands() == [("pbx:2", S.OFFERED, False)])
        post(url, house.address, event="hangup", callId="1", direction="in", cause="normalClearing")
        qtbot.waitUntil(lambda: anna.stands() == [("pbx:1", S.WRAP_UP, False)])
        assert ben.stands() == [("pbx:2", S.OFFERED, False)]
        assert [panel.source.kind for panel in (anna, ben)] == ["hub", "hub"]


@pytest.mark.parametrize("stop", ["kill", "terminate"])
def test_after_a_restart_of_the_backend_what_is_not_known_is_said_and_what_comes_is_right(
    stop: str, house: House, qtbot: QtBot
) -> None:
    before, after = f"before-{stop}", f"after-{stop}"
    with listening(house, "anna") as (anna,):
        url = house.url
        qtbot.waitUntil(lambda: anna.is_up, timeout=20_000)
        post(url, house.address, **new_call(before, "Anna Adler"))
        post(url, house.address, event="answer", callId=before, direction="in", user="Anna Adler")
        qtbot.waitUntil(lambda: anna.stands() == [(f"pbx:{before}", S.LIVE, False)])
        getattr(house.running.process, stop)()
        qtbot.waitUntil(lambda: anna.stands() == [(f"pbx:{before}", S.LIVE, True)])
        assert anna.links[-1].state != "up"
        house.start()
        # The new one knows of no call: whether this one is still going on, nobody can say.
        qtbot.waitUntil(lambda: anna.is_up, timeout=20_000)
        post(url, house.address, **new_call(after, "Anna Adler"))
        qtbot.waitUntil(lambda: anna.stands()[1:] == [(f"pbx:{after}", S.OFFERED, False)])
        assert anna.stands()[0] == (f"pbx:{before}", S.LIVE, True)
        # The next test's panels are not to be told of it.
        post(url, house.address, event="hangup", callId=after, direction="in", cause="normalClearing")


def test_a_panel_that_starts_during_a_call_shows_it(house: House, qtbot: QtBot) -> None:
    url = house.url
    post(url, house.address, **new_call("21", "Anna Adler"))
    post(url, house.address, event="answer", callId="21", direction="in", user="Anna Adler")
    with listening(house, "anna") as (anna,):
        qtbot.waitUntil(lambda: anna.stands() == [("pbx:21", S.LIVE, False)], timeout=20_000)
    with listening(house, "anna") as (again,):
        qtbot.waitUntil(lambda: again.stands() == [("pbx:21", S.LIVE, False)])
        # Resumed where it was, nothing is doubled.
        before = list(again.events)
        again.source._lose("network")
        qtbot.waitUntil(lambda: again.events[-1].type is CallEventType.SNAPSHOT and len(again.events) > len(before))
        assert again.stands() == [("pbx:21", S.LIVE, False)]
        types = [event.type.value for event in again.events[len(before) :]]
        assert types == ["link_down", "link_up", "snapshot"]
