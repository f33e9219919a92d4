"""A call of the stand-in, recorded as the panel records it: told, exported, and translated anew."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.genesys.line import GenesysTiming
from nba_desktop.adapters.cti.genesys.source import GenesysSource
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.flight.ring import read_records
from nba_desktop.doctor.call_replay import export, replay
from nba_desktop.doctor.call_story import stories
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, LinkState
from tests.fakes.flights import PLENTY
from tests.fakes.genesys import CUSTOMER, StandIn

LIMIT_MS = 20_000


class Panel:
    """What the panel does with a source and its flight recorder."""

    def __init__(self, source: GenesysSource, folder: Path) -> None:
        self.source = source
        self.recorder = FlightRecorder(folder, PLENTY)
        self.recorder.started(type=source.kind, extension="201", queues=[])
        self.calls = Calls()
        self.links: list[LinkState] = []
        source.received.connect(lambda data: self.recorder.received(source.name, source.kind, data))
        source.link_changed.connect(self._on_link)
        source.call_event.connect(self._on_event)

    def states(self) -> list[str]:
        return [one.state.value for one in self.calls.interactions if not one.unconfirmed]

    def _on_link(self, link: LinkState) -> None:
        self.links.append(link)
        self.recorder.link_changed(link)

    def _on_event(self, event: CallEvent) -> None:
        before = self.calls
        self.calls = on_event(before, event)
        self.recorder.decided(event, before, self.calls)


def test_a_call_during_which_the_line_was_cut_is_told_and_comes_out_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    played = StandIn()
    try:
        source = GenesysSource(played.settings(), GenesysTiming(retry_first=20, retry_longest=50))
        panel = Panel(source, tmp_path / "flight")
        source.start()
        qtbot.waitUntil(lambda: played.count("client", "listening") == 1, timeout=LIMIT_MS)
        played.tell(play="01", **{"from": CUSTOMER})
        qtbot.waitUntil(lambda: panel.states() == ["offered"], timeout=LIMIT_MS)
        played.advance()
        qtbot.waitUntil(lambda: panel.states() == ["live"], timeout=LIMIT_MS)
        played.tell(drop=True)
        qtbot.waitUntil(lambda: any(one.state == "down" for one in panel.links), timeout=LIMIT_MS)
        qtbot.waitUntil(lambda: panel.links[-1].state == "up" and panel.states() == ["live"], timeout=LIMIT_MS)
        played.advance()
        qtbot.waitUntil(lambda: panel.states() == ["wrap_up"], timeout=LIMIT_MS)
        source.stop()
    finally:
        assert played.end() == 0
    panel.recorder.close()
    recorded = read_records(tmp_path / "flight")
    (story,) = stories(recorded)
    told = " ".join(story.sentences)
    for words in ("It rang: the panel showed it.", "It was answered.", "The link was lost", "It ended normally"):
        assert words in told
    file = tmp_path / "call.jsonl"
    export(story, [story], recorded, file)
    text = file.read_text(encoding="utf-8")
    assert CUSTOMER[1:] not in text
    assert "eventBody" in text
    assert replay(file).same
