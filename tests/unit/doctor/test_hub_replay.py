"""A call of the backend's stream, exported and played again; and a recorded stream told as the panel hears it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.adapters.cti.hub_events import call_event_of, read_hub_event
from nba_desktop.adapters.cti.sse import SseEvent, SseParser
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.flight.ring import read_records
from nba_desktop.cli import main
from nba_desktop.contract.calls import HubCallEvent
from nba_desktop.doctor.call_replay import export, replay
from nba_desktop.doctor.call_story import stories
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from tests.fakes.calls import START
from tests.fakes.flights import PLENTY
from tests.fakes.hub_stream import hub_event, stream


class HubFlight:
    """One panel that listens to the backend; each packet comes a second after the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at: datetime = START
        self.calls = Calls(since=START)
        self.recorder = FlightRecorder(folder, PLENTY, now=lambda: self.at)
        self.recorder.started(type="hub")
        self.parser = SseParser()

    def hear(self, *events: HubCallEvent) -> None:
        self.at += timedelta(seconds=1)
        packet = stream(*events)
        self.recorder.received("hub", "hub", packet)
        for item in self.parser.feed(packet):
            if isinstance(item, SseEvent) and isinstance(event := read_hub_event(item), HubCallEvent):
                self.decide(call_event_of(event, self.at, self.at))

    def decide(self, event: CallEvent) -> None:
        before = self.calls
        self.calls = on_event(before, event)
        self.recorder.decided(event, before, self.calls)

    def lose(self) -> None:
        self.at += timedelta(seconds=1)
        self.decide(CallEvent("", "hub", CallEventType.LINK_DOWN, self.at, self.at, detail="closed"))
        self.recorder.link_changed(LinkState("hub", "down", "closed"))


def flown(folder: Path) -> None:
    flight = HubFlight(folder)
    flight.hear(hub_event("snapshot", 1))
    flight.hear(hub_event("ringing", 2, "1", queue="service", customer_no="K-1"), hub_event("ringing", 3, "2"))
    flight.lose()
    flight.hear(
        hub_event("snapshot", 4, legs=("pbx:1",)),
        hub_event("answered", 5, "1"),
    )
    flight.hear(hub_event("snapshot", 6, legs=("pbx:1",)))
    flight.hear(hub_event("ended", 7, "1", cause="normal"))
    flight.recorder.close()


@pytest.mark.parametrize(
    ("number", "ends"),
    [
        (0, [("offered", None), ("offered", None), ("live", None), ("wrap_up", "normal")]),
        (1, [("offered", None), ("offered", None), ("withdrawn", "unknown")]),
    ],
)
def test_an_exported_call_is_translated_anew_and_comes_out_the_same(
    number: int, ends: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    flown(tmp_path / "flight")
    recorded = read_records(tmp_path / "flight")
    told = stories(recorded)
    assert [one.conversation for one in told] == ["pbx:1", "pbx:2"]
    file = tmp_path / "call.jsonl"
    export(told[number], told, recorded, file)
    assert "4930600000001" not in file.read_text()
    replayed = replay(file)
    assert replayed.same
    states = [
        (one["now"], one.get("cause"))
        for decision in replayed.decisions
        for one in decision.calls
        if one["conversation"] == told[number].conversation
    ]
    assert [state for at, state in enumerate(states) if at == 0 or state != states[at - 1] or state[0] == "offered"][
        -len(ends) :
    ] == ends


def test_a_call_that_would_be_told_otherwise_now_is_noticed(tmp_path: Path) -> None:
    flown(tmp_path / "flight")
    recorded = read_records(tmp_path / "flight")
    told = stories(recorded)
    file = tmp_path / "call.jsonl"
    export(told[0], told, recorded, file)
    file.write_text(file.read_text().replace('\\"answered\\"', '\\"data\\"'))
    assert not replay(file).same


def test_a_recorded_stream_is_told_as_the_panel_hears_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stream.txt"
    data = stream(hub_event("snapshot", 1, legs=("pbx:0",)), hub_event("ringing", 2, "1", customer_no="K-1"))
    file.write_bytes(data + b":\n\nevent: call\ndata: {}\n\nevent: news\ndata: {}\n\n" + b"event: call\nid: 3\ndata: {")
    assert main(["cti", "replay", str(file), "--source", "hub"]) == 0
    out, err = capsys.readouterr()
    snapshot, ringing = (json.loads(line) for line in out.splitlines())
    assert (snapshot["type"], snapshot["source"], snapshot["legs"]) == ("snapshot", "hub", ["pbx:0"])
    assert (ringing["type"], ringing["leg_id"], ringing["source_seq"]) == ("ringing", "pbx:1", 2)
    assert ringing["attached"] == {"customer_no": "K-1"}
    assert "occurred_at" not in ringing
    assert err.splitlines() == [
        "nba-desktop: 1 event(s) were left out: malformed_event",
        "nba-desktop: 1 event(s) were left out: unknown_event",
    ]


def test_a_file_without_a_call_event_says_what_was_expected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stream.txt"
    file.write_bytes(b"<html>")
    assert main(["cti", "replay", str(file), "--source", "hub"]) == 2
    assert "/v1/stream" in capsys.readouterr().err
